//! The handle of an end, which has one owner.

use core::fmt;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::end::EndVtable;
use crate::waitable;

/// An end. The owner drops it, unless it was given away.
pub(super) struct Handle {
    /// 0 after it was given away.
    index: AtomicU32,
    pub(super) vtable: &'static EndVtable,
}

impl Handle {
    pub(super) const fn new(index: u32, vtable: &'static EndVtable) -> Handle {
        Handle { index: AtomicU32::new(index), vtable }
    }

    pub(super) fn index(&self) -> u32 {
        self.index.load(Ordering::Relaxed)
    }

    /// Gives the end away: the caller owns it.
    pub(super) fn take(&self) -> u32 {
        let index = self.index.swap(0, Ordering::Relaxed);
        if index != 0 {
            waitable::leave(index);
        }
        index
    }

    /// The index, for a context that lowers the end. If `gives_away` is set, the end leaves its owner now.
    pub(super) fn leave(&self, gives_away: bool) -> u32 {
        if gives_away {
            return self.take();
        }
        let index = self.index();
        waitable::leave(index);
        index
    }

    /// Drops the end.
    pub(super) fn drop(&self, drop: unsafe extern "C" fn(u32)) {
        let index = self.take();
        if index != 0 {
            // SAFETY: the end was owned here, and no copy is in progress, which borrows the owner or has it.
            unsafe { drop(index) }
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.index()).finish()
    }
}
