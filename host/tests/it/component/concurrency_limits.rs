//! The limits of concurrency: a guest that reaches one traps with its name, and leaves all of it to the other instances.

use witwright_host::{AsContextMut as _, ConcurrencyLimits, CoreEngine, ErrorContext, Gate, Linker, Store};

use super::concurrent::{assert_idle, block_on};
use super::gated_component;
use crate::on_every_engine;

on_every_engine! {
    each_is_reached, a_call_of_the_host_is_refused, handles_lent_at_one_time, instances, messages_of_error_contexts_are_cut,
}

/// Each function makes so many things of one kind, and keeps them.
const HOARDER: &str = r#"(component
    (type $s (stream u8))
    (core module $libc (memory (export "memory") 1) (table (export "table") 2 funcref) (type $f (func (result i32)))
        (func (export "forever") (result i32) (call_indirect (type $f) (i32.const 0))))
    (core instance $libc (instantiate $libc))
    (core type $start (func (param i32)))
    (core func $set (canon waitable-set.new))
    (core func $stream (canon stream.new $s))
    (core func $context (canon error-context.new (memory (core memory $libc "memory"))))
    (core func $thread (canon thread.new-indirect $start (core table $libc "table")))
    (core func $cancel (canon task.cancel))
    (core module $callback
        (import "" "cancel" (func $cancel))
        (func (export "callback") (param i32 i32 i32) (result i32) (call $cancel) (i32.const 0)))
    (core instance $callback (instantiate $callback (with "" (instance (export "cancel" (func $cancel))))))
    (func $forever async
        (canon lift (core func $libc "forever") async (callback (core func $callback "callback"))))
    (core func $call (canon lower (func $forever) async (memory (core memory $libc "memory"))))
    (core module $m
        (import "" "table" (table 2 funcref))
        (import "" "set" (func $set (result i32)))
        (import "" "stream" (func $stream (result i64)))
        (import "" "context" (func $context (param i32 i32) (result i32)))
        (import "" "thread" (func $thread (param i32 i32) (result i32)))
        (import "" "call" (func $call (result i32)))
        (elem (i32.const 0) $wait $begin)
        (global $kept (mut i32) (i32.const 0))
        (func $wait (result i32)
            (if (i32.eqz (global.get $kept)) (then (global.set $kept (call $set))))
            (i32.or (i32.const 2) (i32.shl (global.get $kept) (i32.const 4))))
        (func $begin (param i32))
        (func (export "waitable sets") (param i32)
            (loop $more (drop (call $set)) (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (func (export "waitables") (param i32)
            (loop $more (drop (call $stream)) (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (func (export "error contexts") (param i32)
            (loop $more
                (drop (call $context (i32.const 0) (i32.const 0)))
                (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (func (export "threads") (param i32)
            (loop $more
                (drop (call $thread (i32.const 1) (i32.const 0)))
                (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (func (export "tasks") (param i32)
            (loop $more (drop (call $call)) (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
    (core instance $i (instantiate $m (with "" (instance
        (export "table" (table $libc "table")) (export "set" (func $set)) (export "stream" (func $stream))
        (export "context" (func $context)) (export "thread" (func $thread)) (export "call" (func $call))))))
    (func (export "sets") (param "n" u32) (canon lift (core func $i "waitable sets")))
    (func (export "streams") (param "n" u32) (canon lift (core func $i "waitables")))
    (func (export "contexts") (param "n" u32) (canon lift (core func $i "error contexts")))
    (func (export "threads") async (param "n" u32) (canon lift (core func $i "threads")))
    (func (export "calls") (param "n" u32) (canon lift (core func $i "tasks")))
    (func (export "wait") async
        (canon lift (core func $libc "forever") async (callback (core func $callback "callback")))))"#;

const LIMIT: u32 = 20;

fn limits() -> ConcurrencyLimits {
    let mut limits = ConcurrencyLimits::default();
    (limits.tasks, limits.threads, limits.waitables) = (LIMIT, LIMIT, 2 * LIMIT);
    (limits.waitable_sets, limits.error_contexts) = (LIMIT, LIMIT);
    limits
}

fn each_is_reached<E: CoreEngine>() {
    let engine = E::default();
    let hoarder = gated_component(&engine, &[Gate::ErrorContext, Gate::Threading], HOARDER);
    let mut store = Store::new(&engine, ());
    store.as_context_mut().set_concurrency_limits(limits());
    let kinds = [("sets", "waitable sets"), ("streams", "waitables"), ("contexts", "error contexts")];
    for (name, kind) in kinds.into_iter().chain([("threads", "threads"), ("calls", "tasks")]) {
        // What the one before had is free again.
        for count in [5, LIMIT + 1] {
            let instance = Linker::new(&engine).instantiate(&mut store, &hoarder).unwrap();
            let func = instance.func(&mut store, None, name).unwrap();
            let outcome = func.call_typed::<(u32,), ()>(&mut store, &(count,));
            if count > LIMIT {
                let error = outcome.unwrap_err().to_string();
                assert!(error.contains(&format!("the host's limit of {kind} is reached")), "{name}: {error}");
            } else {
                outcome.unwrap();
                func.call_typed::<(u32,), ()>(&mut store, &(LIMIT,)).unwrap_err();
            }
            assert_idle(&store);
        }
    }
}

/// A call that the host makes is refused: its instance is as before.
fn a_call_of_the_host_is_refused<E: CoreEngine>() {
    let engine = E::default();
    let hoarder = gated_component(&engine, &[Gate::ErrorContext, Gate::Threading], HOARDER);
    let mut store = Store::new(&engine, ());
    store.as_context_mut().set_concurrency_limits(limits());
    let instance = Linker::new(&engine).instantiate(&mut store, &hoarder).unwrap();
    let wait = instance.func(&mut store, None, "wait").unwrap();
    for _ in 0..3 {
        let outcome = block_on(store.run(async |access| {
            let calls: Vec<_> = (0..LIMIT).map(|_| wait.call_concurrent::<_, _, _, ()>(&access, ())).collect();
            let outcome = wait.call_concurrent::<_, _, _, ()>(&access, ()).await;
            drop(calls);
            outcome
        }));
        let error = outcome.unwrap().unwrap_err().to_string();
        assert!(error.contains("the host's limit of tasks is reached"), "{error}");
        let _ = store.run_ready();
    }
}

/// Calls that wait to enter have lent nothing; those that have entered lend until they return.
fn handles_lent_at_one_time<E: CoreEngine>() {
    let engine = E::default();
    let text = r#"(component
        (component $definer
            (type $r' (resource (rep i32)))
            (export $r "r" (type $r'))
            (core func $new (canon resource.new $r'))
            (func (export "new") (param "rep" u32) (result (own $r)) (canon lift (core func $new)))
            (core module $m
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
                (func (export "lent") (param i32 i32)))
            (core instance $i (instantiate $m))
            (func (export "lent") (param "r" (list (borrow $r)))
                (canon lift (core func $i "lent") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
        (instance $d (instantiate $definer))
        (alias export $d "r" (type $r))
        (alias export $d "new" (func $new))
        (alias export $d "lent" (func $lent))
        (core module $memory (memory (export "memory") 1))
        (core instance $memory (instantiate $memory))
        (core func $new' (canon lower (func $new)))
        (core func $lent' (canon lower (func $lent) (memory (core memory $memory "memory"))))
        (core func $drop (canon resource.drop $r))
        (core module $m
            (import "" "memory" (memory 1))
            (import "" "new" (func $new (param i32) (result i32)))
            (import "" "lent" (func $lent (param i32 i32)))
            (import "" "drop" (func $drop (param i32)))
            ;; Lends one handle this many times.
            (func (export "lend") (param $n i32) (local $i i32) (local $r i32)
                (local.set $r (call $new (i32.const 1)))
                (loop $more
                    (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $r))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br_if $more (i32.lt_u (local.get $i) (local.get $n))))
                (call $lent (i32.const 0) (local.get $n))
                (call $drop (local.get $r))))
        (core instance $i (instantiate $m (with "" (instance
            (export "memory" (memory $memory "memory"))
            (export "new" (func $new')) (export "lent" (func $lent')) (export "drop" (func $drop))))))
        (func (export "lend") (param "n" u32) (canon lift (core func $i "lend"))))"#;
    let component = super::component(&engine, text);
    let mut store = Store::new(&engine, ());
    let mut limits = ConcurrencyLimits::default();
    limits.lends = LIMIT;
    store.as_context_mut().set_concurrency_limits(limits);
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    let lend = instance.func(&mut store, None, "lend").unwrap();
    for _ in 0..2 {
        lend.call_typed::<(u32,), ()>(&mut store, &(LIMIT,)).unwrap();
        assert_eq!(store.census().lends, 0);
    }
    let error = lend.call_typed::<(u32,), ()>(&mut store, &(LIMIT + 1,)).unwrap_err().to_string();
    assert!(error.contains("the host's limit of lent handles is reached"), "{error}");
    assert_eq!(store.census().lends, 0);
}

/// The instances of the store's components, and those that stand for the host in its calls.
fn instances<E: CoreEngine>() {
    let engine = E::default();
    let component = super::component(&engine, "(component (component $a) (instance (instantiate $a)))");
    let mut store = Store::new(&engine, ());
    let mut limits = ConcurrencyLimits::default();
    limits.instances = 5;
    store.as_context_mut().set_concurrency_limits(limits);
    let linker = Linker::new(&engine);
    for _ in 0..2 {
        linker.instantiate(&mut store, &component).unwrap();
    }
    for _ in 0..2 {
        let error = linker.instantiate(&mut store, &component).unwrap_err().to_string();
        assert!(error.contains("the host's limit of component instances is reached"), "{error}");
    }
}

/// A guest may have very many, each of a message of the largest size.
fn messages_of_error_contexts_are_cut<E: CoreEngine>() {
    let engine = E::default();
    let text = format!(
        r#"(component
            (core module $libc (memory (export "memory") 1) (data (i32.const 0) "a{}"))
            (core instance $libc (instantiate $libc))
            (core func $new (canon error-context.new (memory (core memory $libc "memory"))))
            (core module $m (import "" "new" (func $new (param i32 i32) (result i32)))
                (func (export "f") (result i32) (call $new (i32.const 0) (i32.const 20001))))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
            (func (export "f") (result error-context) (canon lift (core func $i "f"))))"#,
        "é".repeat(10_000)
    );
    let component = gated_component(&engine, &[Gate::ErrorContext], &text);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    let f = instance.func(&mut store, None, "f").unwrap();
    let context: ErrorContext = f.call_typed(&mut store, &()).unwrap();
    assert_eq!(context.debug_message(&mut store).unwrap().len(), 4095);
}
