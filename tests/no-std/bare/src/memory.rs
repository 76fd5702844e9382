//! The functions on memory that the compiler calls, and that libc has elsewhere.

use core::arch::asm;

// SAFETY: no other symbol has this name; the caller upholds what C's `memcpy` asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, size: usize) -> *mut u8 {
    // SAFETY: both ranges are valid, by the caller; the direction flag is clear at every call.
    unsafe {
        asm!("rep movsb", inout("rcx") size => _, inout("rdi") to => _, inout("rsi") from => _,
            options(nostack, preserves_flags));
    }
    to
}

// SAFETY: as `memcpy`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, size: usize) -> *mut u8 {
    if (to as usize).wrapping_sub(from as usize) >= size {
        // SAFETY: copied upwards, no byte is written before it is read.
        return unsafe { memcpy(to, from, size) };
    }
    // SAFETY: both ranges are valid, by the caller; copied downwards, no byte is written before it is read. The direction flag
    // is clear again after it.
    unsafe {
        asm!("std", "rep movsb", "cld", inout("rcx") size => _,
            inout("rdi") to.wrapping_add(size).wrapping_sub(1) => _,
            inout("rsi") from.wrapping_add(size).wrapping_sub(1) => _, options(nostack));
    }
    to
}

// SAFETY: as `memcpy`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, value: i32, size: usize) -> *mut u8 {
    // SAFETY: the range is valid, by the caller; the direction flag is clear at every call.
    unsafe {
        asm!("rep stosb", inout("rcx") size => _, inout("rdi") to => _, in("al") value as u8,
            options(nostack, preserves_flags));
    }
    to
}

// SAFETY: as `memcpy`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, size: usize) -> i32 {
    for offset in 0..size {
        // SAFETY: both ranges are valid, by the caller. Volatile, so that this does not become a call of itself.
        let left = unsafe { left.wrapping_add(offset).read_volatile() };
        // SAFETY: as above.
        let right = unsafe { right.wrapping_add(offset).read_volatile() };
        if left != right {
            return i32::from(left) - i32::from(right);
        }
    }
    0
}

// SAFETY: as `memcpy`.
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, size: usize) -> i32 {
    // SAFETY: by the caller.
    unsafe { memcmp(left, right, size) }
}
