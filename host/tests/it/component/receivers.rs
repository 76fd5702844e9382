//! Streams whose elements the host receives as soon as they are written.

use core::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use witwright_host::{Component, CoreEngine, Linker, Store, StreamReader, stream};

use super::concurrent::{assert_idle, block_on, turns};
use super::streams::{both, instance, poll_once};
use crate::on_every_engine;

on_every_engine! {
    elements_are_received, a_writer_goes_on_at_once, a_receiver_that_breaks_drops_the_reader,
    what_was_read_before_is_received_first, a_receiver_is_dropped_with_its_future,
}

/// Keeps each block of elements.
pub(super) fn keep<V: Clone + Send + 'static>(
    blocks: &Arc<Mutex<Vec<Vec<V>>>>,
) -> impl FnMut(&mut Vec<V>) -> ControlFlow<()> + Send + use<V> {
    let blocks = blocks.clone();
    move |items| {
        blocks.lock().unwrap().push(items.clone());
        ControlFlow::Continue(())
    }
}

fn elements_are_received<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("string");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let blocks = Arc::new(Mutex::new(Vec::new()));
    let sent: Vec<String> = (0..7).map(|n| "ä".repeat(n)).collect();
    block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<String>(cx)).unwrap();
        let back: StreamReader<String> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let writing = async {
            assert!(writer.write(&access, sent.clone()).await.unwrap().is_empty());
            drop(writer);
        };
        let ((), received) = both(writing, back.for_each(&access, 2, keep(&blocks))).await;
        received.unwrap();
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
    let blocks = blocks.lock().unwrap();
    assert!(blocks.iter().all(|block| (1..=2).contains(&block.len())), "{blocks:?}");
    assert_eq!(blocks.concat(), sent);
}

fn a_writer_goes_on_at_once<E: CoreEngine>() {
    // It traps if a write waits.
    let text = r#"(component
        (type $s (stream u8))
        (core func $new (canon stream.new $s))
        (core func $drop (canon stream.drop-writable $s))
        (core func $return (canon task.return (result $s)))
        (core func $get (canon context.get i32 0))
        (core func $set (canon context.set i32 0))
        (core module $memory (memory (export "memory") 1))
        (core instance $memory (instantiate $memory))
        (alias core export $memory "memory" (core memory $mem))
        (core func $write (canon stream.write $s async (memory $mem)))
        (core module $m
            (import "" "memory" (memory 1))
            (import "" "new" (func $new (result i64)))
            (import "" "write" (func $write (param i32 i32 i32) (result i32)))
            (import "" "drop" (func $drop (param i32)))
            (import "" "return" (func $return (param i32)))
            (import "" "get" (func $get (result i32)))
            (import "" "set" (func $set (param i32)))
            (func (export "begin") (result i32) (local $ends i64)
                (local.set $ends (call $new))
                (call $set (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
                (call $return (i32.wrap_i64 (local.get $ends)))
                (i32.const 1 (; YIELD ;)))
            (func (export "go-on") (param i32 i32 i32) (result i32) (local $n i32)
                (loop $next
                    (i32.store8 (local.get $n) (local.get $n))
                    (if (i32.ne (call $write (call $get) (local.get $n) (i32.const 1)) (i32.const 16 (; COMPLETED, 1 ;)))
                        (then (unreachable)))
                    (local.set $n (i32.add (local.get $n) (i32.const 1)))
                    (br_if $next (i32.lt_u (local.get $n) (i32.const 100))))
                (call $drop (call $get))
                (i32.const 0 (; EXIT ;))))
        (core instance $i (instantiate $m (with "" (instance
            (export "memory" (memory $mem)) (export "new" (func $new)) (export "write" (func $write))
            (export "drop" (func $drop)) (export "return" (func $return))
            (export "get" (func $get)) (export "set" (func $set))))))
        (func (export "write") async (result $s)
            (canon lift (core func $i "begin") async (callback (core func $i "go-on")))))"#;
    let engine = E::default();
    let component = Component::new(&engine, &wat::parse_str(text).unwrap()).unwrap();
    let mut store = Store::new(&engine, 0_u32);
    let instance = Linker::<u32, E>::new(&engine).instantiate(&mut store, &component).unwrap();
    let write = instance.func(&mut store, None, "write").unwrap();
    let blocks = Arc::new(Mutex::new(Vec::new()));
    block_on(store.run(async |access| {
        let reader: StreamReader<u8> = write.call_concurrent(&access, ()).await.unwrap();
        reader.for_each(&access, 1, keep(&blocks)).await.unwrap();
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
    assert_eq!(*blocks.lock().unwrap(), (0..100).map(|n| vec![n]).collect::<Vec<_>>());
}

fn a_receiver_that_breaks_drops_the_reader<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    let rest = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let until_two = |items: &mut Vec<u8>| match items[..] {
            [2] => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        let received = reader.for_each(&access, 1, until_two);
        let (rest, received) = both(writer.write(&access, vec![1, 2, 3, 4]), received).await;
        received.unwrap();
        rest.unwrap()
    }));
    assert_eq!(rest.unwrap(), [3, 4]);
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn what_was_read_before_is_received_first<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    let blocks = Arc::new(Mutex::new(Vec::new()));
    block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(reader.read(&access, 2)).await;
        assert!(writer.write(&access, vec![1, 2]).await.unwrap().is_empty(), "they are read already");
        let writing = async {
            assert!(writer.write(&access, vec![3]).await.unwrap().is_empty());
            drop(writer);
        };
        let ((), received) = both(writing, reader.for_each(&access, 8, keep(&blocks))).await;
        received.unwrap();
    }))
    .unwrap();
    assert_eq!(*blocks.lock().unwrap(), [vec![1, 2], vec![3]]);
}

fn a_receiver_is_dropped_with_its_future<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    let blocks = Arc::new(Mutex::new(Vec::new()));
    let rest = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(reader.for_each(&access, 1, keep(&blocks))).await;
        turns(1).await;
        writer.write(&access, vec![1]).await.unwrap()
    }));
    assert_eq!(rest.unwrap(), [1], "nobody reads any more");
    assert_eq!(Arc::strong_count(&blocks), 1, "the receiver is gone");
    store.run_ready().unwrap();
    assert_idle(&store);
}
