//! Operations on files that Unix has, and that Windows lacks or has in another form.

use core::time::Duration;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::time::SystemTime;

use cap_std::fs::{Metadata, MetadataExt};

use super::file::Advice;

/// Reads at a position.
pub(super) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    file.read_at(bytes, offset)
}

/// Writes at a position.
pub(super) fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    file.write_at(bytes, offset)
}

/// Writes at the end. On Linux nobody else writes in between.
#[cfg(target_os = "linux")]
pub(super) fn append(file: &File, bytes: &[u8]) -> io::Result<usize> {
    let flags = rustix::io::ReadWriteFlags::APPEND;
    Ok(rustix::io::pwritev2(file, &[io::IoSlice::new(bytes)], u64::MAX, flags)?)
}

/// Writes at the end.
#[cfg(not(target_os = "linux"))]
pub(super) fn append(file: &File, bytes: &[u8]) -> io::Result<usize> {
    write_at(file, bytes, file.metadata()?.len())
}

/// Says how a part of a file will be used.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub(super) fn advise(file: &File, offset: u64, length: u64, advice: Advice) -> io::Result<()> {
    use rustix::fs::Advice as Posix;
    let advice = match advice {
        Advice::Normal => Posix::Normal,
        Advice::Sequential => Posix::Sequential,
        Advice::Random => Posix::Random,
        Advice::WillNeed => Posix::WillNeed,
        Advice::DontNeed => Posix::DontNeed,
        Advice::NoReuse => Posix::NoReuse,
    };
    Ok(rustix::fs::fadvise(file, offset, core::num::NonZeroU64::new(length), advice)?)
}

/// Advice is a hint, and may be ignored.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
pub(super) fn advise(_: &File, _: u64, _: u64, _: Advice) -> io::Result<()> {
    Ok(())
}

/// The time at which the attributes of a file were changed.
pub(super) fn changed(metadata: &Metadata) -> Option<SystemTime> {
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    let nanoseconds = u32::try_from(metadata.ctime_nsec()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds))
}
