//! Guest → host: functions that a host provides, typed and dynamic (`CanonicalABI.md#canon-lower`).

use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::codes::CallStatus;
use witwright_abi_runtime::desc::FuncDesc;
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::{Convention, FuncAbi};
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::dynamic::Values;
use crate::call::entry::{close_scope, open_scope};
use crate::call::transfer::Transfer;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::ScopeIndex;
use crate::lifted::CallSite;
use crate::store::linked::HostFunc;
use crate::store::{AsContextMut, StoreContextMut};
use crate::val::Val;

impl<E: CoreEngine> CallSite<E> {
    /// The address that the caller gives for a result in memory.
    #[inline]
    fn out_ptr(&self, func: &FuncAbi, slots: &[u64]) -> Option<u32> {
        func.out_pointer(self.convention).map(|place| slots[place] as u32)
    }

    fn transfer(&self, scope: Option<ScopeIndex>) -> Transfer<'_, E> {
        Transfer { options: self.options, bindings: &self.bindings, scope }
    }
}

impl<T: 'static, E: CoreEngine> HostFunc<T, E> {
    /// Answers a call of a guest.
    #[inline]
    pub(crate) fn call(
        &self,
        mut cx: StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        slots: &mut [u64],
    ) -> Result<(), Error> {
        cx.state().tables.check_may_leave(site.options.table)?;
        (self.call)(cx.as_context_mut(), site, slots)?;
        if site.convention == Convention::LowerAsync {
            slots[0] = CallStatus::Returned.pack().into();
        }
        Ok(())
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
            let out_ptr = site.out_ptr(&const { FuncAbi { params: P::ABI, result: R::ABI } }, slots);
            let params: P = transfer.lift(cx, site.convention.max_flat_params(), slots)?;
            let result = f(cx.as_context_mut(), params)?;
            transfer.lower(cx, &result, site.convention.max_flat_results(), &mut FlatWriter::new(slots), out_ptr)
        })
    };
    HostFunc { desc, rust: Some((P::DESC, R::DESC)), exported: None, call: Arc::new(call) }
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
            let out_ptr = site.out_ptr(&func.abi, slots);
            let resources = cx.state().root(site.root).resources.clone();
            let values = Values::new(component.plan(), &resources);
            let params: Vec<Val> =
                transfer.with_lift_view(cx, |view| values.lift_params(view, func, site.convention, slots))?;
            let result = f(cx.as_context_mut(), &params)?;
            transfer.with_lower_view(cx, |view| values.lower_result(view, func, result.as_ref(), slots, out_ptr))
        })
    };
    HostFunc { desc: None, rust: None, exported: None, call: Arc::new(call) }
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
    let scope = open_scope(cx, true);
    let outcome = call(cx, &site.transfer(scope));
    close_scope(cx, scope);
    outcome
}
