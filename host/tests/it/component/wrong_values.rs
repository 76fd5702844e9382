//! Calls between components whose values are wrong after handles among them have been passed: who is the reason traps alone, and no
//! handle is left.

use witwright_host::{CoreEngine, Error, Instance, Linker, Store, StoreContextMut, Val};

use super::component;
use super::concurrent::{assert_idle, block_on};
use crate::on_every_engine;

on_every_engine! {
    wrong_arguments_end_the_caller_alone, a_caller_that_cannot_take_a_result_ends_alone,
    a_callee_whose_result_is_wrong_ends, a_caller_that_trapped_is_not_resumed,
    the_host_keeps_what_it_could_not_pass,
}

pub(super) const OWNER: &str = r#"(component
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (core func $new (canon resource.new $r'))
    (core module $m (import "" "new" (func $new (param i32) (result i32)))
        (func (export "make") (result i32) (call $new (i32.const 5))))
    (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
    (func (export "make") (result (own $r)) (canon lift (core func $i "make"))))"#;

/// Takes handles, holds calls back from `hold` until `release`, and drops a handle.
const TAKER: &str = r#"(component
    (import "r" (type $r (sub resource)))
    (type $s (stream u8))
    (core func $inc (canon backpressure.inc))
    (core func $dec (canon backpressure.dec))
    (core func $drop (canon resource.drop $r))
    (core module $m
        (import "" "inc" (func $inc)) (import "" "dec" (func $dec)) (import "" "drop" (func $drop (param i32)))
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 512))
        (func (export "two") (param i32 i32) (call $drop (local.get 1))) (func (export "three") (param i32 i32 i32))
        (func (export "hold") (call $inc))
        (func (export "release") (call $dec))
        (func (export "drop") (param i32) (call $drop (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance
        (export "inc" (func $inc)) (export "dec" (func $dec)) (export "drop" (func $drop))))))
    (func (export "lent") async (param "a" (own $r)) (param "b" (borrow $r)) (canon lift (core func $i "two")))
    (func (export "both") async (param "a" (borrow $r)) (param "b" (borrow $r)) (canon lift (core func $i "two")))
    (func (export "stream") async (param "a" $s) (param "b" string) (canon lift (core func $i "three")
        (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "plain") (param "a" (own $r)) (param "b" string) (canon lift (core func $i "three")
        (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "hold") (canon lift (core func $i "hold")))
    (func (export "release") (canon lift (core func $i "release")))
    (func (export "drop") (param "index" u32) (canon lift (core func $i "drop"))))"#;

/// Passes a handle that exists, and then a handle that does not or a string out of bounds.
const GIVER: &str = r#"(component
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (import "lent" (func $lent async (param "a" (own $r)) (param "b" (borrow $r))))
    (import "both" (func $both async (param "a" (borrow $r)) (param "b" (borrow $r))))
    (import "stream" (func $stream async (param "a" (stream u8)) (param "b" string)))
    (import "plain" (func $plain (param "a" (own $r)) (param "b" string)))
    (type $s (stream u8))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (core func $new (canon stream.new $s))
    (core func $make (canon lower (func $make)))
    (core func $lent (canon lower (func $lent)))
    (core func $lent-async (canon lower (func $lent) async))
    (core func $both (canon lower (func $both)))
    (core func $both-async (canon lower (func $both) async))
    (core func $stream (canon lower (func $stream) (memory (core memory $memory "memory"))))
    (core func $stream-async (canon lower (func $stream) async (memory (core memory $memory "memory"))))
    (core func $plain (canon lower (func $plain) (memory (core memory $memory "memory"))))
    (core module $m
        (import "" "new" (func $new (result i64)))
        (import "" "make" (func $make (result i32)))
        (import "" "lent" (func $lent (param i32 i32))) (import "" "lent-async" (func $lent-async (param i32 i32) (result i32)))
        (import "" "both" (func $both (param i32 i32))) (import "" "both-async" (func $both-async (param i32 i32) (result i32)))
        (import "" "stream" (func $stream (param i32 i32 i32)))
        (import "" "stream-async" (func $stream-async (param i32 i32 i32) (result i32)))
        (import "" "plain" (func $plain (param i32 i32 i32)))
        (func (export "lent") (call $lent (call $make) (i32.const 77)))
        (func (export "lent-async") (drop (call $lent-async (call $make) (i32.const 77))))
        (func (export "both") (call $both (call $make) (i32.const 77)))
        (func (export "both-async") (drop (call $both-async (call $make) (i32.const 77))))
        (func (export "stream") (call $stream (i32.wrap_i64 (call $new)) (i32.const 65535) (i32.const 2)))
        (func (export "stream-async")
            (drop (call $stream-async (i32.wrap_i64 (call $new)) (i32.const 65535) (i32.const 2))))
        (func (export "plain") (call $plain (call $make) (i32.const 65535) (i32.const 2))))
    (core instance $i (instantiate $m (with "" (instance
        (export "new" (func $new)) (export "make" (func $make)) (export "lent" (func $lent))
        (export "lent-async" (func $lent-async))
        (export "both" (func $both)) (export "both-async" (func $both-async)) (export "stream" (func $stream))
        (export "stream-async" (func $stream-async)) (export "plain" (func $plain))))))
    (func (export "lent") async (canon lift (core func $i "lent")))
    (func (export "lent-async") async (canon lift (core func $i "lent-async")))
    (func (export "both") async (canon lift (core func $i "both")))
    (func (export "both-async") async (canon lift (core func $i "both-async")))
    (func (export "stream") async (canon lift (core func $i "stream")))
    (func (export "stream-async") async (canon lift (core func $i "stream-async")))
    (func (export "plain") (canon lift (core func $i "plain"))))"#;

pub(super) fn call<E: CoreEngine>(store: &mut Store<(), E>, instance: Instance, name: &str) -> Result<(), Error> {
    instance.func(&mut *store, None, name).unwrap().call_typed(store, &())
}

/// A linker with the exports of these components, each of which may import those of the ones before it.
pub(super) fn linked<E: CoreEngine, const N: usize>(
    engine: &E,
    texts: [&str; N],
) -> (Linker<(), E>, Store<(), E>, [Instance; N]) {
    let mut linker = Linker::<(), E>::new(engine);
    let mut store = Store::new(engine, ());
    let instances = texts.map(|text| {
        let instance = linker.instantiate(&mut store, &component(engine, text)).unwrap();
        linker.define_exports(&mut store, instance).unwrap();
        instance
    });
    (linker, store, instances)
}

/// Whether the call enters at once or waits, and the caller waits for it or not.
fn wrong_arguments_end_the_caller_alone<E: CoreEngine>() {
    let engine = E::default();
    let (linker, mut store, [_, taker]) = linked(&engine, [OWNER, TAKER]);
    let pre = linker.instantiate_pre(&component(&engine, GIVER)).unwrap();
    for (name, reason) in [
        ("lent", "unknown handle index 77"),
        ("lent-async", "unknown handle index 77"),
        ("both", "unknown handle index 77"),
        ("both-async", "unknown handle index 77"),
        ("stream", "out of bounds"),
        ("stream-async", "out of bounds"),
        ("plain", "out of bounds"),
    ] {
        for waits in [false, true] {
            let giver = pre.instantiate(&mut store).unwrap();
            let wrong = giver.func(&mut store, None, name).unwrap();
            let release = taker.func(&mut store, None, "release").unwrap();
            call(&mut store, taker, "hold").unwrap();
            if !waits {
                call(&mut store, taker, "release").unwrap();
            }
            let outcome = block_on(store.run(async |access| {
                let call = wrong.call_concurrent::<_, _, (), ()>(&access, ());
                if waits {
                    release.call_concurrent::<_, _, (), ()>(&access, ()).await?;
                }
                call.await
            }));
            let told = block_on(store.run_until(|_| false));
            let error = outcome.and_then(|outcome| outcome).and(told).unwrap_err().to_string();
            assert!(error.contains(reason), "{name}, {waits}: {error}");
            let again = call(&mut store, giver, name).unwrap_err().to_string();
            assert!(again.contains("cannot enter"), "{name}, {waits}: {again}");
            call(&mut store, taker, "hold").unwrap();
            call(&mut store, taker, "release").unwrap();
            assert_idle(&store);
        }
    }
    let drop = taker.func(&mut store, None, "drop").unwrap();
    let error = drop.call_typed::<_, ()>(&mut store, &(1_u32,)).unwrap_err().to_string();
    assert!(error.contains("unknown handle index 1"), "{error}");
}

/// Also if the call waits to enter.
fn the_host_keeps_what_it_could_not_pass<E: CoreEngine>() {
    let engine = E::default();
    let (_, mut store, [owner, taker]) = linked(&engine, [OWNER, TAKER]);
    let [make, lent, drop] = [(owner, "make"), (taker, "lent"), (taker, "drop")]
        .map(|(instance, name)| instance.func(&mut store, None, name).unwrap());
    let made = [(); 3].map(|()| make.call(&mut store, &[]).unwrap().unwrap());
    let Val::Resource(stale) = made[1] else { panic!("{made:?}") };
    stale.drop(&mut store).unwrap();
    for waits in [false, true] {
        if waits {
            call(&mut store, taker, "hold").unwrap();
        }
        let error = lent.call(&mut store, &made[..2]).unwrap_err().to_string();
        assert!(error.contains("parameter `b`: the handle was dropped"), "{error}");
        assert_idle(&store);
    }
    call(&mut store, taker, "release").unwrap();
    lent.call(&mut store, &[made[0].clone(), made[2].clone()]).unwrap();
    drop.call_typed::<_, ()>(&mut store, &(1_u32,)).unwrap();
    let error = drop.call_typed::<_, ()>(&mut store, &(1_u32,)).unwrap_err().to_string();
    assert!(error.contains("unknown handle index 1"), "{error}");
}

/// Returns a handle, a string and a handle: at once, without a task or as one, or after `open`. `count` counts the calls that went on
/// after their return. `twice` and `bad` return wrong values.
pub(super) const RETURNER: &str = r#"(component
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (type $t (tuple (own $r) string (own $r)))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (alias core export $memory "memory" (core memory $mem))
    (core func $make (canon lower (func $make)))
    (core func $drop (canon resource.drop $r))
    (core func $return (canon task.return (result $t) (memory $mem)))
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "make" (func $make (result i32))) (import "" "drop" (func $drop (param i32)))
        (import "" "return" (func $return (param i32 i32 i32 i32)))
        (global $open (mut i32) (i32.const 0)) (global $count (mut i32) (i32.const 0))
        (func $values (param $ptr i32) (param $second i32) (result i32)
            (i32.store (i32.const 64) (call $make))
            (i32.store (i32.const 68) (local.get $ptr)) (i32.store (i32.const 72) (i32.const 3))
            (i32.store (i32.const 76) (if (result i32) (local.get $second)
                (then (i32.load (i32.const 64))) (else (call $make))))
            (i32.const 64))
        (func (export "plain") (result i32) (call $values (i32.const 0) (i32.const 0)))
        (func (export "twice") (result i32) (call $values (i32.const 0) (i32.const 1)))
        (func (export "bad") (result i32) (call $values (i32.const 65535) (i32.const 0)))
        (func $count (global.set $count (i32.add (global.get $count) (i32.const 1))))
        (func (export "post") (param i32) (call $count))
        (func $give
            (drop (call $values (i32.const 0) (i32.const 0)))
            (call $return (i32.load (i32.const 64)) (i32.load (i32.const 68)) (i32.load (i32.const 72))
                (i32.load (i32.const 76)))
            (call $count))
        (func (export "task") (result i32) (call $give) (i32.const 0))
        (func (export "later") (result i32) (i32.const 1))
        (func (export "callback") (param i32 i32 i32) (result i32)
            (if (result i32) (global.get $open) (then (call $give) (i32.const 0)) (else (i32.const 1))))
        (func (export "open") (global.set $open (i32.const 1)))
        (func (export "close") (global.set $open (i32.const 0)))
        (func (export "count") (result i32) (global.get $count))
        (func (export "left") (param i32) (call $drop (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $mem)) (export "make" (func $make)) (export "drop" (func $drop))
        (export "return" (func $return))))))
    (func (export "plain") (result $t) (canon lift (core func $i "plain") (memory $mem)
        (post-return (core func $i "post"))))
    (func (export "twice") (result $t) (canon lift (core func $i "twice") (memory $mem)))
    (func (export "bad") (result $t) (canon lift (core func $i "bad") (memory $mem)))
    (func (export "sync") async (result $t) (canon lift (core func $i "plain") (memory $mem)
        (post-return (core func $i "post"))))
    (func (export "task") async (result $t) (canon lift (core func $i "task") async (callback (core func $i "callback"))
        (memory $mem)))
    (func (export "later") async (result $t) (canon lift (core func $i "later") async (callback (core func $i "callback"))
        (memory $mem)))
    (func (export "open") (canon lift (core func $i "open")))
    (func (export "close") (canon lift (core func $i "close")))
    (func (export "count") (result u32) (canon lift (core func $i "count")))
    (func (export "left") (param "index" u32) (canon lift (core func $i "left"))))"#;

/// Calls a function of `RETURNER` with a `realloc` that traps, or with an address out of bounds.
pub(super) fn receiver(name: &str, is_async: bool, ptr: u32) -> String {
    let (of_type, lowered, result, after, lifted) = match (name, is_async) {
        ("plain" | "twice" | "bad", _) => ("", "", "", "", ""),
        (_, false) => ("async", "", "", "", "async"),
        (_, true) => ("async", "async", "(result i32)", "(drop) (loop $wait (drop (call $yield)) (br $wait))", "async"),
    };
    format!(
        r#"(component
            (import "r" (type $r (sub resource)))
            (import "{name}" (func $f {of_type} (result (tuple (own $r) string (own $r)))))
            (core module $memory (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (unreachable)))
            (core instance $memory (instantiate $memory))
            (core func $yield (canon thread.yield))
            (core func $f (canon lower (func $f) {lowered}
                (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
            (core module $m
                (import "" "f" (func $f (param i32) {result})) (import "" "yield" (func $yield (result i32)))
                (func (export "run") (call $f (i32.const {ptr})) {after}))
            (core instance $i (instantiate $m (with "" (instance (export "f" (func $f)) (export "yield" (func $yield))))))
            (func (export "run") {lifted} (canon lift (core func $i "run"))))"#
    )
}

fn a_caller_that_cannot_take_a_result_ends_alone<E: CoreEngine>() {
    let engine = E::default();
    let (linker, mut store, [_, returner]) = linked(&engine, [OWNER, RETURNER]);
    let mut calls = 0;
    for (name, is_async) in [
        ("plain", false),
        ("sync", false),
        ("sync", true),
        ("task", false),
        ("task", true),
        ("later", false),
        ("later", true),
    ] {
        for (ptr, reason) in [(16, "unreachable"), (65532, "out of bounds")] {
            let receiver = component(&engine, &receiver(name, is_async, ptr));
            let receiver = linker.instantiate(&mut store, &receiver).unwrap();
            let [run, open] =
                [(receiver, "run"), (returner, "open")].map(|(of, name)| of.func(&mut store, None, name).unwrap());
            call(&mut store, returner, "close").unwrap();
            let outcome = block_on(store.run(async |access| {
                let run = run.call_concurrent::<_, _, (), ()>(&access, ());
                open.call_concurrent::<_, _, (), ()>(&access, ()).await?;
                run.await
            }));
            let error = outcome.and_then(|outcome| outcome).unwrap_err().to_string();
            assert!(error.contains(reason), "{name}, {is_async}, {ptr}: {error}");
            block_on(store.run_until(|_| false)).unwrap();
            calls += 1;
            let count = returner.func(&mut store, None, "count").unwrap();
            assert_eq!(count.call_typed::<_, u32>(&mut store, &()).unwrap(), calls, "{name}, {is_async}, {ptr}");
            let again = call(&mut store, receiver, "run").unwrap_err().to_string();
            assert!(again.contains("cannot enter"), "{name}, {is_async}, {ptr}: {again}");
            assert_idle(&store);
        }
    }
    let left = returner.func(&mut store, None, "left").unwrap();
    let error = left.call_typed::<_, ()>(&mut store, &(1_u32,)).unwrap_err().to_string();
    assert!(error.contains("unknown handle index 1"), "{error}");
}

/// The caller waits for a result that it cannot take. Others run on the native stack, so that it cannot end yet.
fn a_caller_that_trapped_is_not_resumed<E: CoreEngine>() {
    let engine = E::default();
    let (mut linker, mut store, [_, returner]) = linked(&engine, [OWNER, RETURNER]);
    let [open, later] = ["open", "later"].map(|name| returner.func(&mut store, None, name).unwrap());
    let receiver = component(&engine, &receiver("later", false, 16));
    let receiver = linker.instantiate(&mut store, &receiver).unwrap();
    let host = move |mut cx: StoreContextMut<'_, (), E>, ()| {
        open.call_typed::<_, ()>(&mut cx, &())?;
        (0..3).try_for_each(|_| later.call(&mut cx, &[]).map(|_| ()))
    };
    linker.root().func_wrap("host", host).unwrap();
    let outer = r#"(component
        (import "host" (func $host))
        (core func $host (canon lower (func $host)))
        (core module $m (import "" "host" (func $host)) (func (export "run") (call $host)))
        (core instance $i (instantiate $m (with "" (instance (export "host" (func $host))))))
        (func (export "run") (canon lift (core func $i "run"))))"#;
    let outer = linker.instantiate(&mut store, &component(&engine, outer)).unwrap();
    let [run, outer] = [receiver, outer].map(|instance| instance.func(&mut store, None, "run").unwrap());
    let outcome = block_on(store.run(async |access| {
        let run = run.call_concurrent::<_, _, (), ()>(&access, ());
        outer.call_concurrent::<_, _, (), ()>(&access, ()).await.unwrap();
        run.await
    }));
    let error = outcome.and_then(|outcome| outcome).unwrap_err().to_string();
    assert!(error.contains("unreachable"), "{error}");
    block_on(store.run_until(|_| false)).unwrap();
    assert_idle(&store);
}

/// The callee lifts its result first, so its own mistakes end it, also if its caller could not take the result.
fn a_callee_whose_result_is_wrong_ends<E: CoreEngine>() {
    let engine = E::default();
    for (name, reason) in [("twice", "unknown handle index 1"), ("bad", "out of bounds")] {
        let (linker, mut store, [_, returner]) = linked(&engine, [OWNER, RETURNER]);
        let receiver = component(&engine, &receiver(name, false, 16));
        let receiver = linker.instantiate(&mut store, &receiver).unwrap();
        let error = call(&mut store, receiver, "run").unwrap_err().to_string();
        assert!(error.contains(reason), "{name}: {error}");
        let error = call(&mut store, returner, "open").unwrap_err().to_string();
        assert!(error.contains("cannot enter"), "{name}: {error}");
    }
}
