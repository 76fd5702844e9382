//! An allocator over an array: blocks have a power of two of bytes, and a list of free ones for each. It counts what is asked for.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const ARENA_BYTES: usize = 32 << 20;
const SIZES: usize = usize::BITS as usize;
const MIN_BYTES: usize = size_of::<*mut u8>();

#[repr(C, align(4096))]
struct Arena(UnsafeCell<[u8; ARENA_BYTES]>);

struct State {
    /// The first free block of each size; each holds the address of the next.
    free: [*mut u8; SIZES],
    /// The bytes of the arena that are in blocks.
    taken: usize,
    used: usize,
    peak: usize,
}

struct Heap(UnsafeCell<State>);

// SAFETY: the program has one thread.
unsafe impl Sync for Arena {}
// SAFETY: as above.
unsafe impl Sync for Heap {}

static ARENA: Arena = Arena(UnsafeCell::new([0; ARENA_BYTES]));

#[global_allocator]
static HEAP: Heap = Heap(UnsafeCell::new(State { free: [null_mut(); SIZES], taken: 0, used: 0, peak: 0 }));

/// The bytes in use.
#[must_use]
pub fn used_bytes() -> usize {
    // SAFETY: the program has one thread, and no reference to the state is kept.
    unsafe { (*HEAP.0.get()).used }
}

/// The largest number of bytes that were in use.
#[must_use]
pub fn peak_bytes() -> usize {
    // SAFETY: as above.
    unsafe { (*HEAP.0.get()).peak }
}

fn block_bytes(layout: Layout) -> usize {
    layout.size().max(layout.align()).max(MIN_BYTES).next_power_of_two()
}

impl State {
    fn take(&mut self, size: usize) -> *mut u8 {
        let list = &mut self.free[size.trailing_zeros() as usize];
        if !list.is_null() {
            let block = *list;
            // SAFETY: a free block holds the address of the next, and is aligned to its size.
            *list = unsafe { block.cast::<*mut u8>().read() };
            return block;
        }
        // Aligned to the block's size, or to a page if that is more than the arena's own alignment.
        let start = self.taken.next_multiple_of(size.min(align_of::<Arena>()));
        match start.checked_add(size) {
            Some(end) if end <= ARENA_BYTES => {
                self.taken = end;
                ARENA.0.get().cast::<u8>().wrapping_add(start)
            }
            Some(_) | None => null_mut(),
        }
    }
}

// SAFETY: blocks lie inside the arena, are aligned up to a page, and each is given to one owner at a time.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the program has one thread, and no reference to the state is kept.
        let state = unsafe { &mut *self.0.get() };
        if layout.align() > align_of::<Arena>() {
            return null_mut();
        }
        let block = state.take(block_bytes(layout));
        if !block.is_null() {
            state.used += layout.size();
            state.peak = state.peak.max(state.used);
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        let state = unsafe { &mut *self.0.get() };
        state.used -= layout.size();
        let list = &mut state.free[block_bytes(layout).trailing_zeros() as usize];
        // SAFETY: the block is free, large enough for an address and aligned for it.
        unsafe { block.cast::<*mut u8>().write(*list) };
        *list = block;
    }
}
