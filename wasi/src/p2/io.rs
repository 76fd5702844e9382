//! `wasi:io`: errors, pollables, streams.

use core::fmt;
use core::task::{Context, Poll};

use witwright_host::{Error, HostResource, Resource, ResourceBorrow, ResourceTable};

use super::bindings::wasi::io::{error, poll, streams};
use super::values::{Input, Output, Pollable};
use crate::ctx::WasiCtxView;
use crate::stream::{CHUNK_BYTES, InputStream, OutputStream, StreamFault};
use crate::wait::{self, Interrupt, Ready};

/// The largest number of bytes for `blocking-write-and-flush`, which has no `check-write` before it.
const MAX_BLOCKING_BYTES: usize = 4096;

/// A guest used a stream in a way that WASI forbids.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Misuse {
    NotPermitted { permitted_bytes: usize, bytes: usize },
    TooManyToBlock,
    NothingToPoll,
}

type Io<T> = Result<Result<T, streams::StreamError>, Error>;
type In = ResourceBorrow<streams::InputStream>;
type Out = ResourceBorrow<streams::OutputStream>;

/// A pollable of a resource, and its child.
pub(super) fn subscribe(
    table: &mut ResourceTable,
    ready: impl Ready,
    parent: &impl HostResource,
) -> Result<Resource<poll::Pollable>, Error> {
    table.push_child(Pollable(Box::new(ready)), parent)
}

/// A pollable of something that is not a resource.
pub(super) fn pollable(table: &mut ResourceTable, ready: impl Ready) -> Result<Resource<poll::Pollable>, Error> {
    table.push(Pollable(Box::new(ready)))
}

/// A handle of an output stream.
pub(super) fn output(
    table: &mut ResourceTable,
    stream: OutputStream,
) -> Result<Resource<streams::OutputStream>, Error> {
    table.push(Output::new(stream))
}

/// A handle of an output stream, a child of a resource.
pub(super) fn child_output(
    table: &mut ResourceTable,
    stream: OutputStream,
    parent: &impl HostResource,
) -> Result<Resource<streams::OutputStream>, Error> {
    table.push_child(Output::new(stream), parent)
}

/// A handle of an input stream.
pub(super) fn input(table: &mut ResourceTable, stream: InputStream) -> Result<Resource<streams::InputStream>, Error> {
    table.push(Input::new(stream))
}

/// A handle of an input stream, a child of a resource.
pub(super) fn child_input(
    table: &mut ResourceTable,
    stream: InputStream,
    parent: &impl HostResource,
) -> Result<Resource<streams::InputStream>, Error> {
    table.push_child(Input::new(stream), parent)
}

impl Input {
    fn new(stream: InputStream) -> Input {
        Input { stream, is_closed: false }
    }
}

impl Output {
    fn new(stream: OutputStream) -> Output {
        Output { stream, permitted_bytes: 0, is_closed: false }
    }
}

impl error::HostError for WasiCtxView<'_> {
    fn to_debug_string(&mut self, this: ResourceBorrow<error::Error>) -> Result<String, Error> {
        Ok(self.table.get(&this)?.to_string())
    }

    fn drop(&mut self, this: Resource<error::Error>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl error::Host for WasiCtxView<'_> {}

impl poll::HostPollable for WasiCtxView<'_> {
    fn ready(&mut self, this: ResourceBorrow<poll::Pollable>) -> Result<bool, Error> {
        let pollable = self.table.get_mut(&this)?;
        Ok(wait::now(|cx| pollable.0.poll_ready(cx)).is_some())
    }

    fn block(&mut self, this: ResourceBorrow<poll::Pollable>) -> Result<(), Error> {
        let pollable = self.table.get_mut(&this)?;
        self.ctx.interrupt.block_on(|cx| pollable.0.poll_ready(cx))
    }

    fn drop(&mut self, this: Resource<poll::Pollable>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl poll::Host for WasiCtxView<'_> {
    fn poll(&mut self, pollables: Vec<ResourceBorrow<poll::Pollable>>) -> Result<Vec<u32>, Error> {
        if pollables.is_empty() {
            return Err(Error::host(Misuse::NothingToPoll));
        }
        self.ctx.interrupt.block_on(|cx| match ready(self.table, &pollables, cx) {
            Ok(ready) if ready.is_empty() => Poll::Pending,
            result => Poll::Ready(result),
        })?
    }
}

/// The indices of the pollables that are ready.
fn ready(
    table: &mut ResourceTable,
    pollables: &[ResourceBorrow<poll::Pollable>],
    cx: &mut Context<'_>,
) -> Result<Vec<u32>, Error> {
    let mut ready = Vec::new();
    for (index, pollable) in (0..).zip(pollables) {
        if table.get_mut(pollable)?.0.poll_ready(cx).is_ready() {
            ready.push(index);
        }
    }
    Ok(ready)
}

impl WasiCtxView<'_> {
    /// The result of an operation as the guest sees it.
    fn io<T>(&mut self, result: Result<T, StreamFault>) -> Io<T> {
        Ok(match result {
            Ok(value) => Ok(value),
            Err(StreamFault::Closed) => Err(streams::StreamError::Closed),
            Err(StreamFault::Failed(failure)) => {
                Err(streams::StreamError::LastOperationFailed(self.table.push(failure)?))
            }
        })
    }

    /// Runs an operation on an input stream that is not closed.
    fn with_input<T>(
        &mut self,
        this: In,
        operation: impl FnOnce(&InputStream, &Interrupt) -> Result<Result<T, StreamFault>, Error>,
    ) -> Io<T> {
        let input = self.table.get_mut(&this)?;
        if input.is_closed {
            return Ok(Err(streams::StreamError::Closed));
        }
        let result = operation(&input.stream, &self.ctx.interrupt)?;
        input.is_closed = result.is_err();
        self.io(result)
    }

    /// Runs an operation on an output stream that is not closed, with the number of permitted bytes.
    fn with_output<T>(
        &mut self,
        this: Out,
        operation: impl FnOnce(&OutputStream, &mut usize, &Interrupt) -> Result<Result<T, StreamFault>, Error>,
    ) -> Io<T> {
        let output = self.table.get_mut(&this)?;
        if output.is_closed {
            return Ok(Err(streams::StreamError::Closed));
        }
        let result = operation(&output.stream, &mut output.permitted_bytes, &self.ctx.interrupt)?;
        output.is_closed = result.is_err();
        self.io(result)
    }

    /// Reads up to a number of bytes; without `block`, those that can be read now.
    fn read_some(&mut self, this: In, length: u64, block: bool) -> Io<Vec<u8>> {
        let max_bytes = usize::try_from(length).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
        self.with_input(this, |stream, interrupt| {
            if max_bytes == 0 {
                return Ok(Ok(Vec::new()));
            }
            let mut source = stream.lock();
            match block {
                true => interrupt.block_on(|cx| source.poll_read(cx, max_bytes)),
                false => Ok(wait::now(|cx| source.poll_read(cx, max_bytes)).unwrap_or(Ok(Vec::new()))),
            }
        })
    }

    /// Writes bytes that were permitted. The bytes are made after that was checked.
    fn write_permitted(&mut self, this: Out, count: usize, contents: impl FnOnce() -> Vec<u8>) -> Io<()> {
        self.with_output(this, |stream, permitted_bytes, _| {
            let mut sink = stream.lock();
            let Some(left) = permitted_bytes.checked_sub(count) else {
                // A stream that has been closed meanwhile permits no bytes, and the operation reports that it is closed.
                return match wait::now(|cx| sink.poll_room(cx)) {
                    Some(Err(fault)) => Ok(Err(fault)),
                    Some(Ok(_)) | None => {
                        Err(Error::host(Misuse::NotPermitted { permitted_bytes: *permitted_bytes, bytes: count }))
                    }
                };
            };
            *permitted_bytes = left;
            Ok(if count == 0 { Ok(()) } else { sink.write(&contents()) })
        })
    }

    /// Writes all bytes, waiting for room, and waits until they have been handed on.
    fn write_and_flush(&mut self, this: Out, mut contents: &[u8]) -> Io<()> {
        self.with_output(this, |stream, _, interrupt| {
            let mut sink = stream.lock();
            while !contents.is_empty() {
                let room = match interrupt.block_on(|cx| sink.poll_room(cx))? {
                    Ok(room) => room,
                    Err(fault) => return Ok(Err(fault)),
                };
                let (first, rest) = contents.split_at(room.min(contents.len()));
                if let Err(fault) = sink.write(first) {
                    return Ok(Err(fault));
                }
                contents = rest;
            }
            interrupt.block_on(|cx| sink.poll_flush(cx))
        })
    }

    /// Moves bytes from one stream to the other; without `block`, those that can be moved now.
    fn move_some(&mut self, this: Out, source: In, length: u64, block: bool) -> Io<u64> {
        let room = self.with_output(this, |stream, _, interrupt| match block {
            true => interrupt.block_on(|cx| stream.lock().poll_room(cx)),
            false => Ok(wait::now(|cx| stream.lock().poll_room(cx)).unwrap_or(Ok(0))),
        })?;
        let room = match room {
            Ok(room) => room as u64,
            Err(error) => return Ok(Err(error)),
        };
        match self.read_some(source, length.min(room), block)? {
            Err(error) => Ok(Err(error)),
            Ok(bytes) if bytes.is_empty() => Ok(Ok(0)),
            Ok(bytes) => {
                self.with_output(this, |stream, _, _| Ok(stream.lock().write(&bytes).map(|()| bytes.len() as u64)))
            }
        }
    }
}

impl streams::HostInputStream for WasiCtxView<'_> {
    fn read(&mut self, this: In, length: u64) -> Io<Vec<u8>> {
        self.read_some(this, length, false)
    }

    fn blocking_read(&mut self, this: In, length: u64) -> Io<Vec<u8>> {
        self.read_some(this, length, true)
    }

    fn skip(&mut self, this: In, length: u64) -> Io<u64> {
        Ok(self.read_some(this, length, false)?.map(|bytes| bytes.len() as u64))
    }

    fn blocking_skip(&mut self, this: In, length: u64) -> Io<u64> {
        Ok(self.read_some(this, length, true)?.map(|bytes| bytes.len() as u64))
    }

    fn subscribe(&mut self, this: In) -> Result<Resource<poll::Pollable>, Error> {
        let stream = self.table.get(&this)?.stream.clone();
        subscribe(self.table, stream, &this)
    }

    fn drop(&mut self, this: Resource<streams::InputStream>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl streams::HostOutputStream for WasiCtxView<'_> {
    fn check_write(&mut self, this: Out) -> Io<u64> {
        self.with_output(this, |stream, permitted_bytes, _| {
            let result = wait::now(|cx| stream.lock().poll_room(cx)).unwrap_or(Ok(0));
            *permitted_bytes = *result.as_ref().unwrap_or(&0);
            Ok(result.map(|room| room as u64))
        })
    }

    fn write(&mut self, this: Out, contents: Vec<u8>) -> Io<()> {
        self.write_permitted(this, contents.len(), || contents)
    }

    fn blocking_write_and_flush(&mut self, this: Out, contents: Vec<u8>) -> Io<()> {
        if contents.len() > MAX_BLOCKING_BYTES {
            return Err(Error::host(Misuse::TooManyToBlock));
        }
        self.write_and_flush(this, &contents)
    }

    fn flush(&mut self, this: Out) -> Io<()> {
        self.with_output(this, |stream, _, _| Ok(wait::now(|cx| stream.lock().poll_flush(cx)).unwrap_or(Ok(()))))
    }

    fn blocking_flush(&mut self, this: Out) -> Io<()> {
        self.with_output(this, |stream, _, interrupt| interrupt.block_on(|cx| stream.lock().poll_flush(cx)))
    }

    fn subscribe(&mut self, this: Out) -> Result<Resource<poll::Pollable>, Error> {
        let stream = self.table.get(&this)?.stream.clone();
        subscribe(self.table, stream, &this)
    }

    fn write_zeroes(&mut self, this: Out, length: u64) -> Io<()> {
        let bytes = usize::try_from(length).unwrap_or(usize::MAX);
        self.write_permitted(this, bytes, || vec![0; bytes])
    }

    fn blocking_write_zeroes_and_flush(&mut self, this: Out, length: u64) -> Io<()> {
        match usize::try_from(length) {
            Ok(bytes) if bytes <= MAX_BLOCKING_BYTES => self.write_and_flush(this, &vec![0; bytes]),
            Ok(_) | Err(_) => Err(Error::host(Misuse::TooManyToBlock)),
        }
    }

    fn splice(&mut self, this: Out, source: In, length: u64) -> Io<u64> {
        self.move_some(this, source, length, false)
    }

    fn blocking_splice(&mut self, this: Out, source: In, length: u64) -> Io<u64> {
        self.move_some(this, source, length, true)
    }

    fn drop(&mut self, this: Resource<streams::OutputStream>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl streams::Host for WasiCtxView<'_> {}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misuse::NotPermitted { permitted_bytes, bytes } => {
                write!(f, "{bytes} bytes were written where `check-write` permitted {permitted_bytes}")
            }
            Misuse::TooManyToBlock => write!(f, "a blocking write of more than {MAX_BLOCKING_BYTES} bytes"),
            Misuse::NothingToPoll => f.write_str("`poll` of an empty list would never return"),
        }
    }
}

impl core::error::Error for Misuse {}
