//! Tasks and threads as a store keeps them beside its machine: arguments, results, and suspended stacks
//! (`CanonicalABI.md#task-state`, `#thread-state`).

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;

use atomic_waker::AtomicWaker;
use witwright_abi_runtime::flatten::{Convention, Slots};
use witwright_abi_runtime::view::LiftView;

use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::CallHandles;
use crate::ids::{CopySiteIndex, DomainId, Func, RootIndex, ScopeIndex, Suspension, TaskId, ThreadId, WaitableId};
use crate::lifted::{Binding, LiftLowerOptions, Memory};
use crate::types::TypeId;

/// All tasks and threads of a store.
pub(crate) struct Tasks<E: CoreEngine> {
    /// By the index of a task.
    tasks: Vec<Option<Task<E>>>,
    /// By the index of a thread.
    threads: Vec<Thread<E>>,
    /// The thread that a built-in switches to, until the stack of the current one is suspended.
    pub(crate) switch: Option<ThreadId>,
    /// The flat results of calls between guests, by the index of the subtask, until the caller takes them.
    flat_results: Vec<u64>,
    /// The outcomes of calls by the host, until it takes them.
    host_results: BTreeMap<WaitableId, Result<Box<dyn Any + Send>, Error>>,
    /// The futures that wait for calls by the host.
    host_callers: BTreeMap<WaitableId, Arc<AtomicWaker>>,
    /// The calls by the host that wait on a thread, the innermost last.
    pub(crate) sync_calls: Vec<WaitableId>,
    /// The calls by the host that are cancelled, since nobody waits for them, and have not ended.
    pub(crate) abandoned: Vec<WaitableId>,
    /// The built-ins that read or write elements.
    copy_sites: Vec<CopySite<E>>,
}

/// A call of a function of a guest.
pub(crate) struct Task<E: CoreEngine> {
    pub(crate) callee: Callee,
    /// The call, as a subtask of its caller.
    pub(crate) subtask: WaitableId,
    /// The arguments, while the call waits to enter.
    pub(crate) arguments: Option<Box<Arguments<E>>>,
    /// The receiver of the result; `None` once it was passed.
    pub(crate) receiver: Option<Receiver<E>>,
    pub(crate) scope: Option<ScopeIndex>,
}

/// The callee of a task.
#[derive(Clone, Copy)]
pub(crate) enum Callee {
    /// A lifted function.
    Lifted(Func),
    /// A core function that gets no arguments from its caller but core values, and has no result: a destructor, or the
    /// start functions of an instance.
    Core,
}

/// The arguments of a call that waits to enter.
pub(crate) struct Arguments<E: CoreEngine> {
    pub(crate) from: LiftLowerOptions<E>,
    /// The way in which the caller has lowered the function.
    pub(crate) convention: Convention,
    pub(crate) slots: Slots,
}

/// The receiver of a task's result.
pub(crate) enum Receiver<E: CoreEngine> {
    /// A guest: the result is stored at the address that it passed, or else is flat.
    Guest { to: LiftLowerOptions<E>, out_ptr: Option<u32> },
    /// The host.
    Host { lift: LiftResult, bindings: Option<Arc<[Binding]>> },
}

/// Lifts the flat values of a result to the type that the host expects.
pub(crate) type LiftResult = Box<
    dyn FnOnce(&mut LiftView<'_, CallHandles<'_>>, Convention, &[u64]) -> Result<Box<dyn Any + Send>, Error> + Send,
>;

/// A thread that has entered its instance.
pub(crate) struct Thread<E: CoreEngine> {
    /// Its stack, while it is parked with one.
    pub(crate) stack: Option<Suspension>,
    pub(crate) answer: PendingAnswer<E>,
    /// The function that it begins with, if it is not the implicit one of its task.
    pub(crate) begin: Option<Begin<E>>,
}

/// The use of the machine's answer to the built-in that blocked.
pub(crate) enum PendingAnswer<E: CoreEngine> {
    /// It is the result of the built-in.
    Value,
    /// It is an event, whose payload is stored at an address.
    Event { memory: Memory<E>, ptr: u32 },
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
pub(crate) struct CopySite<E: CoreEngine> {
    pub(crate) options: LiftLowerOptions<E>,
    /// The root instance that the type is of.
    pub(crate) root: RootIndex,
    pub(crate) element: Option<TypeId>,
}

impl<E: CoreEngine> Default for Tasks<E> {
    fn default() -> Tasks<E> {
        Tasks {
            tasks: Vec::new(),
            threads: Vec::new(),
            switch: None,
            flat_results: Vec::new(),
            host_results: BTreeMap::new(),
            host_callers: BTreeMap::new(),
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
    pub(crate) fn add(&mut self, id: TaskId, task: Task<E>) {
        *entry(&mut self.tasks, id.index()) = Some(task);
    }

    pub(crate) fn get(&mut self, id: TaskId) -> &mut Task<E> {
        match &mut self.tasks[id.index() as usize] {
            Some(task) => task,
            None => unreachable!("a task is known from its call to its end"),
        }
    }

    pub(crate) fn remove(&mut self, id: TaskId) -> Option<Task<E>> {
        entry(&mut self.tasks, id.index()).take()
    }

    pub(crate) fn thread(&mut self, id: ThreadId) -> &mut Thread<E> {
        entry(&mut self.threads, id.index())
    }

    /// Forgets a thread that has ended.
    pub(crate) fn end_thread(&mut self, id: ThreadId) -> Thread<E> {
        core::mem::take(self.thread(id))
    }

    /// The flat result of a call between guests.
    pub(crate) fn flat_result(&mut self, subtask: WaitableId) -> &mut u64 {
        entry(&mut self.flat_results, subtask.index())
    }

    /// Keeps the outcome of a call by the host, and wakes the future that waits for it.
    pub(crate) fn finish_host_call(&mut self, call: WaitableId, outcome: Result<Box<dyn Any + Send>, Error>) {
        self.host_results.entry(call).or_insert(outcome);
        if let Some(caller) = self.host_callers.get(&call) {
            caller.wake();
        }
    }

    /// The outcome of a call by the host, if it has ended.
    pub(crate) fn take_host_result(&mut self, call: WaitableId) -> Option<Result<Box<dyn Any + Send>, Error>> {
        let outcome = self.host_results.remove(&call)?;
        self.host_callers.remove(&call);
        Some(outcome)
    }

    /// Whether a future may wait for a call by the host.
    pub(crate) fn has_host_caller(&self, call: WaitableId) -> bool {
        self.host_callers.contains_key(&call)
    }

    /// Remembers who waits for a call by the host: a future.
    pub(crate) fn add_host_caller(&mut self, call: WaitableId) -> Arc<AtomicWaker> {
        let caller = Arc::new(AtomicWaker::new());
        self.host_callers.insert(call, caller.clone());
        caller
    }

    /// Whether a call by the host has an outcome that it has not taken.
    pub(crate) fn has_host_result(&self, call: WaitableId) -> bool {
        self.host_results.contains_key(&call)
    }

    /// Forgets a call by the host that no future waits for.
    pub(crate) fn forget_host_call(&mut self, call: WaitableId) {
        self.host_results.remove(&call);
        self.host_callers.remove(&call);
    }

    pub(crate) fn add_copy_site(&mut self, site: CopySite<E>) -> CopySiteIndex {
        self.copy_sites.push(site);
        CopySiteIndex(self.copy_sites.len() as u32 - 1)
    }

    pub(crate) fn copy_site(&self, index: CopySiteIndex) -> &CopySite<E> {
        &self.copy_sites[index.0 as usize]
    }
}

/// The entry at the index of an id, in a list that grows with the ids.
fn entry<T: Default>(entries: &mut Vec<T>, index: u32) -> &mut T {
    let index = index as usize;
    if index >= entries.len() {
        entries.resize_with(index + 1, T::default);
    }
    &mut entries[index]
}
