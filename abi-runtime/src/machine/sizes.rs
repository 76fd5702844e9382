//! The bytes of a machine with room of fixed numbers, as the page of [`Fixed`] states them.

use super::embedding::Embedding;
use super::parts::{End, ErrorContext, Instance, Lend, Task, Thread, Waitable, WaitableSet};
use super::room::Fixed;
use super::state::Machine;
use crate::handles::Handle;
use crate::ids::ThreadId;
use crate::table::Slot;

/// Identities, places and messages that are numbers, and no room at all.
enum Numbers {}

impl Embedding for Numbers {
    type ResourceType = u32;
    type Place = u32;
    type Message = u32;
    type Room = Fixed<0, 0, 0, 0, 0, 0, 0, 0, 0>;
}

const _: () = {
    assert!(is(size_of::<Slot<Handle<u32>>>(), 24));
    assert!(is(size_of::<Slot<Task>>(), 24));
    assert!(is(size_of::<Slot<Thread>>(), 48));
    assert!(is(size_of::<Slot<ThreadId>>(), 8));
    assert!(is(size_of::<Slot<Waitable>>(), 40));
    assert!(is(size_of::<Slot<End<u32>>>(), 40));
    assert!(is(size_of::<Slot<WaitableSet>>(), 28));
    assert!(is(size_of::<Slot<ErrorContext<Numbers>>>(), 12));
    assert!(is(size_of::<Slot<Lend>>(), 12));
    // They count their entries, in words of the machine.
    let is_wide = size_of::<usize>() == 8;
    assert!(is(size_of::<Slot<Instance<Numbers>>>(), if is_wide { 72 } else { 64 }));
    assert!(is(size_of::<Machine<Numbers>>(), if is_wide { 240 } else { 192 }));
};

/// Whether a size is the stated one. It may be less on the few machines that align 64 bits to 4 bytes.
const fn is(size: usize, stated: usize) -> bool {
    size == stated || (align_of::<u64>() < 8 && size < stated)
}
