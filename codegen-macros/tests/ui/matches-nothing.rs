mod bindings {
    witwright::generate!({
        inline: "package a:b; interface i { f: func(); } world w { import i; }",
        skip: ["g"],
        with: { "a:b/j": crate::j },
    });
}

fn main() {}
