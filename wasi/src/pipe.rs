//! Streams that need no device: bytes in memory, and streams without bytes.

use core::task::{Context, Poll};
use std::sync::{Arc, Mutex, PoisonError};

use crate::stream::{CHUNK_BYTES, Sink, Source, StreamFault};

/// Bytes for a guest to read, after which the stream ends.
#[derive(Clone, Debug)]
pub struct MemoryInputPipe(Arc<Mutex<Unread>>);

#[derive(Debug)]
struct Unread {
    bytes: Vec<u8>,
    read: usize,
}

/// Bytes that a guest writes, up to a limit.
#[derive(Clone, Debug)]
pub struct MemoryOutputPipe {
    written: Arc<Mutex<Vec<u8>>>,
    max_bytes: usize,
}

/// A stream without bytes: a reader is at its end at once, and a writer's bytes are dropped.
#[derive(Clone, Copy, Debug)]
pub struct Null;

impl MemoryInputPipe {
    /// A pipe that holds these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> MemoryInputPipe {
        MemoryInputPipe(Arc::new(Mutex::new(Unread { bytes: bytes.into(), read: 0 })))
    }
}

impl Source for MemoryInputPipe {
    fn poll_read(&mut self, _: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        let mut unread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Unread { bytes, read } = &mut *unread;
        let left = &bytes[*read..];
        if left.is_empty() {
            return Poll::Ready(Err(StreamFault::Closed));
        }
        let chunk = left[..left.len().min(max_bytes)].to_vec();
        *read += chunk.len();
        Poll::Ready(Ok(chunk))
    }

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
}

impl MemoryOutputPipe {
    /// A pipe that takes this number of bytes, and then is closed.
    #[must_use]
    pub fn new(max_bytes: usize) -> MemoryOutputPipe {
        MemoryOutputPipe { written: Arc::default(), max_bytes }
    }

    /// The bytes that were written.
    #[must_use]
    pub fn contents(&self) -> Vec<u8> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Sink for MemoryOutputPipe {
    fn poll_room(&mut self, _: &mut Context<'_>) -> Poll<Result<usize, StreamFault>> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let room = self.max_bytes.saturating_sub(written.len()).min(CHUNK_BYTES);
        Poll::Ready(if room == 0 { Err(StreamFault::Closed) } else { Ok(room) })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamFault> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.len() > self.max_bytes.saturating_sub(written.len()) {
            return Err(StreamFault::Closed);
        }
        written.extend_from_slice(bytes);
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), StreamFault>> {
        Poll::Ready(Ok(()))
    }
}

impl Source for Null {
    fn poll_read(&mut self, _: &mut Context<'_>, _: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        Poll::Ready(Err(StreamFault::Closed))
    }

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
}

impl Sink for Null {
    fn poll_room(&mut self, _: &mut Context<'_>) -> Poll<Result<usize, StreamFault>> {
        Poll::Ready(Ok(CHUNK_BYTES))
    }

    fn write(&mut self, _: &[u8]) -> Result<(), StreamFault> {
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), StreamFault>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::now;

    #[test]
    fn a_pipe_ends_after_its_bytes() {
        let mut pipe = MemoryInputPipe::new(*b"abc");
        assert_eq!(now(|cx| pipe.poll_read(cx, 2)).unwrap().unwrap(), b"ab");
        assert_eq!(now(|cx| pipe.clone().poll_read(cx, 2)).unwrap().unwrap(), b"c");
        assert!(matches!(now(|cx| pipe.poll_read(cx, 2)), Some(Err(StreamFault::Closed))));
    }

    #[test]
    fn a_full_pipe_is_closed() {
        let mut pipe = MemoryOutputPipe::new(3);
        assert_eq!(now(|cx| pipe.poll_room(cx)).unwrap().unwrap(), 3);
        pipe.write(b"ab").unwrap();
        assert!(matches!(pipe.write(b"cd"), Err(StreamFault::Closed)));
        pipe.write(b"c").unwrap();
        assert!(matches!(now(|cx| pipe.poll_room(cx)), Some(Err(StreamFault::Closed))));
        assert_eq!(pipe.contents(), b"abc");
    }
}
