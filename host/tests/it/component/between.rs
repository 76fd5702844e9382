//! Guest → guest: component instances nested in one component call each other.

use witwright_host::{CoreEngine, Val};

use super::{core_module, instance, message};
use crate::on_every_engine;

on_every_engine! { numbers_are_normalized, values_cross, strings_are_transcoded, handles_cross, a_lent_handle_is_not_dropped }

/// Two components. `$inner` exports `f`. `$outer` imports it, and exports an `f` of its own that calls it.
fn pair(ty: &str, core: &str, inner: &str, outer: &str, inner_encoding: &str, outer_encoding: &str) -> String {
    let inner_module = core_module("m", inner);
    let memory = core_module("memory", "");
    format!(
        r#"(component
            (component $inner
                {inner_module}
                (core instance $i (instantiate $m))
                (func (export "f") {ty} (canon lift (core func $i "f") (memory (core memory $i "memory"))
                    (realloc (core func $i "realloc")) string-encoding={inner_encoding})))
            (component $outer
                (import "f" (func $f {ty}))
                {memory}
                (core instance $memory (instantiate $memory))
                (core func $f (canon lower (func $f) (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))
                    string-encoding={outer_encoding}))
                (core module $m
                    (import "" "f" (func $f {core}))
                    (import "" "memory" (memory 1))
                    {outer})
                (core instance $i (instantiate $m (with "" (instance
                    (export "f" (func $f)) (export "memory" (memory $memory "memory"))))))
                (func (export "g") {ty} (canon lift (core func $i "g") (memory (core memory $memory "memory"))
                    (realloc (core func $memory "realloc")) string-encoding={outer_encoding})))
            (instance $inner (instantiate $inner))
            (instance $outer (instantiate $outer (with "f" (func $inner "f"))))
            (export "g" (func $outer "g")))"#
    )
}

fn numbers_are_normalized<E: CoreEngine>() {
    let text = pair(
        r#"(param "a" u8) (param "b" s16) (param "c" bool) (result u32)"#,
        "(param i32 i32 i32) (result i32)",
        r#"(func (export "f") (param i32 i32 i32) (result i32)
            (i32.add (i32.add (local.get 0) (local.get 1)) (local.get 2)))"#,
        r#"(func (export "g") (param i32 i32 i32) (result i32)
            (call $f (i32.const 0x101) (i32.const 0xffff) (i32.const 77)))"#,
        "utf8",
        "utf8",
    );
    let (mut store, instance) = instance::<E>(&text);
    let g = instance.func(&mut store, None, "g").unwrap();
    assert_eq!(g.call_typed::<(u8, i16, bool), u32>(&mut store, &(0, 0, false)).unwrap(), 1, "1 - 1 + 1");
}

/// `f` returns its parameter, and `g` does the same by calling `f`.
fn echo(ty: &str, inner_encoding: &str, outer_encoding: &str) -> String {
    pair(
        &format!(r#"(param "v" {ty}) (result {ty})"#),
        "(param i32 i32 i32)",
        r#"(func (export "f") (param i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0))
            (i32.store (i32.const 20) (local.get 1))
            (i32.const 16))"#,
        r#"(func (export "g") (param i32 i32) (result i32)
            (call $f (local.get 0) (local.get 1) (i32.const 16))
            (i32.const 16))"#,
        inner_encoding,
        outer_encoding,
    )
}

fn values_cross<E: CoreEngine>() {
    let check = |ty: &str, value: Val| {
        let (mut store, instance) = instance::<E>(&echo(ty, "utf8", "utf8"));
        let g = instance.func(&mut store, None, "g").unwrap();
        assert_eq!(g.call(&mut store, core::slice::from_ref(&value)).unwrap(), Some(value), "{ty}");
    };
    let text = |text: &str| Val::String(text.into());
    let boxed = |value| Some(Box::new(value));
    check("(list u8)", Val::List((0..=255).map(Val::U8).collect()));
    check("(list (tuple u32 u32))", Val::List(vec![Val::Tuple(vec![Val::U32(1), Val::U32(2)])]));
    check("(list char)", Val::List(vec![Val::Char('a'), Val::Char('☃')]));
    check("(list (tuple u8 string))", Val::List(vec![Val::Tuple(vec![Val::U8(1), text("ä")])]));
    check("(list (option s64))", Val::List(vec![Val::Option(None), Val::Option(boxed(Val::S64(-1)))]));
    check(
        "(list (result (list string) (error f32)))",
        Val::List(vec![
            Val::Result(Ok(boxed(Val::List(vec![text("x"), text("")])))),
            Val::Result(Err(boxed(Val::F32(2.5)))),
        ]),
    );
}

fn strings_are_transcoded<E: CoreEngine>() {
    for inner in ["utf8", "utf16", "latin1+utf16"] {
        for outer in ["utf8", "utf16", "latin1+utf16"] {
            let (mut store, instance) = instance::<E>(&echo("string", inner, outer));
            let g = instance.func(&mut store, None, "g").unwrap();
            for text in ["", "plain", "höflich", "☃ and 🦀"] {
                let same = g.call_typed::<(&str,), String>(&mut store, &(text,)).unwrap();
                assert_eq!(same, text, "from {outer} to {inner} and back");
            }
        }
    }
}

/// `$inner` defines a resource. `$outer` makes one, lends it, and then drops it or passes it on.
const HANDLES: &str = r#"(component
    (component $inner
        (type $r' (resource (rep i32)))
        (export $r "r" (type $r'))
        (core func $new (canon resource.new $r'))
        (core func $rep (canon resource.rep $r'))
        (core module $m
            (import "" "new" (func $new (param i32) (result i32)))
            (import "" "rep" (func $rep (param i32) (result i32)))
            (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
            (func (export "value") (param i32) (result i32) (local.get 0))
            (func (export "take") (param i32 i32) (result i32) (call $rep (local.get 0))))
        (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
        (func (export "make") (param "n" u32) (result (own $r)) (canon lift (core func $i "make")))
        (func (export "value") (param "r" (borrow $r)) (result u32) (canon lift (core func $i "value")))
        (func (export "take") (param "r" (own $r)) (param "also" (borrow $r)) (result u32)
            (canon lift (core func $i "take"))))
    (component $outer
        (import "i" (instance $i
            (export "r" (type $r (sub resource)))
            (export "make" (func (param "n" u32) (result (own $r))))
            (export "value" (func (param "r" (borrow $r)) (result u32)))
            (export "take" (func (param "r" (own $r)) (param "also" (borrow $r)) (result u32)))))
        (alias export $i "r" (type $r))
        (core func $make (canon lower (func $i "make")))
        (core func $value (canon lower (func $i "value")))
        (core func $take (canon lower (func $i "take")))
        (core func $drop (canon resource.drop $r))
        (core module $m
            (import "" "make" (func $make (param i32) (result i32)))
            (import "" "value" (func $value (param i32) (result i32)))
            (import "" "take" (func $take (param i32 i32) (result i32)))
            (import "" "drop" (func $drop (param i32)))
            (func (export "run") (result i32)
                (local $a i32) (local $b i32) (local $sum i32)
                (local.set $a (call $make (i32.const 30)))
                (local.set $b (call $make (i32.const 12)))
                (local.set $sum (i32.add (call $value (local.get $a)) (call $value (local.get $b))))
                (call $drop (local.get $a))
                (if (i32.ne (call $make (i32.const 1)) (local.get $a)) (then (unreachable)))
                (local.get $sum))
            (func (export "both") (result i32)
                (local $a i32)
                (local.set $a (call $make (i32.const 30)))
                (call $take (local.get $a) (local.get $a))))
        (core instance $c (instantiate $m (with "" (instance
            (export "make" (func $make)) (export "value" (func $value)) (export "take" (func $take))
            (export "drop" (func $drop))))))
        (func (export "run") (result u32) (canon lift (core func $c "run")))
        (func (export "both") (result u32) (canon lift (core func $c "both"))))
    (instance $inner (instantiate $inner))
    (instance $outer (instantiate $outer (with "i" (instance $inner))))
    (export "run" (func $outer "run"))
    (export "both" (func $outer "both")))"#;

fn handles_cross<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(HANDLES);
    let run = instance.func(&mut store, None, "run").unwrap();
    assert_eq!(run.call_typed::<(), u32>(&mut store, &()).unwrap(), 42);
}

fn a_lent_handle_is_not_dropped<E: CoreEngine>() {
    let (mut store, instance) = instance::<E>(HANDLES);
    let both = instance.func(&mut store, None, "both").unwrap();
    let found = message(both.call_typed::<(), u32>(&mut store, &()));
    assert_eq!(
        found, "in function `both`: wasm trap: unknown handle index 1",
        "given away by the first parameter, lent by the second"
    );
}
