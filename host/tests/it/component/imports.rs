//! Guest → host: functions of the host.

use core::fmt;

use witwright_host::{AsContextMut, CoreEngine, Error, FuncType, Instance, Linker, Store, StoreContextMut, Type, Val};

use super::{component, core_module, message};
use crate::on_every_engine;

on_every_engine! { typed_functions, dynamic_functions, one_function_serves_many, host_errors_end_the_call, the_host_calls_back }

/// Imports `join: func(a: string, n: u8) -> string` and `log: func(n: u32)`, and exports `run`, which calls both.
fn text() -> String {
    let memory = core_module("memory", "");
    format!(
        r#"(component
            (import "acme:test/host" (instance $host
                (export "join" (func (param "a" string) (param "n" u8) (result string)))
                (export "log" (func (param "n" u32)))))
            {memory}
            (core instance $memory (instantiate $memory))
            (core func $join (canon lower (func $host "join") (memory (core memory $memory "memory"))
                (realloc (core func $memory "realloc"))))
            (core func $log (canon lower (func $host "log")))
            (core module $m
                (import "" "join" (func $join (param i32 i32 i32 i32)))
                (import "" "log" (func $log (param i32)))
                (import "" "memory" (memory 1))
                (func (export "run") (param i32 i32) (result i32)
                    (call $log (local.get 1))
                    (call $join (local.get 0) (local.get 1) (i32.const 0x103) (i32.const 8))
                    (i32.const 8)))
            (core instance $i (instantiate $m (with "" (instance
                (export "join" (func $join)) (export "log" (func $log)) (export "memory" (memory $memory "memory"))))))
            (func (export "run") (param "v" string) (result string) (canon lift (core func $i "run")
                (memory (core memory $memory "memory")) (realloc (core func $memory "realloc")))))"#
    )
}

fn run<E: CoreEngine>(linker: &Linker<Vec<u32>, E>) -> (Store<Vec<u32>, E>, Result<String, Error>) {
    let component = component(linker.engine(), &text());
    let mut store = Store::new(linker.engine(), Vec::new());
    let instance: Instance = linker.instantiate(&mut store, &component).unwrap();
    let run = instance.func(&mut store, None, "run").unwrap();
    let result = run.call_typed(&mut store, &("ab",));
    (store, result)
}

fn typed_functions<E: CoreEngine>() {
    let mut linker = Linker::<Vec<u32>, E>::new(&E::default());
    let mut host = linker.instance("acme:test/host");
    host.func_wrap("join", |_, (text, times): (String, u8)| Ok(text.repeat(times.into()))).unwrap();
    host.func_wrap("log", |mut cx, (n,): (u32,)| {
        cx.data_mut().push(n);
        Ok(())
    })
    .unwrap();
    let (store, result) = run(&linker);
    assert_eq!(result.unwrap(), "ababab", "the parameter `n` is a byte");
    assert_eq!(store.into_data(), [2]);
}

fn dynamic_functions<E: CoreEngine>() {
    let mut linker = Linker::<Vec<u32>, E>::new(&E::default());
    let mut host = linker.instance("acme:test/host");
    host.func_dynamic("join", |_, _, params| match params {
        [Val::String(text), Val::U8(times)] => Ok(Some(Val::String(text.repeat((*times).into())))),
        other => panic!("{other:?}"),
    })
    .unwrap();
    host.func_dynamic("log", |_, _, _| Ok(None)).unwrap();
    assert_eq!(run(&linker).1.unwrap(), "ababab");

    let mut linker = Linker::<Vec<u32>, E>::new(&E::default());
    let mut host = linker.instance("acme:test/host");
    host.func_dynamic("join", |_, _, _| Ok(Some(Val::Bool(true)))).unwrap();
    host.func_dynamic("log", |_, _, _| Ok(None)).unwrap();
    assert_eq!(
        message(run(&linker).1),
        "in function `run`, `acme:test/host` function `join` of the host, result: expected string, found bool"
    );
}

/// It returns a value of the type of each.
fn one_function_serves_many<E: CoreEngine>() {
    let mut linker = Linker::<Vec<u32>, E>::new(&E::default());
    for name in ["join", "log"] {
        let any = move |_: StoreContextMut<'_, Vec<u32>, E>, ty: &FuncType, params: &[Val]| {
            assert_eq!(ty.params.len(), params.len(), "{name}");
            Ok(match ty.result {
                Some(Type::String) => Some(Val::String(name.into())),
                None => None,
                ref other => panic!("{other:?}"),
            })
        };
        linker.instance("acme:test/host").func_dynamic(name, any).unwrap();
    }
    assert_eq!(run(&linker).1.unwrap(), "join");
}

#[derive(Debug, PartialEq)]
struct Refusal(u32);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused {}", self.0)
    }
}

impl core::error::Error for Refusal {}

fn host_errors_end_the_call<E: CoreEngine>() {
    let mut linker = Linker::<Vec<u32>, E>::new(&E::default());
    let mut host = linker.instance("acme:test/host");
    host.func_wrap("join", |_, _: (String, u8)| Ok(String::new())).unwrap();
    host.func_wrap("log", |_, (n,): (u32,)| -> Result<(), Error> { Err(Error::host(Refusal(n))) }).unwrap();
    let (_, result) = run(&linker);
    let error = result.unwrap_err();
    assert_eq!(error.downcast_host(), Some(&Refusal(2)), "it comes through the guest as it was");
    assert_eq!(error.to_string(), "in function `run`, `acme:test/host` function `log` of the host: refused 2");
    let source = core::error::Error::source(&error).and_then(|source| source.downcast_ref());
    assert_eq!(source, Some(&Refusal(2)));
}

fn the_host_calls_back<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::<Option<Instance>, E>::new(&engine);
    let mut root = linker.root();
    root.func_wrap("again", |mut cx: StoreContextMut<'_, _, E>, (n,): (u32,)| {
        let instance = cx.data().unwrap();
        let count = instance.func(&mut cx, None, "count").unwrap();
        count.call_typed::<_, u32>(cx.as_context_mut(), &(n,))
    })
    .unwrap();
    let text = r#"(component
        (import "again" (func $again (param "n" u32) (result u32)))
        (core func $again (canon lower (func $again)))
        (core module $m
            (import "" "again" (func $again (param i32) (result i32)))
            (func (export "count") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
                    (else (i32.add (i32.const 2) (call $again (i32.sub (local.get 0) (i32.const 1))))))))
        (core instance $i (instantiate $m (with "" (instance (export "again" (func $again))))))
        (func (export "count") (param "n" u32) (result u32) (canon lift (core func $i "count"))))"#;
    let component = component(&engine, text);
    let mut store = Store::new(&engine, None);
    let instance = linker.instantiate(&mut store, &component).unwrap();
    *store.data_mut() = Some(instance);
    let count = instance.func(&mut store, None, "count").unwrap();
    assert_eq!(count.call_typed::<_, u32>(&mut store, &(5_u32,)).unwrap(), 10, "an instance may be entered again");
}
