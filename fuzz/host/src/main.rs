//! `cargo xtask fuzz host`: long runs of the host's targets.

use std::env;
use std::process::ExitCode;

use witwright_fuzz::runs;
use witwright_fuzz_host::TARGETS;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    runs::run(&TARGETS, &arguments)
}
