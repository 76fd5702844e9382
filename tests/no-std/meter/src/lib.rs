//! A host that runs a component whose function waits for an import of the host and reads a stream of it; and the component's
//! WIT, parsed, resolved, and compared with the component.
//!
//! It runs with and without std, and reports the same events.
#![no_std]

extern crate alloc;

mod executor;
mod host;
mod wit;

use alloc::string::String;
use alloc::vec::Vec;

use witwright_host::{CoreEngine, Error};

/// The component of `meter.wat`.
const COMPONENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/meter.wasm"));

/// The events of a run, one a line.
///
/// # Errors
/// Those of the host.
pub fn run<E: CoreEngine>() -> Result<Vec<String>, Error> {
    let mut lines = wit::check(COMPONENT);
    lines.append(&mut host::run::<E>(COMPONENT)?);
    Ok(lines)
}
