//! Building guests: from a package and a target to the path of the module or component.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::toolchain::Toolchain;
use crate::{Failure, process};

/// A target that guests are built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// `wasm32-wasip2`, whose linker makes a component.
    Wasip2,
    /// `wasm32-wasip1`: a core module that imports WASI 0.1.
    Wasip1,
    /// `wasm32-unknown-unknown`: a core module, with `component-type` sections.
    Unknown,
    /// `wasm32v1-none`: a core module without std.
    V1None,
}

impl Target {
    /// The target's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wasip2 => "wasm32-wasip2",
            Self::Wasip1 => "wasm32-wasip1",
            Self::Unknown => "wasm32-unknown-unknown",
            Self::V1None => "wasm32v1-none",
        }
    }
}

/// The workspace of the guests that tests use.
#[must_use]
pub fn workspace() -> PathBuf {
    crate::root().join("tests/guests/Cargo.toml")
}

/// Builds one package and returns the path of the module or component.
///
/// # Errors
///
/// If the guest does not build.
pub fn build(toolchain: &Toolchain, manifest: &Path, package: &str, target: Target) -> Result<PathBuf, Failure> {
    let mut command = build_command(toolchain, manifest, target);
    process::run(command.args(["--package", package, "--lib"]))?;
    let file = target_folder().join(target.name()).join("release").join(format!("{}.wasm", package.replace('-', "_")));
    if file.is_file() {
        Ok(file)
    } else {
        Err(Failure::new(format!("package `{package}` has no {}", file.display()))
            .help("its library needs crate-type = [\"cdylib\"]"))
    }
}

/// Builds one program of a package and returns the path of the module or component.
///
/// # Errors
///
/// If the program does not build.
pub fn build_program(
    toolchain: &Toolchain,
    manifest: &Path,
    package: &str,
    program: &str,
    target: Target,
) -> Result<PathBuf, Failure> {
    let mut command = build_command(toolchain, manifest, target);
    process::run(command.args(["--package", package, "--bin", program]))?;
    Ok(target_folder().join(target.name()).join("release").join(format!("{program}.wasm")))
}

/// Builds the examples of all packages of a workspace, and returns the folder that they are in.
///
/// # Errors
///
/// If an example does not build.
pub fn build_examples(toolchain: &Toolchain, manifest: &Path, target: Target) -> Result<PathBuf, Failure> {
    process::run(build_command(toolchain, manifest, target).args(["--workspace", "--examples"]))?;
    Ok(target_folder().join(target.name()).join("release/examples"))
}

/// Builds every guest that tests use, with one run of cargo.
///
/// # Errors
///
/// If a guest does not build.
pub fn build_all(toolchain: &Toolchain) -> Result<(), Failure> {
    process::run(build_command(toolchain, &workspace(), Target::Wasip2).arg("--workspace"))
}

fn build_command(toolchain: &Toolchain, manifest: &Path, target: Target) -> Command {
    let mut command = toolchain.cargo();
    command.args(["build", "--quiet", "--release", "--target", target.name()]);
    command.arg("--manifest-path").arg(manifest).arg("--target-dir").arg(target_folder());
    command
}

fn target_folder() -> PathBuf {
    crate::root().join("target/guests")
}
