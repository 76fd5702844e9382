//! The Rust types of representations in a component: a resource type has one.

use core::any::TypeId;
use core::cell::Cell;

use crate::local::OneThread;

/// The Rust type that represents the resources of a type.
pub struct Types(OneThread<Cell<Option<TypeId>>>);

impl Types {
    /// The state before any resource exists.
    #[expect(clippy::new_without_default, reason = "it is a static")]
    #[must_use]
    pub const fn new() -> Types {
        Types(OneThread::new(Cell::new(None)))
    }

    /// Notes that a resource was made with this representation.
    ///
    /// # Panics
    /// If resources of its type were made of another Rust type.
    pub fn add<T: 'static>(&'static self, rep: *const u8) {
        self.0.with(|known| known.get().is_none().then(|| known.set(Some(TypeId::of::<T>()))));
        self.check::<T>(rep);
    }

    /// Checks the Rust type of a representation.
    ///
    /// # Panics
    /// If the type is not `T`.
    pub fn check<T: 'static>(&'static self, _: *const u8) {
        let is_known = self.0.with(|known| known.get() == Some(TypeId::of::<T>()));
        assert!(is_known, "the resource is represented by another type");
    }

    /// Notes that the resource with this representation was dropped.
    pub fn remove(&'static self, _: *const u8) {}
}
