//! Host → guest: typed and dynamic calls of exports (`CanonicalABI.md#canon-lift`).

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::{Convention, SLOTS, Slots};
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::context::{Transfer, abandon, call_without_leaving, check_may_enter, fail};
use crate::call::dynamic::Values;
use crate::call::staging;
use crate::call::task;
use crate::component::display_name;
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind, Unsupported};
use crate::ids::{Func, ScopeIndex};
use crate::instance::compare;
use crate::lifted::GuestFunc;
use crate::mismatch::{Direction, LinkProblem};
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::Receiver;
use crate::types::describe::{TypeText, text};
use crate::types::reflect::FuncType;
use crate::types::shape::FuncShape;
use crate::val::Val;

impl Func {
    /// Calls the function. `P` is the tuple of its parameters, `R` its result or `()`.
    ///
    /// # Errors
    /// When the function is not of these types, or the instance has trapped before; what the call ended in.
    pub fn call_typed<P: Lower, R: Lift>(self, mut store: impl AsContextMut, params: &P) -> Result<R, Error> {
        let mut cx = store.as_context_mut();
        let data = cx.state().func(self)?;
        let checked = data.checked.iter().any(|(p, r)| core::ptr::eq(*p, P::DESC) && core::ptr::eq(*r, R::DESC));
        if !checked {
            check(&mut cx, self, P::DESC, R::DESC)?;
        }
        let data = cx.state().func(self)?;
        let guest = data.guest;
        let lends = data.lends;
        let bindings = data.bindings.clone();
        check_may_enter(&cx, guest.root)?;
        check_sync(&guest)?;
        let scope = lends.then(|| cx.state_mut().tables.open_scope());
        let transfer = Transfer { options: guest.options, bindings: bindings.as_deref().unwrap_or_default(), scope };
        let mut slots = SLOTS;
        let mut entered = false;
        let staged = staging::mark(&mut cx, &guest);
        let thread = core::mem::take(&mut cx.state_mut().thread);
        let outcome = (|| {
            let max_flat = Convention::Lift.max_flat_params();
            transfer.lower(&mut cx, params, max_flat, &mut FlatWriter::new(&mut slots), None)?;
            entered = !guest.lowered;
            enter(&mut cx, &guest, &mut slots)?;
            let result = transfer.lift(&mut cx, Convention::Lift.max_flat_results(), &slots)?;
            finish(&mut cx, &guest, scope, &mut slots)?;
            Ok(result)
        })();
        cx.state_mut().thread = thread;
        staging::release(&mut cx, staged);
        outcome.map_err(|error| fail_in(&mut cx, self, (scope, entered), error))
    }

    /// Calls the function with dynamic values.
    ///
    /// # Errors
    /// When the values do not fit its type, or the instance has trapped before; what the call ended in.
    pub fn call(self, mut store: impl AsContextMut, params: &[Val]) -> Result<Option<Val>, Error> {
        let mut cx = store.as_context_mut();
        let guest = cx.state().func(self)?.guest;
        check_may_enter(&cx, guest.root)?;
        let component = cx.state().root(guest.root).component().clone();
        let func = &component.plan().types[guest.ty];
        let values = Values::new(&cx, component.plan(), guest.root);
        let scope = func.borrows.then(|| cx.state_mut().tables.open_scope());
        let transfer = Transfer { options: guest.options, bindings: &[], scope };
        let mut slots = SLOTS;
        let mut entered = false;
        let staged = staging::mark(&mut cx, &guest);
        let thread = core::mem::take(&mut cx.state_mut().thread);
        let outcome = (|| {
            transfer.with_lower_view(&mut cx, |view| values.lower_params(view, func, params, &mut slots))?;
            entered = !guest.lowered;
            if guest.async_ {
                let receiver = task::run(&mut cx, &guest, &component, scope, Receiver::Host(None), &mut slots)?;
                if let Some(scope) = scope {
                    cx.state_mut().tables.close_scope(scope);
                }
                return match receiver {
                    Receiver::Host(value) => Ok(value),
                    Receiver::Guest { .. } => unreachable!("the receiver is the host"),
                };
            }
            enter(&mut cx, &guest, &mut slots)?;
            let result = transfer.with_lift_view(&mut cx, |view| values.lift_result(view, func, &slots))?;
            finish(&mut cx, &guest, scope, &mut slots)?;
            Ok(result)
        })();
        cx.state_mut().thread = thread;
        staging::release(&mut cx, staged);
        outcome.map_err(|error| fail_in(&mut cx, self, (scope, entered), error))
    }

    /// The function's type.
    ///
    /// # Errors
    /// When the function belongs to another store.
    pub fn ty(self, mut store: impl AsContextMut) -> Result<FuncType, Error> {
        let cx = store.as_context_mut();
        let guest = cx.state().func(self)?.guest;
        Ok(cx.state().root(guest.root).component().plan().types.reflect_func(guest.ty))
    }
}

/// Calls the core function, with its parameters in the slots.
#[inline]
fn enter<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    slots: &mut Slots,
) -> Result<(), Error> {
    if guest.lowered {
        return staging::call_lowered(cx, guest, slots);
    }
    Ok(cx.domain(guest.options.domain).call(guest.core, slots)?)
}

/// Checks that a function is lifted without `async`.
#[inline]
fn check_sync<E: CoreEngine>(guest: &GuestFunc<E>) -> Result<(), Error> {
    if guest.async_ { Err(Unsupported::Async { item: "a function lifted `async`".into() }.into()) } else { Ok(()) }
}

/// Ends a call that failed, and says where.
#[cold]
fn fail_in<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    (scope, entered): (Option<ScopeIndex>, bool),
    error: Error,
) -> Error {
    let Ok(GuestFunc { root, lowered, .. }) = cx.state().func(func).map(|data| data.guest) else { return error };
    let error = if lowered { abandon(cx, scope, error) } else { fail(cx, root, scope, entered, error) };
    // What a host function said is passed on as it was said.
    if let ErrorKind::Host(_) = error.kind() {
        return error;
    }
    match cx.state().root(root).name_of(func) {
        (interface, Some(name)) => error.within(display_name(interface.as_deref(), &name)),
        (_, None) => error,
    }
}

/// Ends a call that returned: its borrows are gone, `post-return` runs, and what was lent to it no longer is.
#[inline]
fn finish<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    scope: Option<ScopeIndex>,
    slots: &mut [u64],
) -> Result<(), Error> {
    if let Some(scope) = scope.filter(|_| !guest.lowered) {
        cx.state().tables.check_borrows(scope)?;
    }
    if let Some(post_return) = guest.post_return {
        call_without_leaving(cx, &guest.options, post_return, slots)?;
    }
    if let Some(scope) = scope {
        cx.state_mut().tables.close_scope(scope);
    }
    Ok(())
}

/// Compares a function's type with Rust's, and keeps the answer.
#[cold]
fn check<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    params: &'static TypeDesc,
    result: &'static TypeDesc,
) -> Result<(), Error> {
    let root = cx.state().func(func)?.guest.root;
    let Some(expected) = FuncShape::of_rust(params, result) else {
        let expected = "a tuple of parameters".into();
        return Err(ErrorKind::Value { expected, found: text(&TypeText(params)) }.into());
    };
    compare(cx, func, &expected).map_err(|problem| {
        let (interface, name) = cx.state().root(root).name_of(func);
        let problem = LinkProblem { direction: Direction::Export, interface, name, problem };
        Error::new(ErrorKind::Export(problem))
    })?;
    cx.state_mut().func_mut(func)?.checked.push((params, result));
    Ok(())
}
