//! WASI 0.2: the interfaces of `wasi:cli/command`.
//!
//! They also serve components that import an earlier version 0.2.x.

mod cli;
mod clocks;
mod filesystem;
#[cfg(feature = "http")]
pub mod http;
mod io;
mod network;
mod random;
mod tcp;
mod udp;
mod values;

pub mod bindings;

use witwright_host::{AsLinker, Error};

pub use bindings::Command;

use crate::ctx::{HasWasi, WasiView};

/// Adds all interfaces of `wasi:cli/command` to a linker.
///
/// # Errors
/// If the linker has one of them already.
pub fn add_to_linker<T: WasiView>(linker: &mut impl AsLinker<State = T>) -> Result<(), Error> {
    Command::add_to_linker::<HasWasi<T>>(linker)
}
