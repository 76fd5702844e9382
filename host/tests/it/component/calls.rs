//! Host → guest: typed calls of exports.

use std::collections::BTreeMap;

use witwright_host::{Component, CoreEngine, ErrorKind, Gate, Linker, Options, Store, Val};

use super::{core_module, instance, message};
use crate::on_every_engine;

on_every_engine! {
    scalars, text_and_lists, parameters_in_memory, nested_lists, wrong_rust_types, post_return_runs_once,
    functions_in_an_interface, maps_and_lists_of_a_length,
}

fn scalars<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(
        r#"(component
            (core module $m
                (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
                (func (export "flip") (param i32) (result i32) (i32.add (local.get 0) (i32.const 2)))
                (func (export "half") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2))))
            (core instance $i (instantiate $m))
            (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
            (func (export "narrow") (param "a" u8) (param "b" u8) (result u8) (canon lift (core func $i "add")))
            (func (export "signed") (param "a" s16) (param "b" s16) (result s16) (canon lift (core func $i "add")))
            (func (export "flip") (param "a" bool) (result bool) (canon lift (core func $i "flip")))
            (func (export "char") (param "a" char) (result char) (canon lift (core func $i "flip")))
            (func (export "half") (param "a" f64) (result f64) (canon lift (core func $i "half"))))"#,
    );
    let func = |store: &mut _, name| instance.func(store, None, name).unwrap();
    let add = func(&mut store, "add");
    assert_eq!(add.call_typed::<(u32, u32), u32>(&mut store, &(40, 2)).unwrap(), 42);
    assert_eq!(add.call_typed::<(u32, u32), u32>(&mut store, &(u32::MAX, 2)).unwrap(), 1);
    let narrow = func(&mut store, "narrow");
    assert_eq!(narrow.call_typed::<(u8, u8), u8>(&mut store, &(255, 2)).unwrap(), 1, "high bits mean nothing");
    let signed = func(&mut store, "signed");
    assert_eq!(signed.call_typed::<(i16, i16), i16>(&mut store, &(-5, 3)).unwrap(), -2);
    let flip = func(&mut store, "flip");
    assert!(flip.call_typed::<(bool,), bool>(&mut store, &(false,)).unwrap(), "every number but 0 is true");
    let next = func(&mut store, "char");
    assert_eq!(next.call_typed::<(char,), char>(&mut store, &('a',)).unwrap(), 'c');
    let half = func(&mut store, "half");
    assert_eq!(half.call_typed::<(f64,), f64>(&mut store, &(5.0,)).unwrap(), 2.5);
}

/// A component that exports `echo`, which returns its parameter, a pointer and a length, for several types.
fn echoes() -> String {
    let module = core_module(
        "m",
        r#"(func (export "echo") (param i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0))
            (i32.store (i32.const 20) (local.get 1))
            (i32.const 16))"#,
    );
    let echo = |name: &str, ty: &str, encoding: &str| {
        format!(
            r#"(func (export "{name}") (param "v" {ty}) (result {ty}) (canon lift (core func $i "echo")
                (memory (core memory $i "memory")) (realloc (core func $i "realloc")) string-encoding={encoding}))"#
        )
    };
    let funcs = [
        echo("utf8", "string", "utf8"),
        echo("utf16", "string", "utf16"),
        echo("latin1", "string", "latin1+utf16"),
        echo("bytes", "(list u8)", "utf8"),
        echo("numbers", "(list s64)", "utf8"),
        echo("pairs", "(list (tuple string u16))", "utf8"),
        echo("deep", "(list (list (option string)))", "utf16"),
    ]
    .concat();
    format!("(component {module} (core instance $i (instantiate $m)) {funcs})")
}

fn text_and_lists<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(&echoes());
    for encoding in ["utf8", "utf16", "latin1"] {
        let echo = instance.func(&mut store, None, encoding).unwrap();
        for text in ["", "plain", "höflich", "☃ and 🦀"] {
            let same = echo.call_typed::<(&str,), String>(&mut store, &(text,)).unwrap();
            assert_eq!(same, text, "through {encoding}");
        }
    }
    let bytes = instance.func(&mut store, None, "bytes").unwrap();
    let sent: Vec<u8> = (0..=255).collect();
    assert_eq!(bytes.call_typed::<(&[u8],), Vec<u8>>(&mut store, &(&sent,)).unwrap(), sent);
    let numbers = instance.func(&mut store, None, "numbers").unwrap();
    let sent = [i64::MIN, -1, 0, i64::MAX];
    assert_eq!(numbers.call_typed::<(&[i64],), Vec<i64>>(&mut store, &(&sent,)).unwrap(), sent);
}

fn nested_lists<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(&echoes());
    let pairs = instance.func(&mut store, None, "pairs").unwrap();
    let sent = vec![("a".to_owned(), 1_u16), (String::new(), 0), ("ccc".to_owned(), u16::MAX)];
    let got = pairs.call_typed::<(&Vec<(String, u16)>,), Vec<(String, u16)>>(&mut store, &(&sent,)).unwrap();
    assert_eq!(got, sent);
    let deep = instance.func(&mut store, None, "deep").unwrap();
    let sent = vec![vec![Some("ä".to_owned()), None], vec![], vec![None]];
    type Deep = Vec<Vec<Option<String>>>;
    assert_eq!(deep.call_typed::<(&Deep,), Deep>(&mut store, &(&sent,)).unwrap(), sent);
}

fn parameters_in_memory<E: CoreEngine>() {
    let module = core_module(
        "m",
        // The sum of the first and the last parameter. The parameters are in memory, and so is the result of two numbers.
        r#"(func (export "ends") (param i32) (result i32)
            (i32.store (i32.const 16) (i32.load (local.get 0)))
            (i32.store (i32.const 20) (i32.load offset=64 (local.get 0)))
            (i32.const 16))"#,
    );
    let params: String = (0..17).map(|i| format!(r#"(param "p{i}" u32)"#)).collect();
    let (mut store, instance) = instance::<E>(&format!(
        r#"(component {module} (core instance $i (instantiate $m))
            (func (export "ends") {params} (result (tuple u32 u32)) (canon lift (core func $i "ends")
                (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))"#
    ));
    let ends = instance.func(&mut store, None, "ends").unwrap();
    let params = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    #[rustfmt::skip]
    type Params = (u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32);
    assert_eq!(ends.call_typed::<Params, (u32, u32)>(&mut store, &params).unwrap(), (1, 17));
}

fn wrong_rust_types<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(&echoes());
    let pairs = instance.func(&mut store, None, "pairs").unwrap();
    let found = pairs.call_typed::<(&[(String, u32)],), ()>(&mut store, &(&[],));
    assert_eq!(
        message(found),
        "export func `pairs`: parameter 1 `v`: element: 1: expected u32, found u16 in the component",
        "the part that differs is named"
    );
    let found = pairs.call_typed::<(), ()>(&mut store, &());
    assert_eq!(message(found), "export func `pairs`: number of parameters: expected 0, found 1 in the component");
    let sent = vec![("still".to_owned(), 1_u16)];
    type Pairs = Vec<(String, u16)>;
    assert_eq!(pairs.call_typed::<(&Pairs,), Pairs>(&mut store, &(&sent,)).unwrap(), sent, "nothing was entered");
}

fn post_return_runs_once<E: CoreEngine>() {
    let module = core_module(
        "m",
        r#"(global $runs (mut i32) (i32.const 0))
        (func (export "text") (result i32)
            (i32.store (i32.const 16) (i32.const 32))
            (i32.store (i32.const 20) (i32.const 0))
            (i32.const 16))
        (func (export "after") (param i32)
            (if (i32.ne (local.get 0) (i32.const 16)) (then (unreachable)))
            (global.set $runs (i32.add (global.get $runs) (i32.const 1))))
        (func (export "runs") (result i32) (global.get $runs))"#,
    );
    let (mut store, instance) = instance::<E>(&format!(
        r#"(component {module} (core instance $i (instantiate $m))
            (func (export "text") (result string) (canon lift (core func $i "text")
                (memory (core memory $i "memory")) (post-return (core func $i "after"))))
            (func (export "runs") (result u32) (canon lift (core func $i "runs"))))"#
    ));
    let text = instance.func(&mut store, None, "text").unwrap();
    let runs = instance.func(&mut store, None, "runs").unwrap();
    assert_eq!(text.call_typed::<(), String>(&mut store, &()).unwrap(), "");
    assert_eq!(runs.call_typed::<(), u32>(&mut store, &()).unwrap(), 1);
}

fn functions_in_an_interface<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(
        r#"(component
            (core module $m (func (export "one") (result i32) (i32.const 1)))
            (core instance $i (instantiate $m))
            (func $one (result u32) (canon lift (core func $i "one")))
            (instance $api (export "one" (func $one)))
            (export "acme:test/api@0.2.3" (instance $api)))"#,
    );
    let one = instance.func(&mut store, Some("acme:test/api@0.2.1"), "one").expect("a compatible version is found");
    assert_eq!(one.call_typed::<(), u32>(&mut store, &()).unwrap(), 1);
    assert!(instance.func(&mut store, Some("acme:test/api@0.3.0"), "one").is_none());
    let exports = instance.exports(&mut store).unwrap();
    assert_eq!(exports.len(), 1);
    assert_eq!(exports[0].interface.as_deref(), Some("acme:test/api@0.2.3"));

    let mut other = witwright_host::Store::<(), E>::new(&E::default(), ());
    let found = one.call_typed::<(), u32>(&mut other, &());
    let error = found.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Handle(_)), "a function of another store");
    assert!(
        error.to_string().starts_with("the function belongs to another store: call it with the store in which"),
        "{error}"
    );
    let error = instance.exports(&mut other).unwrap_err();
    assert!(
        error.to_string().starts_with("the instance belongs to another store: use it with the store in which"),
        "{error}"
    );
}

fn maps_and_lists_of_a_length<E: CoreEngine>() {
    let module = core_module(
        "m",
        r#"(func (export "pair") (param i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0))
            (i32.store (i32.const 20) (local.get 1))
            (i32.const 16))
        (func (export "four") (param i32 i32 i32 i32) (result i32)
            (i32.store8 (i32.const 16) (local.get 3))
            (i32.store8 (i32.const 17) (local.get 2))
            (i32.store8 (i32.const 18) (local.get 1))
            (i32.store8 (i32.const 19) (local.get 0))
            (i32.const 16))
        (func (export "words") (param i32 i32 i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1))
            (i32.store (i32.const 24) (local.get 2)) (i32.store (i32.const 28) (local.get 3))
            (i32.const 16))"#,
    );
    let options = r#"(memory (core memory $i "memory")) (realloc (core func $i "realloc"))"#;
    let text = format!(
        r#"(component {module} (core instance $i (instantiate $m))
            (func (export "map") (param "m" (map string u16)) (result (map string u16))
                (canon lift (core func $i "pair") {options}))
            (func (export "nested") (param "m" (map u8 (map char (list u8)))) (result (map u8 (map char (list u8))))
                (canon lift (core func $i "pair") {options}))
            (func (export "reverse") (param "l" (list u8 4)) (result (list u8 4)) (canon lift (core func $i "four") {options}))
            (func (export "words") (param "l" (list string 2)) (result (list string 2))
                (canon lift (core func $i "words") {options})))"#
    );
    let engine = E::default();
    let mut loading = Options::default();
    loading.gates.push(Gate::FixedLengthLists);
    let component = Component::with_options(&engine, &wat::parse_str(&text).unwrap(), &loading).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    let func = |store: &mut _, name| instance.func(store, None, name).unwrap();

    let map: BTreeMap<String, u16> = [("one".to_owned(), 1), (String::new(), u16::MAX), ("ö".to_owned(), 2)].into();
    let echo = func(&mut store, "map");
    let same = echo.call_typed::<(&BTreeMap<String, u16>,), BTreeMap<String, u16>>(&mut store, &(&map,)).unwrap();
    assert_eq!(same, map);
    let entry = |key: &str, value| (Val::String(key.into()), Val::U16(value));
    let twice = Val::Map(vec![entry("k", 1), entry("k", 2)]);
    assert_eq!(echo.call(&mut store, core::slice::from_ref(&twice)).unwrap(), Some(twice), "keys need not differ");
    type Nested = BTreeMap<u8, BTreeMap<char, Vec<u8>>>;
    let nested: Nested = [(1, [('☃', vec![1, 2]), ('a', vec![])].into()), (2, BTreeMap::new())].into();
    let echo = func(&mut store, "nested");
    assert_eq!(echo.call_typed::<(&Nested,), Nested>(&mut store, &(&nested,)).unwrap(), nested);

    let reverse = func(&mut store, "reverse");
    assert_eq!(reverse.call_typed::<([u8; 4],), [u8; 4]>(&mut store, &([1, 2, 3, 4],)).unwrap(), [4, 3, 2, 1]);
    let bytes = |bytes: [u8; 4]| Val::List(bytes.map(Val::U8).to_vec());
    assert_eq!(reverse.call(&mut store, &[bytes([1, 2, 3, 4])]).unwrap(), Some(bytes([4, 3, 2, 1])));
    let short = reverse.call(&mut store, &[Val::List(vec![Val::U8(1)])]);
    assert_eq!(message(short), "in function `reverse`, parameter `l`: expected list<u8, 4>, found list of 1");
    let words = func(&mut store, "words");
    let sent = ["höflich".to_owned(), String::new()];
    assert_eq!(words.call_typed::<(&[String; 2],), [String; 2]>(&mut store, &(&sent,)).unwrap(), sent);
}
