pub struct Point {
    pub x: u32,
}

mod bindings {
    witwright::generate!({
        inline: "package a:b; interface i { record point { x: u32 } f: func(p: point); } world w { import i; }",
        with: { "a:b/i/point": super::Point },
    });
}

fn main() {}
