//! The tests across crates, one module a subject.

mod conformance;
mod guests;
mod no_std;
mod suites;
mod tidy;
