#[witwright::guest(inline = "package a:b; world w { export run: func(); }")]
mod bindings;

struct Component;

impl bindings::Guest for Component {
    fn run() {}
}

bindings::export!(Component with_types_in bindings);

fn main() {}
