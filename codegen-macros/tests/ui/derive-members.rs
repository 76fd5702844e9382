//! Types that contain themselves, and attributes of fields, are one error each.

#[derive(witwright::WitType)]
pub enum Tree {
    Leaf(u8),
    Branch(Box<Tree>),
    Branches(Vec<Self>),
    Other(other::Tree),
}

mod other {
    #[derive(witwright::WitType)]
    #[witwright(crate = "::witwright")]
    pub struct Tree {
        pub height: u8,
    }
}

#[derive(witwright::WitType)]
pub struct Renamed {
    #[witwright(rename = "size")]
    pub count: u32,
}

#[derive(witwright::WitType)]
pub enum Skipped {
    #[witwright(skip)]
    A,
    B,
}

fn main() {}
