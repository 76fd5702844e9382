//! The crates that promise to do without std link without it, and work: modules for wasm32v1-none, run by a core engine.

use wasmtime::{Engine, Instance, Module, Store, WasmParams};
use witwright_host::CoreEngine;
use witwright_tests::guests;

fn call<P: WasmParams>(package: &str, name: &str, params: P) -> u32 {
    let engine = Engine::default();
    let module = Module::from_file(&engine, guests::build_no_std(package, guests::Target::V1None)).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let func = instance.get_typed_func::<P, u32>(&mut store, name).unwrap();
    func.call(&mut store, params).unwrap()
}

#[test]
fn the_core_layer_needs_no_allocator() {
    assert_eq!(call("no-std-core", "record_size", ()), 24);
    assert_eq!(call("no-std-core", "record_flat_len", ()), 4);
    // Four values of each, and the address of the result.
    assert_eq!(call("no-std-core", "signature", ()), 170);
    assert_eq!(call("no-std-core", "sum", (2, 40)), 42);
    assert_eq!(call("no-std-core", "handles", ()), 12019);
    assert_eq!(call("no-std-core", "transfer", ()), 22 * 7);
}

#[test]
fn the_resolver_needs_no_std() {
    assert_eq!(call("no-std-alloc", "interfaces", ()), 2);
    assert_eq!(call("no-std-alloc", "mistakes", ()), 2);
}

#[test]
fn bindings_of_a_guest_and_values_of_rust_need_no_std() {
    assert_eq!(call("no-std-alloc", "lengths", ()), 42);
    assert_eq!(call("no-std-alloc", "cm32p2||double", 21), 42);
    assert_eq!(call("no-std-alloc", "tables", ()), 11);
}

/// The lines that the program `no-std-host` writes too, without std (`cargo xtask nostd`).
const LINES: &str = include_str!("../no-std/meter/lines.txt");

/// The lines that the program `no-std-machine` writes, without an allocator either.
const MACHINE_LINES: &str = include_str!("../no-std/machine/lines.txt");

/// The page that says how many bytes that machine has.
const ENVIRONMENTS: &str = include_str!("../../docs/environments.md");

fn check_lines<E: CoreEngine>() {
    let lines = no_std_meter::run::<E>().unwrap();
    assert_eq!(lines, LINES.lines().collect::<Vec<_>>());
}

#[test]
fn a_host_does_with_std_what_it_does_without() {
    check_lines::<witwright_host::wasmi::Engine>();
    check_lines::<witwright_host::wasmtime::Engine>();
}

/// Without an allocator there is no WIT to parse, and the reference code's traces, values and the machine's size come in its place;
/// of the tables, each prints the part that it reads.
#[test]
fn the_machine_does_without_an_allocator_what_a_host_does() {
    let is_shared = |line: &&str| !["wit: ", "tables: ", "values: "].iter().any(|start| line.starts_with(start));
    let host = LINES.lines().filter(is_shared);
    let machine: Vec<&str> = MACHINE_LINES.lines().filter(is_shared).collect();
    let [traces, same @ .., size] = &machine[..] else { panic!("{machine:?}") };
    assert_eq!(same, host.collect::<Vec<_>>());
    assert_eq!(*traces, "10000 traces equal those of the reference code");
    let bytes = size.strip_prefix("machine: ").unwrap();
    assert!(
        ENVIRONMENTS.contains(&format!("has {bytes}.")),
        "docs/environments.md does not say that a machine has {bytes}"
    );
}
