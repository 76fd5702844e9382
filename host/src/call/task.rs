//! Calls of guests as tasks, and the loop that runs ready threads (`CanonicalABI.md#canon-lift`, `#embedding`).

use core::task::Poll;

use witwright_abi_runtime::flatten::SLOTS;
use witwright_abi_runtime::machine::{Called, LiftMode};
use witwright_abi_runtime::trap::Trap;

use crate::call::deadlock::deadlock;
use crate::call::entry::{poison, poison_on_panic, take_cause};
use crate::call::host_task;
use crate::call::trapped::end_poisoned;
use crate::call::turn::{self, Turn, resume, resume_told};
use crate::component::plan::Concurrency;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{DomainId, InstanceId, RootIndex, ThreadId, WaitableId};
use crate::store::{AsContextMut, Domains, StoreContextMut};
use crate::task::{Callee, Task};

/// The machine's current thread, restored when others have run in its place, also when unwinding.
pub(super) struct CurrentThread<'a, T: 'static, E: CoreEngine> {
    pub(super) cx: StoreContextMut<'a, T, E>,
    thread: Option<ThreadId>,
}

impl<'a, T: 'static, E: CoreEngine> CurrentThread<'a, T, E> {
    pub(super) fn save(cx: &'a mut StoreContextMut<'_, T, E>) -> CurrentThread<'a, T, E> {
        let thread = cx.state().tables.machine.current();
        CurrentThread { cx: cx.as_context_mut(), thread }
    }
}

impl<T: 'static, E: CoreEngine> Drop for CurrentThread<'_, T, E> {
    fn drop(&mut self) {
        self.cx.state_mut().tables.machine.set_current(self.thread);
    }
}

/// Runs ready threads until a call by the host has resolved, as [`until_resolved`]. Forgets a call whose callee has trapped.
///
/// # Errors
/// As [`until_resolved`].
pub(super) fn finish_sync<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    callee: InstanceId,
    is_async: bool,
) -> Result<(), Error> {
    let mut call = SyncCall::begin(cx, subtask);
    let outcome = until_resolved(&mut call.cx, subtask, None, callee, is_async);
    drop(call);
    let state = cx.state_mut();
    if outcome.is_err() && state.tables.machine.has_ended(subtask) {
        state.tasks.forget_host_call(subtask);
        state.tables.machine.end_host_call(subtask);
    }
    outcome
}

/// A call by the host that waits on this thread; it does not any more when this is dropped, also when unwinding.
struct SyncCall<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
}

impl<'a, T: 'static, E: CoreEngine> SyncCall<'a, T, E> {
    fn begin(cx: &'a mut StoreContextMut<'_, T, E>, call: WaitableId) -> SyncCall<'a, T, E> {
        cx.state_mut().tasks.sync_calls.push(call);
        SyncCall { cx: cx.as_context_mut() }
    }
}

impl<T: 'static, E: CoreEngine> Drop for SyncCall<'_, T, E> {
    fn drop(&mut self) {
        self.cx.state_mut().tasks.sync_calls.pop();
    }
}

/// Runs ready threads until a call has resolved, as [`run_ready_for`], and waits for host functions on this thread if none is
/// ready.
///
/// # Errors
/// When no thread is ready; the trap of a thread of the callee's root instance, or one that ended it.
pub(super) fn until_resolved<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    caller: Option<ThreadId>,
    callee: InstanceId,
    is_async: bool,
) -> Result<(), Error> {
    while run_ready_for(cx, subtask, callee, is_async)?.is_pending() {
        // A sync-typed function may not wait for anything elsewhere, except for a sync-typed host function that it has called.
        let may_wait = is_async || cx.state().is_held_up(callee);
        if !(may_wait && wait_for_host(cx, subtask, caller)?) {
            return Err(if is_async { why_idle(cx) } else { Trap::CannotBlock.into() });
        }
    }
    Ok(())
}

/// Waits for host functions on this thread, while the caller's instance is held up.
///
/// # Errors
/// As [`host_task::wait`], and when another call has locked that instance.
fn wait_for_host<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    caller: Option<ThreadId>,
) -> Result<bool, Error> {
    if let Some(caller) = caller {
        cx.state_mut().tables.machine.hold_up(caller, subtask)?;
    }
    let waited = host_task::wait(cx);
    if let Some(caller) = caller {
        cx.state_mut().tables.machine.end_hold_up(caller);
    }
    waited
}

/// Runs the threads that a sync-typed function waits for, without blocking this thread, until the call has resolved or waits for
/// a sync-typed host function. An error that ends the call becomes its outcome.
pub(super) fn run_ready_for_sync<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    callee: InstanceId,
) {
    let error = match run_ready_for(cx, subtask, callee, false) {
        Ok(Poll::Ready(())) => return,
        Ok(Poll::Pending) if cx.state().is_held_up(callee) => return,
        Ok(Poll::Pending) => Trap::CannotBlock.into(),
        Err(error) => error,
    };
    cx.state_mut().tasks.finish_host_call(subtask, Err(error));
    if let Some(root) = cx.state().root_of(callee) {
        poison(cx, root);
    }
    end_poisoned(cx);
}

/// Runs ready threads until a call has resolved, or none is ready. If the type of the function is not async, only threads of its
/// instance, the callee, run (`CanonicalABI.md#canon-lift`).
///
/// # Errors
/// The trap of a thread of the callee's root instance, or one that ended it.
fn run_ready_for<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    callee: InstanceId,
    is_async: bool,
) -> Result<Poll<()>, Error> {
    let root = cx.state().root_of(callee);
    for turn in 1_u32.. {
        // Futures of the host have their turn, also beside guests that are always ready.
        if turn.is_multiple_of(64) {
            host_task::read_notes(cx);
        }
        let machine = &mut cx.state_mut().tables.machine;
        if machine.subtask_state(subtask).is_resolved() {
            return Ok(Poll::Ready(()));
        }
        if machine.has_ended(subtask) || root.is_some_and(|root| cx.state().root(root).poisoned) {
            return Err(why_ended(cx, subtask, root));
        }
        let machine = &mut cx.state_mut().tables.machine;
        let next = if is_async { machine.next_ready() } else { machine.next_ready_in(callee) };
        match next {
            Some(thread) if cx.state().root_of(cx.state().tables.machine.instance_of(thread)) == root => {
                resume(cx, thread)?;
            }
            Some(thread) => resume_told(cx, thread),
            None => return Ok(Poll::Pending),
        }
        // Otherwise, only the callee's instance runs: a trap of it is returned. If others trap that cannot take its results, they
        // end with the next call or run.
        if is_async {
            end_poisoned(cx);
        }
    }
    unreachable!("the turns have no end")
}

/// The reason why a call ended before it resolved: its instance trapped in another call, or because a host function failed.
#[cold]
fn why_ended<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    root: Option<RootIndex>,
) -> Error {
    if let Some(Err(error)) = cx.state_mut().tasks.take_host_result(subtask) {
        return error;
    }
    root.map_or_else(|| Trap::CannotEnter.into(), |root| take_cause(cx, root))
}

/// The reason why nothing is ready: an error that no call has returned, or else a deadlock.
#[cold]
fn why_idle<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Error {
    let state = cx.state_mut();
    let mut causes = state.poisoned.iter_mut().filter_map(|poisoned| poisoned.cause.take());
    let cause = causes.next().map(|cause| cause.error);
    cause.or_else(|| state.untold.take()).unwrap_or_else(|| deadlock(cx))
}

/// Calls a core function that no function lifts, as a function of sync type without a result: a destructor with its argument, or a
/// start function.
///
/// # Errors
/// The error that the call ended with.
pub(crate) fn call_core<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (domain, instance): (DomainId, InstanceId),
    concurrency: Concurrency,
    func: E::Func,
    argument: Option<u64>,
) -> Result<(), Error> {
    let argument = argument.unwrap_or_default();
    if concurrency == Concurrency::None {
        let outcome = poison_on_panic(cx, instance, |cx| cx.domain(domain).call(func, &mut [argument]));
        return Ok(outcome?);
    }
    let mut current = CurrentThread::save(cx);
    let cx = &mut current.cx;
    let called = begin_core(cx, instance)?;
    let mut slots = SLOTS;
    slots[0] = argument;
    let turn = Turn::Call { domain, func, blocks: concurrency == Concurrency::Blocks };
    turn::run(cx, called.thread, turn, &mut slots)?;
    finish_sync(cx, called.subtask, instance, false)?;
    cx.state_mut().tables.machine.end_host_call(called.subtask);
    Ok(())
}

fn begin_core<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
) -> Result<Called, Error> {
    let state = cx.state_mut();
    let called = state.tables.machine.call(None, instance, LiftMode::Sync)?;
    debug_assert!(called.entered, "calls of functions of sync type always enter");
    state.tasks.add(called.task, Task { callee: Callee::Core, receiver: None, scope: None });
    Ok(called)
}
