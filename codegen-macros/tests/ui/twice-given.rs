mod bindings {
    witwright::generate!({
        inline: "package a:b; world w { export f: func(); }",
        world: "w",
        world: "w",
        skip: ["f"],
        skip: ["f"],
    });
}

mod unreadable {
    witwright::generate!({ path: "/no/such/folder", export_macro_name: "export_it" });

    export_it!(super::Component);
}

struct Component;

bindings::export!(Component with_types_in bindings);

fn main() {}
