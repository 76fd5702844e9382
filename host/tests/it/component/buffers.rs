//! Streams whose elements the host writes from buffers that it keeps or shares.

use std::sync::Arc;

use witwright_host::{CoreEngine, Resource, StreamReader, stream};

use super::concurrent::{assert_idle, block_on};
use super::streams::{both, instance, poll_once};
use crate::on_every_engine;

on_every_engine! {
    a_shared_buffer_goes_through_a_guest, a_dropped_reader_leaves_the_rest, a_buffer_is_read_before_what_follows,
    a_buffer_is_read_as_another_type, resources_stay_within_the_host, elements_without_a_size_have_no_limit,
}

async fn read_to_end<E: CoreEngine>(
    access: &witwright_host::Access<u32, E>,
    mut reader: StreamReader<String>,
) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let some = reader.read(access, 2).await.unwrap();
        if some.is_empty() {
            return all;
        }
        all.extend(some);
    }
}

fn a_shared_buffer_goes_through_a_guest<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("string");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    let sent: Arc<[String]> = (0..7).map(|n| "ä".repeat(n)).collect();
    let received = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<String>(cx)).unwrap();
        let back = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let writing = async {
            assert_eq!(writer.write_buffer(&access, sent.clone()).await.unwrap(), 7);
            assert_eq!(writer.write_buffer(&access, Vec::new()).await.unwrap(), 0);
            assert_eq!(writer.write_buffer(&access, [String::from("last")]).await.unwrap(), 1);
            drop(writer);
        };
        both(writing, read_to_end(&access, back)).await.1
    }));
    store.run_ready().unwrap();
    assert_idle(&store);
    assert_eq!(received.unwrap(), [&*sent, &["last".into()]].concat());
    assert_eq!(Arc::strong_count(&sent), 1, "the stream has dropped the buffer");
}

fn a_dropped_reader_leaves_the_rest<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    let (count, later) = block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let reading = async {
            assert_eq!(reader.read(&access, 3).await.unwrap(), [7; 3]);
            drop(reader);
        };
        let (count, ()) = both(writer.write_buffer(&access, [7; 9]), reading).await;
        (count.unwrap(), writer.write_buffer(&access, [7; 9]).await.unwrap())
    }))
    .unwrap();
    assert_eq!((count, later), (3, 0));
}

fn a_buffer_is_read_before_what_follows<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(writer.write(&access, vec![0])).await;
        poll_once(writer.write_buffer(&access, [1, 2, 3])).await;
        assert_eq!(reader.read(&access, 1).await.unwrap(), [0]);
        poll_once(writer.wanted(&access)).await;
        assert_eq!(reader.read(&access, 2).await.unwrap(), [1, 2]);
        poll_once(writer.write(&access, vec![4, 5])).await;
        let reading = async {
            let mut read = Vec::new();
            while read.len() < 5 {
                read.extend(reader.read(&access, 8).await.unwrap());
            }
            read
        };
        let (count, read) = both(writer.write_buffer(&access, [6, 7]), reading).await;
        assert_eq!((count.unwrap(), read), (2, vec![3, 4, 5, 6, 7]));
    }))
    .unwrap();
}

fn a_buffer_is_read_as_another_type<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("string");
    let pass = instance.func(&mut store, None, "pass").unwrap();
    let read = block_on(store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<&'static str>(cx)).unwrap();
        let mut back: StreamReader<String> = pass.call_concurrent(&access, (reader,)).await.unwrap();
        let writing = access.clone();
        access.spawn(async move { writer.write_buffer(&writing, ["ab", "c"]).await.map(|_| ()) });
        back.read(&access, 8).await.unwrap()
    }));
    assert_eq!(read.unwrap(), ["ab", "c"]);
}

struct Thing;

fn resources_stay_within_the_host<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    let things = |reps: &[u64]| reps.iter().map(|rep| Resource::<Thing>::new_own(*rep)).collect::<Vec<_>>();
    let read = block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<Resource<Thing>>(cx)).unwrap();
        // The elements of three writes are read at once.
        poll_once(writer.write(&access, things(&[1]))).await;
        poll_once(writer.write(&access, things(&[2, 3]))).await;
        assert_eq!(reader.read(&access, 1).await.unwrap(), things(&[1]));
        let writing = async { assert_eq!(writer.write_buffer(&access, things(&[4, 5])).await.unwrap(), 2) };
        let reading = async {
            let mut read = Vec::new();
            while read.len() < 4 {
                read.extend(reader.read(&access, 8).await.unwrap());
            }
            read
        };
        both(writing, reading).await.1
    }));
    assert_eq!(read.unwrap(), things(&[2, 3, 4, 5]));
}

fn elements_without_a_size_have_no_limit<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    block_on(store.run(async |access| {
        let (mut writer, mut reader) = access.with(|cx| stream::<()>(cx)).unwrap();
        poll_once(writer.write_buffer(&access, vec![(); usize::MAX])).await;
        assert_eq!(reader.read(&access, 3).await.unwrap().len(), 3);
        poll_once(writer.write(&access, vec![(); usize::MAX])).await;
        poll_once(writer.write(&access, vec![(); 8])).await;
        assert_eq!(reader.read(&access, 3).await.unwrap().len(), 3);
    }))
    .unwrap();
}
