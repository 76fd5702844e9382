//! Calls of guests as tasks, and the loop that runs ready threads (`CanonicalABI.md#canon-lift`, `#embedding`).

use witwright_abi_runtime::flatten::SLOTS;
use witwright_abi_runtime::machine::{Called, LiftMode, Step};
use witwright_abi_runtime::trap::Trap;

use crate::call::host_task;
use crate::call::turn::{self, Turn, end_task, resume};
use crate::component::plan::Concurrency;
use crate::engine::{CoreEngine, Fault};
use crate::error::{Error, ErrorKind};
use crate::ids::{DomainId, InstanceId, ThreadId, WaitableId};
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

/// Runs ready threads until a call by the host has resolved, as [`until_resolved`], and ends the call if it has not.
///
/// # Errors
/// As [`until_resolved`].
pub(super) fn finish_sync<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    instance: Option<InstanceId>,
) -> Result<(), Error> {
    cx.state_mut().tasks.sync_calls.push(subtask);
    let outcome = until_resolved(cx, subtask, instance);
    let state = cx.state_mut();
    state.tasks.sync_calls.pop();
    if outcome.is_err() && state.tables.machine.has_ended(subtask) {
        state.tasks.forget_host_call(subtask);
        state.tables.machine.end_host_call(subtask);
    }
    outcome
}

/// Runs ready threads until a call has resolved, and waits for host functions on this thread if none is ready. `instance` is that
/// of the callee if its function is of sync type: then only threads of that instance run.
///
/// # Errors
/// When no thread is ready; the trap of a thread that ran.
pub(super) fn until_resolved<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    instance: Option<InstanceId>,
) -> Result<(), Error> {
    for turn in 1_u32.. {
        // Futures of the host have their turn, also beside guests that are always ready.
        if turn.is_multiple_of(64) {
            host_task::read_notes(cx)?;
        }
        let machine = &mut cx.state_mut().tables.machine;
        if machine.subtask_state(subtask).is_resolved() {
            return Ok(());
        }
        // Its instance trapped, in a call that somebody else made meanwhile.
        if machine.has_ended(subtask) {
            return Err(Trap::CannotEnter.into());
        }
        let next = match instance {
            Some(instance) => machine.next_ready_in(instance),
            None => machine.next_ready(),
        };
        match (next, instance) {
            (Some(thread), _) => resume(cx, thread)?,
            (None, _) if host_task::wait(cx)? => {}
            (None, Some(_)) => return Err(Trap::CannotBlock.into()),
            (None, None) => return Err(ErrorKind::Deadlock.into()),
        }
    }
    unreachable!("the turns have no end")
}

/// Calls a destructor: a core function with one parameter and without a result, as a function of sync type.
///
/// # Errors
/// The error that the call ended with.
pub(super) fn call_core<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (domain, instance): (DomainId, InstanceId),
    concurrency: Concurrency,
    func: E::Func,
    argument: u64,
) -> Result<(), Error> {
    if concurrency == Concurrency::None {
        return Ok(cx.domain(domain).call(func, &mut [argument])?);
    }
    let mut current = CurrentThread::save(cx);
    let cx = &mut current.cx;
    let called = begin_core(cx, instance)?;
    let mut slots = SLOTS;
    slots[0] = argument;
    turn::run(cx, called.thread, Turn::Call { domain, func, slots, blocks: concurrency == Concurrency::Blocks })?;
    finish_sync(cx, called.subtask, Some(instance))?;
    cx.state_mut().tables.machine.end_host_call(called.subtask);
    Ok(())
}

/// Runs code of an instance that is not called through a function: start functions of core modules. It cannot be suspended.
///
/// # Errors
/// The error that it ended with.
pub(crate) fn run_core<T: 'static, E: CoreEngine, R>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    concurrency: Concurrency,
    run: impl FnOnce(&mut StoreContextMut<'_, T, E>) -> Result<R, Fault>,
) -> Result<R, Error> {
    if concurrency == Concurrency::None {
        return Ok(run(cx)?);
    }
    let mut current = CurrentThread::save(cx);
    let cx = &mut current.cx;
    let Called { subtask, task, thread, .. } = begin_core(cx, instance)?;
    let result = run(cx).map_err(turn::cannot_block)?;
    let machine = &mut cx.state_mut().tables.machine;
    machine.task_returned(task)?;
    let _ = machine.exit()?;
    machine.end_host_call(subtask);
    let _ = cx.state_mut().tasks.end_thread(thread);
    end_task(cx, task);
    Ok(result)
}

fn begin_core<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
) -> Result<Called, Error> {
    let state = cx.state_mut();
    let called = state.tables.machine.call(None, instance, LiftMode::Sync)?;
    let Some(Step::Start(task)) = called.step else { unreachable!("calls of functions of sync type always enter") };
    state.tasks.add(
        task,
        Task { callee: Callee::Core, subtask: called.subtask, arguments: None, receiver: None, scope: None },
    );
    Ok(called)
}
