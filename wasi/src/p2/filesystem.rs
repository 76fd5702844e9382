//! `wasi:filesystem`: descriptors, directories, preopens.

use core::time::Duration;
use std::time::SystemTime;

use witwright_host::{Error, Resource, ResourceBorrow};

use super::bindings::wasi::clocks::wall_clock::Datetime;
use super::bindings::wasi::filesystem::preopens;
use super::bindings::wasi::filesystem::types::{
    self, Advice, DescriptorFlags, DescriptorStat, DescriptorType, DirectoryEntry, ErrorCode, MetadataHashValue,
    NewTimestamp, OpenFlags, PathFlags,
};
use super::bindings::wasi::io::{error, streams};
use super::clocks::datetime;
use super::io::{input, output};
use crate::ctx::WasiCtxView;
use crate::fs::{self, Descriptor, Kind, NewTime, Position, Stat};
use crate::stream::Origin;

type Fs<T> = Result<Result<T, ErrorCode>, Error>;
type This = ResourceBorrow<types::Descriptor>;

impl WasiCtxView<'_> {
    /// Runs an operation on a descriptor.
    fn with<T>(&self, this: This, operation: impl FnOnce(&Descriptor) -> Result<T, fs::ErrorCode>) -> Fs<T> {
        let descriptor = self.table.get(&this)?;
        Ok(operation(descriptor).map_err(ErrorCode::from))
    }

    /// Runs an operation on two directories.
    fn with_dirs<T>(
        &self,
        from: This,
        to: This,
        operation: impl FnOnce(&fs::Dir, &fs::Dir) -> Result<T, fs::ErrorCode>,
    ) -> Fs<T> {
        let to = self.table.get(&to)?;
        self.with(from, |from| operation(from.dir()?, to.dir()?))
    }

    /// A stream that writes to a file.
    fn writer(&mut self, this: This, position: Position) -> Fs<Resource<streams::OutputStream>> {
        let stream = self.with(this, |descriptor| descriptor.file()?.writer(position))?;
        stream.map(|stream| output(self.table, stream)).map_or_else(|code| Ok(Err(code)), |handle| handle.map(Ok))
    }
}

impl types::HostDescriptor for WasiCtxView<'_> {
    fn read_via_stream(&mut self, this: This, offset: u64) -> Fs<Resource<streams::InputStream>> {
        match self.with(this, |descriptor| descriptor.reader(offset))? {
            Ok(stream) => Ok(Ok(input(self.table, stream)?)),
            Err(code) => Ok(Err(code)),
        }
    }

    fn write_via_stream(&mut self, this: This, offset: u64) -> Fs<Resource<streams::OutputStream>> {
        self.writer(this, Position::At(offset))
    }

    fn append_via_stream(&mut self, this: This) -> Fs<Resource<streams::OutputStream>> {
        self.writer(this, Position::End)
    }

    fn advise(&mut self, this: This, offset: u64, length: u64, advice: Advice) -> Fs<()> {
        self.with(this, |descriptor| descriptor.file()?.advise(offset, length, self::advice(advice)))
    }

    fn sync_data(&mut self, this: This) -> Fs<()> {
        self.with(this, Descriptor::sync_data)
    }

    fn get_flags(&mut self, this: This) -> Fs<DescriptorFlags> {
        self.with(this, |descriptor| Ok(flags(descriptor.mode())))
    }

    fn get_type(&mut self, this: This) -> Fs<DescriptorType> {
        self.with(this, |descriptor| Ok(descriptor_type(descriptor.stat()?.kind)))
    }

    fn set_size(&mut self, this: This, size: u64) -> Fs<()> {
        self.with(this, |descriptor| descriptor.file()?.set_size(size))
    }

    fn set_times(&mut self, this: This, accessed: NewTimestamp, modified: NewTimestamp) -> Fs<()> {
        self.with(this, |descriptor| descriptor.set_times(new_time(accessed)?, new_time(modified)?))
    }

    fn read(&mut self, this: This, length: u64, offset: u64) -> Fs<(Vec<u8>, bool)> {
        self.with(this, |descriptor| descriptor.file()?.read(length, offset))
    }

    fn write(&mut self, this: This, buffer: Vec<u8>, offset: u64) -> Fs<u64> {
        self.with(this, |descriptor| descriptor.file()?.write(&buffer, offset))
    }

    fn read_directory(&mut self, this: This) -> Fs<Resource<types::DirectoryEntryStream>> {
        match self.with(this, |descriptor| descriptor.dir()?.entries())? {
            Ok(entries) => Ok(Ok(self.table.push(entries)?)),
            Err(code) => Ok(Err(code)),
        }
    }

    fn sync(&mut self, this: This) -> Fs<()> {
        self.with(this, Descriptor::sync)
    }

    fn create_directory_at(&mut self, this: This, path: String) -> Fs<()> {
        self.with(this, |descriptor| descriptor.dir()?.create_dir_at(&path))
    }

    fn stat(&mut self, this: This) -> Fs<DescriptorStat> {
        self.with(this, |descriptor| Ok(descriptor_stat(&descriptor.stat()?)))
    }

    fn stat_at(&mut self, this: This, path_flags: PathFlags, path: String) -> Fs<DescriptorStat> {
        self.with(this, |descriptor| Ok(descriptor_stat(&descriptor.dir()?.stat_at(&path, follows(path_flags))?)))
    }

    fn set_times_at(
        &mut self,
        this: This,
        path_flags: PathFlags,
        path: String,
        accessed: NewTimestamp,
        modified: NewTimestamp,
    ) -> Fs<()> {
        self.with(this, |descriptor| {
            let (accessed, modified) = (new_time(accessed)?, new_time(modified)?);
            descriptor.dir()?.set_times_at(&path, follows(path_flags), accessed, modified)
        })
    }

    fn link_at(&mut self, this: This, path_flags: PathFlags, path: String, to: This, new_path: String) -> Fs<()> {
        self.with_dirs(this, to, |from, to| from.link_at(&path, follows(path_flags), to, &new_path))
    }

    fn open_at(
        &mut self,
        this: This,
        path_flags: PathFlags,
        path: String,
        open_flags: OpenFlags,
        flags: DescriptorFlags,
    ) -> Fs<Resource<types::Descriptor>> {
        let open = open(path_flags, open_flags, flags);
        match self.with(this, |descriptor| descriptor.dir()?.open_at(&path, open))? {
            Ok(descriptor) => Ok(Ok(self.table.push(descriptor)?)),
            Err(code) => Ok(Err(code)),
        }
    }

    fn readlink_at(&mut self, this: This, path: String) -> Fs<String> {
        self.with(this, |descriptor| descriptor.dir()?.read_link_at(&path))
    }

    fn remove_directory_at(&mut self, this: This, path: String) -> Fs<()> {
        self.with(this, |descriptor| descriptor.dir()?.remove_dir_at(&path))
    }

    fn rename_at(&mut self, this: This, path: String, to: This, new_path: String) -> Fs<()> {
        self.with_dirs(this, to, |from, to| from.rename_at(&path, to, &new_path))
    }

    fn symlink_at(&mut self, this: This, target: String, path: String) -> Fs<()> {
        self.with(this, |descriptor| descriptor.dir()?.symlink_at(&target, &path))
    }

    fn unlink_file_at(&mut self, this: This, path: String) -> Fs<()> {
        self.with(this, |descriptor| descriptor.dir()?.unlink_at(&path))
    }

    fn is_same_object(&mut self, this: This, other: This) -> Result<bool, Error> {
        let other = self.table.get(&other)?.stat();
        let this = self.table.get(&this)?.stat();
        Ok(matches!((this, other), (Ok(this), Ok(other)) if this.is_same(&other)))
    }

    fn metadata_hash(&mut self, this: This) -> Fs<MetadataHashValue> {
        self.with(this, |descriptor| Ok(hash(&descriptor.stat()?)))
    }

    fn metadata_hash_at(&mut self, this: This, path_flags: PathFlags, path: String) -> Fs<MetadataHashValue> {
        self.with(this, |descriptor| Ok(hash(&descriptor.dir()?.stat_at(&path, follows(path_flags))?)))
    }

    fn drop(&mut self, this: Resource<types::Descriptor>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::HostDirectoryEntryStream for WasiCtxView<'_> {
    fn read_directory_entry(
        &mut self,
        this: ResourceBorrow<types::DirectoryEntryStream>,
    ) -> Fs<Option<DirectoryEntry>> {
        let entries = self.table.get_mut(&this)?;
        Ok(match entries.next() {
            None => Ok(None),
            Some(Ok(entry)) => Ok(Some(DirectoryEntry { type_: descriptor_type(entry.kind), name: entry.name })),
            Some(Err(code)) => Err(code.into()),
        })
    }

    fn drop(&mut self, this: Resource<types::DirectoryEntryStream>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::Host for WasiCtxView<'_> {
    fn filesystem_error_code(&mut self, error: ResourceBorrow<error::Error>) -> Result<Option<ErrorCode>, Error> {
        let failure = self.table.get(&error)?;
        Ok((failure.origin == Origin::File).then(|| fs::ErrorCode::from(&failure.error).into()))
    }
}

impl preopens::Host for WasiCtxView<'_> {
    fn get_directories(&mut self) -> Result<Vec<(Resource<types::Descriptor>, String)>, Error> {
        self.preopens()
    }
}

macro_rules! convert {
    (
        all { $($(#[$docs:meta])* $code:ident = $errno:ident,)* }
        before_0_3 { $($(#[$old_docs:meta])* $old:ident = $old_errno:ident,)* }
    ) => {
        impl From<fs::ErrorCode> for ErrorCode {
            fn from(code: fs::ErrorCode) -> ErrorCode {
                match code {
                    $(fs::ErrorCode::$code => ErrorCode::$code,)*
                    $(fs::ErrorCode::$old => ErrorCode::$old,)*
                }
            }
        }
    };
}
fs::error_codes!(convert);

fs::conversions!();

fn descriptor_type(kind: Kind) -> DescriptorType {
    match kind {
        Kind::Unknown => DescriptorType::Unknown,
        Kind::BlockDevice => DescriptorType::BlockDevice,
        Kind::CharacterDevice => DescriptorType::CharacterDevice,
        Kind::Directory => DescriptorType::Directory,
        Kind::Fifo => DescriptorType::Fifo,
        Kind::SymbolicLink => DescriptorType::SymbolicLink,
        Kind::RegularFile => DescriptorType::RegularFile,
        Kind::Socket => DescriptorType::Socket,
    }
}

fn descriptor_stat(stat: &Stat) -> DescriptorStat {
    DescriptorStat {
        type_: descriptor_type(stat.kind),
        link_count: stat.links,
        size: stat.size_bytes,
        data_access_timestamp: stat.accessed.and_then(timestamp),
        data_modification_timestamp: stat.modified.and_then(timestamp),
        status_change_timestamp: stat.changed.and_then(timestamp),
    }
}

/// A time as a value of WASI. `None` if it is before 1970.
fn timestamp(time: SystemTime) -> Option<Datetime> {
    time.duration_since(SystemTime::UNIX_EPOCH).ok().map(datetime)
}

fn new_time(timestamp: NewTimestamp) -> Result<NewTime, fs::ErrorCode> {
    Ok(match timestamp {
        NewTimestamp::NoChange => NewTime::NoChange,
        NewTimestamp::Now => NewTime::Now,
        NewTimestamp::Timestamp(Datetime { seconds, nanoseconds }) => {
            // There may be more nanoseconds than a second has.
            let since = Duration::from_secs(seconds).checked_add(Duration::from_nanos(nanoseconds.into()));
            let time = since.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
            NewTime::At(time.ok_or(fs::ErrorCode::Overflow)?)
        }
    })
}
