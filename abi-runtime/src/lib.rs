//! The canonical ABI of WebAssembly components: layout, core signatures, codes, lift, lower, handles; and the guest runtime.
//!
//! This crate alone states the numbers of `CanonicalABI.md`: sizes, alignments, discriminants, flattening, limits, and the
//! packing of codes. Host and generator compute with its functions. Three layers, each a feature: `core` (no allocator),
//! `alloc`, `std`. A feature adds API and never changes behaviour.
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;

mod arena;
pub mod built_in;
#[cfg(feature = "alloc")]
pub mod bytes;
pub mod codes;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
pub mod concurrent;
pub mod desc;
pub mod end;
pub mod flags;
pub mod flat;
pub mod flatten;
pub mod form;
#[cfg(feature = "alloc")]
pub mod given;
#[cfg(all(feature = "alloc", target_arch = "wasm32"))]
pub mod guest;
pub mod handles;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
pub mod held;
pub mod ids;
pub mod layout;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
mod local;
pub mod machine;
#[cfg(feature = "alloc")]
pub mod maps;
#[cfg(all(feature = "std", not(target_arch = "wasm32")))]
pub mod native;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
pub mod rep;
pub mod resource;
mod same;
#[cfg(feature = "alloc")]
pub mod shape;
pub mod string;
pub mod supply;
pub mod table;
pub mod transfer;
pub mod trap;
pub mod variant;
pub mod view;
pub mod visit;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
mod waitable;
pub mod world;

mod impls;

/// The error that no engine is enabled: `what` needs one. It is that of the host's crate, and of bindings without that crate.
#[doc(hidden)]
#[macro_export]
macro_rules! __no_engine {
    ($what:literal) => {
        // With braces, it is an item as well as an expression.
        ::core::compile_error! {
            ::core::concat!(
                $what,
                " an engine, and none is enabled: add the feature `wasmi` or `wasmtime` to the dependency `witwright` ",
                "(or `wasmi-alloc`, wasmi without std)"
            )
        }
    };
}
