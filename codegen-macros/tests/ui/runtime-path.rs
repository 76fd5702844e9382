//! A wrong path of the runtime is one error, in however many modules.

mod guest {
    witwright::generate!({
        inline: "
            package a:b;
            interface i {
                record r { x: u32 }
                enum e { x }
                resource s { f: func(r: r) -> e; }
                g: func(s: borrow<s>) -> stream<r>;
            }
            world w { import i; export i; export h: func(x: string); }
        ",
        runtime_path: "wit_bindgen_rt",
    });
}

mod host {
    witwright::host!({
        inline: "package a:b; interface i { record r { x: u32 } f: func(r: r); } world w { import i; export i; }",
        runtime_path: crate::guest::rt,
    });
}

mod other {
    witwright::generate!({
        inline: "package a:b; interface i { record r { x: u32 } f: func(r: r); } world w { import i; export i; }",
        runtime_path: std::vec,
    });
}

fn main() {}
