//! Copies of streams between components in which elements are wrong after handles among them have been passed: who is the reason traps
//! alone, and no handle is left.

use witwright_abi_runtime::codes::{BLOCKED, CopyResult, StreamResult};
use witwright_host::{CoreEngine, Error, Gate, Instance, Linker, Store, StoreContextMut, Val};

use super::concurrent::{assert_idle, block_on};
use super::streams::both;
use super::wrong_values::{OWNER, linked};
use super::{component, gated_component};
use crate::on_every_engine;

on_every_engine! {
    a_writer_whose_elements_are_wrong_ends_alone, a_reader_that_cannot_take_elements_ends_alone, a_reader_that_trapped_is_not_returned_to,
    ends_that_block_go_on,
}

/// The end of a stream that a guest has: `result` is what it is told of a copy that it did not wait for, and `left` drops a resource.
const END: &str = r#"
    (core func $drop (canon resource.drop $r))
    (core func $set-new (canon waitable-set.new))
    (core func $join (canon waitable.join))
    (core func $poll (canon waitable-set.poll (memory $mem)))
    (core module $end
        (import "" "memory" (memory 1)) (import "" "drop" (func $drop (param i32)))
        (import "" "set-new" (func $set-new (result i32))) (import "" "join" (func $join (param i32 i32)))
        (import "" "poll" (func $poll (param i32 i32) (result i32)))
        (global $end (export "end") (mut i32) (i32.const 0))
        (func (export "result") (result i32) (local $set i32)
            (local.set $set (call $set-new))
            (call $join (global.get $end) (local.get $set))
            (drop (call $poll (local.get $set) (i32.const 32)))
            (i32.load (i32.const 36)))
        (func (export "left") (param i32) (call $drop (local.get 0))))
    (core instance $end (instantiate $end (with "" (instance
        (export "memory" (memory $mem)) (export "drop" (func $drop)) (export "set-new" (func $set-new))
        (export "join" (func $join)) (export "poll" (func $poll))))))"#;

/// `make` returns a stream, to which `write` writes two elements: the second has a handle that exists, or does not.
fn writer() -> String {
    format!(
        r#"(component
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (type $s (stream (tuple (own $r) string)))
    (core module $memory (memory (export "memory") 1))
    (core instance $memory (instantiate $memory))
    (alias core export $memory "memory" (core memory $mem))
    (core func $make (canon lower (func $make)))
    (core func $new (canon stream.new $s))
    (core func $write (canon stream.write $s async (memory $mem)))
    (core func $write-sync (canon stream.write $s (memory $mem)))
    {END}
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "make" (func $make (result i32)))
        (import "" "new" (func $new (result i64)))
        (import "" "write" (func $write (param i32 i32 i32) (result i32)))
        (import "" "write-sync" (func $write-sync (param i32 i32 i32) (result i32)))
        (import "" "end" (global $end (mut i32)))
        (func (export "open") (result i32) (local $pair i64)
            (local.set $pair (call $new))
            (global.set $end (i32.wrap_i64 (i64.shr_u (local.get $pair) (i64.const 32))))
            (i32.wrap_i64 (local.get $pair)))
        (func $fill (param $good i32)
            (i32.store (i32.const 0) (call $make)) (i32.store (i32.const 8) (i32.const 3))
            (i32.store (i32.const 12) (if (result i32) (local.get $good) (then (call $make)) (else (i32.const 77))))
            (i32.store (i32.const 20) (i32.const 3)))
        (func (export "write-sync") (param i32) (result i32)
            (call $fill (local.get 0))
            (call $write-sync (global.get $end) (i32.const 0) (i32.const 2)))
        (func (export "write") (param i32) (result i32)
            (call $fill (local.get 0))
            (call $write (global.get $end) (i32.const 0) (i32.const 2))))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $mem)) (export "make" (func $make)) (export "new" (func $new))
        (export "write" (func $write)) (export "write-sync" (func $write-sync))
        (export "end" (global $end "end"))))))
    (func (export "write-sync") async (param "good" u32) (result u32) (canon lift (core func $i "write-sync")))
    (func (export "open") (result $s) (canon lift (core func $i "open")))
    (func (export "write") (param "good" u32) (result u32) (canon lift (core func $i "write")))
    (func (export "written") (result u32) (canon lift (core func $end "result")))
    (func (export "left-in-writer") (param "index" u32) (canon lift (core func $end "left"))))"#
    )
}

/// Calls `write`, and takes no part in concurrency.
const RELAY: &str = r#"(component
    (import "write" (func $write (param "good" u32) (result u32)))
    (core func $write (canon lower (func $write)))
    (core module $m (import "" "write" (func $write (param i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 8) "\00\00\00\00\03\00\00\00")
        (func (export "relay") (param i32) (result i32) (drop (call $write (local.get 0))) (i32.const 8)))
    (core instance $i (instantiate $m (with "" (instance (export "write" (func $write))))))
    (func (export "relay") (param "good" u32) (result string) (canon lift (core func $i "relay")
        (memory (core memory $i "memory")))))"#;

/// `take` takes a stream, and `read` reads from it with a `realloc` that traps at the call that it is told, and by a
/// division at later ones.
fn reader() -> String {
    format!(
        r#"(component
    (import "r" (type $r (sub resource)))
    (import "relay" (func $write (param "good" u32) (result string)))
    (type $s (stream (tuple (own $r) string)))
    (core module $memory (memory (export "memory") 1)
        (global $calls (mut i32) (i32.const 0)) (global $trapped (mut i32) (i32.const 0))
        (func (export "traps-at") (param i32) (global.set $calls (local.get 0)))
        (func (export "realloc") (param i32 i32 i32 i32) (result i32)
            (if (global.get $trapped) (then (drop (i32.div_u (i32.const 1) (i32.const 0)))))
            (global.set $calls (i32.sub (global.get $calls) (i32.const 1)))
            (if (i32.eqz (global.get $calls)) (then (global.set $trapped (i32.const 1)) (unreachable)))
            (i32.const 512)))
    (core instance $memory (instantiate $memory))
    (alias core export $memory "memory" (core memory $mem))
    (core func $write (canon lower (func $write) (memory $mem) (realloc (core func $memory "realloc"))))
    (core func $read (canon stream.read $s async (memory $mem) (realloc (core func $memory "realloc"))))
    (core func $read-sync (canon stream.read $s (memory $mem) (realloc (core func $memory "realloc"))))
    {END}
    (core module $m
        (import "" "memory" (memory 1))
        (import "" "traps-at" (func $traps-at (param i32)))
        (import "" "write" (func $write (param i32 i32)))
        (import "" "read" (func $read (param i32 i32 i32) (result i32)))
        (import "" "read-sync" (func $read-sync (param i32 i32 i32) (result i32)))
        (import "" "end" (global $end (mut i32)))
        (func (export "take") (param i32) (global.set $end (local.get 0)))
        (func (export "read-sync") (param i32) (result i32)
            (call $traps-at (local.get 0))
            (call $read-sync (global.get $end) (i32.const 0) (i32.const 2)))
        (func $do-read (export "read") (param i32) (result i32)
            (call $traps-at (local.get 0))
            (call $read (global.get $end) (i32.const 0) (i32.const 2)))
        (func (export "read-and-call") (result i32)
            (drop (call $do-read (i32.const 2)))
            (call $write (i32.const 1) (i32.const 48))
            (i32.const 7)))
    (core instance $i (instantiate $m (with "" (instance
        (export "memory" (memory $mem)) (export "traps-at" (func $memory "traps-at"))
        (export "write" (func $write)) (export "read" (func $read)) (export "read-sync" (func $read-sync))
        (export "end" (global $end "end"))))))
    (func (export "take") (param "s" $s) (canon lift (core func $i "take")))
    (func (export "read") (param "traps-at" u32) (result u32) (canon lift (core func $i "read")))
    (func (export "read-sync") async (param "traps-at" u32) (result u32) (canon lift (core func $i "read-sync")))
    (func (export "read-and-call") (result u32) (canon lift (core func $i "read-and-call")))
    (func (export "received") (result u32) (canon lift (core func $end "result")))
    (func (export "left-in-reader") (param "index" u32) (canon lift (core func $end "left"))))"#
    )
}

/// Forwards a stream to one that it has made.
const FORWARDER: &str = r#"(component
    (import "r" (type $r (sub resource)))
    (type $s (stream (tuple (own $r) string)))
    (core func $new (canon stream.new $s))
    (core func $forward (canon stream.forward $s))
    (core module $m
        (import "" "new" (func $new (result i64))) (import "" "forward" (func $forward (param i32 i32)))
        (global $from (mut i32) (i32.const 0)) (global $to (mut i32) (i32.const 0))
        (func (export "between") (param i32) (result i32) (local $pair i64)
            (global.set $from (local.get 0))
            (local.set $pair (call $new))
            (global.set $to (i32.wrap_i64 (i64.shr_u (local.get $pair) (i64.const 32))))
            (i32.wrap_i64 (local.get $pair)))
        (func (export "forward") (call $forward (global.get $from) (global.get $to))))
    (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "forward" (func $forward))))))
    (func (export "between") (param "s" $s) (result $s) (canon lift (core func $i "between")))
    (func (export "forward") (canon lift (core func $i "forward"))))"#;

const DROPPED: u32 = CopyResult::Dropped.pack();
/// Two elements, and `COMPLETED`.
const TWO: u32 = StreamResult { result: CopyResult::Completed, progress: 2 }.pack();

/// The guest that makes the copy happen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Last {
    Reader,
    Writer,
    Forwarder,
}

pub(super) struct World<E: CoreEngine> {
    pub(super) store: Store<(), E>,
    linker: Linker<(), E>,
    writer: Instance,
    reader: Instance,
}

impl<E: CoreEngine> World<E> {
    pub(super) fn new(engine: &E, relayed_by_host: bool) -> World<E> {
        let (mut linker, mut store, [_]) = linked(engine, [OWNER]);
        let [writer, reader] =
            [writer(), reader()].map(|text| gated_component(engine, &[Gate::MoreAsyncBuiltins], &text));
        let writer = linker.instantiate(&mut store, &writer).unwrap();
        linker.define_exports(&mut store, writer).unwrap();
        if relayed_by_host {
            let write = writer.func(&mut store, None, "write").unwrap();
            let relay = move |mut cx: StoreContextMut<'_, (), E>, (good,): (u32,)| {
                write.call_typed::<_, u32>(&mut cx, &(good,)).map(|_| String::from("abc"))
            };
            linker.root().func_wrap("relay", relay).unwrap();
        } else {
            let relay = linker.instantiate(&mut store, &component(engine, RELAY)).unwrap();
            linker.define_exports(&mut store, relay).unwrap();
        }
        let reader = linker.instantiate(&mut store, &reader).unwrap();
        World { store, linker, writer, reader }
    }

    fn call(&mut self, of: Instance, name: &str, args: &[Val]) -> Result<Option<Val>, Error> {
        of.func(&mut self.store, None, name).unwrap().call(&mut self.store, args)
    }

    fn number(&mut self, of: Instance, name: &str, args: &[Val]) -> Result<u32, Error> {
        self.call(of, name, args)
            .map(|value| if let Some(Val::U32(value)) = value { value } else { panic!("{value:?}") })
    }

    /// Reads and writes two elements. Returns what the end that does it last is told at once.
    pub(super) fn copy(&mut self, last: Last, good: u32, traps_at: u32) -> Result<u32, Error> {
        let (writer, reader) = (self.writer, self.reader);
        let mut stream = self.call(writer, "open", &[])?;
        let forwarder = (last == Last::Forwarder).then(|| {
            let component = gated_component(self.store.engine(), &[Gate::Forward], FORWARDER);
            self.linker.instantiate(&mut self.store, &component).unwrap()
        });
        if let Some(forwarder) = forwarder {
            stream = self.call(forwarder, "between", &[stream.unwrap()])?;
        }
        self.call(reader, "take", &[stream.unwrap()])?;
        let mut both = [(writer, "write", good), (reader, "read", traps_at)];
        if last == Last::Writer {
            both.reverse();
        }
        let mut told = BLOCKED;
        for (of, name, arg) in both {
            assert_eq!(told, BLOCKED);
            told = self.number(of, name, &[Val::U32(arg)])?;
        }
        match forwarder {
            Some(forwarder) => self.call(forwarder, "forward", &[]).map(|_| told),
            None => Ok(told),
        }
    }

    fn assert_has_ended(&mut self, of: Instance, name: &str) {
        let error = self.call(of, name, &[]).unwrap_err().to_string();
        assert!(error.contains("cannot enter"), "{error}");
    }
}

fn a_writer_whose_elements_are_wrong_ends_alone<E: CoreEngine>() {
    for last in [Last::Writer, Last::Reader, Last::Forwarder] {
        let mut world = World::new(&E::default(), false);
        let (writer, reader) = (world.writer, world.reader);
        let told = world.copy(last, 0, 0);
        let later = block_on(world.store.run_until(|_| false));
        let error = if last == Last::Writer { told.unwrap_err() } else { later.unwrap_err() };
        assert!(error.to_string().contains("unknown handle index 77"), "{last:?}: {error}");
        world.assert_has_ended(writer, "open");
        assert_eq!(world.number(reader, "received", &[]).unwrap(), DROPPED, "{last:?}");
        // The end of the stream and a set are the handles that it has.
        let error = world.call(reader, "left-in-reader", &[Val::U32(3)]).unwrap_err().to_string();
        assert!(error.contains("unknown handle index 3"), "{last:?}: {error}");
        assert_idle(&world.store);
    }
}

fn a_reader_that_cannot_take_elements_ends_alone<E: CoreEngine>() {
    for last in [Last::Writer, Last::Reader, Last::Forwarder] {
        for traps_at in [1, 2] {
            let mut world = World::new(&E::default(), false);
            let (writer, reader) = (world.writer, world.reader);
            let told = world.copy(last, 1, traps_at);
            let later = block_on(world.store.run_until(|_| false));
            let told = match (last, told) {
                (Last::Reader, told) => Err(told.unwrap_err()),
                (_, told) => Ok(told.unwrap()),
            };
            let error = told.as_ref().err().map_or_else(|| later.unwrap_err().to_string(), Error::to_string);
            assert!(error.contains("unreachable"), "{last:?}: {error}");
            if last == Last::Writer {
                assert_eq!(told.unwrap(), TWO);
            } else {
                assert_eq!(world.number(writer, "written", &[]).unwrap(), TWO | DROPPED);
            }
            world.assert_has_ended(reader, "received");
            let error = world.call(writer, "left-in-writer", &[Val::U32(1)]).unwrap_err().to_string();
            assert!(error.contains("handle index 1"), "{last:?}: {error}");
            assert_idle(&world.store);
        }
    }
}

/// It waits for a call in which its stream is written, so its frames are on the stack. Its `realloc` is not called for the result.
fn a_reader_that_trapped_is_not_returned_to<E: CoreEngine>() {
    for relayed_by_host in [false, true] {
        let mut world = World::new(&E::default(), relayed_by_host);
        let (writer, reader) = (world.writer, world.reader);
        let stream = world.call(writer, "open", &[]).unwrap().unwrap();
        world.call(reader, "take", &[stream]).unwrap();
        let error = world.call(reader, "read-and-call", &[]).unwrap_err().to_string();
        assert!(error.contains("unreachable"), "{relayed_by_host}: {error}");
        world.assert_has_ended(reader, "received");
        world.call(writer, "open", &[]).unwrap();
    }
}

/// The other end has trapped.
fn ends_that_block_go_on<E: CoreEngine>() {
    for (good, traps_at, reads_first) in [(0_u32, 0_u32, true), (0, 0, false), (1, 2, true), (1, 2, false)] {
        let mut world = World::new(&E::default(), false);
        let (writer, reader) = (world.writer, world.reader);
        let stream = world.call(writer, "open", &[]).unwrap().unwrap();
        world.call(reader, "take", &[stream]).unwrap();
        let mut ends = [(writer, "write-sync", good), (reader, "read-sync", traps_at)]
            .map(|(of, name, arg)| (of.func(&mut world.store, None, name).unwrap(), arg));
        if reads_first {
            ends.reverse();
        }
        let [(first, first_arg), (second, second_arg)] = ends;
        let outcomes = block_on(world.store.run(async |access| {
            let first = first.call_concurrent::<_, _, _, u32>(&access, (first_arg,));
            let second = second.call_concurrent::<_, _, _, u32>(&access, (second_arg,));
            both(first, second).await
        }));
        let (first, second) = outcomes.unwrap();
        let (written, read) = if reads_first { (second, first) } else { (first, second) };
        let (goes_on, reason, trapped) =
            if good == 0 { (read, "unknown handle index 77", written) } else { (written, "unreachable", read) };
        let trapped = trapped.unwrap_err().to_string();
        assert!(trapped.contains(reason), "{reads_first}: {trapped}");
        assert_eq!(goes_on.unwrap() & !DROPPED, if good == 0 { 0 } else { TWO }, "{reads_first}");
        block_on(world.store.run_until(|_| false)).unwrap();
        // The end that goes on is left.
        let census = world.store.census();
        assert_eq!([census.tasks, census.threads, census.waitables], [0, 0, 1], "{census:?}");
    }
}
