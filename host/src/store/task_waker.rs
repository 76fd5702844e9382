//! The waker of a future of the host: it leaves a note to the store, from any thread.
//!
//! `tests/models` runs this file with every order of its atomic operations.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::task::Waker;

use crate::signal::{Note, Signal};
use crate::sync::{AtomicBool, AtomicU64, Ordering, fence};

/// The waker of a future.
pub(crate) struct TaskWaker {
    state: Arc<WakerState>,
    /// The state as a [`Waker`].
    waker: Waker,
}

/// Leaves a note to the store when the future is woken, once until it is polled.
///
/// Each change of `is_woken` reads it too, so that of a wake and a poll the second sees everything done before the first.
struct WakerState {
    /// The key of the future, or [`NO_KEY`] until it has been polled once.
    key: AtomicU64,
    is_woken: AtomicBool,
    signal: Arc<Signal>,
}

/// The key of no future.
const NO_KEY: u64 = u64::MAX;

impl TaskWaker {
    pub(super) fn new(signal: &Arc<Signal>) -> TaskWaker {
        let (key, is_woken) = (AtomicU64::new(NO_KEY), AtomicBool::new(false));
        let state = Arc::new(WakerState { key, is_woken, signal: signal.clone() });
        TaskWaker { waker: Waker::from(state.clone()), state }
    }

    /// The waker.
    pub(crate) fn waker(&self) -> &Waker {
        &self.waker
    }

    /// Gives the future its key, and leaves a note if it was woken before.
    pub(super) fn set_key(&self, key: u64) {
        self.state.key.store(key, Ordering::Relaxed);
        // Of this and of the first wake, the second sees what the other has written, and posts.
        if self.state.is_woken.fetch_or(false, Ordering::AcqRel) {
            self.post(key);
        }
    }

    /// Prepares a poll of the future. The poll sees all that was done before the future was woken, and later wakes leave a note.
    pub(super) fn begin_poll(&self) {
        self.state.is_woken.swap(false, Ordering::AcqRel);
    }

    /// Leaves a note that the future is to be polled.
    pub(super) fn post(&self, key: u64) {
        self.state.signal.post(Note::Woken(key));
    }

    /// Makes the waker as new and returns `true`, if it has no other references.
    pub(super) fn renew(&self) -> bool {
        if Arc::strong_count(&self.state) > 2 {
            return false;
        }
        // The thread that dropped the last other reference may have woken the future before.
        fence(Ordering::Acquire);
        self.state.key.store(NO_KEY, Ordering::Relaxed);
        self.state.is_woken.store(false, Ordering::Relaxed);
        true
    }
}

impl Wake for WakerState {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.swap(true, Ordering::AcqRel) {
            let key = self.key.load(Ordering::Relaxed);
            if key != NO_KEY {
                self.signal.post(Note::Woken(key));
            }
        }
    }
}
