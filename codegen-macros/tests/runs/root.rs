//! Two sets of bindings at the root of a crate, with macros for other crates. Their versions differ in a sign.

witwright::generate!({
    inline: "
        package test:root@1.0.0-a.b;
        interface api { f: func() -> u32; }
        world w { export api; export f: func() -> u32; }
    ",
    pub_export_macro: true,
});

mod other {
    witwright::generate!({
        inline: "
            package test:root@1.0.0-a-b;
            interface api { f: func() -> u32; }
            world w { export api; export f: func() -> u32; }
        ",
        pub_export_macro: true,
        export_macro_name: "export_other",
        default_bindings_module: "crate::other",
    });
}

struct Component;

impl Guest for Component {
    fn f() -> u32 {
        1
    }
}

impl exports::test::root::api::Guest for Component {
    fn f() -> u32 {
        2
    }
}

impl other::Guest for Component {
    fn f() -> u32 {
        3
    }
}

impl other::exports::test::root::api::Guest for Component {
    fn f() -> u32 {
        4
    }
}

export!(Component);
other::export_other!(Component);

fn main() {
    assert_eq!(<Component as Guest>::f() + <Component as other::Guest>::f(), 4);
}
