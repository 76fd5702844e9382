//! Streams that have no end, and a command that ends before them.

use wasip3::cli::types::ErrorCode;
use wasip3::cli::{stdin, stdout};
use wasip3::filesystem::preopens;
use wasip3::filesystem::types::{DescriptorFlags, OpenFlags, PathFlags};

/// Writes until the other side, which takes some bytes, takes no more.
pub async fn endless() -> Result<(), ()> {
    let (mut writer, reader) = wasip3::wit_stream::new();
    let written = stdout::write_via_stream(reader);
    while writer.write_all(vec![b'x'; 100_000]).await.is_empty() {}
    match written.await {
        Err(ErrorCode::Pipe) => Ok(()),
        other => panic!("{other:?}"),
    }
}

/// Writes a file and to standard output, and awaits neither.
pub async fn leave() -> Result<(), ()> {
    let (data, _) = preopens::get_directories().remove(0);
    let (create, write) = (OpenFlags::CREATE, DescriptorFlags::WRITE);
    let file = data.open_at(PathFlags::empty(), "left".to_owned(), create, write).await.unwrap();
    let (mut writer, reader) = wasip3::wit_stream::new();
    std::mem::forget(file.write_via_stream(reader, 0));
    wasip3::spawn_local(async move {
        assert!(writer.write_all(vec![b'y'; 300_000]).await.is_empty());
    });
    let (mut writer, reader) = wasip3::wit_stream::new();
    std::mem::forget(stdout::write_via_stream(reader));
    assert!(writer.write_all(b"left".to_vec()).await.is_empty());
    // Streams that were asked for and not read.
    std::mem::forget(stdin::read_via_stream());
    std::mem::forget(file.read_via_stream(0));
    std::mem::forget(data.read_directory());
    Ok(())
}
