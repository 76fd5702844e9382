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

fn main() {}
