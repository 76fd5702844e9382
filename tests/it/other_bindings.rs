//! A guest with types of bindings that wit-bindgen made, by the option `with`, in our host on both engines. Its exports call the
//! imports of the same names, which return what they are passed.

use core::future::Future;

use witwright::streams::{FutureReader, StreamReader, future, stream};
use witwright::{
    Access, Component, CoreEngine, HasSelf, HostResource, Linker, Resource, ResourceBorrow, ResourceTable, Store,
};
use witwright_tests::guests;

witwright::host!({
    path: "guests/other-bindings/other.wit",
    world: "forwarding",
    with: { "test:other-bindings/types.item": Item },
});

use exports::test::other_bindings::work as exported;
use test::other_bindings::types::{self, Access as Rights, Basket, Entry, Event, Level, Refs};
use test::other_bindings::work::{self, Failure, Wrapped};

/// An item of the host's.
#[derive(Debug)]
pub(crate) struct Item(String);

#[derive(Default)]
struct State {
    table: ResourceTable,
}

impl State {
    fn name(&self, item: &impl HostResource<Kind = Item>) -> String {
        self.table.get(item).unwrap().0.clone()
    }
}

impl types::Host for State {}

impl types::HostItem for State {
    fn new(&mut self, name: String) -> Resource<Item> {
        self.table.push(Item(name)).unwrap()
    }

    fn name(&mut self, item: ResourceBorrow<Item>) -> String {
        State::name(self, &item)
    }

    fn drop(&mut self, item: Resource<Item>) -> Result<(), witwright::Error> {
        self.table.delete(item).map(drop)
    }
}

impl work::Host for State {
    fn copy(&mut self, entry: Entry) -> Entry {
        entry
    }

    fn copy_all(&mut self, mut entries: Vec<Entry>, numbers: Vec<u32>) -> Vec<Entry> {
        entries.rotate_left(numbers.len());
        entries
    }

    fn copy_event(&mut self, event: Event) -> Event {
        event
    }

    fn sets(&mut self, access: Rights, more: Vec<Rights>, level: Level) -> (Rights, Vec<Rights>, Level) {
        (access, more, level)
    }

    fn find(&mut self, entry: Option<Entry>) -> Result<Entry, Failure> {
        entry.ok_or(Failure::Level(Level::VeryHigh))
    }

    fn give(
        &mut self,
        item: Resource<Item>,
        more: Vec<Resource<Item>>,
        last: Option<(Resource<Item>, String)>,
    ) -> Basket {
        let (both, first) = match last {
            Some((last, text)) => ((last, entry(&text)), Some(item)),
            None => ((item, entry("none")), None),
        };
        Basket { first, items: more, both }
    }

    fn take(&mut self, basket: Basket) -> Vec<Resource<Item>> {
        let Basket { first, items, both: (last, _) } = basket;
        first.into_iter().chain(items).chain([last]).collect()
    }

    fn lend(&mut self, item: ResourceBorrow<Item>, more: Vec<ResourceBorrow<Item>>, refs: Refs) -> String {
        let all: Vec<_> = [item].into_iter().chain(more).chain([refs.one]).chain(refs.more).collect();
        all.iter().map(|item| State::name(self, item)).collect::<Vec<_>>().join(" ")
    }

    fn wrap(&mut self, wrapped: Wrapped) -> Result<Wrapped, Level> {
        if !wrapped.levels.is_empty() {
            return Ok(wrapped);
        }
        if let Some(item) = wrapped.item {
            self.table.delete(item).unwrap();
        }
        Err(Level::Low)
    }
}

impl work::HostWithStore for HasSelf<State> {
    async fn stream<E: CoreEngine>(
        access: &Access<State, E>,
        entries: StreamReader<Entry>,
        mut items: StreamReader<Resource<Item>>,
    ) -> (StreamReader<Entry>, FutureReader<Result<Resource<Item>, Level>>) {
        let mut all = items.read(access, 8).await.unwrap();
        let last = all.pop().ok_or(Level::VeryHigh);
        let (mut writer, reader) = access.with(|cx| future(cx)).unwrap();
        let writing = access.clone();
        access.spawn(async move { writer.write(&writing, last).await.map(drop) });
        (entries, reader)
    }

    async fn wait<E: CoreEngine>(
        access: &Access<State, E>,
        entry: Entry,
        item: Resource<Item>,
        more: Vec<Resource<Item>>,
    ) -> Result<(Entry, Resource<Item>), Level> {
        access.with(|mut cx| more.into_iter().for_each(|item| drop(cx.data_mut().table.delete(item).unwrap())));
        Ok((entry, item))
    }
}

fn entry(text: &str) -> Entry {
    let access = (!text.is_empty()).then_some(Rights::WRITE | Rights::RUN_AS_ROOT);
    Entry { text: text.to_owned(), type_: Level::VeryHigh, tags: vec!["a".to_owned(), text.to_owned()], access }
}

fn exercise<E: CoreEngine>(engine: &E) {
    let bytes = std::fs::read(guests::build("other-bindings")).unwrap();
    let component = Component::new(engine, &bytes).unwrap();
    let mut linker = Linker::<State, E>::new(engine);
    Forwarding::add_to_linker::<HasSelf<State>>(&mut linker).unwrap();
    // WASI, which the guest's std imports.
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, State::default());
    let world = Forwarding::instantiate(&mut store, &component, &linker).unwrap();
    let work = world.test_other_bindings_work();

    let copied = work.call_copy(&mut store, &entry("one")).unwrap();
    assert_eq!(copied.tags, ["a", "one", "copied"]);
    assert_eq!((copied.text.as_str(), copied.type_, copied.access), ("one", Level::VeryHigh, entry("one").access));
    let entries = work.call_copy_all(&mut store, &[entry("one"), entry(""), entry("three")], &[1, 2]).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["three", "one", ""]);
    assert_eq!(entries[2].access, None);
    let sets = work.call_sets(&mut store, Rights::READ, &[Rights::empty(), Rights::WRITE], Level::Low).unwrap();
    assert_eq!(sets, (Rights::READ | Rights::RUN_AS_ROOT, vec![Rights::empty(), Rights::WRITE], Level::Low));
    assert_eq!(work.call_find(&mut store, Some(&entry("found"))).unwrap().unwrap().text, "found");
    let missing = work.call_find(&mut store, None).unwrap().unwrap_err();
    assert!(matches!(missing, exported::Failure::Level(Level::VeryHigh)));

    events(&mut store, work);
    resources(&mut store, work);
    assert!(store.data().table.is_empty(), "every item was dropped");
}

/// Passes an event of each case.
fn events<E: CoreEngine>(store: &mut Store<State, E>, work: &exported::Guest) {
    let mut copy = |event| work.call_copy_event(&mut *store, event).unwrap();
    assert!(matches!(copy(Event::Nothing), Event::Nothing));
    assert!(matches!(copy(Event::Note("note".to_owned())), Event::Note(note) if note == "note"));
    assert!(matches!(copy(Event::Entries(vec![entry("x")])), Event::Entries(all) if all[0].tags == ["a", "x"]));
    assert!(matches!(copy(Event::Pair((7, entry("y")))), Event::Pair((7, entry)) if entry.text == "y"));
    let item = item(store, "given");
    let Event::Given(item) = work.call_copy_event(&mut *store, Event::Given(item)).unwrap() else { panic!("an item") };
    delete(store, [item], &["given"]);
}

/// Passes resources in every position.
fn resources<E: CoreEngine>(store: &mut Store<State, E>, work: &exported::Guest) {
    let [first, more, last] = ["first", "more", "last"].map(|name| item(store, name));
    let basket = work.call_give(&mut *store, first, vec![more], Some((last, "text".to_owned()))).unwrap();
    assert_eq!(basket.both.1.tags, ["a", "text"]);
    let all = work.call_take(&mut *store, basket).unwrap();
    delete(store, all, &["first", "more", "made in the guest", "last"]);

    let items = ["a", "b"].map(|name| item(store, name));
    let lent = |i: usize| ResourceBorrow::new_borrow(items[i].rep());
    let refs = Refs { one: lent(0), more: vec![lent(1), lent(0)] };
    let names = work.call_lend(&mut *store, lent(0), &[lent(1)], &refs).unwrap();
    assert_eq!(names, "a b own own b a");
    delete(store, items, &["a", "b"]);

    for levels in [vec![], vec![Level::Low, Level::VeryHigh]] {
        let (count, item) = (levels.len(), item(store, "wrapped"));
        let wrapped = exported::Wrapped { entry: entry("z"), levels, item: Some(item) };
        match work.call_wrap(&mut *store, wrapped).unwrap() {
            Ok(wrapped) => {
                assert_eq!((wrapped.entry.text.as_str(), wrapped.levels), ("z", vec![Level::Low, Level::VeryHigh]));
                delete(store, wrapped.item, &["wrapped"]);
            }
            Err(level) => assert_eq!((level, count), (Level::Low, 0)),
        }
    }

    let [kept, given] = ["kept", "given"].map(|name| item(store, name));
    let later = entry("later");
    let (entry, returned) = block_on(work.call_wait(&mut *store, &later, kept, vec![given])).unwrap().unwrap();
    assert_eq!(entry.text, "later");
    delete(store, [returned], &["kept"]);

    let streamed = item(store, "streamed");
    let returned = block_on(store.run(async |access| streams(work, &access, streamed).await)).unwrap();
    delete(store, [returned], &["streamed"]);
    store.run_ready().unwrap();
}

/// Passes streams and futures, and returns the item that comes back.
async fn streams<E: CoreEngine>(
    work: &exported::Guest,
    access: &Access<State, E>,
    item: Resource<Item>,
) -> Resource<Item> {
    let (mut entries, passed) = access.with(|cx| stream::<Entry>(cx)).unwrap();
    let (mut items, reader) = access.with(|cx| stream::<Resource<Item>>(cx)).unwrap();
    let writing = access.clone();
    access.spawn(async move {
        items.write(&writing, vec![item]).await?;
        entries.write(&writing, vec![entry("first"), entry("second")]).await.map(drop)
    });
    let (mut passed, mut last) = work.call_stream(access, passed, reader).await.unwrap();
    let item = last.read(access).await.unwrap().unwrap().unwrap();
    for text in ["first", "second"] {
        let all = passed.read(access, 1).await.unwrap();
        assert_eq!((all[0].text.as_str(), all[0].tags.last().unwrap().as_str()), (text, "passed"));
        assert_eq!(all[0].type_, Level::VeryHigh);
    }
    assert!(passed.read(access, 1).await.unwrap().is_empty());
    item
}

fn item<E: CoreEngine>(store: &mut Store<State, E>, name: &str) -> Resource<Item> {
    store.data_mut().table.push(Item(name.to_owned())).unwrap()
}

fn delete<E: CoreEngine>(
    store: &mut Store<State, E>,
    items: impl IntoIterator<Item = Resource<Item>>,
    expected: &[&str],
) {
    let names: Vec<String> = items.into_iter().map(|item| store.data_mut().table.delete(item).unwrap().0).collect();
    assert_eq!(names, expected);
}

fn block_on<R>(future: impl Future<Output = R>) -> R {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

#[test]
fn values_pass_on_wasmi() {
    exercise(&witwright::wasmi::Engine::default());
}

#[test]
fn values_pass_on_wasmtime() {
    exercise(&witwright::wasmtime::Engine::default());
}
