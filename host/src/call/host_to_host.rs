//! Host → host: calls of functions that the host provides and an instance exports.
//!
//! The host is the caller, in the place of a guest: values are lowered to bytes of the call, and lifted from there
//! (`store::host_to_host`).

use alloc::sync::Arc;

use once_cell::race::OnceBox;
use witwright_abi_runtime::flatten::{Convention, FuncAbi, SLOTS, Slots};
use witwright_abi_runtime::layout::TypeAbi;

use crate::call::entry::check_may_enter;
use crate::call::guest_side::GuestSide;
use crate::call::values::CallValues;
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::ids::ScopeIndex;
use crate::lifted::{Binding, CallSite, CalleeName, GuestFunc, LiftLowerOptions, Memory};
use crate::store::host_to_host::ENCODING;
use crate::store::state::ReexportedFunc;
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::Arguments;

/// Calls a host function that an instance exports.
///
/// # Errors
/// When the instance has trapped before; the error that the call ended with.
#[cold]
pub(super) fn call_host<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    callee: ReexportedFunc<T, E>,
    bindings: Option<Arc<[Binding]>>,
    values: &V,
) -> Result<V::Result, Error> {
    check_may_enter(cx, callee.root)?;
    let component = cx.state().root(callee.root).component().clone();
    let limits = component.limits();
    let (handles, lifted_bytes) = (limits.handles, limits.lifted_bytes);
    let state = cx.state_mut();
    let index = state.host_to_host.begin(&mut state.tables, handles)?;
    let instance = state.host_to_host.instance(index);
    let options = LiftLowerOptions { instance, memory: Memory::HostToHost(index), encoding: ENCODING, lifted_bytes };
    let lends = component.plan().types[callee.ty].borrows;
    let ReexportedFunc { func, root, ty, bindings: callee_bindings } = callee;
    let (bindings_of_caller, bindings, convention) = (bindings, callee_bindings, Convention::Lower);
    let site = Arc::new(CallSite {
        component,
        root,
        options,
        callee: CalleeName::Export,
        ty: Some(ty),
        bindings,
        lends,
        convention,
        reflected: OnceBox::new(),
    });
    let scope = lends.then(|| cx.state_mut().tables.open_scope(None, None));
    let side = GuestSide { options, bindings: bindings_of_caller.as_deref().unwrap_or_default(), scope };
    let mut run = || {
        let mut slots = SLOTS;
        let info = &site.component.plan().types[ty];
        side.lower_from_host(cx, |view| values.lower(view, &mut slots))?;
        let room = result_room(cx, &side, &info.abi, &mut slots)?;
        if func.waits {
            return Err(ErrorKind::WouldWait.into());
        }
        func.call(cx.as_context_mut(), &site, &mut slots)?;
        if let Some(room) = room {
            slots[0] = room.into();
        }
        side.with_lift_view(cx, |view| values.lift(view, Convention::Lift, &slots))
    };
    let outcome = run();
    let state = cx.state_mut();
    if let Some(scope) = scope {
        state.tables.close_scope(scope);
    }
    state.host_to_host.end(&mut state.tables, index);
    outcome
}

/// Makes room for a result in memory, and passes its address.
fn result_room<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    side: &GuestSide<'_>,
    func: &FuncAbi,
    slots: &mut Slots,
) -> Result<Option<u32>, Error> {
    let Some(place) = func.out_pointer(Convention::Lower) else { return Ok(None) };
    let TypeAbi { align, size, .. } = func.result;
    let room = side.with_lower_view(cx, |view| view.allocate(align, size))?;
    slots[place] = room.into();
    Ok(Some(room))
}

/// Lowers the arguments of a call that cannot enter yet to bytes. When it enters, they are copied from there.
///
/// # Errors
/// The error of lowering a value.
pub(super) fn keep_arguments<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    bindings: &[Binding],
    scope: Option<ScopeIndex>,
    values: &V,
) -> Result<Arguments, Error> {
    let limits = cx.state().root(guest.root).component().limits();
    let (handles, lifted_bytes) = (limits.handles, limits.lifted_bytes);
    let state = cx.state_mut();
    let index = state.host_to_host.begin(&mut state.tables, handles)?;
    let instance = state.host_to_host.instance(index);
    let from = LiftLowerOptions { instance, memory: Memory::HostToHost(index), encoding: ENCODING, lifted_bytes };
    let side = GuestSide { options: from, bindings, scope };
    let mut slots = SLOTS;
    let lowered = side.lower_from_host(cx, |view| values.lower(view, &mut slots));
    if lowered.is_err() {
        end_arguments(cx, &from);
    }
    lowered.map(|()| Arguments { from, convention: Convention::Lower, slots })
}

/// Frees the bytes that arguments were kept in.
pub(super) fn end_arguments<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, from: &LiftLowerOptions) {
    if let Memory::HostToHost(index) = from.memory {
        let state = cx.state_mut();
        state.host_to_host.end(&mut state.tables, index);
    }
}
