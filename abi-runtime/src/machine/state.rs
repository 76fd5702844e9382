//! The state of a machine.

use super::embedding::{Embedding, Limits};
use super::list::List;
use super::parts::{End, EndSlots, ErrorContext, Instance, Lend, STORAGE_WORDS, Task, Thread, Waitable, WaitableSet};
use super::room::Room;
use crate::arena::{Arena, Full};
use crate::ids::{EndId, ErrorContextId, InstanceId, LendId, SetId, TaskId, ThreadId, WaitableId};
use crate::table::MAX_TABLE_INDEX;
use crate::trap::{Limit, Trap};

/// Component instances and all that runs in them.
pub struct Machine<E: Embedding> {
    pub(super) instances: Arena<InstanceId, Instance<E>, <E::Room as Room>::Instances<Instance<E>>>,
    pub(super) tasks: Arena<TaskId, Task, <E::Room as Room>::Tasks<Task>>,
    pub(super) threads: Arena<ThreadId, Thread, <E::Room as Room>::Threads<Thread>>,
    pub(super) waitables: Arena<WaitableId, Waitable, <E::Room as Room>::Waitables<Waitable>>,
    pub(super) ends: Arena<EndId, End<E::Place>, EndSlots<E>>,
    pub(super) sets: Arena<SetId, WaitableSet, <E::Room as Room>::WaitableSets<WaitableSet>>,
    pub(super) error_contexts:
        Arena<ErrorContextId, ErrorContext<E>, <E::Room as Room>::ErrorContexts<ErrorContext<E>>>,
    pub(super) lends: Arena<LendId, Lend, <E::Room as Room>::Lends<Lend>>,
    /// Threads that may be ready: whether one is, is decided when it is picked.
    pub(super) ready: List<ThreadId>,
    pub(super) current: Option<ThreadId>,
    /// The storage that is used instead of the current thread's.
    pub(super) own_storage: Option<[u64; STORAGE_WORDS]>,
    /// The waitables of the embedder with an event.
    pub(super) host_events: List<WaitableId>,
}

impl<E: Embedding> Machine<E> {
    /// A machine without instances.
    #[must_use]
    pub fn new(limits: Limits) -> Machine<E> {
        Machine {
            instances: Arena::new(limits.instances),
            tasks: Arena::new(limits.tasks),
            threads: Arena::new(limits.threads),
            waitables: Arena::new(limits.waitables),
            // Each end is a waitable, and these have the limit.
            ends: Arena::new(MAX_TABLE_INDEX),
            sets: Arena::new(limits.waitable_sets),
            error_contexts: Arena::new(limits.error_contexts),
            lends: Arena::new(limits.lends),
            ready: List::EMPTY,
            current: None,
            own_storage: None,
            host_events: List::EMPTY,
        }
    }

    /// Changes the limits. Parts that exist stay, even if they exceed them.
    pub const fn set_limits(&mut self, limits: Limits) {
        self.instances.set_max_entries(limits.instances);
        self.tasks.set_max_entries(limits.tasks);
        self.threads.set_max_entries(limits.threads);
        self.waitables.set_max_entries(limits.waitables);
        self.sets.set_max_entries(limits.waitable_sets);
        self.error_contexts.set_max_entries(limits.error_contexts);
        self.lends.set_max_entries(limits.lends);
    }

    /// The thread whose core code runs, if any.
    #[must_use]
    pub const fn current(&self) -> Option<ThreadId> {
        self.current
    }

    /// Makes a thread the current one again, after a thread that was resumed within one of its built-ins has stopped.
    pub const fn set_current(&mut self, thread: Option<ThreadId>) {
        self.current = thread;
    }

    /// Begins a call of `realloc`, with storage of its own (`CanonicalABI.md#lifting-and-lowering-context`): the call has a thread
    /// that only `context.get` and `context.set` can distinguish from the current one.
    pub const fn begin_realloc(&mut self) {
        self.own_storage = Some([0; STORAGE_WORDS]);
    }

    /// Ends it. While it lasts, no other begins, because its instance may not be left.
    pub const fn end_realloc(&mut self) {
        self.own_storage = None;
    }

    /// The numbers of live parts, for tests of leaks and for reports.
    #[must_use]
    pub fn census(&self) -> Census {
        Census {
            tasks: self.tasks.len(),
            threads: self.threads.len(),
            waitables: self.waitables.len(),
            waitable_sets: self.sets.len(),
            error_contexts: self.error_contexts.len(),
            lends: self.lends.len(),
        }
    }
}

/// The numbers of live parts of a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each is the number of what it is called")]
#[non_exhaustive]
pub struct Census {
    pub tasks: usize,
    pub threads: usize,
    pub waitables: usize,
    pub waitable_sets: usize,
    pub error_contexts: usize,
    pub lends: usize,
}

/// The trap for an arena that is full.
pub(super) const fn full(limit: Limit) -> impl Fn(Full) -> Trap {
    move |Full| Trap::LimitReached(limit)
}
