//! Host functions that wait, and calls that run beside each other, on an executor of a few lines.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::task::Wake;

use witwright_host::{Access, AsContextMut, CoreEngine, Error, ErrorKind, Instance, Linker, Store, Val};

use super::{component, message};
use crate::on_every_engine;

on_every_engine! {
    a_call_waits_for_a_host_function, calls_run_beside_each_other, a_sync_call_waits_on_its_thread,
    a_dropped_call_is_cancelled, a_call_that_nothing_ends_is_a_deadlock, a_failing_host_function_ends_the_call,
    a_trap_ends_the_calls_of_its_instance_alone, the_future_of_a_run_is_send,
    functions_of_the_host_itself_are_called, a_host_function_that_fails_later_ends_the_calls_of_its_caller_alone,
    a_sync_call_is_not_ended_by_what_fails_elsewhere, an_error_that_no_call_is_told_ends_the_next_run, a_sync_function_waits_for_sync_functions_of_the_host_alone,
    calls_and_host_functions_of_dynamic_values_wait,
}

/// Wakes nobody, and counts.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Polls a future until it is ready. It must have been woken before each further poll.
pub(super) fn block_on<R>(future: impl Future<Output = R>) -> R {
    let count = Arc::new(Count::default());
    let waker = Waker::from(count.clone());
    let mut future = pin!(future);
    loop {
        let before = count.0.load(Ordering::Relaxed);
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return result;
        }
        assert!(count.0.load(Ordering::Relaxed) > before, "a future waits that nobody wakes");
    }
}

/// Is ready when it has been polled this many times, and wakes itself until then.
pub(super) async fn turns(mut count: u32) {
    poll_fn(|cx| {
        if count == 0 {
            return Poll::Ready(());
        }
        count -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Imports `later`, whose result comes after as many turns as it is told: called with `async` and a callback, and without
/// `async`, on a stack that is suspended.
pub(super) const WAITER: &str = r#"(component
    (import "later" (func $later async (param "turns" u32) (result u32)))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (core func $later (canon lower (func $later)))
    (core func $later-async (canon lower (func $later) async (memory (core memory $memory "memory"))))
    (core func $return (canon task.return (result u32)))
    (core func $new (canon waitable-set.new))
    (core func $join (canon waitable.join))
    (core func $drop (canon subtask.drop))
    (core func $cancel (canon task.cancel))
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "later" (func $later (param i32) (result i32)))
        (import "" "later-async" (func $later-async (param i32 i32) (result i32)))
        (import "" "return" (func $return (param i32)))
        (import "" "new" (func $new (result i32)))
        (import "" "join" (func $join (param i32 i32)))
        (import "" "drop" (func $drop (param i32)))
        (import "" "cancel" (func $cancel))
        (import "" "get" (func $get (result i32)))
        (import "" "set" (func $set (param i32)))
        (global $next (mut i32) (i32.const 64))
        ;; Returns 1 more than what comes later.
        (func (export "sync") (param i32) (result i32) (i32.add (i32.const 1) (call $later (local.get 0))))
        (func (export "async") (param i32) (result i32) (local $set i32) (local $status i32)
            (call $set (global.get $next))
            (global.set $next (i32.add (i32.const 8) (global.get $next)))
            (local.set $status (call $later-async (local.get 0) (call $get)))
            (if (i32.eq (local.get $status) (i32.const 2))
                (then (call $return (i32.add (i32.const 1) (i32.load (call $get)))) (return (i32.const 0))))
            (local.set $set (call $new))
            (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))
            (i32.or (i32.const 2) (i32.shl (local.get $set) (i32.const 4))))
        (func (export "callback") (param i32 i32 i32) (result i32)
            (if (i32.eq (local.get 0) (i32.const 6)) (then (call $cancel) (return (i32.const 0))))
            (call $drop (local.get 1))
            (call $return (i32.add (i32.const 1) (i32.load (call $get))))
            (i32.const 0))
        (func (export "never") (param i32) (result i32)
            (i32.or (i32.const 2) (i32.shl (call $new) (i32.const 4))))
        (func (export "trap") (unreachable)))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $memory "memory"))
        (export "later" (func $later)) (export "later-async" (func $later-async))
        (export "return" (func $return)) (export "new" (func $new)) (export "join" (func $join))
        (export "drop" (func $drop)) (export "cancel" (func $cancel))
        (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "sync") async (param "turns" u32) (result u32) (canon lift (core func $i "sync")))
    (func (export "async") async (param "turns" u32) (result u32)
        (canon lift (core func $i "async") async (callback (core func $i "callback"))))
    (func (export "never") async (param "turns" u32) (result u32)
        (canon lift (core func $i "never") async (callback (core func $i "callback"))))
    (func (export "trap") (canon lift (core func $i "trap"))))"#;

/// For this number of turns `later` fails at once; for twice as many, it fails after them.
const LATE: u32 = 99;

fn too_late() -> Error {
    Error::host(std::io::Error::other("too late"))
}

/// A store with two instances of [`WAITER`]; its state counts the calls of `later` that have returned.
fn waiters<E: CoreEngine>() -> (Store<u32, E>, [Instance; 2]) {
    let engine = E::default();
    let component = component(&engine, WAITER);
    let mut linker = Linker::<u32, E>::new(&engine);
    let later = |access: Access<u32, E>, (count,): (u32,)| async move {
        if count == LATE {
            return Err(too_late());
        }
        turns(count).await;
        if count == 2 * LATE {
            return Err(too_late());
        }
        access.with(|mut cx| *cx.data_mut() += 1);
        Ok(count * 10)
    };
    linker.root().func_wrap_async("later", later).unwrap();
    let mut store = Store::new(&engine, 0);
    let instances = [(); 2].map(|()| linker.instantiate(&mut store, &component).unwrap());
    (store, instances)
}

/// Checks that no task, thread or waitable is left.
pub(super) fn assert_idle<T: 'static, E: CoreEngine>(store: &Store<T, E>) {
    let census = store.census();
    assert_eq!([census.tasks, census.threads, census.waitables], [0; 3], "{census:?}");
}

fn a_call_waits_for_a_host_function<E: CoreEngine>() {
    let (mut store, [instance, _]) = waiters::<E>();
    for name in ["sync", "async"] {
        let func = instance.func(&mut store, None, name).unwrap();
        for count in [0, 1, 3] {
            let result: u32 = block_on(func.call_async(&mut store, (count,))).unwrap();
            assert_eq!(result, count * 10 + 1, "{name}");
        }
    }
    assert_eq!(store.into_data(), 6);
}

fn calls_and_host_functions_of_dynamic_values_wait<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::<(), E>::new(&engine);
    let later = |_, _, params: Vec<Val>| async move {
        match params[..] {
            [Val::U32(LATE)] => Ok(Some(Val::Bool(true))),
            [Val::U32(count)] => {
                turns(count).await;
                Ok(Some(Val::U32(count * 10)))
            }
            _ => Ok(None),
        }
    };
    linker.root().func_dynamic_async("later", later).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component(&engine, WAITER)).unwrap();
    let [sync, with_callback] = ["sync", "async"].map(|name| instance.func(&mut store, None, name).unwrap());
    for func in [sync, with_callback] {
        for count in [0, 1, 3] {
            let result = block_on(func.call_dynamic_async(&mut store, &[Val::U32(count)])).unwrap();
            assert_eq!(result, Some(Val::U32(count * 10 + 1)));
        }
    }
    let both = store.run(async |access| {
        let [first, second] = [5, 2].map(|count| with_callback.call_dynamic_concurrent(&access, &[Val::U32(count)]));
        [second.await.unwrap(), first.await.unwrap()]
    });
    assert_eq!(block_on(both).unwrap(), [21, 51].map(|result| Some(Val::U32(result))));
    let misuse = block_on(sync.call_dynamic_async(&mut store, &[Val::Bool(true)])).unwrap_err();
    assert!(matches!(misuse.kind(), ErrorKind::Value { .. }), "{misuse}");
    // The result of a host function is checked too, whether it waited or not.
    let misuse = block_on(sync.call_dynamic_async(&mut store, &[Val::U32(LATE)])).unwrap_err();
    assert!(matches!(misuse.kind(), ErrorKind::Value { .. }), "{misuse}");
}

fn calls_run_beside_each_other<E: CoreEngine>() {
    let (mut store, instances) = waiters::<E>();
    let funcs = instances.map(|instance| instance.func(&mut store, None, "async").unwrap());
    let order = block_on(store.run(async |access| {
        let call = |index: usize, turns: u32| funcs[index].call_concurrent::<_, _, _, u32>(&access, (turns,));
        let mut calls = [(0, 5), (0, 2), (1, 3), (1, 0)].map(|(index, turns)| Some(Box::pin(call(index, turns))));
        let mut order = Vec::new();
        poll_fn(|cx| {
            for call in &mut calls {
                if let Some(Poll::Ready(result)) = call.as_mut().map(|call| call.as_mut().poll(cx)) {
                    order.push(result.unwrap());
                    *call = None;
                }
            }
            if calls.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        order
    }));
    assert_eq!(order.unwrap(), [1, 21, 31, 51]);
}

fn a_sync_call_waits_on_its_thread<E: CoreEngine>() {
    let (mut store, [instance, _]) = waiters::<E>();
    for name in ["sync", "async"] {
        let func = instance.func(&mut store, None, name).unwrap();
        assert_eq!(func.call_typed::<(u32,), u32>(&mut store, &(4,)).unwrap(), 41, "{name}");
    }
}

fn a_dropped_call_is_cancelled<E: CoreEngine>() {
    let (mut store, [instance, _]) = waiters::<E>();
    let [never, func] = ["never", "async"].map(|name| instance.func(&mut store, None, name).unwrap());
    for _ in 0..3 {
        block_on(store.run(async |access| {
            let call = never.call_concurrent::<_, _, _, u32>(&access, (0_u32,));
            drop(call);
            turns(2).await;
        }))
        .unwrap();
    }
    // The callback has confirmed: nothing is left, and the instance goes on.
    assert_idle(&store);
    assert_eq!(block_on(func.call_async::<_, u32>(&mut store, (1_u32,))).unwrap(), 11);
}

fn a_call_that_nothing_ends_is_a_deadlock<E: CoreEngine>() {
    let (mut store, [instance, _]) = waiters::<E>();
    let never = instance.func(&mut store, None, "never").unwrap();
    let error = block_on(never.call_async::<_, u32>(&mut store, (0_u32,))).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Deadlock(_)), "{error}");
    let error = never.call_typed::<(u32,), u32>(&mut store, &(0_u32,)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Deadlock(_)), "{error}");
    assert!(error.to_string().contains("\n  function `never` waits for an event of an empty waitable set"), "{error}");
}

fn a_failing_host_function_ends_the_call<E: CoreEngine>() {
    for name in ["sync", "async"] {
        let (mut store, [instance, other]) = waiters::<E>();
        let func = instance.func(&mut store, None, name).unwrap();
        let error = message(block_on(func.call_async::<_, u32>(&mut store, (LATE,))));
        assert!(error.contains("too late"), "{error}");
        let error = message(block_on(func.call_async::<_, u32>(&mut store, (1_u32,))));
        assert!(error.contains("cannot enter component instance"), "{error}");
        let func = other.func(&mut store, None, name).unwrap();
        assert_eq!(block_on(func.call_async::<_, u32>(&mut store, (1_u32,))).unwrap(), 11);
        assert_idle(&store);
    }
}

fn a_trap_ends_the_calls_of_its_instance_alone<E: CoreEngine>() {
    let (mut store, [first, second]) = waiters::<E>();
    let never = first.func(&mut store, None, "never").unwrap();
    let trap = first.func(&mut store, None, "trap").unwrap();
    let other = second.func(&mut store, None, "async").unwrap();
    let outcome = block_on(store.run(async |access| {
        let waiting = never.call_concurrent::<_, _, _, u32>(&access, (0_u32,));
        let unharmed = other.call_concurrent::<_, _, _, u32>(&access, (3_u32,));
        let trapped = trap.call_concurrent::<_, _, _, ()>(&access, ()).await;
        (trapped.unwrap_err(), waiting.await.unwrap_err(), unharmed.await)
    }));
    let (trapped, waiting, unharmed) = outcome.unwrap();
    assert!(trapped.to_string().contains("unreachable"), "{trapped}");
    assert!(waiting.to_string().contains("cannot enter component instance"), "{waiting}");
    assert_eq!(unharmed.unwrap(), 31);
    assert_idle(&store);
}

fn a_host_function_that_fails_later_ends_the_calls_of_its_caller_alone<E: CoreEngine>() {
    let (mut store, [first, second]) = waiters::<E>();
    for name in ["sync", "async"] {
        let (mut store, [first, second]) = waiters::<E>();
        let late = first.func(&mut store, None, name).unwrap();
        let other = second.func(&mut store, None, name).unwrap();
        let outcome = block_on(store.run(async |access| {
            let late = late.call_concurrent::<_, _, _, u32>(&access, (2 * LATE,));
            let unharmed = other.call_concurrent::<_, _, _, u32>(&access, (2 * LATE + 1,));
            (late.await.unwrap_err(), unharmed.await.unwrap())
        }));
        let (late, unharmed) = outcome.unwrap();
        assert!(late.to_string().contains("too late"), "{late}");
        assert_eq!(unharmed, (2 * LATE + 1) * 10 + 1);
        assert_idle(&store);
    }
    // Of several calls of the instance, one is told why; all end.
    let [late, never] = ["async", "never"].map(|name| first.func(&mut store, None, name).unwrap());
    let other = second.func(&mut store, None, "async").unwrap();
    let errors = block_on(store.run(async |access| {
        let late = late.call_concurrent::<_, _, _, u32>(&access, (2 * LATE,));
        let never = never.call_concurrent::<_, _, _, u32>(&access, (0_u32,));
        [late.await.unwrap_err(), never.await.unwrap_err()].map(|error| error.to_string())
    }));
    let errors = errors.unwrap();
    assert_eq!(errors.iter().filter(|error| error.contains("too late")).count(), 1, "{errors:?}");
    assert_eq!(errors.iter().filter(|error| error.contains("cannot enter")).count(), 1, "{errors:?}");
    assert_eq!(block_on(other.call_async::<_, u32>(&mut store, (1_u32,))).unwrap(), 11);
    assert_idle(&store);
}

fn a_sync_call_is_not_ended_by_what_fails_elsewhere<E: CoreEngine>() {
    let (mut store, [first, second]) = waiters::<E>();
    let late = first.func(&mut store, None, "async").unwrap();
    let other = second.func(&mut store, None, "async").unwrap();
    let mut waiting = None;
    block_on(store.run(async |access| {
        waiting = Some(Box::pin(late.call_concurrent::<_, _, _, u32>(&access, (2 * LATE,))));
    }))
    .unwrap();
    // While this call waits, that of the other instance fails.
    let result = other.call_typed::<(u32,), u32>(&mut store, &(3 * LATE,)).unwrap();
    assert_eq!(result, 3 * LATE * 10 + 1);
    let error = message(block_on(store.run(async |_| waiting.unwrap().await)).unwrap());
    assert!(error.contains("too late"), "{error}");
    assert_idle(&store);
}

fn an_error_that_no_call_is_told_ends_the_next_run<E: CoreEngine>() {
    let (mut store, [instance, _]) = waiters::<E>();
    let func = instance.func(&mut store, None, "async").unwrap();
    store.as_context_mut().spawn(|_| async { Err(too_late()) });
    assert_eq!(func.call_typed::<(u32,), u32>(&mut store, &(2,)).unwrap(), 21);
    let error = message(store.run_ready());
    assert!(error.contains("too late"), "{error}");
    store.run_ready().unwrap();
}

/// Functions that are not async: `slow` and `later` call the host's of these names, of which `later` is async.
const HELD_UP: &str = r#"(component
    (import "slow" (func $slow (param "turns" u32) (result u32)))
    (import "later" (func $later async (param "turns" u32) (result u32)))
    (core func $slow (canon lower (func $slow)))
    (core func $later (canon lower (func $later)))
    (core module $m
        (import "" "slow" (func $slow (param i32) (result i32)))
        (import "" "later" (func $later (param i32) (result i32)))
        (func (export "slow") (param i32) (result i32) (call $slow (local.get 0)))
        (func (export "later") (param i32) (result i32) (call $later (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance (export "slow" (func $slow)) (export "later" (func $later))))))
    (func (export "slow") (param "turns" u32) (result u32) (canon lift (core func $i "slow")))
    (func (export "later") (param "turns" u32) (result u32) (canon lift (core func $i "later"))))"#;

fn a_sync_function_waits_for_sync_functions_of_the_host_alone<E: CoreEngine>() {
    let engine = E::default();
    let component = component(&engine, HELD_UP);
    let mut linker = Linker::<u32, E>::new(&engine);
    for name in ["slow", "later"] {
        let wait = |_: Access<u32, E>, (count,): (u32,)| async move {
            turns(count).await;
            Ok(count)
        };
        linker.root().func_wrap_async(name, wait).unwrap();
    }
    let mut store = Store::new(&engine, 0);
    // A future that never ends is nothing to wait for.
    store.as_context_mut().spawn(|_| core::future::pending());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let [slow, later] = ["slow", "later"].map(|name| instance.func(&mut store, None, name).unwrap());
    assert_eq!(slow.call_typed::<(u32,), u32>(&mut store, &(3,)).unwrap(), 3);
    assert_eq!(block_on(slow.call_async::<_, u32>(&mut store, (3_u32,))).unwrap(), 3);
    assert_eq!(later.call_typed::<(u32,), u32>(&mut store, &(0,)).unwrap(), 0);
    let error = message(later.call_typed::<(u32,), u32>(&mut store, &(3,)));
    assert!(error.contains("cannot block a synchronous task"), "{error}");
    // The trap is the same within a run.
    let other = linker.instantiate(&mut store, &component).unwrap();
    let [slow, later] = ["slow", "later"].map(|name| other.func(&mut store, None, name).unwrap());
    let error = block_on(store.run(async |access| {
        let held_up = slow.call_concurrent::<_, _, _, u32>(&access, (3_u32,));
        assert_eq!(held_up.await.unwrap(), 3);
        message(later.call_concurrent::<_, _, _, u32>(&access, (3_u32,)).await)
    }));
    assert!(error.unwrap().contains("cannot block a synchronous task"));
}

fn the_future_of_a_run_is_send<E: CoreEngine>() {
    fn is_send<F: Send>(future: F) -> F {
        future
    }
    let (mut store, [instance, _]) = waiters::<E>();
    let func = instance.func(&mut store, None, "async").unwrap();
    let result: u32 = block_on(is_send(func.call_async(&mut store, (1_u32,)))).unwrap();
    assert_eq!(result, 11);
}

/// A component that exports what it imports: the host calls its own function.
const REEXPORT: &str = r#"(component
    (import "now" (func $now async (param "n" u32) (result u32)))
    (import "later" (func $later async (param "n" u32) (result u32)))
    (export "now" (func $now))
    (export "later" (func $later)))"#;

fn functions_of_the_host_itself_are_called<E: CoreEngine>() {
    let engine = E::default();
    let component = component(&engine, REEXPORT);
    let mut linker = Linker::<u32, E>::new(&engine);
    linker.root().func_wrap("now", |_, (n,): (u32,)| Ok(n + 1)).unwrap();
    linker.root().func_wrap_async("later", |_: Access<u32, E>, (n,): (u32,)| async move { Ok(n + 1) }).unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let [now, later] = ["now", "later"].map(|name| instance.func(&mut store, None, name).unwrap());
    assert_eq!(block_on(now.call_async::<_, u32>(&mut store, (1_u32,))).unwrap(), 2);
    let error = block_on(later.call_async::<_, u32>(&mut store, (1_u32,))).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WouldWait), "{error}");
}
