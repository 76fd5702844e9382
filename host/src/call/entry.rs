//! Entering guests and leaving them: whether one may be entered, on which thread it runs, and the end of one that trapped.

use witwright_abi_runtime::trap::Trap;

use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{DomainId, RootIndex, ScopeIndex, TableIndex};
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::Thread;

/// Checks that a root instance may be entered.
#[inline]
pub(super) fn check_may_enter<T: 'static, E: CoreEngine>(
    cx: &StoreContextMut<'_, T, E>,
    root: RootIndex,
) -> Result<(), Error> {
    if cx.state().root(root).poisoned { Err(Trap::CannotEnter.into()) } else { Ok(()) }
}

/// Marks a root instance that trapped: it is never entered again.
#[cold]
pub(super) fn poison<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, root: RootIndex) {
    cx.state_mut().root_mut(root).poisoned = true;
}

/// Opens the scope of a call, if its type lends handles.
#[inline]
pub(super) fn open_scope<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    lends: bool,
) -> Option<ScopeIndex> {
    lends.then(|| cx.state_mut().tables.open_scope())
}

/// Closes the scope of a call: what the call was lent is no longer lent.
#[inline]
pub(super) fn close_scope<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, scope: Option<ScopeIndex>) {
    if let Some(scope) = scope {
        cx.state_mut().tables.close_scope(scope);
    }
}

/// Runs a call on a thread of its own. The caller's thread continues afterwards, also if the call panics.
#[inline]
pub(super) fn on_new_thread<T: 'static, E: CoreEngine, R>(
    cx: &mut StoreContextMut<'_, T, E>,
    call: impl FnOnce(&mut StoreContextMut<'_, T, E>) -> R,
) -> R {
    let caller = core::mem::take(&mut cx.state_mut().thread);
    let mut switch = ThreadSwitch { cx: cx.as_context_mut(), caller };
    call(&mut switch.cx)
}

/// A switch to another thread, for as long as it lives.
struct ThreadSwitch<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    caller: Thread,
}

impl<T: 'static, E: CoreEngine> Drop for ThreadSwitch<'_, T, E> {
    #[inline]
    fn drop(&mut self) {
        self.cx.state_mut().thread = self.caller;
    }
}

/// Calls a function of a guest that may not call out: `realloc` or `post-return`.
pub(super) fn call_without_leaving<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (domain, table): (DomainId, TableIndex),
    func: E::Func,
    slots: &mut [u64],
) -> Result<(), Error> {
    let before = cx.state_mut().tables.set_may_leave(table, false);
    let outcome = cx.domain(domain).call(func, slots);
    cx.state_mut().tables.set_may_leave(table, before);
    Ok(outcome?)
}
