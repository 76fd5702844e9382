//! The code that chores and tests share: the guest toolchain, building guests, and running programs.
//!
//! It has no dependencies, so that `cargo xtask` starts within seconds.

pub mod bare;
mod failure;
pub mod guests;
pub mod process;
pub mod steps;
pub mod toolchain;

use std::path::{Path, PathBuf};

pub use failure::Failure;

/// The folder of the workspace.
///
/// # Panics
///
/// Never: this crate is in a folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the workspace").to_owned()
}

/// Writes a result, for people and programs, to a file in the workspace's folder `target`.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_result(name: &str, text: &str) -> Result<(), Failure> {
    let folder = root().join("target");
    let path = folder.join(name);
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text));
    written.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
}
