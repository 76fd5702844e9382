//! `wasi:filesystem`: descriptors, directories, preopens.
//!
//! Each operation runs on a thread of the pool, so that no file holds up the store.

use core::time::Duration;
use std::time::SystemTime;

use witwright_host::{
    Access, CoreEngine, Error, FutureReader, FutureWriter, Resource, ResourceBorrow, StreamReader, StreamWriter,
    future, stream,
};

use super::bindings::wasi::clocks::system_clock::Instant;
use super::bindings::wasi::filesystem::preopens;
use super::bindings::wasi::filesystem::types::{
    self, Advice, DescriptorFlags, DescriptorStat, DescriptorType, DirectoryEntry, ErrorCode, MetadataHashValue,
    NewTimestamp, OpenFlags, PathFlags,
};
use super::streams::{Code, Outcome, receive, send};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::fs::{self, Descriptor, Entries, Entry, Kind, NewTime, Position, Stat};
use crate::stream::StreamFault;

type Fs<T> = Result<Result<T, ErrorCode>, Error>;
type This = ResourceBorrow<types::Descriptor>;

/// The largest number of entries of a directory that are read at once.
const MAX_ENTRIES: usize = 64;

fn descriptor<T: WasiView, E: CoreEngine>(access: &Access<T, E>, this: &This) -> Result<Descriptor, Error> {
    access.with(|mut cx| cx.data_mut().wasi().table.get(this).cloned())
}

/// Runs an operation on a descriptor, on a thread where it may take time.
async fn with<T: WasiView, E: CoreEngine, R: Send + 'static>(
    access: &Access<T, E>,
    this: This,
    operation: impl FnOnce(&Descriptor) -> Result<R, fs::ErrorCode> + Send + 'static,
) -> Fs<R> {
    let descriptor = descriptor(access, &this)?;
    Ok(blocking::unblock(move || operation(&descriptor)).await.map_err(ErrorCode::from))
}

/// Runs an operation on two directories.
async fn with_dirs<T: WasiView, E: CoreEngine, R: Send + 'static>(
    access: &Access<T, E>,
    from: This,
    to: This,
    operation: impl FnOnce(&fs::Dir, &fs::Dir) -> Result<R, fs::ErrorCode> + Send + 'static,
) -> Fs<R> {
    let to = descriptor(access, &to)?;
    with(access, from, move |from| operation(from.dir()?, to.dir()?)).await
}

/// Begins to write the bytes of a guest's stream to a file.
fn written<T: WasiView + Send, E: CoreEngine>(
    access: &Access<T, E>,
    this: This,
    data: StreamReader<u8>,
    position: Position,
) -> Result<FutureReader<Outcome<ErrorCode>>, Error> {
    let descriptor = descriptor(access, &this)?;
    let sink = descriptor.file().and_then(|file| file.writer(position)).map_err(ErrorCode::from);
    access.with(|mut cx| send(&mut cx, data, sink))
}

impl<T: WasiView + Send> types::HostDescriptorWithStore for HasWasi<T> {
    async fn read_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        offset: u64,
    ) -> Result<(StreamReader<u8>, FutureReader<Outcome<ErrorCode>>), Error> {
        let descriptor = descriptor(access, &this)?;
        let source = descriptor.reader(offset).map_err(ErrorCode::from);
        access.with(|mut cx| receive(&mut cx, source))
    }

    async fn write_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        data: StreamReader<u8>,
        offset: u64,
    ) -> Result<FutureReader<Outcome<ErrorCode>>, Error> {
        written(access, this, data, Position::At(offset))
    }

    async fn append_via_stream<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        data: StreamReader<u8>,
    ) -> Result<FutureReader<Outcome<ErrorCode>>, Error> {
        written(access, this, data, Position::End)
    }

    async fn advise<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        offset: u64,
        length: u64,
        advice: Advice,
    ) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.file()?.advise(offset, length, self::advice(advice))).await
    }

    async fn sync_data<E: CoreEngine>(access: &Access<T, E>, this: This) -> Fs<()> {
        with(access, this, Descriptor::sync_data).await
    }

    async fn get_flags<E: CoreEngine>(access: &Access<T, E>, this: This) -> Fs<DescriptorFlags> {
        Ok(Ok(flags(descriptor(access, &this)?.mode())))
    }

    async fn get_type<E: CoreEngine>(access: &Access<T, E>, this: This) -> Fs<DescriptorType> {
        with(access, this, |descriptor| Ok(descriptor_type(descriptor.stat()?.kind))).await
    }

    async fn set_size<E: CoreEngine>(access: &Access<T, E>, this: This, size: u64) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.file()?.set_size(size)).await
    }

    async fn set_times<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        accessed: NewTimestamp,
        modified: NewTimestamp,
    ) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.set_times(new_time(accessed)?, new_time(modified)?)).await
    }

    async fn read_directory<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
    ) -> Result<(StreamReader<DirectoryEntry>, FutureReader<Outcome<ErrorCode>>), Error> {
        let descriptor = descriptor(access, &this)?;
        access.with(|mut cx| {
            let (writer, entries) = stream(&mut cx)?;
            let (outcome, ended) = future(&mut cx)?;
            cx.spawn(|access| list(access, descriptor, writer, outcome));
            Ok((entries, ended))
        })
    }

    async fn sync<E: CoreEngine>(access: &Access<T, E>, this: This) -> Fs<()> {
        with(access, this, Descriptor::sync).await
    }

    async fn create_directory_at<E: CoreEngine>(access: &Access<T, E>, this: This, path: String) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.dir()?.create_dir_at(&path)).await
    }

    async fn stat<E: CoreEngine>(access: &Access<T, E>, this: This) -> Fs<DescriptorStat> {
        with(access, this, |descriptor| Ok(descriptor_stat(&descriptor.stat()?))).await
    }

    async fn stat_at<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        path_flags: PathFlags,
        path: String,
    ) -> Fs<DescriptorStat> {
        with(access, this, move |descriptor| {
            Ok(descriptor_stat(&descriptor.dir()?.stat_at(&path, follows(path_flags))?))
        })
        .await
    }

    async fn set_times_at<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        path_flags: PathFlags,
        path: String,
        accessed: NewTimestamp,
        modified: NewTimestamp,
    ) -> Fs<()> {
        with(access, this, move |descriptor| {
            let (accessed, modified) = (new_time(accessed)?, new_time(modified)?);
            descriptor.dir()?.set_times_at(&path, follows(path_flags), accessed, modified)
        })
        .await
    }

    async fn link_at<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        path_flags: PathFlags,
        path: String,
        to: This,
        new_path: String,
    ) -> Fs<()> {
        with_dirs(access, this, to, move |from, to| from.link_at(&path, follows(path_flags), to, &new_path)).await
    }

    async fn open_at<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        path_flags: PathFlags,
        path: String,
        open_flags: OpenFlags,
        flags: DescriptorFlags,
    ) -> Fs<Resource<types::Descriptor>> {
        let open = open(path_flags, open_flags, flags);
        match with(access, this, move |descriptor| descriptor.dir()?.open_at(&path, open)).await? {
            Ok(descriptor) => access.with(|mut cx| cx.data_mut().wasi().table.push(descriptor)).map(Ok),
            Err(code) => Ok(Err(code)),
        }
    }

    async fn readlink_at<E: CoreEngine>(access: &Access<T, E>, this: This, path: String) -> Fs<String> {
        with(access, this, move |descriptor| descriptor.dir()?.read_link_at(&path)).await
    }

    async fn remove_directory_at<E: CoreEngine>(access: &Access<T, E>, this: This, path: String) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.dir()?.remove_dir_at(&path)).await
    }

    async fn rename_at<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        path: String,
        to: This,
        new_path: String,
    ) -> Fs<()> {
        with_dirs(access, this, to, move |from, to| from.rename_at(&path, to, &new_path)).await
    }

    async fn symlink_at<E: CoreEngine>(access: &Access<T, E>, this: This, target: String, path: String) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.dir()?.symlink_at(&target, &path)).await
    }

    async fn unlink_file_at<E: CoreEngine>(access: &Access<T, E>, this: This, path: String) -> Fs<()> {
        with(access, this, move |descriptor| descriptor.dir()?.unlink_at(&path)).await
    }

    async fn is_same_object<E: CoreEngine>(access: &Access<T, E>, this: This, other: This) -> Result<bool, Error> {
        let other = descriptor(access, &other)?;
        let is_same = with(access, this, move |this| Ok(this.stat()?.is_same(&other.stat()?))).await?;
        Ok(is_same.unwrap_or(false))
    }

    async fn metadata_hash<E: CoreEngine>(access: &Access<T, E>, this: This) -> Fs<MetadataHashValue> {
        with(access, this, |descriptor| Ok(hash(&descriptor.stat()?))).await
    }

    async fn metadata_hash_at<E: CoreEngine>(
        access: &Access<T, E>,
        this: This,
        path_flags: PathFlags,
        path: String,
    ) -> Fs<MetadataHashValue> {
        with(access, this, move |descriptor| Ok(hash(&descriptor.dir()?.stat_at(&path, follows(path_flags))?))).await
    }
}

/// Lists a directory for a guest, for as long as it reads.
async fn list<T: 'static, E: CoreEngine>(
    access: Access<T, E>,
    descriptor: Descriptor,
    mut writer: StreamWriter<DirectoryEntry>,
    mut outcome: FutureWriter<Outcome<ErrorCode>>,
) -> Result<(), Error> {
    let mut entries = blocking::unblock(move || descriptor.dir()?.entries()).await;
    let result = loop {
        let listed = match entries {
            Ok(listed) => listed,
            Err(code) => break Err(code.into()),
        };
        if !writer.wanted(&access).await? {
            break Ok(());
        }
        let (some, rest) = blocking::unblock(|| some_of(listed)).await;
        let is_end = some.is_empty() && rest.is_ok();
        let some = some.into_iter().map(directory_entry).collect();
        if is_end || !writer.write(&access, some).await?.is_empty() {
            break Ok(());
        }
        entries = rest;
    };
    drop(writer);
    outcome.write(&access, result).await.map(|_| ())
}

/// The next entries, and the iterator over the rest, or the error code that ends it.
fn some_of(mut entries: Entries) -> (Vec<Entry>, Result<Entries, fs::ErrorCode>) {
    let mut some = Vec::new();
    for entry in entries.by_ref().take(MAX_ENTRIES) {
        match entry {
            Ok(entry) => some.push(entry),
            Err(code) => return (some, Err(code)),
        }
    }
    (some, Ok(entries))
}

impl types::HostDescriptor for WasiCtxView<'_> {
    fn drop(&mut self, this: Resource<types::Descriptor>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::Host for WasiCtxView<'_> {}

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
                    $(fs::ErrorCode::$old => ErrorCode::Other(Some(stringify!($old).to_owned())),)*
                }
            }
        }
    };
}
fs::error_codes!(convert);
fs::conversions!();

impl Code for ErrorCode {
    fn of(fault: StreamFault) -> ErrorCode {
        match fault {
            StreamFault::Closed => ErrorCode::Pipe,
            StreamFault::Failed(failure) => fs::ErrorCode::from(&failure.error).into(),
        }
    }
}

fn descriptor_type(kind: Kind) -> DescriptorType {
    match kind {
        Kind::Unknown => DescriptorType::Other(None),
        Kind::BlockDevice => DescriptorType::BlockDevice,
        Kind::CharacterDevice => DescriptorType::CharacterDevice,
        Kind::Directory => DescriptorType::Directory,
        Kind::Fifo => DescriptorType::Fifo,
        Kind::SymbolicLink => DescriptorType::SymbolicLink,
        Kind::RegularFile => DescriptorType::RegularFile,
        Kind::Socket => DescriptorType::Socket,
    }
}

fn directory_entry(entry: Entry) -> DirectoryEntry {
    DirectoryEntry { type_: descriptor_type(entry.kind), name: entry.name }
}

fn descriptor_stat(stat: &Stat) -> DescriptorStat {
    DescriptorStat {
        type_: descriptor_type(stat.kind),
        link_count: stat.links,
        size: stat.size_bytes,
        data_access_timestamp: stat.accessed.map(instant),
        data_modification_timestamp: stat.modified.map(instant),
        status_change_timestamp: stat.changed.map(instant),
    }
}

/// A time as a value of WASI: nanoseconds are counted forwards, before 1970 too.
fn instant(time: SystemTime) -> Instant {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => Instant { seconds: seconds(since), nanoseconds: since.subsec_nanos() },
        Err(before) => match (before.duration(), before.duration().subsec_nanos()) {
            (before, 0) => Instant { seconds: -seconds(before), nanoseconds: 0 },
            (before, after) => Instant { seconds: -seconds(before) - 1, nanoseconds: 1_000_000_000 - after },
        },
    }
}

fn new_time(timestamp: NewTimestamp) -> Result<NewTime, fs::ErrorCode> {
    Ok(match timestamp {
        NewTimestamp::NoChange => NewTime::NoChange,
        NewTimestamp::Now => NewTime::Now,
        NewTimestamp::Timestamp(Instant { seconds, nanoseconds }) => {
            let whole = Duration::from_secs(seconds.unsigned_abs());
            let second = match seconds < 0 {
                true => SystemTime::UNIX_EPOCH.checked_sub(whole),
                false => SystemTime::UNIX_EPOCH.checked_add(whole),
            };
            // There may be more nanoseconds than a second has.
            let time = second.and_then(|second| second.checked_add(Duration::from_nanos(nanoseconds.into())));
            NewTime::At(time.ok_or(fs::ErrorCode::Overflow)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_before_1970_pass_unchanged() {
        for (seconds, nanoseconds) in [(0, 0), (5, 7), (-1, 0), (-1, 999_999_999), (-5, 1)] {
            let said = Instant { seconds, nanoseconds };
            let Ok(NewTime::At(time)) = new_time(NewTimestamp::Timestamp(said)) else { panic!("{said:?}") };
            let back = instant(time);
            assert_eq!((back.seconds, back.nanoseconds), (seconds, nanoseconds));
        }
        let (more, less) = (Instant { seconds: 0, nanoseconds: 1_000_000_001 }, Instant { seconds: 1, nanoseconds: 1 });
        assert_eq!(new_time(NewTimestamp::Timestamp(more)), new_time(NewTimestamp::Timestamp(less)));
        let late = Instant { seconds: i64::MAX, nanoseconds: 1_000_000_000 };
        assert_eq!(new_time(NewTimestamp::Timestamp(late)), Err(fs::ErrorCode::Overflow));
    }
}
