//! Tests of the generator, one module a subject.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod chains;
mod corpora;
mod errors;
mod evaluate;
mod golden;
mod identifiers;
mod peer;
mod round_trip;
mod tables;
