//! The component that the benchmarks call: tasks, calls of host functions that wait, and streams.

/// The declarations that all of its functions share. A task keeps in its context the address of a record:
///
/// | offset | |
/// | --- | --- |
/// | 0 | the result of a call of the host |
/// | 4 | calls, or elements in blocks, that are left |
/// | 8 | its waitable set |
/// | 12 | the end of a stream |
/// | 16 | the elements of a block |
/// | 20 | the elements read |
const MODULE: &str = r#"
(import "" "memory" (memory 1))
(import "" "return" (func $return (param i32)))
(import "" "return-bytes" (func $return-bytes (param i32)))
(import "" "return-words" (func $return-words (param i32)))
(import "" "get" (func $get (result i32)))
(import "" "set" (func $set (param i32)))
(import "" "new-set" (func $new-set (result i32)))
(import "" "drop-set" (func $drop-set (param i32)))
(import "" "join" (func $join (param i32 i32)))
(import "" "drop-subtask" (func $drop-subtask (param i32)))
(import "" "now" (func $now (param i32 i32) (result i32)))
(import "" "later" (func $later (param i32 i32) (result i32)))
(import "" "new-bytes" (func $new-bytes (result i64)))
(import "" "read-bytes" (func $read-bytes (param i32 i32 i32) (result i32)))
(import "" "write-bytes" (func $write-bytes (param i32 i32 i32) (result i32)))
(import "" "drop-readable-bytes" (func $drop-readable-bytes (param i32)))
(import "" "drop-writable-bytes" (func $drop-writable-bytes (param i32)))
(import "" "new-words" (func $new-words (result i64)))
(import "" "write-words" (func $write-words (param i32 i32 i32) (result i32)))
(import "" "drop-writable-words" (func $drop-writable-words (param i32)))

;; Records are given out in order, and again once no task has one.
(global $next (mut i32) (i32.const 64))
(global $used (mut i32) (i32.const 0))
(func $begin (result i32) (local $record i32)
  (if (i32.eqz (global.get $used)) (then (global.set $next (i32.const 64))))
  (global.set $used (i32.add (global.get $used) (i32.const 1)))
  (local.set $record (global.get $next))
  (global.set $next (i32.add (local.get $record) (i32.const 24)))
  (call $set (local.get $record))
  (i32.store offset=20 (local.get $record) (i32.const 0))
  (local.get $record))
(func $end (global.set $used (i32.sub (global.get $used) (i32.const 1))))
(func $wait (param $record i32) (result i32)
  (i32.or (i32.const 2) (i32.shl (i32.load offset=8 (local.get $record)) (i32.const 4))))

;; Tasks that return at once, and after a yield.
(func (export "ready") (param i32) (result i32)
  (call $return (i32.add (local.get 0) (i32.const 1))) (i32.const 0))
(func (export "yielding") (param i32) (result i32)
  (call $set (local.get 0)) (i32.const 1))
(func (export "yielded") (param i32 i32 i32) (result i32)
  (call $return (i32.add (call $get) (i32.const 1))) (i32.const 0))

;; Calls of a host function that returns at once.
(func (export "repeat-now") (param $n i32) (result i32) (local $record i32)
  (local.set $record (call $begin))
  (i32.store (local.get $record) (i32.const 0))
  (loop $again
    (if (i32.ne (i32.const 2) (call $now (i32.load (local.get $record)) (local.get $record))) (then (unreachable)))
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br_if $again (local.get $n)))
  (call $return (i32.load (local.get $record)))
  (call $end)
  (i32.const 0))

;; Calls of a host function that waits, one after the other.
(func (export "repeat-later") (param $n i32) (result i32) (local $record i32)
  (local.set $record (call $begin))
  (i32.store (local.get $record) (i32.const 0))
  (i32.store offset=4 (local.get $record) (local.get $n))
  (i32.store offset=8 (local.get $record) (call $new-set))
  (call $call-later (local.get $record)))
(func $call-later (param $record i32) (result i32) (local $status i32)
  (local.set $status (call $later (i32.load (local.get $record)) (local.get $record)))
  (if (i32.ne (i32.const 1) (i32.and (i32.const 15) (local.get $status))) (then (unreachable)))
  (call $join (i32.shr_u (local.get $status) (i32.const 4)) (i32.load offset=8 (local.get $record)))
  (call $wait (local.get $record)))
(func (export "called-later") (param i32 i32 i32) (result i32) (local $record i32)
  (local.set $record (call $get))
  (call $drop-subtask (local.get 1))
  (i32.store offset=4 (local.get $record) (i32.sub (i32.load offset=4 (local.get $record)) (i32.const 1)))
  (if (i32.load offset=4 (local.get $record)) (then (return (call $call-later (local.get $record)))))
  (call $drop-set (i32.load offset=8 (local.get $record)))
  (call $return (i32.load (local.get $record)))
  (call $end)
  (i32.const 0))

;; Writes blocks of bytes, of any content.
(func (export "write-bytes") (param $blocks i32) (param $size i32) (result i32) (local $record i32) (local $ends i64)
  (local.set $record (call $begin))
  (local.set $ends (call $new-bytes))
  (i32.store offset=4 (local.get $record) (local.get $blocks))
  (i32.store offset=8 (local.get $record) (call $new-set))
  (i32.store offset=12 (local.get $record) (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
  (i32.store offset=16 (local.get $record) (local.get $size))
  (call $join (i32.load offset=12 (local.get $record)) (i32.load offset=8 (local.get $record)))
  (call $return-bytes (i32.wrap_i64 (local.get $ends)))
  (call $write-more (local.get $record)))
(func $write-more (param $record i32) (result i32) (local $wrote i32)
  (loop $again
    (if (i32.eqz (i32.load offset=4 (local.get $record))) (then
      (call $join (i32.load offset=12 (local.get $record)) (i32.const 0))
      (call $drop-writable-bytes (i32.load offset=12 (local.get $record)))
      (call $drop-set (i32.load offset=8 (local.get $record)))
      (call $end)
      (return (i32.const 0))))
    (local.set $wrote (call $write-bytes
      (i32.load offset=12 (local.get $record)) (i32.const 65536) (i32.load offset=16 (local.get $record))))
    (if (i32.eq (local.get $wrote) (i32.const -1)) (then (return (call $wait (local.get $record)))))
    (call $written (local.get $record) (local.get $wrote))
    (br $again))
  (unreachable))
(func $written (param $record i32) (param $wrote i32)
  (if (i32.ne (i32.load offset=16 (local.get $record)) (i32.shr_u (local.get $wrote) (i32.const 4)))
    (then (unreachable)))
  (i32.store offset=4 (local.get $record) (i32.sub (i32.load offset=4 (local.get $record)) (i32.const 1))))
(func (export "bytes-written") (param i32 i32 i32) (result i32)
  (call $written (call $get) (local.get 2))
  (call $write-more (call $get)))

;; Reads bytes, and returns how many there were.
(func (export "read-bytes") (param $from i32) (param $size i32) (result i32) (local $record i32)
  (local.set $record (call $begin))
  (i32.store offset=8 (local.get $record) (call $new-set))
  (i32.store offset=12 (local.get $record) (local.get $from))
  (i32.store offset=16 (local.get $record) (local.get $size))
  (call $join (local.get $from) (i32.load offset=8 (local.get $record)))
  (call $read-more (local.get $record)))
(func $read-more (param $record i32) (result i32) (local $read i32)
  (loop $again
    (local.set $read (call $read-bytes
      (i32.load offset=12 (local.get $record)) (i32.const 65536) (i32.load offset=16 (local.get $record))))
    (if (i32.eq (local.get $read) (i32.const -1)) (then (return (call $wait (local.get $record)))))
    (br_if $again (call $was-read (local.get $record) (local.get $read))))
  (call $end-read (local.get $record)))
;; Whether there is more.
(func $was-read (param $record i32) (param $read i32) (result i32)
  (i32.store offset=20 (local.get $record)
    (i32.add (i32.load offset=20 (local.get $record)) (i32.shr_u (local.get $read) (i32.const 4))))
  (i32.eqz (i32.and (local.get $read) (i32.const 15))))
(func $end-read (param $record i32) (result i32)
  (call $join (i32.load offset=12 (local.get $record)) (i32.const 0))
  (call $drop-readable-bytes (i32.load offset=12 (local.get $record)))
  (call $drop-set (i32.load offset=8 (local.get $record)))
  (call $return (i32.load offset=20 (local.get $record)))
  (call $end)
  (i32.const 0))
(func (export "bytes-read") (param i32 i32 i32) (result i32)
  (if (call $was-read (call $get) (local.get 2)) (then (return (call $read-more (call $get)))))
  (call $end-read (call $get)))

;; Writes words one by one.
(func (export "write-words") (param $n i32) (result i32) (local $record i32) (local $ends i64)
  (local.set $record (call $begin))
  (local.set $ends (call $new-words))
  (i32.store offset=4 (local.get $record) (local.get $n))
  (i32.store offset=8 (local.get $record) (call $new-set))
  (i32.store offset=12 (local.get $record) (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
  (call $join (i32.load offset=12 (local.get $record)) (i32.load offset=8 (local.get $record)))
  (call $return-words (i32.wrap_i64 (local.get $ends)))
  (call $write-word (local.get $record)))
(func $write-word (param $record i32) (result i32)
  (loop $again
    (if (i32.eqz (i32.load offset=4 (local.get $record))) (then
      (call $join (i32.load offset=12 (local.get $record)) (i32.const 0))
      (call $drop-writable-words (i32.load offset=12 (local.get $record)))
      (call $drop-set (i32.load offset=8 (local.get $record)))
      (call $end)
      (return (i32.const 0))))
    (i32.store offset=4 (local.get $record) (i32.sub (i32.load offset=4 (local.get $record)) (i32.const 1)))
    (br_if $again (i32.ne (i32.const -1) (call $write-words
      (i32.load offset=12 (local.get $record)) (i32.add (local.get $record) (i32.const 4)) (i32.const 1)))))
  (call $wait (local.get $record)))
(func (export "word-written") (param i32 i32 i32) (result i32) (call $write-word (call $get)))
"#;

/// The component:
///
/// ```wit
/// import now: async func(x: u32) -> u32;
/// import later: async func(x: u32) -> u32;
/// export ready: async func(x: u32) -> u32;
/// export yielding: async func(x: u32) -> u32;
/// export repeat-now: async func(n: u32) -> u32;
/// export repeat-later: async func(n: u32) -> u32;
/// export write-bytes: async func(blocks: u32, size: u32) -> stream<u8>;
/// export read-bytes: async func(%from: stream<u8>, size: u32) -> u32;
/// export write-words: async func(n: u32) -> stream<u32>;
/// ```
pub(super) fn binary() -> Vec<u8> {
    let text = format!(
        r#"(component
            (import "now" (func $now async (param "x" u32) (result u32)))
            (import "later" (func $later async (param "x" u32) (result u32)))
            (type $bytes (stream u8))
            (type $words (stream u32))
            (core module $memory (memory (export "memory") 32))
            (core instance $memory (instantiate $memory))
            (alias core export $memory "memory" (core memory $mem))
            (core func $return (canon task.return (result u32)))
            (core func $return-bytes (canon task.return (result $bytes)))
            (core func $return-words (canon task.return (result $words)))
            (core func $get (canon context.get i32 0))
            (core func $set (canon context.set i32 0))
            (core func $new-set (canon waitable-set.new))
            (core func $drop-set (canon waitable-set.drop))
            (core func $join (canon waitable.join))
            (core func $drop-subtask (canon subtask.drop))
            (core func $now (canon lower (func $now) async (memory $mem)))
            (core func $later (canon lower (func $later) async (memory $mem)))
            (core func $new-bytes (canon stream.new $bytes))
            (core func $read-bytes (canon stream.read $bytes async (memory $mem)))
            (core func $write-bytes (canon stream.write $bytes async (memory $mem)))
            (core func $drop-readable-bytes (canon stream.drop-readable $bytes))
            (core func $drop-writable-bytes (canon stream.drop-writable $bytes))
            (core func $new-words (canon stream.new $words))
            (core func $write-words (canon stream.write $words async (memory $mem)))
            (core func $drop-writable-words (canon stream.drop-writable $words))
            (core module $m {MODULE})
            (core instance $i (instantiate $m (with "" (instance
                (export "memory" (memory $mem))
                (export "return" (func $return)) (export "return-bytes" (func $return-bytes))
                (export "return-words" (func $return-words))
                (export "get" (func $get)) (export "set" (func $set))
                (export "new-set" (func $new-set)) (export "drop-set" (func $drop-set))
                (export "join" (func $join)) (export "drop-subtask" (func $drop-subtask))
                (export "now" (func $now)) (export "later" (func $later))
                (export "new-bytes" (func $new-bytes)) (export "read-bytes" (func $read-bytes))
                (export "write-bytes" (func $write-bytes))
                (export "drop-readable-bytes" (func $drop-readable-bytes))
                (export "drop-writable-bytes" (func $drop-writable-bytes))
                (export "new-words" (func $new-words)) (export "write-words" (func $write-words))
                (export "drop-writable-words" (func $drop-writable-words))))))
            {}
            {}
            {}
            {}
            {}
            {}
            {})"#,
        lifted("ready", "yielded", r#"(param "x" u32) (result u32)"#),
        lifted("yielding", "yielded", r#"(param "x" u32) (result u32)"#),
        lifted("repeat-now", "yielded", r#"(param "n" u32) (result u32)"#),
        lifted("repeat-later", "called-later", r#"(param "n" u32) (result u32)"#),
        lifted("write-bytes", "bytes-written", r#"(param "blocks" u32) (param "size" u32) (result $bytes)"#),
        lifted("read-bytes", "bytes-read", r#"(param "from" $bytes) (param "size" u32) (result u32)"#),
        lifted("write-words", "word-written", r#"(param "n" u32) (result $words)"#),
    );
    wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn lifted(name: &str, callback: &str, ty: &str) -> String {
    format!(
        r#"(func (export "{name}") async {ty}
            (canon lift (core func $i "{name}") async (callback (core func $i "{callback}"))))"#
    )
}
