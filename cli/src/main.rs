//! The witwright command: check, bindgen, componentize, run and more.
fn main() {}
