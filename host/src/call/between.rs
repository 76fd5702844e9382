//! Guest → guest: a call between component instances of one store (`CanonicalABI.md#canon-lower`, `#canon-lift`).
//!
//! No value of the host's lies between. Functions of numbers alone need no pass: the slots of the caller's call are those of the callee's.

use alloc::boxed::Box;

use witwright_abi_runtime::codes::CallStatus;
use witwright_abi_runtime::flatten::{Convention, SLOTS};

use crate::call::context::{call_without_leaving, check_may_enter, fail};
use crate::call::passage::Passage;
use crate::call::task;
use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::ScopeIndex;
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::Receiver;
use crate::types::{FuncInfo, Scalar, TypeId, Types, ValType};

/// A function of one component instance as another one imports it.
pub(crate) struct Between<E: CoreEngine> {
    /// The component of the callee; the caller's types are equal.
    component: Component<E>,
    caller: LiftLowerOptions<E>,
    callee: GuestFunc<E>,
    /// How the caller has lowered it.
    convention: Convention,
    /// What to do with each flat parameter, then the result; nothing when values lie in memory or are handles.
    scalars: Option<Box<[Scalar]>>,
    /// Whether the callee belongs to another root instance than the caller, which a trap does not leave by itself.
    crosses_roots: bool,
}

impl<E: CoreEngine> Between<E> {
    pub(crate) fn new(
        component: Component<E>,
        caller: LiftLowerOptions<E>,
        callee: GuestFunc<E>,
        convention: Convention,
        crosses_roots: bool,
    ) -> Between<E> {
        let types = &component.plan().types;
        let func = &types[callee.ty];
        let parts = func.ty.params.iter().map(|(_, ty)| *ty).chain(func.ty.result);
        let sync = convention == Convention::Lower && !callee.async_;
        let plain = sync && !func.abi.params_in_memory(convention);
        let scalar = |ty: TypeId| if let ValType::Scalar(scalar) = types[ty].ty { Some(scalar) } else { None };
        let scalars = if plain { parts.map(scalar).collect() } else { None };
        Between { component, caller, callee, convention, scalars, crosses_roots }
    }

    /// Answers the caller: its parameters are in the slots, and so will its result be.
    #[inline]
    pub(crate) fn call<T: 'static>(&self, mut cx: StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<(), Error> {
        cx.state().tables.check_may_leave(self.caller.table)?;
        check_may_enter(&cx, self.callee.root)?;
        let thread = core::mem::take(&mut cx.state_mut().thread);
        let outcome = match &self.scalars {
            Some(scalars) => self.call_scalars(&mut cx, scalars, slots),
            None => self.call_values(&mut cx, slots),
        };
        cx.state_mut().thread = thread;
        match outcome {
            Err(error) if self.crosses_roots => Err(fail(&mut cx, self.callee.root, None, true, error)),
            outcome => outcome,
        }
    }

    fn call_scalars<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        scalars: &[Scalar],
        slots: &mut [u64],
    ) -> Result<(), Error> {
        let func = &self.component.plan().types[self.callee.ty];
        let (params, result) = scalars.split_at(func.ty.params.len());
        for (slot, scalar) in slots.iter_mut().zip(params) {
            *slot = scalar.convert(*slot)?;
        }
        let options = &self.callee.options;
        cx.domain(options.domain).call(self.callee.core, slots)?;
        let returned = slots.first().copied().unwrap_or_default();
        for (slot, scalar) in slots.iter_mut().zip(result) {
            *slot = scalar.convert(*slot)?;
        }
        match self.callee.post_return {
            Some(post_return) => call_without_leaving(cx, options, post_return, &mut [returned]),
            None => Ok(()),
        }
    }

    fn call_values<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<(), Error> {
        let types = &self.component.plan().types;
        let func = &types[self.callee.ty];
        let scope = func.borrows.then(|| cx.state_mut().tables.open_scope());
        let outcome = self.call_in_scope(cx, types, func, scope, slots);
        if let Some(scope) = scope {
            cx.state_mut().tables.close_scope(scope);
        }
        outcome
    }

    fn call_in_scope<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        types: &Types,
        func: &FuncInfo,
        scope: Option<ScopeIndex>,
        slots: &mut [u64],
    ) -> Result<(), Error> {
        let root = self.callee.root;
        let (caller, callee) = (self.caller, self.callee.options);
        let mut callee_slots = SLOTS;
        let out_ptr = func.abi.out_pointer(self.convention).map(|place| slots[place] as u32);
        let mut there = Passage::new(cx.as_context_mut(), (types, root), caller, callee, scope);
        there.params(func, self.convention, slots, &mut callee_slots)?;
        if self.callee.async_ {
            let receiver = Receiver::Guest { to: caller, out_ptr, slots: SLOTS };
            let receiver = task::run(cx, &self.callee, &self.component, scope, receiver, &mut callee_slots)?;
            if let (None, Receiver::Guest { slots: returned, .. }, [first, ..]) = (out_ptr, &receiver, &mut *slots) {
                *first = returned[0];
            }
        } else {
            cx.domain(callee.domain).call(self.callee.core, &mut callee_slots)?;
            let mut back = Passage::new(cx.as_context_mut(), (types, root), callee, caller, scope);
            back.result(func, &callee_slots, (slots, out_ptr))?;
            if let Some(scope) = scope {
                cx.state().tables.check_borrows(scope)?;
            }
            if let Some(post_return) = self.callee.post_return {
                call_without_leaving(cx, &callee, post_return, &mut callee_slots)?;
            }
        }
        if self.convention == Convention::LowerAsync {
            slots[0] = CallStatus::Returned.pack().into();
        }
        Ok(())
    }
}
