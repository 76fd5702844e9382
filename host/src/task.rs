//! Tasks and threads as a store keeps them beside its machine: arguments, results, and suspended stacks
//! (`CanonicalABI.md#task-state`, `#thread-state`).

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::task::Waker;

use witwright_abi_runtime::flatten::{Convention, Slots};
use witwright_abi_runtime::view::LiftView;

use crate::by_index::ByIndex;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::CallHandles;
use crate::ids::{CopySiteIndex, DomainId, Func, RootIndex, ScopeIndex, Suspension, TaskId, ThreadId, WaitableId};
use crate::lifted::{LiftLowerOptions, Memory};
use crate::types::TypeId;

/// All tasks and threads of a store.
pub(crate) struct Tasks<E: CoreEngine> {
    /// By the index of a task.
    tasks: ByIndex<Option<Task>>,
    /// The arguments of the calls that wait to enter.
    waiting_to_enter: BTreeMap<TaskId, Arguments>,
    /// By the index of a thread; `None` for one that has never been parked with a stack, and is implicit.
    threads: ByIndex<Option<Box<Thread<E>>>>,
    /// The thread that a built-in switches to, until the stack of the current one is suspended.
    pub(crate) switch: Option<ThreadId>,
    /// The calls that have begun, by the index of the subtask.
    calls: ByIndex<Call>,
    /// The calls by the host that wait on a thread, the innermost last.
    pub(crate) sync_calls: Vec<WaitableId>,
    /// The calls by the host that it waits for no longer, until they have ended.
    pub(crate) abandoned: Vec<WaitableId>,
    /// The built-ins that read or write elements.
    copy_sites: Vec<CopySite>,
}

/// A call, as its caller knows it.
enum Call {
    /// By a guest: its flat result, or 0 until it has returned.
    Guest(u64),
    /// By a guest, of a host function that waits: the key of its future.
    OfHost(u64),
    /// By a future of the host that waits for the outcome, and is woken then.
    Awaited(Option<Waker>),
    /// By the host: its outcome, until the host takes it.
    Ended(HostOutcome),
    /// By the host, which waits for it no longer: its outcome is dropped.
    Abandoned,
}

/// The outcome of a call by the host.
pub(crate) type HostOutcome = Result<Box<dyn Any + Send>, Error>;

impl Default for Call {
    fn default() -> Call {
        Call::Guest(0)
    }
}

/// A call of a function of a guest.
pub(crate) struct Task {
    pub(crate) callee: Callee,
    /// The receiver of the result; `None` once it was passed.
    pub(crate) receiver: Option<Receiver>,
    pub(crate) scope: Option<ScopeIndex>,
}

/// The callee of a task.
#[derive(Clone, Copy)]
pub(crate) enum Callee {
    /// A lifted function.
    Lifted(Func),
    /// A core function that gets no arguments from its caller but core values, and has no result: a destructor, or a
    /// start function.
    Core,
}

/// The arguments of a call that waits to enter.
pub(crate) struct Arguments {
    pub(crate) from: LiftLowerOptions,
    /// The way in which the caller has lowered the function.
    pub(crate) convention: Convention,
    pub(crate) slots: Slots,
}

/// The receiver of a task's result.
pub(crate) enum Receiver {
    /// A guest: the result is stored at the address that it passed, or else is flat.
    Guest { to: Arc<LiftLowerOptions>, out_ptr: Option<u32> },
    /// The host.
    Host(LiftResult),
}

/// Lifts the flat values of a result to the type that the host expects.
pub(crate) type LiftResult =
    Box<dyn FnOnce(&mut LiftView<'_, CallHandles<'_>>, Convention, &[u64]) -> HostOutcome + Send>;

/// A thread that has entered its instance.
pub(crate) struct Thread<E: CoreEngine> {
    /// Its stack, while it is parked with one.
    pub(crate) stack: Option<Suspension>,
    pub(crate) answer: PendingAnswer,
    /// The function that it begins with, if it is not the implicit one of its task.
    pub(crate) begin: Option<Begin<E>>,
}

/// The use of the machine's answer to the built-in that blocked.
pub(crate) enum PendingAnswer {
    /// It is the result of the built-in.
    Value,
    /// It is an event, whose payload is stored at an address.
    Event { memory: Memory, ptr: u32 },
    /// The call has resolved: its flat result is the result.
    Call(WaitableId),
}

/// The function that a thread of `thread.new-indirect` begins with.
pub(crate) struct Begin<E: CoreEngine> {
    pub(crate) domain: DomainId,
    pub(crate) func: E::Func,
    pub(crate) context: u64,
}

/// A built-in that reads or writes the elements of a stream or a future.
pub(crate) struct CopySite {
    pub(crate) options: LiftLowerOptions,
    /// The root instance that the type is of.
    pub(crate) root: RootIndex,
    pub(crate) element: Option<TypeId>,
}

impl<E: CoreEngine> Default for Tasks<E> {
    fn default() -> Tasks<E> {
        Tasks {
            tasks: ByIndex::default(),
            waiting_to_enter: BTreeMap::new(),
            threads: ByIndex::default(),
            switch: None,
            calls: ByIndex::default(),
            sync_calls: Vec::new(),
            abandoned: Vec::new(),
            copy_sites: Vec::new(),
        }
    }
}

impl<E: CoreEngine> Default for Thread<E> {
    fn default() -> Thread<E> {
        Thread { stack: None, answer: PendingAnswer::Value, begin: None }
    }
}

impl<E: CoreEngine> Tasks<E> {
    #[inline]
    pub(crate) fn add(&mut self, id: TaskId, task: Task) {
        *self.tasks.entry(id.index()) = Some(task);
    }

    pub(crate) fn get(&mut self, id: TaskId) -> &mut Task {
        match self.tasks.entry(id.index()) {
            Some(task) => task,
            None => unreachable!("a task is known from its call to its end"),
        }
    }

    /// Keeps the arguments of a call that waits to enter.
    pub(crate) fn keep_arguments(&mut self, id: TaskId, arguments: Arguments) {
        self.waiting_to_enter.insert(id, arguments);
    }

    /// Takes the arguments of a call, if it has kept some.
    pub(crate) fn take_arguments(&mut self, id: TaskId) -> Option<Arguments> {
        self.waiting_to_enter.remove(&id)
    }

    /// The callee of a task.
    pub(crate) fn callee_of(&self, id: TaskId) -> Option<Callee> {
        Some(self.tasks.get(id.index())?.as_ref()?.callee)
    }

    pub(crate) fn remove(&mut self, id: TaskId) -> Option<Task> {
        self.tasks.entry(id.index()).take()
    }

    pub(crate) fn thread(&mut self, id: ThreadId) -> &mut Thread<E> {
        self.threads.entry(id.index()).get_or_insert_default()
    }

    /// Whether a thread is the implicit one of its task.
    pub(crate) fn is_implicit(&self, id: ThreadId) -> bool {
        let thread = self.threads.get(id.index()).and_then(Option::as_ref);
        thread.is_none_or(|thread| thread.begin.is_none())
    }

    /// Removes a thread that has ended, and returns the data that it was parked with.
    pub(crate) fn end_thread(&mut self, id: ThreadId) -> Option<Box<Thread<E>>> {
        self.threads.entry(id.index()).take()
    }

    /// The flat result of a call by a guest that has returned.
    pub(crate) fn flat_result(&mut self, subtask: WaitableId) -> u64 {
        match self.call(subtask) {
            Call::Guest(result) => *result,
            Call::OfHost(_) | Call::Awaited(_) | Call::Ended(_) | Call::Abandoned => 0,
        }
    }

    /// Keeps the flat result of a call by a guest.
    pub(crate) fn set_flat_result(&mut self, subtask: WaitableId, result: u64) {
        *self.call(subtask) = Call::Guest(result);
    }

    /// Keeps the key of the future of a host function that a guest has called.
    pub(crate) fn set_future(&mut self, subtask: WaitableId, key: u64) {
        *self.call(subtask) = Call::OfHost(key);
    }

    /// The key of the future of a host function that a guest has called, which may have finished.
    pub(crate) fn future_of(&self, subtask: WaitableId) -> Option<u64> {
        match self.calls.get(subtask.index())? {
            Call::OfHost(key) => Some(*key),
            Call::Guest(_) | Call::Awaited(_) | Call::Ended(_) | Call::Abandoned => None,
        }
    }

    /// Keeps the outcome of a call by the host, and wakes the future that waits for it.
    pub(crate) fn finish_host_call(&mut self, call: WaitableId, outcome: HostOutcome) {
        let call = self.call(call);
        match core::mem::take(call) {
            Call::Guest(_) | Call::OfHost(_) => *call = Call::Ended(outcome),
            Call::Awaited(caller) => {
                *call = Call::Ended(outcome);
                if let Some(caller) = caller {
                    caller.wake();
                }
            }
            // The first one counts.
            ended @ (Call::Ended(_) | Call::Abandoned) => *call = ended,
        }
    }

    /// The outcome of a call by the host, if it has ended.
    pub(crate) fn take_host_result(&mut self, call: WaitableId) -> Option<HostOutcome> {
        let call = self.call(call);
        match core::mem::take(call) {
            Call::Ended(outcome) => Some(outcome),
            waiting @ (Call::Guest(_) | Call::OfHost(_) | Call::Awaited(_) | Call::Abandoned) => {
                *call = waiting;
                None
            }
        }
    }

    /// Sets the waker of the future that waits for a call by the host, which has not ended.
    pub(crate) fn await_host_call(&mut self, call: WaitableId, caller: Option<&Waker>) {
        match (self.call(call), caller) {
            (Call::Awaited(Some(known)), Some(caller)) => known.clone_from(caller),
            (call, caller) => *call = Call::Awaited(caller.cloned()),
        }
    }

    /// Whether a future waits for a call by the host.
    pub(crate) fn is_awaited(&self, call: WaitableId) -> bool {
        matches!(self.calls.get(call.index()), Some(Call::Awaited(_)))
    }

    /// Whether a call by the host has an outcome that it has not taken.
    pub(crate) fn has_host_result(&self, call: WaitableId) -> bool {
        matches!(self.calls.get(call.index()), Some(Call::Ended(_)))
    }

    /// Notes that the host waits for a call no longer.
    pub(crate) fn abandon_host_call(&mut self, call: WaitableId) {
        *self.call(call) = Call::Abandoned;
        self.abandoned.push(call);
    }

    /// Whether the host waits for a call no longer, and it has not been forgotten.
    pub(crate) fn is_abandoned(&self, call: WaitableId) -> bool {
        matches!(self.calls.get(call.index()), Some(Call::Abandoned))
    }

    /// Forgets a call by the host that no future waits for.
    pub(crate) fn forget_host_call(&mut self, call: WaitableId) {
        *self.call(call) = Call::default();
    }

    fn call(&mut self, subtask: WaitableId) -> &mut Call {
        self.calls.entry(subtask.index())
    }

    pub(crate) fn add_copy_site(&mut self, site: CopySite) -> CopySiteIndex {
        self.copy_sites.push(site);
        CopySiteIndex(self.copy_sites.len() as u32 - 1)
    }

    pub(crate) fn copy_site(&self, index: CopySiteIndex) -> &CopySite {
        &self.copy_sites[index.0 as usize]
    }
}
