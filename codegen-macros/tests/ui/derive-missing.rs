//! A type that is missing is one error wherever a field mentions it, as without the derive.

#[derive(witwright::WitType)]
pub struct Missing {
    pub name: Text,
    pub parts: Vec<Option<Part>>,
}

#[derive(witwright::WitType)]
pub enum Case {
    One(Text),
    None,
}

fn main() {}
