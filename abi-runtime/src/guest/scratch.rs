//! Buffers that canonical forms need besides those of the values, and results that are kept until `post-return`.

use alloc::alloc::{alloc, dealloc};
use core::alloc::Layout;
use core::ptr::{self, NonNull};

use crate::guest::memory::Outgoing;
use crate::layout::TypeAbi;
use crate::transfer::Lower;

/// A list of buffers, freed together.
#[derive(Debug)]
pub(super) struct Scratch {
    last: *mut Header,
}

/// The start of each block, before the buffer.
#[derive(Debug)]
#[repr(C, align(8))]
struct Header {
    before: *mut Header,
    layout: Layout,
}

// SAFETY: it owns its blocks, as a box does.
unsafe impl Send for Scratch {}
// SAFETY: as above.
unsafe impl Sync for Scratch {}

impl Scratch {
    pub(super) const fn new() -> Scratch {
        Scratch { last: ptr::null_mut() }
    }

    /// A buffer of `size` bytes, aligned to 8.
    pub(super) fn alloc(&mut self, size: usize) -> *mut u8 {
        let (Ok(layout), true) = (Layout::from_size_align(size, 8), size <= isize::MAX as usize / 2) else {
            core::arch::wasm32::unreachable()
        };
        let Ok((layout, offset)) = Layout::new::<Header>().extend(layout) else { core::arch::wasm32::unreachable() };
        let header = allocate(layout).cast::<Header>();
        // SAFETY: the block was allocated with room for a header at its start.
        unsafe { header.write(Header { before: self.last, layout }) }
        self.last = header.as_ptr();
        self.last.cast::<u8>().wrapping_add(offset)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut next = self.last;
        while let Some(header) = NonNull::new(next) {
            // SAFETY: the list holds the headers that `alloc` wrote, each once.
            let Header { before, layout } = unsafe { header.read() };
            // SAFETY: the block was allocated with this layout and is out of the list now.
            unsafe { dealloc(next.cast(), layout) }
            next = before;
        }
    }
}

/// Allocates a block. If there is no memory, the guest traps, as in `cabi_realloc`. Rust's own handler for this error would link
/// the code that formats panic messages, which a small guest may not need otherwise.
fn allocate(layout: Layout) -> NonNull<u8> {
    debug_assert_ne!(layout.size(), 0, "a block is not empty");
    // SAFETY: a block holds a header or a value's canonical form, so its size is not zero.
    let Some(block) = NonNull::new(unsafe { alloc(layout) }) else { core::arch::wasm32::unreachable() };
    block
}

/// A result that waits for `post-return`, after its canonical form.
struct Kept<R> {
    result: R,
    outgoing: Outgoing,
}

/// The block of a kept result: the canonical form, then [`Kept`] at the given offset.
const fn kept_layout<R: Lower>() -> (Layout, usize) {
    let TypeAbi { size, align, .. } = R::ABI;
    let Ok(form) = Layout::from_size_align(size as usize, align as usize) else { panic!("a value has a layout") };
    match form.extend(Layout::new::<Kept<R>>()) {
        Ok((layout, offset)) => (layout, offset),
        Err(_) => panic!("a value has a layout"),
    }
}

/// Writes the canonical form of a result and keeps the result with it.
pub(super) fn keep<R: Lower>(result: R) -> *mut u8 {
    let (layout, offset) = const { kept_layout::<R>() };
    let block = allocate(layout);
    let kept = block.as_ptr().wrapping_add(offset).cast::<Kept<R>>();
    // SAFETY: the block was allocated with room for `Kept<R>` at this offset.
    unsafe { kept.write(Kept { result, outgoing: Outgoing::result() }) }
    // SAFETY: it has just been written, and nothing else has its address.
    let Kept { result, outgoing } = unsafe { &mut *kept };
    let Ok(()) = result.store(outgoing, block.as_ptr() as usize as u32);
    block.as_ptr()
}

/// Drops a result that [`keep`] kept.
///
/// # Safety
/// `block` came from [`keep`] with the same `R` and was not dropped.
pub(super) unsafe fn drop_kept<R: Lower>(block: *mut u8) {
    let (layout, offset) = const { kept_layout::<R>() };
    let kept = block.wrapping_add(offset).cast::<Kept<R>>();
    // SAFETY: `keep` wrote it there, and it is dropped once.
    unsafe { kept.drop_in_place() }
    // SAFETY: `keep` allocated the block with this layout.
    unsafe { dealloc(block, layout) }
}
