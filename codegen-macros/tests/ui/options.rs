mod bindings {
    witwright::generate!({ inline: "package a:b; world w {}", wrld: "w", features: "x", raw_strings });
}

fn main() {}
