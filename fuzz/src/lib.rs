//! Fuzzing without instrumentation: a target is a plain function, and its inputs are kept inputs with random changes.
//!
//! `cargo fuzz` needs a nightly compiler, but this workspace uses a stable one. So the search is not guided by the branches
//! that an input takes, but by the facts that the target states about it: an input with a new fact is kept, and changed
//! further. A target takes bytes, so any other fuzzer can call it too.

pub mod corpus;
pub mod hostile;
pub mod runs;
pub mod search;
pub mod targets;

pub use search::Search;
pub use targets::{Answer, Reads, TARGETS, Target};
