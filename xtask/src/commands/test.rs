//! `cargo xtask test`: everything that the tests need, then every test.

use xtask::steps::Steps;
use xtask::toolchain::{self, GUEST_CARGO};
use xtask::{Failure, guests, process};

use super::{Command, Outcome, nostd, unknown};

pub(super) const COMMAND: Command = Command {
    name: "test",
    summary: "Build everything that the tests need, and run every test",
    usage: "\
Usage: cargo xtask test [-- ARGUMENTS]

Finds or makes the guest toolchain, builds the guests, builds and runs the tests
of all crates, runs the models of what threads share, and does
`cargo xtask nostd`.

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
    let mut steps = Steps::new(5 + nostd::STEPS);
    let result = test(&mut steps, further);
    steps.print();
    result.into()
}

fn test(steps: &mut Steps, further: &[String]) -> Result<(), Failure> {
    let toolchain = steps.step("find or make the guest toolchain", toolchain::ensure)?;
    steps.step("build the guests", || guests::build_all(&toolchain))?;
    let cargo_test = |option: Option<&str>| {
        let mut cargo = process::cargo();
        cargo.args(["test", "--workspace", "--all-features"]).args(option).args(further);
        process::run(cargo.env(GUEST_CARGO, toolchain.cargo_path()).current_dir(xtask::root()))
    };
    steps.step("build the tests", || cargo_test(Some("--no-run")))?;
    steps.step("run the tests", || cargo_test(None))?;
    steps.step("run the models", || {
        let (manifest, target) = (xtask::root().join("tests/models/Cargo.toml"), xtask::root().join("target/models"));
        let mut cargo = process::cargo();
        process::run(cargo.arg("test").arg("--manifest-path").arg(manifest).arg("--target-dir").arg(target))
    })?;
    nostd::check(steps, &toolchain)
}
