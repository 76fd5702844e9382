//! The tests across crates, one module a subject.

mod conformance;
mod guests;
mod suites;
mod tidy;
