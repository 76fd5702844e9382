//! Ends of streams that the host holds, by the traits of `futures`.

use core::future::poll_fn;
use core::pin::Pin;
use std::io::{self, ErrorKind};

use futures_core::Stream;
use futures_io::{AsyncBufRead, AsyncRead, AsyncWrite};
use futures_sink::Sink;
use witwright_host::{CoreEngine, Error, SinkError, StreamReader, StreamReaderStream, StreamWriterSink, stream};

use super::concurrent::{assert_idle, block_on};
use super::streams::instance;
use crate::on_every_engine;

on_every_engine! {
    elements_go_from_a_sink_through_a_guest_to_a_stream, bytes_are_read_as_many_as_are_asked_for,
    a_sink_hears_that_its_reader_is_dropped,
}

async fn next<E: CoreEngine>(stream: &mut StreamReaderStream<String, u32, E>) -> Option<Result<String, Error>> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

async fn send<E: CoreEngine>(sink: &mut StreamWriterSink<String, u32, E>, element: String) -> Result<(), SinkError> {
    poll_fn(|cx| Pin::new(&mut *sink).poll_ready(cx)).await?;
    Pin::new(sink).start_send(element)
}

async fn read<E: CoreEngine>(stream: &mut StreamReaderStream<u8, u32, E>, buffer: &mut [u8]) -> io::Result<usize> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_read(cx, buffer)).await
}

async fn write<E: CoreEngine>(sink: &mut StreamWriterSink<u8, u32, E>, bytes: &[u8]) -> io::Result<usize> {
    poll_fn(|cx| Pin::new(&mut *sink).poll_write(cx, bytes)).await
}

fn elements_go_from_a_sink_through_a_guest_to_a_stream<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("string");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    block_on(store.run(async |access| {
        let (writer, reader) = access.with(|cx| stream::<String>(cx)).unwrap();
        let mut sink = writer.into_sink(&access);
        access.spawn(async move {
            for n in 0..200 {
                send(&mut sink, n.to_string()).await.map_err(Error::host)?;
            }
            poll_fn(|cx| Sink::poll_close(Pin::new(&mut sink), cx)).await.map_err(Error::host)?;
            assert!(matches!(send(&mut sink, "late".into()).await, Err(SinkError::Closed)));
            Ok(())
        });
        let back: StreamReader<String> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let mut back = back.into_stream(&access);
        for n in 0..200 {
            assert_eq!(next(&mut back).await.unwrap().unwrap(), n.to_string());
        }
        assert!(next(&mut back).await.is_none());
        assert!(next(&mut back).await.is_none(), "the end stays the end");
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn bytes_are_read_as_many_as_are_asked_for<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>("u8");
    let echo = instance.func(&mut store, None, "echo").unwrap();
    block_on(store.run(async |access| {
        let (writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let mut sink = writer.into_sink(&access);
        access.spawn(async move {
            for part in [&b"hello "[..], b"world\n", b"end"] {
                assert_eq!(write(&mut sink, part).await.map_err(Error::host)?, part.len());
            }
            poll_fn(|cx| AsyncWrite::poll_close(Pin::new(&mut sink), cx)).await.map_err(Error::host)
        });
        let back: StreamReader<u8> = echo.call_concurrent(&access, (reader,)).await.unwrap();
        let mut back = back.into_stream(&access);
        let (mut all, mut buffer) = (Vec::new(), [0; 2]);
        assert_eq!(read(&mut back, &mut []).await.unwrap(), 0);
        while all.len() < 12 {
            let count = read(&mut back, &mut buffer).await.unwrap();
            assert_ne!(count, 0, "the stream has not ended");
            all.extend_from_slice(&buffer[..count]);
        }
        // The guest passes on three bytes at a time.
        let rest = poll_fn(|cx| Pin::new(&mut back).poll_fill_buf(cx).map_ok(<[u8]>::to_vec)).await.unwrap();
        Pin::new(&mut back).consume(rest.len());
        all.extend_from_slice(&rest);
        while let count @ 1.. = read(&mut back, &mut buffer).await.unwrap() {
            all.extend_from_slice(&buffer[..count]);
        }
        assert_eq!(all, b"hello world\nend");
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_sink_hears_that_its_reader_is_dropped<E: CoreEngine>() {
    let (mut store, _) = instance::<E>("u8");
    block_on(store.run(async |access| {
        let (writer, reader) = access.with(|cx| stream::<u8>(cx)).unwrap();
        let mut sink = writer.into_sink(&access);
        assert_eq!(write(&mut sink, b"lost").await.unwrap(), 4);
        drop(reader);
        assert_eq!(write(&mut sink, b"late").await.unwrap_err().kind(), ErrorKind::BrokenPipe);
        assert_eq!(write(&mut sink, b"later").await.unwrap_err().kind(), ErrorKind::BrokenPipe);
    }))
    .unwrap();
    store.run_ready().unwrap();
    assert_idle(&store);
}
