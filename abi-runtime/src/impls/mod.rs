//! Lift and lower for Rust's own types (`CanonicalABI.md#lifting-and-lowering`).

mod handle;
mod list;
#[cfg(feature = "alloc")]
mod map;
mod number;
mod option;
#[cfg(feature = "alloc")]
mod owned;
mod scalar;
mod tuple;
