//! The parts of which everything is made that threads share, for one place where a model of them takes their place
//! (`tests/models`).

pub(crate) use core::hint::spin_loop;
pub(crate) use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, Ordering, fence};

pub(crate) use atomic_waker::AtomicWaker;
pub(crate) use concurrent_queue::ConcurrentQueue;
