//! Futures of the host: those of host functions that wait, polled, answered and cancelled, and those that it has spawned.

use alloc::boxed::Box;
use core::pin::Pin;
use core::task::{Context, Poll};

use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::machine::{CancelRequest, Outcome};

use crate::call::entry::{poison, poison_because, tell_later};
use crate::call::host_copies::tell_ends;
use crate::call::host_elements;
use crate::call::trapped::end_poisoned;
use crate::call::turn::end_task;
use crate::engine::{CoreEngine, Flow};
use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::error::ErrorKind;
use crate::ids::{ScopeIndex, WaitableId};
use crate::lifted::CallSite;
use crate::signal::Note;
use crate::store::host_tasks::HostSubtask;
use crate::store::linked::HostFuture;
use crate::store::state::Cause;
use crate::store::task_waker::TaskWaker;
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::PendingAnswer;

/// Keeps the future of a call that was polled once and is not ready, as a subtask of its caller, and answers the caller. If the call
/// lends, it has a scope and its subtask already.
///
/// # Errors
/// When there are too many subtasks, or the caller's table of handles is full.
pub(super) fn wait_for<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    site: &CallSite<E>,
    lent: Option<(ScopeIndex, WaitableId)>,
    future: Pin<Box<dyn HostFuture<T, E>>>,
    waker: TaskWaker,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let caller = site.options.instance;
    let state = cx.state_mut();
    let id = match lent {
        Some((_, subtask)) => subtask,
        None => state.tables.machine.call_host(caller)?,
    };
    state.tables.machine.subtask_started(id);
    let is_async = site.ty.is_some_and(|ty| site.component.plan().types[ty].ty.async_);
    let subtask = HostSubtask { id, scope: lent.map(|(scope, _)| scope), is_sync: !is_async };
    let key = state.host_tasks.add(Some(subtask), future, waker)?;
    state.tasks.set_future(id, key);
    answer(cx, site.convention, id, slots)
}

/// Reads the notes to the store: polls the futures that were woken, cancels calls, and drops ends that the host has
/// dropped. Returns whether there were notes.
///
/// The error of a host function poisons the root instance of its caller; that of a future
/// which the host has spawned is returned by the next run of the store.
pub(super) fn read_notes<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> bool {
    tell_ends(cx);
    // Those that come meanwhile are read in the next round.
    let count = cx.state().tables.signal.len();
    for _ in 0..count {
        let Some(note) = cx.state().tables.signal.next() else { break };
        match note {
            Note::Woken(key) => poll_woken(cx, key),
            Note::Abandoned(call) => cancel_abandoned(cx, call),
            Note::Dropped(key) => host_elements::drop_key(cx, key),
        }
    }
    forget_abandoned(cx);
    end_poisoned(cx);
    count > 0
}

fn poll_woken<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, key: u64) {
    let state = cx.state_mut();
    let caller = state.host_tasks.subtask_of(key).and_then(|call| state.tables.machine.caller_of(call));
    let Err(error) = poll(cx, key) else { return };
    match caller.and_then(|caller| cx.state().root_of(caller)) {
        Some(root) => poison_because(cx, root, Cause { error, call: None }),
        None => tell_later(cx, error),
    }
}

/// Cancels a call whose future was dropped.
fn cancel_abandoned<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, call: WaitableId) {
    match cx.state_mut().tables.machine.cancel_host_call(call) {
        Ok(CancelRequest::NeverStarted { task, .. }) => end_task(cx, task),
        Ok(CancelRequest::Done(_) | CancelRequest::Host { .. } | CancelRequest::Run { .. }) => {}
        Err(trap) => tell_later(cx, trap.into()),
    }
    cx.state_mut().tasks.abandon_host_call(call);
}

/// Forgets the calls that nobody waits for and that have ended.
fn forget_abandoned<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) {
    let state = cx.state_mut();
    let mut abandoned = core::mem::take(&mut state.tasks.abandoned);
    abandoned.retain(|call| {
        let has_ended = state.tables.machine.has_ended(*call);
        if has_ended {
            state.tasks.forget_host_call(*call);
            state.tables.machine.end_host_call(*call);
        }
        !has_ended
    });
    state.tasks.abandoned = abandoned;
}

/// Blocks this thread until a future was woken and polled. Returns `false` if no future can wake it.
///
/// # Errors
/// Only without threads: when it would have to wait.
#[cfg(feature = "std")]
pub(super) fn wait<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Result<bool, Error> {
    use alloc::sync::Arc;
    use alloc::task::Wake;
    use core::task::Waker;

    struct Unpark(std::thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    if read_notes(cx) {
        return Ok(true);
    }
    if !cx.state().host_tasks.may_wake() {
        return Ok(false);
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    cx.state().tables.signal.set_driver(&waker);
    while !read_notes(cx) {
        std::thread::park();
    }
    Ok(true)
}

/// Fails: without `std`, a thread cannot wait.
///
/// # Errors
/// When a host function has not finished.
#[cfg(not(feature = "std"))]
pub(super) fn wait<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Result<bool, Error> {
    if read_notes(cx) {
        return Ok(true);
    }
    if cx.state().host_tasks.may_wake() { Err(ErrorKind::WouldWait.into()) } else { Ok(false) }
}

fn poll<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, key: u64) -> Result<(), Error> {
    let Some((mut future, waker)) = cx.state_mut().host_tasks.begin_poll(key) else { return Ok(()) };
    let mut polling = Polling { cx: cx.as_context_mut(), key };
    let polled = future.as_mut().poll(&mut polling.cx, &mut Context::from_waker(&waker.waker()), key);
    core::mem::forget(polling);
    match polled {
        Poll::Ready(outcome) => {
            drop(future);
            cx.state_mut().host_tasks.take_back(waker);
            outcome
        }
        Poll::Pending => {
            // A dropped future cannot use the store any more, and keys that it holds may leave notes when they are dropped.
            drop(cx.state_mut().host_tasks.end_poll(key, future, waker));
            Ok(())
        }
    }
}

/// A future that is polled. It is dropped only if the future panics: the future has ended then, and so has the instance that waits
/// for it.
struct Polling<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    key: u64,
}

impl<T: 'static, E: CoreEngine> Drop for Polling<'_, T, E> {
    fn drop(&mut self) {
        let cx = &mut self.cx;
        let removed = cx.state_mut().host_tasks.remove(self.key);
        let Some(HostSubtask { id, scope, .. }) = removed.and_then(|task| task.subtask) else { return };
        end_lending(cx, scope);
        let caller = cx.state().tables.machine.caller_of(id);
        if let Some(root) = caller.and_then(|caller| cx.state().root_of(caller)) {
            poison(cx, root);
        }
    }
}

/// Answers the caller of a host function that waits.
fn answer<T: 'static, E: CoreEngine>(
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
    let Some(caller) = state.tables.machine.current() else { unreachable!("a caller that blocks has a thread") };
    match state.tables.machine.lowered_sync(subtask)? {
        Outcome::Done(()) => unreachable!("the call waits"),
        Outcome::Blocked | Outcome::Switch(_) => {}
    }
    state.tasks.thread(caller).answer = PendingAnswer::Call(subtask);
    Ok(Flow::Block)
}

/// Cancels a call: drops its future.
pub(super) fn cancel<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, subtask: WaitableId) {
    let future = take(cx, subtask);
    cx.state_mut().tables.machine.subtask_cancelled(subtask);
    drop(future);
}

/// Takes the future of a call that ends early, if it has not finished, and ends the loans of the call. The caller drops it last, since
/// that may panic.
#[must_use]
pub(super) fn take<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    subtask: WaitableId,
) -> Option<Pin<Box<dyn HostFuture<T, E>>>> {
    let state = cx.state_mut();
    let key = state.tasks.future_of(subtask)?;
    let (HostSubtask { scope, .. }, future) = state.host_tasks.take(key)?;
    end_lending(cx, scope);
    future
}

/// Ends the loans of a call to the host.
pub(super) fn end_lending<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, scope: Option<ScopeIndex>) {
    if let Some(scope) = scope {
        cx.state_mut().tables.close_scope(scope);
    }
}
