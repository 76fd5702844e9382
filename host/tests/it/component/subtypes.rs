//! Supplied core modules, components, functions, types and resources of another type than the imports. Errors name the
//! item, the expected type and the found type.

use witwright_host::{CoreEngine, Linker, Store};

use super::{component, link_error};
use crate::on_every_engine;

on_every_engine! {
    modules_are_subtypes, components_are_subtypes, functions_of_instances_are_compared, types_are_compared,
    resources_are_told_apart, sorts_are_compared,
}

/// Links a component that imports `x` with `supplied` under that name. `None` if it links.
fn linked<E: CoreEngine>(import: &str, define: impl FnOnce(&mut Linker<(), E>)) -> Option<String> {
    let mut linker = Linker::<(), E>::new(&E::default());
    define(&mut linker);
    let component = component(linker.engine(), &format!("(component {import})"));
    linker.instantiate_pre(&component).err().map(|error| {
        let message = error.to_string();
        let message = message.strip_prefix("the component cannot be linked:\n  ").unwrap_or(&message);
        message.lines().collect::<Vec<_>>().join("|")
    })
}

/// Checks the message of a mismatch: `expected` occurs in `found`, or both are `None`.
fn check(what: &str, found: Option<String>, expected: Option<&str>) {
    match (found, expected) {
        (None, None) => {}
        (Some(found), Some(expected)) => assert!(found.contains(expected), "{what}: {found}"),
        (found, expected) => panic!("{what}: found {found:?}, expected {expected:?}"),
    }
}

fn modules_are_subtypes<E: CoreEngine>() {
    const MODULE: &str = r#"(module
        (import "env" "f" (func (param i32)))
        (import "env" "m" (memory 2 3))
        (import "env" "g" (global (mut i32)))
        (func (export "run") (result i32) (i32.const 1))
        (memory (export "memory") 2 4)
        (table (export "table") 3 5 funcref)
        (global (export "const") i32 (i32.const 1)))"#;
    let imports = r#"(import "env" "f" (func (param i32))) (import "env" "m" (memory 2 3)) (import "env" "g" (global (mut i32)))"#;
    for (ty, expected) in [
        (imports.to_string(), None),
        (format!(r#"{imports} (import "env" "more" (func)) (export "run" (func (result i32)))"#), None),
        (format!(r#"{imports} (export "memory" (memory 1 4)) (export "table" (table 2 6 funcref))"#), None),
        (format!(r#"{imports} (export "memory" (memory 1))"#), None),
        (format!(r#"{imports} (export "none" (func))"#), Some("missing expected export `none`")),
        (
            format!(r#"{imports} (export "run" (func))"#),
            Some("type mismatch in export `run`: expected (func), found (func (result i32))"),
        ),
        (format!(r#"{imports} (export "run" (memory 1))"#), Some("type mismatch in export `run`")),
        (format!(r#"{imports} (export "memory" (memory 3))"#), Some("type mismatch in export `memory`")),
        (format!(r#"{imports} (export "memory" (memory 1 3))"#), Some("type mismatch in export `memory`")),
        (format!(r#"{imports} (export "table" (table 4 funcref))"#), Some("type mismatch in export `table`")),
        (format!(r#"{imports} (export "table" (table 1 externref))"#), Some("type mismatch in export `table`")),
        (format!(r#"{imports} (export "const" (global (mut i32)))"#), Some("type mismatch in export `const`")),
        (String::new(), Some("missing expected import `env::f`")),
        (imports.replace("(param i32)", ""), Some("type mismatch in import `env::f`")),
        (imports.replace("(memory 2 3)", "(memory 1)"), Some("type mismatch in import `env::m`")),
        (imports.replace("(memory 2 3)", "(memory 3 3)"), None),
        (imports.replace("(mut i32)", "i32"), Some("type mismatch in import `env::g`")),
    ] {
        let bytes = wat::parse_str(MODULE).unwrap();
        let import = format!(r#"(import "lib" (instance (export "x" (core module {ty}))))"#);
        let found = linked::<E>(&import, |linker| {
            linker.instance("lib").module("x", &bytes).unwrap();
        });
        if let Some(found) = &found {
            assert!(found.starts_with("import `lib` core module `x`: "), "{found}");
        }
        check(&ty, found, expected);
    }
}

fn components_are_subtypes<E: CoreEngine>() {
    const COMPONENT: &str = r#"(component
        (import "f" (func $f (param "a" u32)))
        (import "r" (type $r (sub resource)))
        (import "i" (instance $i (export "g" (func (result string)))))
        (type $t' (resource (rep i32)))
        (export $t "t" (type $t'))
        (export "f2" (func $f))
        (core module $m (func (export "n") (param i32) (result i32) (i32.const 1)))
        (core instance $m (instantiate $m))
        (func (export "own-t") (param "x" (own $t)) (result u32) (canon lift (core func $m "n")))
        (func (export "own-r") (param "x" (own $r)) (result u32) (canon lift (core func $m "n"))))"#;
    let f = r#"(import "f" (func (param "a" u32)))"#;
    let r = r#"(import "r" (type $r (sub resource)))"#;
    let i = r#"(import "i" (instance (export "g" (func (result string)))))"#;
    for (ty, expected) in [
        (format!("{f} {r} {i}"), None),
        (format!(r#"{f} {r} {i} (import "more" (func)) (export "f2" (func (param "a" u32)))"#), None),
        (format!("{f} {r}"), Some("missing import named `i`")),
        (format!(r#"{f} {r} (import "i" (instance))"#), Some("missing expected export `g`")),
        (format!(r#"{f} {r} (import "i" (instance (export "g" (func (result string))) (export "h" (func))))"#), None),
        (
            format!(r#"(import "f" (func (param "a" u64))) {r} {i}"#),
            Some("expected primitive `u32` found primitive `u64`"),
        ),
        (format!(r#"{f} {r} {i} (export "none" (func))"#), Some("missing export named `none`")),
        (format!(r#"{f} {r} {i} (export "t" (type (sub resource)))"#), None),
        (
            format!(
                r#"{f} {r} {i} (export "t" (type $t (sub resource)))
                (export "own-t" (func (param "x" (own $t)) (result u32)))"#
            ),
            None,
        ),
        (format!(r#"{f} {r} {i} (export "own-r" (func (param "x" (own $r)) (result u32)))"#), None),
        (
            format!(r#"{f} {r} {i} (export "own-t" (func (param "x" (own $r)) (result u32)))"#),
            Some("resource types are not the same"),
        ),
    ] {
        let bytes = wat::parse_str(COMPONENT).unwrap();
        let found = linked::<E>(&format!(r#"(import "x" (component {ty}))"#), |linker| {
            linker.root().component("x", &bytes).unwrap();
        });
        if let Some(found) = &found {
            assert!(found.starts_with("import component `x`: "), "{found}");
        }
        check(&ty, found, expected);
    }
}

/// A component that exports a function `f` of each of some types, and a few types.
const EXPORTER: &str = r#"(component
    (type $rec' (record (field "a" u32) (field "b" string)))
    (export $rec "rec" (type $rec'))
    (type $r' (resource (rep i32)))
    (export $r "r" (type $r'))
    (export $again "r-again" (type $r'))
    (type $s' (resource (rep i32)))
    (export $s "s" (type $s'))
    (core module $m
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0))
        (func (export "one") (param i32) (result i32) (local.get 0))
        (func (export "two") (param i32 i32) (result i32) (i32.const 0))
        (func (export "three") (param i32 i32 i32) (result i32) (i32.const 0)))
    (core instance $m (instantiate $m))
    (func (export "num") (param "a" u32) (result u32) (canon lift (core func $m "one")))
    (func (export "recs") (param "a" $rec) (result u32)
        (canon lift (core func $m "three") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
    (func (export "own") (param "x" (own $r)) (result u32) (canon lift (core func $m "one")))
    (func (export "both") (param "x" (own $r)) (param "y" (own $s)) (result u32) (canon lift (core func $m "two"))))"#;

/// Links a component that imports from an instance of [`EXPORTER`] as instance `e`.
fn importing<E: CoreEngine>(exports: &str) -> Option<String> {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let exporter = Linker::new(&engine).instantiate(&mut store, &component(&engine, EXPORTER)).unwrap();
    linked::<E>(&format!(r#"(import "e" (instance {exports}))"#), |linker| {
        // The modules belong to the engine of the linker. Nothing is instantiated here.
        linker.define_instance(&mut store, "e", exporter).unwrap();
    })
}

fn functions_of_instances_are_compared<E: CoreEngine>() {
    let rec = |ty: &str| {
        format!(
            r#"(type $rec' {ty}) (export "rec" (type $rec (eq $rec'))) (export "recs" (func (param "a" $rec) (result u32)))"#
        )
    };
    for (exports, expected) in [
        (r#"(export "num" (func (param "a" u32) (result u32)))"#.into(), None),
        (
            r#"(export "num" (func (param "a" u64) (result u32)))"#.into(),
            Some("import `e` func `num`: parameter 1 `a`: expected u64, found u32"),
        ),
        (r#"(export "num" (func (param "b" u32) (result u32)))"#.into(), Some("parameter 1: expected `b`, found `a`")),
        (
            r#"(export "num" (func (param "a" u32)))"#.into(),
            Some("import `e` func `num`: result: expected none, found u32"),
        ),
        (r#"(export "num" (func (result u32)))"#.into(), Some("expected func() -> u32, found func(a: u32) -> u32")),
        (rec(r#"(record (field "a" u32) (field "b" string))"#), None),
        (rec(r#"(record (field "a" u32) (field "b" u8))"#), Some("field `b`: expected u8, found string")),
        (rec(r#"(record (field "a" u32))"#), Some("expected record { a: u32 }, found record { a: u32, b: string }")),
        (
            r#"(export "r" (type $r (sub resource))) (export "own" (func (param "x" (own $r)) (result u32)))"#.into(),
            None,
        ),
        (
            r#"(export "s" (type $s (sub resource))) (export "own" (func (param "x" (own $s)) (result u32)))"#.into(),
            Some("import `e` func `own`: parameter 1 `x`: expected own<s>, found own<r>"),
        ),
        (
            r#"(export "r" (type $r (sub resource))) (export "s" (type $s (sub resource)))
            (export "both" (func (param "x" (own $s)) (param "y" (own $r)) (result u32)))"#
                .into(),
            Some("parameter 1 `x`: expected own<s>, found own<r>"),
        ),
        (
            r#"(export "r-again" (type $r (sub resource))) (export "own" (func (param "x" (own $r)) (result u32)))"#
                .into(),
            None,
        ),
    ] {
        check(&exports, importing::<E>(&exports), expected);
    }
}

fn types_are_compared<E: CoreEngine>() {
    let rec = |ty: &str| format!(r#"(type $rec {ty}) (export "rec" (type (eq $rec)))"#);
    for (exports, expected) in [
        (rec(r#"(record (field "a" u32) (field "b" string))"#), None),
        (
            rec(r#"(record (field "a" u32) (field "b" char))"#),
            Some("import `e` type `rec`: field `b`: expected char, found string"),
        ),
        (rec("u32"), Some("import `e` type `rec`: expected u32, found record { a: u32, b: string }")),
        (r#"(type $n u32) (export "unknown" (type (eq $n)))"#.into(), None),
        (r#"(type $n u32) (export "num" (type (eq $n)))"#.into(), Some("expected type, found func")),
        (r#"(export "rec" (type (sub resource)))"#.into(), Some("expected resource, found type")),
    ] {
        check(&exports, importing::<E>(&exports), expected);
    }
}

fn resources_are_told_apart<E: CoreEngine>() {
    for (exports, expected) in [
        (r#"(export "r" (type $r (sub resource))) (export "r-again" (type (eq $r)))"#, None),
        (r#"(export "r" (type (sub resource))) (export "r-again" (type (sub resource)))"#, None),
        (r#"(export "r" (type $r (sub resource))) (export "not-there" (type (eq $r)))"#, None),
        (
            r#"(export "r" (type $r (sub resource))) (export "s" (type (eq $r)))"#,
            Some("import `e` type `s`: expected the resource type `r`, found another resource type"),
        ),
        (
            r#"(export "t" (type (sub resource)))"#,
            Some("import `e` resource `t`: not found in the linker; did you mean"),
        ),
    ] {
        check(exports, importing::<E>(exports), expected);
    }
}

fn sorts_are_compared<E: CoreEngine>() {
    for (import, expected) in [
        (r#"(import "f" (instance))"#, "import instance `f`: expected instance, found func"),
        (r#"(import "i" (func))"#, "import func `i`: expected func, found instance"),
        (r#"(import "i" (core module))"#, "import core module `i`: expected core module, found instance"),
        (r#"(import "i" (component))"#, "import component `i`: expected component, found instance"),
        (r#"(import "f" (type (sub resource)))"#, "import resource `f`: expected resource, found func"),
        (r#"(import "f" (core module))"#, "import core module `f`: expected core module, found func"),
        (r#"(import "i" (instance (export "f" (instance))))"#, "import instance `i/f`: expected instance, found func"),
    ] {
        let found = linked::<E>(import, |linker| {
            linker.root().func_wrap("f", |_, (): ()| Ok(())).unwrap();
            linker.instance("i").func_wrap("f", |_, (): ()| Ok(())).unwrap();
        });
        check(import, found, Some(expected));
    }
    let linker = Linker::<(), E>::new(&E::default());
    let text = r#"(component (import "a" (instance)) (import "b" (instance (export "c" (instance)))))"#;
    linker.instantiate_pre(&component(linker.engine(), text)).expect("an empty instance need not be provided");
    let text = r#"(component (import "b" (instance (export "c" (instance (export "f" (func)))))))"#;
    assert!(
        link_error(&linker, text).contains("import instance `b/c`: not found")
            || link_error(&linker, text).contains("instance `b`")
    );
}
