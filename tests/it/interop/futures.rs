//! Bindings for hosts with functions that may wait, and a guest of wit-bindgen's asynchronous bindings.

use witwright::streams::{StreamReader, future, stream};
use witwright::{Access, Component, CoreEngine, Error, HasSelf, Linker, Resource, Store};

use super::waiting::{block_on, turns_of_the_executor};
use witwright_tests::guests;

witwright::host!({ path: "wit-waiter/waiter.wit" });

use test::concurrent::pages;

/// The state of the host: the names of its pages, and those of the dropped ones.
#[derive(Default)]
struct Library {
    pages: Vec<String>,
    dropped: usize,
}

impl pages::Host for Library {}

impl pages::HostPage for Library {
    fn new(&mut self, name: String) -> Resource<pages::Page> {
        self.pages.push(name);
        Resource::new_own(self.pages.len() as u64 - 1)
    }

    fn name(&mut self, page: witwright::ResourceBorrow<pages::Page>) -> String {
        self.pages[page.rep() as usize].clone()
    }

    fn drop(&mut self, _: Resource<pages::Page>) -> Result<(), Error> {
        self.dropped += 1;
        Ok(())
    }
}

impl pages::HostPageWithStore for HasSelf<Library> {
    async fn read<E: CoreEngine>(
        access: &Access<Library, E>,
        page: witwright::ResourceBorrow<pages::Page>,
        lines: u32,
    ) -> StreamReader<String> {
        let name = access.with(|mut cx| pages::HostPage::name(cx.data_mut(), page));
        let (mut writer, reader) = access.with(|cx| stream(cx)).expect("there is room");
        let writing = access.clone();
        access.spawn(async move {
            for n in 0..lines {
                turns_of_the_executor(n % 3).await;
                writer.write(&writing, vec![format!("{name}{n}")]).await?;
            }
            Ok(())
        });
        reader
    }
}

impl pages::HostWithStore for HasSelf<Library> {
    async fn fetch<E: CoreEngine>(
        access: &Access<Library, E>,
        name: String,
    ) -> Result<Resource<pages::Page>, pages::Failure> {
        turns_of_the_executor(2).await;
        match name.as_str() {
            "" => Err(pages::Failure::Empty),
            "no" => Err(pages::Failure::Other("no such page".into())),
            _ => Ok(access.with(|mut cx| pages::HostPage::new(cx.data_mut(), name))),
        }
    }
}

impl WaiterImports for Library {}

impl WaiterImportsWithStore for HasSelf<Library> {
    async fn later<E: CoreEngine>(_: &Access<Library, E>, turns: u32, text: String) -> String {
        turns_of_the_executor(turns).await;
        text
    }

    async fn source<E: CoreEngine>(access: &Access<Library, E>, count: u32) -> StreamReader<u32> {
        let (mut writer, reader) = access.with(|cx| stream(cx)).expect("there is room");
        let writing = access.clone();
        access.spawn(async move {
            let rest = writer.write(&writing, (0..count).collect()).await?;
            assert!(rest.is_empty(), "the guest reads them all");
            Ok(())
        });
        reader
    }

    async fn sink<E: CoreEngine>(access: &Access<Library, E>, mut bytes: StreamReader<u8>) -> u64 {
        let mut sum = 0;
        loop {
            let some = bytes.read(access, 16).await.expect("bytes are bytes");
            if some.is_empty() {
                return sum;
            }
            sum += some.into_iter().map(u64::from).sum::<u64>();
        }
    }
}

fn exercise<E: CoreEngine>(engine: &E) {
    let bytes = std::fs::read(guests::build("async-wit-bindgen")).expect("the guest was built");
    let component = Component::new(engine, &bytes).expect("the guest is a component");
    let mut linker = Linker::<Library, E>::new(engine);
    Waiter::add_to_linker::<HasSelf<Library>>(&mut linker).expect("the names are free");
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, Library::default());
    let waiter = Waiter::instantiate(&mut store, &component, &linker).expect("the host provides all imports");
    block_on(async {
        // A call by itself runs the store.
        assert_eq!(waiter.call_relay(&mut store, 20).await.expect("it returns"), 190);
        let printed = waiter.call_print(&mut store, "p", 4).await.expect("it returns");
        assert_eq!(printed.as_deref(), Ok("p: p0 p1 p2 p3"));
        for (name, why) in [("", "empty"), ("no", "no such page")] {
            assert_eq!(waiter.call_print(&mut store, name, 1).await.expect("it returns"), Err(why.to_owned()));
        }
        store.run(async |access| streams(&waiter, &access).await).await.expect("nothing traps");
        // Tasks that the guest has spawned end after its calls have returned.
        store.run_ready().expect("nothing traps");
    });
    assert_eq!(store.data().dropped, 1, "the guest has dropped its page");
    let census = store.census();
    assert_eq!([census.tasks, census.waitables], [0; 2], "{census:?}");
}

/// Calls that run beside each other, with streams and futures in both directions.
async fn streams<E: CoreEngine>(waiter: &Waiter, access: &Access<Library, E>) {
    let (mut writer, reader) = access.with(|cx| stream::<u8>(cx)).expect("there is room");
    let writing = access.clone();
    access.spawn(async move {
        for n in 1..=10 {
            writer.write(&writing, vec![n; 1000]).await?;
        }
        Ok(())
    });
    let total = waiter.call_total(access, reader);
    let mut words = waiter.call_words(access, 5).await.expect("it returns");
    assert_eq!(total.await.expect("it returns"), 55_000);
    let mut all = Vec::new();
    loop {
        let some = words.read(access, 2).await.expect("they are strings");
        if some.is_empty() {
            break;
        }
        all.extend(some);
    }
    assert_eq!(all, ["word 0", "word 1", "word 2", "word 3", "word 4"]);

    let (mut writer, reader) = access.with(|cx| future::<String>(cx)).expect("there is room");
    let writing = access.clone();
    access.spawn(async move { writer.write(&writing, "yes".to_owned()).await.map(|_| ()) });
    assert_eq!(waiter.call_answer(access, reader).await.expect("it returns"), "YES");

    let mut promise = waiter.call_promise(access, "soon").await.expect("it returns");
    assert_eq!(promise.read(access).await.expect("it is text").as_deref(), Some("soon!"));
}

#[test]
fn on_wasmi() {
    exercise(&witwright::wasmi::Engine::default());
}

#[test]
fn on_wasmtime() {
    exercise(&witwright::wasmtime::Engine::default());
}
