//! A component of three instances that do what the trace says: their core code asks the host for the next built-in and its arguments,
//! and reports the result. Each imports those before it.

use core::fmt::Write;

pub(super) const LIFTS: [&str; 4] = ["sync", "blocking", "callback", "stackful"];
pub(super) const ARGS: [&str; 4] = ["none", "borrow", "own", "stream"];
const ELEMENTS: [&str; 3] = ["none", "u8", "bool"];

/// A built-in with its options, or a call.
pub(super) struct Op {
    /// The words of a trace that say it, with the numbers that are its options.
    pub(super) words: String,
    canon: String,
    params: usize,
    result: &'static str,
    /// Whether an event is stored at [`EVENT`].
    stores_event: bool,
    /// The instance that it calls, which must come before its own.
    callee: Option<usize>,
}

/// The address at which events are stored.
const EVENT: u32 = 240;

fn op(words: &str, canon: &str, params: usize, result: &'static str) -> Op {
    Op { words: words.into(), canon: canon.into(), params, result, stores_event: false, callee: None }
}

/// All ops.
pub(super) fn ops() -> Vec<Op> {
    let mut ops = vec![
        op("set.new", "waitable-set.new", 0, "i32"),
        op("join", "waitable.join", 2, ""),
        Op { stores_event: true, ..op("poll", "waitable-set.poll (memory $mem)", 1, "i32") },
        Op { stores_event: true, ..op("wait", "waitable-set.wait (memory $mem)", 1, "i32") },
        op("set.drop", "waitable-set.drop", 1, ""),
        op("subtask.drop", "subtask.drop", 1, ""),
        op("subtask.cancel 0", "subtask.cancel", 1, "i32"),
        op("subtask.cancel 1", "subtask.cancel async", 1, "i32"),
        op("task.return", "task.return", 0, ""),
        op("task.cancel", "task.cancel", 0, ""),
        op("backpressure.inc", "backpressure.inc", 0, ""),
        op("backpressure.dec", "backpressure.dec", 0, ""),
        op("resource.new", "lower (func $make)", 0, "i32"),
        op("resource.drop", "resource.drop $r", 1, ""),
        op("thread.new", "thread.new-indirect $start (core table $table)", 0, "i32"),
        op("thread.resume-later", "thread.resume-later", 1, ""),
        op("thread.yield", "thread.yield", 0, "i32"),
        op("thread.suspend", "thread.suspend", 0, "i32"),
    ];
    for name in ["suspend-then-resume", "yield-then-resume", "suspend-then-promote", "yield-then-promote"] {
        ops.push(op(&format!("thread.{name}"), &format!("thread.{name}"), 1, "i32"));
    }
    for word in [0, 1] {
        ops.push(op(&format!("context.get {word}"), &format!("context.get i32 {word}"), 0, "i32"));
        ops.push(op(&format!("context.set {word}"), &format!("context.set i32 {word}"), 1, ""));
    }
    for (kind, element) in ["stream", "future"].into_iter().flat_map(|kind| ELEMENTS.map(|element| (kind, element))) {
        let ty = format!("${kind}-{element}");
        ops.push(op(&format!("{kind}.new {element}"), &format!("{kind}.new {ty}"), 0, "i64"));
        ops.push(op(&format!("forward {kind} {element}"), &format!("{kind}.forward {ty}"), 2, ""));
        for (side, verb) in [("readable", "read"), ("writable", "write")] {
            let end = format!("{kind} {side} {element}");
            ops.push(op(&format!("end.drop {end}"), &format!("{kind}.drop-{side} {ty}"), 1, ""));
            for (n, async_) in ["", "async"].into_iter().enumerate() {
                let canon = format!("{kind}.{verb} {ty} {async_} (memory $mem)");
                let params = if kind == "stream" { 3 } else { 2 };
                ops.push(op(&format!("copy-end {end} {n}"), &canon, params, "i32"));
                let canon = format!("{kind}.cancel-{verb} {ty} {async_}");
                ops.push(op(&format!("end.cancel {end} {n}"), &canon, 1, "i32"));
            }
        }
    }
    for (callee, lift) in [0, 1].into_iter().flat_map(|callee| LIFTS.map(|lift| (callee, lift))) {
        for (arg, how) in ARGS.into_iter().flat_map(|arg| ["sync", "async"].map(|how| (arg, how))) {
            if lift == "sync" && how == "async" {
                continue;
            }
            let (async_, result) = if how == "async" { ("async", "i32") } else { ("", "") };
            let canon = format!("lower (func $p{callee} \"{lift}-{arg}\") {async_} (memory $mem)");
            let params = usize::from(arg != "none");
            let words = format!("call {callee} {lift} {arg} {how}");
            ops.push(Op { callee: Some(callee), ..op(&words, &canon, params, result) });
        }
    }
    ops
}

/// The component.
pub(super) fn component(ops: &[Op]) -> String {
    let mut text = String::from(
        r#"(component
        (import "r" (type $r (sub resource)))
        (import "make" (func $make (result (own $r))))
        (import "next" (func $next (param "part" u32) (result u32)))
        (import "arg" (func $arg (param "place" u32) (result u32)))
        (import "said" (func $said (param "count" u32) (param "a" u64) (param "b" u32) (param "c" u32)))
        (import "stepped" (func $stepped (param "how" u32) (param "a" u32) (param "b" u32) (param "c" u32)))
        "#,
    );
    for part in 0..3 {
        text += &definition(part, ops);
        let before: String = (0..part).map(|other| format!("(with \"p{other}\" (instance $p{other}))")).collect();
        let _ = writeln!(
            text,
            r#"(instance $p{part} (instantiate $p{part} (with "r" (type $r)) (with "make" (func $make))
                (with "next" (func $next)) (with "arg" (func $arg)) (with "said" (func $said))
                (with "stepped" (func $stepped)) {before}))"#
        );
        for lift in LIFTS {
            let _ = writeln!(text, r#"(export "p{part}-{lift}" (func $p{part} "{lift}-none"))"#);
        }
    }
    text + ")"
}

/// The types of the parameters of functions.
fn param(arg: &str, resource: &str) -> String {
    match arg {
        "none" => String::new(),
        "stream" => "(param \"x\" $stream-u8)".into(),
        _ => format!("(param \"x\" ({arg} {resource}))"),
    }
}

/// The imports of an instance: those before it.
fn instances_before(part: usize) -> String {
    let mut imports = String::new();
    for other in 0..part {
        let _ = write!(
            imports,
            r#"(import "p{other}" (instance $p{other}
                (alias outer $p{part} $r (type $outer))
                (export "r" (type $same (eq $outer)))
                (type $stream-u8 (stream u8))"#
        );
        for (lift, arg) in LIFTS.into_iter().flat_map(|lift| ARGS.map(|arg| (lift, arg))) {
            let async_ = if lift == "sync" { "" } else { "async" };
            let _ = writeln!(imports, r#"(export "{lift}-{arg}" (func {async_} {}))"#, param(arg, "$same"));
        }
        imports += "))\n";
    }
    imports
}

/// The types of the elements' streams and futures.
fn end_types() -> String {
    let mut types = String::new();
    for (kind, element) in ["stream", "future"].into_iter().flat_map(|kind| ELEMENTS.map(|element| (kind, element))) {
        let ty = if element == "none" { "" } else { element };
        let _ = writeln!(types, "(type ${kind}-{element} ({kind} {ty}))");
    }
    types
}

/// The exported functions.
fn lifts() -> String {
    let mut lifts = String::new();
    for (lift, arg) in LIFTS.into_iter().flat_map(|lift| ARGS.map(|arg| (lift, arg))) {
        let async_ = if lift == "sync" { "" } else { "async" };
        let (core, options) = match lift {
            "callback" => ("code", "async (callback (core func $i \"callback\"))"),
            "stackful" => ("plain", "async"),
            _ => ("plain", ""),
        };
        let n = u32::from(arg != "none");
        let _ = writeln!(
            lifts,
            r#"(func (export "{lift}-{arg}") {async_} {} (canon lift (core func $i "{core}{n}") {options}))"#,
            param(arg, "$exported")
        );
    }
    lifts
}

/// The core module of an instance.
fn module(part: usize, core_imports: &str, calls: &str) -> String {
    format!(
        r#"(core module $m
            (import "" "memory" (memory 1))
            (import "" "table" (table 1 funcref))
            (import "" "next" (func $next (param i32) (result i32)))
            (import "" "arg" (func $arg (param i32) (result i32)))
            (import "" "said" (func $said (param i32 i64 i32 i32)))
            (import "" "stepped" (func $stepped (param i32 i32 i32 i32)))
            {core_imports}
            (elem (i32.const 0) $thread)
            (func $go (local $op i32) (local $value i32)
                (loop $again
                    (local.set $op (call $next (i32.const {part})))
                    (if (i32.eqz (local.get $op)) (then (return)))
                    {calls}
                    (unreachable)))
            (func $step (param i32) (call $stepped (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0)))
            (func $thread (param i32) (call $step (i32.const 1)) (call $go))
            (func $plain (export "plain0") (call $step (i32.const 0)) (call $go))
            (func (export "plain1") (param i32) (call $plain))
            (func $code (export "code0") (result i32) (call $step (i32.const 0)) (call $go) (call $arg (i32.const 0)))
            (func (export "code1") (param i32) (result i32) (call $code))
            (func (export "callback") (param i32 i32 i32) (result i32)
                (call $stepped (i32.const 2) (local.get 0) (local.get 1) (local.get 2))
                (call $go)
                (call $arg (i32.const 0))))"#
    )
}

fn definition(part: usize, ops: &[Op]) -> String {
    let Texts { built_ins, core_imports, instances, calls } = texts(part, ops);
    let (imports, types, lifts) = (instances_before(part), end_types(), lifts());
    let module = module(part, &core_imports, &calls);
    format!(
        r#"(component $p{part}
        (import "r" (type $r (sub resource)))
        (import "make" (func $make (result (own $r))))
        (import "next" (func $next (param "part" u32) (result u32)))
        (import "arg" (func $arg (param "place" u32) (result u32)))
        (import "said" (func $said (param "count" u32) (param "a" u64) (param "b" u32) (param "c" u32)))
        (import "stepped" (func $stepped (param "how" u32) (param "a" u32) (param "b" u32) (param "c" u32)))
        {imports}
        {types}
        (core type $start (func (param i32)))
        (core module $memory (memory (export "memory") 1) (table (export "table") 1 funcref))
        (core instance $memory (instantiate $memory))
        (alias core export $memory "memory" (core memory $mem))
        (alias core export $memory "table" (core table $table))
        (core func $next (canon lower (func $next)))
        (core func $arg (canon lower (func $arg)))
        (core func $said (canon lower (func $said)))
        (core func $stepped (canon lower (func $stepped)))
        {built_ins}
        {module}
        (core instance $i (instantiate $m (with "" (instance
            (export "memory" (memory $mem)) (export "table" (table $table)) (export "next" (func $next))
            (export "arg" (func $arg)) (export "said" (func $said)) (export "stepped" (func $stepped))
            {instances}))))
        (export $exported "r" (type $r))
        {lifts})
        "#
    )
}

/// Texts that are made of the ops of an instance.
#[derive(Default)]
struct Texts {
    built_ins: String,
    core_imports: String,
    instances: String,
    calls: String,
}

fn texts(part: usize, ops: &[Op]) -> Texts {
    let Texts { mut built_ins, mut core_imports, mut instances, mut calls } = Texts::default();
    for (index, op) in ops.iter().enumerate().filter(|(_, op)| op.callee.is_none_or(|callee| callee < part)) {
        let Op { canon, params, result, stores_event, .. } = op;
        let _ = writeln!(built_ins, "(core func $op{index} (canon {canon}))");
        let _ = writeln!(instances, r#"(export "op{index}" (func $op{index}))"#);
        let mut types = "i32 ".repeat(*params);
        // A new thread is told which function it runs, and a value.
        let mut arguments: String = (0..*params).map(|place| format!("(call $arg (i32.const {place}))")).collect();
        if *stores_event {
            types += "i32";
            let _ = write!(arguments, "(i32.const {EVENT})");
        } else if canon.starts_with("thread.new") {
            types += "i32 i32";
            arguments += "(i32.const 0) (i32.const 0)";
        }
        let results = if result.is_empty() { String::new() } else { format!("(result {result})") };
        let _ = writeln!(core_imports, r#"(import "" "op{index}" (func $op{index} (param {types}) {results}))"#);
        let call = format!("(call $op{index} {arguments})");
        let none = "(i32.const 0) (i32.const 0)";
        let said = match *result {
            "" => format!("{call} (call $said (i32.const 0) (i64.const 0) {none})"),
            "i64" => format!("(call $said (i32.const 1) {call} {none})"),
            _ if *stores_event => format!(
                "(local.set $value {call}) (call $said (i32.const 3) (i64.extend_i32_u (local.get $value))
                    (i32.load (i32.const {EVENT})) (i32.load (i32.const {})))",
                EVENT + 4
            ),
            _ => format!("(call $said (i32.const 1) (i64.extend_i32_u {call}) {none})"),
        };
        let number = index + 1;
        let _ = writeln!(calls, "(if (i32.eq (local.get $op) (i32.const {number})) (then {said} (br $again)))");
    }
    Texts { built_ins, core_imports, instances, calls }
}
