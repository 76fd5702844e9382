//! Streams of bytes, as every version of WASI has them: a [`Source`] is read by a guest, a [`Sink`] written.

use core::fmt;
use core::task::{Context, Poll};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::wait::Ready;

/// The largest number of bytes that one operation moves.
pub(crate) const CHUNK_BYTES: usize = 64 << 10;

/// The reason why a stream gives or takes no more bytes.
#[derive(Debug)]
pub enum StreamFault {
    /// Its end was reached, or the other side is gone.
    Closed,
    /// An operation failed.
    Failed(Failure),
}

/// A failed operation of a stream.
#[derive(Debug)]
pub struct Failure {
    /// The machine's error.
    pub error: io::Error,
    /// The origin of the stream, which decides the error's code.
    pub origin: Origin,
}

/// The origin of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A file.
    File,
    /// A socket.
    Network,
    /// Anything else.
    Other,
}

/// A source of bytes that a guest reads.
pub trait Source: Send + 'static {
    /// Reads at least one byte, and at most `max_bytes`.
    fn poll_read(&mut self, cx: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>>;

    /// Ready if [`Source::poll_read`] is.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()>;

    /// Whether its operations block the thread instead of waiting. A guest of WASI 0.3 then reads it on another thread.
    fn blocks(&self) -> bool {
        false
    }

    /// Tells the other side that no more bytes are read; called when a guest of WASI 0.3 drops the stream, or has read its end.
    fn close(&mut self) {}
}

/// A destination of bytes that a guest writes.
pub trait Sink: Send + 'static {
    /// The number of bytes that may be written, at least one.
    fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize, StreamFault>>;

    /// Writes bytes: at most as many as there was room for.
    ///
    /// # Errors
    /// The reason why it takes no more bytes.
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamFault>;

    /// Ready once all bytes have been passed on.
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), StreamFault>>;

    /// Whether its operations block the thread instead of waiting. A guest of WASI 0.3 then writes to it on another thread.
    fn blocks(&self) -> bool {
        false
    }

    /// Ends the stream. It is called once, when a guest of WASI 0.3 has ended it.
    fn close(&mut self) {}
}

/// A source. Clones share it.
#[derive(Clone)]
pub struct InputStream(Arc<Mutex<dyn Source>>);

/// A sink. Clones share it.
#[derive(Clone)]
pub struct OutputStream(Arc<Mutex<dyn Sink>>);

impl InputStream {
    /// A stream from a source.
    pub fn new(source: impl Source) -> InputStream {
        InputStream(Arc::new(Mutex::new(source)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, dyn Source> {
        // No invariant spans two operations, so a panic between them does no harm.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OutputStream {
    /// A stream to a sink.
    pub fn new(sink: impl Sink) -> OutputStream {
        OutputStream(Arc::new(Mutex::new(sink)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, dyn Sink> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ready for InputStream {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.lock().poll_ready(cx)
    }
}

impl Ready for OutputStream {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.lock().poll_room(cx).map(|_| ())
    }
}

impl StreamFault {
    /// The fault of an operation that failed on a stream of this origin.
    pub(crate) fn of(origin: Origin, error: io::Error) -> StreamFault {
        StreamFault::Failed(Failure { error, origin })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl fmt::Debug for InputStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InputStream")
    }
}

impl fmt::Debug for OutputStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OutputStream")
    }
}
