//! Traps: their messages, and that an instance which trapped is never entered again.

use witwright_host::{CoreEngine, ErrorKind, Func, Linker, Store, Val};

use super::{component, core_module, instance, message};
use crate::on_every_engine;

on_every_engine! {
    a_trap_poisons, values_that_are_none_trap, a_wrong_value_does_not_poison, nested_calls_are_named,
}

fn a_trap_poisons<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(
        r#"(component
            (core module $m (func (export "boom") (unreachable)) (func (export "fine")))
            (core instance $i (instantiate $m))
            (func (export "boom") (canon lift (core func $i "boom")))
            (func (export "fine") (canon lift (core func $i "fine"))))"#,
    );
    let boom = instance.func(&mut store, None, "boom").unwrap();
    let fine = instance.func(&mut store, None, "fine").unwrap();
    fine.call_typed::<(), ()>(&mut store, &()).unwrap();
    let error = boom.call_typed::<(), ()>(&mut store, &()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Core(_)), "{error}");
    assert!(error.to_string().contains("unreachable"), "{error}");
    let again = fine.call_typed::<(), ()>(&mut store, &());
    let expected =
        "wasm trap: cannot enter component instance: a call of it trapped or panicked before; make a new instance";
    assert_eq!(message(again), expected);
}

fn values_that_are_none_trap<E: CoreEngine>() {
    let module = core_module(
        "m",
        r#"(func (export "number") (param i32) (result i32) (local.get 0))
        (func (export "pair") (param i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0))
            (i32.store (i32.const 20) (local.get 1))
            (i32.const 16))"#,
    );
    let text = format!(
        r#"(component {module} (core instance $i (instantiate $m))
            (type $color' (enum "red" "green"))
            (export $color "color" (type $color'))
            (func (export "char") (param "v" u32) (result char) (canon lift (core func $i "number")))
            (func (export "color-of") (param "v" u32) (result $color) (canon lift (core func $i "number")))
            (func (export "text") (param "p" u32) (param "n" u32) (result string)
                (canon lift (core func $i "pair") (memory (core memory $i "memory"))))
            (func (export "words") (param "p" u32) (param "n" u32) (result (list u32))
                (canon lift (core func $i "pair") (memory (core memory $i "memory")))))"#
    );
    let trap = |name: &str, params: &[u32]| {
        let (mut store, instance) = instance::<E>(&text);
        let func = instance.func(&mut store, None, name).unwrap();
        let params: Vec<Val> = params.iter().copied().map(Val::U32).collect();
        message(func.call(&mut store, &params))
    };
    assert!(trap("char", &[0xd800]).contains("invalid `char` bit pattern"));
    assert!(trap("color-of", &[2]).contains("invalid variant discriminant"));
    assert!(trap("text", &[131_072, 1]).contains("out of bounds"));
    assert!(trap("words", &[2, 1]).contains("unaligned pointer"));
    assert!(trap("words", &[131_072, 1]).contains("out of bounds"));
    assert!(trap("words", &[0, u32::MAX]).contains("list exceeds the maximum"));
}

fn a_wrong_value_does_not_poison<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(
        r#"(component
            (core module $m (func (export "id") (param i32) (result i32) (local.get 0)))
            (core instance $i (instantiate $m))
            (func (export "id") (param "v" u32) (result u32) (canon lift (core func $i "id"))))"#,
    );
    let id = instance.func(&mut store, None, "id").unwrap();
    assert_eq!(
        message(id.call(&mut store, &[Val::Bool(true)])),
        "in function `id`, parameter `v`: expected u32, found bool"
    );
    assert_eq!(message(id.call(&mut store, &[])), "in function `id`: expected 1 parameter, found 0");
    assert_eq!(id.call(&mut store, &[Val::U32(3)]).unwrap(), Some(Val::U32(3)));
}

/// The guest calls the host, which calls the guest, some times; the last call traps.
fn nested_calls_are_named<E: CoreEngine>() {
    let engine = E::default();
    let component = component(
        &engine,
        r#"(component
            (import "again" (func $again (param "left" u32)))
            (core func $again' (canon lower (func $again)))
            (core module $m
                (import "" "again" (func $again (param i32)))
                (func (export "run") (param i32)
                    (if (i32.eqz (local.get 0)) (then (unreachable)))
                    (call $again (i32.sub (local.get 0) (i32.const 1)))))
            (core instance $i (instantiate $m (with "" (instance (export "again" (func $again'))))))
            (func (export "run") (param "left" u32) (canon lift (core func $i "run")))
            (func (export "other") (param "left" u32) (canon lift (core func $i "run"))))"#,
    );
    let mut linker = Linker::<Option<Func>, E>::new(&engine);
    linker
        .root()
        .func_wrap("again", |mut cx, left: (u32,)| {
            let run = cx.data().unwrap();
            run.call_typed::<_, ()>(&mut cx, &left)
        })
        .unwrap();
    let mut store = Store::new(&engine, None);
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let [run, other] = ["run", "other"].map(|name| instance.func(&mut store, None, name).unwrap());
    *store.data_mut() = Some(run);
    let error = message(other.call_typed::<_, ()>(&mut store, &(2_u32,)));
    let again = "function `again` of the host, function `run`";
    assert!(error.starts_with(&format!("in function `other`, {again}, {again}: wasm trap: ")), "{error}");
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let [run, other] = ["run", "other"].map(|name| instance.func(&mut store, None, name).unwrap());
    *store.data_mut() = Some(run);
    let error = message(other.call_typed::<_, ()>(&mut store, &(10_u32,)));
    let first = format!("in function `other`, {again}, {again}, {again}, function `again` of the host, 5 more, ");
    assert!(error.starts_with(&first), "{error}");
    assert!(error.contains(&format!(" 5 more, {again}, {again}, {again}, {again}: wasm trap: ")), "{error}");
}
