//! Budgets of a store: native stack and depth of calls, fuel, memory, tables.

use witwright_host::core::{
    Blocking, CoreEngine, DomainId, Domains, Extern, Fault, FaultKind, Flow, FuncType, ValType,
};
use witwright_host::{AsContextMut, EngineOptions, Limits, Store, StoreContextMut};

use crate::engine_calls::func;
use crate::{module, on_every_engine};

on_every_engine!(
    a_chain_of_instances_in_one_domain_traps,
    a_chain_of_instances_with_a_domain_each_traps,
    a_chain_that_holds_much_stack_traps,
    a_chain_in_a_recursion_of_the_guest_traps,
    the_depth_limit_is_exact,
    memories_share_one_budget,
    tables_share_one_budget,
    instances_are_limited,
);

/// The stack of the threads that run the chains, in bytes.
const THREAD_BYTES: usize = 2 << 20;

/// A chain of instances: each calls the host, which calls the next one.
struct Chain<E: CoreEngine> {
    links: Vec<(DomainId, E::Func)>,
    /// The depth that the chain has reached.
    reached: u64,
}

/// The links of a chain, and their number: instances that call the host with a number.
fn chain<E: CoreEngine>(text: &str, size: usize, suspends: bool, limits: Limits) -> Store<Chain<E>, E> {
    let engine = E::default();
    let module = module(&engine, text);
    let mut store = Store::with_limits(&engine, Chain { links: Vec::new(), reached: 0 }, limits);
    let mut cx = store.as_context_mut();
    for _ in 0..size {
        let domain = cx.domain_for(suspends).unwrap();
        let ty = FuncType::new([ValType::I64], []);
        let next = cx.domain(domain).host_func(&ty, Blocking::Never, next_link::<E>).unwrap();
        let instance = cx.domain(domain).instantiate(&module, &[Extern::Func(next)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        cx.data_mut().links.push((domain, run));
    }
    store
}

const LINK: &str = r#"(module
    (import "h" "next" (func $next (param i64)))
    (func (export "run") (param i64) (call $next (local.get 0))))"#;

/// A host function that goes deeper into the chain, up to 100 000 links.
fn next_link<E: CoreEngine>(mut cx: StoreContextMut<'_, Chain<E>, E>, slots: &mut [u64]) -> Result<Flow, Fault> {
    let depth = slots[0] + 1;
    cx.data_mut().reached = depth;
    if depth < 100_000 {
        let links = &cx.data().links;
        let (domain, run) = links[depth as usize % links.len()];
        cx.domain(domain).call(run, &mut [depth])?;
    }
    Ok(Flow::Return)
}

/// Runs a chain on a thread with a small stack, and returns its depth when it trapped.
fn depth_of_trap<E: CoreEngine>(mut store: Store<Chain<E>, E>) -> u64 {
    let run = move || {
        let mut depths = Vec::new();
        for _ in 0..2 {
            let (domain, run) = store.data().links[0];
            let fault = store.as_context_mut().domain(domain).call(run, &mut [0]).unwrap_err();
            assert_eq!(fault.kind(), FaultKind::StackExhausted, "{fault} at {}", store.data().reached);
            assert!(fault.message().contains("call stack exhausted"), "{fault}");
            depths.push(store.data().reached);
        }
        // The store can be entered again, and its budgets are as before.
        assert_eq!(depths[0], depths[1]);
        depths[0]
    };
    std::thread::Builder::new().stack_size(THREAD_BYTES).spawn(run).unwrap().join().unwrap()
}

fn no_depth_limit() -> Limits {
    let mut limits = Limits::default();
    limits.call_depth = u32::MAX;
    limits
}

fn a_chain_of_instances_in_one_domain_traps<E: CoreEngine>() {
    for limits in [Limits::default(), no_depth_limit()] {
        let depth = depth_of_trap(chain::<E>(LINK, 3, false, limits));
        assert!((20..100_000).contains(&depth), "trapped at {depth}");
    }
}

fn a_chain_of_instances_with_a_domain_each_traps<E: CoreEngine>() {
    for limits in [Limits::default(), no_depth_limit()] {
        let depth = depth_of_trap(chain::<E>(LINK, 40, true, limits));
        assert!((20..100_000).contains(&depth), "trapped at {depth}");
    }
}

fn a_chain_that_holds_much_stack_traps<E: CoreEngine>() {
    let mut store = chain::<E>(LINK, 1, false, no_depth_limit());
    let mut cx = store.as_context_mut();
    let ty = FuncType::new([ValType::I64], []);
    let link = module(cx.engine(), LINK);
    for _ in 0..20 {
        let domain = cx.domain_for(true).unwrap();
        let next = cx.domain(domain).host_func(&ty, Blocking::Never, greedy_link::<E>).unwrap();
        let instance = cx.domain(domain).instantiate(&link, &[Extern::Func(next)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        cx.data_mut().links.push((domain, run));
    }
    cx.data_mut().links.remove(0);
    assert!(depth_of_trap(store) < 100_000);
}

/// A link whose host function uses much of the native stack.
fn greedy_link<E: CoreEngine>(cx: StoreContextMut<'_, Chain<E>, E>, slots: &mut [u64]) -> Result<Flow, Fault> {
    let mut frame = [slots[0]; 8 << 10];
    core::hint::black_box(&mut frame);
    let flow = next_link(cx, slots);
    core::hint::black_box(&frame);
    flow
}

fn a_chain_in_a_recursion_of_the_guest_traps<E: CoreEngine>() {
    let text = r#"(module
        (import "h" "next" (func $next (param i64)))
        (func $run (export "run") (param i64) (call $deep (local.get 0) (i32.const 300)))
        (func $deep (param i64 i32)
            (if (local.get 1)
                (then (call $deep (local.get 0) (i32.sub (local.get 1) (i32.const 1))))
                (else (call $next (local.get 0))))))"#;
    for suspends in [false, true] {
        let depth = depth_of_trap(chain::<E>(text, 20, suspends, no_depth_limit()));
        assert!((5..100_000).contains(&depth), "trapped at {depth}");
    }
}

fn the_depth_limit_is_exact<E: CoreEngine>() {
    let mut limits = Limits::default();
    for depth in [1, 2, 10] {
        limits.call_depth = depth;
        let reached = depth_of_trap(chain::<E>(LINK, 3, false, limits));
        assert_eq!(reached, u64::from(depth));
    }
}

const GROW: &str = r#"(module
    (memory (export "memory") 1 100)
    (table (export "table") 5 funcref)
    (func (export "memory-grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "table-grow") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))"#;

/// The answers to growths of a memory or table in two domains. A growth is the number of a domain and an amount.
fn grow<E: CoreEngine>(limits: Limits, name: &str, growths: &[(usize, u64)]) -> Vec<i32> {
    let engine = E::default();
    let mut store = Store::with_limits(&engine, (), limits);
    let mut cx = store.as_context_mut();
    let module = module(&engine, GROW);
    let mut instances = Vec::new();
    for _ in 0..2 {
        let domain = cx.domain_for(true).unwrap();
        let instance = cx.domain(domain).instantiate(&module, &[]).unwrap();
        instances.push((domain, func(&mut cx, domain, instance, name)));
    }
    let answer = |&(at, by): &(usize, u64)| {
        let (domain, grow) = instances[at];
        let mut slots = [by];
        cx.domain(domain).call(grow, &mut slots).unwrap();
        (slots[0] as u32).cast_signed()
    };
    growths.iter().map(answer).collect()
}

fn memories_share_one_budget<E: CoreEngine>() {
    let mut limits = Limits::default();
    limits.memory_bytes = 10 << 16;
    // Each starts with one page; the first growth beyond a memory's own maximum costs nothing.
    let growths = [(0, 1000), (0, 4), (1, 5), (1, 4), (0, 1), (0, 0)];
    assert_eq!(grow::<E>(limits, "memory-grow", &growths), [-1, 1, -1, 1, -1, 5]);

    limits.memory_bytes = (1 << 16) - 1;
    let engine = E::default();
    let mut store = Store::with_limits(&engine, (), limits);
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let fault = cx.domain(domain).instantiate(&module(&engine, GROW), &[]).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::Limit);
}

fn tables_share_one_budget<E: CoreEngine>() {
    let mut limits = Limits::default();
    limits.table_elements = 20;
    assert_eq!(grow::<E>(limits, "table-grow", &[(0, 4), (1, 7), (1, 6), (0, 1)]), [5, -1, 5, -1]);
}

fn instances_are_limited<E: CoreEngine>() {
    let engine = E::default();
    let mut limits = Limits::default();
    limits.core_instances = 3;
    let mut store = Store::with_limits(&engine, (), limits);
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let empty = module(&engine, "(module)");
    for _ in 0..3 {
        cx.domain(domain).instantiate(&empty, &[]).unwrap();
    }
    assert_eq!(cx.domain(domain).instantiate(&empty, &[]).unwrap_err().kind(), FaultKind::Limit);
}

/// A guest that calls the host, and then loops a given number of times.
const LOOP: &str = r#"(module
    (import "h" "f" (func $f))
    (func (export "run") (param $left i32)
        (call $f)
        (loop $again
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $again (local.get $left)))))"#;

/// Two domains, of which one calls the other, use the fuel of their store.
fn fuel_is_one_budget<E: CoreEngine>(engine: &E) {
    let mut limits = Limits::default();
    limits.fuel = Some(100_000);
    let mut store = Store::with_limits(engine, None, limits);
    let mut cx = store.as_context_mut();
    let module = module(engine, LOOP);
    let ty = FuncType::new([], []);
    let [inner, outer] = [0, 1].map(|level| {
        let domain = cx.domain_for(true).unwrap();
        let host = cx
            .domain(domain)
            .host_func(&ty, Blocking::Never, move |mut cx: StoreContextMut<'_, Option<(DomainId, E::Func)>, E>, _| {
                if let (1, Some((domain, run))) = (level, *cx.data()) {
                    cx.domain(domain).call(run, &mut [1000])?;
                }
                Ok(Flow::Return)
            })
            .unwrap();
        let instance = cx.domain(domain).instantiate(&module, &[Extern::Func(host)]).unwrap();
        (domain, func(&mut cx, domain, instance, "run"))
    });
    *cx.data_mut() = Some(inner);

    let mut used = |(domain, run): (DomainId, E::Func), count: u64| {
        let before = store.fuel();
        store.as_context_mut().domain(domain).call(run, &mut [count]).map(|()| before - store.fuel())
    };
    // An engine may count the translation of a function as fuel of its first call.
    used(inner, 1).unwrap();
    used(outer, 1).unwrap();
    let alone = used(inner, 1000).unwrap();
    assert!(alone >= 1000);
    let both = used(outer, 1000).unwrap();
    assert!((2 * alone..2 * alone + 100).contains(&both), "{alone} alone, {both} together");
    let fault = used(outer, 1_000_000).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::OutOfFuel);
    store.set_fuel(10_000);
    assert!(store.as_context_mut().domain(inner.0).call(inner.1, &mut [10]).is_ok());
}

fn metered() -> EngineOptions {
    let mut options = EngineOptions::default();
    options.fuel = true;
    options
}

#[cfg(feature = "wasmi")]
#[test]
fn fuel_is_one_budget_on_wasmi() {
    fuel_is_one_budget(&witwright_host::wasmi::Engine::new(metered()));
}

#[cfg(feature = "wasmtime")]
#[test]
fn fuel_is_one_budget_on_wasmtime() {
    fuel_is_one_budget(&witwright_host::wasmtime::Engine::new(metered()));
}
