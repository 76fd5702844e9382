mod bindings {
    witwright::generate!({
        inline: "package a:b; interface i { f: func(); } world w { import i; }",
        skip: ["g"],
        with: { "a:b/j": crate::j },
    });
}

mod host {
    witwright::host!({
        inline: "package a:b; interface i { enum e { x } f: func() -> result<_, e>; } world w { import i; export run: func(); }",
        imports: { "a:b/i.g": trappable, "f": trappable },
        exports: { "rnu": async },
        trappable_error_type: { "a:b/i.ee" => crate::E },
    });
}

mod gated {
    witwright::host!({
        inline: "package a:b; interface i { f: func(); @unstable(feature = more) g: func(); } world w { import i; }",
        imports: { "a:b/i.g": trappable },
    });
}

mod gated_world {
    witwright::generate!({
        inline: "package a:b; world w {} @unstable(feature = more) world v {}",
        world: "v",
    });
}

fn main() {}
