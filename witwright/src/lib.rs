//! WIT in, Rust out, on any engine: write and host WebAssembly components.
#![no_std]

extern crate alloc;

#[doc(hidden)]
#[path = "rt/mod.rs"]
pub mod __rt;

#[cfg(all(not(target_arch = "wasm32"), feature = "std"))]
pub mod mock;
