//! Calls whose caller traps before they have entered, or before they have returned: the callee goes on.

use witwright_host::{CoreEngine, ErrorKind, Gate, Instance, Linker, Store, Val};

use super::concurrent::{assert_idle, block_on};
use super::{component, gated_component};
use crate::on_every_engine;

on_every_engine! {
    a_call_that_waits_never_enters, a_result_is_dropped, wrong_arguments_end_the_caller_alone,
}

/// `hold` holds calls of `lent` and `give` back until `release`; they count what they get, and `give` returns a string and a resource.
const CALLEE: &str = r#"(component
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (core module $memory (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 512)))
    (core instance $memory (instantiate $memory))
    (core func $inc (canon backpressure.inc))
    (core func $dec (canon backpressure.dec))
    (core func $new (canon resource.new $r'))
    (core func $yield (canon thread.yield))
    (core func $return (canon task.return (result (tuple string (own $r))) (memory (core memory $memory "memory"))))
    (core module $m
        (import "" "inc" (func $inc)) (import "" "dec" (func $dec)) (import "" "new" (func $new (param i32) (result i32)))
        (import "" "yield" (func $yield (result i32)))
        (import "" "return" (func $return (param i32 i32 i32)))
        (global $closed (mut i32) (i32.const 0)) (global $count (mut i32) (i32.const 0))
        (func (export "hold") (call $inc) (global.set $closed (i32.const 1)))
        (func (export "release") (call $dec) (global.set $closed (i32.const 0)))
        (func (export "make") (result i32) (call $new (i32.const 5)))
        (func (export "lent") (param i32) (global.set $count (i32.add (global.get $count) (i32.const 1))))
        (func (export "give")
            (global.set $closed (i32.const 1))
            (loop $wait (drop (call $yield)) (br_if $wait (global.get $closed)))
            (call $return (i32.const 16) (i32.const 4) (call $new (i32.const 6)))
            (global.set $count (i32.add (global.get $count) (i32.const 10))))
        (func (export "open") (global.set $closed (i32.const 0)))
        (func (export "count") (result i32) (global.get $count)))
    (core instance $i (instantiate $m (with "" (instance
        (export "inc" (func $inc)) (export "dec" (func $dec)) (export "new" (func $new)) (export "yield" (func $yield))
        (export "return" (func $return))))))
    (func (export "make") (result (own $r)) (canon lift (core func $i "make")))
    (func (export "lent") async (param "r" (borrow $r)) (canon lift (core func $i "lent")))
    (func (export "give") async (result (tuple string (own $r))) (canon lift (core func $i "give") async
        (memory (core memory $memory "memory"))))
    (func (export "hold") (canon lift (core func $i "hold")))
    (func (export "release") (canon lift (core func $i "release")))
    (func (export "open") (canon lift (core func $i "open")))
    (func (export "count") (result u32) (canon lift (core func $i "count"))))"#;

/// Calls the function that its export is named after, and traps.
const CALLER: &str = r#"(component
    (import "callee" (instance $callee
        (export "r" (type $r (sub resource)))
        (export "make" (func (result (own $r))))
        (export "lent" (func async (param "r" (borrow $r))))
        (export "give" (func async (result (tuple string (own $r)))))))
    (core module $memory (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (unreachable)))
    (core instance $memory (instantiate $memory))
    (core func $make (canon lower (func $callee "make")))
    (core func $lent (canon lower (func $callee "lent") async))
    (core func $give (canon lower (func $callee "give") async
        (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
    (core module $m
        (import "" "make" (func $make (result i32)))
        (import "" "lent" (func $lent (param i32) (result i32)))
        (import "" "give" (func $give (param i32) (result i32)))
        (func (export "lent") (if (i32.eq (i32.and (call $lent (call $make)) (i32.const 15)) (i32.const 0)) (then (unreachable))))
        (func (export "give") (if (i32.eq (i32.and (call $give (i32.const 32)) (i32.const 15)) (i32.const 1)) (then (unreachable)))))
    (core instance $i (instantiate $m (with "" (instance
        (export "make" (func $make)) (export "lent" (func $lent)) (export "give" (func $give))))))
    (func (export "lent") (canon lift (core func $i "lent")))
    (func (export "give") async (canon lift (core func $i "give"))))"#;

fn instances<E: CoreEngine>() -> (Store<(), E>, [Instance; 2]) {
    let engine = E::default();
    let callee = gated_component(&engine, &[Gate::AsyncStackful], CALLEE);
    let mut linker = Linker::<(), E>::new(&engine);
    let mut store = Store::new(&engine, ());
    let callee = linker.instantiate(&mut store, &callee).unwrap();
    linker.define_instance(&mut store, "callee", callee).unwrap();
    let caller = linker.instantiate(&mut store, &component(&engine, CALLER)).unwrap();
    (store, [callee, caller])
}

fn call<E: CoreEngine>(store: &mut Store<(), E>, instance: Instance, name: &str) -> Result<(), witwright_host::Error> {
    let func = instance.func(&mut *store, None, name).unwrap();
    func.call_typed(store, &())
}

fn count<E: CoreEngine>(store: &mut Store<(), E>, instance: Instance) -> u32 {
    let func = instance.func(&mut *store, None, "count").unwrap();
    func.call_typed(store, &()).unwrap()
}

fn a_call_that_waits_never_enters<E: CoreEngine>() {
    let (mut store, [callee, caller]) = instances::<E>();
    call(&mut store, callee, "hold").unwrap();
    let error = call(&mut store, caller, "lent").unwrap_err().to_string();
    assert!(error.contains("unreachable"), "{error}");
    call(&mut store, callee, "release").unwrap();
    block_on(store.run_until(|_| false)).unwrap();
    assert_eq!(count(&mut store, callee), 0);
    assert_idle(&store);
}

fn a_result_is_dropped<E: CoreEngine>() {
    let (mut store, [callee, caller]) = instances::<E>();
    let error = call(&mut store, caller, "give").unwrap_err().to_string();
    assert!(error.contains("unreachable"), "{error}");
    call(&mut store, callee, "open").unwrap();
    block_on(store.run_until(|_| false)).unwrap();
    assert_eq!(count(&mut store, callee), 10, "the callee has returned, and has gone on");
    assert_idle(&store);
}

/// Holds calls of `both` and `text` back from `hold` until `release`.
const BOTH: &str = r#"(component
    (import "r" (type $r (sub resource)))
    (core func $inc (canon backpressure.inc))
    (core func $dec (canon backpressure.dec))
    (core func $drop (canon resource.drop $r))
    (core module $m
        (import "" "inc" (func $inc)) (import "" "dec" (func $dec)) (import "" "drop" (func $drop (param i32)))
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 512))
        (func (export "both") (param i32 i32))
        (func (export "hold") (call $inc))
        (func (export "release") (call $dec))
        (func (export "drop") (param i32) (call $drop (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance
        (export "inc" (func $inc)) (export "dec" (func $dec)) (export "drop" (func $drop))))))
    (func (export "both") async (param "a" (borrow $r)) (param "b" (borrow $r)) (canon lift (core func $i "both")))
    (func (export "text") async (param "s" string) (canon lift (core func $i "both")
        (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "hold") (canon lift (core func $i "hold")))
    (func (export "release") (canon lift (core func $i "release")))
    (func (export "drop") (param "index" u32) (canon lift (core func $i "drop"))))"#;

/// Calls `both` with a handle that exists and one that does not, and `text` with a string out of bounds: it waits, or returns before.
const WRONG: &str = r#"(component
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (import "both" (func $both async (param "a" (borrow $r)) (param "b" (borrow $r))))
    (import "text" (func $text async (param "s" string)))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (core func $make (canon lower (func $make)))
    (core func $both (canon lower (func $both)))
    (core func $text (canon lower (func $text) (memory (core memory $memory "memory"))))
    (core func $both-async (canon lower (func $both) async))
    (core func $text-async (canon lower (func $text) async (memory (core memory $memory "memory"))))
    (core module $m
        (import "" "make" (func $make (result i32)))
        (import "" "both" (func $both (param i32 i32))) (import "" "text" (func $text (param i32 i32)))
        (import "" "both-async" (func $both-async (param i32 i32) (result i32)))
        (import "" "text-async" (func $text-async (param i32 i32) (result i32)))
        (func (export "both") (call $both (call $make) (i32.const 77)))
        (func (export "text") (call $text (i32.const 65535) (i32.const 2)))
        (func (export "both-async") (drop (call $both-async (call $make) (i32.const 77))))
        (func (export "text-async") (drop (call $text-async (i32.const 65535) (i32.const 2)))))
    (core instance $i (instantiate $m (with "" (instance
        (export "make" (func $make)) (export "both" (func $both)) (export "text" (func $text))
        (export "both-async" (func $both-async)) (export "text-async" (func $text-async))))))
    (func (export "both") async (canon lift (core func $i "both")))
    (func (export "text") async (canon lift (core func $i "text")))
    (func (export "both-async") async (canon lift (core func $i "both-async")))
    (func (export "text-async") async (canon lift (core func $i "text-async"))))"#;

/// Whether the call enters at once or waits, and the caller waits for it or not; also if the callee was lent a handle already.
fn wrong_arguments_end_the_caller_alone<E: CoreEngine>() {
    let engine = E::default();
    let owner = r#"(component
        (type $r' (resource (rep i32)))
        (export $r "r" (type $r'))
        (core func $new (canon resource.new $r'))
        (core module $m (import "" "new" (func $new (param i32) (result i32)))
            (func (export "make") (result i32) (call $new (i32.const 5))))
        (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
        (func (export "make") (result (own $r)) (canon lift (core func $i "make"))))"#;
    let mut linker = Linker::<(), E>::new(&engine);
    let mut store = Store::new(&engine, ());
    let [owner, callee] = [owner, BOTH].map(|text| {
        let instance = linker.instantiate(&mut store, &component(&engine, text)).unwrap();
        linker.define_exports(&mut store, instance).unwrap();
        instance
    });
    let pre = linker.instantiate_pre(&component(&engine, WRONG)).unwrap();
    for (name, reason) in [
        ("both", "unknown handle index 77"),
        ("text", "out of bounds"),
        ("both-async", "unknown handle index 77"),
        ("text-async", "out of bounds"),
    ] {
        for waits in [false, true] {
            let caller = pre.instantiate(&mut store).unwrap();
            let wrong = caller.func(&mut store, None, name).unwrap();
            let release = callee.func(&mut store, None, "release").unwrap();
            call(&mut store, callee, "hold").unwrap();
            if !waits {
                call(&mut store, callee, "release").unwrap();
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
            let again = call(&mut store, caller, name).unwrap_err().to_string();
            assert!(again.contains("cannot enter"), "{name}, {waits}: {again}");
            call(&mut store, callee, "hold").unwrap();
            call(&mut store, callee, "release").unwrap();
            assert_idle(&store);
        }
    }
    // The host is told of its own mistake.
    let [make, both] = [(owner, "make"), (callee, "both")].map(|(of, name)| of.func(&mut store, None, name).unwrap());
    let lent = [(); 2].map(|()| make.call(&mut store, &[]).unwrap().unwrap());
    let Val::Resource(stale) = lent[1] else { panic!("{lent:?}") };
    stale.drop(&mut store).unwrap();
    let error = both.call(&mut store, &lent).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Handle(_)), "{error}");
    assert_idle(&store);
    // No handle is left.
    let drop = callee.func(&mut store, None, "drop").unwrap();
    let error = drop.call_typed::<_, ()>(&mut store, &(1_u32,)).unwrap_err().to_string();
    assert!(error.contains("unknown handle index 1"), "{error}");
}
