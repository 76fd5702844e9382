//! Ends that the host uses wrongly: it passes them on where it may not, or writes elements that cannot be lowered.

use witwright_host::{CoreEngine, Error, ErrorKind, Func, HandleError, Store, StreamReader, stream};

use super::concurrent::{assert_idle, block_on};
use super::streams::{both, instance, poll_once};
use crate::on_every_engine;

on_every_engine! {
    a_guest_does_not_read_what_the_host_cannot_lower, a_stream_in_use_is_not_given_away, a_stream_of_another_store_is_refused, a_stream_that_the_host_has_read_to_its_end_is_not_given_away,
}

/// Before the guest reads, and while it waits.
fn a_guest_does_not_read_what_the_host_cannot_lower<E: CoreEngine>() {
    let (mut other, _) = instance::<E>("u8");
    for reads_first in [true, false] {
        let (mut store, instance) = instance::<E>("$bytes");
        let echo = instance.func(&mut store, None, "echo").unwrap();
        block_on(store.run(async |access| {
            let foreign = stream::<u8>(&mut other).unwrap().1;
            let (mut writer, reader) = access.with(|cx| stream::<StreamReader<u8>>(cx)).unwrap();
            let mut foreign = vec![foreign];
            if !reads_first {
                poll_once(writer.write(&access, core::mem::take(&mut foreign))).await;
            }
            let mut back: StreamReader<StreamReader<u8>> = echo.call_concurrent(&access, (reader,)).await.unwrap();
            let error = writer.write(&access, foreign).await.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::OtherStore)), "{error}");

            // The elements that are written next are read.
            let (mut inner, passed) = access.with(|cx| stream::<u8>(cx)).unwrap();
            let (rest, read) = both(writer.write(&access, vec![passed]), back.read(&access, 8)).await;
            assert_eq!(rest.unwrap().len(), 0);
            let [mut passed] = <[_; 1]>::try_from(read.unwrap()).unwrap();
            let (_, read) = both(inner.write(&access, vec![7]), passed.read(&access, 8)).await;
            assert_eq!(read.unwrap(), [7]);
        }))
        .unwrap();
        store.run_ready().unwrap();
        assert_idle(&store);
    }
}

fn a_stream_in_use_is_not_given_away<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let pass = instance.func(&mut store, None, "pass").unwrap();
    let error = block_on(store.run(async |access| {
        let (_writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        poll_once(reader.read(&access, 8)).await;
        let result: Result<StreamReader<u8>, Error> = pass.call_concurrent(&access, (&reader,)).await;
        result.unwrap_err()
    }));
    let error = error.unwrap();
    assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::Busy)), "{error}");
    assert_can_pass(&mut store, pass);
}

fn a_stream_of_another_store_is_refused<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let (mut other, _) = self::instance::<E>("u8");
    let pass = instance.func(&mut store, None, "pass").unwrap();
    // Both stores give out the same keys.
    let (_writer, _reader) = stream::<u8>(&mut store).unwrap();
    let (_other_writer, reader) = stream::<u8>(&mut other).unwrap();
    let result: Result<StreamReader<u8>, Error> = block_on(pass.call_async(&mut store, (reader,)));
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::OtherStore)), "{error}");
    assert_can_pass(&mut store, pass);
}

/// A guest must not see it: it would trap where it reads the stream or gives it away.
fn a_stream_that_the_host_has_read_to_its_end_is_not_given_away<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let pass = instance.func(&mut store, None, "pass").unwrap();
    let error = block_on(store.run(async |access| {
        let (writer, mut reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        drop(writer);
        assert_eq!(reader.read(&access, 8).await.unwrap(), [0; 0]);
        pass.call_concurrent::<_, _, _, StreamReader<u8>>(&access, (reader,)).await.unwrap_err()
    }));
    let error = error.unwrap();
    assert!(matches!(error.kind(), ErrorKind::Handle(HandleError::Ended)), "{error}");
    assert_can_pass(&mut store, pass);
}

/// The guest is not to blame for a mistake of the host, and can be called again.
fn assert_can_pass<E: CoreEngine>(store: &mut Store<u32, E>, pass: Func) {
    let (_writer, reader) = stream::<u8>(&mut *store).unwrap();
    let passed: Result<StreamReader<u8>, Error> = block_on(pass.call_async(store, (reader,)));
    passed.unwrap();
}
