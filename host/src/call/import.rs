//! Guest → host: functions that a host provides, typed and dynamic (`CanonicalABI.md#canon-lower`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::codes::CallStatus;
use witwright_abi_runtime::desc::{FuncDesc, TypeDesc};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::{Convention, FuncAbi};
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::context::Transfer;
use crate::call::dynamic::Values;
use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::ScopeIndex;
use crate::linker::{GuestType, ProvidedResource};
use crate::mismatch::Problem;
use crate::state::{Binding, Bound, LiftLowerOptions, RootIndex};
use crate::store::{AsContextMut, StoreContextMut};
use crate::types::FuncTypeId;
use crate::types::compare::Comparison;
use crate::types::shape::{FuncShape, TypeRef};
use crate::val::Val;

/// A function that a host provides.
pub(crate) struct HostFunc<T, E: CoreEngine> {
    /// Its type as a world has it, when it is known.
    desc: Option<&'static FuncDesc>,
    /// Its type as Rust has it: parameters and result. Nothing for a dynamic function.
    rust: Option<(&'static TypeDesc, &'static TypeDesc)>,
    /// Its type as a component has it that exports it.
    exported: Option<GuestType<T, E, FuncTypeId>>,
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
    /// How the function is lowered.
    pub(crate) convention: Convention,
}

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
    /// The same function, of the type that a component exports it with.
    pub(crate) fn typed_as(&self, ty: GuestType<T, E, FuncTypeId>) -> HostFunc<T, E> {
        HostFunc { exported: Some(ty), ..self.clone() }
    }

    /// Compares its type with that of an import, and learns which resources of the component those of its type are.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn compare(
        &self,
        expected: &FuncShape<'_, TypeRef<'_>>,
        resources: &[Option<ProvidedResource<T, E>>],
        bound: &mut Bound,
    ) -> Result<(), Problem> {
        if let Some(desc) = self.desc {
            Comparison::new(|slot, desc| bound.is(slot, desc)).func(expected, &FuncShape::of_world(desc))?;
        }
        if let Some((params, result)) = self.rust
            && let Some(rust) = FuncShape::of_rust(params, result)
        {
            Comparison::new(|slot, desc| bound.is(slot, desc)).func(expected, &rust)?;
        }
        self.exported.as_ref().map_or(Ok(()), |ty| ty.compare(expected, resources))
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
        (self.call)(cx.as_context_mut(), site, slots)?;
        if site.convention == Convention::LowerAsync {
            slots[0] = CallStatus::Returned.pack().into();
        }
        Ok(())
    }
}

impl<T, E: CoreEngine> Clone for HostFunc<T, E> {
    fn clone(&self) -> Self {
        HostFunc { desc: self.desc, rust: self.rust, exported: self.exported.clone(), call: self.call.clone() }
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
            let values = Values::new(cx, component.plan(), site.root);
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
    let scope = cx.state_mut().tables.open_scope();
    let outcome = call(cx, &site.transfer(Some(scope)));
    cx.state_mut().tables.close_scope(scope);
    outcome
}
