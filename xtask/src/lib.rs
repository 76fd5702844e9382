//! What the chores share with the tests: the guest toolchain, building guests, and running programs (DESIGN, guests).
//!
//! No dependencies, so that `cargo xtask` is there in seconds.

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
/// Never: this crate lies in a folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}

/// Writes a file in the workspace's folder `target`, for people and programs that read results there.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write_result(name: &str, text: &str) -> Result<(), Failure> {
    let folder = root().join("target");
    let path = folder.join(name);
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text));
    written.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
}
