//! Imported resources in native tests: a handle stands for a number that the imports of the test choose.

use crate::__rt::{Handle, native};

/// A resource that the imports of a test define, by its representation. The caller owns it.
#[must_use]
pub fn resource<R: Handle>(rep: u64) -> R {
    native::resource_owned(rep)
}

/// The representation that a resource was made with.
///
/// # Panics
/// If the resource was given away or dropped.
#[must_use]
pub fn rep<R: Handle>(resource: &R) -> u64 {
    native::resource_rep(R::DESC, resource.own().handle())
}
