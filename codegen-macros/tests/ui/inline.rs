#[witwright::guest(
    inline = "package test:inline;

interface shop {
    buy: func(what: strng) -> u32;
    sell: func(what: string, what: u8);
}

world w {
    import shop
}"
)]
mod bindings {}

fn main() {}
