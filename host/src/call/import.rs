//! Guest → host: functions that a host provides, typed and dynamic (`CanonicalABI.md#canon-lower`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;
use witwright_abi_runtime::codes::CallStatus;
use witwright_abi_runtime::desc::FuncDesc;
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::{Convention, FuncAbi};
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::dynamic::Values;
use crate::call::guest_side::GuestSide;
use crate::call::host_task;
use crate::component::display_name;
use crate::component::plan::{ImportFunc, ImportIndex};
use crate::engine::{CoreEngine, Flow};
use crate::error::{Error, UnknownImport};
use crate::ids::{ScopeIndex, WaitableId};
use crate::lifted::{CallSite, CalleeName, Memory};
use crate::store::host_tasks::HostSubtask;
use crate::store::linked::{HostFunc, HostFuture};
use crate::store::{Access, AsContextMut, StoreContextMut};
use crate::types::FuncInfo;
use crate::types::reflect::FuncType;
use crate::val::Val;

impl<E: CoreEngine> CallSite<E> {
    /// The address that the caller passes for a result in memory.
    #[inline]
    fn out_ptr(&self, func: &FuncAbi, slots: &[u64]) -> Option<u32> {
        func.out_pointer(self.convention).map(|place| slots[place] as u32)
    }

    /// Adds the function's name to the error of a call.
    #[cold]
    fn named(&self, error: Error) -> Error {
        let plan = self.component.plan();
        let name = match self.callee {
            // The error has the name.
            _ if error.downcast_host::<UnknownImport>().is_some() => return error,
            CalleeName::Import(ImportIndex(index)) => {
                let ImportFunc { interface, name, .. } = &plan.import_funcs[index as usize];
                display_name(interface.as_deref(), name)
            }
            CalleeName::Destructor(slot) => plan.destructor_name(slot),
            CalleeName::Export => return error,
        };
        error.within(name + " of the host")
    }

    fn side(&self, scope: Option<ScopeIndex>) -> GuestSide<'_> {
        GuestSide { options: self.options, bindings: &self.bindings, scope }
    }

    /// Passes the result of a call that has waited to the caller: the call has returned.
    fn pass_result<T: 'static, V: CalleeValues>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        HostSubtask { id, scope, .. }: HostSubtask,
        result: &V::Result,
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        let mut flat = [0];
        V::lower(cx, self, &self.side(scope), result, &mut flat, out_ptr)?;
        let state = cx.state_mut();
        state.tasks.set_flat_result(id, flat[0]);
        state.tables.machine.subtask_returned(id);
        Ok(())
    }
}

impl<T: 'static, E: CoreEngine> HostFunc<T, E> {
    /// Answers a call of a guest.
    #[inline]
    pub(crate) fn call(
        &self,
        mut cx: StoreContextMut<'_, T, E>,
        site: &Arc<CallSite<E>>,
        slots: &mut [u64],
    ) -> Result<Flow, Error> {
        cx.state().tables.machine.check_may_leave(site.options.instance)?;
        (self.body)(cx.as_context_mut(), site, slots).map_err(|error| site.named(error))
    }
}

/// The answer to a call that has returned at once.
#[inline]
fn returned<E: CoreEngine>(site: &CallSite<E>, slots: &mut [u64]) -> Flow {
    if site.convention == Convention::LowerAsync {
        slots[0] = CallStatus::Returned.pack().into();
    }
    Flow::Return
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
    let body = move |mut cx: StoreContextMut<'_, T, E>, site: &Arc<CallSite<E>>, slots: &mut [u64]| {
        in_scope(&mut cx, site, |cx, side| {
            let out_ptr = site.out_ptr(&const { FuncAbi { params: P::ABI, result: R::ABI } }, slots);
            let params: P = side.lift(cx, site.convention.max_flat_params(), slots)?;
            let result = f(cx.as_context_mut(), params)?;
            side.lower(cx, &result, site.convention.max_flat_results(), &mut FlatWriter::new(slots), out_ptr)
        })?;
        Ok(returned(site, slots))
    };
    HostFunc { desc, rust: Some((P::DESC, R::DESC)), exported: None, body: Arc::new(body), waits: false }
}

/// The values of a host function that may wait: typed and dynamic functions differ in how these are lifted and lowered, and in
/// nothing else.
trait CalleeValues: 'static {
    type Params;
    type Result: Send;

    /// The address that the caller passes for a result in memory.
    fn out_ptr<E: CoreEngine>(site: &CallSite<E>, slots: &[u64]) -> Option<u32>;

    fn lift<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        side: &GuestSide<'_>,
        slots: &[u64],
    ) -> Result<Self::Params, Error>;

    fn lower<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        side: &GuestSide<'_>,
        result: &Self::Result,
        slots: &mut [u64],
        out_ptr: Option<u32>,
    ) -> Result<(), Error>;
}

/// Values of Rust types.
struct Typed<P, R>(PhantomData<(P, R)>);

impl<P: Lift + 'static, R: Lower + Send + 'static> CalleeValues for Typed<P, R> {
    type Params = P;
    type Result = R;

    #[inline]
    fn out_ptr<E: CoreEngine>(site: &CallSite<E>, slots: &[u64]) -> Option<u32> {
        site.out_ptr(&const { FuncAbi { params: P::ABI, result: R::ABI } }, slots)
    }

    #[inline]
    fn lift<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        side: &GuestSide<'_>,
        slots: &[u64],
    ) -> Result<P, Error> {
        side.lift(cx, site.convention.max_flat_params(), slots)
    }

    #[inline]
    fn lower<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        side: &GuestSide<'_>,
        result: &R,
        slots: &mut [u64],
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        side.lower(cx, result, site.convention.max_flat_results(), &mut FlatWriter::new(slots), out_ptr)
    }
}

/// Values of the types of the component whose import the function is.
struct Dynamic;

impl<E: CoreEngine> CallSite<E> {
    /// The type of the import.
    fn func(&self) -> &FuncInfo {
        let Some(ty) = self.ty else { unreachable!("destructors are typed functions") };
        &self.component.plan().types[ty]
    }

    /// The type of the import, for dynamic functions.
    fn reflected(&self) -> &Arc<FuncType> {
        let Some(ty) = self.ty else { unreachable!("destructors are typed functions") };
        self.reflected.get_or_init(|| Box::new(Arc::new(self.component.plan().types.reflect_func(ty))))
    }
}

impl CalleeValues for Dynamic {
    type Params = Vec<Val>;
    type Result = Option<Val>;

    fn out_ptr<E: CoreEngine>(site: &CallSite<E>, slots: &[u64]) -> Option<u32> {
        site.out_ptr(&site.func().abi, slots)
    }

    fn lift<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        side: &GuestSide<'_>,
        slots: &[u64],
    ) -> Result<Vec<Val>, Error> {
        let resources = cx.state().root(site.root).resources.clone();
        let values = Values::new(site.component.plan(), &resources, site.root);
        side.with_lift_view(cx, |view| values.lift_params(view, site.func(), site.convention, slots))
    }

    fn lower<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
        side: &GuestSide<'_>,
        result: &Option<Val>,
        slots: &mut [u64],
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        let resources = cx.state().root(site.root).resources.clone();
        let values = Values::new(site.component.plan(), &resources, site.root);
        side.with_lower_view(cx, |view| values.lower_result(view, site.func(), result.as_ref(), slots, out_ptr))
    }
}

/// A function of Rust types that may wait.
pub(crate) fn typed_async<T, E, P, R, F>(
    desc: Option<&'static FuncDesc>,
    f: impl Fn(Access<T, E>, P) -> F + Send + Sync + 'static,
) -> HostFunc<T, E>
where
    T: Send + 'static,
    E: CoreEngine,
    P: Lift + 'static,
    R: Lower + Send + 'static,
    F: Future<Output = Result<R, Error>> + Send + 'static,
{
    HostFunc {
        desc,
        rust: Some((P::DESC, R::DESC)),
        ..waiting::<T, E, Typed<P, R>, F>(move |access, _, params| f(access, params))
    }
}

/// A function of dynamic values that may wait.
pub(crate) fn dynamic_async<T, E, F>(
    f: impl Fn(Access<T, E>, Arc<FuncType>, Vec<Val>) -> F + Send + Sync + 'static,
) -> HostFunc<T, E>
where
    T: Send + 'static,
    E: CoreEngine,
    F: Future<Output = Result<Option<Val>, Error>> + Send + 'static,
{
    waiting::<T, E, Dynamic, F>(move |access, site, params| f(access, site.reflected().clone(), params))
}

fn waiting<T, E, V, F>(f: impl Fn(Access<T, E>, &CallSite<E>, V::Params) -> F + Send + Sync + 'static) -> HostFunc<T, E>
where
    T: Send + 'static,
    E: CoreEngine,
    V: CalleeValues,
    F: Future<Output = Result<V::Result, Error>> + Send + 'static,
{
    let body = move |mut cx: StoreContextMut<'_, T, E>, site: &Arc<CallSite<E>>, slots: &mut [u64]| {
        let out_ptr = V::out_ptr(site, slots);
        let lending = if site.lends { Some(Lending::begin(&mut cx, site)?) } else { None };
        let scope = lending.as_ref().map(|lending| lending.scope);
        let params = V::lift(&mut cx, site, &site.side(scope), slots);
        let params = params.inspect_err(|_| host_task::end_lending(&mut cx, scope))?;
        let future = f(cx.access(), site, params);
        let mut called = Box::pin(Called::<F, E, V> { future, waiting: None, values: PhantomData });
        let state = cx.state_mut();
        let waker = state.host_tasks.waker(&state.tables.signal);
        match cx.poll(|| called.as_mut().project().future.poll(&mut Context::from_waker(&waker.waker()))) {
            Poll::Ready(result) => {
                drop(called);
                cx.state_mut().host_tasks.take_back(waker);
                let lowered =
                    result.and_then(|result| V::lower(&mut cx, site, &site.side(scope), &result, slots, out_ptr));
                if let Some(lending) = lending {
                    lending.end(&mut cx);
                }
                lowered.map(|()| returned(site, slots))
            }
            Poll::Pending => {
                *called.as_mut().project().waiting = Some(Waiting { site: site.clone(), out_ptr });
                let lent = lending.and_then(|Lending { scope, subtask }| Some((scope, subtask?)));
                host_task::wait_for(&mut cx, site, lent, called, waker, slots)
            }
        }
    };
    HostFunc { desc: None, rust: None, exported: None, body: Arc::new(body), waits: true }
}

pin_project! {
    /// The future of a call of a host function that may wait.
    struct Called<F, E: CoreEngine, V> {
        #[pin]
        future: F,
        waiting: Option<Waiting<E>>,
        values: PhantomData<fn() -> V>,
    }
}

/// The place that a result is lowered to when it comes; `None` until the call waits.
struct Waiting<E: CoreEngine> {
    site: Arc<CallSite<E>>,
    out_ptr: Option<u32>,
}

impl<T, E, F, V> HostFuture<T, E> for Called<F, E, V>
where
    T: 'static,
    E: CoreEngine,
    V: CalleeValues,
    F: Future<Output = Result<V::Result, Error>> + Send,
{
    fn poll(
        self: Pin<&mut Self>,
        cx: &mut StoreContextMut<'_, T, E>,
        poll: &mut Context<'_>,
        key: u64,
    ) -> Poll<Result<(), Error>> {
        let called = self.project();
        let Poll::Ready(result) = cx.poll(|| called.future.poll(poll)) else { return Poll::Pending };
        // The outcome of a call that has ended meanwhile is not needed.
        let Some(task) = cx.state_mut().host_tasks.remove(key) else { return Poll::Ready(Ok(())) };
        let (Some(Waiting { site, out_ptr }), Some(call)) = (called.waiting, task.subtask) else {
            unreachable!("a call that waits is a subtask, and its result has a place")
        };
        let outcome = result.and_then(|result| site.pass_result::<T, V>(cx, call, &result, *out_ptr));
        host_task::end_lending(cx, call.scope);
        Poll::Ready(outcome.map_err(|error| site.named(error)))
    }
}

/// A function of dynamic values.
pub(crate) fn dynamic<T, E>(
    f: impl Fn(StoreContextMut<'_, T, E>, &FuncType, &[Val]) -> Result<Option<Val>, Error> + Send + Sync + 'static,
) -> HostFunc<T, E>
where
    T: 'static,
    E: CoreEngine,
{
    let body = move |mut cx: StoreContextMut<'_, T, E>, site: &Arc<CallSite<E>>, slots: &mut [u64]| {
        in_scope(&mut cx, site, |cx, side| {
            let out_ptr = Dynamic::out_ptr(site, slots);
            let params = Dynamic::lift(cx, site, side, slots)?;
            let result = f(cx.as_context_mut(), site.reflected(), &params)?;
            Dynamic::lower(cx, site, side, &result, slots, out_ptr)
        })?;
        Ok(returned(site, slots))
    };
    HostFunc { desc: None, rust: None, exported: None, body: Arc::new(body), waits: false }
}

/// Runs a call, in a scope of its own when it lends.
#[inline]
fn in_scope<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    site: &CallSite<E>,
    call: impl FnOnce(&mut StoreContextMut<'_, T, E>, &GuestSide<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let lending = if site.lends { Some(Lending::begin(cx, site)?) } else { None };
    // The only call of the closure, so that it is inlined.
    let outcome = call(cx, &site.side(lending.as_ref().map(|lending| lending.scope)));
    if let Some(lending) = lending {
        lending.end(cx);
    }
    outcome
}

/// A call that lends.
struct Lending {
    scope: ScopeIndex,
    /// The call, as its caller knows it; `None` if the caller is the host.
    subtask: Option<WaitableId>,
}

impl Lending {
    #[inline(never)]
    fn begin<T: 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        site: &CallSite<E>,
    ) -> Result<Lending, Error> {
        let tables = &mut cx.state_mut().tables;
        let subtask = match site.options.memory {
            Memory::Guest { .. } => Some(tables.machine.call_host(site.options.instance)?),
            Memory::HostToHost(_) => None,
        };
        Ok(Lending { scope: tables.open_scope(subtask, None), subtask })
    }

    #[inline(never)]
    fn end<T: 'static, E: CoreEngine>(self, cx: &mut StoreContextMut<'_, T, E>) {
        let tables = &mut cx.state_mut().tables;
        tables.close_scope(self.scope);
        if let Some(subtask) = self.subtask {
            tables.machine.subtask_started(subtask);
            tables.machine.subtask_returned(subtask);
            tables.machine.end_returned_call(subtask);
        }
    }
}
