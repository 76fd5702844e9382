#[derive(witwright::WitType)]
pub struct Pair(u32, u32);

#[derive(witwright::WitType)]
pub struct Many<T> {
    pub all: Vec<T>,
}

#[derive(witwright::WitType)]
pub enum Case {
    Both { a: u32, b: u32 },
}

fn main() {}
