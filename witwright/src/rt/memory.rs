//! Memory for values in their canonical form, and what concerns the whole module, by the names of `wit_bindgen::rt`.

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::mem;
use core::ptr::{self, NonNull};

/// Memory that is deallocated when this is dropped.
#[derive(Debug)]
pub struct Cleanup {
    address: NonNull<u8>,
    layout: Layout,
}

// SAFETY: it owns the memory, and does not read it.
unsafe impl Send for Cleanup {}
// SAFETY: as above.
unsafe impl Sync for Cleanup {}

impl Cleanup {
    /// Allocates memory. If its size is zero, the address is null, and nothing is to be deallocated.
    #[must_use]
    pub fn new(layout: Layout) -> (*mut u8, Option<Cleanup>) {
        if layout.size() == 0 {
            return (ptr::null_mut(), None);
        }
        // SAFETY: the size is not zero.
        let Some(address) = NonNull::new(unsafe { alloc(layout) }) else { handle_alloc_error(layout) };
        (address.as_ptr(), Some(Cleanup { address, layout }))
    }

    /// Leaves the memory allocated: it has another owner.
    pub fn forget(self) {
        mem::forget(self);
    }
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        // SAFETY: it was allocated with this layout, and has no other owner.
        unsafe { dealloc(self.address.as_ptr(), self.layout) }
    }
}

/// Runs nothing: the linker calls static constructors before the exports.
pub fn run_ctors_once() {}

/// Links `cabi_realloc`. It does nothing, because the symbol is in every guest that allocates.
pub fn maybe_link_cabi_realloc() {}
