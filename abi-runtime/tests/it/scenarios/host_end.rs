//! Ends of streams that the host holds, and that go on by themselves whenever a guest's end makes progress.

use core::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use witwright_abi_runtime::codes::{BLOCKED, Event};
use witwright_abi_runtime::ids::WaitableId;
use witwright_abi_runtime::machine::{Copied, EndKind, Outcome};

use super::guest::unpack;
use super::world::{BYTE, HostEnd, World};

/// A read or a write of the host, once more; `None` while the other end has to act.
fn copy(world: &World, end: WaitableId, memory: usize, length: u32) -> Option<u32> {
    let copied = world.machine.borrow_mut().copy(end, (memory, 0), length, true);
    let Copied { elements, outcome } = copied.expect("the buffer is short");
    world.copy(elements, BYTE);
    match outcome {
        Outcome::Done(BLOCKED) | Outcome::Blocked | Outcome::Switch(_) => None,
        Outcome::Done(value) => Some(value),
    }
}

/// The result of a read or a write that has ended.
fn ended(world: &World, end: WaitableId) -> Option<u32> {
    let events = &mut *world.events.borrow_mut();
    let mut machine = world.machine.borrow_mut();
    while let Some((end, event)) = machine.next_host_event() {
        if !matches!(event, Event::Subtask { .. }) {
            events.insert(end, event.pack()[2]);
        }
    }
    events.remove(&end)
}

/// The state of a host's end.
struct State {
    /// `None` once the other end is dropped.
    end: Option<WaitableId>,
    memory: usize,
    is_copying: bool,
    bytes: VecDeque<u8>,
    /// For a reader, the number of bytes that it wants; for a writer, the largest number that it writes at once.
    count: u32,
    /// Whether a writer drops its end when it has no bytes.
    drops: bool,
}

/// Writes bytes, at most `chunk` at a time.
pub(super) struct HostWriter(RefCell<State>);

impl HostWriter {
    /// A writer, and the readable end.
    pub(super) fn new(world: &World, bytes: &[u8], chunk: u32, drops: bool) -> (Rc<HostWriter>, WaitableId) {
        let pair = world.machine.borrow_mut().new_pair(EndKind::Stream, BYTE);
        let (readable, writable) = pair.expect("there is room");
        let bytes = bytes.iter().copied().collect();
        let state =
            State { end: Some(writable), memory: world.memory(), is_copying: false, bytes, count: chunk, drops };
        let writer = Rc::new(HostWriter(RefCell::new(state)));
        world.add_host_end(writer.clone());
        (writer, readable)
    }

    pub(super) fn write(&self, world: &World, bytes: &[u8]) {
        self.0.borrow_mut().bytes.extend(bytes);
        world.pump();
    }

    pub(super) fn end(&self, world: &World) {
        self.0.borrow_mut().drops = true;
        world.pump();
    }
}

impl HostEnd for HostWriter {
    fn pump(&self, world: &World) -> bool {
        let state = &mut *self.0.borrow_mut();
        let mut goes_on = false;
        while let Some(end) = state.end {
            let result = if state.is_copying {
                ended(world, end)
            } else if !state.bytes.is_empty() {
                let chunk: Vec<u8> = state.bytes.iter().copied().take(state.count as usize).collect();
                world.set_bytes((state.memory, 0), &chunk);
                copy(world, end, state.memory, chunk.len() as u32)
            } else if state.drops {
                world.machine.borrow_mut().drop_end(end);
                state.end = None;
                return true;
            } else if let Some(result) = ended(world, end) {
                Some(result)
            } else {
                return goes_on;
            };
            state.is_copying = result.is_none();
            let Some((progress, is_dropped)) = result.map(unpack) else { return goes_on };
            goes_on = true;
            state.bytes.drain(..progress as usize);
            if is_dropped {
                world.machine.borrow_mut().drop_end(end);
                state.end = None;
            }
        }
        goes_on
    }
}

/// Reads as many bytes as it is told to.
pub(super) struct HostReader(RefCell<State>);

impl HostReader {
    pub(super) fn new(world: &World, end: WaitableId, count: u32) -> Rc<HostReader> {
        let bytes = VecDeque::new();
        let state = State { end: Some(end), memory: world.memory(), is_copying: false, bytes, count, drops: false };
        let reader = Rc::new(HostReader(RefCell::new(state)));
        world.add_host_end(reader.clone());
        reader
    }

    pub(super) fn want(&self, world: &World, count: u32) {
        self.0.borrow_mut().count = count;
        world.pump();
    }

    /// The bytes that were read since the last call.
    pub(super) fn take(&self) -> Vec<u8> {
        self.0.borrow_mut().bytes.drain(..).collect()
    }

    /// Whether it has been told that the writer is dropped.
    pub(super) fn has_ended(&self) -> bool {
        self.0.borrow().end.is_none()
    }
}

impl HostEnd for HostReader {
    fn pump(&self, world: &World) -> bool {
        let state = &mut *self.0.borrow_mut();
        let mut goes_on = false;
        while let Some(end) = state.end {
            let result = if state.is_copying {
                ended(world, end)
            } else if state.count > 0 {
                copy(world, end, state.memory, state.count)
            } else {
                return goes_on;
            };
            state.is_copying = result.is_none();
            let Some((progress, is_dropped)) = result.map(unpack) else { return goes_on };
            goes_on = true;
            state.bytes.extend(world.bytes((state.memory, 0), progress as usize));
            state.count -= progress;
            if is_dropped {
                world.machine.borrow_mut().drop_end(end);
                state.end = None;
            }
        }
        goes_on
    }
}
