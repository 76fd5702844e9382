//! The built-ins as a native guest calls them. What traps is a mistake in a test, unless it is asked for.

use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::task::Poll;
use std::rc::Rc;

use witwright_abi_runtime::codes::{CallStatus, CallbackCode, CopyResult, EndPair, Event, StreamResult};
use witwright_abi_runtime::ids::{InstanceId, ThreadId, WaitableId};
use witwright_abi_runtime::machine::{
    Answer, CancelRequest, Copied, ElementType, EndKind, EndOf, LiftMode, Machine, Outcome, Side,
};
use witwright_abi_runtime::trap::Trap;

use super::world::{BYTE, Func, Guest, NOTHING, Native, Value};

/// A stream or a future of an element type.
#[derive(Clone, Copy)]
pub(super) struct Of(EndKind, ElementType);

pub(super) const STREAM: Of = Of(EndKind::Stream, BYTE);
pub(super) const EMPTY_STREAM: Of = Of(EndKind::Stream, NOTHING);
pub(super) const FUTURE: Of = Of(EndKind::Future, BYTE);
pub(super) const EMPTY_FUTURE: Of = Of(EndKind::Future, NOTHING);

impl Of {
    pub(super) const fn with_elements(self, ty: ElementType) -> Of {
        Of(self.0, ty)
    }

    const fn end(self, side: Side) -> EndOf {
        EndOf { kind: self.0, side, ty: self.1 }
    }

    /// The readable end at an index, as a value.
    pub(super) const fn at(self, index: u32) -> Value {
        Value::End(index, self.0, self.1)
    }
}

pub(super) const EXIT: u32 = CallbackCode::Exit.pack();
pub(super) const YIELD: u32 = CallbackCode::Yield.pack();

pub(super) const fn wait_for(set: u32) -> u32 {
    CallbackCode::Wait { set }.pack()
}

/// The packed results of reads and writes.
pub(super) const fn completed(progress: u32) -> u32 {
    StreamResult { result: CopyResult::Completed, progress }.pack()
}

pub(super) const fn dropped(progress: u32) -> u32 {
    StreamResult { result: CopyResult::Dropped, progress }.pack()
}

pub(super) const fn cancelled(progress: u32) -> u32 {
    StreamResult { result: CopyResult::Cancelled, progress }.pack()
}

/// The number of elements of a stream's result, and whether the other end is dropped.
pub(super) fn unpack(result: u32) -> (u32, bool) {
    let StreamResult { result, progress } = StreamResult::unpack(result).expect("it is a result");
    (progress, result == CopyResult::Dropped)
}

/// Something that one guest does and another waits for, without the machine.
#[derive(Clone, Default)]
pub(super) struct Flag(Rc<Cell<bool>>);

impl Flag {
    pub(super) fn set(&self) {
        self.0.set(true);
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.get()
    }
}

impl Guest {
    // Functions.

    /// A function that is lifted without a callback.
    pub(super) fn func<F: Future<Output = u32> + 'static>(
        &self,
        mode: LiftMode,
        core: impl Fn(Guest, Vec<u32>) -> F + 'static,
    ) -> Func {
        Func {
            home: self.clone(),
            mode,
            core: Rc::new(move |guest, args| Box::pin(core(guest, args))),
            callback: None,
            result: Value::Number,
        }
    }

    /// A function that is lifted with a callback.
    pub(super) fn with_callback<F: Future<Output = u32> + 'static, C: Future<Output = u32> + 'static>(
        &self,
        core: impl Fn(Guest, Vec<u32>) -> F + 'static,
        callback: impl Fn(Guest, Event) -> C + 'static,
    ) -> Func {
        let callback: super::world::Callback = Rc::new(move |guest, event| Box::pin(callback(guest, event)));
        Func { callback: Some(callback), ..self.func(LiftMode::Callback, core) }
    }

    /// Runs `f` on the machine, with the instance.
    pub(super) fn machine<R>(&self, f: impl FnOnce(&mut Machine<Native>, InstanceId) -> R) -> R {
        f(&mut self.world.machine.borrow_mut(), self.instance)
    }

    fn done<R>(&self, f: impl FnOnce(&mut Machine<Native>, InstanceId) -> Result<R, Trap>) -> R {
        self.machine(f).expect("it does not trap")
    }

    /// Waits until the machine resumes this thread.
    async fn blocked(&self, thread: ThreadId) -> Answer {
        let mut has_blocked = false;
        poll_fn(|_| if core::mem::replace(&mut has_blocked, true) { Poll::Ready(()) } else { Poll::Pending }).await;
        self.world.take_answer(thread)
    }

    fn thread_id(&self) -> ThreadId {
        self.machine(|machine, _| machine.current()).expect("a guest runs")
    }

    /// The result of a built-in that may block.
    async fn outcome(&self, f: impl FnOnce(&mut Machine<Native>, InstanceId) -> Result<Outcome, Trap>) -> u32 {
        let thread = self.thread_id();
        let outcome = self.done(f);
        self.finish(thread, outcome).await
    }

    async fn finish(&self, thread: ThreadId, outcome: Outcome) -> u32 {
        match outcome {
            Outcome::Done(value) => return value,
            Outcome::Blocked => {}
            Outcome::Switch(next) => self.world.switch_to(next),
        }
        match self.blocked(thread).await {
            Answer::Value(value) => value,
            answer @ (Answer::Event(_) | Answer::Resolved) => panic!("{answer:?}"),
        }
    }

    // Calls.

    /// A call of a function that is lowered with `async`: its status, and its identity.
    pub(super) fn call(&self, func: &Func, args: &[Value]) -> (CallStatus, WaitableId) {
        let call = self.world.call(Some(self), func, args);
        (self.done(|machine, _| machine.lowered_async(call)), call)
    }

    /// The same, where the function has started and not returned: its index.
    pub(super) fn started(&self, func: &Func, args: &[Value]) -> (u32, WaitableId) {
        match self.call(func, args) {
            (CallStatus::Started { subtask }, call) => (subtask, call),
            (status, _) => panic!("{status:?}"),
        }
    }

    /// The same, where the function has not started: its index.
    pub(super) fn starting(&self, func: &Func, args: &[Value]) -> (u32, WaitableId) {
        match self.call(func, args) {
            (CallStatus::Starting { subtask }, call) => (subtask, call),
            (status, _) => panic!("{status:?}"),
        }
    }

    /// The same, where the function has returned: its results.
    pub(super) fn returned(&self, func: &Func, args: &[Value]) -> Vec<u32> {
        match self.call(func, args) {
            (CallStatus::Returned, call) => self.world.result(call).expect("it has returned"),
            (status, _) => panic!("{status:?}"),
        }
    }

    /// A call of a function of the host that is lowered without `async`, and has been made.
    pub(super) async fn lowered_sync(&self, call: WaitableId) {
        let thread = self.thread_id();
        match self.machine(|machine, _| machine.lowered_sync(call)).expect("the caller may wait") {
            Outcome::Done(()) => {}
            Outcome::Blocked | Outcome::Switch(_) => assert_eq!(self.blocked(thread).await, Answer::Resolved),
        }
    }

    /// `task.return`
    pub(super) fn task_return(&self, results: &[Value]) {
        let task = self.done(|machine, here| machine.check_task_return(here));
        self.world.task_returned(task, results);
    }

    pub(super) fn task_cancel(&self) {
        self.done(|machine, here| machine.task_cancel(here));
    }

    pub(super) fn subtask_drop(&self, index: u32) {
        self.done(|machine, here| machine.subtask_drop(here, index));
    }

    /// `subtask.cancel`
    pub(super) async fn subtask_cancel(&self, index: u32, async_: bool) -> u32 {
        let subtask = match self.done(|machine, here| machine.subtask_cancel(here, index)) {
            CancelRequest::Done(value) => return value,
            CancelRequest::Run { subtask, task, instance } => {
                let thread = self
                    .machine(|machine, _| machine.ready_thread_of(task).or_else(|| machine.next_ready_in(instance)));
                if let Some(thread) = thread {
                    self.world.resume(thread);
                }
                subtask
            }
            CancelRequest::NeverStarted { subtask, .. } | CancelRequest::Host { subtask } => subtask,
        };
        self.outcome(|machine, _| Ok(machine.subtask_cancel_go_on(subtask, async_))).await
    }

    // Waiting.

    pub(super) fn set_new(&self) -> u32 {
        self.done(|machine, here| machine.waitable_set_new(here))
    }

    pub(super) fn set_drop(&self, set: u32) {
        self.done(|machine, here| machine.waitable_set_drop(here, set));
    }

    pub(super) fn join(&self, waitable: u32, set: u32) {
        self.done(|machine, here| machine.waitable_join(here, waitable, set));
    }

    pub(super) fn poll(&self, set: u32) -> Event {
        self.done(|machine, here| machine.waitable_set_poll(here, set))
    }

    pub(super) async fn wait(&self, set: u32) -> Event {
        let thread = self.thread_id();
        match self.done(|machine, here| machine.waitable_set_wait(here, set)) {
            Outcome::Done(event) => return event,
            Outcome::Blocked => {}
            Outcome::Switch(next) => panic!("{next:?}"),
        }
        match self.blocked(thread).await {
            Answer::Event(event) => event,
            answer @ (Answer::Value(_) | Answer::Resolved) => panic!("{answer:?}"),
        }
    }

    pub(super) async fn yield_(&self) {
        self.outcome(|machine, here| machine.thread_yield(here)).await;
    }

    /// Yields until a flag is set.
    pub(super) async fn until(&self, flag: &Flag) {
        while !flag.is_set() {
            self.yield_().await;
        }
    }

    /// A built-in that switches to another thread, or may.
    pub(super) async fn switch(&self, f: impl FnOnce(&mut Machine<Native>, InstanceId) -> Result<Outcome, Trap>) {
        self.outcome(f).await;
    }

    /// `thread.new-indirect`: the index.
    pub(super) fn thread<F: Future<Output = ()> + 'static>(&self, f: impl FnOnce(Guest) -> F) -> u32 {
        let (thread, index) = self.done(|machine, here| machine.thread_new_indirect(here));
        let running = f(self.clone());
        self.world.add_thread(thread, async move {
            running.await;
            0
        });
        index
    }

    pub(super) fn resume_later(&self, thread: u32) {
        self.done(|machine, here| machine.thread_resume_later(here, thread));
    }

    // Streams and futures.

    /// `stream.new`, `future.new`: the readable end, and the writable one.
    pub(super) fn ends(&self, of: Of) -> (u32, u32) {
        let EndPair { readable, writable } = self.done(|machine, here| machine.end_new(here, of.0, of.1));
        (readable, writable)
    }

    /// A read or a write, up to the point where it may block.
    fn copy(&self, of: EndOf, (index, ptr, length): (u32, u32, u32), async_: bool) -> Outcome {
        let Copied { elements, outcome } = self.done(|machine, here| {
            let end = machine.end_to_copy(here, index, of, async_)?;
            machine.copy(end, (self.memory, ptr), length, async_)
        });
        self.world.copy(elements, of.ty);
        self.world.pump();
        outcome
    }

    fn copy_async(&self, of: EndOf, operands: (u32, u32, u32)) -> u32 {
        match self.copy(of, operands, true) {
            Outcome::Done(value) => value,
            Outcome::Blocked | Outcome::Switch(_) => panic!("it does not block"),
        }
    }

    /// A read of an end with a place for this number of elements, lowered with `async`.
    pub(super) fn read(&self, of: Of, end: u32, ptr: u32, length: u32) -> u32 {
        self.copy_async(of.end(Side::Readable), (end, ptr, length))
    }

    /// A write, lowered with `async`.
    pub(super) fn write(&self, of: Of, end: u32, ptr: u32, length: u32) -> u32 {
        self.copy_async(of.end(Side::Writable), (end, ptr, length))
    }

    /// A read, lowered without `async`.
    pub(super) async fn read_sync(&self, of: Of, end: u32, ptr: u32, length: u32) -> u32 {
        let thread = self.thread_id();
        let outcome = self.copy(of.end(Side::Readable), (end, ptr, length), false);
        self.finish(thread, outcome).await
    }

    /// A write, lowered without `async`.
    pub(super) async fn write_sync(&self, of: Of, end: u32, ptr: u32, length: u32) -> u32 {
        let thread = self.thread_id();
        let outcome = self.copy(of.end(Side::Writable), (end, ptr, length), false);
        self.finish(thread, outcome).await
    }

    async fn cancel(&self, of: EndOf, end: u32, async_: bool) -> u32 {
        self.outcome(|machine, here| machine.end_cancel(here, end, of, async_)).await
    }

    pub(super) async fn cancel_read(&self, of: Of, end: u32, async_: bool) -> u32 {
        self.cancel(of.end(Side::Readable), end, async_).await
    }

    pub(super) async fn cancel_write(&self, of: Of, end: u32, async_: bool) -> u32 {
        self.cancel(of.end(Side::Writable), end, async_).await
    }

    pub(super) fn try_drop_writable(&self, of: Of, end: u32) -> Result<(), Trap> {
        self.machine(|machine, here| machine.end_drop(here, end, of.end(Side::Writable)))
    }

    pub(super) fn drop_writable(&self, of: Of, end: u32) {
        self.try_drop_writable(of, end).expect("it does not trap");
        self.world.pump();
    }

    pub(super) fn drop_readable(&self, of: Of, end: u32) {
        self.done(|machine, here| machine.end_drop(here, end, of.end(Side::Readable)));
        self.world.pump();
    }

    /// The trap of a read that cannot begin.
    pub(super) fn read_trap(&self, of: Of, end: u32) -> Trap {
        self.machine(|machine, here| machine.end_to_copy(here, end, of.end(Side::Readable), true))
            .expect_err("the end is done")
    }

    pub(super) fn forward(&self, of: Of, readable: u32, writable: u32) {
        let elements = self.done(|machine, here| machine.end_forward(here, [readable, writable], of.0, of.1));
        self.world.copy(elements, of.1);
        self.world.pump();
    }

    // Memory.

    pub(super) fn bytes(&self, ptr: u32, len: usize) -> Vec<u8> {
        self.world.bytes((self.memory, ptr), len)
    }

    pub(super) fn set_bytes(&self, ptr: u32, bytes: &[u8]) {
        self.world.set_bytes((self.memory, ptr), bytes);
    }
}
