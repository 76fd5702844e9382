//! The canonical ABI of WebAssembly components: layout, lift, lower, handles, tasks; and the guest runtime.
//!
//! The only place in the workspace that knows sizes, alignments, discriminants, flattening, limits and status codes
//! (`CanonicalABI.md`). Layers: `core` (no allocator), `alloc`, `std`; features add API and never change behaviour.
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod built_in;
#[cfg(feature = "alloc")]
pub mod bytes;
pub mod codes;
pub mod desc;
pub mod flat;
pub mod flatten;
pub mod form;
#[cfg(all(feature = "alloc", target_arch = "wasm32"))]
pub mod guest;
pub mod handles;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
pub mod held;
pub mod layout;
#[cfg(all(feature = "std", not(target_arch = "wasm32")))]
pub mod native;
#[cfg(feature = "alloc")]
pub mod rep;
pub mod resource;
pub mod string;
pub mod table;
pub mod transfer;
pub mod trap;
pub mod variant;
pub mod view;

mod impls;
