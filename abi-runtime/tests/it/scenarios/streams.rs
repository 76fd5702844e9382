//! Streams and futures: between guests, within one, and with the host.

use core::cell::Cell;
use std::rc::Rc;

use witwright_abi_runtime::codes::{BLOCKED, CopyResult, Event, StreamResult};
use witwright_abi_runtime::ids::WaitableId;
use witwright_abi_runtime::machine::{ElementType, EndKind, LiftMode};
use witwright_abi_runtime::trap::{EndUse, Trap};

use super::guest::{EMPTY_STREAM, FUTURE, Flag, Of, STREAM, cancelled, completed, dropped};
use super::host_end::{HostReader, HostWriter};
use super::world::{BYTE, Guest, NOTHING, Value, World};

const DONE: u32 = CopyResult::Completed.pack();

fn read(index: u32, result: u32) -> Event {
    Event::StreamRead { index, result: StreamResult::unpack(result).expect("it is a result") }
}

fn written(index: u32, result: u32) -> Event {
    Event::StreamWrite { index, result: StreamResult::unpack(result).expect("it is a result") }
}

/// Calls a function of the host that takes the readable end at an index.
fn give(g: &Guest, of: Of, index: u32) -> WaitableId {
    let Value::End(index, kind, ty) = of.at(index) else { unreachable!("it is an end") };
    g.machine(|machine, here| {
        let end = machine.lift_end(here, index, kind, ty).expect("it may be passed on");
        machine.keep_end(end);
        end
    })
}

/// Calls a function of the host that returns a readable end: its index.
fn receive(g: &Guest, end: WaitableId) -> u32 {
    g.machine(|machine, here| machine.lower_end(here, end)).expect("there is room")
}

/// Calls a function of the host that adds 10 to each byte of a stream, four at a time. Its first read is of `wanted` bytes.
fn add_10(g: &Guest, index: u32, wanted: u32) -> (u32, Rc<HostReader>, Rc<HostWriter>) {
    let reader = HostReader::new(&g.world, give(g, STREAM, index), wanted);
    let (writer, readable) = HostWriter::new(&g.world, &[], 4, false);
    (receive(g, readable), reader, writer)
}

/// Moves what a reader has read to a writer.
fn move_on(g: &Guest, reader: &HostReader, writer: &HostWriter) {
    let bytes: Vec<u8> = reader.take().iter().map(|byte| byte + 10).collect();
    writer.write(&g.world, &bytes);
    if reader.has_ended() {
        writer.end(&g.world);
    }
}

#[test]
fn eager_stream_completion() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Stackful, async |g, args| {
        let [r1] = args[..] else { panic!("{args:?}") };
        let (r2, w2) = g.ends(STREAM);
        g.task_return(&[STREAM.at(r2)]);
        let back = HostReader::new(&g.world, g.world.passed_end(), 64);
        assert_eq!(g.read(STREAM, r1, 0, 4), completed(4));
        assert_eq!(g.bytes(0, 4), [1, 2, 3, 4]);
        let (r3, w3) = g.ends(STREAM);
        let (r4, reader, writer) = add_10(&g, r3, 64);
        assert_eq!(g.write(STREAM, w3, 0, 4), completed(4));
        move_on(&g, &reader, &writer);
        assert_eq!(g.read_sync(STREAM, r4, 0, 4).await, completed(4));
        assert_eq!(g.write(STREAM, w2, 0, 4), completed(4));
        // The host drops its end after the last byte: after this read, where the reference's host does it before.
        assert_eq!(g.read(STREAM, r1, 0, 4), completed(4));
        assert_eq!(g.bytes(0, 4), [5, 6, 7, 8]);
        assert_eq!(g.write_sync(STREAM, w3, 0, 4).await, completed(4));
        move_on(&g, &reader, &writer);
        assert_eq!(g.read_sync(STREAM, r4, 0, 4).await, completed(4));
        assert_eq!(g.write_sync(STREAM, w2, 0, 4).await, completed(4));
        g.drop_readable(STREAM, r1);
        g.drop_readable(STREAM, r4);
        g.drop_writable(STREAM, w2);
        g.drop_writable(STREAM, w3);
        assert_eq!(back.take(), [11, 12, 13, 14, 15, 16, 17, 18]);
        assert!(back.has_ended() && reader.has_ended());
        0
    });
    let (_writer, readable) = HostWriter::new(&world, &[1, 2, 3, 4, 5, 6, 7, 8], 4, true);
    world.run(&main, &[Value::HostEnd(readable)]);
}

#[test]
fn async_stream_ops() {
    let world = World::new();
    let guest = world.guest();
    let (source, readable) = HostWriter::new(&world, &[], 4, false);
    let main = guest.func(LiftMode::Stackful, move |g, args| {
        let source = source.clone();
        async move {
            let world = g.world.clone();
            let [r1] = args[..] else { panic!("{args:?}") };
            let (r2, w2) = g.ends(STREAM);
            g.task_return(&[STREAM.at(r2)]);
            let back = HostReader::new(&world, world.passed_end(), 0);
            let set = g.set_new();

            // The host writes later, and reads later.
            assert_eq!(g.read(STREAM, r1, 0, 4), BLOCKED);
            source.write(&world, &[1, 2, 3, 4]);
            g.join(r1, set);
            assert_eq!(g.wait(set).await, read(r1, completed(4)));
            assert_eq!(g.bytes(0, 4), [1, 2, 3, 4]);
            let (r3, w3) = g.ends(STREAM);
            let (r4, reader, writer) = add_10(&g, r3, 0);
            assert_eq!(g.write(STREAM, w3, 0, 4), BLOCKED);
            reader.want(&world, 64);
            g.join(w3, set);
            assert_eq!(g.wait(set).await, written(w3, completed(4)));
            move_on(&g, &reader, &writer);
            assert_eq!(g.read_sync(STREAM, r4, 0, 4).await, completed(4));
            assert_eq!(g.write(STREAM, w2, 0, 4), BLOCKED);
            back.want(&world, 64);
            g.join(w2, set);
            assert_eq!(g.wait(set).await, written(w2, completed(4)));

            source.write(&world, &[5, 6, 7, 8]);
            source.end(&world);
            assert_eq!(g.read(STREAM, r1, 0, 4), completed(4));
            assert_eq!(g.bytes(0, 4), [5, 6, 7, 8]);
            g.drop_readable(STREAM, r1);
            assert_eq!(g.write(STREAM, w3, 0, 4), completed(4));
            g.drop_writable(STREAM, w3);
            assert_eq!(g.read(STREAM, r4, 0, 4), BLOCKED);
            let bytes: Vec<u8> = reader.take().iter().map(|byte| byte + 10).collect();
            writer.write(&world, &bytes);
            g.join(r4, set);
            assert_eq!(g.wait(set).await, read(r4, completed(4)));
            g.join(r4, 0);
            writer.end(&world);
            assert_eq!(g.read_sync(STREAM, r4, 0, 4).await, dropped(0));
            g.drop_readable(STREAM, r4);
            assert_eq!(g.write(STREAM, w2, 0, 4), completed(4));
            g.drop_writable(STREAM, w2);
            g.set_drop(set);
            assert_eq!(back.take(), [11, 12, 13, 14, 15, 16, 17, 18]);
            0
        }
    });
    world.run(&main, &[Value::HostEnd(readable)]);
}

#[test]
fn transfer_readable_end() {
    for bytes in [&[1, 2, 3, 4][..], &[]] {
        let world = World::new();
        let mut pass = world.guest().func(LiftMode::Blocking, async |_, args| args[0]);
        pass.result = |index| STREAM.at(index);
        // Without bytes the writer is dropped already, which no one has been told.
        let (_writer, readable) = HostWriter::new(&world, bytes, 4, true);
        world.run(&pass, &[Value::HostEnd(readable)]);
        let back = world.passed_end();
        assert_eq!(back, readable, "it is the same end");
        let reader = HostReader::new(&world, back, 64);
        assert_eq!((reader.take(), reader.has_ended()), (bytes.to_vec(), true));
    }
}

#[test]
fn forward() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Blocking, async |g, _| {
        // Both ends of one stream: nothing is left of it.
        let (r, w) = g.ends(STREAM);
        g.forward(STREAM, r, w);
        // To a reader that is gone.
        let [(r1, w1), (r2, w2)] = [g.ends(STREAM), g.ends(STREAM)];
        g.drop_readable(STREAM, r2);
        g.forward(STREAM, r1, w2);
        assert_eq!(g.write(STREAM, w1, 0, 4), dropped(0));
        g.drop_writable(STREAM, w1);
        // The writer comes first, then the reader.
        let [(r1, w1), (r2, w2)] = [g.ends(STREAM), g.ends(STREAM)];
        g.forward(STREAM, r1, w2);
        g.set_bytes(0, &[1, 2, 3, 4]);
        assert_eq!(g.write(STREAM, w1, 0, 4), BLOCKED);
        assert_eq!(g.read(STREAM, r2, 8, 4), completed(4));
        assert_eq!(g.bytes(8, 4), [1, 2, 3, 4]);
        // The reader comes first, and only then the streams are made one.
        let [(r1, w1), (r2, w2)] = [g.ends(STREAM), g.ends(STREAM)];
        assert_eq!(g.read(STREAM, r2, 8, 4), BLOCKED);
        g.forward(STREAM, r1, w2);
        g.set_bytes(0, &[5, 6, 7, 8]);
        assert_eq!(g.write(STREAM, w1, 0, 4), completed(4));
        assert_eq!(g.bytes(8, 4), [5, 6, 7, 8]);
        let set = g.set_new();
        g.join(r2, set);
        assert_eq!(g.wait(set).await, read(r2, completed(4)));

        // Futures: the reader waits; both wait, so that the value is copied at once; the reader is gone.
        let [(r1, w1), (r2, w2)] = [g.ends(FUTURE), g.ends(FUTURE)];
        assert_eq!(g.read(FUTURE, r2, 8, 1), BLOCKED);
        g.forward(FUTURE, r1, w2);
        g.set_bytes(0, &[42]);
        assert_eq!(g.write(FUTURE, w1, 0, 1), DONE);
        assert_eq!(g.bytes(8, 1), [42]);
        let [(r1, w1), (r2, w2)] = [g.ends(FUTURE), g.ends(FUTURE)];
        g.set_bytes(0, &[43]);
        assert_eq!([g.write(FUTURE, w1, 0, 1), g.read(FUTURE, r2, 8, 1)], [BLOCKED; 2]);
        g.forward(FUTURE, r1, w2);
        assert_eq!(g.bytes(8, 1), [43]);
        let [(r1, w1), (r2, w2)] = [g.ends(FUTURE), g.ends(FUTURE)];
        g.drop_readable(FUTURE, r2);
        g.forward(FUTURE, r1, w2);
        assert_eq!(g.write(FUTURE, w1, 0, 1), CopyResult::Dropped.pack());
        g.drop_writable(FUTURE, w1);
        0
    });
    world.run(&main, &[]);
}

#[test]
fn receive_own_stream() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Blocking, async |g, _| {
        let (r, w) = g.ends(STREAM);
        assert_eq!((r, w), (1, 2));
        assert_eq!(g.write(STREAM, w, 0, 4), BLOCKED);
        let end = give(&g, STREAM, r);
        assert_eq!(receive(&g, end), 1);
        assert_eq!(g.cancel_write(STREAM, w, false).await, cancelled(0));
        g.drop_writable(STREAM, w);
        0
    });
    world.run(&main, &[]);
}

#[test]
fn host_partial_reads_writes() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Blocking, async |g, _| {
        let world = g.world.clone();
        let (source, readable) = HostWriter::new(&world, &[1, 2], 64, false);
        let r = receive(&g, readable);
        assert_eq!(r, 1);
        assert_eq!((g.read(STREAM, r, 0, 4), g.bytes(0, 2)), (completed(2), vec![1, 2]));
        source.write(&world, &[3, 4]);
        assert_eq!((g.read(STREAM, r, 0, 4), g.bytes(0, 2)), (completed(2), vec![3, 4]));
        assert_eq!(g.read(STREAM, r, 0, 4), BLOCKED);
        source.write(&world, &[5, 6]);
        let set = g.set_new();
        g.join(r, set);
        assert_eq!(g.wait(set).await, read(r, completed(2)));
        g.drop_readable(STREAM, r);

        let (r, w) = g.ends(STREAM);
        assert_eq!((r, w), (1, 3));
        let sink = HostReader::new(&world, give(&g, STREAM, r), 2);
        g.set_bytes(0, &[1, 2, 3, 4, 5, 6]);
        assert_eq!(g.write(STREAM, w, 0, 6), completed(2));
        assert_eq!(g.write(STREAM, w, 2, 4), BLOCKED);
        sink.want(&world, 4);
        g.join(w, set);
        assert_eq!(g.wait(set).await, written(w, completed(4)));
        assert_eq!(sink.take(), [1, 2, 3, 4, 5, 6]);
        g.drop_writable(STREAM, w);
        g.set_drop(set);
        sink.want(&world, 64);
        assert!(sink.has_ended());
        0
    });
    world.run(&main, &[]);
}

/// Writes to a stream that another guest reads, by turns.
#[test]
fn wasm_to_wasm_stream() {
    let world = World::new();
    let (from, to) = (world.guest(), world.guest());
    let flags = [(); 4].map(|()| Flag::default());
    let writes = from.func(LiftMode::Stackful, {
        let flags = flags.clone();
        move |g, _| {
            let flags = flags.clone();
            async move {
                let (r, w) = g.ends(STREAM);
                g.task_return(&[STREAM.at(r)]);
                g.until(&flags[0]).await;
                g.set_bytes(0, &[1, 2, 3, 4]);
                // Two writes fill one read; one without elements finds no reader then.
                assert_eq!(g.write(STREAM, w, 0, 4), completed(4));
                assert_eq!(g.write(STREAM, w, 0, 4), completed(4));
                assert_eq!(g.write(STREAM, w, 0, 0), BLOCKED);
                assert_eq!(g.cancel_write(STREAM, w, true).await, cancelled(0));
                g.until(&flags[1]).await;
                g.set_bytes(0, &[5, 6, 7, 8, 9, 10, 11, 12]);
                assert_eq!(g.write(STREAM, w, 0, 8), BLOCKED);
                flags[2].set();
                let set = g.set_new();
                g.join(w, set);
                assert_eq!(g.wait(set).await, written(w, completed(4)));
                // A write without elements ends when there is a reader, and at once if there is one.
                assert_eq!(g.write(STREAM, w, 60, 0), BLOCKED);
                flags[3].set();
                assert_eq!(g.wait(set).await, written(w, completed(0)));
                assert_eq!(g.write(STREAM, w, 60, 0), completed(0));
                let context = g.machine(|machine, here| machine.error_context_new(here, "")).expect("there is room");
                g.drop_writable(STREAM, w);
                g.set_drop(set);
                g.machine(|machine, here| machine.error_context_drop(here, context)).expect("it exists");
                0
            }
        }
    });
    let main = to.func(LiftMode::Stackful, move |g, _| {
        let (writes, flags) = (writes.clone(), flags.clone());
        async move {
            g.task_return(&[]);
            let r = g.returned(&writes, &[])[0];
            assert_eq!(g.read(STREAM, r, 0, 8), BLOCKED);
            flags[0].set();
            let set = g.set_new();
            g.join(r, set);
            assert_eq!(g.wait(set).await, read(r, completed(8)));
            assert_eq!(g.bytes(0, 8), [1, 2, 3, 4, 1, 2, 3, 4]);
            flags[1].set();
            g.until(&flags[2]).await;
            // A read without elements finds the writer; two small ones take part of what it offers.
            assert_eq!(g.read(STREAM, r, 60, 0), completed(0));
            assert_eq!(g.read(STREAM, r, 0, 2), completed(2));
            assert_eq!(g.read(STREAM, r, 2, 2), completed(2));
            assert_eq!(g.bytes(0, 6), [5, 6, 7, 8, 1, 2]);
            g.until(&flags[3]).await;
            assert_eq!(g.read(STREAM, r, 60, 0), BLOCKED);
            assert_eq!(g.wait(set).await, read(r, dropped(0)));
            g.drop_readable(STREAM, r);
            g.set_drop(set);
            0
        }
    });
    world.run(&main, &[]);
}

/// The same without elements, whose number alone is passed.
#[test]
fn wasm_to_wasm_stream_empty() {
    let world = World::new();
    let (from, to) = (world.guest(), world.guest());
    let flags = [(); 4].map(|()| Flag::default());
    let writes = from.func(LiftMode::Stackful, {
        let flags = flags.clone();
        move |g, _| {
            let flags = flags.clone();
            async move {
                let (r, w) = g.ends(EMPTY_STREAM);
                g.task_return(&[EMPTY_STREAM.at(r)]);
                g.until(&flags[0]).await;
                assert_eq!(g.write(EMPTY_STREAM, w, 9999, 2), completed(2));
                assert_eq!(g.write(EMPTY_STREAM, w, 9999, 2), completed(2));
                g.until(&flags[1]).await;
                assert_eq!(g.write(EMPTY_STREAM, w, 0, 8), BLOCKED);
                flags[2].set();
                let set = g.set_new();
                g.join(w, set);
                assert_eq!(g.wait(set).await, written(w, completed(4)));
                flags[3].set();
                g.drop_writable(EMPTY_STREAM, w);
                0
            }
        }
    });
    let main = to.func(LiftMode::Stackful, move |g, _| {
        let (writes, flags) = (writes.clone(), flags.clone());
        async move {
            g.task_return(&[]);
            let r = g.returned(&writes, &[])[0];
            assert_eq!(g.read(EMPTY_STREAM, r, 0, 8), BLOCKED);
            flags[0].set();
            let set = g.set_new();
            g.join(r, set);
            assert_eq!(g.wait(set).await, read(r, completed(4)));
            flags[1].set();
            g.until(&flags[2]).await;
            assert_eq!(g.read(EMPTY_STREAM, r, 9999, 2), completed(2));
            assert_eq!(g.read(EMPTY_STREAM, r, 9999, 2), completed(2));
            g.until(&flags[3]).await;
            assert_eq!(g.read(EMPTY_STREAM, r, 9999, 2), dropped(0));
            g.drop_readable(EMPTY_STREAM, r);
            0
        }
    });
    world.run(&main, &[]);
}

#[test]
fn cancel_copy() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Blocking, async |g, _| {
        let world = g.world.clone();
        // The host has read a part of what is written when the write is cancelled.
        for (async_, bytes) in [(false, [10, 11, 12, 13]), (true, [1, 2, 3, 4])] {
            let (r, w) = g.ends(STREAM);
            let reader = HostReader::new(&world, give(&g, STREAM, r), 0);
            g.set_bytes(0, &bytes);
            assert_eq!(g.write(STREAM, w, 0, 4), BLOCKED);
            reader.want(&world, 2);
            assert_eq!(reader.take(), bytes[..2]);
            assert_eq!(g.cancel_write(STREAM, w, async_).await, cancelled(2));
            g.drop_writable(STREAM, w);
            reader.want(&world, 64);
            assert!(reader.has_ended());
        }
        // Nothing was read, or as much as the host wrote.
        for (async_, bytes) in [(false, &[][..]), (true, &[]), (true, &[7, 8])] {
            let (writer, readable) = HostWriter::new(&world, &[], 2, false);
            let r = receive(&g, readable);
            assert_eq!(g.read(STREAM, r, 0, 4), BLOCKED);
            writer.write(&world, bytes);
            assert_eq!(g.cancel_read(STREAM, r, async_).await, cancelled(bytes.len() as u32));
            assert_eq!(g.bytes(0, bytes.len()), bytes);
            g.drop_readable(STREAM, r);
        }
        0
    });
    world.run(&main, &[]);
}

/// A function of the host that reads a future, and writes one more than its value to another.
struct AddOne {
    from: WaitableId,
    to: WaitableId,
    has_written: Cell<bool>,
    memory: usize,
}

impl super::world::HostEnd for AddOne {
    fn pump(&self, world: &World) -> bool {
        if self.has_written.get() || world.bytes((self.memory, 0), 1) == [0] {
            return false;
        }
        self.has_written.set(true);
        let value = world.bytes((self.memory, 0), 1)[0];
        world.set_bytes((self.memory, 1), &[value + 1]);
        let copied = world.machine.borrow_mut().copy(self.to, (self.memory, 1), 1, true).expect("it is short");
        world.copy(copied.elements, BYTE);
        true
    }
}

impl AddOne {
    fn call(g: &Guest, index: u32) -> u32 {
        let from = give(g, FUTURE, index);
        let pair = g.machine(|machine, _| machine.new_pair(EndKind::Future, BYTE));
        let (readable, to) = pair.expect("there is room");
        let memory = g.world.memory();
        let copied = g.machine(|machine, _| machine.copy(from, (memory, 0), 1, true)).expect("it is short");
        assert_eq!(copied.elements, None, "the guest has not written");
        g.world.add_host_end(Rc::new(AddOne { from, to, has_written: Cell::new(false), memory }));
        receive(g, readable)
    }
}

impl Drop for AddOne {
    fn drop(&mut self) {
        assert!(self.has_written.get(), "the value of {:?} has come", self.from);
    }
}

#[test]
fn futures() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Blocking, async |g, _| {
        for cancels in [false, true] {
            let (r, w) = g.ends(FUTURE);
            let r = AddOne::call(&g, r);
            assert_eq!(g.read(FUTURE, r, 0, 1), BLOCKED);
            g.set_bytes(8, &[42]);
            assert_eq!(g.write(FUTURE, w, 8, 1), DONE);
            if cancels {
                // The value has come, and the cancellation comes too late.
                assert_eq!(g.cancel_read(FUTURE, r, false).await, DONE);
            } else {
                let set = g.set_new();
                g.join(r, set);
                let event = Event::FutureRead { index: r, result: CopyResult::Completed };
                assert_eq!(g.wait(set).await, event);
                g.join(r, 0);
                g.set_drop(set);
            }
            assert_eq!(g.bytes(0, 1), [43]);
            g.drop_writable(FUTURE, w);
            g.drop_readable(FUTURE, r);
        }
        let (_, w) = g.ends(FUTURE);
        assert_eq!(g.try_drop_writable(FUTURE, w), Err(Trap::FutureNotWritten));
        0
    });
    world.run(&main, &[]);
}

#[test]
fn future_drop_readable_with_pending_write() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Stackful, async |g, _| {
        g.task_return(&[]);
        let (r, w) = g.ends(FUTURE);
        assert_eq!(g.write(FUTURE, w, 0, 1), BLOCKED);
        g.drop_readable(FUTURE, r);
        let set = g.set_new();
        g.join(w, set);
        assert_eq!(g.wait(set).await, Event::FutureWrite { index: w, result: CopyResult::Dropped });
        g.join(w, 0);
        g.set_drop(set);
        g.drop_writable(FUTURE, w);
        0
    });
    world.run(&main, &[]);
}

#[test]
fn stream_drop_both_ends_while_idle() {
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Stackful, async |g, _| {
        g.task_return(&[]);
        let (r, w) = g.ends(STREAM);
        g.drop_writable(STREAM, w);
        g.drop_readable(STREAM, r);
        // An idle end is told, once, that the other is dropped; nothing can be read afterwards.
        let set = g.set_new();
        let (r, w) = g.ends(STREAM);
        g.join(r, set);
        g.drop_writable(STREAM, w);
        assert_eq!(g.poll(set), read(r, dropped(0)));
        assert_eq!(g.poll(set), Event::None);
        assert_eq!(g.read_trap(STREAM, r), Trap::EndDone(EndUse::Read(EndKind::Stream)));
        g.join(r, 0);
        g.drop_readable(STREAM, r);
        // The writable end of a future may be dropped then, although nothing was written.
        let (r, w) = g.ends(FUTURE);
        g.join(w, set);
        g.drop_readable(FUTURE, r);
        assert_eq!(g.wait(set).await, Event::FutureWrite { index: w, result: CopyResult::Dropped });
        g.join(w, 0);
        g.drop_writable(FUTURE, w);
        g.set_drop(set);
        0
    });
    world.run(&main, &[]);
}

/// Both ends are one guest's, for elements that may be copied within it.
#[test]
fn self_copy() {
    const DOUBLE: ElementType = ElementType { id: 3, is_none_or_number: true };
    for ty in [NOTHING, BYTE, DOUBLE] {
        let (stream, future) = (STREAM.with_elements(ty), FUTURE.with_elements(ty));
        let world = World::new();
        let guest = world.guest();
        let main = guest.func(LiftMode::Blocking, move |g, _| async move {
            let set = g.set_new();
            let (r, w) = g.ends(future);
            assert_eq!(g.write(future, w, 0, 1), BLOCKED);
            assert_eq!(g.read(future, r, 0, 1), DONE);
            g.drop_readable(future, r);
            g.join(w, set);
            assert_eq!(g.wait(set).await, Event::FutureWrite { index: w, result: CopyResult::Completed });
            g.drop_writable(future, w);

            let (r, w) = g.ends(stream);
            assert_eq!(g.write(stream, w, 0, 3), BLOCKED);
            assert_eq!(g.read(stream, r, 0, 1), completed(1));
            assert_eq!(g.read(stream, r, 0, 4), completed(2));
            g.drop_readable(stream, r);
            g.join(w, set);
            assert_eq!(g.wait(set).await, written(w, dropped(3)));
            g.drop_writable(stream, w);

            // A write ends a read without elements, which is not found by the next write then.
            let (r, w) = g.ends(stream);
            assert_eq!(g.read(stream, r, 0, 0), BLOCKED);
            assert_eq!(g.write(stream, w, 0, 1), BLOCKED);
            assert_eq!(g.cancel_write(stream, w, true).await, cancelled(0));
            assert_eq!(g.write(stream, w, 0, 0), BLOCKED);
            assert_eq!(g.cancel_read(stream, r, true).await, cancelled(0));
            assert_eq!(g.cancel_write(stream, w, true).await, cancelled(0));
            g.drop_readable(stream, r);
            g.drop_writable(stream, w);
            g.set_drop(set);
            0
        });
        world.run(&main, &[]);
    }
}
