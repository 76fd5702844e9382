//! Resolves and type-checks graphs of WIT packages; encodes and decodes them.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod arena;
pub mod binary;
pub mod model;

pub use model::Model;
