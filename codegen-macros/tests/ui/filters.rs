mod twice_all {
    witwright::generate!({
        inline: "package a:b; interface i { resource r { add: func(); } } world w { import i; export i; }",
        async: ["import:all", "-all", "export:all"],
        chainable_methods: ["all", "-all"],
    });
}

mod misspelt {
    witwright::generate!({
        inline: "package a:b; interface i { fetch: func(); resource r { add: func(); } } world w { import i; }",
        async: ["-al", "imports:a:b/i#fetch", "-export:a:b/i#fetsh"],
    });
}

mod by_direction {
    witwright::generate!({
        inline: "package a:b; interface i { fetch: func(); } world w { import i; }",
        async: { imports: ["a:b/i#fetch"] },
    });
}

fn main() {}
