//! Several bindings in one guest: of two crates, and of two generators.

use witwright::{Component, CoreEngine, Linker, Store, Val};
use witwright_tests::guests;

/// Calls functions of an instance by name, with strings and lists of strings.
fn call(guest: &str, func: &str, argument: Val) -> Val {
    let engine = witwright::wasmi::Engine::default();
    let bytes = std::fs::read(guests::build(guest)).unwrap();
    let component = Component::new(&engine, &bytes).unwrap();
    let mut linker = Linker::new(&engine);
    provide_journal(&mut linker);
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let func = instance.func(&mut store, None, func).unwrap();
    func.call(&mut store, &[argument]).unwrap().unwrap()
}

/// The host's `write` returns the text, then the tags.
fn provide_journal<E: CoreEngine>(linker: &mut Linker<(), E>) {
    let mut journal = linker.instance("test:pair-library/journal@0.1.0");
    journal
        .func_dynamic("write", |_, _, arguments| {
            let [Val::Record(fields)] = arguments else { panic!("{arguments:?}") };
            let [(_, text), (_, Val::List(tags))] = &fields[..] else { panic!("{fields:?}") };
            Ok(Some(Val::List(core::iter::once(text).chain(tags).cloned().collect())))
        })
        .unwrap();
}

fn string(text: &str) -> Val {
    Val::String(text.to_owned())
}

#[test]
fn bindings_of_two_crates() {
    assert_eq!(call("pair", "run", string("text")), string("text+pair+library"));
}

#[test]
fn bindings_of_two_generators() {
    assert_eq!(call("mixed", "theirs", string("text")), string("text-pair-library"));
    let words = |words: [&str; 2]| Val::List(words.map(string).into());
    assert_eq!(call("mixed", "ours", words(["a", "b"])), words(["b", "a"]));
}

/// `memory` is the core name of the memory. A `free` or `write` of the guest must not replace the function of C.
#[test]
fn functions_have_any_name() {
    for name in ["memory", "malloc", "free", "write", "memcpy", "strlen", "exit", "main"] {
        assert_eq!(call("core-names", name, string("ab")), string(&format!("{name}: 200")));
    }
}
