mod bindings {
    witwright::generate!({
        inline: "
            package a:b;
            interface shop {
                resource basket { constructor(name: string); add: func(item: string) -> u32; }
                open: func() -> basket;
            }
            world w { export shop; export run: func(n: u32) -> string; }
        ",
    });
}

struct Component;

// The resource's type and a function are missing.
impl bindings::exports::a::b::shop::Guest for Component {}

// The types are others.
impl bindings::Guest for Component {
    fn run(_n: u64) -> &'static str {
        "run"
    }
}

bindings::export!(Component with_types_in bindings);

fn main() {}
