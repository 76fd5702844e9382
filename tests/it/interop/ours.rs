//! The interop world in our host, on any engine.

use witwright::{
    Component, CoreEngine, Error, HasSelf, HostResource, Linker, Resource, ResourceBorrow, ResourceTable, Store,
};

witwright::host!({
    path: "wit/interop.wit",
    world: "interop",
    with: { "test:interop/canvas.sheet": Sheet },
});

use exports::test::interop::drawing::Failure;
use test::interop::canvas;
use test::interop::shapes::{Color, Item, Outline, Point, Style};

/// A sheet of the host's.
#[derive(Debug)]
struct Sheet {
    name: String,
    items: Vec<Item>,
}

#[derive(Default)]
struct State {
    table: ResourceTable,
    log: Vec<String>,
}

impl State {
    fn sheet(&mut self, sheet: impl HostResource<Kind = Sheet>) -> &mut Sheet {
        self.table.get_mut(&sheet).expect("a sheet")
    }
}

impl canvas::HostSheet for State {
    fn new(&mut self, name: String) -> Resource<Sheet> {
        self.table.push(Sheet { name, items: Vec::new() }).expect("room")
    }

    fn add(&mut self, sheet: ResourceBorrow<Sheet>, item: Item) -> u32 {
        let items = &mut self.sheet(sheet).items;
        items.push(item);
        items.len() as u32
    }

    fn name(&mut self, sheet: ResourceBorrow<Sheet>) -> String {
        self.sheet(sheet).name.clone()
    }

    fn merge(&mut self, first: Resource<Sheet>, second: ResourceBorrow<Sheet>) -> Resource<Sheet> {
        let Sheet { mut name, mut items } = self.table.delete(first).expect("a sheet");
        let second = self.sheet(second);
        name.push_str(&second.name);
        items.extend(second.items.iter().cloned());
        self.table.push(Sheet { name, items }).expect("room")
    }

    fn drop(&mut self, sheet: Resource<Sheet>) -> Result<(), Error> {
        self.table.delete(sheet).map(drop)
    }
}

impl canvas::Host for State {
    fn log(&mut self, text: String) {
        self.log.push(text);
    }
}

impl InteropImports for State {
    fn twice(&mut self, text: String) -> String {
        text.repeat(2)
    }
}

super::expectations::data!();

/// Calls all functions of the world and checks their results.
pub(super) fn exercise<E: CoreEngine>(engine: &E, component: &[u8]) {
    let component = Component::new(engine, component).expect("a component");
    let mut linker = Linker::new(engine);
    Interop::add_to_linker::<HasSelf<State>>(&mut linker).expect("no name twice");
    // WASI, which the guest's std imports.
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, State::default());
    let world = Interop::instantiate(&mut store, &component, &linker).expect("an instance");
    super::expectations::functions!(store, world);
    let stack = sheets(&mut store, &world);
    sketches(&mut store, &world, stack);
}

/// Resources of the host's, made by the guest.
fn sheets<E: CoreEngine>(store: &mut Store<State, E>, world: &Interop) -> Resource<Sheet> {
    let drawing = world.test_interop_drawing();
    let stack = drawing.call_stack_of_sheets(&mut *store, &["x".to_owned(), "yy".to_owned()]).expect("no trap");
    let stack = stack.expect("two sheets");
    assert_eq!(store.data_mut().sheet(stack).name, "xyy");
    assert_eq!(store.data_mut().sheet(stack).items.len(), 2);
    assert_eq!(store.data().log, ["x has 1", "yy has 1"]);
    assert_eq!(store.data().table.len(), 1, "the guest has dropped the sheets that it kept");
    stack
}

/// Resources of the guest's, held by the host.
fn sketches<E: CoreEngine>(store: &mut Store<State, E>, world: &Interop, stack: Resource<Sheet>) {
    let sketch = world.test_interop_drawing().sketch();
    let first = sketch.call_constructor(&mut *store, "first").expect("no trap");
    for (i, item) in items().iter().enumerate() {
        assert_eq!(sketch.call_draw(&mut *store, &first, item).expect("no trap"), Ok(i as u32 + 1));
    }
    let flat = Item { outline: Outline::Polygon(vec![]), ..items().remove(0) };
    let refusal = sketch.call_draw(&mut *store, &first, &flat).expect("no trap");
    assert_eq!(refusal, Err("a polygon has three points or more, not 0".to_owned()));
    let second = sketch.call_constructor(&mut *store, "second").expect("no trap");
    assert_eq!(sketch.call_live(&mut *store).expect("no trap"), 2);

    let sheet = ResourceBorrow::new_borrow(stack.rep());
    let empty = sketch.call_publish(&mut *store, &second, sheet).expect("no trap");
    assert!(matches!(empty, Err(Failure::Empty)));
    let published = sketch.call_publish(&mut *store, &first, sheet).expect("no trap");
    assert!(matches!(published, Ok(6)), "{published:?}");

    let joined = sketch.call_join(&mut *store, vec![first, second]).expect("no trap");
    assert_eq!(sketch.call_title(&mut *store, &joined).expect("no trap"), "firstsecond");
    assert_eq!(text(&sketch.call_items(&mut *store, &joined).expect("no trap")), text(&items()));
    assert_eq!(sketch.call_live(&mut *store).expect("no trap"), 1);
    joined.drop(&mut *store).expect("a destructor without traps");
    assert_eq!(sketch.call_live(&mut *store).expect("no trap"), 0);
    let stale = sketch.call_title(&mut *store, &first).expect_err("it was given away");
    assert!(!stale.to_string().is_empty());
}
