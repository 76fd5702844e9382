//! Tasks: calls of functions that guests export (`CanonicalABI.md#task-state`, `#canon-lift`).
//!
//! ```text
//!                start               return
//!   initial ───────────► started ─────────────────────────► resolved
//!      │                    │                                  ▲
//!      │ cancel             │ cancel                           │ return,
//!      │                    ▼             callback             │ task.cancel
//!      │             pending cancel ─────────────► cancel delivered
//!      │                    │     return                       │
//!      │                    └──────────────────────────────────┤
//!      └───────────────────────────────────────────────────────┘
//! ```
//!
//! The first thread of a task is its implicit one, which calls the core function and the callback. `thread.new-indirect` adds
//! others. A task ends with its last thread, and must have resolved by then.

use super::embedding::Embedding;
use super::outcome::{CallbackOutcome, Step, TaskEnds};
use super::parts::{LiftMode, Task, TaskState, Until};
use super::state::{Machine, full};
use crate::codes::{CallbackCode, Event};
use crate::ids::{InstanceId, TaskId, ThreadId, WaitableId};
use crate::trap::{Limit, Trap};

impl<E: Embedding> Machine<E> {
    pub(super) fn add_task(&mut self, task: Task) -> Result<(TaskId, ThreadId), Trap> {
        let task = self.tasks.add(task).map_err(full(Limit::Tasks))?;
        let thread = self.add_thread(task).inspect_err(|_| {
            self.tasks.remove(task);
        })?;
        self.tasks[task].implicit = Some(thread);
        Ok((task, thread))
    }

    /// The state of a task.
    #[must_use]
    pub fn task_state(&self, task: TaskId) -> TaskState {
        self.tasks[task].state
    }

    /// The call of a task, as its caller knows it. `None` once it has resolved, since the caller may have dropped it.
    #[must_use]
    pub fn subtask_of(&self, task: TaskId) -> Option<WaitableId> {
        let task = &self.tasks[task];
        (!task.has_resolved()).then_some(task.subtask)
    }

    /// The instance of a task.
    #[must_use]
    pub fn instance_of_task(&self, task: TaskId) -> InstanceId {
        self.tasks[task].instance
    }

    /// Lets a new call enter its instance, if it may: else its thread is parked until it may.
    pub(super) fn try_enter(&mut self, thread: ThreadId) -> Result<bool, Trap> {
        let task = &self.tasks[self.threads[thread].task];
        let instance = task.instance;
        let held_back = !self.may_enter(self.threads[thread].task)
            || task.waits_to_enter() && self.instances[instance].num_waiting_to_enter > 0;
        if held_back {
            self.instances[instance].num_waiting_to_enter += 1;
            self.park(thread, Until::Entered);
            self.current = None;
            return Ok(false);
        }
        self.register(thread)?;
        self.start(thread);
        Ok(true)
    }

    /// Whether nothing holds back a call that is to enter its instance.
    pub(super) fn may_enter(&self, task: TaskId) -> bool {
        let task = &self.tasks[task];
        match task.mode {
            LiftMode::Sync => !self.is_held_up(task.instance),
            LiftMode::Blocking | LiftMode::Callback | LiftMode::Stackful => {
                !self.has_backpressure(task.instance, task.needs_exclusive())
            }
        }
    }

    /// Registers the thread of a call that is about to enter, and not to end because it has been cancelled.
    pub(super) fn register_entering(&mut self, thread: ThreadId) -> Result<(), Trap> {
        if !self.tasks[self.threads[thread].task].has_pending_cancel() {
            self.register(thread)?;
        }
        Ok(())
    }

    /// Lets a call enter its instance, where its thread is registered, or end if it has been cancelled meanwhile.
    pub(super) fn enter(&mut self, thread: ThreadId) -> Result<Step, Trap> {
        let task = self.threads[thread].task;
        if self.tasks[task].take_pending_cancel() {
            self.resolve_cancelled(task)?;
            self.threads.remove(thread);
            self.tasks.remove(task);
            self.current = None;
            return Ok(Step::CancelledBeforeStart(task));
        }
        self.start(thread);
        Ok(Step::Start(task))
    }

    /// Starts a call whose thread is registered in its instance.
    fn start(&mut self, thread: ThreadId) {
        let task = self.threads[thread].task;
        if self.tasks[task].needs_exclusive() {
            self.lock(self.tasks[task].instance, thread);
        }
        self.threads[thread].begun = true;
        self.tasks[task].state = TaskState::Started;
        self.subtask_started(self.tasks[task].subtask);
    }

    /// Adds a thread to the table of its instance.
    pub(super) fn register(&mut self, thread: ThreadId) -> Result<u32, Trap> {
        let task = self.threads[thread].task;
        let Task { instance, num_threads, .. } = &mut self.tasks[task];
        let index = self.instances[*instance].threads.add(thread).map_err(|_| Trap::LimitReached(Limit::Threads))?;
        *num_threads += 1;
        self.threads[thread].index = index;
        Ok(index)
    }

    /// `task.return`, before the result is lifted. Returns the task that is to return.
    ///
    /// # Errors
    /// When the instance may not be left, the function is not lifted `async`, or the task has resolved or has not dropped all
    /// handles that it borrowed.
    pub fn check_task_return(&self, instance: InstanceId) -> Result<TaskId, Trap> {
        self.check_may_leave(instance)?;
        let task = self.threads[self.running()].task;
        if !self.tasks[task].is_lifted_async() {
            return Err(Trap::NoTaskToReturn);
        }
        self.check_resolvable(task)?;
        Ok(task)
    }

    /// Notes that the task returns: its result has been lifted, and lowered to its caller.
    ///
    /// # Errors
    /// When the task has resolved, or has not dropped all handles that it borrowed.
    pub fn task_returned(&mut self, task: TaskId) -> Result<(), Trap> {
        self.check_resolvable(task)?;
        self.tasks[task].state = TaskState::Resolved;
        self.subtask_returned(self.tasks[task].subtask);
        Ok(())
    }

    /// `task.cancel`
    ///
    /// # Errors
    /// When the instance may not be left, the function is not lifted `async`, the task has not been told of a cancellation, or
    /// has not dropped all handles that it borrowed.
    pub fn task_cancel(&mut self, instance: InstanceId) -> Result<(), Trap> {
        self.check_may_leave(instance)?;
        let task = self.threads[self.running()].task;
        if !self.tasks[task].is_lifted_async() {
            return Err(Trap::NoTaskToCancel);
        }
        self.resolve_cancelled(task)
    }

    fn resolve_cancelled(&mut self, task: TaskId) -> Result<(), Trap> {
        match self.tasks[task].state {
            TaskState::CancelDelivered => {}
            TaskState::Resolved => return Err(Trap::TaskResolvedTwice),
            TaskState::Initial | TaskState::Started | TaskState::PendingCancel => return Err(Trap::TaskNotCancelled),
        }
        self.check_resolvable(task)?;
        self.tasks[task].state = TaskState::Resolved;
        self.subtask_cancelled(self.tasks[task].subtask);
        Ok(())
    }

    /// Checks that a task may resolve.
    ///
    /// # Errors
    /// When it has resolved before, or has not dropped all handles that it borrowed.
    pub fn check_resolvable(&self, task: TaskId) -> Result<(), Trap> {
        let task = &self.tasks[task];
        if task.state == TaskState::Resolved {
            return Err(Trap::TaskResolvedTwice);
        }
        task.borrows.check_returned()
    }

    /// Handles the value that the core function or the callback of the current thread has returned; it is lifted with a callback.
    ///
    /// # Errors
    /// When the code is not defined, there is no such waitable set, or the task ends before it has resolved.
    pub fn callback_returned(&mut self, packed: u32) -> Result<CallbackOutcome, Trap> {
        let thread = self.running();
        let task = self.threads[thread].task;
        let set = match CallbackCode::unpack(packed)? {
            CallbackCode::Exit => return Ok(CallbackOutcome::Exit(self.exit()?)),
            CallbackCode::Yield => None,
            CallbackCode::Wait { set } => Some(set),
        };
        if self.tasks[task].take_pending_cancel() {
            return Ok(CallbackOutcome::CallBack(Event::TaskCancelled));
        }
        let instance = self.tasks[task].instance;
        let until = match set {
            None => Until::Unlocked,
            Some(set) => Until::UnlockedEvent(self.waitable_set(instance, set)?),
        };
        self.unlock(instance, thread);
        self.block(until);
        Ok(CallbackOutcome::Parked)
    }

    /// Takes the lock for an event loop that goes on. Returns the event of a cancellation, if one is pending.
    pub(super) fn relock(&mut self, thread: ThreadId) -> Option<Event> {
        let task = self.threads[thread].task;
        self.lock(self.tasks[task].instance, thread);
        self.tasks[task].take_pending_cancel().then_some(Event::TaskCancelled)
    }

    /// Ends the current thread: its function has returned, and `post-return` too, if there is one. Returns
    /// whether its task ends too.
    ///
    /// # Errors
    /// When it is the last thread of a task that has not resolved.
    pub fn exit(&mut self) -> Result<TaskEnds, Trap> {
        let thread = self.running();
        let task = self.threads[thread].task;
        let Task { instance, num_threads, state, implicit, .. } = &mut self.tasks[task];
        let instance = *instance;
        *num_threads -= 1;
        let is_last = *num_threads == 0;
        if is_last && *state != TaskState::Resolved {
            return Err(Trap::TaskNotReturned);
        }
        let is_implicit = *implicit == Some(thread);
        let index = self.threads[thread].index;
        let removed = self.instances[instance].threads.remove(index);
        debug_assert_eq!(removed, Ok(thread), "a thread that has entered is in the table");
        if is_implicit {
            self.tasks[task].implicit = None;
            if self.tasks[task].needs_exclusive() {
                self.unlock(instance, thread);
            }
        }
        self.threads.remove(thread);
        if is_last {
            self.tasks.remove(task);
        }
        self.current = None;
        Ok(TaskEnds(is_last))
    }

    /// Removes the implicit thread of a task that has not run, which may wait to enter.
    pub(super) fn forget_thread(&mut self, thread: ThreadId, waits_to_enter: bool) {
        self.unlist(thread);
        let task = self.threads[thread].task;
        let Task { instance, .. } = self.tasks[task];
        if waits_to_enter {
            self.instances[instance].num_waiting_to_enter -= 1;
        } else {
            let index = self.threads[thread].index;
            let removed = self.instances[instance].threads.remove(index);
            debug_assert_eq!(removed, Ok(thread), "a thread that has entered is in the table");
            if self.tasks[task].needs_exclusive() {
                self.unlock(instance, thread);
            }
        }
        self.threads.remove(thread);
    }

    /// Notes that the caller asks for a cancellation. Returns the implicit thread if it exists and is to be resumed for that.
    pub(super) fn request_cancellation(&mut self, task: TaskId) -> Option<ThreadId> {
        let before = core::mem::replace(&mut self.tasks[task].state, TaskState::PendingCancel);
        let implicit = self.tasks[task].implicit?;
        if before == TaskState::Initial {
            return Some(implicit);
        }
        if self.waits_until(implicit).is_some() {
            self.wake(implicit);
        }
        None
    }
}
