//! A guest's memory as a host sees it: checked, and copied.
//!
//! Lifting reads a memory that does not change meanwhile, so it holds the bytes. Lowering calls the guest's `realloc`, which
//! may move or grow the memory, so it asks a [`GuestMemory`] for the bytes each time.

use crate::desc::ResourceDesc;
use crate::trap::Trap;

/// The handles and limits of the instance whose values are lifted or lowered.
pub trait Handles {
    /// What ends a transfer.
    type Error: From<Trap>;

    /// Takes an owned handle out of the instance's table; the result is what the other side knows the resource by.
    ///
    /// # Errors
    /// When there is no such handle, it is not owned, is of another type, or is lent.
    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Self::Error>;

    /// Borrows through a handle of the instance's table for the time of the call.
    ///
    /// # Errors
    /// When there is no such handle or it is of another type.
    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Self::Error>;

    /// Adds an owned handle to the instance's table.
    ///
    /// # Errors
    /// When the table is full.
    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Self::Error>;

    /// Adds a borrowed handle to the instance's table, or gives the representation to the instance that defines it.
    ///
    /// # Errors
    /// When the table is full.
    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Self::Error>;

    /// Counts the bytes of a string or a list, about to be lifted, against the limits of who lifts. There are none unless
    /// this says so.
    ///
    /// # Errors
    /// When a limit is reached.
    fn charge(&mut self, bytes: u32) -> Result<(), Self::Error> {
        let _ = bytes;
        Ok(())
    }
}

/// A guest's memory and its `realloc`.
pub trait GuestMemory: Handles {
    /// The bytes of the memory, as they are now.
    fn bytes(&mut self) -> &mut [u8];

    /// Calls the guest's `realloc`, with `may_leave` false. What it gives is checked by the caller.
    ///
    /// # Errors
    /// When the guest traps.
    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Self::Error>;
}
