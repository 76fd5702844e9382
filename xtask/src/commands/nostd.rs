//! `cargo xtask nostd`: the crates that promise to work without std, compiled and linked for a target that has none.

use std::path::Path;

use xtask::guests::{self, Target};
use xtask::steps::Steps;
use xtask::toolchain::{self, Toolchain};
use xtask::{Failure, process};

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "nostd",
    summary: "Compile and link the crates that promise to work without std",
    usage: "\
Usage: cargo xtask nostd

Compiles those crates for wasm32v1-none, a target without std, and links one
module without and one with an allocator (tests/no-std).

Options:
  --help   print this help
",
    run,
};

/// The number of steps of [`check`].
pub(super) const STEPS: usize = 2;

/// The packages that work without std, each with the features of one of its layers.
const LAYERS: [(&str, &[&str]); 5] = [
    ("witwright-abi-runtime", &[]),
    ("witwright-abi-runtime", &["alloc"]),
    ("witwright-front", &[]),
    ("witwright-resolver", &[]),
    ("witwright-resolver", &["decode", "json"]),
];

/// The modules to link: without and with an allocator.
const LINKED: [&str; 2] = ["no-std-core", "no-std-alloc"];

fn run(arguments: &[String]) -> Outcome {
    if let Some(argument) = arguments.first() {
        return unknown(argument);
    }
    let mut steps = Steps::new(1 + STEPS);
    let result = steps
        .step("find or make the guest toolchain", toolchain::ensure)
        .and_then(|toolchain| check(&mut steps, &toolchain));
    steps.print();
    result.into()
}

/// Compiles every layer and links the modules.
pub(super) fn check(steps: &mut Steps, toolchain: &Toolchain) -> Result<(), Failure> {
    steps.step("compile without std", || {
        LAYERS.iter().try_for_each(|(package, features)| compile(toolchain, package, features))
    })?;
    steps.step("link without std", || {
        let manifest = xtask::root().join("tests/no-std/Cargo.toml");
        LINKED.iter().try_for_each(|package| link(toolchain, &manifest, package))
    })
}

fn compile(toolchain: &Toolchain, package: &str, features: &[&str]) -> Result<(), Failure> {
    let mut cargo = toolchain.cargo();
    cargo.args(["check", "--quiet", "--package", package, "--no-default-features", "--features", &features.join(",")]);
    cargo.args(["--target", Target::V1None.name(), "--target-dir"]).arg(xtask::root().join("target/guests"));
    process::run(cargo.current_dir(xtask::root()))
}

fn link(toolchain: &Toolchain, manifest: &Path, package: &str) -> Result<(), Failure> {
    guests::build(toolchain, manifest, package, Target::V1None).map(drop)
}
