//! Waitables and waitable sets: the delivery of events (`CanonicalABI.md#waitable-state`).
//!
//! ```text
//!                      join                       join, drop
//!   in no set ─────────────────────► in a set ─────────────────► in no set
//!
//!                 something happens               taken
//!   no event ──────────────────────► an event ─────────────────► no event
//! ```
//!
//! The contents of an event are computed when it is taken, so they are those of the latest state. A set takes its events in the
//! order in which they came.

use super::embedding::Embedding;
use super::list::{Links, LinksOf, List};
use super::outcome::Outcome;
use super::parts::{EndState, Kind, Side, Until, Waitable, WaitableSet};
use super::state::{Machine, full};
use crate::arena::Arena;
use crate::codes::Event;
use crate::handles::Handle;
use crate::ids::{InstanceId, SetId, ThreadId, WaitableId};
use crate::table::Slots;
use crate::trap::{HandleKind, Limit, Trap};

impl<S: Slots<Waitable>> LinksOf<WaitableId> for Arena<WaitableId, Waitable, S> {
    fn links(&mut self, id: WaitableId) -> &mut Links<WaitableId> {
        &mut self[id].links
    }
}

impl<E: Embedding> Machine<E> {
    #[inline]
    pub(super) fn add_waitable(&mut self, waitable: Waitable) -> Result<WaitableId, Trap> {
        self.waitables.add(waitable).map_err(full(Limit::Waitables))
    }

    /// Gives a waitable to an instance, and returns its index there.
    pub(super) fn own_waitable(&mut self, instance: InstanceId, id: WaitableId) -> Result<u32, Trap> {
        let index = self.instances[instance].handles.table_mut().add(Handle::Waitable(id))?;
        let waitable = &mut self.waitables[id];
        (waitable.owner, waitable.index) = (Some(instance), index);
        Ok(index)
    }

    /// Gives a waitable to the embedder, which [`Machine::next_host_event`] tells of its events.
    pub(super) fn host_owns_waitable(&mut self, id: WaitableId) {
        (self.waitables[id].owner, self.waitables[id].index) = (None, 0);
        if self.waitables[id].has_event {
            self.queue_event(id);
        }
    }

    pub(super) fn remove_waitable(&mut self, id: WaitableId) {
        self.leave_set(id);
        if self.waitables[id].queued {
            self.host_events.unlink(id, &mut self.waitables);
        }
        if let Kind::End(end) = self.waitables.remove(id).kind {
            self.ends.remove(end);
        }
    }

    // Events.

    /// Notes an event of a waitable, and wakes the threads that wait for it.
    pub(super) fn set_event(&mut self, id: WaitableId) {
        self.waitables[id].has_event = true;
        self.queue_event(id);
        if let Some(thread) = self.waitables[id].sync_waiter {
            self.wake_waiter(thread);
        }
    }

    /// Wakes the thread that waits for one waitable, unless it still runs.
    pub(super) fn wake_waiter(&mut self, thread: ThreadId) {
        if self.waits_until(thread).is_some() {
            self.wake(thread);
        }
    }

    fn queue_event(&mut self, id: WaitableId) {
        let Waitable { owner, set, queued, kind, .. } = &mut self.waitables[id];
        // The embedder is told of a readable end's event when it copies: until then the end may be given away, event and all.
        let is_idle = match kind {
            Kind::Subtask(_) => false,
            Kind::End(end) => self.ends[*end].state == EndState::Idle && self.ends[*end].of.side == Side::Readable,
        };
        if *queued {
            return;
        }
        if let Some(set) = *set {
            *queued = true;
            self.sets[set].events.push(id, &mut self.waitables);
            while let Some(thread) = self.sets[set].waiting.first() {
                self.wake(thread);
            }
        } else if owner.is_none() && !is_idle {
            *queued = true;
            self.host_events.push(id, &mut self.waitables);
        }
    }

    /// Takes the event of a waitable that has one.
    pub(super) fn take_event(&mut self, id: WaitableId) -> Event {
        let waitable = &mut self.waitables[id];
        assert!(core::mem::replace(&mut waitable.has_event, false), "the waitable has an event");
        self.unqueue_event(id);
        match self.waitables[id].kind {
            Kind::Subtask(_) => self.subtask_event(id),
            Kind::End(_) => self.end_event(id),
        }
    }

    /// Removes a waitable from the list of events that it is in.
    pub(super) fn unqueue_event(&mut self, id: WaitableId) {
        let waitable = &mut self.waitables[id];
        if core::mem::replace(&mut waitable.queued, false) {
            match waitable.set {
                Some(set) => self.sets[set].events.unlink(id, &mut self.waitables),
                None => self.host_events.unlink(id, &mut self.waitables),
            }
        }
    }

    /// Takes the event of a waitable that has one, and returns its second payload.
    pub(super) fn take_payload(&mut self, id: WaitableId) -> u32 {
        let [_, _, payload] = self.take_event(id).pack();
        payload
    }

    /// Takes the first event of a set that has one.
    pub(super) fn take_event_of(&mut self, set: SetId) -> Event {
        let Some(first) = self.sets[set].events.first() else { unreachable!("the set has an event") };
        self.take_event(first)
    }

    /// Takes the first event of the embedder's waitables, if there is one. The index in the event is 0. A readable end has none
    /// while no copy is in progress: the result of its next copy reports the event.
    pub fn next_host_event(&mut self) -> Option<(WaitableId, Event)> {
        let first = self.host_events.first()?;
        Some((first, self.take_event(first)))
    }

    /// The number of waitables in a set.
    #[must_use]
    pub fn members_of(&self, set: SetId) -> u32 {
        self.sets[set].num_members
    }

    // Built-ins.

    /// `waitable-set.new`
    ///
    /// # Errors
    /// When the instance may not be left, or a table is full.
    pub fn waitable_set_new(&mut self, instance: InstanceId) -> Result<u32, Trap> {
        self.check_may_leave(instance)?;
        let set = WaitableSet { num_members: 0, num_waiting: 0, events: List::EMPTY, waiting: List::EMPTY };
        let set = self.sets.add(set).map_err(full(Limit::WaitableSets))?;
        let added = self.instances[instance].handles.table_mut().add(Handle::WaitableSet(set));
        added.inspect_err(|_| {
            self.sets.remove(set);
        })
    }

    /// `waitable-set.wait`
    ///
    /// # Errors
    /// When the instance may not be left, or there is no such set.
    pub fn waitable_set_wait(&mut self, instance: InstanceId, index: u32) -> Result<Outcome<Event>, Trap> {
        self.check_may_leave(instance)?;
        let set = self.waitable_set(instance, index)?;
        if self.sets[set].has_event() {
            return Ok(Outcome::Done(self.take_event_of(set)));
        }
        self.block(Until::Event(set));
        Ok(Outcome::Blocked)
    }

    /// `waitable-set.poll`
    ///
    /// # Errors
    /// When the instance may not be left, or there is no such set.
    pub fn waitable_set_poll(&mut self, instance: InstanceId, index: u32) -> Result<Event, Trap> {
        self.check_may_leave(instance)?;
        let set = self.waitable_set(instance, index)?;
        Ok(if self.sets[set].has_event() { self.take_event_of(set) } else { Event::None })
    }

    /// `waitable-set.drop`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such set, or it has waiters or members.
    pub fn waitable_set_drop(&mut self, instance: InstanceId, index: u32) -> Result<(), Trap> {
        self.check_may_leave(instance)?;
        let set = self.waitable_set(instance, index)?;
        if self.sets[set].num_waiting > 0 {
            return Err(Trap::WaitableSetHasWaiters);
        }
        if self.sets[set].num_members > 0 {
            return Err(Trap::WaitableSetNotEmpty);
        }
        self.instances[instance].handles.table_mut().remove(index)?;
        self.sets.remove(set);
        Ok(())
    }

    /// `waitable.join`. The index 0 stands for no set.
    ///
    /// # Errors
    /// When the instance may not be left, there is no such waitable or set, or a thread waits for the waitable alone.
    pub fn waitable_join(&mut self, instance: InstanceId, index: u32, set: u32) -> Result<(), Trap> {
        self.check_may_leave(instance)?;
        let id = self.waitable(instance, index, HandleKind::Waitable)?;
        if self.waitables[id].sync_waiter.is_some() {
            return Err(Trap::WaitableInSetAndSync);
        }
        let set = if set == 0 { None } else { Some(self.waitable_set(instance, set)?) };
        self.leave_set(id);
        if let Some(set) = set {
            self.waitables[id].set = Some(set);
            self.sets[set].num_members += 1;
            if self.waitables[id].has_event {
                self.queue_event(id);
            }
        }
        Ok(())
    }

    pub(super) fn leave_set(&mut self, id: WaitableId) {
        let Some(set) = self.waitables[id].set.take() else { return };
        self.sets[set].num_members -= 1;
        if core::mem::replace(&mut self.waitables[id].queued, false) {
            self.sets[set].events.unlink(id, &mut self.waitables);
        }
    }

    // Handles.

    /// The waitable at an index, which is expected to be of this kind.
    pub(super) fn waitable(&self, instance: InstanceId, index: u32, expected: HandleKind) -> Result<WaitableId, Trap> {
        match self.instances[instance].handles.table().get(index)? {
            Handle::Waitable(id) => Ok(*id),
            Handle::Resource(_) | Handle::WaitableSet(_) | Handle::ErrorContext(_) => {
                Err(Trap::WrongHandleKind { index, expected })
            }
        }
    }

    /// The waitable set at an index.
    pub(super) fn waitable_set(&self, instance: InstanceId, index: u32) -> Result<SetId, Trap> {
        match self.instances[instance].handles.table().get(index)? {
            Handle::WaitableSet(id) => Ok(*id),
            Handle::Resource(_) | Handle::Waitable(_) | Handle::ErrorContext(_) => {
                Err(Trap::WrongHandleKind { index, expected: HandleKind::WaitableSet })
            }
        }
    }
}
