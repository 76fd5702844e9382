mod bindings {
    witwright::generate!({ inline: "package a:b; world w { export f: func(); }" });
}

struct Component;

impl bindings::Guest for Component {
    fn f() {}
}

bindings::export!(Component);

fn main() {}
