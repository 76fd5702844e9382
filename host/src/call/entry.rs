//! Entering guests: the check whether a guest may be entered, the mark of one that trapped or was left by a panic, and calls that may not call out.

use witwright_abi_runtime::trap::Trap;

use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{DomainId, InstanceId, RootIndex};
use crate::store::state::{Cause, Poisoned};
use crate::store::{AsContextMut, Domains, StoreContextMut};

/// Checks that a root instance may be entered.
#[inline]
pub(super) fn check_may_enter<T: 'static, E: CoreEngine>(
    cx: &StoreContextMut<'_, T, E>,
    root: RootIndex,
) -> Result<(), Error> {
    if cx.state().root(root).poisoned { Err(Trap::CannotEnter.into()) } else { Ok(()) }
}

/// Checks that the root instance of a guest may go on after what it has called: other guests that ran may have found it to be the reason
/// for a trap. Then it traps for that reason.
#[inline]
pub(crate) fn check_may_go_on<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
) -> Result<(), Error> {
    if cx.state().poisoned.is_empty() {
        return Ok(());
    }
    match cx.state().root_of(instance) {
        Some(root) if cx.state().root(root).poisoned => Err(take_cause(cx, root)),
        Some(_) | None => Ok(()),
    }
}

/// Marks a root instance that trapped: it is never entered again. Its tasks and handles end when no guest runs any more.
#[cold]
pub(crate) fn poison<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, root: RootIndex) {
    let state = cx.state_mut();
    if !core::mem::replace(&mut state.root_mut(root).poisoned, true) {
        state.poisoned.push(Poisoned { root, cause: None });
    }
}

/// As [`poison`]. The cause is returned by a call that ends because of it, or else by the next run of the store.
#[cold]
pub(super) fn poison_because<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    root: RootIndex,
    cause: Cause,
) {
    poison(cx, root);
    let state = cx.state_mut();
    match state.poisoned.iter_mut().find(|poisoned| poisoned.root == root) {
        Some(poisoned) if poisoned.cause.is_none() => poisoned.cause = Some(cause),
        Some(_) | None => tell_later(cx, cause.error),
    }
}

/// The reason why a root instance has trapped, if no call has returned it yet.
#[cold]
pub(super) fn take_cause<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, root: RootIndex) -> Error {
    let poisoned = cx.state_mut().poisoned.iter_mut().find(|poisoned| poisoned.root == root);
    let cause = poisoned.and_then(|poisoned| poisoned.cause.take());
    cause.map_or_else(|| Trap::CannotEnter.into(), |cause| cause.error)
}

/// Keeps an error that no call returns, for the next run of the store. Only the first one is kept.
pub(super) fn tell_later<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, error: Error) {
    cx.state_mut().untold.get_or_insert(error);
}

/// Runs the code of an instance. A panic of a host function that it calls ends its frames: the instance is poisoned then, as
/// by a trap.
#[inline]
pub(super) fn poison_on_panic<T: 'static, E: CoreEngine, R>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    run: impl FnOnce(&mut StoreContextMut<'_, T, E>) -> R,
) -> R {
    let mut unwinding = Unwinding { cx: cx.as_context_mut(), instance };
    let result = run(&mut unwinding.cx);
    core::mem::forget(unwinding);
    result
}

/// The code of an instance that is dropped only by a panic.
struct Unwinding<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    instance: InstanceId,
}

impl<T: 'static, E: CoreEngine> Drop for Unwinding<'_, T, E> {
    fn drop(&mut self) {
        if let Some(root) = self.cx.state().root_of(self.instance) {
            poison(&mut self.cx, root);
        }
    }
}

/// Calls a function of a guest that may not call out: `realloc` or `post-return`. Its root instance may have trapped since it has
/// called the host or another guest.
pub(super) fn call_without_leaving<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (domain, instance): (DomainId, InstanceId),
    func: E::Func,
    slots: &mut [u64],
) -> Result<(), Error> {
    check_may_go_on(cx, instance)?;
    let before = cx.state_mut().tables.machine.set_may_leave(instance, false);
    let outcome = cx.domain(domain).call(func, slots);
    cx.state_mut().tables.machine.set_may_leave(instance, before);
    Ok(outcome?)
}
