//! The waker of a future of the host: it leaves a note to the store, from any thread.
//!
//! `tests/models` runs this file with every order of its atomic operations.

use alloc::sync::Arc;

use futures_task::{ArcWake, WakerRef, waker_ref};

use crate::signal::{Note, Signal};
use crate::sync::{AtomicU64, Ordering, fence};

/// The waker of a future.
pub(crate) struct TaskWaker(Arc<WakerState>);

/// Leaves a note to the store when the future is woken, once until it is polled.
///
/// ```text
///                  set_key                    wake, with a note
///   first poll ───────────────► waits for a wake ─────────────────► woken
///        │                          │    ▲                            ▲
///        │                          └────┴────────────────────────────┤
///        │                                          begin_poll        │ set_key, with a note
///        └────────────────────────────────────────────────────────────┘
///                                  wake
/// ```
///
/// Each change of the state reads it too, so that of a wake and a poll the second sees everything done before the first.
struct WakerState {
    /// The key of the future while it waits for a wake; or [`FIRST_POLL`], or [`WOKEN`]. No key is one of these: its place would be
    /// among the last two of 2^32.
    key: AtomicU64,
    signal: Arc<Signal>,
}

/// In the place of a key: the future is polled for the first time, and has no key.
const FIRST_POLL: u64 = u64::MAX;

/// In the place of a key: the future was woken, and was not polled since.
const WOKEN: u64 = u64::MAX - 1;

impl TaskWaker {
    pub(super) fn new(signal: &Arc<Signal>) -> TaskWaker {
        TaskWaker(Arc::new(WakerState { key: AtomicU64::new(FIRST_POLL), signal: signal.clone() }))
    }

    /// Borrows it as a [`Waker`](core::task::Waker), for a poll.
    pub(crate) fn waker(&self) -> WakerRef<'_> {
        waker_ref(&self.0)
    }

    /// Gives the future its key, and leaves a note if it was woken before.
    pub(super) fn set_key(&self, key: u64) {
        let woken = self.0.key.compare_exchange(FIRST_POLL, key, Ordering::AcqRel, Ordering::Acquire);
        if woken.is_err() {
            self.post(key);
        }
    }

    /// Prepares a poll of the future. The poll sees all that was done before the future was woken, and later wakes leave a note.
    pub(super) fn begin_poll(&self, key: u64) {
        self.0.key.swap(key, Ordering::AcqRel);
    }

    /// Leaves a note that the future is to be polled.
    pub(super) fn post(&self, key: u64) {
        self.0.signal.post(Note::Woken(key));
    }

    /// Makes the waker as new and returns `true`, if it has no other references.
    pub(super) fn renew(&self) -> bool {
        if Arc::strong_count(&self.0) > 1 {
            return false;
        }
        // The thread that dropped the last other reference may have woken the future before.
        fence(Ordering::Acquire);
        self.0.key.store(FIRST_POLL, Ordering::Relaxed);
        true
    }
}

impl ArcWake for WakerState {
    fn wake_by_ref(state: &Arc<Self>) {
        let key = state.key.swap(WOKEN, Ordering::AcqRel);
        if key != WOKEN && key != FIRST_POLL {
            state.signal.post(Note::Woken(key));
        }
    }
}
