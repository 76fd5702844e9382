//! Names that are keywords of Rust.

wit_bindgen::generate!({ path: "wit/keywords.wit", world: "test", type_section_suffix: "keywords" });

use exports::const_;
use exports::test::keywords::type_::{self, Enum, Guest, GuestDyn, Struct};

struct Component;

export!(Component);

impl const_::Guest for Component {
    fn unsafe_(where_: u32) -> u32 {
        where_ + 1
    }
}

pub struct Dyn(String);

impl GuestDyn for Dyn {
    fn new(ref_: String) -> Dyn {
        Dyn(ref_)
    }
    fn move_(&self, mut_: u32) -> u32 {
        mut_ + self.0.len() as u32
    }
    fn static_() -> type_::Dyn {
        type_::Dyn::new(Dyn("static".to_owned()))
    }
}

impl Guest for Component {
    type Dyn = Dyn;

    fn use_(as_: Struct, in_: Enum) -> Enum {
        match in_ {
            Enum::While => Enum::For(as_),
            Enum::For(_) | Enum::Dyn | Enum::None | Enum::Some(_) => Enum::Some(as_.loop_.len() as u8),
        }
    }
    fn async_(await_: u32) -> u32 {
        await_
    }
    fn yield_() {}
}
