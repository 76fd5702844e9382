//! Items of WIT that are deprecated: a user who names one is warned, and the bindings themselves are not.

#![deny(warnings)]

mod stubs {
    witwright::generate!({ path: "../../../../codegen-macros/tests/runs/wit/deprecated.wit", stubs });
}

mod exported {
    witwright::generate!({ path: "../../../../codegen-macros/tests/runs/wit/deprecated.wit" });
}

#[expect(deprecated)]
mod component {
    use super::exported::exports::test::deprecated::old;

    pub struct Component;

    impl super::exported::Guest for Component {
        fn last() -> String {
            String::new()
        }
    }

    impl old::Guest for Component {
        type Thing = Component;

        fn pass(names: old::Names) -> old::Names {
            names
        }

        async fn follow(_: witwright::StreamReader<old::Names>) -> witwright::FutureReader<old::Kind> {
            super::exported::wit_future::new(|| old::Kind::Plain).1
        }
    }

    impl old::GuestThing for Component {
        fn new() -> Component {
            Component
        }
    }
}

use component::Component;

exported::export!(Component with_types_in exported);

#[expect(deprecated)]
fn main() {
    let _ = stubs::first;
    let _ = stubs::test::deprecated::old::pass;
}
