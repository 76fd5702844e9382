mod bindings {
    witwright::generate!({
        inline: "package a:b; interface shapes { record point { x: u32 } f: func(p: point); } world w { import shapes; }",
        with: { "a:b/shape": generate },
        skip: ["ff"],
        additional_member_attributes: { "a:b/shapes/point.y": [#[allow(unused)]] },
    });
}

fn main() {}
