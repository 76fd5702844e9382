//! A guest with bindings in two crates: this one and a library.

#[witwright::guest(
    inline = "
        package test:pair@0.1.0;

        world pair {
            export run: func(text: string) -> string;
        }
    ",
    world = "pair"
)]
mod bindings {}

struct Pair;

impl bindings::Guest for Pair {
    fn run(text: String) -> String {
        pair_library::record(&text).join("+")
    }
}

bindings::export!(Pair with_types_in bindings);
