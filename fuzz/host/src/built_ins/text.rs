//! A component of two instances, whose core code asks the host which built-in to call next, and with which arguments, and reports
//! the result.

use core::fmt::Write;

/// A kind of argument that the guest asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u32)]
pub(super) enum Kind {
    /// The next built-in, as its place among [`OPS`] plus one; 0 for none.
    Op,
    /// The code that a callback returns.
    Code,
    Set,
    Subtask,
    /// A subtask or an end.
    Waitable,
    Readable,
    Writable,
    ReadableFuture,
    WritableFuture,
    ErrorContext,
    Resource,
    Thread,
    /// An address, most often aligned and in bounds.
    Pointer,
    /// A small number.
    Count,
}

impl Kind {
    /// The kinds by number.
    pub(super) const ALL: [Kind; 14] = [
        Kind::Op,
        Kind::Code,
        Kind::Set,
        Kind::Subtask,
        Kind::Waitable,
        Kind::Readable,
        Kind::Writable,
        Kind::ReadableFuture,
        Kind::WritableFuture,
        Kind::ErrorContext,
        Kind::Resource,
        Kind::Thread,
        Kind::Pointer,
        Kind::Count,
    ];

    /// Whether it is the index of a handle or of a thread.
    pub(super) const fn is_index(self) -> bool {
        !matches!(self, Kind::Op | Kind::Code | Kind::Pointer | Kind::Count)
    }
}

/// The sort of a built-in's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gives {
    Nothing,
    /// A number that names nothing.
    Number,
    /// An index.
    New(Kind),
    /// The indices of a readable and a writable end.
    Pair(Kind, Kind),
    /// The packed state of a call.
    Call,
}

/// A built-in with its options, or a call of an import.
pub(super) struct Op {
    /// The words after `canon`, without the options `memory` and `realloc`.
    pub(super) canon: &'static str,
    pub(super) params: &'static [Kind],
    pub(super) gives: Gives,
    /// Whether the first argument is an index that is free afterwards.
    pub(super) drops: bool,
    needs_memory: bool,
    /// Whether it traps but for few states, so that it is called seldom.
    pub(super) is_rare: bool,
    /// Whether only the second instance has it, which imports the first.
    pub(super) of_second: bool,
}

const fn op(canon: &'static str, params: &'static [Kind], gives: Gives) -> Op {
    Op { canon, params, gives, drops: false, needs_memory: false, is_rare: false, of_second: false }
}

const fn rare(canon: &'static str, params: &'static [Kind], gives: Gives) -> Op {
    Op { is_rare: true, ..op(canon, params, gives) }
}

const fn dropping(canon: &'static str, params: &'static [Kind]) -> Op {
    Op { drops: true, ..op(canon, params, Gives::Nothing) }
}

const fn copying(canon: &'static str, params: &'static [Kind], gives: Gives) -> Op {
    Op { needs_memory: true, ..op(canon, params, gives) }
}

/// A call of the first instance by the second.
const fn between(canon: &'static str, params: &'static [Kind], gives: Gives) -> Op {
    Op { of_second: true, ..op(canon, params, gives) }
}

use Gives::{Call, New, Nothing, Number, Pair};
use Kind::{
    Count, ErrorContext, Pointer, Readable, ReadableFuture, Resource, Set, Subtask, Thread, Waitable, Writable,
    WritableFuture,
};

/// All ops that the guests can be asked for.
pub(super) const OPS: &[Op] = &[
    rare("task.return", &[], Nothing),
    rare("task.return (result $s)", &[Readable], Nothing),
    rare("task.cancel", &[], Nothing),
    op("backpressure.inc", &[], Nothing),
    rare("backpressure.dec", &[], Nothing),
    op("context.get i32 0", &[], Number),
    op("context.set i32 0", &[Count], Nothing),
    op("waitable-set.new", &[], New(Set)),
    copying("waitable-set.wait", &[Set, Pointer], Number),
    copying("waitable-set.poll", &[Set, Pointer], Number),
    dropping("waitable-set.drop", &[Set]),
    op("waitable.join", &[Waitable, Set], Nothing),
    rare("subtask.cancel", &[Subtask], Number),
    rare("subtask.cancel async", &[Subtask], Number),
    dropping("subtask.drop", &[Subtask]),
    op("stream.new $s", &[], Pair(Readable, Writable)),
    copying("stream.read $s async", &[Readable, Pointer, Count], Number),
    copying("stream.read $s", &[Readable, Pointer, Count], Number),
    copying("stream.write $s async", &[Writable, Pointer, Count], Number),
    copying("stream.write $s", &[Writable, Pointer, Count], Number),
    rare("stream.cancel-read $s", &[Readable], Number),
    rare("stream.cancel-read $s async", &[Readable], Number),
    rare("stream.cancel-write $s", &[Writable], Number),
    rare("stream.cancel-write $s async", &[Writable], Number),
    dropping("stream.drop-readable $s", &[Readable]),
    dropping("stream.drop-writable $s", &[Writable]),
    rare("stream.forward $s", &[Readable, Writable], Nothing),
    op("future.new $f", &[], Pair(ReadableFuture, WritableFuture)),
    copying("future.read $f async", &[ReadableFuture, Pointer], Number),
    copying("future.read $f", &[ReadableFuture, Pointer], Number),
    copying("future.write $f async", &[WritableFuture, Pointer], Number),
    copying("future.write $f", &[WritableFuture, Pointer], Number),
    rare("future.cancel-read $f", &[ReadableFuture], Number),
    rare("future.cancel-read $f async", &[ReadableFuture], Number),
    rare("future.cancel-write $f", &[WritableFuture], Number),
    rare("future.cancel-write $f async", &[WritableFuture], Number),
    dropping("future.drop-readable $f", &[ReadableFuture]),
    dropping("future.drop-writable $f", &[WritableFuture]),
    rare("future.forward $f", &[ReadableFuture, WritableFuture], Nothing),
    copying("error-context.new", &[Pointer, Count], New(ErrorContext)),
    dropping("error-context.drop", &[ErrorContext]),
    op("thread.yield", &[], Number),
    op("thread.index", &[], New(Thread)),
    op("thread.new-indirect $start (core table $table)", &[Count, Count], New(Thread)),
    op("thread.resume-later", &[Thread], Nothing),
    rare("thread.suspend", &[], Number),
    rare("thread.suspend-then-resume", &[Thread], Number),
    rare("thread.yield-then-resume", &[Thread], Number),
    rare("thread.suspend-then-promote", &[Thread], Number),
    rare("thread.yield-then-promote", &[Thread], Number),
    copying("lower (func $later) async", &[Count, Pointer], Call),
    op("lower (func $later)", &[Count], Number),
    op("lower (func $make)", &[], New(Resource)),
    op("lower (func $lend) async", &[Resource], Call),
    op("lower (func $lend)", &[Resource], Nothing),
    dropping("resource.drop $r", &[Resource]),
    between("lower (func $first \"run\") async", &[], Call),
    between("lower (func $first \"run\")", &[], Nothing),
    between("lower (func $first \"stack\") async", &[], Call),
    between("lower (func $first \"block\") async", &[], Call),
    between("lower (func $first \"sync\")", &[], Nothing),
    between("lower (func $first \"take\") async", &[Readable], Call),
    between("lower (func $first \"give\")", &[], New(Readable)),
    between("lower (func $first \"keep\") async", &[Resource], Call),
    between("lower (func $first \"keep\")", &[Resource], Nothing),
];

/// The ops that report the arguments of a function and of a callback.
pub(super) const TAKEN: u32 = 1000;
pub(super) const KEPT: u32 = 1001;
pub(super) const TOLD: u32 = 1002;

/// The functions of an instance that the host calls: those whose names end in `take` have a stream as their parameter, and
/// those in `give` as their result.
pub(super) const EXPORTS: [&str; 6] = ["run", "stack", "sync", "block", "take", "give"];

/// The component.
pub(super) fn component() -> String {
    let mut exports = String::new();
    for part in ["first", "second"] {
        for name in EXPORTS {
            let _ = writeln!(exports, r#"(export "{part}-{name}" (func ${part} "{name}"))"#);
        }
    }
    format!(
        r#"(component
            (import "r" (type $r (sub resource)))
            (import "next" (func $next (param "part" u32) (param "kind" u32) (result u32)))
            (import "said" (func $said (param "part" u32) (param "op" u32) (param "value" u64)))
            (import "later" (func $later async (param "x" u32) (result u32)))
            (import "make" (func $make (result (own $r))))
            (import "lend" (func $lend async (param "r" (borrow $r))))
            {}
            {}
            (instance $first (instantiate $first
                (with "r" (type $r)) (with "next" (func $next)) (with "said" (func $said)) (with "later" (func $later))
                (with "make" (func $make)) (with "lend" (func $lend))))
            (instance $second (instantiate $second
                (with "r" (type $r)) (with "next" (func $next)) (with "said" (func $said)) (with "later" (func $later))
                (with "make" (func $make)) (with "lend" (func $lend)) (with "first" (instance $first))))
            {exports}
            (export "fail" (func $first "fail")))"#,
        part("first", 0),
        part("second", 1),
    )
}

/// Texts that are made of the ops of an instance.
#[derive(Default)]
struct Texts {
    /// The built-ins of the component.
    built_ins: String,
    /// The imports of the core module.
    imports: String,
    /// The built-ins as exports of a core instance.
    exports: String,
    /// The calls, each for its op.
    calls: String,
}

fn texts(number: u32) -> Texts {
    let Texts { mut built_ins, mut imports, mut exports, mut calls } = Texts::default();
    for (index, op) in OPS.iter().enumerate().filter(|(_, op)| number == 1 || !op.of_second) {
        let memory = if op.needs_memory { "(memory $mem)" } else { "" };
        let _ = writeln!(built_ins, "(core func $op{index} (canon {} {memory}))", op.canon);
        let _ = writeln!(exports, r#"(export "op{index}" (func $op{index}))"#);
        let result = match op.gives {
            Nothing => "",
            Pair(..) => "(result i64)",
            Number | New(_) | Call => "(result i32)",
        };
        let params = "i32 ".repeat(op.params.len());
        let _ = writeln!(imports, r#"(import "" "op{index}" (func $op{index} (param {params}) {result}))"#);
        let arguments: String = op
            .params
            .iter()
            .map(|kind| format!("(call $next (i32.const {number}) (i32.const {}))", *kind as u32))
            .collect();
        let call = format!("(call $op{index} {arguments})");
        let said = match op.gives {
            Nothing => format!("{call} (call $said (i32.const {number}) (i32.const {index}) (i64.const 0))"),
            Pair(..) => format!("(call $said (i32.const {number}) (i32.const {index}) {call})"),
            Number | New(_) | Call => {
                format!("(call $said (i32.const {number}) (i32.const {index}) (i64.extend_i32_u {call}))")
            }
        };
        let _ = writeln!(calls, "(if (i32.eq (local.get $op) (i32.const {})) (then {said} (br $again)))", index + 1);
    }
    Texts { built_ins, imports, exports, calls }
}

/// The core module of an instance.
fn module(number: u32, imports: &str, calls: &str) -> String {
    let (op, code) = (Kind::Op as u32, Kind::Code as u32);
    format!(
        r#"(core module $m
                (import "" "table" (table 4 funcref))
                (import "" "next" (func $next (param i32 i32) (result i32)))
                (import "" "said" (func $said (param i32 i32 i64)))
                {imports}
                (elem (i32.const 0) $thread $thread)
                (func $go (local $op i32)
                    (loop $again
                        (local.set $op (call $next (i32.const {number}) (i32.const {op})))
                        (if (i32.eqz (local.get $op)) (then (return)))
                        {calls}
                        (unreachable)))
                (func $thread (param i32) (call $go))
                (func $code (result i32) (call $go) (call $next (i32.const {number}) (i32.const {code})))
                (func (export "run") (result i32) (call $code))
                (func (export "take") (param i32) (result i32)
                    (call $said (i32.const {number}) (i32.const {TAKEN}) (i64.extend_i32_u (local.get 0)))
                    (call $code))
                (func (export "keep") (param i32) (result i32)
                    (call $said (i32.const {number}) (i32.const {KEPT}) (i64.extend_i32_u (local.get 0)))
                    (call $code))
                (func (export "callback") (param i32 i32 i32) (result i32)
                    (call $said (i32.const {number}) (i32.add (i32.const {TOLD}) (local.get 0))
                        (i64.or (i64.extend_i32_u (local.get 1))
                            (i64.shl (i64.extend_i32_u (local.get 2)) (i64.const 32))))
                    (call $code))
                (func (export "go") (call $go))
                (func (export "fail") (unreachable)))"#
    )
}

fn part(name: &str, number: u32) -> String {
    let first = r#"(import "first" (instance $first
        (alias outer $second $r (type $outer-r))
        (export "r" (type $r (eq $outer-r)))
        (type $s (stream u8))
        (export "run" (func async)) (export "stack" (func async)) (export "sync" (func)) (export "block" (func async))
        (export "take" (func async (param "s" $s))) (export "give" (func async (result $s)))
        (export "keep" (func async (param "r" (borrow $r))))
        (export "fail" (func))))"#;
    let Texts { built_ins, imports, exports, calls } = texts(number);
    let module = module(number, &imports, &calls);
    format!(
        r#"(component ${name}
            (import "r" (type $r (sub resource)))
            (import "next" (func $next (param "part" u32) (param "kind" u32) (result u32)))
            (import "said" (func $said (param "part" u32) (param "op" u32) (param "value" u64)))
            (import "later" (func $later async (param "x" u32) (result u32)))
            (import "make" (func $make (result (own $r))))
            (import "lend" (func $lend async (param "r" (borrow $r))))
            {}
            (type $s (stream u8))
            (type $f (future u32))
            (core type $start (func (param i32)))
            (core module $memory
                (memory (export "memory") 1)
                (table (export "table") 4 funcref))
            (core instance $memory (instantiate $memory))
            (alias core export $memory "memory" (core memory $mem))
            (alias core export $memory "table" (core table $table))
            (core func $next (canon lower (func $next)))
            (core func $said (canon lower (func $said)))
            {built_ins}
            {module}
            (core instance $i (instantiate $m (with "" (instance
                (export "table" (table $table)) (export "next" (func $next)) (export "said" (func $said))
                {exports}))))
            (func (export "run") async (canon lift (core func $i "run") async (callback (core func $i "callback"))))
            (func (export "stack") async (canon lift (core func $i "go") async))
            (func (export "sync") (canon lift (core func $i "go")))
            (func (export "block") async (canon lift (core func $i "go")))
            (func (export "take") async (param "s" $s)
                (canon lift (core func $i "take") async (callback (core func $i "callback"))))
            (func (export "give") async (result $s)
                (canon lift (core func $i "run") async (callback (core func $i "callback"))))
            (export $exported-r "r" (type $r))
            (func (export "keep") async (param "r" (borrow $exported-r))
                (canon lift (core func $i "keep") async (callback (core func $i "callback"))))
            (func (export "fail") (canon lift (core func $i "fail"))))"#,
        if number == 1 { first } else { "" },
    )
}
