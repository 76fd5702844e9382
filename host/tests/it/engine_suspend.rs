//! Suspension: stacks of guests block in an import, and are resumed in any order.

use witwright_host::core::{
    Blocking, CoreEngine, DomainId, Domains, Extern, Fault, FaultKind, Flow, FuncType, Progress, Suspension, ValType,
};
use witwright_host::{AsContextMut, Store, StoreContextMut};

use crate::engine_calls::func;
use crate::{module, on_every_way_to_suspend};

on_every_way_to_suspend!(
    two_instances_with_a_domain_each,
    a_stack_blocks_again_and_again,
    results_and_answers_of_every_type,
    a_call_cannot_block,
    a_start_function_cannot_block,
    what_never_blocks_must_not,
    a_memory_is_seen_while_its_guest_is_suspended,
    a_suspended_instance_is_entered,
    one_stack_calls_another_and_keeps_it,
    a_cancelled_stack_is_gone,
    a_stack_that_is_entered_through_stays,
    a_store_is_dropped_with_its_stacks,
    a_suspended_stack_moves_to_another_thread,
    a_fault_after_resuming,
);

/// A guest that adds its parameter to the answer of the host.
const WAITER: &str = r#"(module
    (import "h" "wait" (func $wait (param i32) (result i32)))
    (memory (export "memory") 1)
    (func (export "run") (param i32) (result i32)
        (i32.store (i32.const 8) (local.get 0))
        (i32.add (call $wait (local.get 0)) (i32.load (i32.const 8))))
    (func (export "twice") (param i32) (result i32)
        (i32.mul (call $wait (local.get 0)) (call $wait (i32.const 1))))
    (func (export "trap") (param i32) (result i32) (drop (call $wait (local.get 0))) unreachable)
    (func (export "peek") (param i32) (result i32) (i32.load (i32.const 8))))"#;

/// An instance of [`WAITER`], in a domain for instances that can suspend.
struct Waiter<E: CoreEngine> {
    domain: DomainId,
    instance: E::Instance,
}

impl<E: CoreEngine> Waiter<E> {
    fn new<T: 'static>(cx: &mut StoreContextMut<'_, T, E>) -> Self {
        let domain = cx.domain_for(true).unwrap();
        let ty = FuncType::new([ValType::I32], [ValType::I32]);
        let wait = cx.domain(domain).host_func(&ty, Blocking::May, |_, _| Ok(Flow::Block)).unwrap();
        let waiter = module(cx.engine(), WAITER);
        let instance = cx.domain(domain).instantiate(&waiter, &[Extern::Func(wait)]).unwrap();
        Self { domain, instance }
    }

    fn start<T: 'static>(&self, cx: &mut StoreContextMut<'_, T, E>, name: &str, param: u64) -> Suspension {
        let run = func(cx, self.domain, self.instance, name);
        let progress = cx.domain(self.domain).start(run, &mut [param]).unwrap();
        suspended(progress)
    }
}

fn suspended(progress: Progress<Suspension>) -> Suspension {
    match progress {
        Progress::Suspended(suspension) => suspension,
        Progress::Returned => panic!("the guest did not block"),
    }
}

/// Resumes a stack with an answer, to its end.
fn finish<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, stack: Suspension, answer: u64) -> u64 {
    let mut slots = [0];
    let progress = cx.resume(stack, &[answer], &mut slots).unwrap();
    assert_eq!(progress, Progress::Returned);
    slots[0]
}

fn two_instances_with_a_domain_each<E: CoreEngine>(engine: E) {
    for swapped in [false, true] {
        let mut store = Store::new(&engine, ());
        let mut cx = store.as_context_mut();
        let [first, second] = [Waiter::new(&mut cx), Waiter::new(&mut cx)];
        assert_eq!(first.domain != second.domain, engine.domain_per_suspender());
        let first = first.start(&mut cx, "run", 10);
        let second = second.start(&mut cx, "run", 20);
        if swapped {
            assert_eq!(finish(&mut cx, second, 2), 22);
            assert_eq!(finish(&mut cx, first, 1), 11);
        } else {
            assert_eq!(finish(&mut cx, first, 1), 11);
            assert_eq!(finish(&mut cx, second, 2), 22);
        }
    }
}

fn a_stack_blocks_again_and_again<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let waiter = Waiter::new(&mut cx);
    for round in 0..3 {
        let stack = waiter.start(&mut cx, "twice", 0);
        let progress = cx.resume(stack, &[6 + round], &mut [0]).unwrap();
        assert_eq!(finish(&mut cx, suspended(progress), 7), (6 + round) * 7);
    }
}

fn results_and_answers_of_every_type<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(true).unwrap();
    let all = [ValType::I64, ValType::F32, ValType::F64, ValType::I32];
    let wait = cx.domain(domain).host_func(&FuncType::new([], all), Blocking::May, |_, _| Ok(Flow::Block)).unwrap();
    let text = r#"(module (import "h" "wait" (func $wait (result i64 f32 f64 i32)))
        (func (export "run") (result i64 f32 f64 i32) (call $wait)))"#;
    let instance = cx.domain(domain).instantiate(&module(&engine, text), &[Extern::Func(wait)]).unwrap();
    let run = func(&mut cx, domain, instance, "run");
    let stack = suspended(cx.domain(domain).start(run, &mut []).unwrap());
    let answer = [u64::MAX, u64::from(1.5_f32.to_bits()), (-2.5_f64).to_bits(), 7];
    let mut slots = [0; 4];
    assert_eq!(cx.resume(stack, &answer, &mut slots).unwrap(), Progress::Returned);
    assert_eq!(slots, answer);
}

fn a_call_cannot_block<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let waiter = Waiter::new(&mut cx);
    let run = func(&mut cx, waiter.domain, waiter.instance, "run");
    let fault = cx.domain(waiter.domain).call(run, &mut [1]).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::CannotBlock);
    // The call has left nothing in the store.
    let stack = waiter.start(&mut cx, "run", 5);
    assert_eq!(finish(&mut cx, stack, 1), 6);
}

fn a_start_function_cannot_block<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(true).unwrap();
    let wait = cx.domain(domain).host_func(&FuncType::new([], []), Blocking::May, |_, _| Ok(Flow::Block)).unwrap();
    let text = r#"(module (import "h" "wait" (func $wait)) (start $wait))"#;
    let fault = cx.domain(domain).instantiate(&module(&engine, text), &[Extern::Func(wait)]).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::CannotBlock);
}

fn what_never_blocks_must_not<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(true).unwrap();
    let wait = cx.domain(domain).host_func(&FuncType::new([], []), Blocking::Never, |_, _| Ok(Flow::Block)).unwrap();
    let text = r#"(module (import "h" "wait" (func $wait)) (func (export "run") (call $wait)))"#;
    let instance = cx.domain(domain).instantiate(&module(&engine, text), &[Extern::Func(wait)]).unwrap();
    let run = func(&mut cx, domain, instance, "run");
    assert_eq!(cx.domain(domain).start(run, &mut []).unwrap_err().kind(), FaultKind::Misuse);
    assert_eq!(cx.domain(domain).call(run, &mut []).unwrap_err().kind(), FaultKind::Misuse);
}

fn a_memory_is_seen_while_its_guest_is_suspended<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let waiter = Waiter::new(&mut cx);
    let Some(Extern::Memory(memory)) = cx.domain(waiter.domain).export(waiter.instance, "memory") else {
        panic!("no memory is exported");
    };
    let stack = waiter.start(&mut cx, "run", 5);
    let bytes = cx.domain(waiter.domain).memory(memory);
    assert_eq!(bytes[8], 5);
    bytes[8] = 70;
    assert_eq!(finish(&mut cx, stack, 7), 77);
}

fn a_suspended_instance_is_entered<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let waiter = Waiter::new(&mut cx);
    let stack = waiter.start(&mut cx, "run", 5);
    let peek = func(&mut cx, waiter.domain, waiter.instance, "peek");
    let mut slots = [0];
    cx.domain(waiter.domain).call(peek, &mut slots).unwrap();
    assert_eq!(slots, [5]);
    assert_eq!(cx.domain(waiter.domain).start(peek, &mut slots).unwrap(), Progress::Returned);
    let run = func(&mut cx, waiter.domain, waiter.instance, "run");
    assert_eq!(cx.domain(waiter.domain).call(run, &mut [6]).unwrap_err().kind(), FaultKind::CannotBlock);
    assert_eq!(finish(&mut cx, stack, 1), 7);
}

/// The state of the nested test: the guest to start, and the stack that waits.
struct Nested<E: CoreEngine> {
    inner: Option<(DomainId, E::Func)>,
    waiting: Option<Suspension>,
}

/// A host function starts another guest, keeps its suspended stack, and blocks its own caller.
fn one_stack_calls_another_and_keeps_it<E: CoreEngine>(engine: E) {
    fn start_inner<E: CoreEngine>(mut cx: StoreContextMut<'_, Nested<E>, E>, slots: &mut [u64]) -> Result<Flow, Fault> {
        let (domain, run) = cx.data().inner.expect("the inner guest is known");
        let progress = cx.domain(domain).start(run, &mut [slots[0] + 1])?;
        cx.data_mut().waiting = Some(suspended(progress));
        Ok(Flow::Block)
    }

    for inner_first in [true, false] {
        let mut store = Store::new(&engine, Nested { inner: None, waiting: None });
        let mut cx = store.as_context_mut();
        let inner = Waiter::new(&mut cx);
        let run = func(&mut cx, inner.domain, inner.instance, "run");
        cx.data_mut().inner = Some((inner.domain, run));

        let domain = cx.domain_for(true).unwrap();
        let ty = FuncType::new([ValType::I32], [ValType::I32]);
        let start = cx.domain(domain).host_func(&ty, Blocking::May, start_inner::<E>).unwrap();
        let instance = cx.domain(domain).instantiate(&module(&engine, WAITER), &[Extern::Func(start)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        let outer_stack = suspended(cx.domain(domain).start(run, &mut [100]).unwrap());
        let inner_stack = cx.data_mut().waiting.take().expect("the inner guest waits");
        let (inner_result, outer_result);
        if inner_first {
            inner_result = finish(&mut cx, inner_stack, 1);
            outer_result = finish(&mut cx, outer_stack, 2);
        } else {
            outer_result = finish(&mut cx, outer_stack, 2);
            inner_result = finish(&mut cx, inner_stack, 1);
        }
        assert_eq!((inner_result, outer_result), (102, 102));
    }
}

fn a_cancelled_stack_is_gone<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let waiter = Waiter::new(&mut cx);
    for _ in 0..3 {
        let stack = waiter.start(&mut cx, "run", 5);
        cx.cancel(stack).unwrap();
    }
    let stack = waiter.start(&mut cx, "run", 6);
    assert_eq!(finish(&mut cx, stack, 1), 7);
}

/// A guest blocks. Its instance is entered again, and calls a host function that tries to drop and to resume the waiting
/// stack.
fn a_stack_that_is_entered_through_stays<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, None::<Suspension>);
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(true).unwrap();
    let ty = FuncType::new([], []);
    let wait = cx.domain(domain).host_func(&ty, Blocking::May, |_, _| Ok(Flow::Block)).unwrap();
    let domain_per_suspender = engine.domain_per_suspender();
    let meddle = move |mut cx: StoreContextMut<'_, Option<Suspension>, E>, _: &mut [u64]| {
        let stack = cx.data_mut().take().expect("a stack waits");
        match cx.cancel(stack) {
            Ok(()) => assert!(!domain_per_suspender),
            Err(stack) => assert_eq!(cx.resume(stack, &[], &mut []).unwrap_err().kind(), FaultKind::Misuse),
        }
        Ok(Flow::Return)
    };
    let meddle = cx.domain(domain).host_func(&ty, Blocking::Never, meddle).unwrap();
    let text = r#"(module (import "h" "wait" (func $wait)) (import "h" "meddle" (func $meddle))
        (func (export "run") (call $wait)) (func (export "enter") (call $meddle)))"#;
    let imports = [Extern::Func(wait), Extern::Func(meddle)];
    let instance = cx.domain(domain).instantiate(&module(&engine, text), &imports).unwrap();
    let [run, enter] = ["run", "enter"].map(|name| func(&mut cx, domain, instance, name));
    let stack = suspended(cx.domain(domain).start(run, &mut []).unwrap());
    *cx.data_mut() = Some(stack);
    cx.domain(domain).call(enter, &mut []).unwrap();
}

fn a_store_is_dropped_with_its_stacks<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    for _ in 0..3 {
        let waiter = Waiter::new(&mut cx);
        let _forgotten = waiter.start(&mut cx, "run", 5);
    }
    drop(store);
}

fn a_suspended_stack_moves_to_another_thread<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let waiter = Waiter::new(&mut store.as_context_mut());
    let stack = waiter.start(&mut store.as_context_mut(), "run", 5);
    let resumed = std::thread::spawn(move || finish(&mut store.as_context_mut(), stack, 1));
    assert_eq!(resumed.join().unwrap(), 6);
}

fn a_fault_after_resuming<E: CoreEngine>(engine: E) {
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let waiter = Waiter::new(&mut cx);
    let stack = waiter.start(&mut cx, "trap", 5);
    let fault = cx.resume(stack, &[0], &mut [0]).unwrap_err();
    assert_eq!(fault.message(), "unreachable");
    let stack = waiter.start(&mut cx, "run", 5);
    assert_eq!(cx.resume(stack, &[], &mut [0]).unwrap_err().kind(), FaultKind::Misuse);
}

/// Three stacks of one instance, resumed out of order.
#[cfg(feature = "wasmi")]
#[test]
fn three_stacks_of_one_instance_on_wasmi() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for order in orders {
        let engine = witwright_host::wasmi::Engine::default();
        let mut store = Store::new(&engine, ());
        let mut cx = store.as_context_mut();
        let waiter = Waiter::new(&mut cx);
        let mut stacks = [10, 20, 30].map(|param| Some(waiter.start(&mut cx, "twice", param)));
        for at in order {
            let stack = stacks[at].take().unwrap();
            let progress = cx.resume(stack, &[at as u64 + 1], &mut [0]).unwrap();
            stacks[at] = Some(suspended(progress));
        }
        for at in order {
            let stack = stacks[at].take().unwrap();
            assert_eq!(finish(&mut cx, stack, 5), (at as u64 + 1) * 5);
        }
    }
}
