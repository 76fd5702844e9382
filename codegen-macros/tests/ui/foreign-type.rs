pub struct Point {
    pub x: u32,
}

mod bindings {
    witwright::generate!({
        inline: "
            package a:b;
            interface i {
                record point { x: u32 }
                record line { a: point, b: point }
                f: func(p: point, l: line) -> list<point>;
            }
            world w { import i; export j: interface { use i.{point}; g: func(p: point) -> result<_, point>; } }
        ",
        with: { "a:b/i/point": super::Point },
    });
}

mod another {
    witwright::generate!({
        inline: "package a:b; interface i { record point { x: u32 } f: func(p: point) -> point; } world w { import i; export i; }",
        with: { "a:b/i/point": super::Point },
    });
}

fn main() {}
