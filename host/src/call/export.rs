//! Host → guest: typed and dynamic calls of exports (`CanonicalABI.md#canon-lift`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::any::Any;

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flatten::{Convention, SLOTS};
use witwright_abi_runtime::machine::Called;
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::entry::{call_without_leaving, check_may_enter, poison, poison_on_panic};
use crate::call::guest_side::GuestSide;
use crate::call::host_to_host::{call_host, keep_arguments};
use crate::call::task::{CurrentThread, finish_sync};
use crate::call::trapped::end_poisoned;
use crate::call::turn::{self, first_turn};
use crate::call::values::{CallValues, DynamicValues, TypedValues};
use crate::component::display_name;
use crate::component::plan::Concurrency;
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::ids::{Func, RootIndex, WaitableId};
use crate::instance::compare;
use crate::lifted::{Binding, GuestFunc};
use crate::mismatch::{Direction, LinkProblem};
use crate::store::state::Implementation;
use crate::store::{AsContextMut, Domains, StoreContextMut};
use crate::task::{self, Receiver, Task};
use crate::types::describe::{TypeText, text};
use crate::types::reflect::FuncType;
use crate::types::shape::FuncShape;
use crate::val::Val;

impl Func {
    /// Calls the function. `P` is the tuple of its parameters, `R` its result or `()`.
    ///
    /// If the call waits for something that cannot happen any more, it fails with [`ErrorKind::Deadlock`]. The guest has not trapped
    /// and can be called again; a result that it returns later is dropped.
    ///
    /// # Errors
    /// When the function is not of these types, or the instance has trapped before; the error that the call ended with.
    pub fn call_typed<P: Lower, R: Lift + Send + 'static>(
        self,
        mut store: impl AsContextMut,
        params: &P,
    ) -> Result<R, Error> {
        let mut cx = store.as_context_mut();
        check_typed::<_, _, P, R>(&mut cx, self)?;
        call(&mut cx, self, &TypedValues::<P, R>::new(params))
    }

    /// Calls the function with dynamic values; as [`Func::call_typed`].
    ///
    /// # Errors
    /// When the values do not fit its type, or the instance has trapped before; the error that the call ended with.
    pub fn call(self, mut store: impl AsContextMut, params: &[Val]) -> Result<Option<Val>, Error> {
        let mut cx = store.as_context_mut();
        let values = DynamicValues::of(&cx, self, params)?;
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

/// Checks that a function is of these types.
#[inline]
pub(super) fn check_typed<T: 'static, E: CoreEngine, P: Lower, R: Lift>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
) -> Result<(), Error> {
    let data = cx.state().func(func)?;
    let checked = data.checked.iter().any(|(p, r)| core::ptr::eq(*p, P::DESC) && core::ptr::eq(*r, R::DESC));
    if checked { Ok(()) } else { check(cx, func, P::DESC, R::DESC) }
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
    let guest = match &data.implementation {
        Implementation::Guest(guest) => *guest,
        Implementation::Host(host) => {
            let host = host.clone();
            return call_host(cx, host, bindings, values).map_err(|error| named(cx, func, error));
        }
    };
    check_may_enter(cx, guest.root)?;
    let outcome = if guest.concurrency == Concurrency::None && !lends {
        call_plain(cx, &guest, bindings, values)
    } else {
        call_task(cx, func, &guest, lends, bindings, values)
    };
    outcome.map_err(|error| failed(cx, func, error))
}

/// Ends the instances that trapped in a failed call, and adds the function's name to the error.
#[cold]
fn failed<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, func: Func, error: Error) -> Error {
    end_poisoned(cx);
    named(cx, func, error)
}

/// Calls a function that needs no task: it cannot block, and is lent nothing.
#[inline]
fn call_plain<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    bindings: Option<Arc<[Binding]>>,
    values: &V,
) -> Result<V::Result, Error> {
    let mut slots = SLOTS;
    let bindings = bindings.as_deref().unwrap_or_default();
    let side = GuestSide { options: guest.options, bindings, scope: None };
    let lowered = side.lower_from_host(cx, |view| values.lower(view, &mut slots));
    lowered.map_err(|error| not_lowered(cx, guest.root, error))?;
    let outcome = poison_on_panic(cx, guest.options.instance, |cx| {
        cx.domain(guest.domain).call(guest.core, &mut slots)?;
        let result = side.with_lift_view(cx, |view| values.lift(view, Convention::Lift, &slots))?;
        if let Some(post_return) = guest.post_return {
            call_without_leaving(cx, guest.place(), post_return, &mut slots)?;
        }
        Ok(result)
    });
    if outcome.is_err() {
        poison(cx, guest.root);
    }
    outcome
}

/// Poisons the instance after the arguments of a call could not be lowered, unless that is the host's mistake.
#[cold]
fn not_lowered<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, root: RootIndex, error: Error) -> Error {
    if !error.is_misuse() {
        poison(cx, root);
    }
    error
}

/// Calls a function as a task, and runs ready threads until it has returned.
fn call_task<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    guest: &GuestFunc<E>,
    lends: bool,
    bindings: Option<Arc<[Binding]>>,
    values: &V,
) -> Result<V::Result, Error> {
    // A host function may have gone on after a trap.
    end_poisoned(cx);
    let mut current = CurrentThread::save(cx);
    let cx = &mut current.cx;
    let subtask = begin(cx, func, guest, lends, bindings, values)?;
    let is_async = cx.state().root(guest.root).component().plan().types[guest.ty].ty.async_;
    let instance = guest.options.instance;
    finish_sync(cx, subtask, instance, is_async).inspect_err(|_| abandon(cx, guest, subtask, is_async))?;
    let state = cx.state_mut();
    let result = state.tasks.take_host_result(subtask);
    state.tables.machine.end_host_call(subtask);
    let Some(result) = result else { unreachable!("the host does not cancel this call") };
    result.map(lifted)
}

/// Abandons a call that has failed before it returned: if its type is async and its instance has not trapped, it goes on without
/// the host. Otherwise poisons the instance.
#[cold]
fn abandon<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    call: WaitableId,
    is_async: bool,
) {
    if is_async && !cx.state().root(guest.root).poisoned {
        cx.state_mut().tasks.abandon_host_call(call);
    } else {
        poison(cx, guest.root);
    }
}

/// The result of a call, as its receiver has lifted it.
pub(super) fn lifted<R: 'static>(result: Box<dyn Any + Send>) -> R {
    *result.downcast().unwrap_or_else(|_| unreachable!("the receiver lifts to this type"))
}

/// Begins a call: runs it until it is parked or ends, or keeps its arguments until it may enter. Returns it as a subtask.
pub(super) fn begin<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    guest: &GuestFunc<E>,
    lends: bool,
    bindings: Option<Arc<[Binding]>>,
    values: &V,
) -> Result<WaitableId, Error> {
    let state = cx.state_mut();
    let called = state.tables.machine.call(None, guest.options.instance, guest.mode)?;
    let Called { subtask, task, thread, entered } = called;
    let scope = lends.then(|| state.tables.open_scope(None, Some(task)));
    let receiver = Some(Receiver::Host(values.lift_later()));
    let record = Task { callee: task::Callee::Lifted(func), receiver, scope };
    state.tasks.add(task, record);
    let bindings = bindings.as_deref().unwrap_or_default();
    if !entered {
        let kept = keep_arguments(cx, guest, bindings, scope, values);
        let arguments = kept.map_err(|error| take_back(cx, guest, called, error))?;
        cx.state_mut().tasks.keep_arguments(task, arguments);
        return Ok(subtask);
    }
    let mut slots = SLOTS;
    let side = GuestSide { options: guest.options, bindings, scope };
    let lowered = side.lower_from_host(cx, |view| values.lower(view, &mut slots));
    lowered.map_err(|error| take_back(cx, guest, called, error))?;
    match turn::run(cx, thread, first_turn(guest), &mut slots) {
        Ok(()) => Ok(subtask),
        Err(error) => {
            poison(cx, guest.root);
            forget_resolved(cx, subtask);
            Err(error)
        }
    }
}

/// Forgets a call that has resolved and then trapped, before anybody waited for it.
#[cold]
fn forget_resolved<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, call: WaitableId) {
    let state = cx.state_mut();
    if state.tables.machine.has_ended(call) {
        state.tasks.forget_host_call(call);
        state.tables.machine.end_host_call(call);
    }
}

/// Takes back a call whose arguments were not lowered.
#[cold]
fn take_back<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    called: Called,
    error: Error,
) -> Error {
    turn::take_back(cx, called);
    not_lowered(cx, guest.root, error)
}

/// Adds the function's name to the error of a call.
#[cold]
pub(super) fn named<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, func: Func, error: Error) -> Error {
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
