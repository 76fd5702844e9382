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

/// Programs name the runtime as editors insert it. Several sets of bindings in one module have it once.
mod both {
    witwright::generate!({ inline: "package test:both; world a { import f: func(text: string); export g: func() -> string; }" });
    witwright::generate!({ inline: "package test:both; interface i { f: func(); } world b { import i; }" });

    struct Text;

    impl Guest for Text {
        fn g() -> _rt::String {
            _rt::String::from_utf8(_rt::Vec::from(*b"text")).unwrap()
        }
    }

    pub fn text() -> self::_rt::String {
        Text::g()
    }

    export!(Text);
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
    assert_eq!(both::text(), "text");
    assert_eq!(<Component as Guest>::f() + <Component as other::Guest>::f(), 4);
}
