//! Elements that the host cannot lower, and writes to a stream nevertheless.

use witwright_host::{CoreEngine, ErrorKind, HandleError, StreamReader, stream};

use super::concurrent::{assert_idle, block_on};
use super::streams::{both, instance, poll_once};
use crate::on_every_engine;

on_every_engine! { a_guest_does_not_read_what_the_host_cannot_lower }

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
