//! The values of calls by the host: typed and dynamic calls differ in how these are lowered and lifted, and in nothing else.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::any::Any;
use core::marker::PhantomData;

use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::{Convention, Slots};
use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_abi_runtime::view::{LiftView, LowerView};

use crate::call::dynamic::Values;
use crate::call::guest_side::GuestCx;
use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::CallHandles;
use crate::ids::{Func, ResourceType, RootIndex};
use crate::store::StoreContextMut;
use crate::task::LiftResult;
use crate::types::{FuncInfo, FuncTypeId};
use crate::val::Val;

/// The values of one call by the host.
pub(super) trait CallValues {
    type Result: Send + 'static;

    /// Lowers the parameters to the slots.
    fn lower<T: 'static, E: CoreEngine>(
        &self,
        view: &mut LowerView<'_, GuestCx<'_, T, E>>,
        slots: &mut Slots,
    ) -> Result<(), Error>;

    /// Lifts the result; `convention` is the way in which the function is lifted.
    fn lift(
        &self,
        view: &mut LiftView<'_, CallHandles<'_>>,
        convention: Convention,
        flat: &[u64],
    ) -> Result<Self::Result, Error>;

    /// A function that lifts the result when the task returns it.
    fn lift_later(&self) -> LiftResult;
}

/// Values of Rust types.
pub(super) struct TypedValues<'a, P, R> {
    params: &'a P,
    result: PhantomData<fn() -> R>,
}

impl<'a, P, R> TypedValues<'a, P, R> {
    pub(super) fn new(params: &'a P) -> Self {
        TypedValues { params, result: PhantomData }
    }
}

impl<P: Lower, R: Lift + Send + 'static> CallValues for TypedValues<'_, P, R> {
    type Result = R;

    #[inline]
    fn lower<T: 'static, E: CoreEngine>(
        &self,
        view: &mut LowerView<'_, GuestCx<'_, T, E>>,
        slots: &mut Slots,
    ) -> Result<(), Error> {
        view.lower_values(self.params, Convention::Lift.max_flat_params(), &mut FlatWriter::new(slots), None)
    }

    #[inline]
    fn lift(&self, view: &mut LiftView<'_, CallHandles<'_>>, convention: Convention, flat: &[u64]) -> Result<R, Error> {
        view.lift_values(convention.max_flat_results(), flat)
    }

    fn lift_later(&self) -> LiftResult {
        Box::new(|view, convention, flat| {
            let result: R = view.lift_values(convention.max_flat_results(), flat)?;
            Ok(Box::new(result) as Box<dyn Any + Send>)
        })
    }
}

/// Dynamic values, by the types of a component.
pub(super) struct DynamicValues<'a, E: CoreEngine> {
    component: Component<E>,
    ty: FuncTypeId,
    /// The runtime resource types of the instance, by slot.
    resources: Vec<ResourceType>,
    root: RootIndex,
    params: &'a [Val],
}

impl<'a, F: CoreEngine> DynamicValues<'a, F> {
    /// The values of a call of a function.
    pub(super) fn of<T: 'static>(
        cx: &StoreContextMut<'_, T, F>,
        func: Func,
        params: &'a [Val],
    ) -> Result<DynamicValues<'a, F>, Error> {
        let data = cx.state().func(func)?;
        let (ty, root) = (data.ty(), data.root());
        let instance = cx.state().root(root);
        let (component, resources) = (instance.component().clone(), instance.resources.clone());
        Ok(DynamicValues { component, ty, resources, root, params })
    }

    fn values(&self) -> (Values<'_>, &FuncInfo) {
        let plan = self.component.plan();
        (Values::new(plan, &self.resources, self.root), &plan.types[self.ty])
    }
}

impl<F: CoreEngine> CallValues for DynamicValues<'_, F> {
    type Result = Option<Val>;

    fn lower<T: 'static, E: CoreEngine>(
        &self,
        view: &mut LowerView<'_, GuestCx<'_, T, E>>,
        slots: &mut Slots,
    ) -> Result<(), Error> {
        let (values, func) = self.values();
        values.lower_params(view, func, self.params, slots)
    }

    fn lift(
        &self,
        view: &mut LiftView<'_, CallHandles<'_>>,
        convention: Convention,
        flat: &[u64],
    ) -> Result<Option<Val>, Error> {
        let (values, func) = self.values();
        values.lift_result(view, func, convention, flat)
    }

    fn lift_later(&self) -> LiftResult {
        let (component, resources) = (self.component.clone(), self.resources.clone());
        let later = DynamicValues { component, ty: self.ty, resources, root: self.root, params: &[] };
        Box::new(move |view, convention, flat| Ok(Box::new(later.lift(view, convention, flat)?) as Box<dyn Any + Send>))
    }
}
