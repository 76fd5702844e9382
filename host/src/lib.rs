//! Runs WebAssembly components on existing core engines.

#![no_std]

extern crate alloc;

pub mod engine;
mod state;
mod store;

pub use engine::CoreEngine;
pub use store::{AsContextMut, Domain, DomainId, Limits, Store, StoreContextMut, Suspension};
