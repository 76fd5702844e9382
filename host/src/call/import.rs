//! Guest → host: functions that a host provides, typed and dynamic (`CanonicalABI.md#canon-lower`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::future::Future;
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
use crate::engine::{CoreEngine, Flow};
use crate::error::Error;
use crate::ids::{ScopeIndex, WaitableId};
use crate::lifted::{CallSite, Memory};
use crate::store::host_tasks::HostSubtask;
use crate::store::linked::{HostFunc, HostFuture};
use crate::store::{Access, AsContextMut, StoreContextMut};
use crate::val::Val;

impl<E: CoreEngine> CallSite<E> {
    /// The address that the caller passes for a result in memory.
    #[inline]
    fn out_ptr(&self, func: &FuncAbi, slots: &[u64]) -> Option<u32> {
        func.out_pointer(self.convention).map(|place| slots[place] as u32)
    }

    fn side(&self, scope: Option<ScopeIndex>) -> GuestSide<'_> {
        GuestSide { options: self.options, bindings: &self.bindings, scope }
    }

    /// Passes the result of a call that has waited to the caller: the call has returned.
    fn pass_result<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        HostSubtask { id, scope, .. }: HostSubtask,
        result: &impl Lower,
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        let mut flat = [0];
        let mut writer = FlatWriter::new(&mut flat);
        self.side(scope).lower(cx, result, self.convention.max_flat_results(), &mut writer, out_ptr)?;
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
        (self.body)(cx.as_context_mut(), site, slots)
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
    let body = move |mut cx: StoreContextMut<'_, T, E>, site: &Arc<CallSite<E>>, slots: &mut [u64]| {
        let out_ptr = site.out_ptr(&const { FuncAbi { params: P::ABI, result: R::ABI } }, slots);
        let lending = if site.lends { Some(Lending::begin(&mut cx, site)?) } else { None };
        let scope = lending.as_ref().map(|lending| lending.scope);
        let params: Result<P, Error> = site.side(scope).lift(&mut cx, site.convention.max_flat_params(), slots);
        let params = params.inspect_err(|_| host_task::end_lending(&mut cx, scope))?;
        let future = f(cx.access(), params);
        let mut called = Box::pin(Called { future, waiting: None });
        let state = cx.state_mut();
        let waker = state.host_tasks.waker(&state.tables.signal);
        match cx.poll(|| called.as_mut().project().future.poll(&mut Context::from_waker(&waker.waker()))) {
            Poll::Ready(result) => {
                drop(called);
                cx.state_mut().host_tasks.take_back(waker);
                let lowered = result.and_then(|result| {
                    let mut writer = FlatWriter::new(slots);
                    site.side(scope).lower(&mut cx, &result, site.convention.max_flat_results(), &mut writer, out_ptr)
                });
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
    HostFunc { desc, rust: Some((P::DESC, R::DESC)), exported: None, body: Arc::new(body), waits: true }
}

pin_project! {
    /// The future of a call of a host function that may wait.
    struct Called<F, E: CoreEngine> {
        #[pin]
        future: F,
        waiting: Option<Waiting<E>>,
    }
}

/// The place that a result is lowered to when it comes; `None` until the call waits.
struct Waiting<E: CoreEngine> {
    site: Arc<CallSite<E>>,
    out_ptr: Option<u32>,
}

impl<T, E, F, R> HostFuture<T, E> for Called<F, E>
where
    T: 'static,
    E: CoreEngine,
    F: Future<Output = Result<R, Error>> + Send,
    R: Lower,
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
        let outcome = result.and_then(|result| site.pass_result(cx, call, &result, *out_ptr));
        host_task::end_lending(cx, call.scope);
        Poll::Ready(outcome)
    }
}

/// A function of dynamic values.
pub(crate) fn dynamic<T, E>(
    f: impl Fn(StoreContextMut<'_, T, E>, &[Val]) -> Result<Option<Val>, Error> + Send + Sync + 'static,
) -> HostFunc<T, E>
where
    T: 'static,
    E: CoreEngine,
{
    let body = move |mut cx: StoreContextMut<'_, T, E>, site: &Arc<CallSite<E>>, slots: &mut [u64]| {
        let component = site.component.clone();
        let Some(ty) = site.ty else { unreachable!("destructors are typed functions") };
        let func = &component.plan().types[ty];
        in_scope(&mut cx, site, |cx, side| {
            let out_ptr = site.out_ptr(&func.abi, slots);
            let resources = cx.state().root(site.root).resources.clone();
            let values = Values::new(component.plan(), &resources, site.root);
            let params: Vec<Val> =
                side.with_lift_view(cx, |view| values.lift_params(view, func, site.convention, slots))?;
            let result = f(cx.as_context_mut(), &params)?;
            side.with_lower_view(cx, |view| values.lower_result(view, func, result.as_ref(), slots, out_ptr))
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
