//! Futures of the host that a store polls: those of host functions that have been called and have not finished, and those
//! that the host has spawned.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::pin::Pin;

use crate::error::Error;
use crate::ids::{ScopeIndex, WaitableId};
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
    state: HostTaskState<F>,
}

/// Whether a future is polled.
enum HostTaskState<F: ?Sized> {
    Idle(Pin<Box<F>>, TaskWaker),
    /// It is polled, and may have been woken meanwhile.
    Polled {
        is_woken: bool,
    },
}

/// A call of a host function that waits, as a subtask of its caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostSubtask {
    /// The machine's subtask.
    pub(crate) id: WaitableId,
    /// The scope of the handles that it was lent; `None` if its type lends none.
    pub(crate) scope: Option<ScopeIndex>,
    /// Whether the function is sync-typed: no other code runs in the caller's instance until it returns.
    pub(crate) is_sync: bool,
}

/// A future that was ready, and has left the table.
pub(crate) struct ReadyTask {
    /// The subtask that it resolves; `None` for a future that the host has spawned.
    pub(crate) subtask: Option<HostSubtask>,
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
        let key = self.tasks.add_with(|key| {
            waker.set_key(key);
            HostTask { subtask, state: HostTaskState::Idle(future, waker) }
        })?;
        Ok(key)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Whether one of them may be woken: those that are being polled wait for what this thread does.
    pub(crate) fn may_wake(&self) -> bool {
        self.tasks.values().any(|task| matches!(task.state, HostTaskState::Idle(..)))
    }

    /// The calls of sync-typed functions.
    pub(crate) fn sync_typed_calls(&self) -> impl Iterator<Item = WaitableId> {
        self.tasks.values().filter_map(|task| task.subtask.filter(|subtask| subtask.is_sync)).map(|subtask| subtask.id)
    }

    /// Takes a future to poll it, with its waker. `None` if it has ended, or is being polled.
    pub(crate) fn begin_poll(&mut self, key: u64) -> Option<(Pin<Box<F>>, TaskWaker)> {
        let task = self.tasks.get(key).ok()?;
        match core::mem::replace(&mut task.state, HostTaskState::Polled { is_woken: false }) {
            HostTaskState::Idle(future, waker) => {
                waker.begin_poll(key);
                Some((future, waker))
            }
            HostTaskState::Polled { .. } => {
                task.state = HostTaskState::Polled { is_woken: true };
                None
            }
        }
    }

    /// Puts back a future that is not ready. Returns it if its call has ended meanwhile.
    pub(crate) fn end_poll(&mut self, key: u64, future: Pin<Box<F>>, waker: TaskWaker) -> Option<Pin<Box<F>>> {
        let Ok(task) = self.tasks.get(key) else { return Some(future) };
        if matches!(task.state, HostTaskState::Polled { is_woken: true }) {
            waker.post(key);
        }
        task.state = HostTaskState::Idle(future, waker);
        None
    }

    /// The subtask that a future resolves.
    pub(crate) fn subtask_of(&mut self, key: u64) -> Option<WaitableId> {
        Some(self.tasks.get(key).ok()?.subtask?.id)
    }

    /// Removes a future that is ready. `None` if its call has ended meanwhile.
    pub(crate) fn remove(&mut self, key: u64) -> Option<ReadyTask> {
        let HostTask { subtask, .. } = self.tasks.take(key)?;
        Some(ReadyTask { subtask })
    }

    /// Takes the future of a subtask that ends early, if it has not finished. The future is `None` while it is polled.
    pub(crate) fn take(&mut self, key: u64) -> Option<(HostSubtask, Option<Pin<Box<F>>>)> {
        let HostTask { subtask, state } = self.tasks.take(key)?;
        let future = match state {
            HostTaskState::Idle(future, _) => Some(future),
            HostTaskState::Polled { .. } => None,
        };
        Some((subtask?, future))
    }
}
