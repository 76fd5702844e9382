//! `cargo xtask bench`: Witwright beside its peers, in one run.

use xtask::process;

use super::{Command, Outcome};

pub(super) const COMMAND: Command = Command {
    name: "bench",
    summary: "Measure beside the peers, in one run",
    usage: "\
Usage: cargo xtask bench [--only front|calls]

Options:
  --only GROUP   front: lex, parse, resolve and format the WIT of wasip2 and wasip3, and packages of 1, 5 and 25 MB
                 calls: host → guest, guest → host and guest → guest, on both engines
  --help         print this help

Prints a table and writes target/bench.json.
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let mut build = process::cargo();
    build.args(["build", "--quiet", "--release", "--package", "witwright-benches", "--bins"]);
    let mut run = process::cargo();
    run.args(["run", "--quiet", "--release", "--package", "witwright-benches", "--"]).args(arguments);
    let built = process::run(build.current_dir(xtask::root()));
    built.and_then(|()| process::run(run.current_dir(xtask::root()))).into()
}
