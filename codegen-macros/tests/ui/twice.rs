mod bindings {
    witwright::generate!({ inline: "package a:b; interface i { f: func(); } world w { import i; }" });
    witwright::generate!({ inline: "package a:c; interface i { f: func(); } world v { import i; }" });
}

fn main() {}
