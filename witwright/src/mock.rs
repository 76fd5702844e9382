//! Imported resources in native tests: what stands behind a handle is a number that the test's own imports choose.

use crate::__rt::{Handle, native};

/// A resource that the imports of a test define, with its representation. It is `own`ed by whoever gets it.
#[must_use]
pub fn resource<R: Handle>(rep: u64) -> R {
    native::resource_owned(rep)
}

/// The representation that a resource was made with.
///
/// # Panics
/// When the resource was given away or dropped.
#[must_use]
pub fn rep<R: Handle>(resource: &R) -> u64 {
    native::resource_rep(R::DESC, resource.own().handle())
}
