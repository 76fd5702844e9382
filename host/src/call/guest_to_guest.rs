//! Guest → guest: a call between component instances of one store (`CanonicalABI.md#canon-lower`, `#canon-lift`).
//!
//! Values are copied from memory to memory. Functions of numbers alone need no copy: the slots of the caller's call are those
//! of the callee's. A call is a task of the machine, unless the callee takes no part in concurrency and is lent nothing.

use alloc::boxed::Box;
use alloc::sync::Arc;

use witwright_abi_runtime::flatten::{Convention, SLOTS};
use witwright_abi_runtime::machine::{Called, Outcome};

use crate::call::copier::{Copier, LowerResult, NotCopied, Route};
use crate::call::entry::{call_without_leaving, check_may_enter, check_may_go_on, poison, poison_on_panic};
use crate::call::task::{CurrentThread, until_resolved};
use crate::call::turn;
use crate::component::Component;
use crate::component::plan::Concurrency;
use crate::engine::{CoreEngine, Flow};
use crate::error::Error;
use crate::ids::{Func, ThreadId, WaitableId};
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::{AsContextMut, Domains, StoreContextMut};
use crate::task::{Arguments, Callee, PendingAnswer, Receiver, Task};
use crate::types::{DefValType, FuncInfo, Scalar, TypeId};

/// A function of one component instance as another one imports it.
pub(crate) struct GuestToGuest<E: CoreEngine> {
    /// The component of the callee; the caller's types are equal.
    component: Component<E>,
    caller: Arc<LiftLowerOptions>,
    func: Func,
    callee: GuestFunc<E>,
    /// The way in which the caller has lowered it.
    convention: Convention,
    passing: Passing,
    /// Whether the callee belongs to another root instance than the caller. After a trap, the callee's root is then marked
    /// here: the entry into the caller's root marks only the caller's.
    crosses_roots: bool,
}

/// The way in which a call passes values.
enum Passing {
    /// In the slots alone, without a task: the types of the flat parameters, then of the result.
    Scalars(Box<[Scalar]>),
    /// By copies, without a task.
    Copies,
    /// By copies, as a task.
    Task,
}

impl<E: CoreEngine> GuestToGuest<E> {
    pub(crate) fn new(
        component: Component<E>,
        caller: LiftLowerOptions,
        (func, callee): (Func, GuestFunc<E>),
        convention: Convention,
        crosses_roots: bool,
    ) -> GuestToGuest<E> {
        let types = &component.plan().types;
        let info = &types[callee.ty];
        let needs_task = callee.concurrency != Concurrency::None || info.borrows || convention != Convention::Lower;
        let passing = if needs_task {
            Passing::Task
        } else {
            let parts = info.ty.params.iter().map(|(_, ty)| *ty).chain(info.ty.result);
            let scalar = |ty: TypeId| if let DefValType::Scalar(scalar) = types[ty].ty { Some(scalar) } else { None };
            let scalars = if info.abi.params_in_memory(convention) { None } else { parts.map(scalar).collect() };
            scalars.map_or(Passing::Copies, Passing::Scalars)
        };
        GuestToGuest { component, caller: Arc::new(caller), func, callee, convention, passing, crosses_roots }
    }

    fn info(&self) -> &FuncInfo {
        &self.component.plan().types[self.callee.ty]
    }

    /// Answers the caller, whose parameters are in the slots; the result replaces them.
    #[inline]
    pub(crate) fn call<T: 'static>(&self, mut cx: StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<Flow, Error> {
        cx.state().tables.machine.check_may_leave(self.caller.instance)?;
        check_may_enter(&cx, self.callee.root)?;
        match &self.passing {
            Passing::Scalars(scalars) => {
                let (params, result) = scalars.split_at(self.info().ty.params.len());
                convert(params, slots)?;
                let outcome = self.call_scalars(&mut cx, result, slots);
                outcome.inspect_err(|_| self.end_callee(&mut cx))
            }
            Passing::Copies => {
                let mut lowered = SLOTS;
                self.copy_params(&mut cx, slots, &mut lowered)?;
                match self.call_copies(&mut cx, slots, &mut lowered) {
                    Ok(None) => Ok(Flow::Return),
                    Ok(Some(of_caller)) => Err(of_caller),
                    Err(error) => {
                        self.end_callee(&mut cx);
                        Err(error)
                    }
                }
            }
            Passing::Task => self.call_task(&mut cx, slots),
        }
    }

    /// The callee has trapped.
    #[cold]
    fn end_callee<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>) {
        if self.crosses_roots {
            poison(cx, self.callee.root);
        }
    }

    #[inline]
    fn call_scalars<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        result: &[Scalar],
        slots: &mut [u64],
    ) -> Result<Flow, Error> {
        self.call_core(cx, slots)?;
        let returned = slots.first().copied().unwrap_or_default();
        convert(result, slots)?;
        self.post_return(cx, returned)?;
        Ok(Flow::Return)
    }

    /// Calls the core function, without a task.
    #[inline]
    fn call_core<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<(), Error> {
        let GuestFunc { domain, core, options, .. } = self.callee;
        // A panic goes on through the caller, which poisons its own root instance alone.
        let outcome = if self.crosses_roots {
            poison_on_panic(cx, options.instance, |cx| cx.domain(domain).call(core, slots))
        } else {
            cx.domain(domain).call(core, slots)
        };
        Ok(outcome?)
    }

    fn post_return<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, returned: u64) -> Result<(), Error> {
        match self.callee.post_return {
            Some(post_return) => call_without_leaving(cx, self.callee.place(), post_return, &mut [returned]),
            None => Ok(()),
        }
    }

    #[inline(never)]
    fn copy_params<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        slots: &[u64],
        lowered: &mut [u64],
    ) -> Result<(), Error> {
        let types = &self.component.plan().types;
        let route = Route { types, root: self.callee.root, from: *self.caller, to: self.callee.options, scope: None };
        let copied =
            Copier::new(cx.as_context_mut(), route).params(&types[self.callee.ty], self.convention, slots, lowered);
        copied.map_err(|NotCopied { error, is_of_target }| {
            if is_of_target {
                self.end_callee(cx);
            }
            error
        })
    }

    /// Calls the core function, and copies its result. Returns the error of a caller that cannot take it.
    #[inline(never)]
    fn call_copies<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        slots: &mut [u64],
        lowered: &mut [u64],
    ) -> Result<Option<Error>, Error> {
        let types = &self.component.plan().types;
        let func = &types[self.callee.ty];
        let out_ptr = func.abi.out_pointer(self.convention).map(|place| slots[place] as u32);
        self.call_core(cx, lowered)?;
        let mut of_caller = None;
        if let Some(ty) = func.ty.result {
            let back =
                Route { types, root: self.callee.root, from: self.callee.options, to: *self.caller, scope: None };
            let to_caller = out_ptr.map_or(LowerResult::Flat(slots), LowerResult::Memory);
            of_caller = Copier::new(cx.as_context_mut(), back).result(ty, Convention::Lift, lowered, to_caller)?;
        }
        self.post_return(cx, lowered[0])?;
        Ok(of_caller)
    }

    #[inline(never)]
    fn call_task<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<Flow, Error> {
        let caller = cx.state().tables.machine.current();
        let mut current = CurrentThread::save(cx);
        let subtask = self.begin(&mut current.cx, slots)?;
        let resolved = if self.info().ty.async_ {
            Ok(())
        } else {
            until_resolved(&mut current.cx, subtask, caller, self.callee.options.instance, false)
        };
        drop(current);
        resolved.inspect_err(|_| self.end_callee(cx))?;
        // It may be unable to take the result of this call, or of another.
        check_may_go_on(cx, self.caller.instance)?;
        self.answer(cx, (subtask, caller), slots)
    }

    /// Answers the caller of a task that has begun.
    ///
    /// # Errors
    /// The caller's: it may not wait, or its table of handles is full.
    fn answer<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        (subtask, caller): (WaitableId, Option<ThreadId>),
        slots: &mut [u64],
    ) -> Result<Flow, Error> {
        let state = cx.state_mut();
        if self.convention == Convention::LowerAsync {
            slots[0] = state.tables.machine.lowered_async(subtask)?.pack().into();
            return Ok(Flow::Return);
        }
        let result = state.tasks.flat_result(subtask);
        match state.tables.machine.lowered_sync(subtask)? {
            Outcome::Done(()) => {
                if let (Some(slot), Some(_)) = (slots.first_mut(), self.info().ty.result) {
                    *slot = result;
                }
                Ok(Flow::Return)
            }
            Outcome::Blocked => {
                let Some(caller) = caller else { unreachable!("a caller that blocks has a thread") };
                state.tasks.thread(caller).answer = PendingAnswer::Call(subtask);
                Ok(Flow::Block)
            }
            Outcome::Switch(_) => unreachable!("a call blocks, and does not switch"),
        }
    }

    /// Calls the callee, and runs it until it is parked or ends.
    fn begin<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, slots: &[u64]) -> Result<WaitableId, Error> {
        let func = self.info();
        let out_ptr = func.abi.out_pointer(self.convention).map(|place| slots[place] as u32);
        let state = cx.state_mut();
        let caller = self.caller.instance;
        let called = state.tables.machine.call(Some(caller), self.callee.options.instance, self.callee.mode)?;
        let Called { subtask, task, thread, entered } = called;
        let scope = func.borrows.then(|| state.tables.open_scope(Some(subtask), Some(task)));
        let receiver = Some(Receiver::Guest { to: self.caller.clone(), out_ptr });
        state.tasks.add(task, Task { callee: Callee::Lifted(self.func), receiver, scope });
        if entered {
            let mut lowered = SLOTS;
            let arguments = (self.convention, slots);
            let turn = turn::enter(cx, &self.callee, task, &self.caller, arguments, &mut lowered)
                .map_err(|not_copied| self.not_entered(cx, called, not_copied))?;
            turn::run(cx, thread, turn, &mut lowered).inspect_err(|_| self.end_callee(cx))?;
        } else {
            let mut kept = SLOTS;
            kept[..slots.len()].copy_from_slice(slots);
            let arguments = Arguments { from: *self.caller, convention: self.convention, slots: kept };
            state.tasks.keep_arguments(task, arguments);
        }
        Ok(subtask)
    }

    /// Ends the callee if it is the reason why arguments did not reach it. Otherwise takes back the call.
    #[cold]
    fn not_entered<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        called: Called,
        NotCopied { error, is_of_target }: NotCopied,
    ) -> Error {
        // Within one root instance, both have trapped.
        if self.crosses_roots {
            if is_of_target {
                self.end_callee(cx);
            } else {
                turn::take_back(cx, called);
            }
        }
        error
    }
}

/// Checks the flat values in slots, and makes them canonical.
#[inline]
fn convert(scalars: &[Scalar], slots: &mut [u64]) -> Result<(), Error> {
    for (slot, scalar) in slots.iter_mut().zip(scalars) {
        *slot = scalar.convert(*slot)?;
    }
    Ok(())
}
