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

#[test]
fn a_mistake_in_an_argument_is_shown_at_its_place() {
    for (call, column, reason) in [
        ("set-state(Idle)", 11, "names are in lower case, with `-` between words: `idle`"),
        ("set-state(state::idle)", 11, "a case is written alone: `idle`"),
        ("set-state(ok(1, 2))", 15, "a case has one value; the values of a tuple are in parentheses of their own"),
        ("mark({read write})", 12, "a `,` is missing before this"),
        ("move-to({x=1})", 11, "a `:` separates the name of a field from its value"),
        ("add(0x10, 1)", 5, "numbers have decimal digits, and no more: `16`"),
        ("add(1_000, 1)", 5, "numbers have decimal digits, and no more: `1000`"),
        ("add(1, +1)", 8, "numbers have decimal digits, and no more: `1`"),
        ("add(007, 1)", 5, "numbers have decimal digits, and no more: `7`"),
        ("add(1u32, 1)", 5, "numbers have decimal digits, and no more: `1`"),
        ("add(.5, 1)", 5, "numbers have decimal digits, and no more: `0.5`"),
        ("add(1., 1)", 5, "numbers have decimal digits, and no more: `1.0`"),
        (r#"add("\q", 1)"#, 6, r"`\q` is no escape"),
        ("add('ab', 1)", 5, "a `char` has one character"),
        ("add(\"ab, 1)", 5, "the text has no end: `\"` is missing"),
        ("add(\u{201c}a\u{201d}, 1)", 5, "texts are in quotes as in `\"text\"`"),
        ("add(1,, 2)", 7, "`,` is not expected here"),
        ("add(\u{e9}\u{e9}, 1)", 5, "`\u{e9}` is not expected here"),
    ] {
        let says = format!("an argument is wrong, at column {column}: {reason}");
        fails(call, &says);
        let err = invoke(call).err;
        let [shown, caret] = [1, 2].map(|line| err.lines().nth(line).unwrap());
        assert_eq!((shown.trim_start(), caret.find('^').unwrap()), (call, column + 1), "{err}");
    }
    fails("move-to({x: 1, x: 2})", "the field `x` is given twice");
    fails("move-to({\"x\": 1})", "expected the name of a field, without quotes, found `\"x\"`");
}

#[test]
fn what_is_not_a_call_is_shown_at_its_place() {
    for (call, says) in [
        ("add(1, 2);", "column 10: the call ends before this; leave it out\n  add(1, 2);\n           ^\n"),
        ("sum([(1, 2", "column 11: `)])` is missing"),
        ("add", "column 1: the arguments are missing: write `add()` if there are none"),
        ("add 1, 2", "column 1: the arguments are in parentheses: `add(1, 2)`"),
        ("", "column 1: the name of the function is missing"),
        ("(1)", "column 1: the name of the function is missing"),
        ("Add(1, 2)", "column 1: names are in lower case, with `-` between words: `add`"),
    ] {
        fails(call, &format!("this is not a call, at {says}"));
    }
}

#[test]
fn a_long_call_is_shown_around_the_place() {
    let call = format!("sum([{}(1, 0x2){}])", "(1, 2), ".repeat(100), ", (1, 2)".repeat(100));
    let err = invoke(&call).err;
    assert!(
        err.contains("an argument is wrong, at column 810: numbers have decimal digits, and no more: `2`"),
        "{err}"
    );
    let lines: Vec<&str> = err.lines().skip(1).collect();
    assert!(lines.iter().all(|line| line.chars().count() < 80), "{err}");
    let caret = lines[1].chars().position(|c| c == '^').unwrap();
    assert_eq!(lines[0].chars().skip(caret).take(3).collect::<String>(), "0x2", "{err}");
    assert!(lines[0].starts_with("  …") && lines[0].ends_with('…'), "{err}");
}
