//! Bindings compiled and run natively, one module a subject.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod concurrent;
mod functions;
#[cfg(feature = "futures")]
mod futures;
mod given;
mod names;
mod options;
mod ownership;
mod resources;
mod shapes;
mod tables;
mod types;
