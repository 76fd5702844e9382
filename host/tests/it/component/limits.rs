//! The limits of components: each is tested with a component just below it and one above it.

use witwright_host::{Component, CoreEngine, Error, Limits, Linker, Options, Store, Val};

use super::core_module;
use crate::on_every_engine;

on_every_engine! {
    handles, lifted_bytes, bytes_between_guests, definitions, memory, memory_growth, table_elements, core_instances,
    component_instances, trapped_instances, held_handles, call_depth,
}

/// Loads a component and calls its function `f`.
fn run<E: CoreEngine>(text: &str, options: &Options, limits: Limits) -> Result<(), Error> {
    run_with::<E>(text, options, limits, &[])
}

/// As [`run`], with arguments.
fn run_with<E: CoreEngine>(text: &str, options: &Options, limits: Limits, arguments: &[Val]) -> Result<(), Error> {
    let engine = E::default();
    let component = Component::with_options(&engine, &wat::parse_str(text).unwrap(), options)?;
    let mut store = Store::with_limits(&engine, (), limits);
    let instance = Linker::new(&engine).instantiate(&mut store, &component)?;
    let f = instance.func(&mut store, None, "f").unwrap();
    f.call(&mut store, arguments).map(|_| ())
}

fn refused(result: Result<(), Error>, reason: &str) {
    let error = result.unwrap_err().to_string();
    assert!(error.contains(reason), "{error}");
}

fn handles<E: CoreEngine>() {
    let text = r#"(component
        (type $r (resource (rep i32)))
        (core func $new (canon resource.new $r))
        (core module $m
            (import "" "new" (func $new (param i32) (result i32)))
            (func (export "f") (local $i i32)
                (loop $again
                    (drop (call $new (i32.const 0)))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br_if $again (i32.lt_u (local.get $i) (i32.const 10))))))
        (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
        (func (export "f") (canon lift (core func $i "f"))))"#;
    let mut options = Options::default();
    options.limits.handles = 10;
    run::<E>(text, &options, Limits::default()).unwrap();
    options.limits.handles = 9;
    refused(run::<E>(text, &options, Limits::default()), "handle table is full");
}

fn lifted_bytes<E: CoreEngine>() {
    let module = core_module(
        "m",
        r#"(func (export "f") (result i32)
            (i32.store (i32.const 16) (i32.const 1024)) (i32.store (i32.const 20) (i32.const 100)) (i32.const 16))"#,
    );
    let text = format!(
        r#"(component {module} (core instance $i (instantiate $m))
            (func (export "f") (result string) (canon lift (core func $i "f") (memory (core memory $i "memory")))))"#
    );
    let mut options = Options::default();
    options.limits.lifted_bytes = 100;
    run::<E>(&text, &options, Limits::default()).unwrap();
    options.limits.lifted_bytes = 99;
    refused(run::<E>(&text, &options, Limits::default()), "the values of a call are too large");
}

/// A list of lists that all have the same address: few bytes in the guest would become many in the host.
fn bytes_between_guests<E: CoreEngine>() {
    let giver = core_module(
        "m",
        r#"(func (export "give") (result i32)
            (local $i i32)
            (loop $again
                (i32.store (i32.add (i32.const 1024) (local.get $i)) (i32.const 0))
                (i32.store (i32.add (i32.const 1028) (local.get $i)) (i32.const 100))
                (local.set $i (i32.add (local.get $i) (i32.const 8)))
                (br_if $again (i32.lt_u (local.get $i) (i32.const 80))))
            (i32.store (i32.const 16) (i32.const 1024))
            (i32.store (i32.const 20) (i32.const 10))
            (i32.const 16))"#,
    );
    let memory = core_module("memory", "");
    for (ty, name) in [("(list (list u8))", "lists"), ("(list string)", "strings")] {
        let text = format!(
            r#"(component
                (component $giver {giver} (core instance $i (instantiate $m))
                    (func (export "give") (result {ty}) (canon lift (core func $i "give") (memory (core memory $i "memory")))))
                (instance $giver (instantiate $giver))
                {memory} (core instance $memory (instantiate $memory))
                (core func $give (canon lower (func $giver "give") (memory (core memory $memory "memory"))
                    (realloc (core func $memory "realloc"))))
                (core module $m (import "" "give" (func $give (param i32))) (func (export "f") (call $give (i32.const 64))))
                (core instance $i (instantiate $m (with "" (instance (export "give" (func $give))))))
                (func (export "f") (canon lift (core func $i "f"))))"#
        );
        let mut options = Options::default();
        options.limits.lifted_bytes = 10 * 8 + 10 * 100;
        run::<E>(&text, &options, Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        options.limits.lifted_bytes -= 1;
        refused(run::<E>(&text, &options, Limits::default()), "the values of a call are too large");
    }
}

const EMPTY: &str = r#"(component
    (core module $m (memory 1) (func (export "f")))
    (core instance $a (instantiate $m))
    (core instance $b (instantiate $m))
    (func (export "f") (canon lift (core func $a "f"))))"#;

fn definitions<E: CoreEngine>() {
    let mut options = Options::default();
    // A module, two core instances, an alias, a type, a function and an export.
    options.limits.definitions = 7;
    run::<E>(EMPTY, &options, Limits::default()).unwrap();
    options.limits.definitions = 6;
    refused(run::<E>(EMPTY, &options, Limits::default()), "too many definitions");
}

fn memory<E: CoreEngine>() {
    let mut limits = Limits::default();
    limits.memory_bytes = 2 << 16;
    run::<E>(EMPTY, &Options::default(), limits).unwrap();
    limits.memory_bytes -= 1;
    assert!(run::<E>(EMPTY, &Options::default(), limits).is_err());
}

/// A guest that may not have more memory gets an answer that says so, and continues.
fn memory_growth<E: CoreEngine>() {
    let text = r#"(component
        (core module $m (memory 1)
            (func (export "f") (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1)) (then (unreachable)))))
        (core instance $a (instantiate $m))
        (func (export "f") (canon lift (core func $a "f"))))"#;
    let mut limits = Limits::default();
    limits.memory_bytes = 2 << 16;
    refused(run::<E>(text, &Options::default(), limits), "unreachable");
    limits.memory_bytes -= 1;
    run::<E>(text, &Options::default(), limits).unwrap();
}

fn table_elements<E: CoreEngine>() {
    let text = r#"(component
        (core module $m (table 10 funcref) (func (export "f")))
        (core instance $a (instantiate $m))
        (core instance $b (instantiate $m))
        (func (export "f") (canon lift (core func $a "f"))))"#;
    let mut limits = Limits::default();
    limits.table_elements = 20;
    run::<E>(text, &Options::default(), limits).unwrap();
    limits.table_elements = 19;
    assert!(run::<E>(text, &Options::default(), limits).is_err());
}

fn component_instances<E: CoreEngine>() {
    let text = r#"(component
        (component $c (component $d) (instance (instantiate $d)))
        (instance (instantiate $c))
        (core module $m (func (export "f")))
        (core instance $a (instantiate $m))
        (func (export "f") (canon lift (core func $a "f"))))"#;
    let mut limits = Limits::default();
    limits.component_instances = 3;
    run::<E>(text, &Options::default(), limits).unwrap();
    limits.component_instances = 2;
    refused(run::<E>(text, &Options::default(), limits), "too many component instances");
    let mut options = Options::default();
    options.limits.instances = 2;
    refused(run::<E>(text, &options, Limits::default()), "too many component instances");
}

/// Instances that trapped do not count, whether while they were made or later.
fn trapped_instances<E: CoreEngine>() {
    let text = |start: &str| {
        format!(
            r#"(component (component $c) (instance (instantiate $c))
                (core module $m (func $f (export "f") (unreachable)) {start})
                (core instance $a (instantiate $m))
                (func (export "f") (canon lift (core func $a "f"))))"#
        )
    };
    let engine = E::default();
    let mut limits = Limits::default();
    limits.component_instances = 2;
    let mut store = Store::with_limits(&engine, (), limits);
    for start in ["(start $f)", "", "(start $f)", ""] {
        let component = Component::new(&engine, &wat::parse_str(text(start)).unwrap()).unwrap();
        let made = Linker::new(&engine).instantiate(&mut store, &component);
        let f = made.map(|made| made.func(&mut store, None, "f").unwrap());
        let outcome = f.and_then(|f| f.call(&mut store, &[])).map(|_| ());
        refused(outcome, "unreachable");
    }
}

/// The host keeps the resources that a guest passes to it, up to a limit.
fn held_handles<E: CoreEngine>() {
    let text = r#"(component
        (type $r' (resource (rep i32)))
        (export $r "r" (type $r'))
        (core func $new (canon resource.new $r'))
        (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $new))))"#;
    let engine = E::default();
    let component = Component::new(&engine, &wat::parse_str(text).unwrap()).unwrap();
    let mut limits = Limits::default();
    limits.held_handles = 2;
    let mut store = Store::with_limits(&engine, (), limits);
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    let make = instance.func(&mut store, None, "make").unwrap();
    let mut made = || make.call(&mut store, &[Val::U32(1)]);
    made().unwrap();
    made().unwrap();
    refused(made().map(|_| ()), "the host holds too many handles");
}

fn core_instances<E: CoreEngine>() {
    let mut limits = Limits::default();
    limits.core_instances = 2;
    run::<E>(EMPTY, &Options::default(), limits).unwrap();
    limits.core_instances = 1;
    refused(run::<E>(EMPTY, &Options::default(), limits), "too many core instances");
}

fn call_depth<E: CoreEngine>() {
    // The `f` of each component calls the `f` of the previous one.
    let mut text = String::from(
        r#"(component
            (component $first
                (core module $m (func (export "f")))
                (core instance $i (instantiate $m))
                (func (export "f") (canon lift (core func $i "f"))))
            (component $next
                (import "f" (func $f))
                (core func $f' (canon lower (func $f)))
                (core module $m (import "" "f" (func $f)) (func (export "f") (call $f)))
                (core instance $i (instantiate $m (with "" (instance (export "f" (func $f'))))))
                (func (export "f") (canon lift (core func $i "f"))))
            (instance $i0 (instantiate $first))"#,
    );
    for i in 1..20 {
        text += &format!(r#"(instance $i{i} (instantiate $next (with "f" (func $i{} "f"))))"#, i - 1);
    }
    text += r#"(func (export "f") (alias export $i19 "f")))"#;
    let mut limits = Limits::default();
    limits.call_depth = 20;
    run::<E>(&text, &Options::default(), limits).unwrap();
    limits.call_depth = 19;
    refused(run::<E>(&text, &Options::default(), limits), "call stack exhausted");
    limits.call_depth = 0;
    let alone = r#"(component
        (type $r (resource (rep i32)))
        (core func $f (canon resource.new $r))
        (func (export "f") (param "n" u32) (result u32) (canon lift (core func $f))))"#;
    refused(run_with::<E>(alone, &Options::default(), limits, &[Val::U32(1)]), "call stack exhausted");
    limits.call_depth = 1;
    run_with::<E>(alone, &Options::default(), limits, &[Val::U32(1)]).unwrap();
}
