//! A field whose type is none of WIT is one error, also where the type stands for one of WIT.

#[derive(witwright::WitType)]
pub struct Boxed {
    pub name: String,
    pub size: Box<u32>,
}

#[derive(witwright::WitType)]
pub enum Case {
    Text(&'static str),
    Parts(Vec<Other>),
    None,
}

pub struct Other;

witwright::generate!({
    inline: "package a:b; interface i { record boxed { name: string, size: u32 } f: func(b: boxed) -> boxed; } world w { import i; }",
    with: { "a:b/i.boxed": Boxed },
});

fn main() {}
