//! What lifting and lowering work on: a guest's memory, its `realloc` and its handles, in a store.

use witwright_abi_runtime::desc::ResourceDesc;
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory, Handles, LiftView, LowerView};

use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::HostSide;
use crate::ids::{RootIndex, ScopeIndex};
use crate::lifted::{Binding, LiftLowerOptions};
use crate::store::{AsContextMut, StoreContextMut};

/// One call between the host and a guest: where the guest's values lie, and what it lends.
pub(crate) struct Transfer<'a, E: CoreEngine> {
    pub(crate) options: LiftLowerOptions<E>,
    pub(crate) bindings: &'a [Binding],
    pub(crate) scope: Option<ScopeIndex>,
}

impl<E: CoreEngine> Transfer<'_, E> {
    /// Lifts values that the guest gave.
    #[inline]
    pub(crate) fn lift<T: 'static, V: Lift>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        max_flat: usize,
        flat: &[u64],
    ) -> Result<V, Error> {
        self.with_lift_view(cx, |view| view.lift_values(max_flat, flat))
    }

    /// Gives a view of the guest's memory, to lift from.
    #[inline]
    pub(crate) fn with_lift_view<T: 'static, V>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        lift: impl FnOnce(&mut LiftView<'_, HostSide<'_>>) -> Result<V, Error>,
    ) -> Result<V, Error> {
        let split = cx.domain(self.options.domain).split(self.options.memory);
        let mut side = HostSide {
            tables: &mut split.state.tables,
            table: self.options.table,
            bindings: self.bindings,
            scope: self.scope,
            budget_bytes: self.options.lifted_bytes,
        };
        lift(&mut LiftView::new(split.memory, self.options.encoding, &mut side))
    }

    /// Lowers values to the guest.
    #[inline]
    pub(crate) fn lower<T: 'static, V: Lower>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        values: &V,
        max_flat: usize,
        flat: &mut FlatWriter<'_>,
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        self.with_lower_view(cx, |view| view.lower_values(values, max_flat, flat, out_ptr))
    }

    /// Gives a view of the guest's memory, to lower to.
    #[inline]
    pub(crate) fn with_lower_view<T: 'static, V>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        lower: impl FnOnce(&mut LowerView<'_, GuestCx<'_, T, E>>) -> Result<V, Error>,
    ) -> Result<V, Error> {
        let mut guest =
            GuestCx { cx: cx.as_context_mut(), options: self.options, bindings: self.bindings, scope: self.scope };
        lower(&mut LowerView::new(&mut guest, self.options.encoding))
    }
}

/// A guest that values are lowered to.
pub(crate) struct GuestCx<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    options: LiftLowerOptions<E>,
    bindings: &'a [Binding],
    scope: Option<ScopeIndex>,
}

impl<T: 'static, E: CoreEngine> GuestCx<'_, T, E> {
    /// The guest's handles.
    pub(crate) fn side(&mut self) -> HostSide<'_> {
        HostSide {
            tables: &mut self.cx.state_mut().tables,
            table: self.options.table,
            bindings: self.bindings,
            scope: self.scope,
            budget_bytes: 0,
        }
    }
}

impl<T: 'static, E: CoreEngine> Handles for GuestCx<'_, T, E> {
    type Error = Error;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Error> {
        self.side().lift_own(resource, index)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Error> {
        self.side().lift_borrow(resource, index)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Error> {
        self.side().lower_own(resource, key)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Error> {
        self.side().lower_borrow(resource, key)
    }
}

impl<T: 'static, E: CoreEngine> GuestMemory for GuestCx<'_, T, E> {
    #[inline]
    fn bytes(&mut self) -> &mut [u8] {
        match self.options.memory {
            Some(memory) => self.cx.domain(self.options.domain).memory(memory),
            None => &mut [],
        }
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Error> {
        realloc(&mut self.cx, &self.options, [old_ptr, old_size, align, new_size])
    }
}

/// Calls a guest's `realloc`, which may not call out.
pub(crate) fn realloc<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    options: &LiftLowerOptions<E>,
    arguments: [u32; 4],
) -> Result<u32, Error> {
    // The validator asks for a `realloc` wherever values that need it are lowered.
    let Some(realloc) = options.realloc else { return Err(Trap::ReallocOutOfBounds.into()) };
    let mut slots = arguments.map(u64::from);
    let thread = core::mem::take(&mut cx.state_mut().thread);
    let outcome = call_without_leaving(cx, options, realloc, &mut slots);
    cx.state_mut().thread = thread;
    outcome.map(|()| slots[0] as u32)
}

/// Calls a function of a guest that may not call out: `realloc` or `post-return`.
pub(crate) fn call_without_leaving<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    options: &LiftLowerOptions<E>,
    func: E::Func,
    slots: &mut [u64],
) -> Result<(), Error> {
    let before = cx.state_mut().tables.set_may_leave(options.table, false);
    let outcome = cx.domain(options.domain).call(func, slots);
    cx.state_mut().tables.set_may_leave(options.table, before);
    Ok(outcome?)
}

/// Checks that a root instance may be entered.
#[inline]
pub(crate) fn check_may_enter<T: 'static, E: CoreEngine>(
    cx: &StoreContextMut<'_, T, E>,
    root: RootIndex,
) -> Result<(), Error> {
    if cx.state().root(root).poisoned { Err(Trap::CannotEnter.into()) } else { Ok(()) }
}

/// Ends a call that failed: what it lent is no longer lent, and the instance is never entered again, unless it was not
/// `entered` and the fault was the host's.
#[cold]
pub(crate) fn fail<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    root: RootIndex,
    scope: Option<ScopeIndex>,
    entered: bool,
    error: Error,
) -> Error {
    let error = abandon(cx, scope, error);
    if entered || !error.is_misuse() {
        cx.state_mut().root_mut(root).poisoned = true;
    }
    error
}

/// Ends a call that failed and entered no guest: what it lent is no longer lent.
#[cold]
pub(crate) fn abandon<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    scope: Option<ScopeIndex>,
    error: Error,
) -> Error {
    if let Some(scope) = scope {
        cx.state_mut().tables.close_scope(scope);
    }
    error
}
