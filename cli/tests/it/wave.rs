//! `witwright run --invoke`: the errors for calls that do not fit their functions.

use std::fs;
use std::sync::OnceLock;

use crate::{Ran, temporary, witwright};

/// A component with functions of many types; they take values, and give nothing.
const COMPONENT: &str = r#"(component
    (core module $m
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
        (func (export "one") (param i32))
        (func (export "two") (param i32 i32))
        (func (export "three") (param i32 i32 i32)))
    (core instance $i (instantiate $m))
    (type $mode' (enum "none" "some" "ok" "err" "true" "false" "inf" "nan" "fast"))
    (export $mode "mode" (type $mode'))
    (type $state' (variant (case "none") (case "ok" u32) (case "idle")))
    (export $state "state" (type $state'))
    (type $point' (record (field "x" s8) (field "y" (option s8))))
    (export $point "point" (type $point'))
    (type $marks' (flags "read" "write"))
    (export $marks "marks" (type $marks'))
    (func (export "set-mode") (param "mode" $mode) (canon lift (core func $i "one")))
    (func (export "set-state") (param "state" $state) (canon lift (core func $i "two")))
    (func (export "move-to") (param "to" $point) (canon lift (core func $i "three")))
    (func (export "mark") (param "with" $marks) (canon lift (core func $i "one")))
    (func (export "sum") (param "values" (list (tuple u8 u8))) (canon lift (core func $i "two")
        (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
    (func (export "add") (param "a" u32) (param "b" u32) (canon lift (core func $i "two"))))"#;

fn invoke(call: &str) -> Ran {
    static PATH: OnceLock<String> = OnceLock::new();
    let path = PATH.get_or_init(|| {
        let path = temporary("wave.wasm");
        fs::write(&path, wat::parse_str(COMPONENT).unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    });
    witwright(&["run", path, "--invoke", call])
}

#[track_caller]
fn fails(call: &str, says: &str) {
    let ran = invoke(call);
    assert_eq!(ran.code, Some(1), "{call}");
    assert!(ran.err.contains(says), "{call}: {}", ran.err);
}

#[test]
fn a_case_that_is_a_keyword_is_escaped() {
    for word in ["none", "some", "ok", "err", "true", "false", "inf", "nan"] {
        fails(&format!("set-mode({word})"), &format!("write `%{word}`"));
        let ran = invoke(&format!("set-mode(%{word})"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{word}");
    }
    // So is one that is proposed.
    for word in ["NONE", "SOME", "OK", "ERR", "TRUE", "FALSE", "INF", "NAN"] {
        let meant = format!("(did you mean `%{}`?)", word.to_lowercase());
        fails(&format!("set-mode({word})"), &format!("there is no case `{word}` {meant}"));
    }
    fails("set-state(NONE)", "there is no case `NONE` (did you mean `%none`?)");
    fails("set-state(OK(1))", "there is no case `OK` (did you mean `%ok`?)");
    fails("set-state(unknown)", "there is no case `unknown`, only `%none`, `%ok`, `idle`");
    fails("set-state(none)", "write `%none`");
    fails("set-state(ok(1))", "write `%ok`");
    fails("set-state(some)", "write `%some`");
    for call in ["set-mode(fast)", "set-state(%ok(1))", "set-state(%none)", "set-state(idle)"] {
        assert_eq!(invoke(call).code, Some(0), "{call}");
    }
}

#[test]
fn a_wrong_value_is_said_with_its_place_and_type() {
    fails("add(1, true)", "parameter `b`: expected `u32` (0 to 2^32 - 1), found `true`");
    fails("add(1, -1)", "parameter `b`: expected `u32` (0 to 2^32 - 1), found `-1`");
    fails("add(1)", "the argument for `b`, `u32` (0 to 2^32 - 1), is missing; it is `add: func(a: u32, b: u32)`");
    fails("add(1, 2, 3)", "expected 2 arguments, found 3");
    fails("add(1, )x", "is not a call");
    fails("sum([(1, 2), (3, 256)])", "parameter `values`, element 2, value 2: expected `u8` (0 to 255), found `256`");
    fails("sum([(1, 2, 3)])", "parameter `values`, element 1: expected 2 values, found 3");
    fails("move-to({y: 1})", "parameter `to`: the field `x`, `s8` (-128 to 127), is missing");
    fails("move-to({x: 1, z: 1})", "parameter `to`: there is no field `z`");
    fails("move-to({x: 1, y: some('a')})", "parameter `to`, field `y`: expected `s8` (-128 to 127), found `'a'`");
    fails("mark({red})", "there is no flag `red` (did you mean `read`?)");
    fails("set-state(%ok)", "the case `ok` needs a value, `u32`");
    fails("set-state(idle(1))", "the case `idle` has no value");
    fails("set-state(%ok(\"a\"))", "parameter `state`, case `ok`: expected `u32` (0 to 2^32 - 1), found `\"a\"`");
    fails("set-mode(fats)", "there is no case `fats` (did you mean `fast`?)");
    for call in ["add(1, 2)", "sum([])", "move-to({x: -1})", "move-to({x: 1, y: 2})", "mark({})", "mark({write, read})"]
    {
        let ran = invoke(call);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{call}");
    }
}
