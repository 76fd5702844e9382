//! Attributes of files.

use core::hash::{Hash, Hasher};
use std::collections::hash_map::DefaultHasher;
use std::time::SystemTime;

use cap_fs_ext::{FileTypeExt, MetadataExt, SystemTimeSpec};
use cap_std::fs::{FileType, Metadata};

use super::system;

/// The type of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Unknown,
    BlockDevice,
    CharacterDevice,
    Directory,
    Fifo,
    SymbolicLink,
    RegularFile,
    Socket,
}

/// Attributes of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stat {
    pub(crate) kind: Kind,
    pub(crate) links: u64,
    pub(crate) size_bytes: u64,
    pub(crate) accessed: Option<SystemTime>,
    pub(crate) modified: Option<SystemTime>,
    /// The time at which its attributes were changed.
    pub(crate) changed: Option<SystemTime>,
    device: u64,
    inode: u64,
}

/// The new value of a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NewTime {
    NoChange,
    Now,
    At(SystemTime),
}

impl Stat {
    pub(crate) fn of(metadata: &Metadata) -> Stat {
        Stat {
            kind: Kind::of(metadata.file_type()),
            links: metadata.nlink(),
            size_bytes: metadata.len(),
            accessed: metadata.accessed().ok().map(cap_std::time::SystemTime::into_std),
            modified: metadata.modified().ok().map(cap_std::time::SystemTime::into_std),
            changed: system::changed(metadata),
            device: metadata.dev(),
            inode: metadata.ino(),
        }
    }

    /// Whether both are of one file.
    pub(crate) fn is_same(&self, other: &Stat) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    /// A hash that says which file it is. C libraries take it for the number of the inode, so it does not change with the
    /// contents.
    pub(crate) fn hash(&self) -> (u64, u64) {
        let half = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, self.device, self.inode).hash(&mut hasher);
            hasher.finish()
        };
        (half(0), half(1))
    }
}

impl Kind {
    pub(crate) fn of(ty: FileType) -> Kind {
        if ty.is_dir() {
            Kind::Directory
        } else if ty.is_symlink() {
            Kind::SymbolicLink
        } else if ty.is_file() {
            Kind::RegularFile
        } else if ty.is_socket() {
            Kind::Socket
        } else if ty.is_block_device() {
            Kind::BlockDevice
        } else if ty.is_char_device() {
            Kind::CharacterDevice
        } else if ty.is_fifo() {
            Kind::Fifo
        } else {
            Kind::Unknown
        }
    }
}

impl NewTime {
    /// The time to set, if any.
    pub(super) fn time(self) -> Option<SystemTime> {
        match self {
            NewTime::NoChange => None,
            NewTime::Now => Some(SystemTime::now()),
            NewTime::At(time) => Some(time),
        }
    }

    /// Whether it is before 1970, where `cap-std` knows no times.
    pub(super) fn is_early(self) -> bool {
        match self {
            NewTime::NoChange | NewTime::Now => false,
            NewTime::At(time) => time < SystemTime::UNIX_EPOCH,
        }
    }

    pub(super) fn spec(self) -> Option<SystemTimeSpec> {
        match self {
            NewTime::NoChange => None,
            NewTime::Now => Some(SystemTimeSpec::SymbolicNow),
            NewTime::At(time) => Some(SystemTimeSpec::Absolute(cap_std::time::SystemTime::from_std(time))),
        }
    }
}
