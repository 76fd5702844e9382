//! `host/src/sync.rs` as `loom` has it. The queue and the waker of other crates are modelled by locks.

use std::collections::VecDeque;
use std::task::Waker;

pub(crate) use loom::hint::spin_loop;
use loom::sync::Mutex;
pub(crate) use loom::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering, fence};

/// A queue without a bound.
pub(crate) struct ConcurrentQueue<T>(Mutex<VecDeque<T>>);

impl<T> ConcurrentQueue<T> {
    pub(crate) fn unbounded() -> ConcurrentQueue<T> {
        ConcurrentQueue(Mutex::new(VecDeque::new()))
    }

    pub(crate) fn push(&self, item: T) -> Result<(), T> {
        self.0.lock().expect("no thread panics").push_back(item);
        Ok(())
    }

    pub(crate) fn pop(&self) -> Result<T, ()> {
        self.0.lock().expect("no thread panics").pop_front().ok_or(())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.lock().expect("no thread panics").len()
    }
}

/// A waker that one thread sets and others wake.
pub(crate) struct AtomicWaker(Mutex<Option<Waker>>);

impl AtomicWaker {
    pub(crate) fn new() -> AtomicWaker {
        AtomicWaker(Mutex::new(None))
    }

    pub(crate) fn register(&self, waker: &Waker) {
        *self.0.lock().expect("no thread panics") = Some(waker.clone());
    }

    pub(crate) fn wake(&self) {
        let waker = self.0.lock().expect("no thread panics").take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
