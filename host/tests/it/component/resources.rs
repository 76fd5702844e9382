//! Resources of the host, and resources of guests.

use core::task::Poll;

use witwright_host::{
    CoreEngine, Error, HostResourceType, Linker, Resource, ResourceAny, ResourceBorrow, ResourceVal, Store, Val,
};

use super::{component, instance, message};
use crate::on_every_engine;

on_every_engine! {
    host_resources_go_both_ways, a_lent_resource_stays, guest_resources_are_held_by_key, stale_keys_are_errors,
    resources_of_another_store_are_refused,
    dynamic_resources, dynamic_host_resources, resources_of_one_rust_type, a_guest_waits_for_a_destructor,
}

enum Page {}

enum Counter {}

/// Imports a resource `page`. Its exports pass handles on in different ways.
const PAGES: &str = r#"(component
    (import "acme:test/host" (instance $host
        (export "page" (type $page (sub resource)))
        (export "open" (func (param "n" u32) (result (own $page))))
        (export "read" (func (param "p" (borrow $page)) (result u32)))
        (export "keep" (func (param "p" (own $page)) (param "also" (borrow $page))))))
    (alias export $host "page" (type $page))
    (core func $open (canon lower (func $host "open")))
    (core func $read (canon lower (func $host "read")))
    (core func $keep (canon lower (func $host "keep")))
    (core func $drop (canon resource.drop $page))
    (core module $m
        (import "" "open" (func $open (param i32) (result i32)))
        (import "" "read" (func $read (param i32) (result i32)))
        (import "" "keep" (func $keep (param i32 i32)))
        (import "" "drop" (func $drop (param i32)))
        (func (export "open-and-drop") (param i32) (result i32)
            (local $h i32) (local $n i32)
            (local.set $h (call $open (local.get 0)))
            (local.set $n (call $read (local.get $h)))
            (call $drop (local.get $h))
            (local.get $n))
        (func (export "peek") (param i32) (result i32)
            (local $n i32)
            (local.set $n (call $read (local.get 0)))
            (call $drop (local.get 0))
            (local.get $n))
        (func (export "forget") (param i32) (result i32) (i32.const 0))
        (func (export "pass") (param i32) (result i32) (local.get 0))
        (func (export "keep-lent") (param i32) (call $keep (local.get 0) (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance
        (export "open" (func $open)) (export "read" (func $read)) (export "keep" (func $keep))
        (export "drop" (func $drop))))))
    (func (export "open-and-drop") (param "n" u32) (result u32) (canon lift (core func $i "open-and-drop")))
    (func (export "peek") (param "p" (borrow $page)) (result u32) (canon lift (core func $i "peek")))
    (func (export "forget") (param "p" (borrow $page)) (result u32) (canon lift (core func $i "forget")))
    (func (export "pass") (param "p" (own $page)) (result (own $page)) (canon lift (core func $i "pass")))
    (func (export "keep-lent") (param "p" (own $page)) (canon lift (core func $i "keep-lent"))))"#;

/// Provides `page`. The state is a log of the pages that were dropped or kept.
fn pages<E: CoreEngine>() -> (Store<Vec<String>, E>, witwright_host::Instance) {
    let engine = E::default();
    let component = component(&engine, PAGES);
    let mut linker = Linker::<Vec<String>, E>::new(&engine);
    let mut host = linker.instance("acme:test/host");
    host.resource::<Page>("page", |mut cx, rep| {
        cx.data_mut().push(format!("drop {rep}"));
        Ok(())
    })
    .unwrap();
    host.func_wrap("open", |_, (n,): (u32,)| Ok(Resource::<Page>::new_own(u64::from(n) << 40))).unwrap();
    host.func_wrap("read", |_, (page,): (ResourceBorrow<Page>,)| Ok((page.rep() >> 40) as u32)).unwrap();
    host.func_wrap("keep", |_, _: (Resource<Page>, ResourceBorrow<Page>)| Ok(())).unwrap();
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    (store, instance)
}

fn host_resources_go_both_ways<E: CoreEngine>() {
    let (mut store, instance) = pages::<E>();
    let func = instance.func(&mut store, None, "open-and-drop").unwrap();
    assert_eq!(func.call_typed::<(u32,), u32>(&mut store, &(7,)).unwrap(), 7, "64 bits come back");
    assert_eq!(store.data()[..], [format!("drop {}", 7_u64 << 40)]);

    let page = Resource::<Page>::new_own(9 << 40);
    let peek = instance.func(&mut store, None, "peek").unwrap();
    assert_eq!(peek.call_typed::<(&Resource<Page>,), u32>(&mut store, &(&page,)).unwrap(), 9);
    let pass = instance.func(&mut store, None, "pass").unwrap();
    let back = pass.call_typed::<(Resource<Page>,), Resource<Page>>(&mut store, &(page,)).unwrap();
    assert_eq!(back, page);
    assert_eq!(store.data().len(), 1, "nothing else was dropped");
}

fn a_lent_resource_stays<E: CoreEngine>() {
    let (mut store, instance) = pages::<E>();
    let forget = instance.func(&mut store, None, "forget").unwrap();
    let page = Resource::<Page>::new_own(1);
    let left = forget.call_typed::<(&Resource<Page>,), u32>(&mut store, &(&page,));
    assert_eq!(message(left), "in function `forget`: wasm trap: borrow handles still remain at the end of the call");

    let (mut store, instance) = pages::<E>();
    let keep = instance.func(&mut store, None, "keep-lent").unwrap();
    let lent = keep.call_typed::<(Resource<Page>,), ()>(&mut store, &(page,));
    assert_eq!(
        message(lent),
        "in function `keep-lent`, `acme:test/host` function `keep` of the host: wasm trap: unknown handle index 1",
        "it is given away before it is lent, as the parameters are in that order"
    );
}

/// Exports a resource `counter`: `make`, `value`, `take`, and `drops`, the number of destructors that ran.
const COUNTERS: &str = r#"(component
    (core module $state
        (global (export "drops") (mut i32) (i32.const 0))
        (func (export "dtor") (param i32)
            (global.set 0 (i32.add (global.get 0) (local.get 0)))))
    (core instance $state (instantiate $state))
    (type $counter' (resource (rep i32) (dtor (core func $state "dtor"))))
    (export $counter "counter" (type $counter'))
    (core func $new (canon resource.new $counter'))
    (core func $rep (canon resource.rep $counter'))
    (core module $m
        (import "" "new" (func $new (param i32) (result i32)))
        (import "" "rep" (func $rep (param i32) (result i32)))
        (import "" "drops" (global $drops (mut i32)))
        (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
        (func (export "value") (param i32) (result i32) (local.get 0))
        (func (export "take") (param i32) (result i32) (call $rep (local.get 0)))
        (func (export "drops") (result i32) (global.get $drops)))
    (core instance $i (instantiate $m (with "" (instance
        (export "new" (func $new)) (export "rep" (func $rep)) (export "drops" (global $state "drops"))))))
    (func (export "make") (param "n" u32) (result (own $counter)) (canon lift (core func $i "make")))
    (func (export "value") (param "c" (borrow $counter)) (result u32) (canon lift (core func $i "value")))
    (func (export "take") (param "c" (own $counter)) (result u32) (canon lift (core func $i "take")))
    (func (export "drops") (result u32) (canon lift (core func $i "drops"))))"#;

fn guest_resources_are_held_by_key<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(COUNTERS);
    let make = instance.func(&mut store, None, "make").unwrap();
    let value = instance.func(&mut store, None, "value").unwrap();
    let take = instance.func(&mut store, None, "take").unwrap();
    let drops = instance.func(&mut store, None, "drops").unwrap();
    let first = make.call_typed::<(u32,), ResourceAny<Counter>>(&mut store, &(10,)).unwrap();
    let second = make.call_typed::<(u32,), ResourceAny<Counter>>(&mut store, &(20,)).unwrap();
    assert_ne!(first, second);
    assert_eq!(value.call_typed::<(&ResourceAny<Counter>,), u32>(&mut store, &(&first,)).unwrap(), 10);
    assert_eq!(take.call_typed::<(ResourceAny<Counter>,), u32>(&mut store, &(second,)).unwrap(), 20);
    first.drop(&mut store).unwrap();
    assert_eq!(drops.call_typed::<(), u32>(&mut store, &()).unwrap(), 10, "the destructor got the representation");
}

fn stale_keys_are_errors<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(COUNTERS);
    let make = instance.func(&mut store, None, "make").unwrap();
    let value = instance.func(&mut store, None, "value").unwrap();
    let counter = make.call_typed::<(u32,), ResourceAny<Counter>>(&mut store, &(10,)).unwrap();
    counter.drop(&mut store).unwrap();
    let stale = "the handle was dropped or given away, or belongs to another store";
    let lent = value.call_typed::<(&ResourceAny<Counter>,), u32>(&mut store, &(&counter,));
    assert_eq!(message(lent), format!("in function `value`: {stale}"));
    assert_eq!(message(counter.drop(&mut store)), stale);
    let other = make.call_typed::<(u32,), ResourceAny<Counter>>(&mut store, &(11,)).unwrap();
    assert_ne!(other, counter, "a key is used once");
    assert_eq!(value.call_typed::<(&ResourceAny<Counter>,), u32>(&mut store, &(&other,)).unwrap(), 11);
}

/// Both stores have made one resource.
fn resources_of_another_store_are_refused<E: CoreEngine>() {
    let [(mut store, ours, value), (mut other, theirs, _)] = [10, 20].map(|n| {
        let (mut store, instance) = instance::<E>(COUNTERS);
        let make = instance.func(&mut store, None, "make").unwrap();
        let counter = make.call_typed::<(u32,), ResourceAny<Counter>>(&mut store, &(n,)).unwrap();
        let value = instance.func(&mut store, None, "value").unwrap();
        (store, counter, value)
    });
    value.call_typed::<(&ResourceAny<Counter>,), u32>(&mut store, &(&theirs,)).unwrap_err();
    theirs.drop(&mut store).unwrap_err();
    assert_eq!(value.call_typed::<(&ResourceAny<Counter>,), u32>(&mut store, &(&ours,)).unwrap(), 10);
    ours.drop(&mut store).unwrap();
    theirs.drop(&mut other).unwrap();
}

fn dynamic_resources<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(COUNTERS);
    let make = instance.func(&mut store, None, "make").unwrap();
    let value = instance.func(&mut store, None, "value").unwrap();
    let counter = make.call(&mut store, &[Val::U32(5)]).unwrap().unwrap();
    assert_eq!(value.call(&mut store, core::slice::from_ref(&counter)).unwrap(), Some(Val::U32(5)));
    let Val::Resource(counter) = counter else { panic!("{counter:?}") };
    assert!(counter.owned());
    counter.drop(&mut store).unwrap();
    assert!(counter.drop(&mut store).is_err());
}

/// A value that must be a resource.
fn resource(value: Option<&Val>) -> ResourceVal {
    match value {
        Some(Val::Resource(resource)) => *resource,
        other => panic!("{other:?}"),
    }
}

fn dynamic_host_resources<E: CoreEngine>() {
    let engine = E::default();
    let component = component(&engine, PAGES);
    let page = HostResourceType::<Vec<String>, E>::new(|mut cx, rep| {
        cx.data_mut().push(format!("drop {rep}"));
        Ok(())
    });
    let mut linker = Linker::<Vec<String>, E>::new(&engine);
    let mut host = linker.instance("acme:test/host");
    host.resource_dynamic("page", &page).unwrap();
    let (opened, read, kept) = (page.clone(), page.clone(), page.clone());
    host.func_dynamic("open", move |cx, _, params| match params {
        [Val::U32(n)] => Ok(Some(Val::Resource(opened.own(cx, u64::from(*n) << 40)?))),
        params => panic!("{params:?}"),
    })
    .unwrap();
    host.func_dynamic("read", move |cx, _, params| {
        let rep = read.rep(cx, resource(params.first()))?;
        Ok(Some(Val::U32((rep >> 40) as u32)))
    })
    .unwrap();
    host.func_dynamic("keep", move |cx, _, params| kept.take(cx, resource(params.first())).map(|_| None)).unwrap();
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker.instantiate(&mut store, &component).unwrap();

    let func = instance.func(&mut store, None, "open-and-drop").unwrap();
    assert_eq!(func.call(&mut store, &[Val::U32(7)]).unwrap(), Some(Val::U32(7)), "64 bits come back");
    assert_eq!(store.data()[..], [format!("drop {}", 7_u64 << 40)]);

    let pass = instance.func(&mut store, None, "pass").unwrap();
    let given = page.own(&mut store, 3).unwrap();
    let back = resource(pass.call(&mut store, &[Val::Resource(given)]).unwrap().as_ref());
    assert_eq!(page.rep(&mut store, back).unwrap(), 3);
    assert!(page.rep(&mut store, given).is_err(), "it was given away");
    let other = HostResourceType::<Vec<String>, E>::new(|_, _| Ok(()));
    assert_eq!(message(other.rep(&mut store, back)), "the handle is of another type");
    assert_eq!(page.take(&mut store, back).unwrap(), 3);
    assert!(page.take(&mut store, back).is_err(), "it was taken");
    assert_eq!(store.data().len(), 1, "nothing else was dropped");
}

/// Imports two resources, which the host knows by one Rust type. `run` passes each as the other, and drops both.
const SHARED: &str = r#"(component
    (import "acme:test/host" (instance $host
        (export "input" (type $input (sub resource)))
        (export "output" (type $output (sub resource)))
        (export "open" (func (param "n" u32) (result (tuple (own $input) (own $output)))))
        (export "join" (func (param "i" (borrow $input)) (param "o" (borrow $output)) (result u32)))))
    (alias export $host "input" (type $input))
    (alias export $host "output" (type $output))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (core func $open (canon lower (func $host "open") (memory (core memory $memory "memory"))))
    (core func $join (canon lower (func $host "join")))
    (core func $drop-input (canon resource.drop $input))
    (core func $drop-output (canon resource.drop $output))
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "open" (func $open (param i32 i32)))
        (import "" "join" (func $join (param i32 i32) (result i32)))
        (import "" "drop-input" (func $drop-input (param i32)))
        (import "" "drop-output" (func $drop-output (param i32)))
        (func (export "run") (param i32) (result i32)
            (local $input i32) (local $output i32)
            (call $open (local.get 0) (i32.const 16))
            (local.set $input (i32.load (i32.const 16)))
            (local.set $output (i32.load (i32.const 20)))
            (call $join (local.get $input) (local.get $output))
            (call $join (local.get $output) (local.get $input))
            (call $drop-input (local.get $input))
            (call $drop-output (local.get $output))
            i32.add))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $memory "memory"))
        (export "open" (func $open)) (export "join" (func $join))
        (export "drop-input" (func $drop-input)) (export "drop-output" (func $drop-output))))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $i "run"))))"#;

/// The Rust type need not be one of this crate: here it is `u8`.
fn resources_of_one_rust_type<E: CoreEngine>() {
    let engine = E::default();
    let component = component(&engine, SHARED);
    let mut linker = Linker::<Vec<String>, E>::new(&engine);
    let mut host = linker.instance("acme:test/host");
    for name in ["input", "output"] {
        host.resource::<u8>(name, move |mut cx, rep| {
            cx.data_mut().push(format!("drop {name} {rep}"));
            Ok(())
        })
        .unwrap();
    }
    host.func_wrap("open", |_, (n,): (u32,)| {
        Ok((Resource::<u8>::new_own(n.into()), Resource::<u8>::new_own(u64::from(n) + 1)))
    })
    .unwrap();
    host.func_wrap("join", |_, (i, o): (ResourceBorrow<u8>, ResourceBorrow<u8>)| Ok((i.rep() * 10 + o.rep()) as u32))
        .unwrap();
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let run = instance.func(&mut store, None, "run").unwrap();
    assert_eq!(run.call_typed::<(u32,), u32>(&mut store, &(7,)).unwrap(), 78 + 87);
    assert_eq!(*store.data(), ["drop input 7", "drop output 8"]);
}

/// Opens a page, drops it, and notes that it has.
const DROPPED: &str = r#"(component
    (import "acme:test/host" (instance $host
        (export "page" (type $page (sub resource)))
        (export "open" (func (param "n" u32) (result (own $page))))
        (export "note" (func))))
    (alias export $host "page" (type $page))
    (core func $open (canon lower (func $host "open")))
    (core func $note (canon lower (func $host "note")))
    (core func $drop (canon resource.drop $page))
    (core module $m
        (import "" "open" (func $open (param i32) (result i32)))
        (import "" "note" (func $note))
        (import "" "drop" (func $drop (param i32)))
        (func (export "run") (param i32)
            (call $drop (call $open (local.get 0)))
            (call $note)))
    (core instance $i (instantiate $m (with "" (instance
        (export "open" (func $open)) (export "note" (func $note)) (export "drop" (func $drop))))))
    (func (export "run") (param "n" u32) (canon lift (core func $i "run"))))"#;

/// A destructor waits for page 1, and fails for page 2 after that.
fn a_guest_waits_for_a_destructor<E: CoreEngine>() {
    let engine = E::default();
    let component = component(&engine, DROPPED);
    let mut linker = Linker::<Vec<String>, E>::new(&engine);
    let mut host = linker.instance("acme:test/host");
    host.resource_async::<Page, _>("page", async |access, rep| {
        let mut turns = rep.min(1);
        core::future::poll_fn(|poll| {
            if turns == 0 {
                return Poll::Ready(());
            }
            turns -= 1;
            poll.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        access.with(|mut cx| cx.data_mut().push(format!("drop {rep}")));
        if rep < 2 { Ok(()) } else { Err(Error::host(core::fmt::Error)) }
    })
    .unwrap();
    host.func_wrap("open", |_, (n,): (u32,)| Ok(Resource::<Page>::new_own(n.into()))).unwrap();
    host.func_wrap("note", |mut cx, ()| {
        cx.data_mut().push("note".to_owned());
        Ok(())
    })
    .unwrap();
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let run = instance.func(&mut store, None, "run").unwrap();
    for n in [0_u32, 1] {
        run.call_typed::<(u32,), ()>(&mut store, &(n,)).unwrap();
    }
    assert!(message(run.call_typed::<(u32,), ()>(&mut store, &(2,))).contains("error"));
    assert_eq!(*store.data(), ["drop 0", "note", "drop 1", "note", "drop 2"]);
}
