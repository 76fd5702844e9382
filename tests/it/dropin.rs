//! Programs written for wit-bindgen, whose dependency is ours: three components of many programs become one, which runs on
//! both engines. The same sources compile with wit-bindgen 0.61, except the importer of `fixed`: there an imported function
//! cannot take a list of a fixed length that holds strings, if it is passed flat.

use witwright::wasi::pipe::MemoryOutputPipe;
use witwright::wasi::{WasiCtx, WasiState, p2};
use witwright::{Component, CoreEngine, Gate, Linker, Options, Store};
use witwright_resolver::compose::{Connection, Part, compose};
use witwright_tests::guests;

/// Both this component and the one that it imports export it.
const FLOATS: &str = "test:floats/floats";

fn composed() -> Vec<u8> {
    let [runner, middle, callee] =
        ["dropin-runner", "dropin-middle", "dropin"].map(|name| std::fs::read(guests::build(name)).unwrap());
    let parts = [
        Part { name: "runner", bytes: &runner },
        Part { name: "middle", bytes: &middle },
        Part { name: "callee", bytes: &callee },
    ];
    let connect = |importer, exporter| Connection { importer, import: FLOATS, exporter };
    compose(&parts, &[connect("runner", "middle"), connect("middle", "callee")])
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn programs_for_wit_bindgen_run_on_wasmi() {
    programs(&witwright::wasmi::Engine::default());
}

#[test]
fn programs_for_wit_bindgen_run_on_wasmtime() {
    programs(&witwright::wasmtime::Engine::default());
}

fn programs<E: CoreEngine>(engine: &E) {
    let mut options = Options::default();
    options.gates.push(Gate::FixedLengthLists);
    let component = Component::with_options(engine, &composed(), &options).unwrap();
    let programs: Vec<&str> = component.exports().filter(|name| name.starts_with("run-")).collect();
    assert!(programs.len() >= 14, "{programs:?}");
    let failures: Vec<String> = programs.into_iter().filter_map(|program| run(engine, &component, program)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Runs a program in an instance of its own. `None` if it ends as it should.
fn run<E: CoreEngine>(engine: &E, component: &Component<E>, program: &str) -> Option<String> {
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker).unwrap();
    let said = MemoryOutputPipe::new(1 << 16);
    let mut store = Store::new(engine, WasiState::new(WasiCtx::builder().stderr(said.clone()).build()));
    let instance = linker.instantiate(&mut store, component).unwrap();
    let func = instance.func(&mut store, None, program).unwrap();
    let error = func.call(&mut store, &[]).err()?;
    Some(format!("{program}: {error}\n{}", String::from_utf8_lossy(&said.contents())))
}
