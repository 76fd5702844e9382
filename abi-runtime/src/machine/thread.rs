//! Threads: their conditions, and their order (`CanonicalABI.md#thread-state`).
//!
//! ```text
//!               thread.new-indirect                  call
//!                       │                             │
//!                       ▼      resume-later           ▼
//!        ┌──────── suspended ──────────────────► waiting, until .. ◄──┐
//!        │              ▲                             │               │ a built-in blocks,
//!        │ resume       │ thread.suspend              │ resume        │ the event loop waits
//!        │              │                             ▼               │
//!        └──────────────┴─────────────────────────► running ──────────┘
//!                                                     │
//!                                                     ▼ exit
//!                                                   gone
//! ```
//!
//! A waiting thread is in one list: that of the machine's ready threads once its condition may hold; else that of the instance
//! whose lock it waits for, or of its waitable set; or in none, if one waitable names it. Whatever can make a condition hold
//! moves the thread to the ready ones, where the condition is checked when the thread is picked. Picking is first-in-first-out.

use super::embedding::Embedding;
use super::list::{Links, LinksOf, List};
use super::outcome::{Answer, Outcome, Step};
use super::parts::{LiftMode, Listed, STORAGE_WORDS, Task, Thread, ThreadState, Until};
use super::state::{Machine, full};
use crate::arena::Arena;
use crate::codes::Event;
use crate::ids::{InstanceId, TaskId, ThreadId};
use crate::table::Slots;
use crate::trap::{Limit, Trap};

impl<S: Slots<Thread>> LinksOf<ThreadId> for Arena<ThreadId, Thread, S> {
    fn links(&mut self, id: ThreadId) -> &mut Links<ThreadId> {
        &mut self[id].links
    }
}

impl<E: Embedding> Machine<E> {
    /// Adds a thread that is suspended and has not entered its instance.
    #[inline]
    pub(super) fn add_thread(&mut self, task: TaskId) -> Result<ThreadId, Trap> {
        let thread = Thread {
            task,
            index: 0,
            state: ThreadState::Suspended,
            begun: false,
            storage: [0; STORAGE_WORDS],
            listed: Listed::No,
            links: Links::NONE,
        };
        self.threads.add(thread).map_err(full(Limit::Threads))
    }

    /// The task of a thread.
    #[must_use]
    pub fn task_of(&self, thread: ThreadId) -> TaskId {
        self.threads[thread].task
    }

    /// The instance of a thread.
    #[must_use]
    pub fn instance_of(&self, thread: ThreadId) -> InstanceId {
        self.tasks[self.threads[thread].task].instance
    }

    /// The condition that a thread waits for, if it waits.
    #[must_use]
    pub fn waits_until(&self, thread: ThreadId) -> Option<Until> {
        match self.threads[thread].state {
            ThreadState::Waiting(until) => Some(until),
            ThreadState::Running | ThreadState::Suspended => None,
        }
    }

    /// All threads that wait, to report a deadlock.
    pub fn waiting(&self) -> impl Iterator<Item = (ThreadId, Until)> {
        self.threads.iter().filter_map(|(id, thread)| match thread.state {
            ThreadState::Waiting(until) => Some((id, until)),
            ThreadState::Running | ThreadState::Suspended => None,
        })
    }

    /// All threads that are suspended until another one resumes them, to report a deadlock.
    pub fn suspended_threads(&self) -> impl Iterator<Item = ThreadId> {
        self.threads.iter().filter_map(|(id, thread)| (thread.state == ThreadState::Suspended).then_some(id))
    }

    /// `context.get`: a word of the current thread's storage.
    #[must_use]
    pub fn context_get(&self, word: usize) -> u64 {
        self.own_storage.as_ref().unwrap_or_else(|| &self.threads[self.running()].storage)[word]
    }

    /// `context.set`
    pub fn context_set(&mut self, word: usize, value: u64) {
        if let Some(storage) = &mut self.own_storage {
            storage[word] = value;
            return;
        }
        let thread = self.running();
        self.threads[thread].storage[word] = value;
    }

    /// The thread that calls a built-in.
    pub(super) fn running(&self) -> ThreadId {
        let Some(thread) = self.current else { unreachable!("built-ins are called by the current thread") };
        thread
    }

    // Picking.

    /// The thread that is to be resumed next, if one is ready.
    pub fn next_ready(&mut self) -> Option<ThreadId> {
        while let Some(thread) = self.ready.first() {
            if self.is_ready(thread) {
                return Some(thread);
            }
            self.file(thread);
        }
        None
    }

    /// The thread of an instance that is to be resumed next, if one is ready. A blocked call of a sync-typed function runs
    /// these threads until it has resolved, as does `subtask.cancel`. Calls of async-typed functions that have not entered are not
    /// among them.
    pub fn next_ready_in(&mut self, instance: InstanceId) -> Option<ThreadId> {
        let mut next = self.ready.first();
        while let Some(thread) = next {
            next = self.threads.after(thread);
            let Thread { task, index, .. } = self.threads[thread];
            let Task { mode, instance: of, .. } = self.tasks[task];
            if (index != 0 || mode == LiftMode::Sync) && of == instance {
                if self.is_ready(thread) {
                    return Some(thread);
                }
                self.file(thread);
            }
        }
        None
    }

    /// The implicit thread of a task, if it is ready.
    #[must_use]
    pub fn ready_thread_of(&self, task: TaskId) -> Option<ThreadId> {
        self.tasks[task].implicit.filter(|thread| self.is_ready(*thread))
    }

    /// Whether a thread waits for a condition that holds.
    #[must_use]
    pub fn is_ready(&self, thread: ThreadId) -> bool {
        let Thread { task, state, .. } = &self.threads[thread];
        let ThreadState::Waiting(until) = *state else { return false };
        self.holds(*task, until)
    }

    fn holds(&self, task: TaskId, until: Until) -> bool {
        let Task { instance, .. } = self.tasks[task];
        match until {
            Until::Now => true,
            Until::Entered => self.may_enter(task),
            Until::Unlocked => self.instances[instance].exclusive.is_none(),
            Until::UnlockedEvent(_) => self.instances[instance].exclusive.is_none() && self.has_news(task, until),
            Until::Event(set) => self.sets[set].has_event(),
            Until::Pending(end) => self.waitables[end].has_event,
            Until::Resolved(subtask) | Until::Cancelled(subtask) => self.subtask(subtask).state.is_resolved(),
        }
    }

    /// Whether an event loop that waits for a set has an event, or a cancellation, to deliver.
    pub(super) fn has_news(&self, task: TaskId, until: Until) -> bool {
        let Until::UnlockedEvent(set) = until else { return false };
        self.sets[set].has_event() || self.tasks[task].has_pending_cancel()
    }

    // Lists.

    /// Makes a thread, which is in no list, wait for a condition.
    pub(super) fn park(&mut self, thread: ThreadId, until: Until) {
        debug_assert_eq!(self.threads[thread].listed, Listed::No, "a running thread is in no list");
        self.threads[thread].state = ThreadState::Waiting(until);
        if let Some(set) = until.set() {
            self.sets[set].num_waiting += 1;
        }
        self.file(thread);
    }

    /// Puts a waiting thread into the list that its condition asks for.
    fn file(&mut self, thread: ThreadId) {
        self.unlist(thread);
        let ThreadState::Waiting(until) = self.threads[thread].state else { return };
        let instance = self.instance_of(thread);
        let listed = if self.holds(self.threads[thread].task, until) {
            Listed::Ready
        } else if self.waits_for_instance(instance, thread, until) {
            Listed::Instance
        } else if until.set().is_some() {
            Listed::Set
        } else {
            Listed::No
        };
        self.list(thread, listed);
    }

    /// Moves a waiting thread to the ready ones: its condition may hold now.
    pub(super) fn wake(&mut self, thread: ThreadId) {
        if self.threads[thread].listed != Listed::Ready {
            self.unlist(thread);
            self.list(thread, Listed::Ready);
        }
    }

    /// Sets a ready thread aside: its instance has trapped and has not ended, so that nothing may run there.
    pub fn set_aside(&mut self, thread: ThreadId) {
        self.unlist(thread);
    }

    fn list(&mut self, thread: ThreadId, listed: Listed) {
        self.threads[thread].listed = listed;
        if let (Some(list), threads) = self.list_of(thread) {
            list.push(thread, threads);
        }
    }

    pub(super) fn unlist(&mut self, thread: ThreadId) {
        if let (Some(list), threads) = self.list_of(thread) {
            list.unlink(thread, threads);
        }
        self.threads[thread].listed = Listed::No;
    }

    /// The list that a thread is in, and the threads. The thread's state is still the one in which it was listed.
    fn list_of(&mut self, thread: ThreadId) -> (Option<&mut List<ThreadId>>, &mut impl LinksOf<ThreadId>) {
        let Thread { task, state, listed, .. } = self.threads[thread];
        let list = match (listed, state) {
            (Listed::No, _) => None,
            (Listed::Ready, _) => Some(&mut self.ready),
            (Listed::Instance, _) => Some(&mut self.instances[self.tasks[task].instance].parked),
            (Listed::Set, ThreadState::Waiting(Until::Event(set) | Until::UnlockedEvent(set))) => {
                Some(&mut self.sets[set].waiting)
            }
            (
                Listed::Set,
                ThreadState::Running
                | ThreadState::Suspended
                | ThreadState::Waiting(
                    Until::Now
                    | Until::Entered
                    | Until::Unlocked
                    | Until::Pending(_)
                    | Until::Resolved(_)
                    | Until::Cancelled(_),
                ),
            ) => unreachable!("only a thread that waits for a set is in its list"),
        };
        (list, &mut self.threads)
    }

    // Running.

    /// Makes a new thread the current one.
    pub(super) fn start_running(&mut self, thread: ThreadId) {
        self.threads[thread].state = ThreadState::Running;
        self.current = Some(thread);
    }

    /// Resumes a thread, which becomes the current one, and returns its next step.
    ///
    /// The thread was just made by a call, returned by [`Machine::next_ready`], or named by a built-in that switches to it.
    ///
    /// # Errors
    /// When the call cannot enter because a table is full. The thread is still ready, and the current thread is the one before.
    pub fn resume(&mut self, thread: ThreadId) -> Result<Step, Trap> {
        if matches!(self.threads[thread].state, ThreadState::Waiting(Until::Entered)) {
            self.register_entering(thread)?;
        }
        self.unlist(thread);
        let before = core::mem::replace(&mut self.threads[thread].state, ThreadState::Running);
        self.current = Some(thread);
        match before {
            ThreadState::Running => panic!("a running thread cannot be resumed"),
            ThreadState::Suspended if core::mem::replace(&mut self.threads[thread].begun, true) => {
                Ok(Step::Continue(Answer::Value(0)))
            }
            ThreadState::Suspended => Ok(Step::Begin),
            ThreadState::Waiting(until) => self.go_on(thread, until),
        }
    }

    fn go_on(&mut self, thread: ThreadId, until: Until) -> Result<Step, Trap> {
        let Thread { task, begun, .. } = self.threads[thread];
        if let Some(set) = until.set() {
            self.sets[set].num_waiting -= 1;
        }
        Ok(match until {
            Until::Now if begun => Step::Continue(Answer::Value(0)),
            Until::Now => {
                self.threads[thread].begun = true;
                Step::Begin
            }
            Until::Entered => {
                let instance = self.tasks[task].instance;
                self.instances[instance].num_waiting_to_enter -= 1;
                return self.enter(thread);
            }
            Until::Unlocked => Step::Callback(self.relock(thread).unwrap_or(Event::None)),
            Until::UnlockedEvent(set) => {
                let cancelled = self.relock(thread);
                Step::Callback(cancelled.unwrap_or_else(|| self.take_event_of(set)))
            }
            Until::Event(set) => Step::Continue(Answer::Event(self.take_event_of(set))),
            Until::Pending(end) => {
                self.waitables[end].sync_waiter = None;
                Step::Continue(Answer::Value(self.take_payload(end)))
            }
            Until::Resolved(subtask) => {
                self.end_hold_up(thread);
                self.end_call(subtask);
                Step::Continue(Answer::Resolved)
            }
            Until::Cancelled(subtask) => {
                self.waitables[subtask].sync_waiter = None;
                Step::Continue(Answer::Value(self.take_payload(subtask)))
            }
        })
    }

    // Built-ins.

    /// `thread.index`
    ///
    /// # Errors
    /// When the instance may not be left.
    pub fn thread_index(&self, instance: InstanceId) -> Result<u32, Trap> {
        self.check_may_leave(instance)?;
        Ok(self.threads[self.running()].index)
    }

    /// `thread.new-indirect`: makes a suspended thread of the current task, and returns its index too. The embedder has found
    /// the function.
    ///
    /// # Errors
    /// When the instance may not be left, or a table is full.
    pub fn thread_new_indirect(&mut self, instance: InstanceId) -> Result<(ThreadId, u32), Trap> {
        self.check_may_leave(instance)?;
        let thread = self.add_thread(self.threads[self.running()].task)?;
        let index = self.register(thread).inspect_err(|_| {
            self.threads.remove(thread);
        })?;
        Ok((thread, index))
    }

    /// `thread.resume-later`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such thread, or it is not suspended.
    pub fn thread_resume_later(&mut self, instance: InstanceId, index: u32) -> Result<(), Trap> {
        let other = self.suspended(instance, index)?;
        self.park(other, Until::Now);
        Ok(())
    }

    /// `thread.suspend`
    ///
    /// # Errors
    /// When the instance may not be left.
    pub fn thread_suspend(&mut self, instance: InstanceId) -> Result<Outcome, Trap> {
        self.check_may_leave(instance)?;
        self.suspend_current();
        Ok(Outcome::Blocked)
    }

    /// `thread.yield`
    ///
    /// # Errors
    /// When the instance may not be left.
    pub fn thread_yield(&mut self, instance: InstanceId) -> Result<Outcome, Trap> {
        self.check_may_leave(instance)?;
        self.block(Until::Now);
        Ok(Outcome::Blocked)
    }

    /// `thread.suspend-then-resume`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such thread, or it is not suspended.
    pub fn thread_suspend_then_resume(&mut self, instance: InstanceId, index: u32) -> Result<Outcome, Trap> {
        let other = self.suspended(instance, index)?;
        self.suspend_current();
        Ok(Outcome::Switch(other))
    }

    /// `thread.yield-then-resume`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such thread, or it is not suspended.
    pub fn thread_yield_then_resume(&mut self, instance: InstanceId, index: u32) -> Result<Outcome, Trap> {
        let other = self.suspended(instance, index)?;
        self.block(Until::Now);
        Ok(Outcome::Switch(other))
    }

    /// `thread.suspend-then-promote`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such thread, or it is the current one.
    pub fn thread_suspend_then_promote(&mut self, instance: InstanceId, index: u32) -> Result<Outcome, Trap> {
        let other = self.other(instance, index)?;
        let ready = self.is_ready(other);
        self.suspend_current();
        Ok(if ready { Outcome::Switch(other) } else { Outcome::Blocked })
    }

    /// `thread.yield-then-promote`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such thread, or it is the current one.
    pub fn thread_yield_then_promote(&mut self, instance: InstanceId, index: u32) -> Result<Outcome, Trap> {
        let other = self.other(instance, index)?;
        let ready = self.is_ready(other);
        self.block(Until::Now);
        Ok(if ready { Outcome::Switch(other) } else { Outcome::Blocked })
    }

    /// Parks the current thread, whose stack is to be suspended.
    pub(super) fn block(&mut self, until: Until) {
        let thread = self.running();
        self.park(thread, until);
        self.current = None;
    }

    fn suspend_current(&mut self) {
        let thread = self.running();
        self.threads[thread].state = ThreadState::Suspended;
        self.current = None;
    }

    /// The suspended thread at an index.
    fn suspended(&self, instance: InstanceId, index: u32) -> Result<ThreadId, Trap> {
        self.check_may_leave(instance)?;
        let thread = *self.instances[instance].threads.get(index).map_err(|_| Trap::UnknownThread(index))?;
        match self.threads[thread].state {
            ThreadState::Suspended => Ok(thread),
            ThreadState::Running | ThreadState::Waiting(_) => Err(Trap::ThreadNotSuspended(index)),
        }
    }

    /// The thread at an index, which is not the current one.
    fn other(&self, instance: InstanceId, index: u32) -> Result<ThreadId, Trap> {
        self.check_may_leave(instance)?;
        if index == self.threads[self.running()].index {
            return Err(Trap::ThreadNotSuspended(index));
        }
        self.instances[instance].threads.get(index).copied().map_err(|_| Trap::UnknownThread(index))
    }
}
