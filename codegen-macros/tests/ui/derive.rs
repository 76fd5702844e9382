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

#[derive(witwright::WitType)]
pub struct Page {
    pub size: usize,
    pub lines: Vec<Option<(i128, u8)>>,
    pub words: [u64; 4],
}

#[derive(witwright::WitType)]
pub enum Length {
    Bytes(isize),
    Words(u32),
}

#[derive(witwright::WitType)]
pub struct Nothing {}

#[derive(witwright::WitType)]
pub enum Never {}

#[derive(witwright::WitType)]
pub enum Names {
    A(u32),
    a,
    Ä,
    _1,
}

fn main() {}
