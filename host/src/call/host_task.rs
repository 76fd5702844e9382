//! Calls of host functions that wait: polled, answered, and cancelled.

use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use alloc::sync::Arc;
#[cfg(feature = "std")]
use alloc::task::Wake;

use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::machine::Outcome;

use crate::call::entry::poison;
use crate::engine::{CoreEngine, Flow};
use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::error::ErrorKind;
use crate::ids::{ScopeIndex, WaitableId};
use crate::store::StoreContextMut;
use crate::store::host_tasks::{HostFuture, HostTask};
use crate::task::PendingAnswer;

/// Begins to poll the future of a call; keeps it if it is not ready.
///
/// # Errors
/// What the host function failed with; what lowering its result ended in.
pub(super) fn start<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
    scope: Option<ScopeIndex>,
    future: HostFuture,
) -> Result<(), Error> {
    let waker = cx.state_mut().host_tasks.waker();
    poll(cx, HostTask { subtask, scope, future, waker })
}

/// Polls the futures that were woken; says whether there were any.
///
/// # Errors
/// As [`start`]; the root instance of the caller is poisoned.
pub(super) fn poll_woken<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Result<bool, Error> {
    let woken = cx.state_mut().host_tasks.take_woken();
    let any = !woken.is_empty();
    let mut outcome = Ok(any);
    for task in woken {
        let caller = cx.state().tables.machine.caller_of(task.subtask);
        if let Err(error) = poll(cx, task) {
            if let Some(root) = caller.and_then(|caller| cx.state().root_of(caller)) {
                poison(cx, root);
            }
            outcome = outcome.and(Err(error));
        }
    }
    outcome
}

/// Blocks this thread until a future was woken and polled; says `false` if there is none to wait for.
///
/// # Errors
/// As [`poll_woken`].
#[cfg(feature = "std")]
pub(super) fn wait<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Result<bool, Error> {
    struct Unpark(std::thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    if cx.state().host_tasks.is_empty() {
        return Ok(false);
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    cx.state_mut().host_tasks.set_driver(&waker);
    while !poll_woken(cx)? {
        std::thread::park();
    }
    Ok(true)
}

/// Without threads there is no way to wait.
///
/// # Errors
/// When a host function has not finished.
#[cfg(not(feature = "std"))]
pub(super) fn wait<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Result<bool, Error> {
    if cx.state().host_tasks.is_empty() { Ok(false) } else { Err(ErrorKind::WouldWait.into()) }
}

fn poll<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, mut task: HostTask) -> Result<(), Error> {
    let waker = Waker::from(Arc::clone(&task.waker));
    let polled = cx.poll(|| Pin::as_mut(&mut task.future).poll(&mut Context::from_waker(&waker)));
    match polled {
        Poll::Ready(outcome) => {
            end_lending(cx, task.scope);
            outcome
        }
        Poll::Pending => {
            cx.state_mut().host_tasks.add(task);
            Ok(())
        }
    }
}

/// Answers the caller of a host function that has been polled once.
///
/// # Errors
/// When the caller's table of handles is full.
pub(super) fn answer<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    convention: Convention,
    subtask: WaitableId,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let state = cx.state_mut();
    if convention == Convention::LowerAsync {
        slots[0] = state.tables.machine.lowered_async(subtask)?.pack().into();
        return Ok(Flow::Return);
    }
    let result = *state.tasks.flat_result(subtask);
    let caller = state.tables.machine.current();
    match state.tables.machine.lowered_sync(subtask) {
        Outcome::Done(()) => {
            if let Some(slot) = slots.first_mut() {
                *slot = result;
            }
            Ok(Flow::Return)
        }
        Outcome::Blocked | Outcome::Switch(_) => {
            let Some(caller) = caller else { unreachable!("a caller that blocks has a thread") };
            state.tasks.thread(caller).answer = PendingAnswer::Call(subtask);
            Ok(Flow::Block)
        }
    }
}

/// Cancels a call: drops its future.
pub(super) fn cancel<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, subtask: WaitableId) {
    forget(cx, subtask);
    cx.state_mut().tables.machine.subtask_cancelled(subtask);
}

/// Drops the future of a call: what the host was lent for it, it no longer has.
pub(super) fn forget<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, subtask: WaitableId) {
    if let Some(task) = cx.state_mut().host_tasks.take(subtask) {
        end_lending(cx, task.scope);
    }
}

/// What the host was lent for a call, it no longer has.
pub(super) fn end_lending<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, scope: Option<ScopeIndex>) {
    if let Some(scope) = scope {
        cx.state_mut().tables.close_scope(scope);
    }
}
