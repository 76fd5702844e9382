//! The tables of the component's world, and the options for a program without libc.

fn main() {
    let tables = witwright::build::tables("../meter/data").docs();
    tables.module("::witwright_abi_runtime::world").generate();
    for option in ["-nostartfiles", "-nostdlib", "-static", "-no-pie"] {
        println!("cargo::rustc-link-arg-bins={option}");
    }
}
