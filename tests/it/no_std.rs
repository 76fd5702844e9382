//! The crates that promise to do without std link without it, and work: modules for wasm32v1-none, run by a core engine.

use wasmtime::{Engine, Instance, Module, Store, WasmParams};
use witwright_tests::guests;

fn call<P: WasmParams>(package: &str, name: &str, params: P) -> u32 {
    let engine = Engine::default();
    let module = Module::from_file(&engine, guests::build_no_std(package)).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let func = instance.get_typed_func::<P, u32>(&mut store, name).unwrap();
    func.call(&mut store, params).unwrap()
}

#[test]
fn the_core_layer_needs_no_allocator() {
    assert_eq!(call("no-std-core", "record_size", ()), 24);
    assert_eq!(call("no-std-core", "record_flat_len", ()), 4);
    assert_eq!(call("no-std-core", "sum", (2, 40)), 42);
    assert_eq!(call("no-std-core", "handles", ()), 12019);
    assert_eq!(call("no-std-core", "transfer", ()), 22 * 7);
}

#[test]
fn the_resolver_needs_no_std() {
    assert_eq!(call("no-std-alloc", "interfaces", ()), 2);
    assert_eq!(call("no-std-alloc", "mistakes", ()), 2);
}
