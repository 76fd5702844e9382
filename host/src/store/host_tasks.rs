//! Futures of the host that a store polls: those of host functions that have been called and have not finished, and those
//! that the host has spawned.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::pin::Pin;

use crate::error::Error;
use crate::ids::{InstanceId, ScopeIndex, WaitableId};
use crate::keys::KeyTable;
use crate::signal::Signal;
use crate::store::task_waker::TaskWaker;

/// All futures of a store, of a type `F`.
pub(crate) struct HostTasks<F: ?Sized> {
    tasks: KeyTable<HostTask<F>>,
    /// A waker without other references, for the next call.
    spare: Option<TaskWaker>,
}

/// A future of the host.
struct HostTask<F: ?Sized> {
    /// The subtask that it resolves; `None` for a future that the host has spawned.
    subtask: Option<HostSubtask>,
    /// `None` while it is polled.
    idle: Option<(Pin<Box<F>>, TaskWaker)>,
    /// Whether it was woken while it was polled.
    woken_meanwhile: bool,
}

/// A call of a host function that waits, as a subtask of its caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostSubtask {
    /// The machine's subtask.
    pub(crate) id: WaitableId,
    /// The scope of the handles that it was lent; `None` if its type lends none.
    pub(crate) scope: Option<ScopeIndex>,
    /// The instance that called it, if the function is sync-typed: no other code runs there until it returns.
    pub(crate) holds_up: Option<InstanceId>,
}

impl<F: ?Sized> HostTasks<F> {
    pub(crate) fn new() -> HostTasks<F> {
        HostTasks { tasks: KeyTable::new(usize::MAX), spare: None }
    }

    /// A waker for the first poll of a future that is not in the table yet.
    pub(crate) fn waker(&mut self, signal: &Arc<Signal>) -> TaskWaker {
        self.spare.take().unwrap_or_else(|| TaskWaker::new(signal))
    }

    /// Keeps the waker of a future that is ready for the next call, unless it has other references.
    pub(crate) fn take_back(&mut self, waker: TaskWaker) {
        if waker.renew() {
            self.spare = Some(waker);
        }
    }

    /// Adds a future that has been polled once with this waker, or never.
    ///
    /// # Errors
    /// When there are 2^32 futures.
    pub(crate) fn add(
        &mut self,
        subtask: Option<HostSubtask>,
        future: Pin<Box<F>>,
        waker: TaskWaker,
    ) -> Result<u64, Error> {
        let key = self.tasks.add(HostTask { subtask, idle: None, woken_meanwhile: false })?;
        waker.set_key(key);
        let _ = self.end_poll(key, future, waker);
        Ok(key)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Whether one of them may be woken: those that are being polled wait for what this thread does.
    pub(crate) fn may_wake(&self) -> bool {
        self.tasks.values().any(|task| task.idle.is_some())
    }

    /// Whether an instance waits for a sync-typed function.
    pub(crate) fn hold_up(&self, instance: InstanceId) -> bool {
        let mut subtasks = self.tasks.values().filter_map(|task| task.subtask);
        subtasks.any(|subtask| subtask.holds_up == Some(instance))
    }

    /// Takes a future to poll it, with its waker. `None` if it has ended, or is being polled.
    pub(crate) fn begin_poll(&mut self, key: u64) -> Option<(Pin<Box<F>>, TaskWaker)> {
        let task = self.tasks.get(key).ok()?;
        let idle = task.idle.take();
        match &idle {
            Some((_, waker)) => waker.begin_poll(),
            None => task.woken_meanwhile = true,
        }
        idle
    }

    /// Puts back a future that is not ready. Returns it if its call has ended meanwhile.
    pub(crate) fn end_poll(&mut self, key: u64, future: Pin<Box<F>>, waker: TaskWaker) -> Option<Pin<Box<F>>> {
        let Ok(task) = self.tasks.get(key) else { return Some(future) };
        if core::mem::take(&mut task.woken_meanwhile) {
            waker.post(key);
        }
        task.idle = Some((future, waker));
        None
    }

    /// The subtask that a future resolves.
    pub(crate) fn subtask_of(&mut self, key: u64) -> Option<WaitableId> {
        Some(self.tasks.get(key).ok()?.subtask?.id)
    }

    /// Forgets a future that is ready, and returns its subtask. `None` if it has ended meanwhile.
    pub(crate) fn remove(&mut self, key: u64) -> Option<Option<HostSubtask>> {
        Some(self.tasks.take(key)?.subtask)
    }

    /// Takes the future of a subtask that ends early, if it has not finished. The future is `None` while it is polled.
    pub(crate) fn take(&mut self, key: u64) -> Option<(HostSubtask, Option<Pin<Box<F>>>)> {
        let HostTask { subtask, idle, .. } = self.tasks.take(key)?;
        Some((subtask?, idle.map(|(future, _)| future)))
    }
}
