//! `cargo xtask bench`: Witwright beside its peers, in one run.

use xtask::process;

use super::{Command, Outcome};

pub(super) const COMMAND: Command = Command {
    name: "bench",
    summary: "Measure beside the peers, in one run",
    usage: "\
Usage: cargo xtask bench [--only front]

Options:
  --only GROUP   front: parse and resolve the WIT of wasip2 and wasip3
  --help         print this help

Prints a table and writes target/bench.json.
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "witwright-benches", "--"]).args(arguments);
    process::run(cargo.current_dir(xtask::root())).into()
}
