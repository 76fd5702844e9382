//! The options for a program without libc.

fn main() {
    for option in ["-nostartfiles", "-nostdlib", "-static", "-no-pie"] {
        println!("cargo::rustc-link-arg-bins={option}");
    }
}
