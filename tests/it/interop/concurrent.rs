//! Programs of asynchronous bindings that call a service in another component: ours and wit-bindgen's, each with each, in our
//! host on both engines.

use witwright::{Component, CoreEngine, EngineOptions, Linker, Store};
use witwright_resolver::compose::{Part, compose};
use witwright_tests::guests;

/// The programs, and their expected results.
const PROGRAMS: [(&str, &str); 17] = [
    ("calls", "aaa later (1099511627782, \"b 0.5\")"),
    ("at-once", "slow fast"),
    ("cancel-calls", "0 1"),
    ("bytes", "45000 570000"),
    ("sizes", "[] [0] [0, 2, 4, 6, 8] [0, 2] [0, 2, 4, 6, 8, 10, 12] 4950"),
    ("records", "0,0 -1,1 -2,2 [\"entry 0 0\", \"entry 1 1\", \"entry 2 2\", \"entry 3 3\"] [\"own 1\", \"own 1\"]"),
    ("units", "3"),
    ("dropped-ends", "[\"a\", \"b\"] [\"c\", \"d\", \"e\"] Dropped [\"f\"] 0 Dropped"),
    ("cancel-copies", "Cancelled 0; Cancelled [\"x\", \"y\"]; [\"sent\"] value 3"),
    ("compound", "a b; c d 4 0 70000 deep"),
    ("futures", "written 4 kept"),
    ("unwritten", "the default of the caller after a write was dropped"),
    ("resources", "11 12 [113, 101] 2 0"),
    ("resources-back", "6 3 0"),
    ("backpressure", "true true let in"),
    ("spawned", "one two"),
    ("between-tasks", "woken"),
];

fn composed(caller: &str, service: &str) -> Vec<u8> {
    let [caller, service] = [caller, service].map(|guest| std::fs::read(guests::build(guest)).unwrap());
    compose(&[Part { name: "service", bytes: &service }, Part { name: "caller", bytes: &caller }], &[]).unwrap()
}

fn exercise<E: CoreEngine>(engine: &E, caller: &str, service: &str) {
    exercise_programs(engine, caller, service, &PROGRAMS);
}

/// Runs each program of a caller beside a service, in a store of its own.
pub(super) fn exercise_programs<E: CoreEngine>(engine: &E, caller: &str, service: &str, programs: &[(&str, &str)]) {
    let component = Component::new(engine, &composed(caller, service)).unwrap();
    let mut linker = Linker::<(), E>::new(engine);
    linker.trap_unknown_imports(&component);
    let mut wrong = Vec::new();
    for (program, expected) in programs {
        let mut store = Store::new(engine, ());
        let instance = linker.instantiate(&mut store, &component).unwrap();
        let run = instance.func(&mut store, None, "run").unwrap();
        match run.call_typed::<_, String>(&mut store, &((*program).to_owned(),)) {
            Ok(seen) if seen == *expected => {}
            Ok(seen) => wrong.push(format!("{program}: {seen}\n  and not: {expected}")),
            Err(error) => wrong.push(format!("{program}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{caller} with {service}:\n{}", wrong.join("\n"));
}

#[test]
fn ours_with_ours_on_wasmi() {
    exercise(&witwright::wasmi::Engine::default(), "concurrent-caller", "concurrent");
}

#[test]
fn ours_with_ours_on_wasmtime() {
    exercise(&witwright::wasmtime::Engine::default(), "concurrent-caller", "concurrent");
}

#[test]
fn ours_with_ours_on_wasmtime_with_fibers() {
    let mut options = EngineOptions::default();
    options.stack_switching = false;
    exercise(&witwright::wasmtime::Engine::new(options), "concurrent-caller", "concurrent");
}

#[test]
fn ours_with_theirs() {
    exercise(&witwright::wasmi::Engine::default(), "concurrent-caller", "concurrent-wit-bindgen");
    exercise(&witwright::wasmtime::Engine::default(), "concurrent-caller", "concurrent-wit-bindgen");
}

#[test]
fn theirs_with_ours() {
    exercise(&witwright::wasmi::Engine::default(), "concurrent-caller-wit-bindgen", "concurrent");
    exercise(&witwright::wasmtime::Engine::default(), "concurrent-caller-wit-bindgen", "concurrent");
}

/// Shows mistakes in the programs themselves, and in the host.
#[test]
fn theirs_with_theirs() {
    exercise(&witwright::wasmi::Engine::default(), "concurrent-caller-wit-bindgen", "concurrent-wit-bindgen");
    exercise(&witwright::wasmtime::Engine::default(), "concurrent-caller-wit-bindgen", "concurrent-wit-bindgen");
}
