//! Calls whose futures are dropped: at each of their polls, and by guests that ignore a cancellation, or trap when they are told
//! of it.

use core::future::Future;
use core::pin::pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::thread;

use witwright_host::{Access, CoreEngine, Func, Instance, Linker, Store};

use super::concurrent::{assert_idle, block_on, turns};
use super::{component, message};
use crate::on_every_way_to_suspend;

on_every_way_to_suspend! {
    a_call_is_dropped_at_each_poll, a_trap_is_told_to_the_next_run, a_trap_is_told_to_those_who_wait, wakers_of_other_threads,
    calls_nest_while_others_wait,
}

/// A guest in two instances: the outer one calls the inner one, which calls `later` of the host.
///
/// `deep` waits in core code, in a call of the inner instance, which waits in a call of the host. `loop` waits in its event loop for a
/// call of the host, and cancels it if it is told to. `stubborn` returns when it is told to cancel. `trap` traps then. `again` calls
/// itself through the host.
const GUEST: &str = r#"(component
    (import "later" (func $later async (param "turns" u32) (result u32)))
    (import "back" (func $back (param "depth" u32) (result u32)))
    (component $inner
        (import "later" (func $later async (param "turns" u32) (result u32)))
        (core func $later (canon lower (func $later)))
        (core module $m
            (import "" "later" (func $later (param i32) (result i32)))
            (func (export "wait") (param i32) (result i32)
                (drop (call $later (local.get 0)))
                (call $later (local.get 0))))
        (core instance $i (instantiate $m (with "" (instance (export "later" (func $later))))))
        (func (export "wait") async (param "turns" u32) (result u32) (canon lift (core func $i "wait"))))
    (instance $inner (instantiate $inner (with "later" (func $later))))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (core func $wait (canon lower (func $inner "wait")))
    (core func $back (canon lower (func $back)))
    (core func $later (canon lower (func $later) async (memory (core memory $memory "memory"))))
    (core func $return (canon task.return (result u32)))
    (core func $cancelled (canon task.cancel))
    (core func $new (canon waitable-set.new))
    (core func $free (canon waitable-set.drop))
    (core func $join (canon waitable.join))
    (core func $drop (canon subtask.drop))
    (core func $cancel (canon subtask.cancel))
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core module $m
        (import "" "wait" (func $wait (param i32) (result i32)))
        (import "" "back" (func $back (param i32) (result i32)))
        (import "" "later" (func $later (param i32 i32) (result i32)))
        (import "" "return" (func $return (param i32)))
        (import "" "cancelled" (func $cancelled))
        (import "" "new" (func $new (result i32)))
        (import "" "free" (func $free (param i32)))
        (import "" "join" (func $join (param i32 i32)))
        (import "" "drop" (func $drop (param i32)))
        (import "" "cancel" (func $cancel (param i32) (result i32)))
        (import "" "get" (func $get (result i32)))
        (import "" "set" (func $set (param i32)))
        (global $next (mut i32) (i32.const 64))
        (func (export "deep") (param i32) (result i32) (call $wait (local.get 0)))
        (func (export "start") (param i32) (result i32) (local $status i32) (local $set i32)
            (local.set $status (call $later (local.get 0) (i32.const 64)))
            (if (i32.eq (local.get $status) (i32.const 2)) (then (call $return (i32.const 7)) (return (i32.const 0))))
            (local.set $set (call $new))
            (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))
            (call $set (i32.or (local.get $set) (i32.shl (local.get $status) (i32.const 12))))
            (i32.or (i32.const 2) (i32.shl (local.get $set) (i32.const 4))))
        ;; Forgets the call of the host, cancelled unless it has returned.
        (func $end (local $call i32)
            (local.set $call (i32.shr_u (call $get) (i32.const 16)))
            (call $join (local.get $call) (i32.const 0))
            (drop (call $cancel (local.get $call)))
            (call $drop (local.get $call))
            (call $free (i32.and (call $get) (i32.const 0xfff))))
        (func $returned (param i32 i32) (result i32)
            (call $drop (local.get 0))
            (call $free (i32.and (call $get) (i32.const 0xfff)))
            (call $return (i32.const 7))
            (i32.const 0))
        (func (export "loop") (param i32 i32 i32) (result i32)
            (if (i32.ne (local.get 0) (i32.const 6)) (then (return (call $returned (local.get 1) (local.get 2)))))
            (call $end) (call $cancelled) (i32.const 0))
        (func (export "stubborn") (param i32 i32 i32) (result i32)
            (if (i32.ne (local.get 0) (i32.const 6)) (then (return (call $returned (local.get 1) (local.get 2)))))
            (call $end) (call $return (i32.const 8)) (i32.const 0))
        (func (export "trap") (param i32 i32 i32) (result i32)
            (if (i32.ne (local.get 0) (i32.const 6)) (then (return (call $returned (local.get 1) (local.get 2)))))
            (unreachable))
        (func (export "again") (param i32) (result i32) (call $back (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance
        (export "wait" (func $wait)) (export "back" (func $back)) (export "later" (func $later))
        (export "return" (func $return)) (export "cancelled" (func $cancelled))
        (export "new" (func $new)) (export "free" (func $free)) (export "join" (func $join))
        (export "drop" (func $drop)) (export "cancel" (func $cancel))
        (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "deep") async (param "turns" u32) (result u32) (canon lift (core func $i "deep")))
    (func (export "loop") async (param "turns" u32) (result u32)
        (canon lift (core func $i "start") async (callback (core func $i "loop"))))
    (func (export "stubborn") async (param "turns" u32) (result u32)
        (canon lift (core func $i "start") async (callback (core func $i "stubborn"))))
    (func (export "trap") async (param "turns" u32) (result u32)
        (canon lift (core func $i "start") async (callback (core func $i "trap"))))
    (func (export "again") (param "depth" u32) (result u32) (canon lift (core func $i "again"))))"#;

/// The state of a store: the function that `back` calls.
#[derive(Default)]
struct Calls {
    again: Option<Func>,
}

fn guest<E: CoreEngine>(engine: &E) -> (Store<Calls, E>, Instance) {
    let mut linker = Linker::<Calls, E>::new(engine);
    let later = |_: Access<Calls, E>, (count,): (u32,)| async move {
        turns(count).await;
        Ok(7_u32)
    };
    linker.root().func_wrap_async("later", later).unwrap();
    let back = |mut cx: witwright_host::StoreContextMut<'_, Calls, E>, (depth,): (u32,)| {
        if depth == 0 {
            return Ok(0_u32);
        }
        let again = cx.data().again.unwrap();
        Ok(again.call_typed::<(u32,), u32>(&mut cx, &(depth - 1,))? + 1)
    };
    linker.root().func_wrap("back", back).unwrap();
    let mut store = Store::new(engine, Calls::default());
    let instance = linker.instantiate(&mut store, &component(engine, GUEST)).unwrap();
    (store, instance)
}

fn func<E: CoreEngine>(store: &mut Store<Calls, E>, instance: Instance, name: &str) -> Func {
    instance.func(store, None, name).unwrap()
}

/// Polls a future this many times at most, and drops it. Returns whether it was ready.
fn poll_and_drop(future: impl Future, count: usize) -> bool {
    let mut future = pin!(future);
    (0..count).any(|_| future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready())
}

fn a_call_is_dropped_at_each_poll<E: CoreEngine>(engine: E) {
    for name in ["deep", "loop", "stubborn"] {
        let (mut store, instance) = guest(&engine);
        let func = func(&mut store, instance, name);
        let mut was_ready = false;
        for count in 0..20 {
            let call = func.call_async::<_, u32>(&mut store, (3_u32,));
            was_ready |= poll_and_drop(call, count);
            // The rest of the call runs before others, beside them, or after them.
            if count % 2 == 0 {
                block_on(store.run_until(|_| false)).unwrap();
                assert_idle(&store);
            }
            assert_eq!(block_on(func.call_async::<_, u32>(&mut store, (2_u32,))).unwrap(), 7, "{name}");
        }
        assert!(was_ready, "{name}");
        // Within a run, many at a time.
        block_on(store.run(async |access| {
            for count in 0..20 {
                let dropped = func.call_concurrent::<_, _, _, u32>(&access, (3_u32,));
                let other = func.call_concurrent::<_, _, _, u32>(&access, (1_u32,));
                poll_and_drop(dropped, count % 2);
                turns(count as u32 / 4).await;
                assert_eq!(other.await.unwrap(), 7, "{name}");
            }
        }))
        .unwrap();
        block_on(store.run_until(|_| false)).unwrap();
        assert_idle(&store);
    }
}

fn a_trap_is_told_to_the_next_run<E: CoreEngine>(engine: E) {
    let (mut store, instance) = guest(&engine);
    let trap = func(&mut store, instance, "trap");
    assert!(!poll_and_drop(trap.call_async::<_, u32>(&mut store, (99_u32,)), 1));
    let error = message(block_on(store.run_until(|_| false)));
    assert!(error.contains("unreachable"), "{error}");
    let error = message(block_on(trap.call_async::<_, u32>(&mut store, (0_u32,))));
    assert!(error.contains("cannot enter"), "{error}");
    block_on(store.run_until(|_| false)).unwrap();
    assert_idle(&store);
}

fn a_trap_is_told_to_those_who_wait<E: CoreEngine>(engine: E) {
    for dropped_first in [true, false] {
        let (mut store, instance) = guest(&engine);
        let [trap, other] = ["trap", "loop"].map(|name| func(&mut store, instance, name));
        let waiting = block_on(store.run(async |access| {
            let call = |func: Func| func.call_concurrent::<_, _, _, u32>(&access, (99_u32,));
            let (dropped, waiting) = if dropped_first {
                let dropped = call(trap);
                (dropped, call(other))
            } else {
                let waiting = call(other);
                (call(trap), waiting)
            };
            turns(2).await;
            drop(dropped);
            waiting.await
        }));
        let error = message(waiting.unwrap());
        assert!(error.contains("unreachable"), "{error}");
        store.run_ready().unwrap();
        assert_idle(&store);
    }
}

fn wakers_of_other_threads<E: CoreEngine>(engine: E) {
    for turns in 0..20_usize {
        let wakers = Arc::new(std::sync::Mutex::new(Vec::<Waker>::new()));
        let mut linker = Linker::<(), E>::new(&engine);
        let made = wakers.clone();
        let later = move |_: Access<(), E>, (count,): (u32,)| {
            let made = made.clone();
            let mut polls = 0;
            core::future::poll_fn(move |poll| {
                made.lock().unwrap().push(poll.waker().clone());
                polls += 1;
                if polls > count { Poll::Ready(Ok(7_u32)) } else { Poll::Pending }
            })
        };
        linker.root().func_wrap_async("later", later).unwrap();
        linker
            .root()
            .func_wrap("back", |_: witwright_host::StoreContextMut<'_, (), E>, (_,): (u32,)| Ok(0_u32))
            .unwrap();
        let mut store = Store::new(&engine, ());
        let instance = linker.instantiate(&mut store, &component(&engine, GUEST)).unwrap();
        let func = instance.func(&mut store, None, "loop").unwrap();
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let woken = wakers.lock().unwrap().clone();
                    woken.iter().for_each(Waker::wake_by_ref);
                    thread::yield_now();
                }
            });
            let mut calls = Vec::new();
            {
                let mut run = pin!(store.run(async |access| {
                    for count in 0..8_u32 {
                        calls.push(Box::pin(func.call_concurrent::<_, _, _, u32>(&access, (count * 5,))));
                    }
                    core::future::pending::<()>().await;
                }));
                for _ in 0..turns {
                    assert!(run.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
                    thread::yield_now();
                }
            }
            // The calls end, woken by the other thread alone; or the store goes before its calls, or after them. The wakers
            // outlive it.
            let mut results = Vec::new();
            if turns % 2 == 1 {
                let mut run = pin!(store.run(async |_| {
                    for call in calls {
                        results.push(call.await.map_err(|error| error.to_string()));
                    }
                }));
                while run.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
                    thread::yield_now();
                }
            } else if turns % 4 == 0 {
                drop(calls);
                drop(store);
            } else {
                drop(store);
                drop(calls);
            }
            thread::yield_now();
            stop.store(true, Ordering::Relaxed);
            let expected = if turns % 2 == 1 { 8 } else { 0 };
            assert_eq!(results, vec![Ok(7); expected], "{turns} turns");
        });
    }
}

fn calls_nest_while_others_wait<E: CoreEngine>(engine: E) {
    let (mut store, instance) = guest(&engine);
    let [again, stubborn] = ["again", "stubborn"].map(|name| func(&mut store, instance, name));
    *store.data_mut() = Calls { again: Some(again) };
    assert_eq!(again.call_typed::<(u32,), u32>(&mut store, &(20,)).unwrap(), 20);
    // While a call waits, others run within host functions.
    let outcome = block_on(store.run(async |access| {
        let waiting = stubborn.call_concurrent::<_, _, _, u32>(&access, (5_u32,));
        let nested = access.with(|mut cx| again.call_typed::<(u32,), u32>(&mut cx, &(20,)).unwrap());
        (waiting.await.unwrap(), nested)
    }));
    assert_eq!(outcome.unwrap(), (7, 20));
    assert_idle(&store);
    let error = message(again.call_typed::<(u32,), u32>(&mut store, &(u32::MAX,)));
    assert!(error.contains("exhausted"), "{error}");
    block_on(store.run_until(|_| false)).unwrap();
    assert_idle(&store);
}
