//! The program's stack, which knows how much of it was used.

use core::cell::UnsafeCell;

/// The size of the stack.
pub(crate) const SIZE_BYTES: usize = 1 << 20;

#[repr(C, align(64))]
pub(crate) struct Stack(UnsafeCell<[u8; SIZE_BYTES]>);

// SAFETY: the program has one thread.
unsafe impl Sync for Stack {}

pub(crate) static STACK: Stack = Stack(UnsafeCell::new([0; SIZE_BYTES]));

/// The number of bytes of the stack that have been written to: it grows down, over zeros.
#[must_use]
pub fn peak_bytes() -> usize {
    let base: *const u8 = STACK.0.get().cast();
    let untouched = (0..SIZE_BYTES).take_while(|offset| {
        // SAFETY: the offset is within the stack. What is read may change meanwhile, so it is read as it is.
        let byte = unsafe { base.wrapping_add(*offset).read_volatile() };
        byte == 0
    });
    SIZE_BYTES - untouched.count()
}
