// The errors are at the paths.
mod bindings {
    witwright::generate!({
        inline: "
            package a:b;
            interface links { f: func(); }
            interface users { g: func(); type t = u32; }
            interface more { use users.{t}; h: func() -> t; }
            world w { import links; import users; import more; }
        ",
        with: {
            "a:b/links": crate::theirs,
            "a:b/users.t": crate::Number,
        },
    });
}

mod of_a_package {
    witwright::generate!({
        inline: "package a:b; interface links { f: func(); } world w { import links; }",
        with: { "a:b": crate::package },
    });
}

pub struct Count(u32);

mod without_crate {
    witwright::generate!({
        inline: "package a:b; interface links { type t = u32; f: func(t: t); } world w { import links; }",
        with: { "a:b/links.t": Count },
    });
}

fn main() {}
