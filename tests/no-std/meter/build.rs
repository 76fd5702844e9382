//! The component in binary form.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=meter.wat");
    let component = wat::parse_file("meter.wat").expect("the text is right");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("meter.wasm"), component).expect("the folder can be written");
}
