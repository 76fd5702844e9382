mod misspelt {
    witwright::generate!({ inline: "package a:b; world plugin {} world host {}", world: "plugn" });
}

mod several {
    witwright::generate!({ inline: "package a:b; world plugin {} world host {}" });
}

mod none {
    witwright::generate!({ inline: "package a:b; interface i {}" });
}

mod folder {
    witwright::generate!({ path: "no-such-folder" });
}

mod no_folder {
    witwright::generate!();
}

mod others {
    witwright::generate!({
        inline: "package c:d; package a:b { interface i { f: func(); } } world w { import a:b/i; }",
        world: "c:d/w",
    });
}

#[witwright::guest(inline = "package a:b; world w {}")]
struct Bindings;

fn main() {}
