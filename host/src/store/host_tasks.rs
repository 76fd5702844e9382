//! Futures of host functions that have been called and have not finished.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::Waker;

use atomic_waker::AtomicWaker;

use crate::error::Error;
use crate::ids::{ScopeIndex, WaitableId};

/// The future of a call of a host function: it lowers the result itself.
pub(crate) type HostFuture = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// All futures of a store.
#[derive(Default)]
pub(crate) struct HostTasks {
    tasks: Vec<Option<HostTask>>,
    count: usize,
    signal: Arc<Signal>,
}

/// A call of a host function.
pub(crate) struct HostTask {
    /// The call, as its caller knows it.
    pub(crate) subtask: WaitableId,
    /// What it was lent; `None` if its type lends nothing.
    pub(crate) scope: Option<ScopeIndex>,
    pub(crate) future: HostFuture,
    pub(crate) waker: Arc<TaskWaker>,
}

/// Wakes who drives the store.
#[derive(Default)]
pub(crate) struct Signal {
    /// Whether a task was woken since this was asked for.
    is_set: AtomicBool,
    driver: AtomicWaker,
}

/// Wakes one task, and who drives the store.
pub(crate) struct TaskWaker {
    is_woken: AtomicBool,
    signal: Arc<Signal>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.signal.is_set.store(true, Ordering::Release);
        self.signal.driver.wake();
    }
}

impl HostTasks {
    /// A waker for a new task.
    pub(crate) fn waker(&self) -> Arc<TaskWaker> {
        Arc::new(TaskWaker { is_woken: AtomicBool::new(false), signal: self.signal.clone() })
    }

    pub(crate) fn add(&mut self, task: HostTask) {
        self.count += 1;
        match self.tasks.iter().position(Option::is_none) {
            Some(index) => self.tasks[index] = Some(task),
            None => self.tasks.push(Some(task)),
        }
    }

    /// Whether no call is unfinished.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Who is woken when a task is.
    pub(crate) fn set_driver(&self, waker: &Waker) {
        self.signal.driver.register(waker);
    }

    /// Takes the tasks that were woken, to be polled.
    pub(crate) fn take_woken(&mut self) -> Vec<HostTask> {
        if !self.signal.is_set.swap(false, Ordering::Acquire) {
            return Vec::new();
        }
        let woken = self
            .tasks
            .iter_mut()
            .filter_map(|task| task.take_if(|task| task.waker.is_woken.swap(false, Ordering::Acquire)));
        let woken: Vec<HostTask> = woken.collect();
        self.count -= woken.len();
        woken
    }

    /// Takes the task of a call that ends early, if it has not finished.
    pub(crate) fn take(&mut self, subtask: WaitableId) -> Option<HostTask> {
        let task = self.tasks.iter_mut().find_map(|task| task.take_if(|task| task.subtask == subtask))?;
        self.count -= 1;
        Some(task)
    }
}
