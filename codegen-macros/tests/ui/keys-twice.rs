mod bindings {
    witwright::generate!({
        inline: "package a:b; interface i { f: func(); } world w { import i; }",
        with: { "a:b/i": generate, "a:b/i": crate::i },
        additional_derives: [PartialEq],
        additional_derives_ignore: ["a:b/i.t"],
        async: ["all", "a:b/i.f"],
    });
}

mod host {
    witwright::host!({
        inline: "package a:b; interface i { enum e { x } f: func() -> e; } world w { import i; }",
        imports: { "a:b/i.f": trappable, "a:b/i": async, "a:b/i.f": tracing },
        trappable_error_type: { "a:b/i.e" => crate::E },
    });
}

mod of_all {
    witwright::host!({ inline: "package a:b; world w {}", imports: { default: trappable, default: async } });
}

fn main() {}
