//! Stores that are dropped, left, joined or entered again while calls are in flight; and how often futures of the host are polled.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex};

use witwright_host::{Access, CoreEngine, Error, Func, Instance, Linker, Store, StreamReader, stream};

use super::component;
use super::concurrent::{WAITER, assert_idle, block_on, turns};
use super::streams::{both, gated, guest, poll_once};
use crate::on_every_way_to_suspend;

on_every_way_to_suspend! {
    stores_run_beside_each_other, a_store_is_dropped_with_its_calls, a_store_is_dropped_with_its_streams,
    a_future_is_polled_when_it_is_woken, a_run_is_dropped_and_another_goes_on,
    a_call_within_a_future_does_not_wait_for_that_future, a_store_runs_within_a_function_of_another,
}

/// The futures of `later`, as its tests see them.
#[derive(Default)]
struct Futures {
    polls: AtomicUsize,
    /// Those that were made and not dropped.
    live: AtomicUsize,
    /// The waker that the last poll got.
    waker: Mutex<Option<Waker>>,
    /// While it is 0, the futures are not ready.
    open: AtomicUsize,
}

/// Counts the drop of a future.
struct Live(Arc<Futures>);

impl Drop for Live {
    fn drop(&mut self) {
        self.0.live.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Futures {
    fn polls(&self) -> usize {
        self.polls.load(Ordering::Relaxed)
    }

    fn live(&self) -> usize {
        self.live.load(Ordering::Relaxed)
    }

    fn wake(&self) {
        let waker = self.waker.lock().unwrap().take();
        waker.unwrap().wake();
    }

    async fn wait(self: Arc<Self>) {
        self.live.fetch_add(1, Ordering::Relaxed);
        let live = Live(self);
        poll_fn(|poll| {
            live.0.polls.fetch_add(1, Ordering::Relaxed);
            *live.0.waker.lock().unwrap() = Some(poll.waker().clone());
            if live.0.open.load(Ordering::Relaxed) == 0 { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
    }
}

/// A store with an instance whose `later` waits until it is woken.
fn waiter<E: CoreEngine>(engine: &E) -> (Store<(), E>, Instance, Arc<Futures>) {
    let futures = Arc::new(Futures::default());
    let mut linker = Linker::<(), E>::new(engine);
    let made = futures.clone();
    let later = move |_: Access<(), E>, (number,): (u32,)| {
        let waits = made.clone().wait();
        async move {
            waits.await;
            Ok(number * 10)
        }
    };
    linker.root().func_wrap_async("later", later).unwrap();
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &component(engine, WAITER)).unwrap();
    (store, instance, futures)
}

/// Polls a future once, and goes on with it afterwards.
fn poll<R>(future: core::pin::Pin<&mut impl Future<Output = R>>) -> Poll<R> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn funcs<E: CoreEngine>(store: &mut Store<(), E>, instance: Instance) -> [Func; 3] {
    ["sync", "async", "never"].map(|name| instance.func(&mut *store, None, name).unwrap())
}

fn stores_run_beside_each_other<E: CoreEngine>(engine: E) {
    let mut stores = [(); 2].map(|()| {
        let mut linker = Linker::<(), E>::new(&engine);
        let later = |_: Access<(), E>, (count,): (u32,)| async move {
            turns(count).await;
            Ok(count * 10)
        };
        linker.root().func_wrap_async("later", later).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = linker.instantiate(&mut store, &component(&engine, WAITER)).unwrap();
        let funcs = funcs(&mut store, instance);
        (store, funcs)
    });
    let [(left, [sync, ..]), (right, [_, func, _])] = &mut stores;
    let (a, b) = block_on(both(sync.call_async(left, (3_u32,)), func.call_async(right, (5_u32,))));
    assert_eq!((a.unwrap(), b.unwrap()), (31_u32, 51_u32));
    // One is left while the other goes on.
    let mut abandoned = Box::pin(func.call_async::<_, u32>(right, (1000_u32,)));
    assert!(poll(abandoned.as_mut()).is_pending());
    assert_eq!(block_on(sync.call_async::<_, u32>(left, (2_u32,))).unwrap(), 21);
    drop(abandoned);
    for (store, _) in &mut stores {
        block_on(store.run_until(|_| false)).unwrap();
        // The guest that was cancelled keeps its subtask.
        assert_eq!(store.census().tasks, 0);
    }
}

fn a_store_is_dropped_with_its_calls<E: CoreEngine>(engine: E) {
    for count in 1..=3 {
        let (mut store, instance, futures) = waiter(&engine);
        let [sync, func, never] = funcs(&mut store, instance);
        let mut calls = Vec::new();
        {
            let mut run = pin!(store.run(async |access| {
                for func in &[func, never, sync][..count] {
                    calls.push(Box::pin(func.call_concurrent::<(), E, _, u32>(&access, (1_u32,))));
                }
                core::future::pending::<()>().await;
            }));
            assert!(poll(run.as_mut()).is_pending());
            assert!(poll(run.as_mut()).is_pending());
        }
        assert_eq!(futures.live(), if count == 3 { 2 } else { 1 });
        let waker = futures.waker.lock().unwrap().clone();
        drop(store);
        assert_eq!(futures.live(), 0);
        // What outlives the store does nothing any more.
        waker.unwrap().wake();
        drop(calls);
        futures.wake();
    }
}

fn a_store_is_dropped_with_its_streams<E: CoreEngine>(engine: E) {
    let component = gated(&engine, &guest("string"));
    let mut store = Store::new(&engine, 0);
    let instance = Linker::<u32, E>::new(&engine).instantiate(&mut store, &component).unwrap();
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let mut kept = None;
    block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<String>(cx)).unwrap();
        let mut back: StreamReader<String> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let five = vec![String::from("half"); 5];
        poll_once(async { both(writer.write(&access, five), back.read(&access, 2)).await }).await;
        kept = Some((writer, back));
    }))
    .unwrap();
    assert!(store.census().waitables > 0, "the guest has a task, and the streams are open");
    drop(store);
    drop(kept);
}

fn a_future_is_polled_when_it_is_woken<E: CoreEngine>(engine: E) {
    for name in ["sync", "async"] {
        let (mut store, instance, futures) = waiter(&engine);
        let func = instance.func(&mut store, None, name).unwrap();
        let mut call = Box::pin(func.call_async::<_, u32>(&mut store, (1_u32,)));
        for _ in 0..10 {
            assert!(poll(call.as_mut()).is_pending());
            assert_eq!(futures.polls(), 1, "{name}: nobody has woken it");
        }
        futures.wake();
        for _ in 0..10 {
            assert!(poll(call.as_mut()).is_pending());
            assert_eq!(futures.polls(), 2, "{name}");
        }
        futures.open.store(1, Ordering::Relaxed);
        assert!(poll(call.as_mut()).is_pending(), "nobody has woken it");
        futures.wake();
        let Poll::Ready(result) = poll(call.as_mut()) else { panic!("the call has returned") };
        assert_eq!((result.unwrap(), futures.polls()), (11, 3), "{name}");
        drop(call);
        assert_eq!(futures.live(), 0);
        assert_idle(&store);
    }
}

fn a_run_is_dropped_and_another_goes_on<E: CoreEngine>(engine: E) {
    let (mut store, instance, futures) = waiter(&engine);
    let [sync, func, _] = funcs(&mut store, instance);
    let mut calls = Vec::new();
    {
        let mut run = pin!(store.run(async |access| {
            calls.push(Box::pin(func.call_concurrent::<(), E, _, u32>(&access, (1_u32,))));
            calls.push(Box::pin(func.call_concurrent::<(), E, _, u32>(&access, (2_u32,))));
            core::future::pending::<()>().await;
        }));
        assert!(poll(run.as_mut()).is_pending());
    }
    assert_eq!((futures.live(), futures.polls()), (2, 2));
    // One is cancelled, but its callback is called only when the store runs.
    drop(calls.pop());
    futures.open.store(1, Ordering::Relaxed);
    futures.wake();
    let [kept] = <[_; 1]>::try_from(calls).ok().unwrap();
    let mut run = Box::pin(store.run(async |_| kept.await));
    assert!(poll(run.as_mut()).is_pending(), "the other future was woken");
    drop(run);
    block_on(store.run_until(|_| true)).unwrap();
    store.run_ready().unwrap();
    assert_eq!(block_on(sync.call_async::<_, u32>(&mut store, (3_u32,))).unwrap(), 31);
}

fn a_call_within_a_future_does_not_wait_for_that_future<E: CoreEngine>(engine: E) {
    let mut linker = Linker::<Option<[Func; 3]>, E>::new(&engine);
    let later = |access: Access<Option<[Func; 3]>, E>, (number,): (u32,)| async move {
        turns(1).await;
        if number == 1 {
            // A guest that waits for a host function is waited for; one that nothing ends is not.
            return access.with(|mut cx| {
                let [_, func, never] = cx.data().unwrap();
                let ten: u32 = func.call_typed(&mut cx, &(0_u32,))?;
                let error = never.call_typed::<(u32,), u32>(&mut cx, &(0,)).unwrap_err();
                assert!(error.to_string().contains("deadlock"), "{error}");
                Ok::<u32, Error>(ten)
            });
        }
        Ok(number * 10)
    };
    linker.root().func_wrap_async("later", later).unwrap();
    let mut store = Store::new(&engine, None);
    let component = component(&engine, WAITER);
    let [outer, inner] = [(); 2].map(|()| linker.instantiate(&mut store, &component).unwrap());
    let funcs = ["sync", "async", "never"].map(|name| inner.func(&mut store, None, name).unwrap());
    *witwright_host::AsContextMut::as_context_mut(&mut store).data_mut() = Some(funcs);
    let func = outer.func(&mut store, None, "async").unwrap();
    let result: u32 = block_on(func.call_async(&mut store, (1_u32,))).unwrap();
    assert_eq!(result, 2);
}

fn a_store_runs_within_a_function_of_another<E: CoreEngine>(engine: E) {
    let (mut inner, instance, futures) = waiter(&engine);
    futures.open.store(1, Ordering::Relaxed);
    let [sync, ..] = funcs(&mut inner, instance);
    let mut linker = Linker::<Store<(), E>, E>::new(&engine);
    let later = move |access: Access<Store<(), E>, E>, (number,): (u32,)| async move {
        turns(1).await;
        access.with(|mut cx| block_on(sync.call_async::<_, u32>(cx.data_mut(), (number,))))
    };
    linker.root().func_wrap_async("later", later).unwrap();
    let mut outer = Store::new(&engine, inner);
    let instance = linker.instantiate(&mut outer, &component(&engine, WAITER)).unwrap();
    for func in ["sync", "async"].map(|name| instance.func(&mut outer, None, name).unwrap()) {
        assert_eq!(block_on(func.call_async::<_, u32>(&mut outer, (3_u32,))).unwrap(), 32);
    }
    assert_idle(&outer);
}
