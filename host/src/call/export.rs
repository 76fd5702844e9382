//! Host → guest: typed and dynamic calls of exports (`CanonicalABI.md#canon-lift`).

use alloc::sync::Arc;

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flatten::{Convention, SLOTS};
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::entry::{call_without_leaving, check_may_enter, close_scope, on_new_thread, open_scope, poison};
use crate::call::host_to_host::call_host;
use crate::call::task;
use crate::call::transfer::Transfer;
use crate::call::values::{CallValues, DynamicValues, TypedValues};
use crate::component::display_name;
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::ids::{Func, ScopeIndex};
use crate::instance::compare;
use crate::lifted::{Binding, GuestFunc};
use crate::mismatch::{Direction, LinkProblem};
use crate::store::state::Callee;
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::{Receiver, Returned};
use crate::types::describe::{TypeText, text};
use crate::types::reflect::FuncType;
use crate::types::shape::FuncShape;
use crate::val::Val;

impl Func {
    /// Calls the function. `P` is the tuple of its parameters, `R` its result or `()`.
    ///
    /// # Errors
    /// When the function is not of these types, or the instance has trapped before; what the call ended in.
    pub fn call_typed<P: Lower, R: Lift + Send + 'static>(
        self,
        mut store: impl AsContextMut,
        params: &P,
    ) -> Result<R, Error> {
        let mut cx = store.as_context_mut();
        let data = cx.state().func(self)?;
        let checked = data.checked.iter().any(|(p, r)| core::ptr::eq(*p, P::DESC) && core::ptr::eq(*r, R::DESC));
        if !checked {
            check(&mut cx, self, P::DESC, R::DESC)?;
        }
        call(&mut cx, self, &TypedValues::<P, R>::new(params))
    }

    /// Calls the function with dynamic values.
    ///
    /// # Errors
    /// When the values do not fit its type, or the instance has trapped before; what the call ended in.
    pub fn call(self, mut store: impl AsContextMut, params: &[Val]) -> Result<Option<Val>, Error> {
        let mut cx = store.as_context_mut();
        let data = cx.state().func(self)?;
        let (ty, root) = (data.ty(), cx.state().root(data.root()));
        let values = DynamicValues::new(root.component().clone(), ty, root.resources.clone(), params);
        call(&mut cx, self, &values)
    }

    /// The function's type.
    ///
    /// # Errors
    /// When the function belongs to another store.
    pub fn ty(self, mut store: impl AsContextMut) -> Result<FuncType, Error> {
        let cx = store.as_context_mut();
        let data = cx.state().func(self)?;
        Ok(cx.state().root(data.root()).component().plan().types.reflect_func(data.ty()))
    }
}

/// Calls a function of an instance.
#[inline]
fn call<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    values: &V,
) -> Result<V::Result, Error> {
    let data = cx.state().func(func)?;
    let (bindings, lends) = (data.bindings.clone(), data.lends);
    let guest = match &data.callee {
        Callee::Guest(guest) => *guest,
        Callee::Host(host) => {
            let host = host.clone();
            return call_host(cx, host, bindings, values).map_err(|error| named(cx, func, error));
        }
    };
    check_may_enter(cx, guest.root)?;
    let mut call = ExportCall { guest, scope: open_scope(cx, lends), entered: false };
    let outcome = on_new_thread(cx, |cx| call.run(cx, bindings, values));
    outcome.map_err(|error| {
        let error = call.fail(cx, error);
        named(cx, func, error)
    })
}

/// A call of a guest's function.
struct ExportCall<E: CoreEngine> {
    guest: GuestFunc<E>,
    /// `None` if the type lends no handle.
    scope: Option<ScopeIndex>,
    /// Whether the function has been called.
    entered: bool,
}

impl<E: CoreEngine> ExportCall<E> {
    /// Lowers, enters, lifts, and leaves.
    #[inline]
    fn run<T: 'static, V: CallValues>(
        &mut self,
        cx: &mut StoreContextMut<'_, T, E>,
        bindings: Option<Arc<[Binding]>>,
        values: &V,
    ) -> Result<V::Result, Error> {
        let guest = self.guest;
        let mut slots = SLOTS;
        let transfer =
            Transfer { options: guest.options, bindings: bindings.as_deref().unwrap_or_default(), scope: self.scope };
        transfer.with_lower_view(cx, |view| values.lower(view, &mut slots))?;
        self.entered = true;
        if guest.async_ {
            let receiver = Receiver::Host { lift: values.lift_later(), bindings };
            let returned = task::run(cx, &guest, self.scope, receiver, &mut slots)?;
            close_scope(cx, self.scope);
            return Ok(result_of(returned));
        }
        cx.domain(guest.domain).call(guest.core, &mut slots)?;
        let result = transfer.with_lift_view(cx, |view| values.lift(view, Convention::Lift, &slots))?;
        if let Some(scope) = self.scope {
            cx.state().tables.check_borrows(scope)?;
        }
        if let Some(post_return) = guest.post_return {
            call_without_leaving(cx, guest.place(), post_return, &mut slots)?;
        }
        close_scope(cx, self.scope);
        Ok(result)
    }

    /// Ends a call that failed: what it was lent is no longer lent, and the instance is never entered again, unless the
    /// function has not been called and the fault is the host's.
    #[cold]
    fn fail<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, error: Error) -> Error {
        close_scope(cx, self.scope);
        if self.entered || !error.is_misuse() {
            poison(cx, self.guest.root);
        }
        error
    }
}

/// The result that a task has returned to the host.
fn result_of<R: 'static>(returned: Returned) -> R {
    match returned {
        Returned::Host(result) => {
            *result.downcast().unwrap_or_else(|_| unreachable!("the receiver lifts to this type"))
        }
        Returned::Guest(_) => unreachable!("the receiver is the host"),
    }
}

/// Says in which function a call failed.
#[cold]
fn named<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, func: Func, error: Error) -> Error {
    // What a host function said is passed on as it was said.
    if let ErrorKind::Host(_) = error.kind() {
        return error;
    }
    match cx.state().root(func.root).name_of(func) {
        (interface, Some(name)) => error.within(display_name(interface.as_deref(), &name)),
        (_, None) => error,
    }
}

/// Compares a function's type with Rust's, and keeps the answer.
#[cold]
fn check<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    params: &'static TypeDesc,
    result: &'static TypeDesc,
) -> Result<(), Error> {
    let root = cx.state().func(func)?.root();
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
