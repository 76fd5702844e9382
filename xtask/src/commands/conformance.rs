//! `cargo xtask conformance`: results of other projects' test suites, compared with the ratchets.

use xtask::process;

use super::{Command, Outcome};

pub(super) const COMMAND: Command = Command {
    name: "conformance",
    summary: "Run other projects' test suites and compare with the ratchets",
    usage: "\
Usage: cargo xtask conformance [--bless] [SUITE ..]

Options:
  --bless   write the ratchet files in tests/conformance
  --help    print this help

Prints a line `suite  passed/total` for each suite, or for each of its folders if
an engine runs it, and writes target/conformance.json. Fails if a case that
passed fails now, or if a ratchet file is out of date.
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let mut cargo = process::cargo();
    // The same selection as in `cargo xtask test`, so that nothing is built twice.
    cargo.args(["test", "--quiet", "--workspace", "--all-features", "--test", "conformance", "--"]).args(arguments);
    process::run(cargo.current_dir(xtask::root())).into()
}
