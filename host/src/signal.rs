//! Notes to a store from outside of it: wakers leave them, and keys that the host drops, on any thread.

use alloc::sync::Arc;
use core::task::Waker;

use witwright_abi_runtime::transfer::Keeper;

use crate::ids::WaitableId;
use crate::sync::{AtomicWaker, ConcurrentQueue};

/// A note to a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Note {
    /// The future of this key was woken.
    Woken(u64),
    /// The future that waits for a call was dropped.
    Abandoned(WaitableId),
    /// The end or the error context of this key was dropped.
    Dropped(u64),
}

/// The notes that a store has not read, and the waker that each of them wakes.
pub(crate) struct Signal {
    notes: ConcurrentQueue<Note>,
    driver: AtomicWaker,
}

impl Signal {
    pub(crate) fn new() -> Arc<Signal> {
        Arc::new(Signal { notes: ConcurrentQueue::unbounded(), driver: AtomicWaker::new() })
    }

    /// Leaves a note, and wakes the executor that polls the store.
    pub(crate) fn post(&self, note: Note) {
        // The queue has no bound and is never closed.
        let posted = self.notes.push(note);
        debug_assert!(posted.is_ok(), "a note is always taken");
        self.driver.wake();
    }

    /// Sets the waker that the next note wakes.
    pub(crate) fn set_driver(&self, waker: &Waker) {
        self.driver.register(waker);
    }

    /// The number of unread notes.
    pub(crate) fn len(&self) -> usize {
        self.notes.len()
    }

    /// Takes the first note.
    pub(crate) fn next(&self) -> Option<Note> {
        self.notes.pop().ok()
    }
}

impl Keeper for Signal {
    fn dropped(&self, key: u64) {
        self.post(Note::Dropped(key));
    }
}
