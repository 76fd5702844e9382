//! Operations on files for every system: they move the position of a file, so one file is used by one thread at a
//! time, as it is within a store.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::SystemTime;

use cap_std::fs::Metadata;

use super::file::Advice;

/// Reads at a position.
pub(super) fn read_at(mut file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    file.seek(SeekFrom::Start(offset))?;
    file.read(bytes)
}

/// Writes at a position.
pub(super) fn write_at(mut file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    file.seek(SeekFrom::Start(offset))?;
    file.write(bytes)
}

/// Writes at the end.
pub(super) fn append(mut file: &File, bytes: &[u8]) -> io::Result<usize> {
    file.seek(SeekFrom::End(0))?;
    file.write(bytes)
}

/// Advice is a hint, and may be ignored.
pub(super) fn advise(_: &File, _: u64, _: u64, _: Advice) -> io::Result<()> {
    Ok(())
}

/// Not known here.
pub(super) fn changed(_: &Metadata) -> Option<SystemTime> {
    None
}
