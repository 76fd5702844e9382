//! Streams of files. Each has a position of its own.

use core::task::{Context, Poll};
use std::fs::File;
use std::io;
use std::sync::Arc;

use super::file::retry;
use super::system;
use crate::stream::{CHUNK_BYTES, Origin, Sink, Source, StreamFault};

/// Reads a file from a position on.
pub(super) struct FileReader {
    file: Arc<File>,
    offset: u64,
}

/// Writes a file.
pub(super) struct FileWriter {
    file: Arc<File>,
    position: Position,
}

/// The position where the next bytes are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Position {
    At(u64),
    End,
}

impl FileReader {
    pub(super) fn new(file: Arc<File>, offset: u64) -> FileReader {
        FileReader { file, offset }
    }
}

impl Source for FileReader {
    fn poll_read(&mut self, _: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        let mut bytes = vec![0; max_bytes];
        Poll::Ready(match retry(|| system::read_at(&self.file, &mut bytes, self.offset)) {
            Ok(0) => Err(StreamFault::Closed),
            Ok(count) => {
                bytes.truncate(count);
                self.offset += count as u64;
                Ok(bytes)
            }
            Err(error) => Err(StreamFault::of(Origin::File, error)),
        })
    }

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn blocks(&self) -> bool {
        true
    }
}

impl FileWriter {
    pub(super) fn new(file: Arc<File>, position: Position) -> FileWriter {
        FileWriter { file, position }
    }

    fn write_some(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.position {
            Position::End => retry(|| system::append(&self.file, bytes)),
            Position::At(offset) => {
                let count = retry(|| system::write_at(&self.file, bytes, *offset))?;
                *offset += count as u64;
                Ok(count)
            }
        }
    }
}

impl Sink for FileWriter {
    fn poll_room(&mut self, _: &mut Context<'_>) -> Poll<Result<usize, StreamFault>> {
        Poll::Ready(Ok(CHUNK_BYTES))
    }

    fn write(&mut self, mut bytes: &[u8]) -> Result<(), StreamFault> {
        while !bytes.is_empty() {
            match self.write_some(bytes) {
                Ok(0) => return Err(StreamFault::of(Origin::File, io::ErrorKind::WriteZero.into())),
                Ok(count) => bytes = &bytes[count..],
                Err(error) => return Err(StreamFault::of(Origin::File, error)),
            }
        }
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), StreamFault>> {
        Poll::Ready(Ok(()))
    }

    fn blocks(&self) -> bool {
        true
    }
}
