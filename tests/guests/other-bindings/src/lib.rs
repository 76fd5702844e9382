//! A guest with types of bindings that wit-bindgen made, by the option `with`. Its exports call the imports of the same names.

mod theirs {
    wit_bindgen::generate!({ path: "other.wit", world: "other", generate_unused_types: true });
}

mod ours {
    witwright::generate!({
        path: "other.wit",
        world: "forwarding",
        with: { "test:other-bindings/types": super::theirs::test::other_bindings::types },
    });
}

use witwright::rt::async_support::{FutureReader, StreamReader};

use ours::exports::test::other_bindings::work::{Failure, Guest, Wrapped};
use ours::test::other_bindings::work as imports;
use theirs::test::other_bindings::types::{Access, Basket, Entry, Event, Item, Level, Refs};

struct Forwarding;

impl Guest for Forwarding {
    fn copy(mut entry: Entry) -> Entry {
        entry.tags.push("copied".to_owned());
        imports::copy(&entry)
    }

    fn copy_all(entries: Vec<Entry>, numbers: Vec<u32>) -> Vec<Entry> {
        imports::copy_all(&entries, &numbers)
    }

    fn copy_event(event: Event) -> Event {
        imports::copy_event(event)
    }

    fn sets(access: Access, more: Vec<Access>, level: Level) -> (Access, Vec<Access>, Level) {
        imports::sets(access | Access::RUN_AS_ROOT, &more, level)
    }

    fn find(entry: Option<Entry>) -> Result<Entry, Failure> {
        imports::find(entry.as_ref()).map_err(|failure| match failure {
            imports::Failure::Other => Failure::Other,
            imports::Failure::Level(level) => Failure::Level(level),
        })
    }

    fn give(item: Item, more: Vec<Item>, last: Option<(Item, String)>) -> Basket {
        let made = Item::new("made in the guest");
        let more = more.into_iter().chain([made]).collect();
        imports::give(item, more, last)
    }

    fn take(basket: Basket) -> Vec<Item> {
        imports::take(basket)
    }

    fn lend(item: &Item, more: Vec<&Item>, refs: Refs<'_>) -> String {
        let own = Item::new("own");
        let more: Vec<&Item> = more.into_iter().chain([&own]).collect();
        imports::lend(item, &more, &Refs { one: &own, more: refs.more })
    }

    fn wrap(wrapped: Wrapped) -> Result<Wrapped, Level> {
        let Wrapped { entry, levels, item } = wrapped;
        let imports::Wrapped { entry, levels, item } = imports::wrap(imports::Wrapped { entry, levels, item })?;
        Ok(Wrapped { entry, levels, item })
    }

    async fn stream(
        mut entries: StreamReader<Entry>,
        items: StreamReader<Item>,
    ) -> (StreamReader<Entry>, FutureReader<Result<Item, Level>>) {
        let (mut writer, reader) = ours::wit_stream::new::<Entry>();
        witwright::spawn_local(async move {
            while let Some(mut entry) = entries.next().await {
                entry.tags.push("passed".to_owned());
                assert!(writer.write_one(entry).await.is_none());
            }
        });
        let (passed, last) = imports::stream(reader, items).await;
        let (promise, kept) = ours::wit_future::new::<Result<Item, Level>>(|| Err(Level::Low));
        witwright::spawn_local(async move { promise.write(last.await).await.unwrap() });
        (passed, kept)
    }

    async fn wait(entry: Entry, item: Item, more: Vec<Item>) -> Result<(Entry, Item), Level> {
        imports::wait(entry, item, more).await
    }
}

ours::export!(Forwarding with_types_in ours);
