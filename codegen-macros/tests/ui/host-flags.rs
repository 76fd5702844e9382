mod bindings {
    witwright::host!({
        inline: "package a:b; world w { import f: func(); }",
        imports: { "f": quick },
        exports: { default: trapable },
        interfaces: "import f: func();",
        anyhow: true,
        raw_strings: true,
    });
}

fn main() {}
