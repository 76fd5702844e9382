//! The primitives of all code that threads share, in one place, where `tests/models` replaces them by models.

pub(crate) use core::hint::spin_loop;
pub(crate) use core::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering, fence};

pub(crate) use atomic_waker::AtomicWaker;
pub(crate) use concurrent_queue::ConcurrentQueue;
