//! Gated features: start functions run, features that are only validated are rejected by name, and errors name a closed
//! gate.

use witwright_host::{Component, CoreEngine, Error, ErrorKind, Gate, Linker, Options, Store, StoreContextMut};

use super::message;
use crate::on_every_engine;

on_every_engine! { start_functions_run_in_order, a_start_function_may_trap, closed_gates_are_named, what_is_only_validated }

fn load<E: CoreEngine>(engine: &E, text: &str, gates: &[Gate]) -> Result<Component<E>, Error> {
    let mut options = Options::default();
    options.gates.extend_from_slice(gates);
    Component::with_options(engine, &wat::parse_str(text).unwrap(), &options)
}

fn start_functions_run_in_order<E: CoreEngine>() {
    let engine = E::default();
    let text = r#"(component
        (import "log" (func $log))
        (component $inner
            (import "log" (func $log))
            (core func $log (canon lower (func $log)))
            (core module $m
                (import "" "log" (func $log))
                (global $ran (mut i32) (i32.const 0))
                (func (export "start") (global.set $ran (i32.add (global.get $ran) (i32.const 1))) (call $log) (call $log))
                (func (export "ran") (result i32) (global.get $ran)))
            (core instance $i (instantiate $m (with "" (instance (export "log" (func $log))))))
            (func $start (canon lift (core func $i "start")))
            (start $start)
            (func (export "ran") (result u32) (canon lift (core func $i "ran"))))
        (instance $i (instantiate $inner (with "log" (func $log))))
        (start $log)
        (export "ran" (func $i "ran")))"#;
    let component = load(&engine, text, &[Gate::Values]).unwrap();
    let mut linker = Linker::<u32, E>::new(&engine);
    let mut root = linker.root();
    root.func_wrap("log", |mut cx: StoreContextMut<'_, u32, E>, (): ()| {
        *cx.data_mut() += 1;
        Ok(())
    })
    .unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &component).unwrap();
    assert_eq!(*store.data(), 3, "twice by the inner start function, then as one");
    let ran = instance.func(&mut store, None, "ran").unwrap();
    assert_eq!(ran.call_typed::<(), u32>(&mut store, &()).unwrap(), 1);
}

fn a_start_function_may_trap<E: CoreEngine>() {
    let engine = E::default();
    let text = r#"(component
        (core module $m (func (export "start") (unreachable)))
        (core instance $i (instantiate $m))
        (func $start (canon lift (core func $i "start")))
        (start $start))"#;
    let component = load(&engine, text, &[Gate::Values]).unwrap();
    let mut store = Store::new(&engine, ());
    assert!(message(Linker::new(&engine).instantiate(&mut store, &component)).contains("unreachable"));
}

const MEMORY64: &str = r#"(component
    (core module $m (memory (export "memory") i64 1) (func (export "f") (param i64 i64))
        (func (export "realloc") (param i64 i64 i64 i64) (result i64) (unreachable)))
    (core instance $i (instantiate $m))
    (func (export "f") (param "s" string) (canon lift (core func $i "f")
        (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))"#;

const GC: &str = r#"(component
    (core module $m (type $s (array i8)) (func (export "f") (param (ref null $s))))
    (core instance $i (instantiate $m))
    (func (export "f") (param "l" (list u8)) (canon lift (core func $i "f") gc)))"#;

const VALUE: &str = r#"(component (import "v" (value $v u32)) (export "w" (value $v)))"#;

fn closed_gates_are_named<E: CoreEngine>() {
    let engine = E::default();
    let start = "(component (import \"f\" (func $f)) (start $f))";
    let lists = "(component (type (list u8 4)))";
    for (text, gate) in [
        (VALUE, Gate::Values),
        (start, Gate::Values),
        (MEMORY64, Gate::Memory64),
        (GC, Gate::GcAbi),
        (lists, Gate::FixedLengthLists),
    ] {
        let error = load(&engine, text, &[]).unwrap_err();
        let ErrorKind::Invalid { gate: found, .. } = error.kind() else { panic!("{error}") };
        assert_eq!(*found, Some(gate));
        assert!(error.to_string().ends_with(&format!("; `Gate::{gate:?}` in `Options::gates` enables it")), "{error}");
    }
}

fn what_is_only_validated<E: CoreEngine>() {
    let engine = E::default();
    for (text, gates, name) in [
        (VALUE, &[Gate::Values][..], "cm-values"),
        (MEMORY64, &[Gate::Memory64], "cm64"),
        (GC, &[Gate::GcAbi, Gate::Gc], "cm-gc"),
    ] {
        let error = load(&engine, text, gates).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unsupported(_)), "{error}");
        assert_eq!(error.to_string(), format!("the component uses {name}, which this host does not run"));
    }
    load(&engine, "(component)", &[Gate::Values, Gate::Memory64, Gate::GcAbi]).expect("gates alone change nothing");
}
