mod bindings {
    witwright::generate!({ inline: "package a:b; world w { export run: func(); }" });
}

struct Component;

bindings::export!(Component with_types_in bindings);

fn main() {}
