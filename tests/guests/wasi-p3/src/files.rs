//! Files.

use wasip3::clocks::system_clock::Instant;
use wasip3::filesystem::preopens;
use wasip3::filesystem::types::{
    Descriptor, DescriptorFlags, DescriptorType, ErrorCode, NewTimestamp, OpenFlags, PathFlags,
};

use crate::join::both;

const READ_WRITE: DescriptorFlags = DescriptorFlags::READ.union(DescriptorFlags::WRITE);

fn data() -> Descriptor {
    let mut directories = preopens::get_directories();
    assert_eq!(directories.len(), 1);
    let (data, path) = directories.remove(0);
    assert_eq!(path, "/data");
    data
}

async fn open(dir: &Descriptor, path: &str, open: OpenFlags, flags: DescriptorFlags) -> Result<Descriptor, ErrorCode> {
    dir.open_at(PathFlags::empty(), path.to_owned(), open, flags).await
}

async fn write(file: &Descriptor, bytes: &[u8], offset: u64) -> Result<(), ErrorCode> {
    let (mut writer, reader) = wasip3::wit_stream::new();
    let written = file.write_via_stream(reader, offset);
    let writing = async {
        let rest = writer.write_all(bytes.to_vec()).await;
        drop(writer);
        rest
    };
    let (_, outcome) = both(writing, async { written.await }).await;
    outcome
}

async fn append(file: &Descriptor, bytes: &[u8]) -> Result<(), ErrorCode> {
    let (mut writer, reader) = wasip3::wit_stream::new();
    let written = file.append_via_stream(reader);
    assert!(writer.write_all(bytes.to_vec()).await.is_empty());
    drop(writer);
    written.await
}

async fn read(file: &Descriptor, offset: u64) -> Result<Vec<u8>, ErrorCode> {
    let (reader, ended) = file.read_via_stream(offset);
    let bytes = reader.collect().await;
    ended.await.map(|()| bytes)
}

async fn names(dir: &Descriptor) -> Vec<String> {
    let (entries, ended) = dir.read_directory();
    let mut names: Vec<_> = entries.collect().await.into_iter().map(|entry| entry.name).collect();
    assert!(ended.await.is_ok());
    names.sort();
    names
}

/// The error code of a failure.
fn code<T>(result: Result<T, ErrorCode>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(code) => format!("{code:?}"),
    }
}

pub async fn run() -> Result<(), ()> {
    let data = data();
    contents(&data).await;
    names_and_attributes(&data).await;
    codes(&data).await;
    ends(&data).await;
    Ok(())
}

async fn contents(data: &Descriptor) {
    let file = open(data, "file", OpenFlags::CREATE, READ_WRITE).await.unwrap();
    assert_eq!(read(&file, 0).await.unwrap(), b"");
    write(&file, b"hello", 0).await.unwrap();
    write(&file, b"J", 0).await.unwrap();
    append(&file, b" there").await.unwrap();
    assert_eq!(read(&file, 0).await.unwrap(), b"Jello there");
    assert_eq!(read(&file, 6).await.unwrap(), b"there");
    assert_eq!(read(&file, 1000).await.unwrap(), b"", "past the end there is nothing");
    write(&file, b"!", 13).await.unwrap();
    assert_eq!(read(&file, 11).await.unwrap(), b"\0\0!", "what lies between is zero");
    file.set_size(5).await.unwrap();
    assert_eq!(read(&file, 0).await.unwrap(), b"Jello");
    file.sync().await.unwrap();
    file.sync_data().await.unwrap();
    file.advise(0, 0, wasip3::filesystem::types::Advice::Sequential).await.unwrap();
    assert_eq!(file.get_flags().await.unwrap(), READ_WRITE);

    // More than any buffer, in several streams at once.
    let large: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 251) as u8).collect();
    let (first, second) = both(write(&file, &large, 0), write(&file, b"tail", 1_000_000)).await;
    first.unwrap();
    second.unwrap();
    let (all, tail) = both(read(&file, 0), read(&file, 1_000_000)).await;
    assert!(all.unwrap().starts_with(&large));
    assert_eq!(tail.unwrap(), b"tail");
}

async fn names_and_attributes(data: &Descriptor) {
    data.create_directory_at("dir".to_owned()).await.unwrap();
    let dir = open(data, "dir", OpenFlags::DIRECTORY, DescriptorFlags::READ | DescriptorFlags::MUTATE_DIRECTORY).await;
    let dir = dir.unwrap();
    assert!(matches!(dir.get_type().await, Ok(DescriptorType::Directory)));
    for n in 0..200 {
        open(&dir, &format!("{n:03}"), OpenFlags::CREATE, DescriptorFlags::WRITE).await.unwrap();
    }
    let listed = names(&dir).await;
    assert_eq!((listed.len(), listed[7].as_str()), (200, "007"));
    dir.link_at(PathFlags::empty(), "000".to_owned(), data, "link".to_owned()).await.unwrap();
    let linked = open(data, "link", OpenFlags::empty(), DescriptorFlags::READ).await.unwrap();
    let original = open(&dir, "000", OpenFlags::empty(), DescriptorFlags::READ).await.unwrap();
    assert!(linked.is_same_object(&original).await && !linked.is_same_object(&dir).await);
    assert_eq!(linked.stat().await.unwrap().link_count, 2);
    let hashes = both(linked.metadata_hash(), dir.metadata_hash_at(PathFlags::empty(), "000".to_owned())).await;
    let (linked_hash, original_hash) = (hashes.0.unwrap(), hashes.1.unwrap());
    assert_eq!((linked_hash.lower, linked_hash.upper), (original_hash.lower, original_hash.upper));
    dir.rename_at("001".to_owned(), data, "moved".to_owned()).await.unwrap();
    data.symlink_at("dir/002".to_owned(), "symlink".to_owned()).await.unwrap();
    assert_eq!(data.readlink_at("symlink".to_owned()).await.unwrap(), "dir/002");
    let kind = |stat: wasip3::filesystem::types::DescriptorStat| format!("{:?}", stat.type_);
    let symlink = "symlink".to_owned();
    assert_eq!(kind(data.stat_at(PathFlags::empty(), symlink.clone()).await.unwrap()), "DescriptorType::SymbolicLink");
    let followed = data.stat_at(PathFlags::SYMLINK_FOLLOW, symlink).await.unwrap();
    assert_eq!(kind(followed), "DescriptorType::RegularFile");

    let at = NewTimestamp::Timestamp(Instant { seconds: 1_000_000_000, nanoseconds: 5_000 });
    data.set_times_at(PathFlags::empty(), "moved".to_owned(), NewTimestamp::NoChange, at).await.unwrap();
    let stat = data.stat_at(PathFlags::empty(), "moved".to_owned()).await.unwrap();
    let modified = stat.data_modification_timestamp.unwrap();
    assert_eq!((modified.seconds, modified.nanoseconds), (1_000_000_000, 5_000));
    let before = NewTimestamp::Timestamp(Instant { seconds: -1, nanoseconds: 999_000_000 });
    linked.set_times(before, NewTimestamp::Now).await.unwrap();
    let accessed = linked.stat().await.unwrap().data_access_timestamp.unwrap();
    assert_eq!((accessed.seconds, accessed.nanoseconds), (-1, 999_000_000));

    data.unlink_file_at("symlink".to_owned()).await.unwrap();
    data.unlink_file_at("moved".to_owned()).await.unwrap();
    assert_eq!(names(data).await, ["dir", "file", "link"]);
}

async fn codes(data: &Descriptor) {
    let read_only = DescriptorFlags::READ;
    let none = OpenFlags::empty();
    assert_eq!(code(open(data, "missing", none, read_only).await), "ErrorCode::NoEntry");
    assert_eq!(code(open(data, "file/below", none, read_only).await), "ErrorCode::NotDirectory");
    assert_eq!(code(open(data, "file", OpenFlags::DIRECTORY, read_only).await), "ErrorCode::NotDirectory");
    assert_eq!(code(open(data, "dir", none, READ_WRITE).await), "ErrorCode::IsDirectory");
    let exclusive = OpenFlags::CREATE | OpenFlags::EXCLUSIVE;
    assert_eq!(code(open(data, "file", exclusive, READ_WRITE).await), "ErrorCode::Exist");
    let both_kinds = OpenFlags::CREATE | OpenFlags::DIRECTORY;
    assert_eq!(code(open(data, "new", both_kinds, read_only).await), "ErrorCode::Invalid");
    assert_eq!(code(data.create_directory_at("dir".to_owned()).await), "ErrorCode::Exist");
    assert_eq!(code(data.remove_directory_at("dir".to_owned()).await), "ErrorCode::NotEmpty");
    assert_eq!(code(data.remove_directory_at("file".to_owned()).await), "ErrorCode::NotDirectory");
    assert_eq!(code(data.unlink_file_at("dir".to_owned()).await), "ErrorCode::IsDirectory");
    assert_eq!(code(data.readlink_at("file".to_owned()).await), "ErrorCode::Invalid");
    assert_eq!(code(data.symlink_at("/etc".to_owned(), "absolute".to_owned()).await), "ErrorCode::NotPermitted");
    data.symlink_at("loop".to_owned(), "loop".to_owned()).await.unwrap();
    let followed = data.open_at(PathFlags::SYMLINK_FOLLOW, "loop".to_owned(), none, read_only).await;
    assert_eq!(code(followed), "ErrorCode::Loop");
    assert_eq!(code(open(data, "loop", none, read_only).await), "ErrorCode::Loop", "it is not followed");
    assert_eq!(code(open(data, &"n".repeat(300), none, read_only).await), "ErrorCode::NameTooLong");
    data.unlink_file_at("loop".to_owned()).await.unwrap();

    let file = open(data, "file", none, read_only).await.unwrap();
    assert_eq!(code(write(&file, b"x", 0).await), "ErrorCode::BadDescriptor");
    assert_eq!(code(file.set_size(0).await), "ErrorCode::Invalid");
    assert_eq!(code(file.create_directory_at("below".to_owned()).await), "ErrorCode::NotDirectory");
    let (entries, ended) = file.read_directory();
    assert!(entries.collect().await.is_empty());
    assert_eq!(code(ended.await), "ErrorCode::NotDirectory");
    assert_eq!(code(read(data, 0).await), "ErrorCode::IsDirectory");
    assert_eq!(code(write(data, b"x", 0).await), "ErrorCode::BadDescriptor");
    let written = open(data, "file", none, DescriptorFlags::WRITE).await.unwrap();
    assert_eq!(code(read(&written, 0).await), "ErrorCode::BadDescriptor");
}

/// Ends that are dropped before anything was done with them.
async fn ends(data: &Descriptor) {
    let file = open(data, "file", OpenFlags::empty(), READ_WRITE).await.unwrap();
    let (reader, ended) = file.read_via_stream(0);
    drop(reader);
    ended.await.unwrap();
    let (mut reader, ended) = file.read_via_stream(0);
    assert!(reader.next().await.is_some());
    drop(ended);
    assert!(reader.next().await.is_some());
    drop(reader);
    let (entries, ended) = data.read_directory();
    drop(entries);
    ended.await.unwrap();
    let (writer, reader) = wasip3::wit_stream::new::<u8>();
    let written = file.write_via_stream(reader, 0);
    drop(writer);
    written.await.unwrap();

    // The streams outlive the descriptor.
    let (mut writer, reader) = wasip3::wit_stream::new();
    let written = file.write_via_stream(reader, 0);
    drop(file);
    assert!(writer.write_all(b"later".to_vec()).await.is_empty());
    drop(writer);
    written.await.unwrap();
    let file = open(data, "file", OpenFlags::empty(), DescriptorFlags::READ).await.unwrap();
    assert!(read(&file, 0).await.unwrap().starts_with(b"later"));
    // A descriptor that nobody drops is closed with the store.
    std::mem::forget(file);
}

/// Each way out of the directory is refused.
pub async fn escape() -> Result<(), ()> {
    let data = data();
    let follow = PathFlags::SYMLINK_FOLLOW;
    for path in ["../secret", "inner/../../secret", "/secret", "./../secret", "link", "up/secret", "absolute", "inner/chain"] {
        let opened = data.open_at(follow, path.to_owned(), OpenFlags::empty(), DescriptorFlags::READ).await;
        assert_eq!(code(opened), "ErrorCode::NotPermitted", "{path}");
        let opened = data.open_at(follow, path.to_owned(), OpenFlags::CREATE, READ_WRITE).await;
        assert_eq!(code(opened), "ErrorCode::NotPermitted", "{path}");
        assert_eq!(code(data.stat_at(follow, path.to_owned()).await), "ErrorCode::NotPermitted", "{path}");
        let hash = data.metadata_hash_at(follow, path.to_owned()).await;
        assert_eq!(code(hash), "ErrorCode::NotPermitted", "{path}");
    }
    let inner = || "inner/file".to_owned();
    for outside in ["../new", "up/new", "/new"] {
        let outside = || outside.to_owned();
        assert_eq!(code(data.create_directory_at(outside()).await), "ErrorCode::NotPermitted");
        assert_eq!(code(data.rename_at(inner(), &data, outside()).await), "ErrorCode::NotPermitted");
        assert_eq!(code(data.link_at(PathFlags::empty(), inner(), &data, outside()).await), "ErrorCode::NotPermitted");
        assert_eq!(code(data.symlink_at(inner(), outside()).await), "ErrorCode::NotPermitted");
    }
    let secret = || "up/secret".to_owned();
    assert_eq!(code(data.unlink_file_at(secret()).await), "ErrorCode::NotPermitted");
    assert_eq!(code(data.rename_at(secret(), &data, "stolen".to_owned()).await), "ErrorCode::NotPermitted");
    let times = data.set_times_at(follow, secret(), NewTimestamp::Now, NewTimestamp::Now).await;
    assert_eq!(code(times), "ErrorCode::NotPermitted");
    assert_eq!(code(data.remove_directory_at("..".to_owned()).await), "ErrorCode::NotPermitted");
    let inside = data.open_at(follow, "inside".to_owned(), OpenFlags::empty(), DescriptorFlags::READ).await.unwrap();
    assert_eq!(read(&inside, 0).await.unwrap(), b"file");
    Ok(())
}

/// Nothing is changed in a directory that is read-only.
pub async fn read_only() -> Result<(), ()> {
    let data = data();
    let file = open(&data, "there", OpenFlags::empty(), DescriptorFlags::READ).await.unwrap();
    assert_eq!(read(&file, 0).await.unwrap(), b"x");
    let flags = data.get_flags().await.unwrap();
    assert!(!flags.contains(DescriptorFlags::MUTATE_DIRECTORY));
    assert_eq!(code(open(&data, "new", OpenFlags::CREATE, DescriptorFlags::READ).await), "ErrorCode::NotPermitted");
    assert_eq!(code(open(&data, "there", OpenFlags::TRUNCATE, DescriptorFlags::READ).await), "ErrorCode::NotPermitted");
    assert_eq!(code(open(&data, "there", OpenFlags::empty(), READ_WRITE).await), "ErrorCode::NotPermitted");
    assert_eq!(code(data.create_directory_at("dir".to_owned()).await), "ErrorCode::NotPermitted");
    assert_eq!(code(data.unlink_file_at("there".to_owned()).await), "ErrorCode::NotPermitted");
    assert_eq!(code(file.set_times(NewTimestamp::Now, NewTimestamp::Now).await), "ErrorCode::NotPermitted");
    assert_ne!(code(write(&file, b"y", 0).await), "ok");
    Ok(())
}
