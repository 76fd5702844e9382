//! Composition: two guests that were built separately become one component, in which one uses a resource of the other. It
//! runs in our host on both engines and in wasmtime's component runtime.

use std::sync::{Arc, Mutex};

use witwright::{Component, CoreEngine, Linker, Store, StoreContextMut, Val};
use witwright_resolver::compose::{Part, compose};
use witwright_tests::guests;

/// The import that neither guest provides, in the later of the two versions.
const LOG: &str = "test:shop/log@1.2.0";

const ANSWER: &str = "Ann with Bob and Bob: 1 tea, 2 milk, 1 milk; 0 left";

const NOTES: [&str; 4] = ["store: Ann is done", "shop: 2 baskets", "store: Ann with Bob is done", "store: Bob is done"];

fn composed() -> Vec<u8> {
    let read = |guest: &str| std::fs::read(guests::build(guest)).unwrap();
    let (shop, store) = (read("shop"), read("store"));
    compose(&[Part { name: "shop", bytes: &shop }, Part { name: "store", bytes: &store }], &[]).unwrap()
}

#[test]
fn in_our_host_on_wasmi() {
    ours(&witwright::wasmi::Engine::default());
}

#[test]
fn in_our_host_on_wasmtime() {
    ours(&witwright::wasmtime::Engine::default());
}

fn ours<E: CoreEngine>(engine: &E) {
    let component = Component::new(engine, &composed()).unwrap();
    let of_shop: Vec<&str> = component.imports().filter(|name| name.starts_with("test:shop/")).collect();
    assert_eq!(of_shop, [LOG]);
    assert_eq!(component.exports().collect::<Vec<_>>(), ["run"]);

    let mut linker = Linker::<Vec<String>, E>::new(engine);
    let note = |mut cx: StoreContextMut<'_, Vec<String>, E>, (text,): (String,)| {
        cx.data_mut().push(text);
        Ok(())
    };
    linker.instance(LOG).func_wrap("note", note).unwrap();
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, Vec::new());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let run = instance.func(&mut store, None, "run").unwrap();
    let names = Val::List(["tea", "milk"].map(|name| Val::String(name.into())).into());
    assert_eq!(run.call(&mut store, &[names]).unwrap(), Some(Val::String(ANSWER.into())));
    assert_eq!(*store.data(), NOTES);
}

#[test]
fn in_their_host() {
    use wasmtime::component::{Component, Linker};
    let engine = wasmtime::Engine::default();
    let component = Component::new(&engine, composed()).unwrap();
    let mut linker = Linker::<()>::new(&engine);
    let notes = Arc::new(Mutex::new(Vec::new()));
    let heard = notes.clone();
    let note = move |_: wasmtime::StoreContextMut<'_, ()>, (text,): (String,)| {
        heard.lock().unwrap().push(text);
        Ok(())
    };
    linker.instance(LOG).unwrap().func_wrap("note", note).unwrap();
    linker.define_unknown_imports_as_traps(&component).unwrap();
    let mut store = wasmtime::Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let run = instance.get_typed_func::<(Vec<String>,), (String,)>(&mut store, "run").unwrap();
    let names = ["tea", "milk"].map(str::to_owned).to_vec();
    assert_eq!(run.call(&mut store, (names,)).unwrap(), (ANSWER.to_owned(),));
    assert_eq!(*notes.lock().unwrap(), NOTES);
}
