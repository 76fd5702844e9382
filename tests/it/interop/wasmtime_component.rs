//! The interop world in wasmtime's component runtime.

use wasmtime::component::{Component, HasSelf, Linker, Resource, ResourceTable};
use wasmtime::{Engine, Store};

wasmtime::component::bindgen!({
    path: "wit",
    world: "interop",
    with: { "test:interop/canvas.sheet": Sheet },
    require_store_data_send: false,
});

use exports::test::interop::drawing::Failure;
use test::interop::canvas;
use test::interop::shapes::{Color, Item, Outline, Point, Style};

/// A sheet of the host's.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the macro re-exports it")]
pub struct Sheet {
    name: String,
    items: Vec<Item>,
}

#[derive(Default)]
struct State {
    table: ResourceTable,
    log: Vec<String>,
}

impl State {
    fn sheet(&mut self, sheet: &Resource<Sheet>) -> &mut Sheet {
        self.table.get_mut(sheet).expect("a sheet")
    }
}

impl canvas::HostSheet for State {
    fn new(&mut self, name: String) -> Resource<Sheet> {
        self.table.push(Sheet { name, items: Vec::new() }).expect("room")
    }

    fn add(&mut self, sheet: Resource<Sheet>, item: Item) -> u32 {
        let items = &mut self.sheet(&sheet).items;
        items.push(item);
        items.len() as u32
    }

    fn name(&mut self, sheet: Resource<Sheet>) -> String {
        self.sheet(&sheet).name.clone()
    }

    fn merge(&mut self, first: Resource<Sheet>, second: Resource<Sheet>) -> Resource<Sheet> {
        let Sheet { mut name, mut items } = self.table.delete(first).expect("a sheet");
        let second = self.sheet(&second);
        name.push_str(&second.name);
        items.extend(second.items.iter().cloned());
        self.table.push(Sheet { name, items }).expect("room")
    }

    fn drop(&mut self, sheet: Resource<Sheet>) -> wasmtime::Result<()> {
        self.table.delete(sheet)?;
        Ok(())
    }
}

impl canvas::Host for State {
    fn log(&mut self, text: String) {
        self.log.push(text);
    }
}

impl test::interop::shapes::Host for State {}

impl InteropImports for State {
    fn twice(&mut self, text: String) -> String {
        text.repeat(2)
    }
}

super::expectations::data!();

/// Calls all functions of the world and checks their results.
pub(super) fn exercise(component: &[u8]) {
    let engine = Engine::default();
    let component = Component::new(&engine, component).expect("a component");
    let mut linker = Linker::<State>::new(&engine);
    Interop::add_to_linker::<State, HasSelf<State>>(&mut linker, |state| state).expect("no name twice");
    linker.define_unknown_imports_as_traps(&component).expect("WASI, which the guest's std imports");
    let mut store = Store::new(&engine, State::default());
    let world = Interop::instantiate(&mut store, &component, &linker).expect("an instance");

    super::expectations::functions!(store, world);

    let drawing = world.test_interop_drawing();
    let stack = drawing.call_stack_of_sheets(&mut store, &["x".to_owned(), "yy".to_owned()]).expect("no trap");
    let stack = stack.expect("two sheets");
    assert_eq!(store.data_mut().sheet(&stack).name, "xyy");
    assert_eq!(store.data_mut().sheet(&stack).items.len(), 2);
    assert_eq!(store.data().log, ["x has 1", "yy has 1"]);

    let sketch = drawing.sketch();
    let first = sketch.call_constructor(&mut store, "first").expect("no trap");
    for (i, item) in items().iter().enumerate() {
        assert_eq!(sketch.call_draw(&mut store, first, item).expect("no trap"), Ok(i as u32 + 1));
    }
    let flat = Item { outline: Outline::Polygon(vec![]), ..items().remove(0) };
    let refusal = sketch.call_draw(&mut store, first, &flat).expect("no trap");
    assert_eq!(refusal, Err("a polygon has three points or more, not 0".to_owned()));
    let second = sketch.call_constructor(&mut store, "second").expect("no trap");
    assert_eq!(sketch.call_live(&mut store).expect("no trap"), 2);
    let empty = sketch.call_publish(&mut store, second, Resource::new_borrow(stack.rep())).expect("no trap");
    assert!(matches!(empty, Err(Failure::Empty)));
    let published = sketch.call_publish(&mut store, first, Resource::new_borrow(stack.rep())).expect("no trap");
    assert!(matches!(published, Ok(6)), "{published:?}");
    let joined = sketch.call_join(&mut store, &[first, second]).expect("no trap");
    assert_eq!(sketch.call_title(&mut store, joined).expect("no trap"), "firstsecond");
    assert_eq!(text(&sketch.call_items(&mut store, joined).expect("no trap")), text(&items()));
    assert_eq!(sketch.call_live(&mut store).expect("no trap"), 1);
    joined.resource_drop(&mut store).expect("a destructor without traps");
    assert_eq!(sketch.call_live(&mut store).expect("no trap"), 0);
}
