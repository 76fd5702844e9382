//! A guest returns error contexts from functions that are not async: its caller lifts them after they have returned.

use witwright::{Component, CoreEngine, Gate, Linker, Options, Store};
use witwright_tests::guests;

witwright::host!({
    inline: "
        package test:error-contexts;

        world error-contexts {
            export one: func(message: string) -> error-context;
            export two: func(message: string) -> tuple<error-context, error-context>;
            export many: func(message: string, count: u32) -> result<list<error-context>, string>;
            export same: func(context: error-context) -> error-context;
        }
    ",
});

fn exercise<E: CoreEngine>(engine: &E) {
    let bytes = std::fs::read(guests::build("error-contexts")).unwrap();
    let mut options = Options::default();
    options.gates.push(Gate::ErrorContext);
    let component = Component::with_options(engine, &bytes, &options).unwrap();
    let mut linker = Linker::<(), E>::new(engine);
    // WASI, which the guest's std imports.
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, ());
    let world = ErrorContexts::instantiate(&mut store, &component, &linker).unwrap();
    for _ in 0..3 {
        let one = world.call_one(&mut store, "ink").unwrap();
        assert_eq!(one.debug_message(&mut store).unwrap(), "ink");
        let same = world.call_same(&mut store, one).unwrap();
        assert_eq!(same.debug_message(&mut store).unwrap(), "ink");
        let (lower, upper) = world.call_two(&mut store, "ink").unwrap();
        assert_eq!(lower.debug_message(&mut store).unwrap(), "ink");
        assert_eq!(upper.debug_message(&mut store).unwrap(), "INK");
        let many = world.call_many(&mut store, "ink", 3).unwrap().unwrap();
        let many: Vec<_> = many.iter().map(|context| context.debug_message(&mut store).unwrap()).collect();
        assert_eq!(many, ["ink 0", "ink 1", "ink 2"]);
    }
    // The guest keeps what it returned last until it gets the next one.
    let last = world.call_one(&mut store, "last").unwrap();
    store.run_ready().unwrap();
    assert_eq!(store.census().error_contexts, 1);
    drop(last);
}

#[test]
fn they_are_lifted_on_wasmi() {
    exercise(&witwright::wasmi::Engine::default());
}

#[test]
fn they_are_lifted_on_wasmtime() {
    exercise(&witwright::wasmtime::Engine::default());
}
