//! Ends of streams by the traits of `futures`: [`Stream`], [`Sink`], and for bytes, with `std`, `AsyncRead`, `AsyncBufRead`
//! and `AsyncWrite`.
//!
//! A poll borrows the adapter only while it runs, so the adapter owns both its end and the read or write that is in
//! progress. It cancels the operation before it drops the end.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::fmt;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
#[cfg(feature = "std")]
use std::io;

use futures_core::Stream;
#[cfg(feature = "std")]
use futures_io::{AsyncBufRead, AsyncRead, AsyncWrite};
use futures_sink::Sink;

use super::buffer::Buffer;
use super::ops::StreamOps;
use super::stream::{Reading, StreamReader, StreamResult, StreamWriter, Writing};

/// The largest number of bytes that are read or written at once.
#[cfg(feature = "std")]
const MAX_BYTES: usize = 64 * 1024;
/// The largest number of elements that a sink keeps before it writes them.
const MAX_KEPT: usize = 64;

impl<T: 'static> StreamReader<T> {
    /// The stream by the traits of `futures`.
    #[must_use]
    pub fn into_stream(self) -> StreamReaderStream<T> {
        StreamReaderStream::new(self)
    }
}

impl<T: 'static> StreamWriter<T> {
    /// The stream's writer by the traits of `futures`.
    #[must_use]
    pub fn into_sink(self) -> StreamWriterSink<T> {
        StreamWriterSink::new(self)
    }
}

/// A [`StreamReader`] as a [`Stream`]; one of bytes is also `AsyncRead` and `AsyncBufRead`.
///
/// Elements are read one by one, when they are asked for; bytes as many as are asked for.
pub struct StreamReaderStream<T: 'static> {
    /// `None` after it was taken, and after the stream has ended.
    reader: Option<StreamReader<T>>,
    /// Elements that were read and not taken.
    rest: VecDeque<T>,
    /// The last read.
    reading: Option<Pin<Box<Reading<T>>>>,
}

/// The adapter of a reader, by its built-ins.
pub type RawStreamReaderStream<O> = StreamReaderStream<<O as StreamOps>::Payload>;

// No field is structurally pinned.
impl<T: 'static> Unpin for StreamReaderStream<T> {}

impl<T: 'static> StreamReaderStream<T> {
    /// The adapter of a reader.
    #[must_use]
    pub fn new(reader: StreamReader<T>) -> StreamReaderStream<T> {
        StreamReaderStream { reader: Some(reader), rest: VecDeque::new(), reading: None }
    }

    /// The reader. `None` if the stream has ended, a read is in progress, or elements were read and not taken; these are dropped.
    #[must_use]
    pub fn into_inner(mut self) -> Option<StreamReader<T>> {
        let is_idle = self.rest.is_empty() && self.reading.as_ref().is_none_or(|reading| reading.is_done());
        self.reader.take_if(|_| is_idle)
    }

    /// Reads up to `max` elements, unless some are left or the stream has ended.
    fn poll_fill(&mut self, cx: &mut Context<'_>, max: usize) -> Poll<()> {
        let Some(reader) = &mut self.reader else { return Poll::Ready(()) };
        while self.rest.is_empty() {
            let reading = match &mut self.reading {
                Some(reading) if !reading.is_done() => reading,
                _ if reader.is_done => break,
                ended => {
                    let mut buffer = Vec::from(mem::take(&mut self.rest));
                    buffer.reserve(max);
                    replace(ended, Reading::new(buffer, max))
                }
            };
            let (_, buffer) = ready!(reading.as_mut().poll(reader, cx));
            self.rest = buffer.into();
        }
        Poll::Ready(())
    }
}

/// Puts an operation in the place of one that has ended.
fn replace<O>(place: &mut Option<Pin<Box<O>>>, operation: O) -> &mut Pin<Box<O>> {
    match place {
        Some(ended) => {
            ended.set(operation);
            ended
        }
        None => place.insert(Box::pin(operation)),
    }
}

impl<T: 'static> Stream for StreamReaderStream<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = self.get_mut();
        ready!(this.poll_fill(cx, 1));
        let element = this.rest.pop_front();
        if element.is_none() {
            this.reader = None;
        }
        Poll::Ready(element)
    }
}

#[cfg(feature = "std")]
impl AsyncRead for StreamReaderStream<u8> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if !buf.is_empty() {
            ready!(this.poll_fill(cx, buf.len().min(MAX_BYTES)));
        }
        Poll::Ready(io::Read::read(&mut this.rest, buf))
    }
}

#[cfg(feature = "std")]
impl AsyncBufRead for StreamReaderStream<u8> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        ready!(this.poll_fill(cx, MAX_BYTES));
        Poll::Ready(Ok(this.rest.as_slices().0))
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        self.get_mut().rest.drain(..amount);
    }
}

impl<T: 'static> fmt::Debug for StreamReaderStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamReaderStream").field(&self.reader).finish()
    }
}

impl<T: 'static> Drop for StreamReaderStream<T> {
    fn drop(&mut self) {
        if let (Some(reader), Some(reading)) = (&mut self.reader, &mut self.reading)
            && !reading.is_done()
        {
            drop(reading.as_mut().cancel(reader));
        }
    }
}

/// A [`StreamWriter`] as a [`Sink`]; one of bytes is also `AsyncWrite`.
///
/// It keeps elements, and writes them when it is flushed or has many; bytes it begins to write at once. What was not flushed
/// before it is dropped may be lost.
pub struct StreamWriterSink<T: 'static> {
    /// `None` after it was closed.
    writer: Option<StreamWriter<T>>,
    /// Elements that have not been passed to a write; empty while a write is in progress.
    kept: Vec<T>,
    /// The last write.
    writing: Option<Pin<Box<Writing<T>>>>,
}

// No field is structurally pinned.
impl<T: 'static> Unpin for StreamWriterSink<T> {}

/// No more elements can be written: the reader was dropped, or the sink was closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StreamClosed;

impl fmt::Display for StreamClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream has no reader any more, or was closed")
    }
}

impl core::error::Error for StreamClosed {}

#[cfg(feature = "std")]
impl From<StreamClosed> for io::Error {
    fn from(closed: StreamClosed) -> io::Error {
        io::Error::new(io::ErrorKind::BrokenPipe, closed)
    }
}

impl<T: 'static> StreamWriterSink<T> {
    /// The adapter of a writer.
    #[must_use]
    pub fn new(writer: StreamWriter<T>) -> StreamWriterSink<T> {
        StreamWriterSink { writer: Some(writer), kept: Vec::new(), writing: None }
    }

    /// Writes all elements that it was given.
    fn poll_written(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), StreamClosed>> {
        let Some(writer) = &mut self.writer else { return Poll::Ready(Ok(())) };
        loop {
            let writing = match &mut self.writing {
                Some(writing) if !writing.is_done() => writing,
                _ if self.kept.is_empty() => return Poll::Ready(Ok(())),
                ended => replace(ended, Writing::new(Buffer::new(mem::take(&mut self.kept), writer.form))),
            };
            let (result, buffer) = ready!(writing.as_mut().poll(writer, cx));
            self.kept = buffer.into_vec();
            if result == StreamResult::Dropped || writer.is_done && !self.kept.is_empty() {
                self.kept.clear();
                return Poll::Ready(Err(StreamClosed));
            }
        }
    }

    /// Waits until it can keep another element.
    fn poll_room(&mut self, cx: &mut Context<'_>, max: usize) -> Poll<Result<(), StreamClosed>> {
        let is_writing = self.writing.as_ref().is_some_and(|writing| !writing.is_done());
        if is_writing || self.kept.len() >= max {
            ready!(self.poll_written(cx))?;
        }
        let is_open = self.writer.as_ref().is_some_and(|writer| !writer.is_done);
        Poll::Ready(if is_open { Ok(()) } else { Err(StreamClosed) })
    }

    fn poll_closed(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), StreamClosed>> {
        ready!(self.poll_written(cx))?;
        self.writer = None;
        Poll::Ready(Ok(()))
    }
}

impl<T: 'static> Sink<T> for StreamWriterSink<T> {
    type Error = StreamClosed;

    fn poll_ready(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), StreamClosed>> {
        self.get_mut().poll_room(cx, MAX_KEPT)
    }

    fn start_send(self: Pin<&mut Self>, element: T) -> Result<(), StreamClosed> {
        self.get_mut().kept.push(element);
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), StreamClosed>> {
        self.get_mut().poll_written(cx)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), StreamClosed>> {
        self.get_mut().poll_closed(cx)
    }
}

#[cfg(feature = "std")]
impl AsyncWrite for StreamWriterSink<u8> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.poll_room(cx, 1))?;
        let count = buf.len().min(MAX_BYTES);
        this.kept.extend_from_slice(&buf[..count]);
        match this.poll_written(cx) {
            Poll::Ready(Err(closed)) => Poll::Ready(Err(closed.into())),
            Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(count)),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().poll_written(cx).map_err(io::Error::from)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().poll_closed(cx).map_err(io::Error::from)
    }
}

impl<T: 'static> fmt::Debug for StreamWriterSink<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamWriterSink").field(&self.writer).finish()
    }
}

impl<T: 'static> Drop for StreamWriterSink<T> {
    fn drop(&mut self) {
        if let (Some(writer), Some(writing)) = (&mut self.writer, &mut self.writing)
            && !writing.is_done()
        {
            drop(writing.as_mut().cancel(writer));
        }
    }
}
