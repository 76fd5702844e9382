//! `cargo xtask nostd`: the crates that promise to work without std, compiled and linked for a target that has none.

use std::fs;
use std::path::Path;

use xtask::guests::{self, Target};
use xtask::steps::{Steps, say};
use xtask::toolchain::{self, Toolchain};
use xtask::{Failure, bare, process};

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "nostd",
    summary: "Compile, link and run the crates that promise to work without std",
    usage: "\
Usage: cargo xtask nostd

Compiles those crates for wasm32v1-none, a target without std, and links one
module without and one with an allocator (tests/no-std). Then runs programs
without std and libc on this machine, which must be x86-64 Linux.

Options:
  --help   print this help
",
    run,
};

/// The number of steps of [`check`].
pub(super) const STEPS: usize = 3;

/// The packages that work without std, each with the features of one of its layers.
const LAYERS: [(&str, &[&str]); 7] = [
    ("witwright-abi-runtime", &[]),
    ("witwright-abi-runtime", &["alloc"]),
    ("witwright-front", &[]),
    ("witwright-resolver", &[]),
    ("witwright-resolver", &["decode", "json"]),
    ("witwright-host", &["wasmi"]),
    ("witwright", &["macros", "wasmi-alloc"]),
];

/// The modules to link: without and with an allocator.
const LINKED: [&str; 2] = ["no-std-core", "no-std-alloc"];

/// The programs to run, each with the file that holds the first lines of its output.
const RUN: [(&str, &str); 2] = [("no-std-host", "meter/lines.txt"), ("no-std-machine", "machine/lines.txt")];

/// The program that has no allocator, and one that has.
const ALLOCATORS: [(&str, bool); 2] = [("no-std-machine", false), ("no-std-host", true)];

/// Parts of the names of an allocator's functions.
const ALLOCATOR_SYMBOLS: [&str; 3] = ["rust_alloc", "rust_realloc", "malloc"];

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
    })?;
    steps.step("run without std and libc", || {
        RUN.iter().try_for_each(|(package, lines)| run_program(package, lines))?;
        ALLOCATORS.iter().try_for_each(|(package, has_allocator)| check_allocator(package, *has_allocator))
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

/// Runs a program, prints its output, and compares the first lines.
fn run_program(package: &str, lines: &str) -> Result<(), Failure> {
    let file = bare::folder().join(lines);
    let expected =
        fs::read_to_string(&file).map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
    let written = process::output(&mut bare::program(package)?)?;
    say(format_args!("{package}, x86-64 without std and libc:\n{written}"));
    if written.starts_with(&expected) {
        Ok(())
    } else {
        Err(Failure::new(format!("`{package}` does not write what {} says", file.display())))
    }
}

/// Looks for an allocator's functions among the symbols of a program, which is not stripped.
fn check_allocator(package: &str, has_allocator: bool) -> Result<(), Failure> {
    let path = bare::build(package)?;
    let bytes = fs::read(&path).map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
    let has = |symbol: &&str| bytes.windows(symbol.len()).any(|window| window == symbol.as_bytes());
    match ALLOCATOR_SYMBOLS.iter().find(|symbol| has(symbol)) {
        Some(symbol) if !has_allocator => Err(Failure::new(format!("`{package}` has an allocator: `{symbol}`"))),
        None if has_allocator => Err(Failure::new(format!("`{package}` has an allocator, but no symbol was found"))),
        Some(_) | None => Ok(()),
    }
}
