//! `cargo xtask test`: all the set-up, then every test.

use xtask::steps::Steps;
use xtask::toolchain::{self, GUEST_CARGO};
use xtask::{Failure, guests, process};

use super::{Command, Outcome, nostd, unknown};

pub(super) const COMMAND: Command = Command {
    name: "test",
    summary: "Set everything up and pass every test",
    usage: "\
Usage: cargo xtask test [-- ARGUMENTS]

Options:
  -- ARGUMENTS   further arguments for `cargo test --workspace --all-features`
  --help         print this help
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let further = match arguments.split_first() {
        None => &[],
        Some((first, rest)) if first == "--" => rest,
        Some((first, _)) => return unknown(first),
    };
    let mut steps = Steps::default();
    let result = test(&mut steps, further);
    steps.print();
    result.into()
}

fn test(steps: &mut Steps, further: &[String]) -> Result<(), Failure> {
    let toolchain = steps.step("guest toolchain", toolchain::ensure)?;
    steps.step("guests", || guests::build_all(&toolchain))?;
    steps.step("cargo test", || {
        let mut cargo = process::cargo();
        cargo.args(["test", "--workspace", "--all-features"]).args(further);
        process::run(cargo.env(GUEST_CARGO, toolchain.cargo_path()).current_dir(xtask::root()))
    })?;
    nostd::check(steps, &toolchain)
}
