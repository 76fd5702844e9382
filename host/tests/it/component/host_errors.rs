//! Errors of functions of the host name the import that failed, in the call of the export.

use core::task::Poll;

use witwright_host::{CoreEngine, Error, HostResourceType, Linker, Store, Val};

use super::component;
use super::concurrent::block_on;
use crate::on_every_engine;

on_every_engine! { each_kind_of_function_is_named, destructors_are_named }

/// Calls `f`, which may wait, and drops what `make` returns.
const CALLER: &str = r#"(component
    (import "acme:text/glossary" (instance $host
        (export "entry" (type $entry (sub resource)))
        (export "f" (func async (param "n" u32)))
        (export "make" (func (result (own $entry))))))
    (alias export $host "entry" (type $entry))
    (core func $f (canon lower (func $host "f")))
    (core func $f-async (canon lower (func $host "f") async))
    (core func $make (canon lower (func $host "make")))
    (core func $drop (canon resource.drop $entry))
    (core module $m
        (import "" "f" (func $f (param i32))) (import "" "f-async" (func $f-async (param i32) (result i32)))
        (import "" "make" (func $make (result i32))) (import "" "drop" (func $drop (param i32)))
        (func (export "sync") (call $f (i32.const 1)))
        (func (export "async") (result i32) (drop (call $f-async (i32.const 1))) (i32.const 1))
        (func (export "callback") (param i32 i32 i32) (result i32) (i32.const 1))
        (func (export "drop") (call $drop (call $make))))
    (core instance $i (instantiate $m (with "" (instance
        (export "f" (func $f)) (export "f-async" (func $f-async)) (export "make" (func $make)) (export "drop" (func $drop))))))
    (func (export "sync") async (canon lift (core func $i "sync")))
    (func (export "async") async (canon lift (core func $i "async") async (callback (core func $i "callback"))))
    (func (export "drop") (canon lift (core func $i "drop"))))"#;

fn refusal() -> Error {
    Error::host(core::fmt::Error)
}

/// Waits for one turn, if it is to wait, and fails.
async fn refuse(waits: bool) -> Result<(), Error> {
    let mut waits = waits;
    core::future::poll_fn(|cx| {
        if core::mem::take(&mut waits) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
    Err(refusal())
}

/// A linker with all but `f`.
fn linker<E: CoreEngine>(engine: &E, dropped: Result<(), ()>) -> Linker<(), E> {
    let mut linker = Linker::<(), E>::new(engine);
    let entry = HostResourceType::new(move |_, _| dropped.map_err(|()| refusal()));
    let mut host = linker.instance("acme:text/glossary");
    host.resource_dynamic("entry", &entry).unwrap();
    host.func_dynamic("make", move |mut cx, _, _| Ok(Some(Val::Resource(entry.own(&mut cx, 7)?)))).unwrap();
    linker
}

fn each_kind_of_function_is_named<E: CoreEngine>() {
    let engine = E::default();
    let component = component(&engine, CALLER);
    for kind in ["typed", "dynamic", "typed, async", "dynamic, async", "typed, waits", "dynamic, waits"] {
        let mut linker = linker(&engine, Ok(()));
        let mut host = linker.instance("acme:text/glossary");
        let waits = kind.ends_with("waits");
        match kind {
            "typed" => host.func_wrap("f", |_, _: (u32,)| -> Result<(), Error> { Err(refusal()) }),
            "dynamic" => host.func_dynamic("f", |_, _, _| Err(refusal())),
            "typed, async" | "typed, waits" => host.func_wrap_async("f", move |_, _: (u32,)| refuse(waits)),
            _ => host.func_dynamic_async("f", move |_, _, _| async move { refuse(waits).await.map(|()| None) }),
        }
        .unwrap();
        for name in ["sync", "async"] {
            let mut store = Store::new(&engine, ());
            let instance = linker.instantiate(&mut store, &component).unwrap();
            let func = instance.func(&mut store, None, name).unwrap();
            let error = block_on(func.call_async::<(), ()>(&mut store, ())).unwrap_err();
            let expected =
                format!("in function `{name}`, `acme:text/glossary` function `f` of the host: {}", refusal());
            assert_eq!(error.to_string(), expected, "{kind}");
            assert_eq!(error.downcast_host(), Some(&core::fmt::Error), "{kind}, {name}");
        }
    }
}

#[test]
fn texts_and_boxed_errors_are_errors() {
    let boxed: Box<dyn core::error::Error + Send + Sync> = Box::new(core::fmt::Error);
    let error = Error::host(boxed);
    assert_eq!(error.downcast_host(), Some(&core::fmt::Error));
    assert_eq!(Error::host("no room").to_string(), "no room");
    assert_eq!(Error::host(format!("no room for {}", 7)).to_string(), "no room for 7");
}

fn destructors_are_named<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = linker(&engine, Err(()));
    linker.instance("acme:text/glossary").func_wrap("f", |_, _: (u32,)| Ok(())).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component(&engine, CALLER)).unwrap();
    let drop = instance.func(&mut store, None, "drop").unwrap();
    let error = drop.call_typed::<(), ()>(&mut store, &()).unwrap_err();
    let expected = format!("in function `drop`, the destructor of `entry` of the host: {}", refusal());
    assert_eq!(error.to_string(), expected);
}
