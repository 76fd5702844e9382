//! Panics of host functions and of the host's futures: they reach who runs the store, and leave nothing that waits forever.

use core::future::Future;
use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use witwright_host::{Access, CoreEngine, Error, Gate, Instance, Linker, Store};

use super::concurrent::{assert_idle, block_on, turns};
use super::gated_component;
use crate::on_every_engine;

on_every_engine! {
    at_once_plain, at_once, later, spawned, main_future, when_asked_whether_done, beside_others, when_dropped_by_a_cancellation,
    when_dropped_with_the_instance, while_a_thread_waits,
}

/// Calls `f`, which waits for so many turns and then panics, in each way: `plain` is `g`, a function of sync type.
const GUEST: &str = r#"(component
    (import "f" (func $f async (param "turns" u32) (result u32)))
    (import "g" (func $g (param "turns" u32) (result u32)))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (core func $f (canon lower (func $f)))
    (core func $g (canon lower (func $g)))
    (core func $f-async (canon lower (func $f) async (memory (core memory $memory "memory"))))
    (core func $return (canon task.return (result u32)))
    (core func $new (canon waitable-set.new))
    (core func $join (canon waitable.join))
    (core func $drop (canon subtask.drop))
    (core func $cancel (canon subtask.cancel))
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "f" (func $f (param i32) (result i32)))
        (import "" "g" (func $g (param i32) (result i32)))
        (import "" "f-async" (func $f-async (param i32 i32) (result i32)))
        (import "" "return" (func $return (param i32)))
        (import "" "new" (func $new (result i32)))
        (import "" "join" (func $join (param i32 i32)))
        (import "" "drop" (func $drop (param i32)))
        (import "" "cancel" (func $cancel (param i32) (result i32)))
        (import "" "get" (func $get (result i32)))
        (import "" "set" (func $set (param i32)))
        (func (export "sync") (param i32) (result i32) (call $f (local.get 0)))
        (func (export "plain") (param i32) (result i32) (call $g (local.get 0)))
        ;; Cancels the call, which has not returned.
        (func (export "cancel") (param i32) (result i32)
            (call $cancel (i32.shr_u (call $f-async (local.get 0) (i32.const 64)) (i32.const 4))))
        (func (export "stackful") (param i32) (call $return (call $f (local.get 0))))
        (func (export "async") (param i32) (result i32) (local $set i32) (local $status i32)
            (local.set $status (call $f-async (local.get 0) (i32.const 64)))
            (if (i32.eq (local.get $status) (i32.const 2))
                (then (call $return (i32.load (i32.const 64))) (return (i32.const 0))))
            (local.set $set (call $new))
            (call $join (i32.shr_u (local.get $status) (i32.const 4)) (local.get $set))
            (call $set (local.get $set))
            (i32.or (i32.const 2) (i32.shl (local.get $set) (i32.const 4))))
        (func (export "callback") (param i32 i32 i32) (result i32)
            ;; It does not heed a cancellation.
            (if (i32.eq (local.get 0) (i32.const 6))
                (then (return (i32.or (i32.const 2) (i32.shl (call $get) (i32.const 4))))))
            (call $drop (local.get 1))
            (call $return (i32.load (i32.const 64)))
            (i32.const 0)))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $memory "memory"))
        (export "f" (func $f)) (export "g" (func $g)) (export "f-async" (func $f-async))
        (export "return" (func $return)) (export "new" (func $new)) (export "join" (func $join)) (export "drop" (func $drop))
        (export "cancel" (func $cancel)) (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "sync") async (param "turns" u32) (result u32) (canon lift (core func $i "sync")))
    (func (export "plain") (param "turns" u32) (result u32) (canon lift (core func $i "plain")))
    (func (export "cancel") async (param "turns" u32) (result u32) (canon lift (core func $i "cancel")))
    (func (export "stackful") async (param "turns" u32) (result u32) (canon lift (core func $i "stackful") async))
    (func (export "async") async (param "turns" u32) (result u32)
        (canon lift (core func $i "async") async (callback (core func $i "callback")))))"#;

/// After so many turns, `f` and `g` panic.
const PANICS: u32 = 7;

/// Called with this, `f` waits forever, and panics when its future is dropped.
const PANICS_LATE: u32 = 200;

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "dropped");
    }
}

/// A store with two instances.
fn guests<E: CoreEngine>() -> (Store<(), E>, [Instance; 2]) {
    let engine = E::default();
    let component = gated_component(&engine, &[Gate::AsyncStackful], GUEST);
    let mut linker = Linker::<(), E>::new(&engine);
    let f = |_: Access<(), E>, (count,): (u32,)| async move {
        assert_ne!(count, 100, "at once");
        let late = (count == PANICS_LATE).then(|| Late);
        if late.is_some() {
            core::future::pending::<()>().await;
        }
        turns(count).await;
        assert_ne!(count, PANICS, "later");
        Ok(count)
    };
    linker.root().func_wrap_async("f", f).unwrap();
    linker
        .root()
        .func_wrap("g", |_, (count,): (u32,)| {
            assert_ne!(count, PANICS, "g");
            Ok(count)
        })
        .unwrap();
    let mut store = Store::new(&engine, ());
    let instances = [(); 2].map(|()| linker.instantiate(&mut store, &component).unwrap());
    (store, instances)
}

fn panics<R: core::fmt::Debug>(future: impl Future<Output = R>) {
    let outcome = catch_unwind(AssertUnwindSafe(|| block_on(future)));
    assert!(outcome.is_err(), "{outcome:?}");
}

fn call<E: CoreEngine>(store: &mut Store<(), E>, instance: Instance, name: &str, count: u32) -> Result<u32, Error> {
    let func = instance.func(&mut *store, None, name).unwrap();
    block_on(func.call_async(store, (count,)))
}

/// The instance that was left by a panic is not entered again; the other one is as before, and nothing is left.
fn check_after<E: CoreEngine>(store: &mut Store<(), E>, [left, other]: [Instance; 2]) {
    for name in ["sync", "stackful", "async", "plain"] {
        let again = call(store, left, name, 1).unwrap_err().to_string();
        assert!(again.contains("cannot enter component instance"), "{name}: {again}");
        assert_eq!(call(store, other, name, 1).unwrap(), 1, "{name}");
    }
    assert_idle(store);
}

fn at_once_plain<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let func = instances[0].func(&mut store, None, "plain").unwrap();
    panics(func.call_async::<_, u32>(&mut store, (PANICS,)));
    check_after(&mut store, instances);
}

fn at_once<E: CoreEngine>() {
    for name in ["sync", "stackful", "async"] {
        let (mut store, instances) = guests::<E>();
        let func = instances[0].func(&mut store, None, name).unwrap();
        panics(func.call_async::<_, u32>(&mut store, (100_u32,)));
        check_after(&mut store, instances);
    }
}

fn later<E: CoreEngine>() {
    for name in ["sync", "stackful", "async"] {
        let (mut store, instances) = guests::<E>();
        let func = instances[0].func(&mut store, None, name).unwrap();
        panics(func.call_async::<_, u32>(&mut store, (PANICS,)));
        check_after(&mut store, instances);
    }
}

fn spawned<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let func = instances[0].func(&mut store, None, "async").unwrap();
    panics(store.run(async |access| {
        access.spawn(async {
            turns(1).await;
            panic!("spawned")
        });
        func.call_concurrent::<_, _, _, u32>(&access, (20_u32,)).await
    }));
    for instance in instances {
        assert_eq!(call(&mut store, instance, "async", 1).unwrap(), 1);
    }
    block_on(store.run_until(|_| false)).unwrap();
    assert_idle(&store);
}

fn main_future<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let func = instances[0].func(&mut store, None, "async").unwrap();
    panics(store.run(async |access| {
        let call = func.call_concurrent::<_, _, _, u32>(&access, (20_u32,));
        turns(1).await;
        if true {
            access.with(|_| panic!("main"))
        }
        call.await
    }));
    for instance in instances {
        assert_eq!(call(&mut store, instance, "async", 1).unwrap(), 1);
    }
    store.run_ready().unwrap();
}

fn when_asked_whether_done<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let mut count = 0;
    panics(store.run_until(|_| {
        count += 1;
        assert_ne!(count, 1);
        false
    }));
    for instance in instances {
        assert_eq!(call(&mut store, instance, "async", 1).unwrap(), 1);
    }
    assert_idle(&store);
}

/// Calls that wait in the same instance end with an error, when the store runs again; those of the other one go on.
fn beside_others<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let funcs = instances.map(|instance| instance.func(&mut store, None, "stackful").unwrap());
    let mut calls = None;
    panics(store.run(async |access| {
        calls = Some([(0, 20), (1, 20)].map(|(index, count)| Box::pin(func_call(funcs[index], &access, count))));
        func_call(funcs[0], &access, PANICS).await
    }));
    let [ended, good] = calls.unwrap();
    let outcomes = block_on(store.run(async |_| (ended.await, good.await)));
    let (ended, good) = outcomes.unwrap();
    let ended = ended.unwrap_err().to_string();
    assert!(ended.contains("cannot enter component instance"), "{ended}");
    assert_eq!(good.unwrap(), 20);
    check_after(&mut store, instances);
}

fn func_call<E: CoreEngine>(
    func: witwright_host::Func,
    access: &Access<(), E>,
    count: u32,
) -> impl Future<Output = Result<u32, Error>> + use<E> {
    func.call_concurrent::<(), E, _, u32>(access, (count,))
}

/// The guest that cancels has trapped; the host's call is told so.
fn when_dropped_by_a_cancellation<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let func = instances[0].func(&mut store, None, "cancel").unwrap();
    panics(func.call_async::<_, u32>(&mut store, (PANICS_LATE,)));
    check_after(&mut store, instances);
}

/// All calls of the instance end nevertheless, and those of the other one go on.
fn when_dropped_with_the_instance<E: CoreEngine>() {
    let (mut store, instances) = guests::<E>();
    let [left, right] = instances.map(|instance| instance.func(&mut store, None, "stackful").unwrap());
    let trap = instances[0].func(&mut store, None, "cancel").unwrap();
    let mut calls = None;
    panics(store.run(async |access| {
        // The first one's future is dropped first.
        calls = Some(
            [(left, PANICS_LATE), (left, 20), (right, 20)].map(|(f, count)| Box::pin(func_call(f, &access, count))),
        );
        // It is not cancelled, so the guest traps.
        func_call(trap, &access, 0).await
    }));
    let [late, waiting, good] = calls.unwrap();
    let (late, waiting, good) = block_on(store.run(async |_| (late.await, waiting.await, good.await))).unwrap();
    for outcome in [late, waiting] {
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains("cannot enter component instance"), "{error}");
    }
    assert_eq!(good.unwrap(), 20);
    check_after(&mut store, instances);
}

/// A call that waits on its thread.
fn while_a_thread_waits<E: CoreEngine>() {
    for name in ["sync", "stackful", "async"] {
        let (mut store, instances) = guests::<E>();
        let func = instances[0].func(&mut store, None, name).unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| func.call_typed::<_, u32>(&mut store, &(PANICS,))));
        assert!(outcome.is_err(), "{name}");
        check_after(&mut store, instances);
    }
}
