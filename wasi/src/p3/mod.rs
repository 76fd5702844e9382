//! WASI 0.3: the interfaces of `wasi:cli/command`.
//!
//! They also serve components that import an earlier version 0.3.x. Nothing blocks while a component waits: operations on files and
//! on the process's output run on other threads too.

mod cli;
mod clocks;
mod filesystem;
#[cfg(feature = "http")]
pub mod http;
mod random;
mod sockets;
mod streams;

pub mod bindings;

use witwright_host::{AsLinker, CoreEngine, Error, Store};

pub use bindings::Command;

use crate::ctx::{HasWasi, WasiView};

/// Adds all interfaces of `wasi:cli/command` to a linker.
///
/// # Errors
/// If the linker has one of them already.
pub fn add_to_linker<T: WasiView + Send>(linker: &mut impl AsLinker<State = T>) -> Result<(), Error> {
    Command::add_to_linker::<HasWasi<T>>(linker)
}

/// Runs a store until the tasks of its guests have ended, also those that go on after their functions have returned, and all that
/// they sent to files and to standard output is written.
///
/// # Errors
/// The trap of a guest.
pub async fn finish<T: WasiView, E: CoreEngine>(store: &mut Store<T, E>) -> Result<(), Error> {
    loop {
        // The store takes up the bytes that were handed over last.
        store.run_ready()?;
        if store.census().tasks == 0 && store.data_mut().wasi().ctx.unwritten == 0 {
            return Ok(());
        }
        store.run_until(|cx| cx.census().tasks == 0 && cx.data_mut().wasi().ctx.unwritten == 0).await?;
        if store.census().tasks > 0 {
            // The remaining tasks wait for events that cannot happen any more.
            return Ok(());
        }
    }
}
