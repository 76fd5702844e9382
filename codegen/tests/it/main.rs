//! Tests of the generator, one module a subject.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod corpora;
mod errors;
mod golden;
mod identifiers;
mod peer;
mod tables;
