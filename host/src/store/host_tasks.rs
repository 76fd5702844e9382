//! Futures of the host that a store polls: those of host functions that have been called and have not finished, and those
//! that the host has spawned.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::task::Wake;
use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use core::task::Waker;

use crate::error::Error;
use crate::ids::{InstanceId, ScopeIndex, WaitableId};
use crate::keys::KeyTable;
use crate::signal::{Note, Signal};

/// A future of the host. That of a host function lowers the result itself.
pub(crate) type HostFuture = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// All futures of a store.
pub(crate) struct HostTasks {
    tasks: KeyTable<HostTask>,
    /// The keys of the futures of host functions, by subtask.
    by_subtask: BTreeMap<WaitableId, u64>,
    /// A waker that nobody has any more, for the next call.
    spare: Option<Arc<TaskWaker>>,
}

/// A future of the host.
pub(crate) struct HostTask {
    /// The subtask that it resolves; `None` for a future that the host has spawned.
    pub(crate) subtask: Option<HostSubtask>,
    /// `None` while it is polled.
    future: Option<HostFuture>,
    /// Whether it was woken while it was polled.
    woken_meanwhile: bool,
    pub(crate) waker: Arc<TaskWaker>,
}

/// A call of a host function that waits, as a subtask of its caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostSubtask {
    /// The subtask of the machine's.
    pub(crate) id: WaitableId,
    /// The scope of the handles that it was lent; `None` if its type lends none.
    pub(crate) scope: Option<ScopeIndex>,
    /// The instance that called it, if the type of the function is not async: until it returns, nothing there goes on.
    pub(crate) holds_up: Option<InstanceId>,
}

/// Tells the store which future was woken, once until it is polled.
pub(crate) struct TaskWaker {
    /// The key of the future, or [`NO_KEY`] until it has been polled once.
    key: AtomicU64,
    is_woken: AtomicBool,
    /// Set when the call ends early: its future, which may be polled at that moment, must not resolve it any more.
    has_ended: AtomicBool,
    signal: Arc<Signal>,
}

/// The key of no future.
const NO_KEY: u64 = u64::MAX;

impl TaskWaker {
    fn new(signal: &Arc<Signal>) -> Arc<TaskWaker> {
        Arc::new(TaskWaker {
            key: AtomicU64::new(NO_KEY),
            is_woken: AtomicBool::new(false),
            has_ended: AtomicBool::new(false),
            signal: signal.clone(),
        })
    }

    /// Whether the call of the future has ended early.
    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }

    /// Gives the future its key; says so if it was woken before.
    fn set_key(&self, key: u64) {
        // One of the two sees what the other has written, and posts.
        self.key.store(key, Ordering::SeqCst);
        if self.is_woken.load(Ordering::SeqCst) {
            self.signal.post(Note::Woken(key));
        }
    }
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.swap(true, Ordering::SeqCst) {
            let key = self.key.load(Ordering::SeqCst);
            if key != NO_KEY {
                self.signal.post(Note::Woken(key));
            }
        }
    }
}

impl HostTasks {
    pub(crate) fn new() -> HostTasks {
        HostTasks { tasks: KeyTable::new(usize::MAX), by_subtask: BTreeMap::new(), spare: None }
    }

    /// A waker for the first poll of a future that is not among these yet.
    pub(crate) fn waker(&mut self, signal: &Arc<Signal>) -> Arc<TaskWaker> {
        self.spare.take().unwrap_or_else(|| TaskWaker::new(signal))
    }

    /// Takes the waker of a future back that is ready, unless somebody else has it too.
    pub(crate) fn take_back(&mut self, mut waker: Arc<TaskWaker>) {
        if let Some(TaskWaker { key, is_woken, has_ended, .. }) = Arc::get_mut(&mut waker) {
            (*key.get_mut(), *is_woken.get_mut(), *has_ended.get_mut()) = (NO_KEY, false, false);
            self.spare = Some(waker);
        }
    }

    /// Adds a future that has been polled once with this waker, or never.
    ///
    /// # Errors
    /// When there are 2^32.
    pub(crate) fn add(
        &mut self,
        subtask: Option<HostSubtask>,
        future: HostFuture,
        waker: Arc<TaskWaker>,
    ) -> Result<u64, Error> {
        let id = subtask.as_ref().map(|subtask| subtask.id);
        let kept = waker.clone();
        let key = self.tasks.add(HostTask { subtask, future: Some(future), woken_meanwhile: false, waker: kept })?;
        if let Some(id) = id {
            self.by_subtask.insert(id, key);
        }
        waker.set_key(key);
        Ok(key)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Whether a function that is not async by its type holds an instance up.
    pub(crate) fn hold_up(&mut self, instance: InstanceId) -> bool {
        let HostTasks { tasks, by_subtask, .. } = self;
        let mut holds_up = |key: &u64| tasks.get(*key).ok()?.subtask?.holds_up;
        by_subtask.values().any(|key| holds_up(key) == Some(instance))
    }

    /// Takes a future to poll it, with its waker. `None` if it has ended, or is being polled.
    pub(crate) fn begin_poll(&mut self, key: u64) -> Option<(HostFuture, Waker)> {
        let task = self.tasks.get(key).ok()?;
        let Some(future) = task.future.take() else {
            task.woken_meanwhile = true;
            return None;
        };
        task.waker.is_woken.store(false, Ordering::SeqCst);
        Some((future, Waker::from(task.waker.clone())))
    }

    /// Puts a future back that is not ready. Returns it if its call has ended meanwhile.
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

    /// The subtask that a future resolves.
    pub(crate) fn subtask_of(&mut self, key: u64) -> Option<WaitableId> {
        Some(self.tasks.get(key).ok()?.subtask.as_ref()?.id)
    }

    /// Forgets a future that is ready.
    pub(crate) fn remove(&mut self, key: u64) -> Option<HostTask> {
        let task = self.tasks.take(key)?;
        if let Some(subtask) = &task.subtask {
            self.by_subtask.remove(&subtask.id);
        }
        Some(task)
    }

    /// Takes the future of a subtask that ends early, if it has not finished.
    pub(crate) fn take(&mut self, subtask: WaitableId) -> Option<HostTask> {
        let key = self.by_subtask.remove(&subtask)?;
        let task = self.tasks.take(key)?;
        if task.subtask.is_some() {
            task.waker.has_ended.store(true, Ordering::Relaxed);
        }
        Some(task)
    }
}
