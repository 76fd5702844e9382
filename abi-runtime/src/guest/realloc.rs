//! `cabi_realloc`, with which the host allocates in a guest's memory (`CanonicalABI.md#lifting-and-lowering-context`).
//!
//! The symbol is defined here, strongly and once: every set of bindings in a guest uses this crate, and the definitions of
//! other toolchains (wit-bindgen, wasi-libc) are weak and give way. The allocator is Rust's global one, since lifted
//! strings and lists become `String` and `Vec`.

use alloc::alloc::{alloc, realloc};
use core::alloc::Layout;

/// `realloc(old_ptr, old_size, align, new_size) -> ptr`
///
/// # Safety
/// The host calls it by the rules of the canonical ABI: the old block was allocated here, with this size and alignment, or is empty.
#[unsafe(export_name = "cabi_realloc")]
unsafe extern "C" fn cabi_realloc(old_ptr: *mut u8, old_size: usize, align: usize, new_size: usize) -> *mut u8 {
    if new_size == 0 {
        return core::ptr::without_provenance_mut(align);
    }
    let block = if old_size == 0 {
        // SAFETY: the canonical ABI's alignments are powers of two, and its sizes are below 2^28.
        let layout = unsafe { Layout::from_size_align_unchecked(new_size, align) };
        // SAFETY: the size is not zero.
        unsafe { alloc(layout) }
    } else {
        // SAFETY: as above; the block was allocated with this layout.
        let layout = unsafe { Layout::from_size_align_unchecked(old_size, align) };
        // SAFETY: the block was allocated here with this layout, and the new size is not zero.
        unsafe { realloc(old_ptr, layout, new_size) }
    };
    if block.is_null() {
        core::arch::wasm32::unreachable()
    }
    block
}
