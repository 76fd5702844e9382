//! Bytes that are not a component, or a damaged one. Each is an error, without a panic and without endless work.

use witwright_host::{Component, CoreEngine, Linker, Options, Store};

use super::core_module;
use crate::on_every_engine;

on_every_engine! {
    truncated, mutated, a_body_is_not_valid, instances_are_bounded, nesting_is_bounded, types_that_repeat_take_little,
    flags_have_up_to_32_labels,
}

/// A component with definitions of every kind.
fn sample() -> Vec<u8> {
    let module = core_module("m", r#"(func (export "f") (param i32 i32) (result i32) (i32.const 16))"#);
    let text = format!(
        r#"(component
            (import "acme:test/host" (instance $host
                (export "page" (type $page (sub resource)))
                (export "open" (func (param "n" string) (result (own $page))))))
            {module}
            (core instance $i (instantiate $m))
            (core func (canon lower (func $host "open") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
            (component $inner
                (type $r (resource (rep i32)))
                (export "r" (type $r)))
            (instance $a (instantiate $inner))
            (export "a" (instance $a))
            (type $rec' (record (field "a" (list string)) (field "b" (option u8))))
            (export $rec "rec" (type $rec'))
            (func (export "f") (param "t" string) (result $rec) (canon lift (core func $i "f")
                (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))"#
    );
    wat::parse_str(&text).unwrap()
}

/// Loads bytes. A component that loads is instantiated and called.
fn survives<E: CoreEngine>(engine: &E, bytes: &[u8]) {
    let Ok(component) = Component::new(engine, bytes) else { return };
    let mut linker = Linker::new(engine);
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, ());
    let Ok(instance) = linker.instantiate(&mut store, &component) else { return };
    let Some(func) = instance.func(&mut store, None, "f") else { return };
    // The result may be anything; the call must only return.
    drop(func.call(&mut store, &[witwright_host::Val::String("text".into())]));
}

fn truncated<E: CoreEngine>() {
    let engine = E::default();
    let bytes = sample();
    survives(&engine, &bytes);
    for len in 0..bytes.len() {
        assert!(Component::new(&engine, &bytes[..len]).is_err() || len >= 8, "{len} bytes are no component");
        survives(&engine, &bytes[..len]);
    }
}

/// The place is that in the component, not in the core module.
fn a_body_is_not_valid<E: CoreEngine>() {
    let engine = E::default();
    let module = "(core module (func (result i32) i64.const 0x1234567))";
    let bytes = wat::parse_str(format!("(component (core module) {module})")).unwrap();
    let error = Component::new(&engine, &bytes).unwrap_err();
    let constant = bytes.windows(2).position(|bytes| bytes == [0x42, 0xe7]).unwrap();
    let place = format!("invalid component: type mismatch: expected i32, found i64 (at offset {:#x})", constant + 5);
    assert_eq!(error.to_string(), place);
}

fn mutated<E: CoreEngine>() {
    let engine = E::default();
    let bytes = sample();
    let mut random = fastrand::Rng::with_seed(0);
    for _ in 0..400 {
        let mut bytes = bytes.clone();
        for _ in 0..=random.usize(..3) {
            let place = random.usize(..bytes.len());
            bytes[place] = random.u8(..);
        }
        survives(&engine, &bytes);
    }
}

fn instances_are_bounded<E: CoreEngine>() {
    // Each component instantiates the one before it twice.
    let mut text = String::from("(component $c0)");
    for i in 1..40 {
        let inner = i - 1;
        text += &format!(
            "(component $c{i} (alias outer 1 $c{inner} (component $c)) (instance (instantiate $c)) (instance (instantiate $c)))"
        );
    }
    let bytes = wat::parse_str(format!("(component {text} (instance (instantiate $c39)))")).unwrap();
    let error = Component::new(&E::default(), &bytes).unwrap_err();
    assert_eq!(error.to_string(), "too many component instances");
}

fn nesting_is_bounded<E: CoreEngine>() {
    let list = |depth: usize| {
        let types: String = (1..depth).map(|i| format!("(type $t{i} (list $t{}))", i - 1)).collect();
        wat::parse_str(format!("(component (type $t0 (list u8)) {types})")).unwrap()
    };
    let mut options = Options::default();
    assert!(Component::with_options(&E::default(), &list(50), &options).is_ok());
    assert!(Component::with_options(&E::default(), &list(500), &options).is_err());
    options.limits.nesting = 20;
    let error = Component::with_options(&E::default(), &list(50), &options).unwrap_err();
    assert_eq!(error.to_string(), "types or components are nested too deeply");
}

/// Each type contains the previous one twice, so the last type as text would have hundreds of thousands of words.
fn types_that_repeat_take_little<E: CoreEngine>() {
    let doubled = |leaf: &str| {
        let types: String = (1..18).map(|i| format!("(type $t{i} (tuple $t{} $t{}))", i - 1, i - 1)).collect();
        format!("(type $t0 {leaf}) {types} (type $t (list $t17))")
    };
    let module = core_module("m", r#"(func (export "f") (param i32 i32))"#);
    let exporter = format!(
        r#"(component {} {module} (core instance $i (instantiate $m))
            (func (export "f") (param "v" $t) (canon lift (core func $i "f") (memory (core memory $i "memory"))
                (realloc (core func $i "realloc")))))"#,
        doubled("u8"),
    );
    let engine = E::default();
    let load = |text: &str| Component::new(&engine, &wat::parse_str(text).unwrap()).unwrap();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let exporter = linker.instantiate(&mut store, &load(&exporter)).unwrap();
    linker.define_exports(&mut store, exporter).unwrap();
    let import = |leaf: &str| load(&format!(r#"(component {} (import "f" (func (param "v" $t))))"#, doubled(leaf)));
    assert!(linker.instantiate_pre(&import("u8")).is_ok());
    let error = linker.instantiate_pre(&import("u16")).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("expected u16, found u8") && error.len() < 1_000, "{error}");
    let mut linker = Linker::<(), E>::new(&engine);
    linker.root().func_wrap("f", |_, (_,): (u32,)| Ok(())).unwrap();
    let error = linker.instantiate_pre(&import("u8")).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("…") && error.len() < 5_000, "{}", error.len());
}

/// `Binary.md`: `0x6e l*:vec(<labellit>) => (flags l+) (if 0 < |l*| <= 32)`, and a record has a field.
fn flags_have_up_to_32_labels<E: CoreEngine>() {
    let engine = E::default();
    let text = |ty: &str| {
        let module = core_module("m", r#"(func (export "f") (param i32) (result i32) (local.get 0))"#);
        format!(
            r#"(component {module} (core instance $i (instantiate $m)) (type $t' {ty}) (export $t "t" (type $t'))
                (func (export "f") (param "v" $t) (result $t) (canon lift (core func $i "f"))))"#
        )
    };
    let flags = |count: u32| (0..count).fold(String::from("(flags"), |text, n| format!("{text} \"f{n}\"")) + ")";
    for count in [1, 8, 9, 16, 17, 31, 32] {
        let bytes = wat::parse_str(text(&flags(count))).unwrap();
        let mut store = Store::new(&engine, ());
        let component = Component::new(&engine, &bytes).unwrap();
        let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
        let f = instance.func(&mut store, None, "f").unwrap();
        let all = witwright_host::Val::Flags((0..count).map(|n| format!("f{n}")).collect());
        assert_eq!(f.call(&mut store, core::slice::from_ref(&all)).unwrap(), Some(all), "{count}");
        assert!(f.call(&mut store, &[witwright_host::Val::Flags(vec![format!("f{count}")])]).is_err(), "{count}");
    }
    for wrong in [flags(0), flags(33), flags(64), flags(65), "(record)".into()] {
        let error = Component::new(&engine, &wat::parse_str(text(&wrong)).unwrap()).unwrap_err();
        assert!(matches!(error.kind(), witwright_host::ErrorKind::Invalid { .. }), "{wrong}: {error}");
    }
}
