mod bindings {
    witwright::generate!({ inline: "package a:b; world w {}", wrld: "w", features: "x", raw_strings });
}

mod tables {
    witwright::tables!({ inline: "package a:b; world w {}", doc: true, with: {} });
}

fn main() {}
