//! Calls whose caller traps before they have entered, or before they have returned: the callee goes on.

use witwright_host::{CoreEngine, Gate, Instance, Linker, Store};

use super::concurrent::{assert_idle, block_on};
use super::wrong_values::call;
use super::{component, gated_component};
use crate::on_every_engine;

on_every_engine! {
    a_call_that_waits_never_enters, a_result_is_dropped,
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
