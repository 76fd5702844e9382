//! Writers of the host whose reader is dropped.

use witwright_host::{Component, CoreEngine, Linker, Store, StoreContextMut, StreamReader, stream};

use super::concurrent::{assert_idle, block_on, turns};
use super::streams::{both, instance};
use crate::on_every_engine;

on_every_engine! {
    a_writer_that_waits_hears_of_a_dropped_reader, what_a_stream_comes_from_is_closed_at_once,
}

fn a_writer_that_waits_hears_of_a_dropped_reader<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let pass = instance.func(&mut store, None, "pass").unwrap();
    block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let mut back: StreamReader<u8> = pass.call_concurrent(&access, (reader,)).await.unwrap();
        let writing = async {
            assert_eq!(writer.write(&access, vec![7]).await.unwrap(), [0; 0]);
            writer.dropped(&access).await.unwrap();
            assert_eq!(writer.write(&access, vec![8]).await.unwrap(), [8]);
        };
        let reading = async {
            assert_eq!(back.read(&access, 1).await.unwrap(), [7]);
            turns(3).await;
            drop(back);
        };
        both(writing, reading).await;
    }))
    .unwrap();
    store.run_ready().unwrap();
    block_on(store.run_until(|cx| cx.census().tasks == 0)).unwrap();
    assert_idle(&store);
}

fn what_a_stream_comes_from_is_closed_at_once<E: CoreEngine>() {
    use core::sync::atomic::{AtomicU32, Ordering};
    use std::sync::Arc;
    let text = r#"(component
        (type $s (stream u8))
        (core func $drop-readable (canon stream.drop-readable $s))
        (import "closed" (func $closed (result u32)))
        (core func $core-closed (canon lower (func $closed)))
        (core module $m
            (import "" "drop-readable" (func $drop-readable (param i32)))
            (import "" "closed" (func $closed (result i32)))
            (func (export "close") (param i32) (result i32) (call $drop-readable (local.get 0)) (call $closed)))
        (core instance $i (instantiate $m (with "" (instance
            (export "drop-readable" (func $drop-readable)) (export "closed" (func $core-closed))))))
        (func (export "close") async (param "s" $s) (result u32) (canon lift (core func $i "close"))))"#;
    let engine = E::default();
    let component = Component::new(&engine, &wat::parse_str(text).unwrap()).unwrap();
    let closed = Arc::new(AtomicU32::new(0));
    let mut linker = Linker::<u32, E>::new(&engine);
    let count = closed.clone();
    linker
        .root()
        .func_wrap("closed", move |_: StoreContextMut<'_, u32, E>, (): ()| Ok(count.load(Ordering::Relaxed)))
        .unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let close = instance.func(&mut store, None, "close").unwrap();
    let (mut writer, reader) = stream::<u8>(&mut store).unwrap();
    let count = closed.clone();
    writer.on_dropped(&mut store, move || count.store(1, Ordering::Relaxed)).unwrap();
    assert_eq!(close.call_typed::<_, u32>(&mut store, &(reader,)).unwrap(), 1, "before the guest goes on");
    let count = closed.clone();
    writer.on_dropped(&mut store, move || count.store(2, Ordering::Relaxed)).unwrap();
    assert_eq!(closed.load(Ordering::Relaxed), 2, "it is dropped already");
    drop(writer);
    store.run_ready().unwrap();
    assert_idle(&store);
}
