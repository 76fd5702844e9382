mod bindings {
    witwright::generate!({ inline: "package a:b;\nworld w {\n  import f: func(x: strng);\n}" });
}

mod raw {
    witwright::host!({
        interfaces: r#"
            import shop: interface { buy: func(what: strng); }
        "#,
    });
}

macro_rules! of {
    ($wit:literal) => {
        witwright::generate!({ inline: $wit });
    };
}

mod by_a_macro {
    of!("package a:b; /* größer, 大きい */ world w { import f: func(x: strng); }");
}

mod joined {
    witwright::generate!({ inline: concat!("package a:b;", "world w { import f: func(x: strng); }") });
}

mod after_other_letters {
    witwright::generate!({ /* größer */ inline: r##"package a:b; /* größer "# */ world w { import f: func(x: strng); }"## });
}

fn main() {}
