//! Ends of streams by the traits of `futures`.

use core::future::poll_fn;
use core::pin::Pin;
use core::task::Poll;
use std::io::{self, ErrorKind};

use futures_core::Stream;
use futures_io::{AsyncBufRead, AsyncRead, AsyncWrite};
use futures_sink::Sink;
use witwright::{StreamClosed, StreamReaderStream, StreamResult, StreamWriterSink, block_on, spawn, yield_async};

#[witwright::guest(inline = "
    package test:futures;
    world w {
        import bytes: func() -> stream<u8>;
        import names: func() -> stream<string>;
    }
")]
mod bindings {}

use bindings::wit_stream;

async fn next<T: 'static>(stream: &mut StreamReaderStream<T>) -> Option<T> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

async fn send<T: 'static>(sink: &mut StreamWriterSink<T>, element: T) -> Result<(), StreamClosed> {
    poll_fn(|cx| Pin::new(&mut *sink).poll_ready(cx)).await?;
    Pin::new(sink).start_send(element)
}

async fn flush<T: 'static>(sink: &mut StreamWriterSink<T>) -> Result<(), StreamClosed> {
    poll_fn(|cx| Sink::poll_flush(Pin::new(&mut *sink), cx)).await
}

async fn write(sink: &mut StreamWriterSink<u8>, bytes: &[u8]) -> io::Result<usize> {
    poll_fn(|cx| Pin::new(&mut *sink).poll_write(cx, bytes)).await
}

async fn read(stream: &mut StreamReaderStream<u8>, buffer: &mut [u8]) -> io::Result<usize> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_read(cx, buffer)).await
}

#[test]
fn elements_go_from_a_sink_to_a_stream() {
    block_on(async {
        let (writer, reader) = wit_stream::new::<String>();
        spawn(async move {
            let mut sink = writer.into_sink();
            for n in 0..200 {
                send(&mut sink, n.to_string()).await.unwrap();
            }
            poll_fn(|cx| Sink::poll_close(Pin::new(&mut sink), cx)).await.unwrap();
            assert_eq!(send(&mut sink, "late".into()).await, Err(StreamClosed));
        });
        let mut stream = reader.into_stream();
        for n in 0..200 {
            assert_eq!(next(&mut stream).await, Some(n.to_string()));
        }
        assert_eq!(next(&mut stream).await, None);
        assert_eq!(next(&mut stream).await, None, "the end stays the end");
    });
}

#[test]
fn a_stream_takes_no_element_before_it_is_asked() {
    block_on(async {
        let (mut writer, reader) = wit_stream::new::<String>();
        let mut stream = reader.into_stream();
        spawn(async move {
            let (result, rest) = writer.write(vec!["a".into(), "b".into()]).await;
            assert_eq!((result, rest.into_vec()), (StreamResult::Complete(1), vec!["b".to_owned()]));
            assert_eq!(writer.write_one("c".into()).await, None);
        });
        assert_eq!(next(&mut stream).await.as_deref(), Some("a"));
        let mut reader = stream.into_inner().expect("no read is in progress");
        assert_eq!(reader.next().await.as_deref(), Some("c"));
        let mut stream = reader.into_stream();
        assert_eq!(next(&mut stream).await, None);
        assert!(stream.into_inner().is_none(), "the reader is dropped at the end");
    });
}

#[test]
fn bytes_are_read_as_many_as_are_asked_for() {
    block_on(async {
        let (writer, reader) = wit_stream::new::<u8>();
        spawn(async move {
            let mut sink = writer.into_sink();
            for part in [&b"hello "[..], b"world\n", b"end"] {
                assert_eq!(write(&mut sink, part).await.unwrap(), part.len());
            }
            poll_fn(|cx| AsyncWrite::poll_close(Pin::new(&mut sink), cx)).await.unwrap();
        });
        let mut stream = reader.into_stream();
        let mut buffer = [0; 4];
        assert_eq!(read(&mut stream, &mut []).await.unwrap(), 0);
        let mut all = Vec::new();
        while all.len() < 12 {
            let count = read(&mut stream, &mut buffer).await.unwrap();
            assert_ne!(count, 0, "the stream has not ended");
            all.extend_from_slice(&buffer[..count]);
        }
        assert_eq!(all, b"hello world\n");
        let rest = poll_fn(|cx| match Pin::new(&mut stream).poll_fill_buf(cx) {
            Poll::Ready(bytes) => Poll::Ready(bytes.map(<[u8]>::to_vec)),
            Poll::Pending => Poll::Pending,
        });
        assert_eq!(rest.await.unwrap(), b"end");
        Pin::new(&mut stream).consume(1);
        assert_eq!(read(&mut stream, &mut buffer).await.unwrap(), 2);
        assert_eq!(read(&mut stream, &mut buffer).await.unwrap(), 0);
    });
}

#[test]
fn a_sink_hears_that_its_reader_is_dropped() {
    block_on(async {
        let (writer, reader) = wit_stream::new::<String>();
        let mut sink = writer.into_sink();
        send(&mut sink, "lost".into()).await.unwrap();
        drop(reader);
        assert_eq!(flush(&mut sink).await, Err(StreamClosed));
        assert_eq!(send(&mut sink, "late".into()).await, Err(StreamClosed));

        let (writer, reader) = wit_stream::new::<u8>();
        let mut sink = writer.into_sink();
        assert_eq!(write(&mut sink, b"lost").await.unwrap(), 4);
        drop(reader);
        assert_eq!(write(&mut sink, b"late").await.unwrap_err().kind(), ErrorKind::BrokenPipe);
    });
}

#[test]
fn a_dropped_adapter_cancels_its_operation() {
    block_on(async {
        let (mut writer, reader) = wit_stream::new::<String>();
        let mut stream = reader.into_stream();
        let is_pending = poll_fn(|cx| Poll::Ready(Pin::new(&mut stream).poll_next(cx).is_pending())).await;
        assert!(is_pending);
        drop(stream);
        assert_eq!(writer.write_one("unread".into()).await.as_deref(), Some("unread"));

        let (writer, mut reader) = wit_stream::new::<u8>();
        let mut sink = writer.into_sink();
        assert_eq!(write(&mut sink, b"lost").await.unwrap(), 4);
        drop(sink);
        yield_async().await;
        assert_eq!(reader.next().await, None);
    });
}

#[test]
fn a_reader_is_not_given_back_during_a_read() {
    block_on(async {
        let (_writer, reader) = wit_stream::new::<u8>();
        let mut stream = reader.into_stream();
        let is_pending = poll_fn(|cx| Poll::Ready(Pin::new(&mut stream).poll_next(cx).is_pending())).await;
        assert!(is_pending);
        assert!(stream.into_inner().is_none());
    });
}
