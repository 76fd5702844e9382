//! Prints its arguments and variables, and exits with the code in its argument, if it has one: `hello CODE`.

use std::env;
use std::process;

fn main() {
    let args: Vec<String> = env::args().collect();
    println!("arguments {args:?}");
    let mut variables: Vec<_> = env::vars().collect();
    variables.sort();
    println!("variables {variables:?}");
    eprintln!("to standard error");
    if let Some(code) = args.get(1) {
        process::exit(code.parse().expect("a code"));
    }
}
