//! Gates, through which futures of the host reach the store that polls them: the part that threads share.
//!
//! `tests/models` runs this file with every order of its atomic operations.

use core::ptr::NonNull;

use crate::sync::{AtomicPtr, AtomicU32, Ordering, spin_loop};

/// The access of futures to the store that polls them. It is open only while they are polled.
///
/// ```text
///           open               enter
///   closed ──────────► open ──────────► entered
///      ▲                │  ▲               │
///      └────────────────┘  └───────────────┘
///        the driver goes on      leave
/// ```
pub(crate) struct StoreGate<S> {
    /// `2 * n + 1` if it is open for the n-th time within itself, one more if it is entered then; 0 if it is closed.
    state: AtomicU32,
    store: AtomicPtr<S>,
}

// SAFETY: a gate gives the store to one at a time, from whichever thread, and gives out no shared reference.
unsafe impl<S: Send> Send for StoreGate<S> {}

// SAFETY: as above.
unsafe impl<S: Send> Sync for StoreGate<S> {}

const CLOSED: u32 = 0;

/// Whether a state is one in which the gate is open.
const fn is_open(state: u32) -> bool {
    !state.is_multiple_of(2)
}

/// The gate cannot be entered: it is closed, because the store does not poll; or it is entered already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CannotEnter {
    pub(crate) is_entered: bool,
}

impl<S> StoreGate<S> {
    pub(crate) fn new() -> StoreGate<S> {
        StoreGate { state: AtomicU32::new(CLOSED), store: AtomicPtr::new(core::ptr::null_mut()) }
    }

    /// Opens the gate to a store while `f` runs. The caller has the exclusive right to the store, which one future may use meanwhile.
    pub(crate) fn open_to<R>(&self, store: NonNull<S>, f: impl FnOnce() -> R) -> R {
        self.store.store(store.as_ptr(), Ordering::Relaxed);
        // The opener has the store: the gate is closed, or this thread has entered it.
        let before = self.state.load(Ordering::Relaxed);
        let open = if is_open(before) { before + 2 } else { before + 1 };
        self.state.store(open, Ordering::Release);
        let _close = Close { gate: self, open, before };
        f()
    }

    /// Gives the store out, which nothing else uses until what it returns is dropped.
    ///
    /// # Errors
    /// When the gate is not open.
    pub(crate) fn pass(&self) -> Result<Passed<'_, S>, CannotEnter> {
        let open = self.state.load(Ordering::Relaxed);
        let cannot_enter = |found| CannotEnter { is_entered: found != CLOSED };
        if !is_open(open) {
            return Err(cannot_enter(open));
        }
        self.state.compare_exchange(open, open + 1, Ordering::Acquire, Ordering::Relaxed).map_err(cannot_enter)?;
        let Some(store) = NonNull::new(self.store.load(Ordering::Relaxed)) else {
            unreachable!("an open gate leads to a store")
        };
        Ok(Passed { gate: self, open, store })
    }
}

/// Restores a gate to its state before it was opened, also when a future panics.
struct Close<'a, S> {
    gate: &'a StoreGate<S>,
    open: u32,
    before: u32,
}

impl<S> Drop for Close<'_, S> {
    fn drop(&mut self) {
        // A thread that has entered leaves before this one goes on, also if it has opened the gate again within.
        let Close { gate, open, before } = self;
        while gate.state.compare_exchange_weak(*open, *before, Ordering::Acquire, Ordering::Relaxed).is_err() {
            spin_loop();
        }
    }
}

/// The store, until it is left.
pub(crate) struct Passed<'a, S> {
    gate: &'a StoreGate<S>,
    open: u32,
    store: NonNull<S>,
}

impl<S> Passed<'_, S> {
    /// The store.
    pub(crate) fn store(&self) -> NonNull<S> {
        self.store
    }
}

impl<S> Drop for Passed<'_, S> {
    fn drop(&mut self) {
        self.gate.state.store(self.open, Ordering::Release);
    }
}
