//! Standard input and output: those of this process, files, and pipes.

use core::mem;
use core::task::{Context, Poll, Waker};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::pipe::{MemoryInputPipe, MemoryOutputPipe, Null};
use crate::stream::{CHUNK_BYTES, InputStream, Origin, OutputStream, Sink, Source, StreamFault};

/// A source that can be a guest's standard input.
pub trait StdinStream {
    /// The stream.
    fn stream(self) -> InputStream;

    /// Whether the guest is told that it is a terminal.
    fn is_terminal(&self) -> bool {
        false
    }
}

/// A sink that can be a guest's standard output or standard error.
pub trait StdoutStream {
    /// The stream.
    fn stream(self) -> OutputStream;

    /// Whether the guest is told that it is a terminal.
    fn is_terminal(&self) -> bool {
        false
    }
}

/// The standard input of this process. It is read only when a guest asks for bytes.
#[derive(Clone, Copy, Debug)]
pub struct Stdin;

/// The standard output of this process.
#[derive(Clone, Copy, Debug)]
pub struct Stdout;

/// The standard error of this process.
#[derive(Clone, Copy, Debug)]
pub struct Stderr;

/// Bytes read from the process's standard input, for all guests of the process.
struct Pending {
    bytes: Vec<u8>,
    read: usize,
    /// A thread of the pool reads.
    reading: bool,
    ended: bool,
    failed: Option<io::Error>,
    wakers: Vec<Waker>,
}

static PENDING: Mutex<Pending> =
    Mutex::new(Pending { bytes: Vec::new(), read: 0, reading: false, ended: false, failed: None, wakers: Vec::new() });

fn pending() -> MutexGuard<'static, Pending> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pending {
    /// Ready if there are bytes, an error, or the end; else a thread reads, and wakes all waiting tasks.
    fn poll(&mut self, cx: &Context<'_>) -> Poll<()> {
        if self.read < self.bytes.len() || self.ended || self.failed.is_some() {
            return Poll::Ready(());
        }
        if !self.wakers.iter().any(|waker| waker.will_wake(cx.waker())) {
            self.wakers.push(cx.waker().clone());
        }
        if !mem::replace(&mut self.reading, true) {
            let room = mem::take(&mut self.bytes);
            self.read = 0;
            blocking::unblock(|| read_stdin(room)).detach();
        }
        Poll::Pending
    }
}

/// Reads the next bytes, for which it may wait any time, into a buffer that is used again.
fn read_stdin(mut room: Vec<u8>) {
    room.resize(CHUNK_BYTES, 0);
    let result = io::stdin().lock().read(&mut room);
    let wakers = {
        let mut pending = pending();
        pending.reading = false;
        match result {
            Ok(0) => pending.ended = true,
            Ok(count) => {
                room.truncate(count);
                pending.bytes = room;
            }
            Err(error) => pending.failed = Some(error),
        }
        mem::take(&mut pending.wakers)
    };
    wakers.into_iter().for_each(Waker::wake);
}

impl Source for Stdin {
    fn poll_read(&mut self, cx: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        let mut pending = pending();
        if pending.poll(cx).is_pending() {
            return Poll::Pending;
        }
        let Pending { bytes, read, failed, .. } = &mut *pending;
        let left = &bytes[*read..];
        let chunk = left[..left.len().min(max_bytes)].to_vec();
        *read += chunk.len();
        Poll::Ready(match failed.take() {
            _ if !chunk.is_empty() => Ok(chunk),
            Some(error) => Err(StreamFault::of(Origin::Other, error)),
            None => Err(StreamFault::Closed),
        })
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        pending().poll(cx)
    }
}

/// A sink that blocks the thread while it writes.
struct Blocking<W>(W);

impl<W: Write + Send + 'static> Sink for Blocking<W> {
    fn poll_room(&mut self, _: &mut Context<'_>) -> Poll<Result<usize, StreamFault>> {
        Poll::Ready(Ok(CHUNK_BYTES))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamFault> {
        self.0.write_all(bytes).map_err(fault)?;
        // The guest's output is shown, however this process ends.
        self.0.flush().map_err(fault)
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), StreamFault>> {
        Poll::Ready(self.0.flush().map_err(fault))
    }

    fn blocks(&self) -> bool {
        true
    }
}

/// A source that blocks the thread while it reads.
struct FileInput(File);

impl Source for FileInput {
    fn poll_read(&mut self, _: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        let mut bytes = vec![0; max_bytes];
        Poll::Ready(match self.0.read(&mut bytes) {
            Ok(0) => Err(StreamFault::Closed),
            Ok(count) => {
                bytes.truncate(count);
                Ok(bytes)
            }
            Err(error) => Err(fault(error)),
        })
    }

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn blocks(&self) -> bool {
        true
    }
}

fn fault(error: io::Error) -> StreamFault {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return StreamFault::Closed;
    }
    StreamFault::of(Origin::Other, error)
}

impl StdinStream for Stdin {
    fn stream(self) -> InputStream {
        InputStream::new(self)
    }

    fn is_terminal(&self) -> bool {
        io::stdin().is_terminal()
    }
}

impl StdinStream for File {
    fn stream(self) -> InputStream {
        InputStream::new(FileInput(self))
    }
}

impl StdinStream for MemoryInputPipe {
    fn stream(self) -> InputStream {
        InputStream::new(self)
    }
}

impl StdinStream for Null {
    fn stream(self) -> InputStream {
        InputStream::new(self)
    }
}

impl StdinStream for InputStream {
    fn stream(self) -> InputStream {
        self
    }
}

impl StdoutStream for Stdout {
    fn stream(self) -> OutputStream {
        OutputStream::new(Blocking(io::stdout()))
    }

    fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }
}

impl StdoutStream for Stderr {
    fn stream(self) -> OutputStream {
        OutputStream::new(Blocking(io::stderr()))
    }

    fn is_terminal(&self) -> bool {
        io::stderr().is_terminal()
    }
}

impl StdoutStream for File {
    fn stream(self) -> OutputStream {
        OutputStream::new(Blocking(self))
    }
}

impl StdoutStream for MemoryOutputPipe {
    fn stream(self) -> OutputStream {
        OutputStream::new(self)
    }
}

impl StdoutStream for Null {
    fn stream(self) -> OutputStream {
        OutputStream::new(self)
    }
}

impl StdoutStream for OutputStream {
    fn stream(self) -> OutputStream {
        self
    }
}
