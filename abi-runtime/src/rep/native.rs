//! The Rust types of representations natively: tests of one process may have different ones for a resource type.

use alloc::collections::BTreeMap;
use core::any::TypeId;
use core::cell::RefCell;

std::thread_local! {
    static TYPES: RefCell<BTreeMap<*const u8, TypeId>> = const { RefCell::new(BTreeMap::new()) };
}

/// The Rust types that represent resources: a table of the thread, by representation.
#[derive(Debug)]
pub struct Types(());

impl Types {
    /// The table before any resource exists.
    #[expect(clippy::new_without_default, reason = "it is a static")]
    #[must_use]
    pub const fn new() -> Types {
        Types(())
    }

    /// Notes that a resource was made with this representation.
    pub fn add<T: 'static>(&'static self, rep: *const u8) {
        TYPES.with_borrow_mut(|types| types.insert(rep, TypeId::of::<T>()));
    }

    /// Checks the Rust type of a representation.
    ///
    /// # Panics
    /// If the type is not `T`.
    pub fn check<T: 'static>(&'static self, rep: *const u8) {
        let is_known = TYPES.with_borrow(|types| types.get(&rep) == Some(&TypeId::of::<T>()));
        assert!(is_known, "the resource is represented by another type");
    }

    /// Notes that the resource with this representation was dropped.
    pub fn remove(&'static self, rep: *const u8) {
        TYPES.with_borrow_mut(|types| types.remove(&rep));
    }
}
