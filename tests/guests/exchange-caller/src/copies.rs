//! Programs about single reads and writes: how much is copied, and what is left when they are cancelled or dropped.

use core::future::IntoFuture;
use core::pin::pin;

use super::test::exchange::depot::{self, Crate, Mark};
use super::{both, poll_once, wit_future, wit_stream};

/// A write of which a part was read, and which is cancelled then.
pub(super) async fn partial() -> String {
    let (mut writer, reader) = wit_stream::new();
    depot::keep_stream(reader);
    let mut write = Box::pin(writer.write(["a", "b", "c", "d", "e"].map(String::from).to_vec()));
    assert!(poll_once(write.as_mut()).is_pending());
    let read = depot::read_kept_stream(2).await;
    let (result, buffer) = write.as_mut().cancel();
    let left = buffer.into_vec();
    drop(write);
    let mut write = Box::pin(writer.write(left));
    assert!(poll_once(write.as_mut()).is_pending());
    depot::drop_kept_stream();
    let (dropped, buffer) = write.await;
    format!("{read:?} {result:?} {dropped:?} {:?}", buffer.into_vec())
}

/// A read that is cancelled, and another of the same end.
pub(super) async fn reread() -> String {
    let (writer, ball) = wit_future::new(String::new);
    let mut answer = Box::pin(depot::ping(ball).await.into_future());
    assert!(poll_once(answer.as_mut()).is_pending());
    let reader = answer.as_mut().cancel().expect_err("nobody has written");
    let (read, written) = both(reader.into_future(), writer.write("ball".into())).await;
    written.unwrap();
    let (mut writer, reader) = wit_stream::new();
    let mut tuples = depot::tuples(reader).await;
    let cancelled = {
        let mut read = pin!(tuples.read(Vec::with_capacity(1)));
        assert!(poll_once(read.as_mut()).is_pending());
        let (result, some) = read.as_mut().cancel();
        format!("{result:?} {some:?}")
    };
    let write = async move { writer.write_one((1, true, "one".into())).await };
    let (one, _) = both(tuples.next(), write).await;
    format!("{read} {cancelled} {one:?}")
}

/// Elements whose form is not that of Rust for each of their bits.
pub(super) async fn scalars() -> String {
    let (mut writer, reader) = wit_stream::new();
    let letters = depot::letters(reader).await;
    let write = async move {
        writer.write_all("a1\u{e9}\u{1f980}".chars().map(Some).chain([None]).collect()).await;
    };
    let (letters, ()) = both(letters.collect(), write).await;
    let (mut writer, reader) = wit_stream::new();
    let marks = depot::marks(reader).await;
    let write = async move {
        writer.write_all(vec![Mark::all(), Mark::empty(), Mark::WET]).await;
    };
    let (marks, ()) = both(marks.collect(), write).await;
    let marks: Vec<_> = marks.iter().map(|(mark, failure, number)| (mark, failure.name(), number)).collect();
    format!("{letters:?} {marks:?}")
}

/// Bytes that are read in smaller and in larger blocks than they are written in.
pub(super) async fn blocks() -> String {
    let mut digests = Vec::new();
    for (written, read) in [(100_000, 999), (10, 65_536), (65_536, 65_536)] {
        let (mut writer, reader) = wit_stream::new();
        let write = async move {
            let bytes: Vec<u8> = (0..100_000_u32).map(|i| i as u8).collect();
            for block in bytes.chunks(written) {
                assert!(writer.write_all(block.to_vec()).await.is_empty());
            }
        };
        digests.push(both(depot::digest(reader, read), write).await.0);
    }
    format!("{digests:?}")
}

/// Copies of no elements, which wait for the other end.
pub(super) async fn empty_copies() -> String {
    let (mut writer, mut reader) = wit_stream::new();
    let ready = {
        let mut read = Box::pin(reader.read(Vec::new()));
        assert!(poll_once(read.as_mut()).is_pending());
        let mut write = pin!(writer.write(vec![1_u8, 2]));
        assert!(poll_once(write.as_mut()).is_pending());
        let (ready, none) = read.await;
        let (first, one) = reader.read(Vec::with_capacity(1)).await;
        format!("{ready:?} {none:?} {first:?} {one:?} {:?}", write.await.0)
    };
    let wanted = {
        let mut write = Box::pin(writer.write(Vec::new()));
        assert!(poll_once(write.as_mut()).is_pending());
        let mut read = pin!(reader.read(Vec::with_capacity(1)));
        assert!(poll_once(read.as_mut()).is_pending());
        let (wanted, _) = write.await;
        assert_eq!(writer.write_one(3).await, None);
        format!("{wanted:?} {:?}", read.await)
    };
    format!("{ready} {wanted}")
}

/// Ends whose other end was dropped.
pub(super) async fn closed() -> String {
    fn unread() -> wit_bindgen::StreamWriter<u8> {
        wit_stream::new().0
    }
    let (written, buffer) = unread().write(vec![1, 2]).await;
    let left = (buffer.into_vec(), unread().write_all(vec![3]).await, unread().write_one(4).await);
    fn unwritten() -> wit_bindgen::StreamReader<u8> {
        wit_stream::new().1
    }
    let read = unwritten().read(Vec::with_capacity(2)).await;
    format!("{written:?} {left:?} {read:?} {:?} {:?}", unwritten().next().await, unwritten().collect().await)
}

/// Operations that have ended when they are cancelled.
pub(super) async fn raced() -> String {
    let (mut writer, mut reader) = wit_stream::new();
    let read = {
        let mut read = pin!(reader.read(Vec::with_capacity(4)));
        assert!(poll_once(read.as_mut()).is_pending());
        let (written, _) = writer.write(vec![1_u8, 2]).await;
        format!("{written:?} {:?}", read.as_mut().cancel())
    };
    let written = {
        let mut write = pin!(writer.write(vec![3, 4, 5]));
        assert!(poll_once(write.as_mut()).is_pending());
        let (_, some) = reader.read(Vec::with_capacity(2)).await;
        let (result, buffer) = write.as_mut().cancel();
        format!("{some:?} {result:?} {:?}", buffer.into_vec())
    };
    let (writer, reader) = wit_future::new(|| 0_u32);
    let mut value = Box::pin(reader.into_future());
    assert!(poll_once(value.as_mut()).is_pending());
    writer.write(6).await.unwrap();
    format!("{read}; {written}; {:?}", value.as_mut().cancel().unwrap())
}

/// Operations that are dropped before they begin.
pub(super) async fn unpolled() -> String {
    drop(depot::hold(Crate::new("unsent"), 0));
    let live = depot::live_crates();
    let (mut writer, mut reader) = wit_stream::new();
    drop(writer.write(vec![1_u8]));
    drop(reader.read(Vec::with_capacity(1)));
    let (next, _) = both(reader.next(), writer.write_one(2)).await;
    let (writer, reader) = wit_future::new(|| 0_u32);
    drop(reader.into_future());
    let refused = writer.write(3).await.unwrap_err().value;
    let (writer, reader) = wit_future::new(|| 4_u32);
    drop(writer.write(5));
    format!("{live} {next:?} {refused} {}", reader.await)
}
