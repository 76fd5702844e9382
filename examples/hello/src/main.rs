//! A program that greets: `hello [NAME]`. The variable `GREETING` takes the place of `Hello`.
//!
//! It knows nothing of components: the target `wasm32-wasip2` makes one of it, and its host passes arguments and variables on.
#![expect(clippy::print_stdout, reason = "a program, which prints its result")]

use std::env;

fn main() {
    let greeting = env::var("GREETING").unwrap_or_else(|_| "Hello".to_owned());
    let name = env::args().nth(1).unwrap_or_else(|| "world".to_owned());
    println!("{greeting}, {name}!");
}
