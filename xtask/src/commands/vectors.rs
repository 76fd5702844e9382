//! `cargo xtask vectors`: results of the reference code of the Canonical ABI, as data for the tests of abi-runtime.

use std::process::Command as Process;

use xtask::process;

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "vectors",
    summary: "Run the ABI's reference code and write its results as test data",
    usage: "\
Usage: cargo xtask vectors [SEED]

Runs the reference code of the Canonical ABI, which the suites' packages ship, with
Python 3.10 or later, and writes abi-runtime/tests/data. With SEED, prints one trace
of concurrency and writes nothing.

Options:
  --help   print this help
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let result = match arguments {
        [] => script("vectors.py", &[]).and_then(|()| script("traces.py", &[])),
        [seed] if seed.parse::<u32>().is_ok() => script("traces.py", &[seed]),
        [argument, ..] => return unknown(argument),
    };
    result.into()
}

fn script(name: &str, arguments: &[&str]) -> Result<(), xtask::Failure> {
    let mut python = Process::new("python3");
    python.arg(xtask::root().join("xtask/vectors").join(name)).args(arguments);
    process::run(&mut python)
}
