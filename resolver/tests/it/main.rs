//! The tests of the resolver that need files, or other crates to compare with.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod algebra;
mod binary;
mod cache;
mod compose;
mod differential;
mod dump;
mod fixtures;
mod json;
mod limits;
mod lints;
mod oracle;
mod print;
