mod bindings {
    witwright::generate!({
        inline: "package a:b; interface i { f: async func(); g: func() -> stream<u8>; } world w { import i; }",
    });
}

fn main() {}
