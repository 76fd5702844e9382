//! Sync-typed functions whose calls wait for the host: their instances are entered again only when they have gone on.

use witwright_host::{Access, CoreEngine, Error, Func, Linker, Store};

use super::concurrent::{assert_idle, block_on, turns};
use super::{component, message};
use crate::on_every_way_to_suspend;

on_every_way_to_suspend! {
    calls_wait_for_one_another, a_call_on_this_thread_waits_too, a_dropped_call_lets_others_enter_when_it_ends,
    dropped_calls_that_have_not_entered_leave_nothing, a_call_under_an_async_one_cannot_wait,
}

/// Functions that call `slow` of the host, `through` by way of another instance. Each instance traps unless its calls go on in the
/// reverse order of their begin, as guests with a stack in their memory expect. `async` is of async type.
const STACKS: &str = r#"(component
    (import "slow" (func $slow (param "turns" u32) (result u32)))
    (import "later" (func $later async (param "turns" u32) (result u32)))
    (core module $m
        (import "" "call" (func $call (param i32) (result i32)))
        (global $stack (mut i32) (i32.const 0))
        (func (export "call") (param i32) (result i32) (local $frame i32)
            (local.set $frame (i32.add (global.get $stack) (i32.const 1)))
            (global.set $stack (local.get $frame))
            (local.set 0 (call $call (local.get 0)))
            (if (i32.ne (global.get $stack) (local.get $frame)) (then unreachable))
            (global.set $stack (i32.sub (local.get $frame) (i32.const 1)))
            (local.get 0)))
    (component $inner
        (import "slow" (func $slow (param "turns" u32) (result u32)))
        (alias outer 1 $m (core module $m))
        (core func $call (canon lower (func $slow)))
        (core instance $i (instantiate $m (with "" (instance (export "call" (func $call))))))
        (func (export "call") (param "turns" u32) (result u32) (canon lift (core func $i "call"))))
    (instance $inner (instantiate $inner (with "slow" (func $slow))))
    (alias export $inner "call" (func $direct))
    (core func $call (canon lower (func $direct)))
    (core instance $outer (instantiate $m (with "" (instance (export "call" (func $call))))))
    (core func $later (canon lower (func $later)))
    (core func $slow (canon lower (func $slow)))
    (core module $both
        (import "" "later" (func $later (param i32) (result i32)))
        (import "" "slow" (func $slow (param i32) (result i32)))
        (func (export "async") (param i32) (result i32) (call $later (local.get 0)))
        (func (export "sync") (param i32) (result i32) (call $slow (local.get 0))))
    (core instance $both (instantiate $both (with "" (instance
        (export "later" (func $later)) (export "slow" (func $slow))))))
    (export "direct" (func $direct))
    (func (export "through") (param "turns" u32) (result u32) (canon lift (core func $outer "call")))
    (func (export "async") async (param "turns" u32) (result u32) (canon lift (core func $both "async")))
    (func (export "sync") (param "turns" u32) (result u32) (canon lift (core func $both "sync"))))"#;

fn functions<E: CoreEngine, const N: usize>(engine: &E, names: [&str; N]) -> (Store<(), E>, [Func; N]) {
    let component = component(engine, STACKS);
    let mut linker = Linker::<(), E>::new(engine);
    for name in ["slow", "later"] {
        let wait = |_: Access<(), E>, (count,): (u32,)| async move {
            turns(count).await;
            Ok(count)
        };
        linker.root().func_wrap_async(name, wait).unwrap();
    }
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let functions = names.map(|name| instance.func(&mut store, None, name).unwrap());
    (store, functions)
}

fn calls_wait_for_one_another<E: CoreEngine>(engine: E) {
    let (mut store, [direct, through]) = functions(&engine, ["direct", "through"]);
    let results = block_on(store.run(async |access| {
        let call = |func: Func, turns: u32| func.call_concurrent::<_, _, _, u32>(&access, (turns,));
        let calls = [(direct, 1), (direct, 5), (through, 3), (direct, 2), (through, 0), (through, 4)];
        let mut results = Vec::new();
        for call in calls.map(|(func, turns)| call(func, turns)) {
            results.push(call.await?);
        }
        Ok::<_, Error>(results)
    }));
    assert_eq!(results.unwrap().unwrap(), [1, 5, 3, 2, 0, 4]);
    assert_idle(&store);
}

fn a_call_on_this_thread_waits_too<E: CoreEngine>(engine: E) {
    let (mut store, [direct]) = functions(&engine, ["direct"]);
    let results = block_on(store.run(async |access| {
        let first = direct.call_concurrent::<_, _, _, u32>(&access, (3_u32,));
        let second = access.with(|mut cx| direct.call_typed::<(u32,), u32>(&mut cx, &(1,)));
        Ok::<_, Error>([first.await?, second?])
    }));
    assert_eq!(results.unwrap().unwrap(), [3, 1]);
    assert_idle(&store);
}

fn a_dropped_call_lets_others_enter_when_it_ends<E: CoreEngine>(engine: E) {
    let (mut store, [direct]) = functions(&engine, ["direct"]);
    let result = block_on(store.run(async |access| {
        for _ in 0..100 {
            drop(direct.call_concurrent::<_, _, _, u32>(&access, (1_u32,)));
        }
        direct.call_concurrent::<_, _, _, u32>(&access, (2_u32,)).await
    }));
    assert_eq!(result.unwrap().unwrap(), 2);
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn dropped_calls_that_have_not_entered_leave_nothing<E: CoreEngine>(engine: E) {
    let (mut store, [direct]) = functions(&engine, ["direct"]);
    let census = block_on(store.run(async |access| {
        for _ in 0..2000 {
            drop(direct.call_concurrent::<_, _, _, u32>(&access, (u32::MAX,)));
            // The store reads its notes.
            turns(1).await;
        }
        access.with(|cx| cx.census())
    }));
    let census = census.unwrap();
    assert_eq!([census.tasks, census.threads], [1, 1], "the first one waits");
}

fn a_call_under_an_async_one_cannot_wait<E: CoreEngine>(engine: E) {
    let (mut store, [call_async, call_sync]) = functions(&engine, ["async", "sync"]);
    let error = block_on(store.run(async |access| {
        let waiting = call_async.call_concurrent::<_, _, _, u32>(&access, (3_u32,));
        let result = call_sync.call_concurrent::<_, _, _, u32>(&access, (1_u32,)).await;
        drop(waiting);
        message(result)
    }));
    assert!(error.as_ref().unwrap().contains("cannot block a synchronous task"), "{error:?}");
}
