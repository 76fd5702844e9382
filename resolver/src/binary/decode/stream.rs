//! The bytes of a reader; only those that the types need are read.

use alloc::vec::Vec;
use std::io::{self, Read, Seek, SeekFrom};

use super::bytes::ByteSource;
use super::error::{DecodeError, DecodeErrorKind};

/// The bytes read ahead, so that small sections do not need a read each.
const AHEAD_BYTES: usize = 4096;

/// The rest of a reader.
pub(super) struct Stream<R> {
    reader: R,
    buffer: Vec<u8>,
    /// The current position in the buffer.
    start: usize,
    /// The number of bytes after those in the buffer.
    unread: u64,
}

impl<R: Read + Seek> Stream<R> {
    pub(super) fn new(mut reader: R) -> Result<Self, DecodeError> {
        let start = reader.stream_position().map_err(failed)?;
        let end = reader.seek(SeekFrom::End(0)).map_err(failed)?;
        reader.seek(SeekFrom::Start(start)).map_err(failed)?;
        Ok(Stream { reader, buffer: Vec::new(), start: 0, unread: end.saturating_sub(start) })
    }

    fn buffered(&self) -> usize {
        self.buffer.len() - self.start
    }
}

impl<R: Read + Seek> ByteSource for Stream<R> {
    fn remaining(&self) -> u64 {
        self.buffered() as u64 + self.unread
    }

    fn peek(&mut self, wanted: usize) -> Result<&[u8], DecodeError> {
        if self.buffered() < wanted && self.unread > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
            let missing = (wanted - self.buffer.len()).max(AHEAD_BYTES) as u64;
            // The buffer grows only with bytes that arrive, whatever length the binary states.
            let asked = missing.min(self.unread);
            let read = (&mut self.reader).take(asked).read_to_end(&mut self.buffer).map_err(failed)?;
            // A reader that ends early has no more bytes.
            self.unread = if (read as u64) < asked { 0 } else { self.unread - asked };
        }
        Ok(&self.buffer[self.start..])
    }

    fn skip(&mut self, count: u64) -> Result<(), DecodeError> {
        let buffered = self.buffered() as u64;
        let Some(beyond) = count.checked_sub(buffered) else {
            self.start += count as usize;
            return Ok(());
        };
        let distance = i64::try_from(beyond).ok().filter(|_| beyond <= self.unread);
        let distance = distance.ok_or(DecodeErrorKind::Truncated)?;
        self.buffer.clear();
        self.start = 0;
        self.unread -= beyond;
        self.reader.seek(SeekFrom::Current(distance)).map_err(failed)?;
        Ok(())
    }
}

fn failed(error: io::Error) -> DecodeError {
    DecodeErrorKind::Read(error.kind()).into()
}
