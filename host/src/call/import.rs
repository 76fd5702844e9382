//! Guest → host: functions that a host provides, typed and dynamic (`CanonicalABI.md#canon-lower`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::{FuncDesc, TypeDesc};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::layout::{MAX_FLAT_PARAMS, MAX_FLAT_RESULTS};
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::context::Transfer;
use crate::call::dynamic::Values;
use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::ScopeIndex;
use crate::mismatch::Problem;
use crate::state::{Binding, LiftLowerOptions, RootIndex};
use crate::store::{AsContextMut, StoreContextMut};
use crate::types::FuncTypeId;
use crate::types::compare::{Comparison, Expected};
use crate::val::Val;

/// A function that a host provides.
pub(crate) struct HostFunc<T: 'static, E: CoreEngine> {
    /// Its type as a world has it, when it is known.
    desc: Option<&'static FuncDesc>,
    /// Its type as Rust has it: parameters and result. Nothing for a dynamic function.
    rust: Option<(&'static TypeDesc, &'static TypeDesc)>,
    call: Arc<HostCall<T, E>>,
}

/// Lifts the parameters from the slots, runs the function, and lowers the result to the slots.
type HostCall<T, E> = dyn Fn(StoreContextMut<'_, T, E>, &CallSite<E>, &mut [u64]) -> Result<(), Error> + Send + Sync;

/// An import of a component instance, resolved.
pub(crate) struct CallSite<E: CoreEngine> {
    pub(crate) component: Component<E>,
    pub(crate) root: RootIndex,
    pub(crate) options: LiftLowerOptions<E>,
    pub(crate) ty: FuncTypeId,
    pub(crate) bindings: Box<[Binding]>,
    /// Whether its type lends handles.
    pub(crate) lends: bool,
}

impl<E: CoreEngine> CallSite<E> {
    fn transfer(&self, scope: Option<ScopeIndex>) -> Transfer<'_, E> {
        Transfer { options: self.options, bindings: &self.bindings, scope }
    }
}

impl<T: 'static, E: CoreEngine> HostFunc<T, E> {
    /// Compares its type with that of an import.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn compare(
        &self,
        comparison: &mut Comparison<'_>,
        ty: FuncTypeId,
        expected: Expected,
    ) -> Result<(), Problem> {
        if let Some(desc) = self.desc {
            comparison.func(ty, desc, expected)?;
        }
        match self.rust {
            Some((params, result)) => comparison.rust(ty, params, result, expected),
            None => Ok(()),
        }
    }

    /// Answers a call of a guest.
    #[inline]
    pub(crate) fn call(
        &self,
        mut cx: StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        slots: &mut [u64],
    ) -> Result<(), Error> {
        cx.state().tables.check_may_leave(site.options.table)?;
        (self.call)(cx.as_context_mut(), site, slots)
    }
}

impl<T: 'static, E: CoreEngine> Clone for HostFunc<T, E> {
    fn clone(&self) -> Self {
        HostFunc { desc: self.desc, rust: self.rust, call: self.call.clone() }
    }
}

/// A function of Rust types.
pub(crate) fn typed<T, E, P, R>(
    desc: Option<&'static FuncDesc>,
    f: impl Fn(StoreContextMut<'_, T, E>, P) -> Result<R, Error> + Send + Sync + 'static,
) -> HostFunc<T, E>
where
    T: 'static,
    E: CoreEngine,
    P: Lift + 'static,
    R: Lower + 'static,
{
    let call = move |mut cx: StoreContextMut<'_, T, E>, site: &CallSite<E>, slots: &mut [u64]| {
        in_scope(&mut cx, site, |cx, transfer| {
            let out_ptr = out_ptr(P::ABI.flat.len(), R::ABI.flat.len(), slots);
            let params: P = transfer.lift(cx, MAX_FLAT_PARAMS, slots)?;
            let result = f(cx.as_context_mut(), params)?;
            transfer.lower(cx, &result, MAX_FLAT_RESULTS, &mut FlatWriter::new(slots), out_ptr)
        })
    };
    HostFunc { desc, rust: Some((P::DESC, R::DESC)), call: Arc::new(call) }
}

/// A function of dynamic values.
pub(crate) fn dynamic<T, E>(
    f: impl Fn(StoreContextMut<'_, T, E>, &[Val]) -> Result<Option<Val>, Error> + Send + Sync + 'static,
) -> HostFunc<T, E>
where
    T: 'static,
    E: CoreEngine,
{
    let call = move |mut cx: StoreContextMut<'_, T, E>, site: &CallSite<E>, slots: &mut [u64]| {
        let component = site.component.clone();
        let func = &component.plan().types[site.ty];
        in_scope(&mut cx, site, |cx, transfer| {
            let out_ptr = out_ptr(func.params.flat.len(), func.result.flat.len(), slots);
            let values = Values::new(cx, component.plan(), site.root);
            let params: Vec<Val> = transfer.with_lift_view(cx, |view| values.lift_params(view, func, slots))?;
            let result = f(cx.as_context_mut(), &params)?;
            transfer.with_lower_view(cx, |view| values.lower_result(view, func, result.as_ref(), slots, out_ptr))
        })
    };
    HostFunc { desc: None, rust: None, call: Arc::new(call) }
}

/// The address for a result that travels in memory: the slot after the parameters.
#[inline]
fn out_ptr(params_flat: usize, result_flat: usize, slots: &[u64]) -> Option<u32> {
    let params = if params_flat > MAX_FLAT_PARAMS { 1 } else { params_flat };
    (result_flat > MAX_FLAT_RESULTS).then(|| slots[params] as u32)
}

/// Runs a call in a scope of its own when it lends.
#[inline]
fn in_scope<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    site: &CallSite<E>,
    call: impl FnOnce(&mut StoreContextMut<'_, T, E>, &Transfer<'_, E>) -> Result<(), Error>,
) -> Result<(), Error> {
    if !site.lends {
        return call(cx, &site.transfer(None));
    }
    let scope = cx.state_mut().tables.open_scope();
    let outcome = call(cx, &site.transfer(Some(scope)));
    cx.state_mut().tables.close_scope(scope);
    outcome
}
