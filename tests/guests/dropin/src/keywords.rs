//! Names that are keywords of Rust.

wit_bindgen::generate!({ path: "wit/keywords.wit", world: "test", type_section_suffix: "keywords" });

use exports::const_;
use exports::test::keywords::type_::{self, Enum, Guest, GuestImpl, Struct};

struct Component;

export!(Component);

impl const_::Guest for Component {
    fn unsafe_(where_: u32) -> u32 {
        where_ + 1
    }
}

pub struct Impl(String);

impl GuestImpl for Impl {
    fn new(ref_: String) -> Impl {
        Impl(ref_)
    }
    fn move_(&self, mut_: u32) -> u32 {
        mut_ + self.0.len() as u32
    }
    fn static_() -> type_::Impl {
        type_::Impl::new(Impl("static".to_owned()))
    }
}

impl Guest for Component {
    type Impl = Impl;

    fn use_(as_: Struct, in_: Enum) -> Enum {
        match in_ {
            Enum::While => Enum::For(as_),
            Enum::For(_) | Enum::Impl | Enum::None | Enum::Some(_) => Enum::Some(as_.loop_.len() as u8),
        }
    }
    fn async_(await_: u32) -> u32 {
        await_
    }
    fn yield_() {}
}
