//! A derived trait that needs others is one error, in however many types.

mod bindings {
    witwright::generate!({
        inline: "
            package a:b;
            interface i {
                enum e { x }
                record r { x: u32 }
                record s { x: list<u8> }
                f: func(e: e, r: r, s: s);
            }
            world w { import i; }
        ",
        additional_derives: [Hash, core::cmp::Eq],
    });
}

mod of_enums_alone {
    witwright::generate!({
        inline: "package a:b; interface i { enum e { x } f: func(e: e); } world w { import i; }",
        additional_derives: [Ord],
    });
}

fn main() {}
