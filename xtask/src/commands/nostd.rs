//! `cargo xtask nostd`: the crates that promise to do without std are compiled and linked where there is none.

use std::path::Path;

use xtask::guests::{self, Target};
use xtask::steps::Steps;
use xtask::toolchain::{self, Toolchain};
use xtask::{Failure, process};

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "nostd",
    summary: "Compile and link what promises to do without std",
    usage: "\
Usage: cargo xtask nostd

Compiles the crates that promise it for wasm32v1-none, where there is no std, and
links a module out of each layer (tests/no-std).

Options:
  --help   print this help
",
    run,
};

/// The packages that do without std, each with the features that its layers need.
const LAYERS: [(&str, &[&str]); 5] = [
    ("witwright-abi-runtime", &[]),
    ("witwright-abi-runtime", &["alloc"]),
    ("witwright-front", &[]),
    ("witwright-resolver", &[]),
    ("witwright-resolver", &["decode", "json"]),
];

/// The modules that are linked: without and with an allocator.
const LINKED: [&str; 2] = ["no-std-core", "no-std-alloc"];

fn run(arguments: &[String]) -> Outcome {
    if let Some(argument) = arguments.first() {
        return unknown(argument);
    }
    let mut steps = Steps::default();
    let result = steps.step("guest toolchain", toolchain::ensure).and_then(|toolchain| check(&mut steps, &toolchain));
    steps.print();
    result.into()
}

/// Compiles every layer and links the modules.
pub(super) fn check(steps: &mut Steps, toolchain: &Toolchain) -> Result<(), Failure> {
    steps.step("no_std: compile", || {
        LAYERS.iter().try_for_each(|(package, features)| compile(toolchain, package, features))
    })?;
    steps.step("no_std: link", || {
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
