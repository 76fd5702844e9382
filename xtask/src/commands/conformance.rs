//! `cargo xtask conformance`: what the outside judges say, compared with the ratchets.

use xtask::process;

use super::{Command, Outcome};

pub(super) const COMMAND: Command = Command {
    name: "conformance",
    summary: "Run the suites of others and compare with the ratchets",
    usage: "\
Usage: cargo xtask conformance [--bless] [SUITE ..]

Options:
  --bless   write the ratchet files in tests/conformance anew
  --help    print this help

Prints one line a suite (`suite  passed/total`), or one a folder where an engine runs it, writes target/conformance.json,
and fails when a case that passed fails or a ratchet file is not current.
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let mut cargo = process::cargo();
    // As the tests are built, so that nothing is built twice.
    cargo.args(["test", "--quiet", "--workspace", "--all-features", "--test", "conformance", "--"]).args(arguments);
    process::run(cargo.current_dir(xtask::root())).into()
}
