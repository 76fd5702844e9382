//! Exports that a component does not define itself: functions and resources of the host and of other instances, core
//! modules and components; and instances whose exports are imports of others.

use witwright_host::{CoreEngine, Error, Instance, Linker, Resource, ResourceBorrow, Store, StoreContextMut, Val};

use super::{component, message};
use crate::on_every_engine;

on_every_engine! {
    host_functions_are_called, calls_of_host_functions_nest, host_resources_pass, an_import_goes_through_two_components,
    definitions_serve_others, exported_components_close_over_their_surroundings, resources_go_both_ways,
    versions_and_names, shadowing, a_trap_ends_both_instances, wrong_arguments_do_not_end_the_callee,
}

/// Re-exports `join`, renamed and in an instance, `sum` of many parameters, and `none`.
const JOINS: &str = r#"(component
    (import "acme:test/host" (instance $host
        (export "join" (func (param "a" string) (param "n" u8) (result string)))
        (export "sum" (func
            (param "a" u64) (param "b" u64) (param "c" u64) (param "d" u64) (param "e" u64) (param "f" u64)
            (param "g" u64) (param "h" u64) (param "i" u64) (param "j" u64) (param "k" u64) (param "l" u64)
            (param "m" u64) (param "n" u64) (param "o" u64) (param "p" u64) (param "q" u64) (result (tuple u64 u64))))))
    (import "none" (func $none))
    (instance $out (export "repeat" (func $host "join")))
    (export "acme:test/out" (instance $out))
    (export "sum" (func $host "sum"))
    (export "nothing" (func $none)))"#;

fn joins<E: CoreEngine>() -> (Store<u32, E>, Instance) {
    let engine = E::default();
    let mut linker = Linker::<u32, E>::new(&engine);
    let mut host = linker.instance("acme:test/host");
    host.func_wrap("join", |_, (text, times): (String, u8)| Ok(text.repeat(times.into()))).unwrap();
    host.func_dynamic("sum", |_, _, params| {
        let numbers = params.iter().map(|param| if let Val::U64(number) = param { *number } else { 0 });
        Ok(Some(Val::Tuple(vec![Val::U64(numbers.sum()), Val::U64(params.len() as u64)])))
    })
    .unwrap();
    linker
        .root()
        .func_wrap("none", |mut cx: StoreContextMut<'_, u32, E>, (): ()| {
            *cx.data_mut() += 1;
            if *cx.data() == 2 { Err(Error::host(core::fmt::Error)) } else { Ok(()) }
        })
        .unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &component(&engine, JOINS)).unwrap();
    (store, instance)
}

fn host_functions_are_called<E: CoreEngine>() {
    let (mut store, instance) = joins::<E>();
    let repeat = instance.func(&mut store, Some("acme:test/out"), "repeat").unwrap();
    for times in [0, 1, 3] {
        let text = repeat.call_typed::<(&str, u8), String>(&mut store, &("höflich", times)).unwrap();
        assert_eq!(text, "höflich".repeat(times.into()));
    }
    let large = "x".repeat(200_000);
    let twice = repeat.call(&mut store, &[Val::String(large.clone()), Val::U8(2)]).unwrap();
    assert_eq!(twice, Some(Val::String(large.repeat(2))), "the memory between grows");
    assert_eq!(repeat.ty(&mut store).unwrap().params.len(), 2);
    let wrong = message(repeat.call_typed::<(u32,), String>(&mut store, &(1,)));
    assert_eq!(
        wrong,
        "export `acme:test/out` func `repeat`: number of parameters: expected 1, found 2 in the component"
    );

    let sum = instance.func(&mut store, None, "sum").unwrap();
    let params: Vec<Val> = (1..=17).map(Val::U64).collect();
    assert_eq!(sum.call(&mut store, &params).unwrap(), Some(Val::Tuple(vec![Val::U64(153), Val::U64(17)])));

    let nothing = instance.func(&mut store, None, "nothing").unwrap();
    nothing.call_typed::<(), ()>(&mut store, &()).unwrap();
    assert!(nothing.call_typed::<(), ()>(&mut store, &()).is_err(), "the host function failed");
    nothing.call_typed::<(), ()>(&mut store, &()).expect("no guest was entered, so none has trapped");
    assert_eq!(instance.exports(&mut store).unwrap().len(), 3);
}

fn calls_of_host_functions_nest<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::<Option<Instance>, E>::new(&engine);
    linker
        .root()
        .func_wrap("f", |mut cx: StoreContextMut<'_, Option<Instance>, E>, (text,): (String,)| {
            let instance = cx.data().unwrap();
            let f = instance.func(&mut cx, None, "again").unwrap();
            if text.is_empty() {
                return Ok((text.clone(), text));
            }
            let (inner, _) = f.call_typed::<(&str,), (String, String)>(&mut cx, &(&text[1..],))?;
            Ok((format!("{text}{inner}"), text))
        })
        .unwrap();
    let text = r#"(component
        (import "f" (func $f (param "t" string) (result (tuple string string))))
        (export "again" (func $f)))"#;
    let mut store = Store::new(&engine, None);
    let instance = linker.instantiate(&mut store, &component(&engine, text)).unwrap();
    *store.data_mut() = Some(instance);
    let again = instance.func(&mut store, None, "again").unwrap();
    let (all, first) = again.call_typed::<(&str,), (String, String)>(&mut store, &("abc",)).unwrap();
    assert_eq!((all.as_str(), first.as_str()), ("abcbcc", "abc"), "a call keeps its part of the memory between");
}

enum Page {}

/// The host's `page`, `open` and `read`; the state counts drops.
fn pages<E: CoreEngine>(linker: &mut Linker<u32, E>) {
    let mut host = linker.instance("acme:test/host");
    host.resource::<Page>("page", |mut cx, _| {
        *cx.data_mut() += 1;
        Ok(())
    })
    .unwrap();
    host.func_wrap("open", |_, (n,): (u32,)| Ok(Resource::<Page>::new_own(n.into()))).unwrap();
    host.func_wrap("read", |_, (page,): (ResourceBorrow<Page>,)| Ok(page.rep() as u32)).unwrap();
}

/// Re-exports all of the host's `page`.
const PAGES: &str = r#"(component
    (import "acme:test/host" (instance $host
        (export "page" (type $page (sub resource)))
        (export "open" (func (param "n" u32) (result (own $page))))
        (export "read" (func (param "p" (borrow $page)) (result u32)))))
    (export "acme:test/pages@1.3.1" (instance $host)))"#;

/// Opens, reads and drops a page of `acme:test/pages`, and returns another one.
const READER: &str = r#"(component
    (import "acme:test/pages@1.2.0" (instance $pages
        (export "page" (type $page (sub resource)))
        (export "open" (func (param "n" u32) (result (own $page))))
        (export "read" (func (param "p" (borrow $page)) (result u32)))))
    (alias export $pages "page" (type $page))
    (core func $open (canon lower (func $pages "open")))
    (core func $read (canon lower (func $pages "read")))
    (core func $drop (canon resource.drop $page))
    (core module $m
        (import "" "open" (func $open (param i32) (result i32)))
        (import "" "read" (func $read (param i32) (result i32)))
        (import "" "drop" (func $drop (param i32)))
        (func (export "run") (param i32) (result i32)
            (local $p i32) (local $n i32)
            (local.set $p (call $open (local.get 0)))
            (local.set $n (call $read (local.get $p)))
            (call $drop (local.get $p))
            (local.get $n))
        (func (export "take") (param i32) (result i32)
            (local $n i32)
            (local.set $n (call $read (local.get 0)))
            (call $drop (local.get 0))
            (local.get $n)))
    (core instance $i (instantiate $m (with "" (instance
        (export "open" (func $open)) (export "read" (func $read)) (export "drop" (func $drop))))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $i "run")))
    (func (export "take") (param "p" (own $page)) (result u32) (canon lift (core func $i "take"))))"#;

fn host_resources_pass<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::<u32, E>::new(&engine);
    pages(&mut linker);
    let mut store = Store::new(&engine, 0);
    let exporter = linker.instantiate(&mut store, &component(&engine, PAGES)).unwrap();
    let open = exporter.func(&mut store, Some("acme:test/pages@1.3.1"), "open").unwrap();
    let read = exporter.func(&mut store, Some("acme:test/pages@1.3.1"), "read").unwrap();
    let page = open.call_typed::<(u32,), Resource<Page>>(&mut store, &(7,)).unwrap();
    assert_eq!(page.rep(), 7, "the host knows its own resource by its representation");
    assert_eq!(read.call_typed::<(&Resource<Page>,), u32>(&mut store, &(&page,)).unwrap(), 7);

    linker.define_exports(&mut store, exporter).unwrap();
    let reader = linker.instantiate(&mut store, &component(&engine, READER)).unwrap();
    let run = reader.func(&mut store, None, "run").unwrap();
    assert_eq!(run.call_typed::<(u32,), u32>(&mut store, &(40,)).unwrap(), 40);
    assert_eq!(*store.data(), 1);

    let dynamic = open.call(&mut store, &[Val::U32(5)]).unwrap().unwrap();
    assert_eq!(read.call(&mut store, core::slice::from_ref(&dynamic)).unwrap(), Some(Val::U32(5)));
    let take = reader.func(&mut store, None, "take").unwrap();
    let taken = take.call(&mut store, core::slice::from_ref(&dynamic)).unwrap();
    assert_eq!(taken, Some(Val::U32(5)), "both instances know the same resource type");
    assert_eq!(*store.data(), 2);
}

fn an_import_goes_through_two_components<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::<u32, E>::new(&engine);
    pages(&mut linker);
    let mut store = Store::new(&engine, 0);
    let first = linker.instantiate(&mut store, &component(&engine, PAGES)).unwrap();
    linker.define_exports(&mut store, first).unwrap();
    let again = r#"(component
        (import "acme:test/pages@1.3.0" (instance $pages
            (export "page" (type $page (sub resource)))
            (export "open" (func (param "n" u32) (result (own $page))))))
        (instance $inner (export "open" (func $pages "open")))
        (instance $outer (export "inner" (instance $inner)))
        (export "outer" (instance $outer))
        (export "open" (func $pages "open")))"#;
    let second = linker.instantiate(&mut store, &component(&engine, again)).unwrap();
    for interface in [None, Some("outer/inner")] {
        let open = second.func(&mut store, interface, "open").unwrap_or_else(|| panic!("{interface:?}"));
        let page = open.call(&mut store, &[Val::U32(9)]).unwrap().unwrap();
        let read = first.func(&mut store, Some("acme:test/pages@1.3.1"), "read").unwrap();
        assert_eq!(read.call(&mut store, &[page]).unwrap(), Some(Val::U32(9)));
    }
}

const SEVEN: &str = r#"(core module $m (func (export "get") (result i32) (i32.const 7)))"#;

fn definitions_serve_others<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let text = format!(
        r#"(component {SEVEN} (export "m" (core module $m)) (instance $lib (export "m" (core module $m))) (export "lib" (instance $lib)))"#
    );
    let exporter = Linker::new(&engine).instantiate(&mut store, &component(&engine, &text)).unwrap();
    assert!(exporter.module(&mut store, None, "m").is_some());
    assert!(exporter.module(&mut store, Some("lib"), "m").is_some());
    assert!(exporter.module(&mut store, None, "lib").is_none());
    let mut linker = Linker::new(&engine);
    linker.define_exports(&mut store, exporter).unwrap();
    for import in [
        r#"(import "m" (core module $m (export "get" (func (result i32)))))"#,
        r#"(import "lib" (instance $lib (export "m" (core module $m' (export "get" (func (result i32)))))))
            (alias export $lib "m" (core module $m))"#,
    ] {
        let text = format!(
            r#"(component {import} (core instance $i (instantiate $m))
                (func (export "get") (result u32) (canon lift (core func $i "get"))))"#
        );
        let instance = linker.instantiate(&mut store, &component(&engine, &text)).unwrap();
        let get = instance.func(&mut store, None, "get").unwrap();
        assert_eq!(get.call_typed::<(), u32>(&mut store, &()).unwrap(), 7);
    }
}

fn exported_components_close_over_their_surroundings<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    // `c` and `d` use the core module and the type of the components around them. `d` is an export of an instance whose
    // component was instantiated with another module.
    let text = format!(
        r#"(component $root
            {SEVEN}
            (core module $eight (func (export "get") (result i32) (i32.const 8)))
            (type $f (func (result u32)))
            (component $c (export "c")
                (alias outer $root $m (core module $m))
                (alias outer $root $f (type $f))
                (core instance $i (instantiate $m))
                (func (export "get") (type $f) (canon lift (core func $i "get"))))
            (component $outer
                (import "m" (core module $given (export "get" (func (result i32)))))
                (component (export "d")
                    (alias outer $outer $given (core module $m))
                    (alias outer 2 $f (type $f))
                    (core instance $i (instantiate $m))
                    (func (export "get") (type $f) (canon lift (core func $i "get")))))
            (instance $seven (instantiate $outer (with "m" (core module $m))))
            (instance $eight (instantiate $outer (with "m" (core module $eight))))
            (export "seven" (instance $seven))
            (export "eight" (instance $eight)))"#
    );
    let exporter = Linker::new(&engine).instantiate(&mut store, &component(&engine, &text)).unwrap();
    let mut linker = Linker::new(&engine);
    linker.define_exports(&mut store, exporter).unwrap();
    let ty = r#"(component (export "get" (func (result u32))))"#;
    let user = format!(
        r#"(component
            (import "c" (component $c (export "get" (func (result u32)))))
            (import "seven" (instance $seven (export "d" {ty})))
            (import "eight" (instance $eight (export "d" {ty})))
            (instance $a (instantiate $c))
            (instance $b (instantiate (component $seven "d")))
            (instance $c (instantiate (component $eight "d")))
            (export "a" (func $a "get"))
            (export "b" (func $b "get"))
            (export "c" (func $c "get")))"#
    );
    let user = linker.instantiate(&mut store, &component(&engine, &user)).unwrap();
    for (name, expected) in [("a", 7), ("b", 7), ("c", 8)] {
        let get = user.func(&mut store, None, name).unwrap();
        assert_eq!(get.call_typed::<(), u32>(&mut store, &()).unwrap(), expected, "{name}");
    }
    let wrong = r#"(component (import "c" (component (export "get" (func (result u64))))))"#;
    let found = message(linker.instantiate(&mut store, &component(&engine, wrong)));
    assert!(found.contains("import component `c`: type mismatch"), "{found}");
}

/// Defines a resource `r`, and functions that make, borrow and take one.
const DEFINER: &str = r#"(component
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (core func $new (canon resource.new $r'))
    (core func $rep (canon resource.rep $r'))
    (core module $m
        (import "" "new" (func $new (param i32) (result i32)))
        (import "" "rep" (func $rep (param i32) (result i32)))
        (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
        (func (export "peek") (param i32) (result i32) (local.get 0))
        (func (export "take") (param i32) (result i32) (call $rep (local.get 0))))
    (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
    (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $i "make")))
    (func (export "peek") (param "x" (borrow $r)) (result u32) (canon lift (core func $i "peek")))
    (func (export "take") (param "x" (own $r)) (result u32) (canon lift (core func $i "take"))))"#;

/// Imports the resource `r` of another instance. It lends an `r` that it got to its definer, or passes it back.
const USER: &str = r#"(component
    (import "definer" (instance $d
        (export "r" (type $r (sub resource)))
        (export "peek" (func (param "x" (borrow $r)) (result u32)))
        (export "take" (func (param "x" (own $r)) (result u32)))))
    (alias export $d "r" (type $r))
    (core func $peek (canon lower (func $d "peek")))
    (core func $take (canon lower (func $d "take")))
    (core module $m
        (import "" "peek" (func $peek (param i32) (result i32)))
        (import "" "take" (func $take (param i32) (result i32)))
        (func (export "use") (param i32) (result i32)
            (i32.add (call $peek (local.get 0)) (call $take (local.get 0))))
        (func (export "use-twice") (param i32) (result i32)
            (i32.add (call $take (local.get 0)) (call $take (local.get 0)))))
    (core instance $i (instantiate $m (with "" (instance (export "peek" (func $peek)) (export "take" (func $take))))))
    (func (export "use") (param "x" (own $r)) (result u32) (canon lift (core func $i "use")))
    (func (export "use-twice") (param "x" (own $r)) (result u32) (canon lift (core func $i "use-twice"))))"#;

fn resources_go_both_ways<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let definer = linker.instantiate(&mut store, &component(&engine, DEFINER)).unwrap();
    linker.define_instance(&mut store, "definer", definer).unwrap();
    let user = linker.instantiate(&mut store, &component(&engine, USER)).unwrap();
    let make = definer.func(&mut store, None, "make").unwrap();
    let value = make.call(&mut store, &[Val::U32(21)]).unwrap().unwrap();
    let func = user.func(&mut store, None, "use").unwrap();
    assert_eq!(func.call(&mut store, &[value]).unwrap(), Some(Val::U32(42)));

    let other = linker.instantiate(&mut store, &component(&engine, DEFINER)).unwrap();
    let make_other = other.func(&mut store, None, "make").unwrap();
    let value = make_other.call(&mut store, &[Val::U32(1)]).unwrap().unwrap();
    assert!(
        message(func.call(&mut store, &[value])).contains("expected own<r>"),
        "each instance has a type of its own"
    );

    // A trap in the caller ends the caller, but not the definer of the resource. A trap in the definer ends both.
    let value = make.call(&mut store, &[Val::U32(1)]).unwrap().unwrap();
    let twice = user.func(&mut store, None, "use-twice").unwrap();
    assert!(message(twice.call(&mut store, core::slice::from_ref(&value))).contains("unknown handle index"));
    assert!(message(func.call(&mut store, &[value])).contains("cannot enter"));
}

fn versions_and_names<E: CoreEngine>() {
    let engine = E::default();
    let exporter = |version: &str, number: u32| {
        format!(
            r#"(component
                (core module $m (func (export "n") (result i32) (i32.const {number})))
                (core instance $i (instantiate $m))
                (func $n (result u32) (canon lift (core func $i "n")))
                (instance $api (export "n" (func $n)))
                (export "a:b/c@{version}" (instance $api)))"#
        )
    };
    let user = |version: &str| {
        format!(
            r#"(component (import "a:b/c@{version}" (instance $c (export "n" (func (result u32))))) (export "n" (func $c "n")))"#
        )
    };
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    for (version, number) in [("1.3.1", 131), ("1.10.0", 1100), ("2.0.0-rc.1", 201), ("0.2.3", 23), ("0.0.4", 4)] {
        let instance = linker.instantiate(&mut store, &component(&engine, &exporter(version, number))).unwrap();
        linker.define_exports(&mut store, instance).unwrap();
    }
    for (version, expected) in [
        ("1.3.1", Some(131)),
        ("1.2.0", Some(1100)),
        ("1.11.0", Some(1100)),
        ("1.0.0+build", Some(1100)),
        ("1.0.0-beta", None),
        ("2.0.0-rc.1", Some(201)),
        ("2.0.0", None),
        ("2.0.0-rc.2", None),
        ("0.2.9", Some(23)),
        ("0.3.0", None),
        ("0.0.4", Some(4)),
        ("0.0.5", None),
    ] {
        let linked = linker.instantiate(&mut store, &component(&engine, &user(version)));
        let found = linked.ok().map(|instance| {
            let n = instance.func(&mut store, None, "n").unwrap();
            n.call_typed::<(), u32>(&mut store, &()).unwrap()
        });
        assert_eq!(found, expected, "{version}");
    }
    let missing = message(linker.instantiate(&mut store, &component(&engine, &user("3.0.0"))));
    assert!(missing.contains("import instance `a:b/c@3.0.0`: not found in the linker; `a:b/c@"), "{missing}");
}

fn shadowing<E: CoreEngine>() {
    let engine = E::default();
    let mut linker = Linker::<(), E>::new(&engine);
    linker.instance("i").func_wrap("f", |_, (): ()| Ok(1_u32)).unwrap();
    let twice = linker.instance("i").func_wrap("f", |_, (): ()| Ok(2_u32)).map(|_| ());
    assert!(message(twice).starts_with("`f` is defined twice in `i`; "));
    linker.allow_shadowing(true).instance("i").func_wrap("f", |_, (): ()| Ok(2_u32)).unwrap();
    linker.allow_shadowing(false);
    assert!(linker.instance("i").resource_alias("r", "f").is_err());
    let text = r#"(component (import "i" (instance $i (export "f" (func (result u32))))) (export "i" (instance $i)))"#;
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component(&engine, text)).unwrap();
    let f = instance.func(&mut store, Some("i"), "f").unwrap();
    assert_eq!(f.call_typed::<(), u32>(&mut store, &()).unwrap(), 2);
    assert!(message(linker.define_exports(&mut store, instance)).starts_with("`f` is defined twice in `i`; "));
}

fn a_trap_ends_both_instances<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let text = r#"(component
        (core module $m (func (export "boom") (unreachable)) (func (export "fine")))
        (core instance $i (instantiate $m))
        (func (export "boom") (canon lift (core func $i "boom")))
        (func (export "fine") (canon lift (core func $i "fine"))))"#;
    let callee = linker.instantiate(&mut store, &component(&engine, text)).unwrap();
    linker.define_exports(&mut store, callee).unwrap();
    let text = r#"(component
        (import "boom" (func $boom))
        (core func $boom (canon lower (func $boom)))
        (core module $m (import "" "boom" (func $boom)) (func (export "run") (call $boom)))
        (core instance $i (instantiate $m (with "" (instance (export "boom" (func $boom))))))
        (func (export "run") (canon lift (core func $i "run"))))"#;
    let caller = linker.instantiate(&mut store, &component(&engine, text)).unwrap();
    let run = caller.func(&mut store, None, "run").unwrap();
    assert!(message(run.call_typed::<(), ()>(&mut store, &())).contains("unreachable"));
    for (instance, name) in [(caller, "run"), (callee, "fine")] {
        let func = instance.func(&mut store, None, name).unwrap();
        assert!(message(func.call_typed::<(), ()>(&mut store, &())).contains("cannot enter"), "{name}");
    }
}

/// By slots alone, by copies, and by tasks.
fn wrong_arguments_do_not_end_the_callee<E: CoreEngine>() {
    let engine = E::default();
    let text = r#"(component
        (core module $m
            (memory (export "memory") 1)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                (if (i32.eq (local.get 3) (i32.const 13)) (then unreachable))
                (i32.const 64))
            (func (export "char") (param i32))
            (func (export "string") (param i32 i32))
            (func (export "fine")))
        (core instance $i (instantiate $m))
        (type $r' (resource (rep i32)))
        (export $r "r" (type $r'))
        (func (export "char") (param "c" char) (canon lift (core func $i "char")))
        (func (export "string") (param "s" string) (canon lift (core func $i "string")
            (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
        (func (export "lent") (param "r" (borrow $r)) (canon lift (core func $i "char")))
        (func (export "fine") (canon lift (core func $i "fine"))))"#;
    let caller = r#"(component
        (import "r" (type $r (sub resource)))
        (import "char" (func $char (param "c" char)))
        (import "string" (func $string (param "s" string)))
        (import "lent" (func $lent (param "r" (borrow $r))))
        (core module $memory (memory (export "memory") 1))
        (core instance $memory (instantiate $memory))
        (core func $char (canon lower (func $char)))
        (core func $string (canon lower (func $string) (memory (core memory $memory "memory"))))
        (core func $lent (canon lower (func $lent)))
        (core module $m
            (import "" "char" (func $char (param i32)))
            (import "" "string" (func $string (param i32 i32)))
            (import "" "lent" (func $lent (param i32)))
            (func (export "char") (call $char (i32.const 0xd800)))
            (func (export "string") (call $string (i32.const 65535) (i32.const 2)))
            (func (export "lent") (call $lent (i32.const 7)))
            (func (export "realloc") (call $string (i32.const 0) (i32.const 13))))
        (core instance $i (instantiate $m (with "" (instance
            (export "char" (func $char)) (export "string" (func $string)) (export "lent" (func $lent))))))
        (func (export "char") (canon lift (core func $i "char")))
        (func (export "string") (canon lift (core func $i "string")))
        (func (export "lent") (canon lift (core func $i "lent")))
        (func (export "realloc") (canon lift (core func $i "realloc"))))"#;
    let [callee, caller] = [text, caller].map(|text| component(&engine, text));
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let callee = linker.instantiate(&mut store, &callee).unwrap();
    linker.define_exports(&mut store, callee).unwrap();
    let fine = callee.func(&mut store, None, "fine").unwrap();
    let pre = linker.instantiate_pre(&caller).unwrap();
    for (name, reason, ends) in [
        ("char", "invalid `char`", false),
        ("string", "out of bounds", false),
        ("lent", "unknown handle index 7", false),
        ("realloc", "unreachable", true),
    ] {
        let caller = pre.instantiate(&mut store).unwrap();
        let wrong = caller.func(&mut store, None, name).unwrap();
        let error = message(wrong.call_typed::<(), ()>(&mut store, &()));
        assert!(error.contains(reason), "{error}");
        assert!(message(wrong.call_typed::<(), ()>(&mut store, &())).contains("cannot enter"), "{name}");
        assert_eq!(fine.call_typed::<(), ()>(&mut store, &()).is_err(), ends, "{name}");
        super::concurrent::assert_idle(&store);
    }
}
