//! The parts of a machine, as data: the facts that each holds, and the lists that it is in.

use super::embedding::Embedding;
use super::list::{Links, List};
use super::room::Room;
use crate::codes::SubtaskState;
use crate::handles::{Borrows, Handle, HandleTable};
use crate::ids::{EndId, InstanceId, LendId, SetId, TaskId, ThreadId, WaitableId};
use crate::table::Table;
use crate::trap::EndKind;

/// The number of words of a thread's storage (`CanonicalABI.md#canon-contextget`).
pub(super) const STORAGE_WORDS: usize = 2;

/// The storage of the handles of an instance.
type HandleSlots<E> = <<E as Embedding>::Room as Room>::Handles<Handle<<E as Embedding>::ResourceType>>;

/// The storage of the ends of streams and futures.
pub(super) type EndSlots<E> = <<E as Embedding>::Room as Room>::Ends<End<<E as Embedding>::Place>>;

/// The state of a component instance.
pub(super) struct Instance<E: Embedding> {
    pub(super) handles: HandleTable<E::ResourceType, HandleSlots<E>>,
    /// The threads that have entered.
    pub(super) threads: Table<ThreadId, <E::Room as Room>::Threads<ThreadId>>,
    pub(super) may_leave: bool,
    pub(super) backpressure: u32,
    /// The number of calls that are parked until they may enter.
    pub(super) num_waiting_to_enter: u32,
    /// The implicit thread that holds the lock.
    pub(super) exclusive: Option<ThreadId>,
    /// The threads that wait until the instance is open or unlocked.
    pub(super) parked: List<ThreadId>,
}

/// A task.
#[derive(Debug)]
pub struct Task {
    pub(super) instance: InstanceId,
    pub(super) mode: LiftMode,
    pub(super) state: TaskState,
    pub(super) borrows: Borrows,
    pub(super) implicit: Option<ThreadId>,
    /// The number of threads that have entered.
    pub(super) num_threads: u32,
    /// The call, as its caller knows it.
    pub(super) subtask: WaitableId,
}

/// The state of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the states are the specification's")]
pub enum TaskState {
    Initial,
    Started,
    PendingCancel,
    CancelDelivered,
    Resolved,
}

/// The way in which a function is lifted, as far as the machine must know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LiftMode {
    /// Without `async`, a function of sync type: it always enters, and may not block.
    Sync,
    /// Without `async`, a function of async type.
    Blocking,
    /// `async`, with a callback.
    Callback,
    /// `async`, without a callback.
    Stackful,
}

impl Task {
    /// A task that has no thread yet.
    pub(super) const fn new(instance: InstanceId, mode: LiftMode, subtask: WaitableId) -> Task {
        let (state, borrows) = (TaskState::Initial, Borrows::new());
        Task { instance, mode, state, borrows, implicit: None, num_threads: 0, subtask }
    }

    /// Whether it takes the lock of its instance.
    pub(super) const fn needs_exclusive(&self) -> bool {
        match self.mode {
            LiftMode::Blocking | LiftMode::Callback => true,
            LiftMode::Sync | LiftMode::Stackful => false,
        }
    }

    /// Whether it must wait while its instance has backpressure.
    pub(super) const fn waits_to_enter(&self) -> bool {
        match self.mode {
            LiftMode::Blocking | LiftMode::Callback | LiftMode::Stackful => true,
            LiftMode::Sync => false,
        }
    }

    /// Whether it calls `task.return`.
    pub(super) const fn is_lifted_async(&self) -> bool {
        match self.mode {
            LiftMode::Callback | LiftMode::Stackful => true,
            LiftMode::Sync | LiftMode::Blocking => false,
        }
    }

    /// Whether its caller has asked for a cancellation that it has not been told of.
    pub(super) const fn has_pending_cancel(&self) -> bool {
        matches!(self.state, TaskState::PendingCancel)
    }

    pub(super) const fn has_resolved(&self) -> bool {
        matches!(self.state, TaskState::Resolved)
    }

    pub(super) fn take_pending_cancel(&mut self) -> bool {
        let pending = self.has_pending_cancel();
        if pending {
            self.state = TaskState::CancelDelivered;
        }
        pending
    }
}

/// A thread.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) task: TaskId,
    /// Its index in the table of its instance, or 0 while it has not entered.
    pub(super) index: u32,
    pub(super) state: ThreadState,
    /// Whether its core function has been called.
    pub(super) begun: bool,
    pub(super) storage: [u64; STORAGE_WORDS],
    /// The list that it is in.
    pub(super) listed: Listed,
    pub(super) links: Links<ThreadId>,
}

/// The state of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ThreadState {
    Running,
    Suspended,
    Waiting(Until),
}

/// The condition that a thread waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// No condition: it has yielded, or is to be resumed later.
    Now,
    /// Its call may enter the instance.
    Entered,
    /// Its instance is unlocked: a callback returned `YIELD`.
    Unlocked,
    /// Its instance is unlocked, and this set has an event or its task is to be cancelled: a callback returned `WAIT`.
    UnlockedEvent(SetId),
    /// This set has an event: `waitable-set.wait`.
    Event(SetId),
    /// This end has an event: a read, a write, or the cancellation of one, without `async`.
    Pending(WaitableId),
    /// This subtask has resolved: a call of a function lowered without `async`.
    Resolved(WaitableId),
    /// This subtask has resolved: `subtask.cancel` without `async`.
    Cancelled(WaitableId),
}

/// The list that a thread is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Listed {
    No,
    /// That of the machine's ready threads.
    Ready,
    /// That of its instance.
    Instance,
    /// That of the waitable set that it waits for.
    Set,
}

impl Until {
    /// The waitable set that it names.
    pub(super) const fn set(self) -> Option<SetId> {
        match self {
            Until::UnlockedEvent(set) | Until::Event(set) => Some(set),
            Until::Now
            | Until::Entered
            | Until::Unlocked
            | Until::Pending(_)
            | Until::Resolved(_)
            | Until::Cancelled(_) => None,
        }
    }
}

/// A waitable.
pub(super) struct Waitable {
    /// The instance that it belongs to. `None` if it belongs to the embedder, as an end does while it is passed on; or if it is a
    /// subtask whose caller has trapped.
    pub(super) owner: Option<InstanceId>,
    /// Its index in the table of handles of its owner, or 0 if it has none.
    pub(super) index: u32,
    pub(super) has_event: bool,
    pub(super) set: Option<SetId>,
    /// The thread that waits for an event of this waitable alone, or that cancels its operation.
    pub(super) sync_waiter: Option<ThreadId>,
    /// Whether it is in the list of events of its set or of the embedder.
    pub(super) queued: bool,
    pub(super) links: Links<WaitableId>,
    pub(super) kind: Kind,
}

/// The kinds of waitables. An end is larger than a subtask, so it is in a table of its own.
pub(super) enum Kind {
    Subtask(Subtask),
    End(EndId),
}

impl Waitable {
    pub(super) const fn new(owner: Option<InstanceId>, kind: Kind) -> Waitable {
        let (set, sync_waiter, links) = (None, None, Links::NONE);
        Waitable { owner, index: 0, has_event: false, set, sync_waiter, queued: false, links, kind }
    }

    pub(super) const fn is_in_set(&self) -> bool {
        self.set.is_some()
    }
}

/// A waitable set.
#[derive(Debug)]
pub(super) struct WaitableSet {
    pub(super) num_members: u32,
    /// The number of threads that wait for an event of the set.
    pub(super) num_waiting: u32,
    /// Its members that have an event.
    pub(super) events: List<WaitableId>,
    /// The threads that wait, except those that may be ready or wait for the lock of their instance.
    pub(super) waiting: List<ThreadId>,
}

impl WaitableSet {
    pub(super) const fn has_event(&self) -> bool {
        self.events.first().is_some()
    }
}

/// A subtask.
#[derive(Debug)]
pub(super) struct Subtask {
    pub(super) state: SubtaskState,
    pub(super) callee: Callee,
    pub(super) cancellation_requested: bool,
    /// Whether its caller has been told that it has resolved.
    pub(super) delivered: bool,
    /// Whether its caller has trapped.
    pub(super) caller_trapped: bool,
    /// The handle lent last.
    pub(super) lends: Option<LendId>,
}

/// The callee of a subtask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callee {
    /// A task of a guest.
    Guest(TaskId),
    /// A function of the embedder, or a task that has resolved.
    Host,
}

/// A handle that a call has lent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lend {
    pub(super) index: u32,
    pub(super) before: Option<LendId>,
}

/// An end of a stream or a future.
#[derive(Debug)]
pub(super) struct End<P> {
    pub(super) of: EndOf,
    pub(super) state: EndState,
    /// The other end, until it is dropped.
    pub(super) other: Option<WaitableId>,
    /// The buffer of a copy that waits for the other end.
    pub(super) buffer: Option<Buffer<P>>,
    /// The number of elements that its event reports.
    pub(super) progress: u32,
}

/// The state of an end, as the page of `end` draws it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum EndState {
    Idle,
    Copying,
    Cancelling,
    Done,
}

/// The kind of end that a built-in expects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EndOf {
    /// Whether it is an end of a stream or of a future.
    pub kind: EndKind,
    /// The side.
    pub side: Side,
    /// The type of the elements.
    pub ty: ElementType,
}

/// The side of an end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "they are called as in the specification")]
pub enum Side {
    Readable,
    Writable,
}

/// The type of the elements of a stream or a future.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ElementType {
    /// The embedder's number for the type: equal for equal types.
    pub id: u32,
    /// Whether there are no elements, or they are numbers: only then may they be copied within one instance.
    pub is_none_or_number: bool,
}

/// The elements that a read has room for, or a write offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Buffer<P> {
    /// The place of the first element.
    pub place: P,
    /// The number of elements.
    pub length: u32,
    /// The number of elements that have been copied.
    pub progress: u32,
}

impl<P> Buffer<P> {
    pub(super) const fn remain(&self) -> u32 {
        self.length - self.progress
    }
}

impl<P> End<P> {
    /// An end whose other end is not known yet.
    pub(super) const fn new(of: EndOf) -> End<P> {
        End { of, state: EndState::Idle, other: None, buffer: None, progress: 0 }
    }

    pub(super) const fn is_busy(&self) -> bool {
        matches!(self.state, EndState::Copying | EndState::Cancelling)
    }
}

/// An error context.
pub(super) struct ErrorContext<E: Embedding> {
    pub(super) message: E::Message,
    /// The number of its handles.
    pub(super) num_handles: u32,
}
