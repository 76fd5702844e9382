//! An open file.

use core::fmt;
use std::fs::{self, FileTimes};
use std::io;
use std::sync::Arc;

use cap_std::fs::Metadata;

use super::error::ErrorCode;
use super::perms::FsPerms;
use super::stat::{NewTime, Stat};
use super::stream::{FileReader, FileWriter, Position};
use super::system;
use crate::stream::{CHUNK_BYTES, InputStream, OutputStream};

/// An open file, shared by its streams.
#[derive(Clone)]
pub struct File {
    file: Arc<fs::File>,
    /// The access that it was opened for.
    pub(crate) mode: Mode,
    perms: FsPerms,
}

/// The access that a descriptor was opened for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Mode {
    pub(crate) read: bool,
    pub(crate) write: bool,
    pub(crate) file_sync: bool,
    pub(crate) data_sync: bool,
    pub(crate) read_sync: bool,
    pub(crate) mutate: bool,
}

/// The expected use of a part of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Advice {
    Normal,
    Sequential,
    Random,
    WillNeed,
    DontNeed,
    NoReuse,
}

impl File {
    pub(super) fn new(file: fs::File, mode: Mode, perms: FsPerms) -> File {
        File { file: Arc::new(file), mode, perms }
    }

    /// Reads at a position, with whether that is the end; the bytes may be fewer than asked for.
    pub(crate) fn read(&self, length: u64, offset: u64) -> Result<(Vec<u8>, bool), ErrorCode> {
        self.may_read()?;
        let length = usize::try_from(length).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
        let mut bytes = vec![0; length];
        let count = retry(|| system::read_at(&self.file, &mut bytes, offset))?;
        bytes.truncate(count);
        // No bytes before the end would mean that the operation was interrupted.
        Ok((bytes, count == 0))
    }

    /// Writes at a position; gives the number of bytes written.
    pub(crate) fn write(&self, bytes: &[u8], offset: u64) -> Result<u64, ErrorCode> {
        self.may_write()?;
        Ok(retry(|| system::write_at(&self.file, bytes, offset))? as u64)
    }

    /// A stream that reads from a position.
    pub(crate) fn reader(&self, offset: u64) -> Result<InputStream, ErrorCode> {
        self.may_read()?;
        Ok(InputStream::new(FileReader::new(self.file.clone(), offset)))
    }

    /// A stream that writes from a position, or always at the end.
    pub(crate) fn writer(&self, position: Position) -> Result<OutputStream, ErrorCode> {
        self.may_write()?;
        Ok(OutputStream::new(FileWriter::new(self.file.clone(), position)))
    }

    pub(crate) fn advise(&self, offset: u64, length: u64, advice: Advice) -> Result<(), ErrorCode> {
        Ok(system::advise(&self.file, offset, length, advice)?)
    }

    pub(crate) fn set_size(&self, size_bytes: u64) -> Result<(), ErrorCode> {
        self.is_granted()?;
        if !self.mode.write {
            // POSIX gives two codes for it; this is Linux's.
            return Err(ErrorCode::Invalid);
        }
        Ok(self.file.set_len(size_bytes)?)
    }

    pub(crate) fn set_times(&self, accessed: NewTime, modified: NewTime) -> Result<(), ErrorCode> {
        self.is_granted()?;
        Ok(set_times(&self.file, accessed, modified)?)
    }

    pub(crate) fn stat(&self) -> Result<Stat, ErrorCode> {
        Ok(Stat::of(&Metadata::from_file(&self.file)?))
    }

    /// Writes its data and attributes to the device; nothing if it was not opened for writing.
    pub(crate) fn sync(&self) -> Result<(), ErrorCode> {
        if self.mode.write { Ok(self.file.sync_all()?) } else { Ok(()) }
    }

    /// Writes its data to the device; nothing if it was not opened for writing.
    pub(crate) fn sync_data(&self) -> Result<(), ErrorCode> {
        if self.mode.write { Ok(self.file.sync_data()?) } else { Ok(()) }
    }

    fn may_read(&self) -> Result<(), ErrorCode> {
        if self.mode.read { Ok(()) } else { Err(ErrorCode::BadDescriptor) }
    }

    /// Whether the guest may change files here at all.
    fn is_granted(&self) -> Result<(), ErrorCode> {
        match self.perms {
            FsPerms::ReadWrite => Ok(()),
            FsPerms::ReadOnly => Err(ErrorCode::NotPermitted),
        }
    }

    fn may_write(&self) -> Result<(), ErrorCode> {
        self.is_granted()?;
        if self.mode.write { Ok(()) } else { Err(ErrorCode::BadDescriptor) }
    }
}

pub(super) fn set_times(file: &fs::File, accessed: NewTime, modified: NewTime) -> io::Result<()> {
    let times = FileTimes::new();
    let times = accessed.time().into_iter().fold(times, FileTimes::set_accessed);
    let times = modified.time().into_iter().fold(times, FileTimes::set_modified);
    file.set_times(times)
}

/// Does it again while a signal interrupts it.
pub(super) fn retry<T>(mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match operation() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("mode", &self.mode).finish_non_exhaustive()
    }
}
