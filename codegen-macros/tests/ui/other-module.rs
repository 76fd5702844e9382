//! A module in `with` whose types are others than those of its interface: an error for each difference, which names it.

pub mod other {
    pub struct Point {
        pub x: u32,
        pub y: u64,
    }

    pub enum Shape {
        A(u32),
        B,
    }
}

macro_rules! bindings {
    ($name:ident, $wit:literal, $with:path) => {
        mod $name {
            witwright::generate!({ inline: $wit, with: { "a:b/i": $with } });
        }
    };
}

bindings!(
    without_a_type,
    "package a:b; interface i { enum e { x } } world w { import i; use i.{e}; export f: func(e: e) -> list<e>; }",
    crate::other
);

bindings!(
    field_of_another_type,
    "package a:b; interface i { record point { x: u32, y: string } } world w { import i; use i.{point}; export f: func(p: point) -> point; }",
    crate::other
);

bindings!(
    without_a_field,
    "package a:b; interface i { record point { x: u32, y: u64, z: u8 } } world w { import i; use i.{point}; export f: func(p: point); }",
    crate::other
);

bindings!(
    payload_of_another_type,
    "package a:b; interface i { variant shape { a(string), b } } world w { import i; use i.{shape}; export f: func(s: shape) -> shape; }",
    crate::other
);

bindings!(
    without_a_case,
    "package a:b; interface i { variant shape { a(u32), b, c } } world w { import i; use i.{shape}; export f: func(s: shape); }",
    crate::other
);

mod owning {
    witwright::generate!({
        inline: "package a:b; interface i { record r { x: string } f: func(r: r); } world w { import i; }",
    });
}

mod borrowing {
    witwright::generate!({
        inline: "
            package a:b;
            interface i { record r { x: string } f: func(r: r); }
            world w { import i; import j: interface { use i.{r}; g: func(r: r); h: func() -> r; } }
        ",
        ownership: Borrowing { duplicate_if_necessary: true },
        with: { "a:b/i": crate::owning::a::b::i },
    });
}

fn main() {}
