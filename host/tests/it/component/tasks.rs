//! Functions lifted and lowered `async` that return without waiting, and the built-ins that they use.

use witwright_host::{AsContextMut, Component, CoreEngine, Gate, Linker, Options, Store, Val};

use super::concurrent::{assert_idle, block_on};
use super::{component, instance, message};
use crate::on_every_engine;

on_every_engine! {
    a_task_returns_what_task_return_is_given, a_task_must_return_once, a_callback_goes_on_after_a_yield,
    a_task_that_traps_after_it_has_returned_leaves_nothing, a_trap_after_the_return_ends_no_other_call,
    a_sync_call_has_a_context_of_its_own, host_functions_lowered_async_return_at_once, backpressure_does_not_wrap,
}

/// A component with a function `f` of this body, lifted `async` with a callback that traps.
fn task(body: &str) -> String {
    task_with_callback(body, "(unreachable)")
}

fn task_with_callback(body: &str, callback: &str) -> String {
    format!(
        r#"(component
            (core module $memory (memory (export "memory") 1) (data (i32.const 8) "text"))
            (core instance $memory (instantiate $memory))
            (core func $return (canon task.return (result string) (memory (core memory $memory "memory"))))
            (core module $m
                (import "" "return" (func $return (param i32 i32)))
                (func (export "f") (result i32) {body})
                (func (export "callback") (param i32 i32 i32) (result i32) {callback}))
            (core instance $i (instantiate $m (with "" (instance (export "return" (func $return))))))
            (func (export "f") async (result string) (canon lift (core func $i "f") async
                (memory (core memory $memory "memory")) (callback (core func $i "callback")))))"#
    )
}

fn called<E: CoreEngine>(body: &str) -> Result<Option<Val>, witwright_host::Error> {
    let (mut store, instance) = instance::<E>(&task(body));
    instance.func(&mut store, None, "f").unwrap().call(&mut store, &[])
}

const RETURN: &str = "(call $return (i32.const 8) (i32.const 4))";

fn a_task_returns_what_task_return_is_given<E: CoreEngine>() {
    let result = called::<E>(&format!("{RETURN} (i32.const 0)")).unwrap();
    assert_eq!(result, Some(Val::String("text".into())));
    let (mut store, instance) = instance::<E>(&task(&format!("{RETURN} (i32.const 0)")));
    let f = instance.func(&mut store, None, "f").unwrap();
    assert_eq!(f.call_typed::<(), String>(&mut store, &()).unwrap(), "text");
}

fn a_task_must_return_once<E: CoreEngine>() {
    assert!(message(called::<E>("(i32.const 0)")).contains("failed to produce a result"));
    assert!(message(called::<E>(&format!("{RETURN} {RETURN} (i32.const 0)"))).contains("already resolved"));
    assert!(message(called::<E>(&format!("{RETURN} (i32.const 7)"))).contains("unsupported callback code"));
}

fn a_task_that_traps_after_it_has_returned_leaves_nothing<E: CoreEngine>() {
    let (mut store, instance) = self::instance::<E>(&task(&format!("{RETURN} (unreachable)")));
    let f = instance.func(&mut store, None, "f").unwrap();
    let error = message(f.call(&mut store, &[]));
    assert!(error.contains("unreachable"), "{error}");
    assert_idle(&store);
    // The callback traps after a yield: the call has its result, and the next run of the store returns the trap.
    let (mut store, instance) = self::instance::<E>(&task(&format!("{RETURN} (i32.const 1)")));
    let f = instance.func(&mut store, None, "f").unwrap();
    assert_eq!(f.call(&mut store, &[]).unwrap(), Some(Val::String("text".into())));
    let error = message(store.run_ready());
    assert!(error.contains("unreachable"), "{error}");
    assert_idle(&store);
}

/// The second call is the machine's subtask in the place of the first, which has returned.
fn a_trap_after_the_return_ends_no_other_call<E: CoreEngine>() {
    let (mut store, traps) = self::instance::<E>(&task(&format!("{RETURN} (i32.const 1)")));
    let other = task_with_callback("(i32.const 1)", &format!("{RETURN} (i32.const 0)"));
    let other = component(store.as_context_mut().engine(), &other);
    let other = Linker::new(other.engine()).instantiate(&mut store, &other).unwrap();
    let [traps, other] = [traps, other].map(|instance| instance.func(&mut store, None, "f").unwrap());
    let mut outcome = None;
    let run = block_on(store.run(async |access| {
        traps.call_concurrent::<_, _, _, String>(&access, ()).await.unwrap();
        outcome = Some(other.call_concurrent::<_, _, _, String>(&access, ()).await);
    }));
    let error = message(run);
    assert!(error.contains("unreachable"), "{error}");
    assert!(outcome.is_none(), "the other call waits: {outcome:?}");
    store.run_ready().unwrap();
    assert_idle(&store);
}

fn a_callback_goes_on_after_a_yield<E: CoreEngine>() {
    // `YIELD`; the callback is `unreachable`.
    let error = message(called::<E>("(i32.const 1)"));
    assert!(error.contains("unreachable"), "{error}");
    // `WAIT` for a waitable set that does not exist.
    let error = message(called::<E>("(i32.const 0x12)"));
    assert!(error.contains("unknown handle index 1"), "{error}");
    let (mut store, instance) = instance::<E>(
        r#"(component
            (core func $new (canon waitable-set.new))
            (core module $m (import "" "new" (func $new (result i32))) (func (export "f") (result i32) (call $new)))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
            (func (export "f") (result u32) (canon lift (core func $i "f"))))"#,
    );
    let f = instance.func(&mut store, None, "f").unwrap();
    assert_eq!(f.call_typed::<(), u32>(&mut store, &()).unwrap(), 1);
    assert_eq!(f.call_typed::<(), u32>(&mut store, &()).unwrap(), 2);
}

fn a_sync_call_has_a_context_of_its_own<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(
        r#"(component
            (component $inner
                (core func $set (canon context.set i32 0))
                (core module $m (import "" "set" (func $set (param i32))) (func (export "f") (call $set (i32.const 9))))
                (core instance $i (instantiate $m (with "" (instance (export "set" (func $set))))))
                (func (export "f") (canon lift (core func $i "f"))))
            (instance $inner (instantiate $inner))
            (core func $f (canon lower (func $inner "f")))
            (core func $get (canon context.get i32 0))
            (core func $set (canon context.set i32 0))
            (core module $m
                (import "" "f" (func $f))
                (import "" "get" (func $get (result i32)))
                (import "" "set" (func $set (param i32)))
                (func (export "f") (result i32)
                    (if (call $get) (then (unreachable)))
                    (call $set (i32.const 5))
                    (call $f)
                    (call $get)))
            (core instance $i (instantiate $m (with "" (instance
                (export "f" (func $f)) (export "get" (func $get)) (export "set" (func $set))))))
            (func (export "f") (result u32) (canon lift (core func $i "f"))))"#,
    );
    let f = instance.func(&mut store, None, "f").unwrap();
    for _ in 0..2 {
        assert_eq!(f.call_typed::<(), u32>(&mut store, &()).unwrap(), 5);
    }
}

fn backpressure_does_not_wrap<E: CoreEngine>() {
    let engine = E::default();
    let bytes = wat::parse_str(
        r#"(component
            (core func $dec (canon backpressure.dec))
            (core module $m (import "" "dec" (func $dec)) (func (export "f") (call $dec)))
            (core instance $i (instantiate $m (with "" (instance (export "dec" (func $dec))))))
            (func (export "f") (canon lift (core func $i "f"))))"#,
    );
    let mut options = Options::default();
    options.disabled_gates.push(Gate::Async);
    let bytes = bytes.unwrap();
    assert!(Component::with_options(&engine, &bytes, &options).is_err());
    let component = Component::new(&engine, &bytes).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    let f = instance.func(&mut store, None, "f").unwrap();
    assert!(message(f.call_typed::<(), ()>(&mut store, &())).contains("backpressure"));
}

/// If a function is lowered `async`, four parameters are flat, the result is in memory, and the call returns a status.
fn host_functions_lowered_async_return_at_once<E: CoreEngine>() {
    let params = |n: usize| (0..n).map(|i| format!(r#"(param "p{i}" u32)"#)).collect::<String>();
    let text = format!(
        r#"(component
            (import "four" (func $four async {four} (result u32)))
            (import "five" (func $five async {five} (result string)))
            (core module $memory
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 512)))
            (core instance $memory (instantiate $memory))
            (core func $four (canon lower (func $four) async (memory (core memory $memory "memory"))))
            (core func $five (canon lower (func $five) async (memory (core memory $memory "memory"))
                (realloc (core func $memory "realloc"))))
            (core module $m
                (import "" "four" (func $four (param i32 i32 i32 i32 i32) (result i32)))
                (import "" "five" (func $five (param i32 i32) (result i32)))
                (import "" "memory" (memory 1))
                (func (export "four") (result i32)
                    (if (i32.ne (i32.const 2) (call $four (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 64)))
                        (then (unreachable)))
                    (i32.load (i32.const 64)))
                (func (export "five") (result i32)
                    (i32.store (i32.const 128) (i32.const 7))
                    (i32.store (i32.const 144) (i32.const 9))
                    (if (i32.ne (i32.const 2) (call $five (i32.const 128) (i32.const 64))) (then (unreachable)))
                    (i32.const 64)))
            (core instance $i (instantiate $m (with "" (instance
                (export "four" (func $four)) (export "five" (func $five)) (export "memory" (memory $memory "memory"))))))
            (func (export "four") (result u32) (canon lift (core func $i "four")))
            (func (export "five") (result string) (canon lift (core func $i "five") (memory (core memory $memory "memory")))))"#,
        four = params(4),
        five = params(5),
    );
    let engine = E::default();
    let component = Component::new(&engine, &wat::parse_str(&text).unwrap()).unwrap();
    let mut typed = Linker::<(), E>::new(&engine);
    typed.root().func_wrap("four", |_, (a, b, c, d): (u32, u32, u32, u32)| Ok(a + b + c + d)).unwrap();
    typed.root().func_wrap("five", |_, (a, .., e): (u32, u32, u32, u32, u32)| Ok(format!("{a} and {e}"))).unwrap();
    let mut dynamic = Linker::<(), E>::new(&engine);
    dynamic.root().func_dynamic("four", |_, _, params| Ok(Some(Val::U32(params.len() as u32 + 6)))).unwrap();
    dynamic
        .root()
        .func_dynamic("five", |_, _, params| match (&params[0], &params[4]) {
            (Val::U32(a), Val::U32(e)) => Ok(Some(Val::String(format!("{a} and {e}")))),
            other => panic!("{other:?}"),
        })
        .unwrap();
    for linker in [typed, dynamic] {
        let mut store = Store::new(&engine, ());
        let instance = linker.instantiate(&mut store, &component).unwrap();
        let four = instance.func(&mut store, None, "four").unwrap();
        assert_eq!(four.call_typed::<(), u32>(&mut store, &()).unwrap(), 10);
        let five = instance.func(&mut store, None, "five").unwrap();
        assert_eq!(five.call_typed::<(), String>(&mut store, &()).unwrap(), "7 and 9");
    }
}
