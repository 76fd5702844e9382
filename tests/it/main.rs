//! The tests across crates, one module a subject.
#![allow(clippy::unwrap_used, reason = "what fails a test may panic")]

mod compiled;
mod compose;
mod dropin;
mod error_contexts;
mod guests;
mod host_options;
mod interop;
mod limits;
mod link_facts;
mod no_engine;
mod no_std;
mod other_bindings;
mod plain_rustc;
mod readme;
mod rejections;
mod resource_types;
mod suites;
mod tidy;
mod wasi;
mod worlds;
