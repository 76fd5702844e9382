//! Bindings of a guest, and the tables of its world.

const WORLD: &str = "package demo:doubles; world doubles { export double: func(x: u32) -> u32; }";

#[witwright::guest(inline = "package demo:doubles; world doubles { export double: func(x: u32) -> u32; }")]
mod guest {}

witwright::tables!({ inline: "package demo:doubles; world doubles { export double: func(x: u32) -> u32; }" });

struct Doubles;

impl guest::Guest for Doubles {
    fn double(x: u32) -> u32 {
        2 * x
    }
}

guest::export!(Doubles with_types_in guest);

/// The number of items of the world, and whether its text is the world again, as decimal digits.
#[unsafe(no_mangle)]
pub extern "C" fn tables() -> u32 {
    let text = alloc::format!("{DOUBLES}");
    let is_same = text.split_whitespace().eq(WORLD.split_whitespace());
    (DOUBLES.imports.len() + DOUBLES.exports.len()) as u32 * 10 + u32::from(is_same)
}
