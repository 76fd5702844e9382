//! Names that are keywords of Rust.

wit_bindgen::generate!({ path: "../dropin/wit/keywords.wit", world: "runner", type_section_suffix: "keywords" });

use test::keywords::type_::{self, Enum, Dyn, Struct};

struct Runner;

export!(Runner);

impl Guest for Runner {
    fn run_keywords() {
        assert_eq!(const_::unsafe_(1), 2);
        let record = Struct { fn_: 1, loop_: "four".to_owned(), match_: None };
        assert!(matches!(type_::use_(&record, &Enum::While), Enum::For(Struct { fn_: 1, .. })));
        assert!(matches!(type_::use_(&record, &Enum::Dyn), Enum::Some(4)));
        assert_eq!(Dyn::new("three").move_(5), 10);
        assert_eq!(Dyn::static_().move_(0), 6);
        type_::yield_();
        assert_eq!(type_::async_(3), 3);
    }
}
