//! Runs WebAssembly components on existing core engines.

#![no_std]

#[cfg(not(any(feature = "wasmi", feature = "wasmtime")))]
compile_error!("witwright-host needs an engine: enable the feature `wasmi` or `wasmtime`");

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod engine;
mod state;
mod store;

pub use engine::{CoreEngine, DefaultEngine, EngineOptions};
pub use store::{AsContextMut, Domain, DomainId, Limits, Store, StoreContextMut, Suspension};

/// The engine `wasmi`: pure Rust, small, portable.
#[cfg(feature = "wasmi")]
pub mod wasmi {
    pub use crate::engine::wasmi::Engine;
}
