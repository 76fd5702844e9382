//! Streams that a guest forwards, and whose other ends the host holds.

use core::future::Future;
use core::pin::pin;
use core::task::{Context, Waker};
use std::sync::{Arc, Mutex};

use witwright_host::{Access, CoreEngine, ErrorKind, Gate, HandleError, Instance, Linker, Store, StreamReader, stream};

use super::concurrent::{assert_idle, block_on};
use super::gated_component;
use super::receivers::keep;
use super::streams::{both, poll_once};
use crate::on_every_engine;

on_every_engine! {
    a_receiver_goes_on_before_the_guest_does, a_write_that_cannot_be_lowered_fails, a_write_within_the_host_is_read,
    a_dropped_reader_is_told,
}

/// * `open` returns the readable end of a stream, and keeps the other one.
/// * `feed` writes 3 elements to a stream, forwards it to that of `open`, takes the result, and returns that of another write.
/// * `join` forwards a stream to that of `open`.
/// * `take` reads from a stream that it has made, forwards the given one to it, and returns the number of elements that it has read.
fn guest(element: &str) -> String {
    format!(
        r#"(component
            (type $bytes (stream u8))
            (type $s (stream {element}))
            (core module $memory (memory (export "memory") 1))
            (core instance $memory (instantiate $memory))
            (alias core export $memory "memory" (core memory $mem))
            (core func $new (canon stream.new $s))
            (core func $read (canon stream.read $s async (memory $mem)))
            (core func $write (canon stream.write $s async (memory $mem)))
            (core func $cancel (canon stream.cancel-write $s))
            (core func $forward (canon stream.forward $s))
            (core func $drop (canon stream.drop-readable $s))
            (core func $drop-writable (canon stream.drop-writable $s))
            (core func $set (canon waitable-set.new))
            (core func $join (canon waitable.join))
            (core func $return (canon task.return (result u32)))
            (core module $m
                (import "" "new" (func $new (result i64)))
                (import "" "read" (func $read (param i32 i32 i32) (result i32)))
                (import "" "write" (func $write (param i32 i32 i32) (result i32)))
                (import "" "cancel" (func $cancel (param i32) (result i32)))
                (import "" "forward" (func $forward (param i32 i32)))
                (import "" "drop" (func $drop (param i32)))
                (import "" "drop-writable" (func $drop-writable (param i32)))
                (import "" "set" (func $set (result i32)))
                (import "" "join" (func $join (param i32 i32)))
                (import "" "return" (func $return (param i32)))
                (global $kept (mut i32) (i32.const 0))
                (func $hi (param i64) (result i32) (i32.wrap_i64 (i64.shr_u (local.get 0) (i64.const 32))))
                (func $eq (param i32 i32) (if (i32.ne (local.get 0) (local.get 1)) (then (unreachable))))
                (func (export "open") (result i32) (local $pair i64)
                    (local.set $pair (call $new))
                    (global.set $kept (call $hi (local.get $pair)))
                    (i32.wrap_i64 (local.get $pair)))
                (func (export "feed") (result i32) (local $pair i64) (local $w i32) (local $result i32)
                    (local.set $pair (call $new))
                    (local.set $w (call $hi (local.get $pair)))
                    (call $eq (call $write (local.get $w) (i32.const 0) (i32.const 3)) (i32.const -1))
                    (call $forward (i32.wrap_i64 (local.get $pair)) (global.get $kept))
                    ;; Cancelled, after 3 elements.
                    (call $eq (call $cancel (local.get $w)) (i32.const 0x32))
                    (local.set $result (call $write (local.get $w) (i32.const 0) (i32.const 2)))
                    (if (i32.eq (local.get $result) (i32.const -1)) (then (drop (call $cancel (local.get $w)))))
                    (call $drop-writable (local.get $w))
                    (local.get $result))
                (func (export "join") (param i32) (call $forward (local.get 0) (global.get $kept)))
                (func (export "take") (param i32) (result i32) (local $pair i64) (local $set i32)
                    (local.set $pair (call $new))
                    (global.set $kept (i32.wrap_i64 (local.get $pair)))
                    (call $eq (call $read (global.get $kept) (i32.const 64) (i32.const 4)) (i32.const -1))
                    (call $forward (local.get 0) (call $hi (local.get $pair)))
                    (local.set $set (call $set))
                    (call $join (global.get $kept) (local.get $set))
                    (i32.or (i32.const 2) (i32.shl (local.get $set) (i32.const 4))))
                (func (export "taken") (param i32 i32 i32) (result i32)
                    (call $drop (global.get $kept))
                    (call $return (i32.shr_u (local.get 2) (i32.const 4))) (i32.const 0)))
            (core instance $i (instantiate $m (with "" (instance
                (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
                (export "cancel" (func $cancel)) (export "forward" (func $forward)) (export "drop" (func $drop))
                (export "drop-writable" (func $drop-writable))
                (export "set" (func $set)) (export "join" (func $join)) (export "return" (func $return))))))
            (func (export "open") (result $s) (canon lift (core func $i "open")))
            (func (export "feed") (result u32) (canon lift (core func $i "feed")))
            (func (export "join") (param "s" $s) (canon lift (core func $i "join")))
            (func (export "take") async (param "s" $s) (result u32)
                (canon lift (core func $i "take") async (callback (core func $i "taken")))))"#
    )
}

fn instance<E: CoreEngine>(element: &str) -> (Store<(), E>, Instance) {
    let engine = E::default();
    let component = gated_component(&engine, &[Gate::Forward], &guest(element));
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    (store, instance)
}

fn a_receiver_goes_on_before_the_guest_does<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let [open, feed] = ["open", "feed"].map(|name| instance.func(&mut store, None, name).unwrap());
    let blocks = Arc::new(Mutex::new(Vec::new()));
    block_on(store.run(async |access: Access<(), E>| {
        let reader: StreamReader<u8> = open.call_concurrent(&access, ()).await.unwrap();
        let mut receiving = pin!(reader.for_each(&access, 8, keep(&blocks)));
        assert!(receiving.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let second: u32 = feed.call_concurrent(&access, ()).await.unwrap();
        assert_eq!(second, 0x20, "the second write is read at once");
        receiving.await.unwrap();
    }))
    .unwrap();
    assert_eq!(*blocks.lock().unwrap(), [vec![0; 3], vec![0; 2]]);
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_write_that_cannot_be_lowered_fails<E: CoreEngine>() {
    let (mut other, _) = instance::<E>("u8");
    let (mut store, instance) = instance::<E>("$bytes");
    let take = instance.func(&mut store, None, "take").unwrap();
    block_on(store.run(async |access: Access<(), E>| {
        let foreign = stream::<u8>(&mut other).unwrap().1;
        let (mut writer, reader) = access.with(|cx| stream::<StreamReader<u8>>(cx)).unwrap();
        let mut failing = Box::pin(writer.write(&access, vec![foreign]));
        poll_once(failing.as_mut()).await;
        let taking = take.call_concurrent::<_, _, _, u32>(&access, (reader,));
        let error = failing.await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::OtherStore)), "{error}");
        // The guest reads on.
        let (_inner, passed) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let (rest, taken) = both(writer.write(&access, vec![passed]), taking).await;
        assert_eq!((rest.unwrap().len(), taken.unwrap()), (0, 1));
    }))
    .unwrap();
}

fn a_write_within_the_host_is_read<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let [open, join] = ["open", "join"].map(|name| instance.func(&mut store, None, name).unwrap());
    block_on(store.run(async |access: Access<(), E>| {
        let mut to: StreamReader<u8> = open.call_concurrent(&access, ()).await.unwrap();
        let (mut writer, from) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let mut writing = Box::pin(writer.write(&access, vec![1, 2, 3]));
        let mut reading = Box::pin(to.read(&access, 2));
        poll_once(writing.as_mut()).await;
        poll_once(reading.as_mut()).await;
        join.call_concurrent::<_, _, _, ()>(&access, (from,)).await.unwrap();
        assert_eq!(reading.await.unwrap(), [1, 2]);
        let (rest, read) = both(writing, to.read(&access, 2)).await;
        assert_eq!((rest.unwrap(), read.unwrap()), (vec![], vec![3]));
        drop(writer);
        assert_eq!(to.read(&access, 2).await.unwrap(), [0_u8; 0]);
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_dropped_reader_is_told<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let [open, join] = ["open", "join"].map(|name| instance.func(&mut store, None, name).unwrap());
    block_on(store.run(async |access: Access<(), E>| {
        let to: StreamReader<u8> = open.call_concurrent(&access, ()).await.unwrap();
        drop(to);
        let (mut writer, from) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let mut writing = Box::pin(writer.write(&access, vec![1, 2, 3]));
        poll_once(writing.as_mut()).await;
        join.call_concurrent::<_, _, _, ()>(&access, (from,)).await.unwrap();
        assert_eq!(writing.await.unwrap(), [1, 2, 3], "nobody reads them");
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}
