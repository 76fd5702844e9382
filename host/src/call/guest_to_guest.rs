//! Guest → guest: a call between component instances of one store (`CanonicalABI.md#canon-lower`, `#canon-lift`).
//!
//! Values are copied from memory to memory. Functions of numbers alone need no copy: the slots of the caller's call are those
//! of the callee's.

use alloc::boxed::Box;

use witwright_abi_runtime::codes::CallStatus;
use witwright_abi_runtime::flatten::{Convention, SLOTS};

use crate::call::copier::{Copier, LowerResult, Route};
use crate::call::entry::{call_without_leaving, check_may_enter, close_scope, on_new_thread, open_scope, poison};
use crate::call::task;
use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::ScopeIndex;
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::{Receiver, Returned};
use crate::types::{FuncInfo, Scalar, TypeId, Types, ValType};

/// A function of one component instance as another one imports it.
pub(crate) struct GuestToGuest<E: CoreEngine> {
    /// The component of the callee; the caller's types are equal.
    component: Component<E>,
    caller: LiftLowerOptions<E>,
    callee: GuestFunc<E>,
    /// How the caller has lowered it.
    convention: Convention,
    /// The types of the flat parameters, then of the result, if the function has numbers alone; else `None`.
    scalars: Option<Box<[Scalar]>>,
    /// Whether the callee belongs to another root instance than the caller: whoever entered the caller's marks only that one
    /// after a trap.
    crosses_roots: bool,
}

impl<E: CoreEngine> GuestToGuest<E> {
    pub(crate) fn new(
        component: Component<E>,
        caller: LiftLowerOptions<E>,
        callee: GuestFunc<E>,
        convention: Convention,
        crosses_roots: bool,
    ) -> GuestToGuest<E> {
        let types = &component.plan().types;
        let func = &types[callee.ty];
        let parts = func.ty.params.iter().map(|(_, ty)| *ty).chain(func.ty.result);
        let sync = convention == Convention::Lower && !callee.async_;
        let plain = sync && !func.abi.params_in_memory(convention);
        let scalar = |ty: TypeId| if let ValType::Scalar(scalar) = types[ty].ty { Some(scalar) } else { None };
        let scalars = if plain { parts.map(scalar).collect() } else { None };
        GuestToGuest { component, caller, callee, convention, scalars, crosses_roots }
    }

    /// Answers the caller: its parameters are in the slots, and so will its result be.
    #[inline]
    pub(crate) fn call<T: 'static>(&self, mut cx: StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<(), Error> {
        cx.state().tables.check_may_leave(self.caller.table)?;
        check_may_enter(&cx, self.callee.root)?;
        let outcome = on_new_thread(&mut cx, |cx| match &self.scalars {
            Some(scalars) => self.call_scalars(cx, scalars, slots),
            None => self.call_values(cx, slots),
        });
        if outcome.is_err() && self.crosses_roots {
            poison(&mut cx, self.callee.root);
        }
        outcome
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
        cx.domain(self.callee.domain).call(self.callee.core, slots)?;
        let returned = slots.first().copied().unwrap_or_default();
        for (slot, scalar) in slots.iter_mut().zip(result) {
            *slot = scalar.convert(*slot)?;
        }
        match self.callee.post_return {
            Some(post_return) => call_without_leaving(cx, self.callee.place(), post_return, &mut [returned]),
            None => Ok(()),
        }
    }

    fn call_values<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, slots: &mut [u64]) -> Result<(), Error> {
        let types = &self.component.plan().types;
        let func = &types[self.callee.ty];
        let scope = open_scope(cx, func.borrows);
        let outcome = self.call_in_scope(cx, types, func, scope, slots);
        close_scope(cx, scope);
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
        let route = Route { types, root: self.callee.root, from: self.caller, to: self.callee.options, scope };
        let mut callee_slots = SLOTS;
        let out_ptr = func.abi.out_pointer(self.convention).map(|place| slots[place] as u32);
        Copier::new(cx.as_context_mut(), route).params(func, self.convention, slots, &mut callee_slots)?;
        if self.callee.async_ {
            let receiver = Receiver::Guest { to: self.caller, out_ptr };
            match task::run(cx, &self.callee, scope, receiver, &mut callee_slots)? {
                Returned::Guest(flat) if out_ptr.is_none() => slots.iter_mut().take(1).for_each(|slot| *slot = flat),
                Returned::Guest(_) | Returned::Host(_) => {}
            }
        } else {
            cx.domain(self.callee.domain).call(self.callee.core, &mut callee_slots)?;
            let back = Route { types, root: self.callee.root, from: self.callee.options, to: self.caller, scope };
            let to_caller = out_ptr.map_or(LowerResult::Flat(slots), LowerResult::Memory);
            Copier::new(cx.as_context_mut(), back).result(func, &callee_slots, to_caller)?;
            if let Some(scope) = scope {
                cx.state().tables.check_borrows(scope)?;
            }
            if let Some(post_return) = self.callee.post_return {
                call_without_leaving(cx, self.callee.place(), post_return, &mut callee_slots)?;
            }
        }
        if self.convention == Convention::LowerAsync {
            slots[0] = CallStatus::Returned.pack().into();
        }
        Ok(())
    }
}
