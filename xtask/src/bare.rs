//! Programs without std and libc, for this machine: packages of `tests/no-std` over `tests/no-std/bare`.
//!
//! Targets without an operating system would be truer. Their libraries cannot be had everywhere; those of x86-64 Linux are
//! part of every toolchain for it, and `core` and `alloc` among them know no libc.

use std::env::consts::{ARCH, OS};
use std::path::PathBuf;
use std::process::Command;

use crate::{Failure, process};

const TARGET: &str = "x86_64-unknown-linux-gnu";

/// The workspace of these programs.
#[must_use]
pub fn folder() -> PathBuf {
    crate::root().join("tests/no-std")
}

/// Builds a program and returns a command that runs it.
///
/// # Errors
///
/// If it does not build, or this machine is not x86-64 Linux.
pub fn program(package: &str) -> Result<Command, Failure> {
    build(package).map(Command::new)
}

/// Builds a program and returns its path.
///
/// # Errors
///
/// If it does not build, or this machine is not x86-64 Linux.
pub fn build(package: &str) -> Result<PathBuf, Failure> {
    build_with(package, &[])
}

/// Builds a program with options of cargo, and returns its path.
///
/// # Errors
///
/// As [`build`].
pub fn build_with(package: &str, options: &[&str]) -> Result<PathBuf, Failure> {
    if (ARCH, OS) != ("x86_64", "linux") {
        return Err(Failure::new(format!("`{package}` is a program for x86-64 Linux, and this is {ARCH} {OS}")));
    }
    let target = crate::root().join("target/bare");
    let mut cargo = process::cargo();
    cargo.args(["build", "--quiet", "--release", "--locked", "--target", TARGET, "--package", package]);
    cargo.args(options);
    cargo.arg("--manifest-path").arg(folder().join("Cargo.toml")).arg("--target-dir").arg(&target);
    // Nothing relocates the program when it starts.
    cargo.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTFLAGS", "-C relocation-model=static");
    process::run(&mut cargo)?;
    Ok(target.join(TARGET).join("release").join(package))
}
