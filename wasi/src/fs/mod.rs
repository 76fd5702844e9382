//! Files and directories, for all versions of WASI.
//!
//! A guest reaches files through a [`Dir`] that it was given, and no path leads out of it: `cap-std` resolves each path
//! from the directory's descriptor, component by component or by `openat2`, so that neither `..`, nor absolute paths, nor
//! symbolic links, nor a directory that is moved meanwhile lead out of it.

mod convert;
mod dir;
mod error;
mod file;
mod perms;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod posix;
mod stat;
mod stream;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(not(unix), path = "portable.rs")]
mod system;

pub(crate) use convert::conversions;
pub(crate) use dir::{Dir, Entries, Entry, Open};
pub(crate) use error::{ErrorCode, error_codes};
pub(crate) use file::{Advice, File, Mode};
pub use perms::FsPerms;
pub(crate) use stat::{Kind, NewTime, Stat};
pub(crate) use stream::Position;

use crate::stream::InputStream;

/// A file or a directory that a guest has opened.
#[derive(Clone, Debug)]
pub enum Descriptor {
    File(File),
    Dir(Dir),
}

impl Descriptor {
    /// The directory.
    ///
    /// # Errors
    /// If it is a file.
    pub(crate) fn dir(&self) -> Result<&Dir, ErrorCode> {
        match self {
            Descriptor::Dir(dir) => Ok(dir),
            Descriptor::File(_) => Err(ErrorCode::NotDirectory),
        }
    }

    /// The file.
    ///
    /// # Errors
    /// If it is a directory.
    pub(crate) fn file(&self) -> Result<&File, ErrorCode> {
        match self {
            Descriptor::File(file) => Ok(file),
            Descriptor::Dir(_) => Err(ErrorCode::BadDescriptor),
        }
    }

    /// A stream that reads the file from a position.
    ///
    /// # Errors
    /// If it is a directory, or was not opened for reading.
    pub(crate) fn reader(&self, offset: u64) -> Result<InputStream, ErrorCode> {
        match self {
            Descriptor::File(file) => file.reader(offset),
            Descriptor::Dir(_) => Err(ErrorCode::IsDirectory),
        }
    }

    /// The access that it was opened for.
    pub(crate) fn mode(&self) -> Mode {
        match self {
            Descriptor::File(file) => file.mode,
            Descriptor::Dir(dir) => dir.mode,
        }
    }

    pub(crate) fn stat(&self) -> Result<Stat, ErrorCode> {
        match self {
            Descriptor::File(file) => file.stat(),
            Descriptor::Dir(dir) => dir.stat(),
        }
    }

    pub(crate) fn set_times(&self, accessed: NewTime, modified: NewTime) -> Result<(), ErrorCode> {
        match self {
            Descriptor::File(file) => file.set_times(accessed, modified),
            Descriptor::Dir(dir) => dir.set_times(accessed, modified),
        }
    }

    pub(crate) fn sync(&self) -> Result<(), ErrorCode> {
        match self {
            Descriptor::File(file) => file.sync(),
            Descriptor::Dir(dir) => dir.sync(),
        }
    }

    pub(crate) fn sync_data(&self) -> Result<(), ErrorCode> {
        match self {
            Descriptor::File(file) => file.sync_data(),
            Descriptor::Dir(dir) => dir.sync(),
        }
    }
}
