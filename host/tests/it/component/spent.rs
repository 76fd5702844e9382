//! Fuel or depth of calls that is spent anywhere in a call: in the caller, in the callee, in its callback, in `realloc` or in
//! `post-return`. Who has spent it ends, and nobody waits.

use witwright_host::{Component, CoreEngine, EngineOptions, Error, Limits, Linker, Store};

use super::component;
use super::concurrent::{assert_idle, block_on};
use super::wrong_elements::{Last, World};
use super::wrong_values::{OWNER, RETURNER, call, receiver};

/// Calls each function of `RETURNER`, for more and more of a budget until it suffices.
fn spend<E: CoreEngine>(engine: &E, reason: &str, limits: impl Fn(u32) -> Limits, is_fuel: bool) {
    let [owner, returner] = [OWNER, RETURNER].map(|text| component(engine, text));
    for name in ["plain", "sync", "task", "later"] {
        let receiver = component(engine, &receiver(name, false, 16).replace("(unreachable)", "(i32.const 512)"));
        let components = [&owner, &returner, &receiver];
        let suffices = |budget: &u32| {
            let mut store = Store::with_limits(engine, (), limits(*budget));
            let outcome = errors_of_calls(&mut store, components, is_fuel.then_some((*budget).into()));
            let errors: Vec<String> = outcome.iter().map(Error::to_string).collect();
            let is_told = errors.iter().any(|error| error.contains(reason));
            assert!(errors.is_empty() || is_told, "{name}, {budget}: {errors:?}");
            errors.is_empty()
        };
        // An instance cannot be made at depth 0.
        let least = (1..10_000).find(suffices);
        assert!(least.is_some_and(|least| least > 1), "{name}: {least:?}");
    }
}

/// Calls the receiver, and lets the callee return. What has not ended can be called afterwards, and nothing goes on.
fn errors_of_calls<E: CoreEngine>(
    store: &mut Store<(), E>,
    components: [&Component<E>; 3],
    fuel: Option<u64>,
) -> Vec<Error> {
    let mut linker = Linker::new(store.engine());
    let [_, returner, receiver] = components.map(|component| {
        let instance = linker.instantiate(&mut *store, component).unwrap();
        linker.define_exports(&mut *store, instance).unwrap();
        instance
    });
    let [run, open] =
        [(receiver, "run"), (returner, "open")].map(|(of, name)| of.func(&mut *store, None, name).unwrap());
    store.set_fuel(fuel.unwrap_or(u64::MAX));
    let outcomes = block_on(store.run(async |access| {
        let run = run.call_concurrent::<_, _, (), ()>(&access, ());
        let opened = open.call_concurrent::<_, _, (), ()>(&access, ()).await;
        [run.await, opened]
    }));
    store.set_fuel(u64::MAX);
    let told = block_on(store.run_until(|_| false));
    let outcomes = outcomes.map_or_else(|error| vec![Err(error)], Vec::from);
    let errors: Vec<Error> = outcomes.into_iter().chain([told]).filter_map(Result::err).collect();
    let left = [(returner, "open"), (receiver, "run")].map(|(of, name)| call(store, of, name));
    let is_ended =
        |left: &Result<(), Error>| left.as_ref().is_err_and(|error| error.to_string().contains("cannot enter"));
    assert_eq!(errors.is_empty(), !left.iter().any(is_ended), "{errors:?}: {left:?}");
    drop(block_on(store.run_until(|_| false)));
    assert_idle(store);
    errors
}

fn fuel<E: CoreEngine>(engine: &E) {
    spend(engine, "fuel", |_| Limits::default(), true);
    for last in [Last::Writer, Last::Reader, Last::Forwarder] {
        let suffices = |fuel: &u64| {
            let mut world = World::new(engine, false);
            world.store.set_fuel(*fuel);
            let copied = world.copy(last, 1, 0).map(|_| ());
            world.store.set_fuel(u64::MAX);
            let told = block_on(world.store.run_until(|_| false));
            let is_spent =
                |outcome: &Result<(), Error>| outcome.as_ref().is_err_and(|error| error.to_string().contains("fuel"));
            let is_enough = copied.is_ok() && told.is_ok();
            assert!(is_enough || is_spent(&copied) || is_spent(&told), "{last:?}, {fuel}: {copied:?} {told:?}");
            let census = world.store.census();
            assert_eq!([census.tasks, census.threads], [0, 0], "{last:?}, {fuel}");
            is_enough
        };
        assert!((1..10_000).any(|fuel| suffices(&fuel)), "{last:?}");
    }
}

fn depth<E: CoreEngine>(engine: &E) {
    let limits = |depth| {
        let mut limits = Limits::default();
        limits.call_depth = depth;
        limits
    };
    spend(engine, "call stack exhausted", limits, false);
}

fn metered() -> EngineOptions {
    let mut options = EngineOptions::default();
    options.fuel = true;
    options
}

#[cfg(feature = "wasmi")]
#[test]
fn on_wasmi() {
    let engine = witwright_host::wasmi::Engine::new(metered());
    fuel(&engine);
    depth(&engine);
}

#[cfg(feature = "wasmtime")]
#[test]
fn on_wasmtime() {
    for stack_switching in [true, false] {
        let mut options = metered();
        options.stack_switching = stack_switching;
        let engine = witwright_host::wasmtime::Engine::new(options);
        fuel(&engine);
        depth(&engine);
    }
}
