//! The tests across crates, one module a subject.

mod suites;
