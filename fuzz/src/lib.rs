//! Fuzzing without instruments: targets are plain functions, inputs are kept ones changed at random by a seed.
//!
//! `cargo fuzz` needs a nightly compiler and this workspace has a stable one, so what guides the search here is not the
//! branches that an input takes but what its target says of it: an input of which something new is said is kept and
//! changed further. A target is a function over bytes, which any other fuzzer can call.

pub mod corpus;
pub mod hostile;
pub mod runs;
pub mod search;
pub mod targets;

pub use search::Search;
pub use targets::{Answer, Reads, TARGETS, Target};
