//! What the tests across the crates share: suites of others as cases, and guests built for them (DESIGN, tests).
//!
//! Failures here are panics with what to do about them: nothing but tests and benchmarks calls this crate.

pub mod conformance;
pub mod guests;

/// The examples of the README, which are compiled, and run where they can be.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the guide, which are compiled, and run where they can be.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../docs/guide/build.md")]
    pub struct Build;
    #[doc = include_str!("../../docs/guide/dynamic.md")]
    pub struct Dynamic;
    #[doc = include_str!("../../docs/guide/errors.md")]
    pub struct Errors;
    #[doc = include_str!("../../docs/guide/limits.md")]
    pub struct Limits;
    #[doc = include_str!("../../docs/guide/resources.md")]
    pub struct Resources;
}
