//! The body of a message that a guest sends.
//!
//! ```text
//! Open ─finish─► Ended(Ok)     all bytes and the trailers are sent
//!   └───drop───► Ended(Err)    the message is broken off
//! ```

use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::HeaderMap;

use super::error::ErrorCode;
use super::fields::Fields;
use super::incoming::Incoming;
use crate::stream::{CHUNK_BYTES, OutputStream, Sink, StreamFault};

/// A body, as its guest holds it. Dropping it before it is finished aborts it.
pub struct Outgoing {
    pipe: Shared,
    stream: OutputStream,
    /// Whether the guest asked for the stream.
    is_taken: bool,
}

/// A body, as its connection reads it.
pub(crate) struct OutgoingReader(Shared);

/// The body of a message that is sent.
pub(crate) enum OutgoingBody {
    /// A guest made it.
    Made(OutgoingReader),
    /// It was received with another message, and is sent on unchanged.
    Passed(Incoming),
}

/// A body, as its guest writes it.
struct Writer(Shared);

#[derive(Clone)]
struct Shared(Arc<Mutex<Pipe>>);

struct Pipe {
    /// Bytes that were written and have not been read.
    bytes: Vec<u8>,
    written_bytes: u64,
    /// The number in `content-length`.
    length: Option<u64>,
    /// The code for a body of another length.
    wrong_length: fn(Option<u64>) -> ErrorCode,
    end: Option<Result<Option<HeaderMap>, ErrorCode>>,
    /// Whether nobody reads it any more.
    is_abandoned: bool,
    /// Whether the connection had time to send the bytes written before the body was aborted.
    is_flushed: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Outgoing {
    /// A body, and its reader.
    pub(crate) fn new(length: Option<u64>, wrong_length: fn(Option<u64>) -> ErrorCode) -> (Outgoing, OutgoingReader) {
        let pipe = Shared(Arc::new(Mutex::new(Pipe {
            bytes: Vec::new(),
            written_bytes: 0,
            length,
            wrong_length,
            end: None,
            is_abandoned: false,
            is_flushed: false,
            reader: None,
            writer: None,
        })));
        let stream = OutputStream::new(Writer(pipe.clone()));
        (Outgoing { pipe: pipe.clone(), stream, is_taken: false }, OutgoingReader(pipe))
    }

    /// The stream that writes it; `None` after the first call.
    pub(crate) fn write(&mut self) -> Option<OutputStream> {
        (!mem::replace(&mut self.is_taken, true)).then(|| self.stream.clone())
    }

    /// Ends the body.
    ///
    /// # Errors
    /// If its length is not that of `content-length`.
    pub(crate) fn finish(self, trailers: Option<&Fields>) -> Result<(), ErrorCode> {
        let mut pipe = self.pipe.lock();
        let result = match pipe.length {
            Some(length) if length != pipe.written_bytes => Err((pipe.wrong_length)(Some(pipe.written_bytes))),
            Some(_) | None => Ok(()),
        };
        pipe.end_with(result.clone().map(|()| trailers.map(Fields::to_map)));
        result
    }
}

impl Outgoing {
    /// Ready once nobody reads the body any more.
    pub(crate) fn poll_abandoned(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut pipe = self.pipe.lock();
        if pipe.is_abandoned {
            return Poll::Ready(());
        }
        pipe.writer = Some(cx.waker().clone());
        Poll::Pending
    }

    /// Writes some bytes as soon as there is room for them, and returns their number.
    pub(crate) fn poll_put(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize, StreamFault>> {
        let mut sink = self.stream.lock();
        let room = ready!(sink.poll_room(cx))?.min(bytes.len());
        Poll::Ready(sink.write(&bytes[..room]).map(|()| room))
    }

    /// Aborts the body, with this reason.
    pub(crate) fn fail(self, code: ErrorCode) {
        self.pipe.lock().end_with(Err(code));
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.pipe.lock().end_with(Err(ErrorCode::HttpProtocolError));
    }
}

impl OutgoingReader {
    /// Ends the body of a message whose guest never asked for it: it is empty.
    pub(crate) fn end_empty(&self) {
        self.0.lock().end_with(Ok(None));
    }
}

impl Drop for OutgoingReader {
    fn drop(&mut self) {
        let mut pipe = self.0.lock();
        pipe.is_abandoned = true;
        pipe.bytes = Vec::new();
        wake(&mut pipe.writer);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Pipe> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pipe {
    /// Ends it, if it has not ended before.
    fn end_with(&mut self, end: Result<Option<HeaderMap>, ErrorCode>) {
        if self.end.is_none() {
            self.end = Some(end);
            wake(&mut self.reader);
        }
    }

    /// # Errors
    /// If nobody reads it any more.
    fn check(&self) -> Result<(), StreamFault> {
        if self.is_abandoned || self.end.is_some() { Err(StreamFault::Closed) } else { Ok(()) }
    }
}

fn wake(waker: &mut Option<Waker>) {
    if let Some(waker) = waker.take() {
        waker.wake();
    }
}

impl Sink for Writer {
    fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize, StreamFault>> {
        let mut pipe = self.0.lock();
        let room = CHUNK_BYTES.saturating_sub(pipe.bytes.len());
        if room == 0 && pipe.check().is_ok() {
            pipe.writer = Some(cx.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(pipe.check().map(|()| room))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamFault> {
        let mut pipe = self.0.lock();
        pipe.check()?;
        pipe.written_bytes += bytes.len() as u64;
        if pipe.length.is_some_and(|length| pipe.written_bytes > length) {
            return Err((pipe.wrong_length)(Some(pipe.written_bytes)).fault());
        }
        pipe.bytes.extend_from_slice(bytes);
        wake(&mut pipe.reader);
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), StreamFault>> {
        // The connection was woken when they were written, and sends them as soon as it can. To wait until it has taken them
        // would cost two switches of threads for each piece; `poll_room` waits when they are many.
        Poll::Ready(self.0.lock().check())
    }
}

impl Body for OutgoingReader {
    type Data = Bytes;
    type Error = ErrorCode;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ErrorCode>>> {
        let mut pipe = self.0.lock();
        if !pipe.bytes.is_empty() {
            let bytes = mem::take(&mut pipe.bytes);
            wake(&mut pipe.writer);
            return Poll::Ready(Some(Ok(Frame::data(bytes.into()))));
        }
        match &mut pipe.end {
            Some(Ok(trailers)) => Poll::Ready(trailers.take().map(|trailers| Ok(Frame::trailers(trailers)))),
            Some(Err(code)) => {
                let code = code.clone();
                if !mem::replace(&mut pipe.is_flushed, true) {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(Some(Err(code)))
            }
            None => {
                pipe.reader = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        let pipe = self.0.lock();
        pipe.bytes.is_empty() && matches!(pipe.end, Some(Ok(None)))
    }

    fn size_hint(&self) -> SizeHint {
        let pipe = self.0.lock();
        let left = pipe.bytes.len() as u64;
        match (&pipe.end, pipe.length) {
            // All of it is here.
            (Some(Ok(None)), _) => SizeHint::with_exact(left),
            (_, Some(length)) => SizeHint::with_exact(length.saturating_sub(pipe.written_bytes) + left),
            (_, None) => SizeHint::default(),
        }
    }
}

impl Body for OutgoingBody {
    type Data = Bytes;
    type Error = ErrorCode;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ErrorCode>>> {
        match &mut *self {
            OutgoingBody::Made(body) => Pin::new(body).poll_frame(cx),
            OutgoingBody::Passed(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            OutgoingBody::Made(body) => body.is_end_stream(),
            OutgoingBody::Passed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            OutgoingBody::Made(body) => body.size_hint(),
            OutgoingBody::Passed(body) => body.size_hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Ledger;
    use super::*;
    use crate::wait::now;

    fn read(reader: &mut OutgoingReader) -> Option<Option<Result<Frame<Bytes>, ErrorCode>>> {
        now(|cx| Pin::new(&mut *reader).poll_frame(cx))
    }

    #[test]
    fn a_body_is_read_as_it_is_written() {
        let (mut body, mut reader) = Outgoing::new(None, ErrorCode::HttpRequestBodySize);
        let stream = body.write().unwrap();
        assert!(body.write().is_none());
        assert!(read(&mut reader).is_none());
        stream.lock().write(b"abc").unwrap();
        now(|cx| stream.lock().poll_flush(cx)).unwrap().unwrap();
        assert_eq!(read(&mut reader).unwrap().unwrap().unwrap().into_data().unwrap(), "abc");
        drop(stream);
        let trailers = Fields::from_list(vec![("a".into(), b"1".to_vec())], &Ledger::default()).unwrap();
        body.finish(Some(&trailers)).unwrap();
        assert_eq!(read(&mut reader).unwrap().unwrap().unwrap().into_trailers().unwrap()["a"], "1");
        assert!(read(&mut reader).unwrap().is_none());
    }

    #[test]
    fn a_length_that_was_said_is_kept() {
        let (mut body, reader) = Outgoing::new(Some(4), ErrorCode::HttpResponseBodySize);
        let stream = body.write().unwrap();
        stream.lock().write(b"abc").unwrap();
        assert_eq!(reader.size_hint().exact(), Some(4));
        let Err(StreamFault::Failed(failure)) = stream.lock().write(b"de") else { panic!("not refused") };
        assert_eq!(ErrorCode::of_stream(&failure.error), Some(ErrorCode::HttpResponseBodySize(Some(5))));
        drop(stream);
        assert_eq!(body.finish(None), Err(ErrorCode::HttpResponseBodySize(Some(5))));
    }

    #[test]
    fn a_body_that_was_not_finished_is_broken_off() {
        let (mut body, mut reader) = Outgoing::new(None, ErrorCode::HttpRequestBodySize);
        body.write().unwrap().lock().write(b"a").unwrap();
        drop(body);
        assert!(read(&mut reader).unwrap().unwrap().unwrap().is_data());
        assert!(read(&mut reader).is_none(), "what came before is sent first");
        assert_eq!(read(&mut reader).unwrap().unwrap().unwrap_err(), ErrorCode::HttpProtocolError);
    }

    #[test]
    fn a_full_pipe_has_no_room_until_it_is_read() {
        let (mut body, mut reader) = Outgoing::new(None, ErrorCode::HttpRequestBodySize);
        let stream = body.write().unwrap();
        stream.lock().write(&[0; CHUNK_BYTES]).unwrap();
        assert!(now(|cx| stream.lock().poll_room(cx)).is_none());
        assert!(read(&mut reader).is_some());
        assert_eq!(now(|cx| stream.lock().poll_room(cx)).unwrap().unwrap(), CHUNK_BYTES);
        drop(reader);
        assert!(matches!(now(|cx| stream.lock().poll_room(cx)), Some(Err(StreamFault::Closed))));
    }
}
