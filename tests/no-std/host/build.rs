//! A component in binary form, and the options for a program without libc.

use std::path::PathBuf;
use std::{env, fs};

const ADDER: &str = r#"(component
    (import "twice" (func $twice (param "x" u32) (result u32)))
    (core func $twice (canon lower (func $twice)))
    (core module $m
        (import "" "twice" (func $twice (param i32) (result i32)))
        (func (export "add") (param i32 i32) (result i32)
            (call $twice (i32.add (local.get 0) (local.get 1)))))
    (core instance $i (instantiate $m (with "" (instance (export "twice" (func $twice))))))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))"#;

fn main() {
    let component = wat::parse_str(ADDER).expect("the text is right");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("adder.wasm"), component).expect("the folder can be written");
    for option in ["-nostartfiles", "-nostdlib", "-static", "-no-pie"] {
        println!("cargo::rustc-link-arg-bins={option}");
    }
}
