mod bindings {
    witwright::generate!({ inline: "package a:b; world w { export f: func(); }", pub_export_macro: true });
}

mod again {
    witwright::generate!({ inline: "package c:d; world w { export f: func(); }", pub_export_macro: true });
}

fn main() {}
