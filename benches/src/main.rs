//! The program that measures.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    witwright_benches::run(&arguments)
}
