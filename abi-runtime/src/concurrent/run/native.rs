//! Tasks natively: `block_on` runs them on a thread.

use std::thread::{self, Thread};

use alloc::boxed::Box;
use core::future::Future;

use super::task::{Task, Turn};
use crate::native::waiting_imports;

/// Wakes the thread that runs a task.
pub(super) struct Bell(Thread);

impl Bell {
    pub(super) fn new() -> Bell {
        Bell(thread::current())
    }

    /// Wakes the task, because a strand is ready.
    pub(super) fn ring(&self) {
        self.0.unpark();
    }

    pub(super) fn awake(&self) {}
}

/// Runs a future, and those that it spawns, until all have ended. While they wait, the thread is blocked.
///
/// # Panics
/// If all of them wait, and nothing can wake them.
pub fn block_on<T: 'static>(future: impl Future<Output = T>) -> T {
    let mut result = None;
    let mut task = Task::new(Box::pin(async { result = Some(future.await) }));
    loop {
        match task.turn() {
            Turn::Done => break,
            Turn::Again => {}
            Turn::Asleep => {
                assert!(
                    task.others_may_wake(),
                    "deadlock: all that is left waits for ends of streams or futures of this thread{}",
                    waiting_imports()
                );
                thread::park();
            }
        }
    }
    drop(task);
    result.unwrap_or_else(|| unreachable!("the future has ended"))
}
