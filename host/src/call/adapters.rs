//! The host's ends of streams by the traits of `futures`: [`Stream`], [`Sink`], and for bytes, with `std`, `AsyncRead`,
//! `AsyncBufRead` and `AsyncWrite`.
//!
//! An end is in a store, and the traits have no parameter for one, so an adapter has an [`Access`] too. It is polled by futures of that
//! store only.

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
use witwright_abi_runtime::transfer::{Lift, Lower};

use crate::call::host_elements::Offer;
use crate::end::{StreamReader, StreamWriter};
use crate::engine::{CoreEngine, DefaultEngine};
use crate::error::Error;
use crate::store::Access;

/// The largest number of bytes that are read or written at once.
#[cfg(feature = "std")]
const MAX_BYTES: usize = 64 * 1024;
/// The largest number of elements that a sink keeps before it writes them.
const MAX_KEPT: usize = 64;

impl<V: Lift + Send + 'static> StreamReader<V> {
    /// The stream by the traits of `futures`, for futures that the store of `access` polls.
    ///
    /// ```
    /// # use witwright_host::{Access, StreamReader};
    /// # async fn example(access: Access<()>, reader: StreamReader<u8>) -> std::io::Result<usize> {
    /// use core::future::poll_fn;
    /// use core::pin::Pin;
    /// use futures_io::AsyncRead;
    ///
    /// let (mut bytes, mut buffer) = (reader.into_stream(&access), [0; 1024]);
    /// // With the crate `futures`: bytes.read(&mut buffer).await
    /// poll_fn(|cx| Pin::new(&mut bytes).poll_read(cx, &mut buffer)).await
    /// # }
    /// ```
    #[must_use]
    pub fn into_stream<T: 'static, E: CoreEngine>(self, access: &Access<T, E>) -> StreamReaderStream<V, T, E> {
        StreamReaderStream { reader: self, access: access.clone(), rest: VecDeque::new() }
    }
}

impl<V: Lower + Send + 'static> StreamWriter<V> {
    /// The stream's writer by the traits of `futures`, for futures that the store of `access` polls.
    #[must_use]
    pub fn into_sink<T: 'static, E: CoreEngine>(self, access: &Access<T, E>) -> StreamWriterSink<V, T, E> {
        StreamWriterSink { writer: Some(self), access: access.clone(), kept: Vec::new(), is_writing: false }
    }
}

/// A [`StreamReader`] as a [`Stream`]; one of bytes is also `AsyncRead` and `AsyncBufRead`.
///
/// Elements are read one by one, when they are asked for; bytes as many as are asked for. Polling it panics as
/// [`Access::with`] does.
pub struct StreamReaderStream<V, T: 'static, E: CoreEngine = DefaultEngine> {
    reader: StreamReader<V>,
    access: Access<T, E>,
    /// Elements that were read and not taken.
    rest: VecDeque<V>,
}

// No field is structurally pinned.
impl<V, T: 'static, E: CoreEngine> Unpin for StreamReaderStream<V, T, E> {}

impl<V: Lift + Send + 'static, T: 'static, E: CoreEngine> StreamReaderStream<V, T, E> {
    /// Reads up to `max` elements, unless some are left or the stream has ended.
    fn poll_fill(&mut self, poll: &Context<'_>, max: usize) -> Poll<Result<(), Error>> {
        if self.rest.is_empty() {
            let StreamReaderStream { reader, access, rest } = self;
            *rest = ready!(access.with(|mut cx| reader.poll_read(&mut cx, poll, max)))?.into();
        }
        Poll::Ready(Ok(()))
    }
}

impl<V: Lift + Send + 'static, T: 'static, E: CoreEngine> Stream for StreamReaderStream<V, T, E> {
    type Item = Result<V, Error>;

    fn poll_next(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<Option<Result<V, Error>>> {
        let this = self.get_mut();
        Poll::Ready(match ready!(this.poll_fill(poll, 1)) {
            Ok(()) => this.rest.pop_front().map(Ok),
            Err(error) => Some(Err(error)),
        })
    }
}

#[cfg(feature = "std")]
impl<T: 'static, E: CoreEngine> AsyncRead for StreamReaderStream<u8, T, E> {
    fn poll_read(self: Pin<&mut Self>, poll: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if !buf.is_empty() {
            ready!(this.poll_fill(poll, buf.len().min(MAX_BYTES))).map_err(io::Error::other)?;
        }
        Poll::Ready(io::Read::read(&mut this.rest, buf))
    }
}

#[cfg(feature = "std")]
impl<T: 'static, E: CoreEngine> AsyncBufRead for StreamReaderStream<u8, T, E> {
    fn poll_fill_buf(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        ready!(this.poll_fill(poll, MAX_BYTES)).map_err(io::Error::other)?;
        Poll::Ready(Ok(this.rest.as_slices().0))
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        self.get_mut().rest.drain(..amount);
    }
}

impl<V, T: 'static, E: CoreEngine> fmt::Debug for StreamReaderStream<V, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamReaderStream").field(&self.reader).finish()
    }
}

/// A [`StreamWriter`] as a [`Sink`]; one of bytes is also `AsyncWrite`.
///
/// It keeps elements, and writes them when it is flushed or has many; bytes it begins to write at once. What was not flushed
/// before it is dropped may be lost. Polling it panics as [`Access::with`] does.
pub struct StreamWriterSink<V, T: 'static, E: CoreEngine = DefaultEngine> {
    /// `None` after it was closed.
    writer: Option<StreamWriter<V>>,
    access: Access<T, E>,
    /// Elements that have not been passed to a write; empty while a write is in progress.
    kept: Vec<V>,
    is_writing: bool,
}

// No field is structurally pinned.
impl<V, T: 'static, E: CoreEngine> Unpin for StreamWriterSink<V, T, E> {}

/// A failure of a [`StreamWriterSink`].
#[derive(Debug)]
#[non_exhaustive]
pub enum SinkError {
    /// No more elements can be written: the reader was dropped, or the sink was closed.
    Closed,
    /// The elements cannot be lowered, or the end belongs to another store.
    Write(Error),
}

impl fmt::Display for SinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SinkError::Closed => f.write_str("the stream has no reader any more, or was closed"),
            SinkError::Write(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SinkError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            SinkError::Closed => None,
            SinkError::Write(error) => error.source(),
        }
    }
}

impl From<Error> for SinkError {
    fn from(error: Error) -> SinkError {
        SinkError::Write(error)
    }
}

#[cfg(feature = "std")]
impl From<SinkError> for io::Error {
    fn from(error: SinkError) -> io::Error {
        match error {
            SinkError::Closed => io::Error::new(io::ErrorKind::BrokenPipe, error),
            SinkError::Write(error) => io::Error::other(error),
        }
    }
}

impl<V: Lower + Send + 'static, T: 'static, E: CoreEngine> StreamWriterSink<V, T, E> {
    /// Writes all elements that it was given.
    fn poll_written(&mut self, poll: &Context<'_>) -> Poll<Result<(), SinkError>> {
        let StreamWriterSink { writer: Some(writer), access, kept, is_writing } = self else {
            return Poll::Ready(Ok(()));
        };
        if !*is_writing && kept.is_empty() {
            return Poll::Ready(Ok(()));
        }
        let mut offer = Some(mem::take(kept)).filter(|kept| !kept.is_empty()).map(Offer::new);
        let written = access.with(|mut cx| writer.poll_write(&mut cx, poll, &mut offer));
        *is_writing = written.is_pending();
        let unread = ready!(written)?;
        Poll::Ready(if unread.len() == 0 { Ok(()) } else { Err(SinkError::Closed) })
    }

    /// Waits until it can keep another element.
    fn poll_room(&mut self, poll: &Context<'_>, max: usize) -> Poll<Result<(), SinkError>> {
        if self.is_writing || self.kept.len() >= max {
            ready!(self.poll_written(poll))?;
        }
        Poll::Ready(if self.writer.is_some() { Ok(()) } else { Err(SinkError::Closed) })
    }

    fn poll_closed(&mut self, poll: &Context<'_>) -> Poll<Result<(), SinkError>> {
        ready!(self.poll_written(poll))?;
        self.writer = None;
        Poll::Ready(Ok(()))
    }
}

impl<V: Lower + Send + 'static, T: 'static, E: CoreEngine> Sink<V> for StreamWriterSink<V, T, E> {
    type Error = SinkError;

    fn poll_ready(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<Result<(), SinkError>> {
        self.get_mut().poll_room(poll, MAX_KEPT)
    }

    fn start_send(self: Pin<&mut Self>, element: V) -> Result<(), SinkError> {
        self.get_mut().kept.push(element);
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<Result<(), SinkError>> {
        self.get_mut().poll_written(poll)
    }

    fn poll_close(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<Result<(), SinkError>> {
        self.get_mut().poll_closed(poll)
    }
}

#[cfg(feature = "std")]
impl<T: 'static, E: CoreEngine> AsyncWrite for StreamWriterSink<u8, T, E> {
    fn poll_write(self: Pin<&mut Self>, poll: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.poll_room(poll, 1))?;
        let count = buf.len().min(MAX_BYTES);
        this.kept.extend_from_slice(&buf[..count]);
        match this.poll_written(poll) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error.into())),
            Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(count)),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().poll_written(poll).map_err(io::Error::from)
    }

    fn poll_close(self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().poll_closed(poll).map_err(io::Error::from)
    }
}

impl<V, T: 'static, E: CoreEngine> fmt::Debug for StreamWriterSink<V, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StreamWriterSink").field(&self.writer).finish()
    }
}
