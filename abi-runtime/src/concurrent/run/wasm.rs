//! Tasks on `wasm32`: exports that are lifted with a callback (`CanonicalABI.md#canon-lift`), and `block_on`.

use alloc::boxed::Box;
use core::future::Future;
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::task::{Task, Turn};
use super::yields::yield_blocking;
use crate::codes::{BLOCKED, CallbackCode, EndPair, Event};
use crate::waitable::{self, WaitableSet};

mod imports {
    #[link(wasm_import_module = "$root")]
    unsafe extern "C" {
        #[link_name = "[context-get-0]"]
        pub(super) safe fn context() -> u32;
        #[link_name = "[context-set-0]"]
        pub(super) safe fn set_context(value: u32);
        #[link_name = "[stream-new-unit]"]
        pub(super) safe fn new() -> u64;
        #[link_name = "[async-lower][stream-read-unit]"]
        pub(super) fn read(stream: u32, elements: *mut u8, len: usize) -> u32;
        #[link_name = "[async-lower][stream-write-unit]"]
        pub(super) fn write(stream: u32, elements: *const u8, len: usize) -> u32;
        #[link_name = "[stream-cancel-read-unit]"]
        pub(super) safe fn cancel_read(stream: u32) -> u32;
        #[link_name = "[stream-drop-readable-unit]"]
        pub(super) safe fn drop_readable(stream: u32);
        #[link_name = "[stream-drop-writable-unit]"]
        pub(super) safe fn drop_writable(stream: u32);
    }
}

/// Wakes a task that waits in the host, by an element of a stream that the task has for this, and that is in its set. The stream
/// is made when something other than the operations in the set has a waker, which is rare.
pub(super) struct Bell {
    is_asleep: AtomicBool,
    is_reading: AtomicBool,
    /// Whether the element was written and its event has not come: the task will wake without a further element.
    is_rung: AtomicBool,
    /// The ends of the stream, or 0 until it is made.
    readable: AtomicU32,
    writable: AtomicU32,
}

impl Bell {
    pub(super) const fn new() -> Bell {
        Bell {
            is_asleep: AtomicBool::new(false),
            is_reading: AtomicBool::new(false),
            is_rung: AtomicBool::new(false),
            readable: AtomicU32::new(0),
            writable: AtomicU32::new(0),
        }
    }

    /// Wakes the task, because a strand is ready.
    pub(super) fn ring(&self) {
        if self.is_asleep.swap(false, Ordering::Relaxed) && !self.is_rung.swap(true, Ordering::Relaxed) {
            // SAFETY: an element of the stream has no bytes.
            unsafe { imports::write(self.writable.load(Ordering::Relaxed), ptr::null(), 1) };
        }
    }

    /// Notes that the task runs: it looks for ready strands itself.
    pub(super) fn awake(&self) {
        self.is_asleep.store(false, Ordering::Relaxed);
    }

    /// Adds the readable end to the set, so that [`Bell::ring`] wakes it.
    fn arm(&self, set: &WaitableSet) {
        if self.readable.load(Ordering::Relaxed) == 0 {
            let EndPair { readable, writable } = EndPair::unpack(imports::new());
            self.readable.store(readable, Ordering::Relaxed);
            self.writable.store(writable, Ordering::Relaxed);
        }
        if !self.is_reading.swap(true, Ordering::Relaxed) {
            let readable = self.readable.load(Ordering::Relaxed);
            // SAFETY: an element of the stream has no bytes.
            let code = unsafe { imports::read(readable, ptr::null_mut(), 1) };
            debug_assert_eq!(code, BLOCKED, "nobody writes while the task runs");
            set.add(readable);
        }
        self.is_asleep.store(true, Ordering::Relaxed);
    }

    /// Handles an event of a waitable. Returns whether the waitable is the bell's.
    fn has_rung(&self, waitable: u32) -> bool {
        let is_mine = waitable == self.readable.load(Ordering::Relaxed);
        if is_mine {
            self.is_reading.store(false, Ordering::Relaxed);
            self.is_rung.store(false, Ordering::Relaxed);
        }
        is_mine
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        let readable = *self.readable.get_mut();
        if readable == 0 {
            return;
        }
        waitable::leave(readable);
        if *self.is_reading.get_mut() {
            imports::cancel_read(readable);
        }
        imports::drop_readable(readable);
        imports::drop_writable(*self.writable.get_mut());
    }
}

impl Task<'_> {
    /// Prepares to wait in the host.
    fn sleep(&self) {
        if self.others_may_wake() {
            self.bell.arm(&self.set);
        }
    }

    /// Delivers an event. Returns whether it is a cancellation.
    fn deliver(&self, event: [u32; 3]) -> bool {
        self.bell.awake();
        match Event::unpack(event) {
            Some(Event::TaskCancelled) => return true,
            Some(Event::None) | None => {}
            Some(
                Event::Subtask { .. }
                | Event::StreamRead { .. }
                | Event::StreamWrite { .. }
                | Event::FutureRead { .. }
                | Event::FutureWrite { .. },
            ) => {
                let [_, waitable, code] = event;
                if !self.bell.has_rung(waitable) {
                    self.set.deliver(waitable, code);
                }
            }
        }
        false
    }
}

/// Starts a task of an export that is lifted with a callback; the result is that of the core function.
#[must_use]
pub fn start_task(task: impl Future<Output = ()> + 'static) -> i32 {
    run(Box::new(Task::new(Box::pin(task)))) as i32
}

/// The callback of every export.
///
/// # Safety
/// The host calls it for a task that an export has started and that has not ended, with an event.
#[must_use]
pub unsafe fn callback(event: u32, index: u32, payload: u32) -> u32 {
    let task: *mut Task<'static> = ptr::with_exposed_provenance_mut(imports::context() as usize);
    // SAFETY: `run` has put it there, and this is its only user while it runs.
    let task = unsafe { Box::from_raw(task) };
    imports::set_context(0);
    if task.deliver([event, index, payload]) {
        // Dropping the task cancels it, and all operations that it waits for.
        return CallbackCode::Exit.pack();
    }
    run(task)
}

fn run(mut task: Box<Task<'static>>) -> u32 {
    let code = match task.turn() {
        Turn::Done => return CallbackCode::Exit.pack(),
        Turn::Again => {
            task.deliver(task.set.poll());
            CallbackCode::Yield
        }
        Turn::Asleep => {
            task.sleep();
            CallbackCode::Wait { set: task.set.index_to_wait() }
        }
    };
    imports::set_context(Box::into_raw(task).expose_provenance() as u32);
    code.pack()
}

/// Runs a future, and those that it spawns, until all have ended. While they wait, the caller is blocked.
pub fn block_on<T: 'static>(future: impl Future<Output = T>) -> T {
    let mut result = None;
    let mut task = Task::new(Box::pin(async { result = Some(future.await) }));
    loop {
        match task.turn() {
            Turn::Done => break,
            Turn::Again => {
                yield_blocking();
                task.deliver(task.set.poll());
            }
            Turn::Asleep => {
                task.sleep();
                task.deliver(task.set.wait());
            }
        }
    }
    drop(task);
    let Some(result) = result else { core::arch::wasm32::unreachable() };
    result
}
