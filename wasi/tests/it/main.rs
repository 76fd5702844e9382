//! WASI by the public API of the crate, with guests of `tests/guests`.
#![allow(clippy::unwrap_used, reason = "what fails a test may panic")]

mod command;
mod http;
