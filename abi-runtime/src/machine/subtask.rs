//! Subtasks: calls as their callers know them (`CanonicalABI.md#subtask-state`, `#canon-lower`).
//!
//! ```text
//!              the callee enters            it returns
//!   starting ───────────────────► started ─────────────► returned ────────────┐
//!      │                             │                                        │ told
//!      │ cancelled                   │ task.cancel                            ▼
//!      ▼                             ▼                                   handles that were
//!   cancelled before started      cancelled before returned ──────────►  lent are back
//! ```

use super::embedding::Embedding;
use super::outcome::{Outcome, Step};
use super::parts::{Callee, Kind, Lend, LiftMode, Subtask, Task, TaskState, Until, Waitable};
use super::state::{Machine, full};
use crate::arena::Id;
use crate::codes::{BLOCKED, CallStatus, Event, SubtaskState};
use crate::handles::{Handle, ScopeId};
use crate::ids::{InstanceId, TaskId, ThreadId, WaitableId};
use crate::trap::{HandleKind, Limit, Trap};

/// A call that has been made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Called {
    /// The call, as the subtask of its caller.
    pub subtask: WaitableId,
    /// The call, as the task of its callee.
    pub task: TaskId,
    /// The thread that runs it.
    pub thread: ThreadId,
    /// Whether it has entered: the thread is the current one, and its first step is [`Step::Start`]. Otherwise
    /// it is parked until it may enter.
    pub entered: bool,
}

/// The work that precedes [`Machine::subtask_cancel_go_on`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum CancelRequest {
    /// No work: the subtask has resolved, and this is the result.
    Done(u32),
    /// A ready thread of the callee's instance is to run, if there is one. Further ones may run until the task resolves.
    Run {
        /// The subtask.
        subtask: WaitableId,
        /// Its callee, whose own thread may be the first to run ([`Machine::ready_thread_of`]).
        task: TaskId,
        /// The instance of its callee.
        instance: InstanceId,
    },
    /// The embedder is to cancel its function.
    Host {
        /// The subtask.
        subtask: WaitableId,
    },
    /// The task had not entered, and has ended; its arguments will not be read.
    NeverStarted {
        /// The subtask.
        subtask: WaitableId,
        /// The task.
        task: TaskId,
    },
}

impl<E: Embedding> Machine<E> {
    /// Calls a function of a guest. The caller is an instance, or the embedder for `None`.
    ///
    /// The thread of the call becomes the current one. When it has stopped, the embedder makes the previous one current again.
    ///
    /// # Errors
    /// When a table is full. Nothing of the call is left, and the current thread is the one before.
    pub fn call(&mut self, caller: Option<InstanceId>, callee: InstanceId, mode: LiftMode) -> Result<Called, Trap> {
        let subtask = self.add_subtask(caller)?;
        let (task, thread) = match self.add_task(Task::new(callee, mode, subtask)) {
            Ok(added) => added,
            Err(trap) => {
                self.remove_waitable(subtask);
                return Err(trap);
            }
        };
        self.subtask_mut(subtask).callee = Callee::Guest(task);
        let before = self.current();
        self.start_running(thread);
        match self.try_enter(thread) {
            Ok(entered) => Ok(Called { subtask, task, thread, entered }),
            Err(trap) => {
                self.set_current(before);
                self.threads.remove(thread);
                self.tasks.remove(task);
                self.remove_waitable(subtask);
                Err(trap)
            }
        }
    }

    /// Calls a function of the embedder.
    ///
    /// # Errors
    /// When a table is full.
    pub fn call_host(&mut self, caller: InstanceId) -> Result<WaitableId, Trap> {
        self.add_subtask(Some(caller))
    }

    fn add_subtask(&mut self, caller: Option<InstanceId>) -> Result<WaitableId, Trap> {
        let (state, callee) = (SubtaskState::Starting, Callee::Host);
        let (cancellation_requested, delivered, caller_trapped, lends) = (false, false, false, None);
        let subtask = Subtask { state, callee, cancellation_requested, delivered, caller_trapped, lends };
        self.add_waitable(Waitable::new(caller, Kind::Subtask(subtask)))
    }

    pub(super) fn subtask(&self, id: WaitableId) -> &Subtask {
        match &self.waitables[id].kind {
            Kind::Subtask(subtask) => subtask,
            Kind::End(_) => unreachable!("callers give the id of a subtask"),
        }
    }

    pub(super) fn subtask_mut(&mut self, id: WaitableId) -> &mut Subtask {
        match &mut self.waitables[id].kind {
            Kind::Subtask(subtask) => subtask,
            Kind::End(_) => unreachable!("callers give the id of a subtask"),
        }
    }

    /// The instance that made a call; `None` if it was the embedder, or has trapped.
    #[must_use]
    pub fn caller_of(&self, id: WaitableId) -> Option<InstanceId> {
        self.waitables[id].owner
    }

    /// The callee of a call.
    #[must_use]
    pub fn callee_of(&self, id: WaitableId) -> Callee {
        self.subtask(id).callee
    }

    /// Whether a call has resolved, or its callee has trapped.
    #[must_use]
    pub fn has_ended(&self, id: WaitableId) -> bool {
        self.subtask(id).callee == Callee::Host
    }

    /// The state of a subtask.
    #[must_use]
    pub fn subtask_state(&self, id: WaitableId) -> SubtaskState {
        self.subtask(id).state
    }

    /// Whether a subtask's caller has asked for its cancellation.
    #[must_use]
    pub fn is_cancellation_requested(&self, id: WaitableId) -> bool {
        self.subtask(id).cancellation_requested
    }

    // Progress.

    /// Notes that the callee has read its arguments.
    pub fn subtask_started(&mut self, id: WaitableId) {
        self.progress(id, SubtaskState::Started);
    }

    /// Notes that the callee has returned, and that its result has been lowered.
    pub fn subtask_returned(&mut self, id: WaitableId) {
        self.resolve(id, SubtaskState::Returned);
    }

    /// Notes that the callee has confirmed the cancellation.
    pub fn subtask_cancelled(&mut self, id: WaitableId) {
        let state = match self.subtask(id).state {
            SubtaskState::Starting => SubtaskState::CancelledBeforeStarted,
            SubtaskState::Started
            | SubtaskState::Returned
            | SubtaskState::CancelledBeforeStarted
            | SubtaskState::CancelledBeforeReturned => SubtaskState::CancelledBeforeReturned,
        };
        self.resolve(id, state);
    }

    fn resolve(&mut self, id: WaitableId, state: SubtaskState) {
        debug_assert!(!self.subtask(id).state.is_resolved(), "a subtask resolves once");
        self.subtask_mut(id).callee = Callee::Host;
        if self.subtask(id).caller_trapped {
            self.remove_waitable(id);
            return;
        }
        self.progress(id, state);
    }

    fn progress(&mut self, id: WaitableId, state: SubtaskState) {
        debug_assert!(
            !self.subtask(id).caller_trapped,
            "the callee had entered when its caller trapped, so it can only resolve; then the subtask is gone"
        );
        self.subtask_mut(id).state = state;
        let waitable = &self.waitables[id];
        if waitable.index != 0 || waitable.owner.is_none() {
            self.set_event(id);
        } else if let Some(thread) = waitable.sync_waiter {
            self.wake_waiter(thread);
        }
    }

    /// The event of a subtask: its caller is told of its state.
    pub(super) fn subtask_event(&mut self, id: WaitableId) -> Event {
        let state = self.subtask(id).state;
        if state.is_resolved() {
            self.deliver_resolve(id);
        }
        Event::Subtask { index: self.waitables[id].index, state }
    }

    /// Notes that the caller knows that the call has resolved, and gives back the handles that it lent.
    pub(super) fn deliver_resolve(&mut self, id: WaitableId) {
        let Some(caller) = self.waitables[id].owner else { return };
        let subtask = self.subtask_mut(id);
        subtask.delivered = true;
        let mut next = subtask.lends.take();
        while let Some(lend) = next {
            let Lend { index, before } = self.lends.remove(lend);
            self.instances[caller].handles.end_lend(index);
            next = before;
        }
    }

    // The caller.

    /// Handles a call of a function lowered `async` that has stopped, and returns its status for the caller.
    ///
    /// # Errors
    /// When the table of handles is full.
    pub fn lowered_async(&mut self, id: WaitableId) -> Result<CallStatus, Trap> {
        let state = self.subtask(id).state;
        if state.is_resolved() {
            self.end_call(id);
            return Ok(CallStatus::Returned);
        }
        let Some(caller) = self.waitables[id].owner else { unreachable!("only guests lower functions") };
        let subtask = self.own_waitable(caller, id)?;
        Ok(if state == SubtaskState::Starting {
            CallStatus::Starting { subtask }
        } else {
            CallStatus::Started { subtask }
        })
    }

    /// Handles a call of a function lowered without `async` that has stopped, when its caller is the current thread again:
    /// [`Outcome::Done`] if it has returned.
    ///
    /// # Errors
    /// When the caller may not wait: it is a sync-typed function, the call waits for the embedder, and another call has locked the
    /// caller's instance.
    pub fn lowered_sync(&mut self, id: WaitableId) -> Result<Outcome<()>, Trap> {
        if self.subtask(id).state.is_resolved() {
            self.end_call(id);
            return Ok(Outcome::Done(()));
        }
        self.hold_up(self.running(), id)?;
        self.waitables[id].sync_waiter = self.current();
        self.block(Until::Resolved(id));
        Ok(Outcome::Blocked)
    }

    /// Ends a call of a function of the embedder that has returned before its caller went on.
    pub fn end_returned_call(&mut self, id: WaitableId) {
        debug_assert!(self.subtask(id).state.is_resolved(), "a call ends when it has resolved");
        self.end_call(id);
    }

    /// Takes back a call whose arguments could not be lowered, before it runs core code. The handles that the callee has borrowed are
    /// removed, and the caller may drop those that it has lent.
    ///
    /// A guest whose call had to wait to enter has a subtask for it, which never gets an event. So this guest must have trapped.
    pub fn take_back_call(&mut self, called: Called) {
        let Called { subtask, task, thread, entered } = called;
        let Task { instance, borrows, .. } = &self.tasks[task];
        if borrows.check_returned().is_err() {
            self.instances[*instance].handles.end_borrows(ScopeId(task.index()));
        }
        self.forget_thread(thread, !entered);
        if self.current() == Some(thread) {
            self.set_current(None);
        }
        self.tasks.remove(task);
        let Waitable { index, sync_waiter, .. } = self.waitables[subtask];
        if index == 0 && sync_waiter.is_none() {
            self.end_call(subtask);
        } else {
            self.subtask_mut(subtask).callee = Callee::Host;
        }
    }

    /// Takes a handle back that an instance got with values that were not passed after all: an owned one, the readable end of a stream
    /// or a future, or an error context. An end is dropped. Of a resource, the type and the representation are returned; no destructor
    /// is called.
    pub fn take_back_handle(&mut self, instance: InstanceId, index: u32) -> Option<(E::ResourceType, u64)> {
        match self.instances[instance].handles.table_mut().remove(index) {
            Ok(Handle::Resource(handle)) => return Some((*handle.rt(), handle.rep())),
            Ok(Handle::Waitable(end)) => self.drop_end(end),
            Ok(Handle::ErrorContext(id)) => self.release_error_context(id),
            Ok(Handle::WaitableSet(_)) | Err(_) => {}
        }
        None
    }

    /// Ends a call that has resolved and has no index.
    pub(super) fn end_call(&mut self, id: WaitableId) {
        self.deliver_resolve(id);
        self.remove_waitable(id);
    }

    /// Ends a call of the embedder that has resolved, or whose callee has trapped.
    pub fn end_host_call(&mut self, id: WaitableId) {
        debug_assert_eq!(self.subtask(id).callee, Callee::Host, "a call ends when it has resolved");
        self.remove_waitable(id);
    }

    /// Lends a handle of the caller to a call, and returns the representation.
    ///
    /// # Errors
    /// When there is no such handle, it is of another type, or too many are lent.
    pub fn lift_borrow(&mut self, id: WaitableId, rt: E::ResourceType, index: u32) -> Result<u64, Trap> {
        let Some(caller) = self.waitables[id].owner else { unreachable!("only guests lend handles") };
        let rep = self.instances[caller].handles.lift_borrow(rt, index)?;
        let lend = Lend { index, before: self.subtask(id).lends };
        let lend = self.lends.add(lend).map_err(full(Limit::Lends)).inspect_err(|_| {
            self.instances[caller].handles.end_lend(index);
        })?;
        self.subtask_mut(id).lends = Some(lend);
        Ok(rep)
    }

    /// Adds a borrowed handle to the instance of a task.
    ///
    /// # Errors
    /// When the table of handles is full.
    pub fn lower_borrow(&mut self, task: TaskId, rt: E::ResourceType, rep: u64) -> Result<u32, Trap> {
        let Task { instance, borrows, .. } = &mut self.tasks[task];
        self.instances[*instance].handles.lower_borrow(rt, rep, ScopeId(task.index()), borrows)
    }

    /// Notes that a borrowed handle of a task has been dropped.
    pub(super) fn end_borrow(&mut self, scope: ScopeId) {
        self.tasks[TaskId::new(scope.0)].borrows.end_borrow();
    }

    // Built-ins.

    /// `subtask.cancel`, up to the point where others may have to run.
    ///
    /// # Errors
    /// When the instance may not be left, there is no such subtask, its caller has been told that it has resolved, it has been
    /// cancelled before, or it is in a waitable set.
    pub fn subtask_cancel(&mut self, instance: InstanceId, index: u32) -> Result<CancelRequest, Trap> {
        let id = self.subtask_at(instance, index)?;
        let Subtask { delivered, cancellation_requested, state, callee, .. } = *self.subtask(id);
        if delivered {
            return Err(Trap::SubtaskDelivered);
        }
        if cancellation_requested {
            return Err(Trap::SubtaskCancelledTwice);
        }
        if self.waitables[id].is_in_set() {
            return Err(Trap::WaitableInSetAndSync);
        }
        if state.is_resolved() {
            return Ok(CancelRequest::Done(self.take_payload(id)));
        }
        self.subtask_mut(id).cancellation_requested = true;
        self.waitables[id].sync_waiter = self.current();
        self.cancel_callee(id, callee)
    }

    /// Asks for the cancellation of a call of the embedder.
    ///
    /// # Errors
    /// When the callee traps.
    pub fn cancel_host_call(&mut self, id: WaitableId) -> Result<CancelRequest, Trap> {
        let Subtask { state, callee, .. } = *self.subtask(id);
        if state.is_resolved() || core::mem::replace(&mut self.subtask_mut(id).cancellation_requested, true) {
            return Ok(CancelRequest::Done(state.pack()));
        }
        self.cancel_callee(id, callee)
    }

    fn cancel_callee(&mut self, subtask: WaitableId, callee: Callee) -> Result<CancelRequest, Trap> {
        let Callee::Guest(task) = callee else { return Ok(CancelRequest::Host { subtask }) };
        let Task { instance, state, .. } = self.tasks[task];
        let implicit = self.request_cancellation(task);
        Ok(match implicit {
            Some(thread) if state == TaskState::Initial => {
                let current = self.current();
                let step = self.resume(thread)?;
                debug_assert_eq!(step, Step::CancelledBeforeStart(task), "a call that has not entered ends");
                self.set_current(current);
                CancelRequest::NeverStarted { subtask, task }
            }
            Some(_) | None => CancelRequest::Run { subtask, task, instance },
        })
    }

    /// `subtask.cancel`, after the work of the [`CancelRequest`], when the current thread is the caller again.
    pub fn subtask_cancel_go_on(&mut self, id: WaitableId, async_: bool) -> Outcome {
        if self.subtask(id).state.is_resolved() {
            self.waitables[id].sync_waiter = None;
            return Outcome::Done(self.take_payload(id));
        }
        if async_ {
            self.waitables[id].sync_waiter = None;
            return Outcome::Done(BLOCKED);
        }
        self.block(Until::Cancelled(id));
        Outcome::Blocked
    }

    /// `subtask.drop`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such subtask, or its caller has not been told that it has resolved.
    pub fn subtask_drop(&mut self, instance: InstanceId, index: u32) -> Result<(), Trap> {
        let id = self.subtask_at(instance, index)?;
        if !self.subtask(id).delivered {
            return Err(Trap::SubtaskNotResolved);
        }
        self.instances[instance].handles.table_mut().remove(index)?;
        self.remove_waitable(id);
        Ok(())
    }

    fn subtask_at(&self, instance: InstanceId, index: u32) -> Result<WaitableId, Trap> {
        self.check_may_leave(instance)?;
        let id = self.waitable(instance, index, HandleKind::Subtask)?;
        match self.waitables[id].kind {
            Kind::Subtask(_) => Ok(id),
            Kind::End(_) => Err(Trap::WrongHandleKind { index, expected: HandleKind::Subtask }),
        }
    }
}
