//! Running a store: its guests' threads and the futures of the host, on any executor
//! (`CanonicalABI.md#embedding`).

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Context, Poll};

use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::deadlock::deadlock;
use crate::call::entry::check_may_enter;
use crate::call::export::{begin, check_typed, lifted, named};
use crate::call::host_task;
use crate::call::host_to_host::call_host;
use crate::call::task::{CurrentThread, run_ready_for_sync};
use crate::call::trapped::end_poisoned;
use crate::call::turn::resume_told;
use crate::call::values::{CallValues, DynamicValues, TypedValues};
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{Func, InstanceId, WaitableId};
use crate::signal::Note;
use crate::store::state::Implementation;
use crate::store::{Access, AsContextMut, Store, StoreContextMut};
use crate::val::Val;

impl<T: 'static, E: CoreEngine> Store<T, E> {
    /// Runs guests and host functions until a future is ready, which calls guests through its [`Access`].
    ///
    /// Any executor may poll it. If it is dropped before it is ready, the guests stay as they are, and another call continues them.
    ///
    /// ```
    /// # use witwright_host::{Func, Store};
    /// # async fn example(mut store: Store<()>, double: Func) -> Result<(), witwright_host::Error> {
    /// let sum = store
    ///     .run(async |access| {
    ///         let two: u32 = double.call_concurrent(&access, (1_u32,)).await?;
    ///         let four: u32 = double.call_concurrent(&access, (two,)).await?;
    ///         Ok::<u32, witwright_host::Error>(two + four)
    ///     })
    ///     .await??;
    /// # let _ = sum;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first error that no call returns: a trap after the call has returned, or the error of a future that the host has
    /// spawned. A trap in a call, or a host function that fails, ends the calls of that instance alone.
    #[doc(alias = "run_concurrent")]
    pub async fn run<R>(&mut self, f: impl AsyncFnOnce(Access<T, E>) -> R) -> Result<R, Error> {
        let mut cx = self.as_context_mut();
        let mut main = pin!(f(cx.access()));
        let mut ready =
            |cx: &mut StoreContextMut<'_, T, E>, poll: &mut Context<'_>| cx.poll(|| main.as_mut().poll(poll)).map(Ok);
        // The future may wait for the executor.
        poll_fn(|poll| drive(&mut cx, poll, &mut ready, |_| Poll::Pending)).await
    }
}

impl<T: 'static, E: CoreEngine> Store<T, E> {
    /// Runs guests and host functions until `is_done` returns `true`, or nothing can happen any more.
    ///
    /// `is_done` is asked again whenever something may have changed.
    ///
    /// ```
    /// # async fn example(mut store: witwright_host::Store<()>) -> Result<(), witwright_host::Error> {
    /// // Until the tasks of all guests have ended, those too that go on after their functions have returned.
    /// store.run_until(|cx| cx.census().tasks == 0).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The trap of a guest that nobody waits for; the error of a future that the host has spawned.
    pub async fn run_until(
        &mut self,
        mut is_done: impl FnMut(&mut StoreContextMut<'_, T, E>) -> bool,
    ) -> Result<(), Error> {
        let mut cx = self.as_context_mut();
        let mut ready = |cx: &mut StoreContextMut<'_, T, E>, _: &mut Context<'_>| match is_done(cx) {
            true => Poll::Ready(Ok(())),
            false => Poll::Pending,
        };
        let when_idle = |cx: &StoreContextMut<'_, T, E>| match cx.state().host_tasks.is_empty() {
            true => Poll::Ready(Ok(())),
            false => Poll::Pending,
        };
        poll_fn(|poll| drive(&mut cx, poll, &mut ready, when_idle)).await
    }

    /// Runs guests and host functions until none of them is ready. Those that wait for something else go on waiting.
    ///
    /// When a call returns, tasks that a guest or the host has spawned may have work left.
    ///
    /// # Errors
    /// As [`Store::run`].
    pub fn run_ready(&mut self) -> Result<(), Error> {
        let mut cx = self.as_context_mut();
        while run_round(&mut cx)? {}
        Ok(())
    }
}

/// The number of threads that run before the futures of the host are polled again.
const THREADS_IN_ROUND: usize = 64;

/// The number of such rounds before other tasks of the executor have a turn.
const ROUNDS: usize = 16;

/// Runs guests and host functions until `ready` has a result, or nothing is ready.
fn drive<T: 'static, E: CoreEngine, R>(
    cx: &mut StoreContextMut<'_, T, E>,
    poll: &mut Context<'_>,
    mut ready: impl FnMut(&mut StoreContextMut<'_, T, E>, &mut Context<'_>) -> Poll<Result<R, Error>>,
    when_idle: impl FnOnce(&StoreContextMut<'_, T, E>) -> Poll<Result<R, Error>>,
) -> Poll<Result<R, Error>> {
    for _ in 0..ROUNDS {
        if let Poll::Ready(result) = ready(cx, poll) {
            return Poll::Ready(result);
        }
        match run_round(cx) {
            Ok(true) => {}
            Ok(false) => {
                // Notes wake the executor from here on; those that have come before are read first.
                cx.state().tables.signal.set_driver(poll.waker());
                if cx.state().tables.signal.len() == 0 {
                    return when_idle(cx);
                }
            }
            Err(error) => return Poll::Ready(Err(error)),
        }
    }
    poll.waker().wake_by_ref();
    Poll::Pending
}

/// Runs futures and threads that are ready. Returns whether there were any.
///
/// # Errors
/// The first error that was reported to no call.
fn run_round<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) -> Result<bool, Error> {
    // Instances that trapped end the calls that wait for them.
    let mut any = !cx.state().poisoned.is_empty();
    end_poisoned(cx);
    any |= host_task::read_notes(cx);
    for _ in 0..THREADS_IN_ROUND {
        let Some(thread) = cx.state_mut().tables.machine.next_ready() else { break };
        any = true;
        resume_told(cx, thread);
        end_poisoned(cx);
    }
    cx.state_mut().untold.take().map_or(Ok(any), Err)
}

impl Func {
    /// Calls the function, within [`Store::run`]. `P` is the tuple of its parameters, `R` its result or `()`.
    ///
    /// The call begins at once. Dropping the future cancels it (`Concurrency.md#cancellation`).
    ///
    /// # Errors
    /// When the function is not of these types, or the instance has trapped before; the error that the call ended with.
    ///
    /// # Panics
    /// If it is called or polled while the store does not poll, or within [`Access::with`].
    pub fn call_concurrent<T: 'static, E: CoreEngine, P: Lower, R: Lift + Send + 'static>(
        self,
        access: &Access<T, E>,
        params: P,
    ) -> impl Future<Output = Result<R, Error>> + use<T, E, P, R> {
        access.with(|mut cx| begin_typed::<T, E, P, R>(&mut cx, access.clone(), self, &params)).within()
    }

    /// Calls the function with dynamic values; as [`Func::call_concurrent`].
    ///
    /// # Errors
    /// When the values do not fit its type, or the instance has trapped before; the error that the call ended with.
    ///
    /// # Panics
    /// If it is called or polled while the store does not poll, or within [`Access::with`].
    pub fn call_dynamic_concurrent<T: 'static, E: CoreEngine>(
        self,
        access: &Access<T, E>,
        params: &[Val],
    ) -> impl Future<Output = Result<Option<Val>, Error>> + use<T, E> {
        access.with(|mut cx| begin_dynamic(&mut cx, access.clone(), self, params)).within()
    }

    /// Calls the function, and runs guests and host functions until it has returned. `P` is the tuple of its parameters, `R`
    /// its result or `()`.
    ///
    /// # Errors
    /// When the function is not of these types, or the instance has trapped before; the error that the call ended with; when it
    /// waits for something that cannot happen any more.
    pub async fn call_async<P: Lower, R: Lift + Send + 'static>(
        self,
        store: &mut Store<impl Sized + 'static, impl CoreEngine>,
        params: P,
    ) -> Result<R, Error> {
        let mut cx = store.as_context_mut();
        let access = cx.access();
        let call = begin_typed::<_, _, P, R>(&mut cx, access, self, &params);
        call.driven(&mut cx).await
    }

    /// Calls the function with dynamic values; as [`Func::call_async`].
    ///
    /// # Errors
    /// When the values do not fit its type, or the instance has trapped before; the error that the call ended with; when it
    /// waits for something that cannot happen any more.
    pub async fn call_dynamic_async<T: 'static, E: CoreEngine>(
        self,
        store: &mut Store<T, E>,
        params: &[Val],
    ) -> Result<Option<Val>, Error> {
        let mut cx = store.as_context_mut();
        let access = cx.access();
        let call = begin_dynamic(&mut cx, access, self, params);
        call.driven(&mut cx).await
    }
}

/// A store that a call of a function that may wait can use: an exclusive reference to a [`Store`], which runs until the call
/// has returned ([`Func::call_async`]); or an [`Access`], within [`Store::run`] ([`Func::call_concurrent`]).
#[diagnostic::on_unimplemented(
    message = "a call that may wait takes `&mut Store` or `&Access`, not `{Self}`",
    note = "`StoreContextMut::spawn` gives a future an `Access`"
)]
pub trait AsyncStore {
    /// Calls a function. `P` is the tuple of its parameters, `R` its result or `()`.
    ///
    /// # Errors
    /// The errors of those methods.
    fn call<P: Lower, R: Lift + Send + 'static>(self, func: Func, params: P) -> impl Future<Output = Result<R, Error>>;
}

impl<T: 'static, E: CoreEngine> AsyncStore for &mut Store<T, E> {
    fn call<P: Lower, R: Lift + Send + 'static>(self, func: Func, params: P) -> impl Future<Output = Result<R, Error>> {
        func.call_async(self, params)
    }
}

impl<T: 'static, E: CoreEngine> AsyncStore for &Access<T, E> {
    fn call<P: Lower, R: Lift + Send + 'static>(self, func: Func, params: P) -> impl Future<Output = Result<R, Error>> {
        func.call_concurrent(self, params)
    }
}

/// A call by the host that has begun. Dropped while a guest's waits for its outcome, it is cancelled.
struct BegunCall<T: 'static, E: CoreEngine, R> {
    access: Access<T, E>,
    func: Func,
    state: CallState<R>,
}

/// The state of a call by the host.
enum CallState<R> {
    /// A guest's: its outcome is the store's until it is taken.
    Guest {
        call: WaitableId,
        /// The instance of a function that is not async by its type, which may not block before it has returned.
        sync_callee: Option<InstanceId>,
    },
    /// It has ended; the outcome, until it is taken.
    Ended(Option<Result<R, Error>>),
}

impl<T: 'static, E: CoreEngine, R> Drop for BegunCall<T, E, R> {
    fn drop(&mut self) {
        if let CallState::Guest { call, .. } = self.state {
            self.access.post(Note::Abandoned(call));
        }
    }
}

impl<T: 'static, E: CoreEngine, R: Send + 'static> BegunCall<T, E, R> {
    /// Begins a call. One that cannot begin has ended.
    fn begin<V: CallValues<Result = R>>(
        cx: &mut StoreContextMut<'_, T, E>,
        access: Access<T, E>,
        func: Func,
        values: Result<V, Error>,
    ) -> BegunCall<T, E, R> {
        let begun = values.and_then(|values| try_begin(cx, func, &values));
        BegunCall { access, func, state: begun.unwrap_or_else(|error| CallState::Ended(Some(Err(error)))) }
    }

    /// The outcome, within [`Store::run`].
    fn within(mut self) -> impl Future<Output = Result<R, Error>> + use<T, E, R> {
        poll_fn(move |poll| match self.state.take_ended() {
            Some(outcome) => Poll::Ready(outcome),
            None => self.access.with(|mut cx| self.state.poll(&mut cx, self.func, poll)),
        })
    }

    /// The outcome. The store runs until there is one.
    async fn driven(mut self, cx: &mut StoreContextMut<'_, T, E>) -> Result<R, Error> {
        let mut ready =
            |cx: &mut StoreContextMut<'_, T, E>, poll: &mut Context<'_>| self.state.poll(cx, self.func, poll);
        let when_idle = |cx: &StoreContextMut<'_, T, E>| {
            if cx.state().host_tasks.is_empty() { Poll::Ready(Err(deadlock(cx))) } else { Poll::Pending }
        };
        poll_fn(|poll| drive(cx, poll, &mut ready, when_idle)).await
    }
}

fn begin_typed<T: 'static, E: CoreEngine, P: Lower, R: Lift + Send + 'static>(
    cx: &mut StoreContextMut<'_, T, E>,
    access: Access<T, E>,
    func: Func,
    params: &P,
) -> BegunCall<T, E, R> {
    let values = check_typed::<T, E, P, R>(cx, func).map(|()| TypedValues::<P, R>::new(params));
    BegunCall::begin(cx, access, func, values)
}

fn begin_dynamic<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    access: Access<T, E>,
    func: Func,
    params: &[Val],
) -> BegunCall<T, E, Option<Val>> {
    let values = DynamicValues::of(cx, func, params);
    BegunCall::begin(cx, access, func, values)
}

impl<R: 'static> CallState<R> {
    /// The outcome of a call that is known to have ended.
    fn take_ended(&mut self) -> Option<Result<R, Error>> {
        let CallState::Ended(outcome) = self else { return None };
        let taken = outcome.take();
        assert!(taken.is_some(), "a future was polled after it was ready");
        taken
    }

    fn poll<T: 'static, E: CoreEngine>(
        &mut self,
        cx: &mut StoreContextMut<'_, T, E>,
        func: Func,
        poll: &Context<'_>,
    ) -> Poll<Result<R, Error>> {
        let CallState::Guest { call, sync_callee } = *self else {
            return self.take_ended().map_or(Poll::Pending, Poll::Ready);
        };
        if let Some(callee) = sync_callee {
            run_ready_for_sync(cx, call, callee);
        }
        let Some(outcome) = take_outcome(cx, func, call) else {
            cx.state_mut().tasks.await_host_call(call, Some(poll.waker()));
            return Poll::Pending;
        };
        *self = CallState::Ended(None);
        Poll::Ready(outcome)
    }
}

/// Takes the outcome of a call that has ended.
fn take_outcome<T: 'static, E: CoreEngine, R: 'static>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    call: WaitableId,
) -> Option<Result<R, Error>> {
    let state = cx.state_mut();
    let outcome = state.tasks.take_host_result(call)?;
    state.tables.machine.end_host_call(call);
    Some(outcome.map(lifted).map_err(|error| named(cx, func, error)))
}

fn try_begin<T: 'static, E: CoreEngine, V: CallValues>(
    cx: &mut StoreContextMut<'_, T, E>,
    func: Func,
    values: &V,
) -> Result<CallState<V::Result>, Error> {
    let data = cx.state().func(func)?;
    let (bindings, lends) = (data.bindings.clone(), data.lends);
    let guest = match &data.implementation {
        Implementation::Guest(guest) => *guest,
        Implementation::Host(host) => {
            let host = host.clone();
            let result = call_host(cx, host, bindings, values).map_err(|error| named(cx, func, error))?;
            return Ok(CallState::Ended(Some(Ok(result))));
        }
    };
    check_may_enter(cx, guest.root)?;
    let is_async = cx.state().root(guest.root).component().plan().types[guest.ty].ty.async_;
    let sync_callee = (!is_async).then_some(guest.options.instance);
    let mut current = CurrentThread::save(cx);
    let begun = begin(&mut current.cx, func, &guest, lends, bindings, values);
    if let (Ok(call), Some(callee)) = (&begun, sync_callee) {
        run_ready_for_sync(&mut current.cx, *call, callee);
    }
    drop(current);
    let call = begun.map_err(|error| {
        end_poisoned(cx);
        named(cx, func, error)
    })?;
    if let Some(outcome) = take_outcome(cx, func, call) {
        return Ok(CallState::Ended(Some(outcome)));
    }
    cx.state_mut().tasks.await_host_call(call, None);
    Ok(CallState::Guest { call, sync_callee })
}
