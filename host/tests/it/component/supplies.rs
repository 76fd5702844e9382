//! Definitions of a linker other than functions and resources: core modules, components, exports of instances.

use witwright_host::{CoreEngine, Linker, Store};

use super::{component, link_error, message};
use crate::on_every_engine;

on_every_engine! {
    modules_are_instantiated, components_are_instantiated, all_that_is_missing_is_told, functions_of_instances_are_called,
    resources_of_instances_keep_their_type, instances_serve_their_own_store,
}

fn bytes(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

const SEVEN: &str = r#"(module (func (export "get") (result i32) (i32.const 7)))"#;

/// Lifts `get` of an imported core module.
const OF_MODULE: &str = r#"(component
    (import "lib" (instance $lib (export "m" (core module $m (export "get" (func (result i32)))))))
    (core instance $i (instantiate (module $lib "m")))
    (func (export "get") (result u32) (canon lift (core func $i "get"))))"#;

/// Exports the `get` of two instances of an imported component.
const OF_COMPONENT: &str = r#"(component
    (import "c" (component $c
        (import "base" (func (result u32)))
        (export "get" (func (result u32)))))
    (import "base" (func $base (result u32)))
    (instance $a (instantiate $c (with "base" (func $base))))
    (instance $b (instantiate $c (with "base" (func $a "get"))))
    (func (export "get") (alias export $b "get")))"#;

fn modules_are_instantiated<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::new(&engine);
    linker.instance("lib").module("m", &bytes(SEVEN)).unwrap();
    let component = component(&engine, OF_MODULE);
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let get = instance.func(&mut store, None, "get").unwrap();
    assert_eq!(get.call_typed::<(), u32>(&mut store, &()).unwrap(), 7);
    assert!(linker.root().module("bad", b"no module").is_err());
}

fn components_are_instantiated<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::new(&engine);
    let increment = bytes(
        r#"(component
            (import "base" (func $base (result u32)))
            (core func $base' (canon lower (func $base)))
            (core module $m
                (import "" "base" (func $base (result i32)))
                (func (export "get") (result i32) (i32.add (call $base) (i32.const 1))))
            (core instance $i (instantiate $m (with "" (instance (export "base" (func $base'))))))
            (func (export "get") (result u32) (canon lift (core func $i "get"))))"#,
    );
    linker.root().component("c", &increment).unwrap();
    linker.root().func_wrap("base", |_, (): ()| Ok(40_u32)).unwrap();
    let component = component(&engine, OF_COMPONENT);
    assert_eq!(component.exports().collect::<Vec<_>>(), ["get"]);
    let pre = linker.instantiate_pre(&component).unwrap();
    let mut store = Store::new(&engine, ());
    for _ in 0..2 {
        let instance = pre.instantiate(&mut store).unwrap();
        let get = instance.func(&mut store, None, "get").unwrap();
        assert_eq!(get.call_typed::<(), u32>(&mut store, &()).unwrap(), 42);
    }
}

fn all_that_is_missing_is_told<E: CoreEngine>() {
    let mut linker = Linker::<(), E>::new(&E::default());
    linker.root().module("modul", &bytes(SEVEN)).unwrap();
    linker.root().func_wrap("component", |_, (): ()| Ok(())).unwrap();
    let text = r#"(component
        (import "f" (func))
        (import "module" (core module))
        (import "component" (component)))"#;
    let expected = "the component cannot be linked:
  import core module `module`: not found in the linker; did you mean `modul`
  import component `component`: expected component, found func in the linker
  import func `f`: not found in the linker";
    assert_eq!(link_error(&linker, text), expected);
}

const COUNTER: &str = r#"(component
    (core module $m
        (global $n (mut i32) (i32.const 0))
        (func (export "next") (result i32)
            (global.set $n (i32.add (global.get $n) (i32.const 1)))
            (global.get $n)))
    (core instance $i (instantiate $m))
    (func $next (result u32) (canon lift (core func $i "next")))
    (instance $api (export "next" (func $next)))
    (export "api" (instance $api)))"#;

/// An instance in an instance has the names of both.
const USER: &str = r#"(component
    (import "counter:x/api" (instance $api (export "next" (func (result u32)))))
    (core func $next (canon lower (func $api "next")))
    (core module $m (import "" "next" (func $next (result i32))) (func (export "twice") (result i32)
        (drop (call $next)) (call $next)))
    (core instance $i (instantiate $m (with "" (instance (export "next" (func $next))))))
    (func (export "twice") (result u32) (canon lift (core func $i "twice"))))"#;

fn functions_of_instances_are_called<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::new(&engine);
    let mut store = Store::new(&engine, ());
    let counter = Linker::new(&engine).instantiate(&mut store, &component(&engine, COUNTER)).unwrap();
    linker.define_instance(&mut store, "counter:x", counter).unwrap();
    let instance = linker.instantiate(&mut store, &component(&engine, USER)).unwrap();
    let twice = instance.func(&mut store, None, "twice").unwrap();
    assert_eq!(twice.call_typed::<(), u32>(&mut store, &()).unwrap(), 2);
    let next = counter.func(&mut store, Some("api"), "next").unwrap();
    assert_eq!(next.call_typed::<(), u32>(&mut store, &()).unwrap(), 3);
}

fn instances_serve_their_own_store<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::new(&engine);
    let mut store = Store::new(&engine, ());
    let counter = Linker::new(&engine).instantiate(&mut store, &component(&engine, COUNTER)).unwrap();
    linker.define_instance(&mut store, "counter:x", counter).unwrap();
    let mut other = Store::new(&engine, ());
    assert!(linker.define_instance(&mut other, "again", counter).is_err());
    let made = linker.instantiate(&mut other, &component(&engine, USER));
    let error = message(made);
    assert!(error.starts_with("in the import of ") && error.contains("belongs to another store"), "{error}");
}

fn resources_of_instances_keep_their_type<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let definer = component(
        &engine,
        r#"(component
            (type $r' (resource (rep i32)))
            (export $r "r" (type $r'))
            (core func $new (canon resource.new $r'))
            (core func $rep (canon resource.rep $r'))
            (core module $m
                (import "" "new" (func $new (param i32) (result i32)))
                (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
                (func (export "read") (param i32) (result i32) (local.get 0)))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
            (func (export "make") (param "rep" u32) (result (own $r)) (canon lift (core func $i "make")))
            (func (export "read") (param "r" (borrow $r)) (result u32) (canon lift (core func $i "read"))))"#,
    );
    let definer = Linker::new(&engine).instantiate(&mut store, &definer).unwrap();
    let mut linker = Linker::new(&engine);
    linker.define_instance(&mut store, "definer", definer).unwrap();
    let user = component(
        &engine,
        r#"(component
            (import "definer" (instance $d
                (export "r" (type $r (sub resource)))
                (export "make" (func (param "rep" u32) (result (own $r))))
                (export "read" (func (param "r" (borrow $r)) (result u32)))))
            (core func $make (canon lower (func $d "make")))
            (core func $read (canon lower (func $d "read")))
            (core module $m
                (import "" "make" (func $make (param i32) (result i32)))
                (import "" "read" (func $read (param i32) (result i32)))
                (func (export "run") (result i32) (call $read (call $make (i32.const 77)))))
            (core instance $i (instantiate $m (with "" (instance
                (export "make" (func $make)) (export "read" (func $read))))))
            (func (export "run") (result u32) (canon lift (core func $i "run"))))"#,
    );
    let user = linker.instantiate(&mut store, &user).unwrap();
    let run = user.func(&mut store, None, "run").unwrap();
    assert_eq!(run.call_typed::<(), u32>(&mut store, &()).unwrap(), 77);
}
