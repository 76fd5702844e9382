//! Models of what threads share in the host: the gate of the store, the wakers of its futures, and the notes that they leave.
//!
//! The files of the host are compiled a second time, with the atomics of `loom` in place of the processor's ([`sync`]), which runs a
//! closure with every order in which the memory model lets threads see their operations. A test fails if a wake-up is lost, if two
//! threads are in the gate at one time, or if accesses are not ordered.
#![cfg(test)]

extern crate alloc;

#[path = "../../../host/src/engine/gate.rs"]
mod gate;
mod gates;
#[path = "../../../host/src/signal.rs"]
mod signal;
mod sync;
#[path = "../../../host/src/store/task_waker.rs"]
mod task_waker;
mod wakes;

/// The ids that those files name, with a number that a model chooses.
mod ids {
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) struct WaitableId(pub(crate) u32);
}
