//! Entering guests: the check whether a guest may be entered, the mark of one that trapped, and calls that may not call out.

use witwright_abi_runtime::trap::Trap;

use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{DomainId, InstanceId, RootIndex};
use crate::store::{Domains, StoreContextMut};

/// Checks that a root instance may be entered.
#[inline]
pub(super) fn check_may_enter<T: 'static, E: CoreEngine>(
    cx: &StoreContextMut<'_, T, E>,
    root: RootIndex,
) -> Result<(), Error> {
    if cx.state().root(root).poisoned { Err(Trap::CannotEnter.into()) } else { Ok(()) }
}

/// Marks a root instance that trapped: it is never entered again. Its tasks and handles end when no guest runs any more.
#[cold]
pub(crate) fn poison<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, root: RootIndex) {
    let state = cx.state_mut();
    if !core::mem::replace(&mut state.root_mut(root).poisoned, true) {
        state.poisoned.push(root);
    }
}

/// Calls a function of a guest that may not call out: `realloc` or `post-return`.
pub(super) fn call_without_leaving<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (domain, instance): (DomainId, InstanceId),
    func: E::Func,
    slots: &mut [u64],
) -> Result<(), Error> {
    let before = cx.state_mut().tables.machine.set_may_leave(instance, false);
    let outcome = cx.domain(domain).call(func, slots);
    cx.state_mut().tables.machine.set_may_leave(instance, before);
    Ok(outcome?)
}
