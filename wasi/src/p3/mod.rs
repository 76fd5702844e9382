//! WASI 0.3: the interfaces `wasi:cli`, `wasi:clocks` and `wasi:random` of `wasi:cli/command`.
//!
//! `wasi:filesystem` and `wasi:sockets` of this version are not provided yet. The interfaces also serve components that import an
//! earlier version 0.3.x.

mod cli;
mod clocks;
mod random;

pub mod bindings;

use witwright_host::{AsLinker, Error};

pub use bindings::Command;

use crate::ctx::{HasWasi, WasiView};

/// Adds the interfaces to a linker.
///
/// # Errors
/// If the linker has one of them already.
pub fn add_to_linker<T: WasiView + Send>(linker: &mut impl AsLinker<State = T>) -> Result<(), Error> {
    Command::add_to_linker::<HasWasi<T>>(linker)
}
