//! Lift and lower for Rust's own types (`CanonicalABI.md#lifting-and-lowering`).

pub(crate) mod handle;
mod list;
mod number;
mod option;
#[cfg(feature = "alloc")]
mod owned;
mod scalar;
mod tuple;

#[cfg(feature = "alloc")]
pub(crate) use list::{push_pair, store_pair};
#[cfg(feature = "alloc")]
pub(crate) use owned::{load_pair, pop_pair};
#[cfg(feature = "alloc")]
pub(crate) use tuple::each_tuple;
