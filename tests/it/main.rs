//! The tests across crates, one module a subject.

mod guests;
mod suites;
mod tidy;
