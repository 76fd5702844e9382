//! Instances of one linked component, in many stores and in one: each call reaches the memory and the host of its own.

use witwright_host::{AsContextMut, CoreEngine, Instance, InstancePre, Linker, Store};

use super::{component, core_module, message};
use crate::on_every_engine;

on_every_engine! { each_instance_has_its_own_memory, another_engine_is_refused }

/// Each `run` keeps a letter in its memory, and passes text that it has got from the host, and the letter, to the host.
fn text() -> String {
    let memory = core_module("memory", "");
    format!(
        r#"(component
            (import "name" (func $name (result string)))
            (import "say" (func $say (param "text" string)))
            {memory}
            (core instance $memory (instantiate $memory))
            (core func $name (canon lower (func $name) (memory (core memory $memory "memory"))
                (realloc (core func $memory "realloc"))))
            (core func $say (canon lower (func $say) (memory (core memory $memory "memory"))))
            (core module $main
                (import "" "memory" (memory 1))
                (import "" "name" (func $name (param i32)))
                (import "" "say" (func $say (param i32 i32)))
                (func (export "keep") (param i32) (i32.store8 (i32.const 16) (local.get 0)))
                (func (export "run")
                    (call $name (i32.const 0))
                    (call $say (i32.load (i32.const 0)) (i32.load (i32.const 4)))
                    (call $say (i32.const 16) (i32.const 1))))
            (core instance $main (instantiate $main (with "" (instance
                (export "memory" (memory $memory "memory"))
                (export "name" (func $name))
                (export "say" (func $say))))))
            (func (export "keep") (param "letter" u32) (canon lift (core func $main "keep")))
            (func (export "run") (canon lift (core func $main "run"))))"#
    )
}

/// The state of a store: its name, and all that was said.
struct Said(&'static str, String);

fn pre<E: CoreEngine>(engine: &E) -> InstancePre<Said, E> {
    let mut linker = Linker::<Said, E>::new(engine);
    linker.root().func_wrap("name", |cx, ()| Ok(cx.data().0.to_string())).unwrap();
    linker
        .root()
        .func_wrap("say", |mut cx, (text,): (String,)| {
            cx.data_mut().1.push_str(&text);
            Ok(())
        })
        .unwrap();
    linker.instantiate_pre(&component(engine, &text())).unwrap()
}

fn keep<E: CoreEngine>(store: &mut Store<Said, E>, instance: Instance, letter: char) {
    let keep = instance.func(&mut *store, None, "keep").unwrap();
    keep.call_typed::<_, ()>(store, &(u32::from(letter),)).unwrap();
}

fn run<E: CoreEngine>(store: &mut Store<Said, E>, instance: Instance) {
    let run = instance.func(&mut *store, None, "run").unwrap();
    run.call_typed::<_, ()>(store, &()).unwrap();
}

fn each_instance_has_its_own_memory<E: CoreEngine>() {
    let engine = E::default();
    let pre = pre(&engine);
    let mut first = Store::new(&engine, Said("first", String::new()));
    let mut second = Store::new(&engine, Said("second", String::new()));
    let a = pre.instantiate(&mut first).unwrap();
    let b = pre.instantiate(&mut second).unwrap();
    // It is not the first of its store.
    let c = pre.instantiate(&mut second).unwrap();
    keep(&mut first, a, 'a');
    keep(&mut second, b, 'b');
    keep(&mut second, c, 'c');
    run(&mut first, a);
    run(&mut second, b);
    run(&mut second, c);
    assert_eq!(first.data().1, "firsta");
    drop(first);
    run(&mut second, b);
    assert_eq!(second.data().1, "secondbsecondcsecondb");
    // All of them know the engine.
    let mut linker = Linker::<Said, E>::new(pre.engine());
    assert!(linker.root().func_wrap("f", |_, ()| Ok(())).is_ok());
    let mut fourth = Store::new(linker.engine(), Said("fourth", String::new()));
    pre.instantiate(&mut fourth).unwrap();
    let again = component(fourth.engine(), &text());
    let engines = [again.engine().clone(), fourth.as_context_mut().engine().clone()];
    for engine in engines {
        pre.instantiate(Store::new(&engine, Said("", String::new()))).unwrap();
    }
    // The functions of the first instance outlive its store.
    let mut third = Store::new(&engine, Said("third", String::new()));
    let d = pre.instantiate(&mut third).unwrap();
    keep(&mut third, d, 'd');
    run(&mut third, d);
    assert_eq!(third.data().1, "thirdd");
}

fn another_engine_is_refused<E: CoreEngine>() {
    let engine = E::default();
    let pre = pre(&engine);
    pre.instantiate(Store::new(&engine, Said("", String::new()))).unwrap();
    let other = Store::new(&E::default(), Said("", String::new()));
    let error = message(pre.instantiate(other));
    let expected = |of: &str| {
        format!(
            "the component was compiled for another engine than the {of}'s: use one engine, or clones of it, for both"
        )
    };
    assert_eq!(error, expected("store"));
    let other = Linker::<Said, E>::new(&E::default());
    assert_eq!(message(other.instantiate_pre(&component(&engine, &text()))), expected("linker"));
}
