//! Tests of the component layer: small components in the text format, run on every engine.

use witwright_host::{Component, CoreEngine, Error, Gate, Instance, Linker, Options, Store};

#[cfg(feature = "futures")]
mod adapters;
mod between;
mod buffers;
mod calls;
mod concurrency_limits;
mod concurrent;
mod dropped_calls;
mod dropped_ends;
mod dynamic;
mod ended_callers;
mod forwards;
mod gates;
mod held_up;
mod host_errors;
mod hostile;
mod imports;
mod in_flight;
mod limits;
mod linking;
mod misused_ends;
mod panics;
mod pre;
mod receivers;
mod reexports;
mod resources;
mod spent;
mod streams;
mod subtypes;
mod supplies;
mod tasks;
mod traces;
mod traps;
mod worlds;
mod wrong_elements;
mod wrong_values;

/// A core module with a memory, a `realloc` that never frees, and the functions given.
fn core_module(name: &str, functions: &str) -> String {
    format!(
        r#"(core module ${name}
            (memory (export "memory") 2)
            (global $next (mut i32) (i32.const 1024))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                (local $at i32)
                (local.set $at (i32.and
                    (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1)))
                    (i32.sub (i32.const 0) (local.get 2))))
                (memory.copy (local.get $at) (local.get 0) (local.get 1))
                (global.set $next (i32.add (local.get $at) (local.get 3)))
                (local.get $at))
            {functions})"#
    )
}

fn component<E: CoreEngine>(engine: &E, text: &str) -> Component<E> {
    let bytes = wat::parse_str(text).unwrap_or_else(|error| panic!("{error}"));
    Component::new(engine, &bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// A component that uses these unreleased features.
fn gated_component<E: CoreEngine>(engine: &E, gates: &[Gate], text: &str) -> Component<E> {
    let mut options = Options::default();
    options.gates.extend_from_slice(gates);
    Component::with_options(engine, &wat::parse_str(text).unwrap(), &options).unwrap()
}

/// An instance of a component that imports nothing.
fn instance<E: CoreEngine>(text: &str) -> (Store<(), E>, Instance) {
    let engine = E::default();
    let component = component(&engine, text);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    (store, instance)
}

/// The problems that linking a component reports.
fn link_error<E: CoreEngine>(linker: &Linker<(), E>, text: &str) -> String {
    let component = component(linker.engine(), text);
    match linker.instantiate_pre(&component) {
        Ok(_) => panic!("the component was linked"),
        Err(error) => error.to_string(),
    }
}

/// The message of an error.
fn message<V>(result: Result<V, Error>) -> String {
    match result {
        Ok(_) => panic!("no error"),
        Err(error) => error.to_string(),
    }
}
