//! Futures of the host that a store polls: those of host functions that have been called and have not finished, and those
//! that the host has spawned.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::task::Wake;
use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::Waker;

use crate::error::Error;
use crate::ids::{ScopeIndex, WaitableId};
use crate::keys::KeyTable;
use crate::signal::{Note, Signal};

/// A future of the host. That of a host function lowers the result itself.
pub(crate) type HostFuture = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// All futures of a store.
pub(crate) struct HostTasks {
    tasks: KeyTable<HostTask>,
    /// The futures of host functions.
    calls: BTreeMap<WaitableId, u64>,
}

/// A future of the host.
pub(crate) struct HostTask {
    /// The call that it answers; `None` for one that the host has spawned.
    pub(crate) call: Option<HostCall>,
    /// `None` while it is polled.
    future: Option<HostFuture>,
    /// Whether it was woken while it was polled.
    woken_meanwhile: bool,
    waker: Arc<TaskWaker>,
}

/// A call of a host function.
#[derive(Clone, Debug)]
pub(crate) struct HostCall {
    /// The call, as its caller knows it.
    pub(crate) subtask: WaitableId,
    /// What it was lent; `None` if its type lends nothing.
    pub(crate) scope: Option<ScopeIndex>,
    /// Set when the call ends early: its future, which may be polled at that moment, does not resolve it any more.
    pub(crate) has_ended: Arc<AtomicBool>,
}

/// Tells the store which future was woken, once until it is polled.
struct TaskWaker {
    key: u64,
    is_woken: AtomicBool,
    signal: Arc<Signal>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.swap(true, Ordering::AcqRel) {
            self.signal.post(Note::Woken(self.key));
        }
    }
}

impl HostTasks {
    pub(crate) fn new() -> HostTasks {
        HostTasks { tasks: KeyTable::new(usize::MAX), calls: BTreeMap::new() }
    }

    /// Adds a future; tells its key.
    pub(crate) fn add(
        &mut self,
        call: Option<HostCall>,
        future: HostFuture,
        signal: &Arc<Signal>,
    ) -> Result<u64, Error> {
        let subtask = call.as_ref().map(|call| call.subtask);
        let key = self.tasks.add_with(|key| {
            let waker = Arc::new(TaskWaker { key, is_woken: AtomicBool::new(false), signal: signal.clone() });
            HostTask { call, future: Some(future), woken_meanwhile: false, waker }
        })?;
        if let Some(subtask) = subtask {
            self.calls.insert(subtask, key);
        }
        Ok(key)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Takes a future to poll it, with its waker. `None` if it has ended, or is being polled.
    pub(crate) fn begin_poll(&mut self, key: u64) -> Option<(HostFuture, Waker)> {
        let task = self.tasks.get(key).ok()?;
        let Some(future) = task.future.take() else {
            task.woken_meanwhile = true;
            return None;
        };
        task.waker.is_woken.store(false, Ordering::Release);
        Some((future, Waker::from(task.waker.clone())))
    }

    /// Puts a future back that is not ready; gives it back if its call has ended meanwhile.
    pub(crate) fn end_poll(&mut self, key: u64, future: HostFuture) -> Option<HostFuture> {
        match self.tasks.get(key) {
            Ok(task) => {
                task.future = Some(future);
                if core::mem::take(&mut task.woken_meanwhile) {
                    task.waker.signal.post(Note::Woken(key));
                }
                None
            }
            Err(_) => Some(future),
        }
    }

    /// The call that a future answers.
    pub(crate) fn call_of(&mut self, key: u64) -> Option<WaitableId> {
        Some(self.tasks.get(key).ok()?.call.as_ref()?.subtask)
    }

    /// Forgets a future that is ready.
    pub(crate) fn remove(&mut self, key: u64) -> Option<HostTask> {
        let task = self.tasks.take(key)?;
        if let Some(call) = &task.call {
            self.calls.remove(&call.subtask);
        }
        Some(task)
    }

    /// Takes the future of a call that ends early, if it has not finished.
    pub(crate) fn take(&mut self, subtask: WaitableId) -> Option<HostTask> {
        let key = self.calls.remove(&subtask)?;
        let task = self.tasks.take(key)?;
        if let Some(call) = &task.call {
            call.has_ended.store(true, Ordering::Relaxed);
        }
        Some(task)
    }
}
