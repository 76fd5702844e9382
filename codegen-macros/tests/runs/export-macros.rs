//! The macros within `export!` by the names and places that wit-bindgen has for them: by a path, after the module in the order of the text, and for
//! other crates at the root.

#[macro_use]
mod bindings {
    witwright::generate!({
        inline: "
            package test:macros;
            // Their names differ in signs alone.
            package a-b:c { interface d { f: func() -> u32; } }
            package a:b-c { interface d { f: func() -> u32; } }
            world the-world { export a-b:c/d; export a:b-c/d; export world-the-world: interface { f: func() -> u32; } export f: func() -> u32; }
        ",
        generate_all,
        pub_export_macro: true,
    });
}

mod again {
    witwright::generate!({
        inline: "package test:macros; world the-world { export f: func() -> u32; }",
        pub_export_macro: true,
        export_macro_name: "export_again",
    });
}

#[macro_use]
mod within_the_crate {
    witwright::generate!({ inline: "package test:macros; world within { export f: func() -> u32; }" });
}

struct Component;

macro_rules! implement {
    ($($path:path),*) => { $(impl $path for Component { fn f() -> u32 { 1 } })* };
}

implement!(
    bindings::Guest,
    bindings::exports::a_b::c::d::Guest,
    bindings::exports::a::b_c::d::Guest,
    bindings::exports::world_the_world::Guest,
    again::Guest,
    within_the_crate::Guest
);

mod by_path {
    use super::{Component, again, bindings, within_the_crate};

    bindings::export!(Component with_types_in bindings);
    bindings::__export_the_world_impl!(Component with_types_in bindings);
    bindings::__export_world_the_world_cabi!(Component with_types_in bindings);
    bindings::exports::a_b::c::d::__export_a_b_c_d_cabi!(Component with_types_in bindings::exports::a_b::c::d);
    again::export_again!(Component with_types_in again);
    again::__export_the_world_impl!(Component with_types_in again);
    again::__export_world_the_world_cabi!(Component with_types_in again);
    within_the_crate::export!(Component with_types_in within_the_crate);
    within_the_crate::__export_within_impl!(Component with_types_in within_the_crate);
}

/// The type may be named by a path.
mod of_a_path {
    super::bindings::export!(super::Component with_types_in super::bindings);
    super::again::export_again!(crate::Component with_types_in crate::again);

    mod beside {
        witwright::generate!({
            inline: "package test:paths; interface i { resource r; } world w { export i; export f: async func() -> u32; }",
        });

        mod inner {
            pub(super) struct Component;

            impl super::Guest for Component {
                async fn f() -> u32 {
                    1
                }
            }

            impl super::exports::test::paths::i::Guest for Component {
                type R = Component;
            }

            impl super::exports::test::paths::i::GuestR for Component {}
        }

        export!(inner::Component);
    }
}

/// It may begin with the name of a crate.
mod of_a_crate {
    witwright::generate!({ inline: "package test:crates; world w { export f: func(text: string); }" });

    impl Guest for ::std::string::String {
        fn f(_: ::std::string::String) {}
    }

    export!(::std::string::String);
}

/// By a glob import of the bindings, where the compiler finds macros but no modules while it expands the call.
mod by_glob {
    use bindings::*;

    mod bindings {
        witwright::generate!({ inline: "package test:glob; interface i { f: func(); } world w { export i; export f: func(); }" });
    }

    bindings::export!(Component);

    struct Component;

    impl Guest for Component {
        fn f() {}
    }

    impl exports::test::glob::i::Guest for Component {
        fn f() {}
    }
}

__export_the_world_impl!(Component with_types_in bindings);
__export_world_the_world_cabi!(Component with_types_in bindings);
__export_a_b_c_d_cabi!(Component with_types_in bindings::exports::a_b::c::d);
__export_within_impl!(Component with_types_in within_the_crate);

fn main() {
    assert_eq!(<Component as bindings::exports::a::b_c::d::Guest>::f(), 1);
}
