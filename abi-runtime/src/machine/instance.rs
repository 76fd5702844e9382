//! Component instances: entering and leaving them (`CanonicalABI.md#component-instances`).
//!
//! ```text
//!               backpressure.inc                  backpressure.dec, to 0
//!   open ──────────────────────────► held back ──────────────────────────► open
//!
//!           an exclusive task enters               it parks in its event loop, or exits
//!   unlocked ──────────────────────► locked ─────────────────────────────► unlocked
//! ```
//!
//! A call of an async-typed function enters an instance that is open and, if its core function is lifted without `async` or
//! with a callback, unlocked; until then its thread is parked. Calls of sync-typed functions always enter.
//!
//! The specification lets no sync-typed function wait for the embedder. Where the embedder makes one wait nevertheless, it locks its
//! instance, and holds up calls of sync-typed functions too: guests rely on such calls to end in the reverse order of their begin.

use super::embedding::Embedding;
use super::list::List;
use super::parts::{Callee, Instance, Kind, LiftMode, Task, Thread, Until};
use super::state::{Machine, full};
use crate::handles::{Handle, HandleTable};
use crate::ids::{InstanceId, ThreadId, WaitableId};
use crate::table::Table;
use crate::trap::{Limit, Trap};

/// The number that the backpressure counter may not reach.
const MAX_BACKPRESSURE: u32 = 1 << 16;

impl<E: Embedding> Instance<E> {
    pub(super) fn new(max_handles: u32) -> Instance<E> {
        Instance {
            handles: HandleTable::new(Table::with_max_index(Default::default(), max_handles)),
            threads: Table::default(),
            may_leave: true,
            backpressure: 0,
            num_waiting_to_enter: 0,
            exclusive: None,
            parked: List::EMPTY,
        }
    }
}

impl<E: Embedding> Machine<E> {
    /// Adds a component instance, with a table of at most this many handles.
    ///
    /// # Errors
    /// When a limit of the machine is reached.
    pub fn add_instance(&mut self, max_handles: u32) -> Result<InstanceId, Trap> {
        self.instances.add(Instance::new(max_handles)).map_err(full(Limit::Instances))
    }

    /// Puts a new instance in the place of one in which nothing runs. Ends and error contexts that it has are dropped.
    pub fn replace_instance(&mut self, instance: InstanceId, max_handles: u32) {
        let before = core::mem::replace(&mut self.instances[instance], Instance::new(max_handles));
        for (_, handle) in before.handles.table().iter() {
            match *handle {
                Handle::Waitable(id) if matches!(self.waitables[id].kind, Kind::End(_)) => self.drop_end(id),
                Handle::ErrorContext(id) => self.release_error_context(id),
                Handle::Waitable(_) | Handle::WaitableSet(_) | Handle::Resource(_) => {}
            }
        }
    }

    /// Sets whether an instance may be left, and returns whether it could be. It may not while `realloc` or `post-return` runs.
    pub fn set_may_leave(&mut self, instance: InstanceId, may_leave: bool) -> bool {
        core::mem::replace(&mut self.instances[instance].may_leave, may_leave)
    }

    /// Checks that an instance may be left: that it may call an import or a built-in.
    ///
    /// # Errors
    /// When its `realloc` or `post-return` runs.
    pub fn check_may_leave(&self, instance: InstanceId) -> Result<(), Trap> {
        if self.instances[instance].may_leave { Ok(()) } else { Err(Trap::CannotLeave) }
    }

    /// `backpressure.inc`
    ///
    /// # Errors
    /// When the counter reaches 2^16.
    pub fn backpressure_inc(&mut self, instance: InstanceId) -> Result<(), Trap> {
        let counter = &mut self.instances[instance].backpressure;
        if *counter + 1 == MAX_BACKPRESSURE {
            return Err(Trap::BackpressureOverflow);
        }
        *counter += 1;
        Ok(())
    }

    /// `backpressure.dec`
    ///
    /// # Errors
    /// When the counter is 0.
    pub fn backpressure_dec(&mut self, instance: InstanceId) -> Result<(), Trap> {
        let counter = &mut self.instances[instance].backpressure;
        *counter = counter.checked_sub(1).ok_or(Trap::BackpressureUnderflow)?;
        if *counter == 0 {
            self.wake_parked(instance);
        }
        Ok(())
    }

    /// Whether a call is held back.
    pub(super) fn has_backpressure(&self, instance: InstanceId, needs_exclusive: bool) -> bool {
        let instance = &self.instances[instance];
        instance.backpressure > 0 || (needs_exclusive && instance.exclusive.is_some())
    }

    /// Locks an instance for an implicit thread.
    pub(super) fn lock(&mut self, instance: InstanceId, thread: ThreadId) {
        let before = self.instances[instance].exclusive.replace(thread);
        debug_assert_eq!(before, None, "a thread locks an instance that is unlocked");
    }

    /// Unlocks an instance: threads that wait for the lock may be ready.
    pub(super) fn unlock(&mut self, instance: InstanceId, thread: ThreadId) {
        let before = self.instances[instance].exclusive.take();
        debug_assert_eq!(before, Some(thread), "the thread that holds the lock unlocks");
        self.wake_parked(instance);
    }

    /// Whether a call of a sync-typed function in this instance waits for the embedder.
    pub(super) fn is_held_up(&self, instance: InstanceId) -> bool {
        let holder = self.instances[instance].exclusive;
        holder.is_some_and(|thread| self.tasks[self.threads[thread].task].mode == LiftMode::Sync)
    }

    /// Locks the instance of a thread while it waits for a call, if it is that of a sync-typed function and the call waits for the
    /// embedder. [`Machine::end_hold_up`] unlocks it.
    ///
    /// # Errors
    /// When another call has locked the instance.
    pub fn hold_up(&mut self, thread: ThreadId, call: WaitableId) -> Result<(), Trap> {
        let waits_for_embedder = match self.subtask(call).callee {
            Callee::Host => true,
            Callee::Guest(callee) => self.is_held_up(self.tasks[callee].instance),
        };
        let Task { mode, instance, implicit, .. } = self.tasks[self.threads[thread].task];
        // Other threads of a task have stacks of their own.
        if mode != LiftMode::Sync || implicit != Some(thread) || !waits_for_embedder {
            return Ok(());
        }
        if self.instances[instance].exclusive.is_some() {
            return Err(Trap::CannotBlock);
        }
        self.lock(instance, thread);
        Ok(())
    }

    /// Unlocks the instance that a thread has held up. The thread goes on, or has ended.
    pub fn end_hold_up(&mut self, thread: ThreadId) {
        let Some(Thread { task, .. }) = self.threads.get(thread) else { return };
        let Task { mode, instance, .. } = self.tasks[*task];
        if mode == LiftMode::Sync && self.instances[instance].exclusive == Some(thread) {
            self.unlock(instance, thread);
        }
    }

    fn wake_parked(&mut self, instance: InstanceId) {
        while let Some(thread) = self.instances[instance].parked.first() {
            self.wake(thread);
        }
    }

    /// Whether a thread that waits for this is in the list of its instance, and not of a waitable set.
    pub(super) fn waits_for_instance(&self, instance: InstanceId, thread: ThreadId, until: Until) -> bool {
        match until {
            Until::Entered | Until::Unlocked => true,
            Until::UnlockedEvent(_) => {
                self.instances[instance].exclusive.is_some() && self.has_news(self.threads[thread].task, until)
            }
            Until::Now | Until::Event(_) | Until::Pending(_) | Until::Resolved(_) | Until::Cancelled(_) => false,
        }
    }
}
