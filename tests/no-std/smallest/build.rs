//! The component in binary form, and the options for a program without libc.

use std::path::PathBuf;
use std::{env, fs};

const ADDER: &str = r#"(component
    (core module $m
        (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
    (core instance $i (instantiate $m))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))"#;

fn main() {
    let component = wat::parse_str(ADDER).expect("the text is right");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("adder.wasm"), component).expect("the folder can be written");
    for option in ["-nostartfiles", "-nostdlib", "-static", "-no-pie"] {
        println!("cargo::rustc-link-arg-bins={option}");
    }
}
