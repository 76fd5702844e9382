//! The shared code of the tests across crates: suites of other projects as cases, and guests for tests (DESIGN, tests).
//!
//! Failures are panics whose message says what to do. Only tests and benchmarks use this crate.

pub mod conformance;
pub mod guests;

/// The examples of the README, which are compiled, and run if possible.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the guide, which are compiled, and run if possible.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../docs/guide/async.md")]
    pub struct Async;
    #[doc = include_str!("../../docs/guide/build.md")]
    pub struct Build;
    #[doc = include_str!("../../docs/guide/dynamic.md")]
    pub struct Dynamic;
    #[doc = include_str!("../../docs/guide/errors.md")]
    pub struct Errors;
    #[doc = include_str!("../../docs/guide/guest.md")]
    pub struct Guest;
    #[doc = include_str!("../../docs/guide/host.md")]
    pub struct Host;
    #[doc = include_str!("../../docs/guide/limits.md")]
    pub struct Limits;
    #[doc = include_str!("../../docs/guide/resources.md")]
    pub struct Resources;
    #[doc = include_str!("../../docs/guide/switching.md")]
    pub struct Switching;
    #[doc = include_str!("../../docs/guide/wasi.md")]
    pub struct Wasi;
}
