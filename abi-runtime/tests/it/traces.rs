//! The machine does what the reference code of the Canonical ABI does: the traces of `tests/data/traces.txt`, replayed
//! (`xtask/vectors/traces.py` says what the words are).

use core::iter::Peekable;
use core::str::SplitWhitespace;
use std::collections::BTreeMap;

use witwright_abi_runtime::codes::Event;
use witwright_abi_runtime::ids::{InstanceId, TaskId, ThreadId, WaitableId};
use witwright_abi_runtime::machine::{
    Answer, CallbackOutcome, Called, CancelRequest, Copied, ElementCopy, ElementType, Embedding, EndKind, EndOf,
    LiftMode, Limits, Machine, Outcome, Side, Step,
};
use witwright_abi_runtime::table::{MAX_TABLE_INDEX, Slot};
use witwright_abi_runtime::trap::Trap;

struct Reference;

impl Embedding for Reference {
    type ResourceType = u32;
    type Place = u32;
    type Message = ();
    type Slots<T> = Vec<Slot<T>>;
}

const TRACES: &str = include_str!("../data/traces.txt");
const RESOURCE: u32 = 5;

#[test]
fn traces_equal_those_of_the_reference_code() {
    let mut traces = 0;
    for (line, trace) in (1..).zip(TRACES.lines()) {
        let mut replay = Replay::new(trace);
        while let Some(word) = replay.words.next() {
            let ended = replay.event(word).unwrap_or_else(|Differs(what)| {
                let rest: Vec<&str> = replay.words.clone().take(12).collect();
                panic!("trace {line}, after `{word}`: {what}\nnext words: {}\n{trace}", rest.join(" "))
            });
            if ended {
                break;
            }
        }
        traces += 1;
    }
    assert!(traces >= 10_000, "there are {traces} traces");
}

/// Where a trace and the machine differ.
struct Differs(String);

type Checked<T = ()> = Result<T, Differs>;

/// The argument of a call.
struct Argument<'a> {
    subtask: WaitableId,
    caller: Option<InstanceId>,
    kind: &'a str,
    index: u32,
}

struct Replay<'a> {
    machine: Machine<Reference>,
    words: Peekable<SplitWhitespace<'a>>,
    instances: Vec<InstanceId>,
    threads: Vec<ThreadId>,
    arguments: BTreeMap<TaskId, Argument<'a>>,
    /// The threads that are current again when those above them stop.
    below: Vec<Option<ThreadId>>,
    /// The calls whose callers wait for them to stop, each with its instance and whether it may not block.
    calls: Vec<(WaitableId, InstanceId, bool)>,
    cancels: Vec<WaitableId>,
    host_calls: Vec<WaitableId>,
    has_trapped: bool,
}

impl<'a> Replay<'a> {
    fn new(trace: &'a str) -> Replay<'a> {
        let mut machine = Machine::new(Limits::default());
        let instances = (0..3).map(|_| machine.add_instance(MAX_TABLE_INDEX).expect("there is room")).collect();
        Replay {
            machine,
            words: trace.split_whitespace().peekable(),
            instances,
            threads: Vec::new(),
            arguments: BTreeMap::new(),
            below: Vec::new(),
            calls: Vec::new(),
            cancels: Vec::new(),
            host_calls: Vec::new(),
            has_trapped: false,
        }
    }

    // Words.

    fn word(&mut self) -> &'a str {
        self.words.next().expect("a trace is whole")
    }

    fn number<N: core::str::FromStr>(&mut self) -> N {
        self.word().parse().unwrap_or_else(|_| panic!("a number is expected"))
    }

    fn expect(&mut self, found: impl ToString) -> Checked {
        let found = found.to_string();
        for word in found.split_whitespace() {
            let expected = self.word();
            if word != expected {
                return Err(Differs(format!("the machine says `{found}`, the reference `{expected}`")));
            }
        }
        Ok(())
    }

    /// The result of a built-in, or the trap that ends the trace.
    fn result<V>(&mut self, result: Result<V, Trap>) -> Checked<Option<V>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(trap) => {
                self.has_trapped = true;
                // What follows is written down before it happens.
                while self.words.next_if(|word| *word == "exit").is_some() {}
                match self.words.peek() {
                    Some(&"trap") => Ok(None),
                    _ => Err(Differs(format!("the machine traps: {trap}"))),
                }
            }
        }
    }

    fn kind(&mut self) -> EndKind {
        match self.word() {
            "stream" => EndKind::Stream,
            "future" => EndKind::Future,
            other => panic!("{other}"),
        }
    }

    fn element(&mut self) -> ElementType {
        match self.word() {
            "none" => ElementType { id: 0, is_none_or_number: true },
            "u8" => ElementType { id: 1, is_none_or_number: true },
            "bool" => ElementType { id: 2, is_none_or_number: false },
            other => panic!("{other}"),
        }
    }

    fn end(&mut self) -> EndOf {
        let kind = self.kind();
        let side = match self.word() {
            "readable" => Side::Readable,
            "writable" => Side::Writable,
            other => panic!("{other}"),
        };
        EndOf { kind, side, ty: self.element() }
    }

    fn here(&self) -> InstanceId {
        self.machine.instance_of(self.machine.current().expect("a thread runs"))
    }

    // Threads.

    /// The current thread has stopped: the one below it is current again.
    fn stopped(&mut self) {
        let below = self.below.pop().expect("a thread runs above the host");
        self.machine.set_current(below);
    }

    fn outcome(&mut self, outcome: Outcome) -> Checked {
        match outcome {
            Outcome::Done(value) => self.expect(format!("done {value}")),
            Outcome::Blocked => {
                self.expect("block")?;
                self.stopped();
                Ok(())
            }
            Outcome::Switch(thread) => {
                let number = self.threads.iter().rposition(|known| *known == thread).expect("the thread is known");
                self.expect(format!("switch {number}"))?;
                self.step(thread)
            }
        }
    }

    fn step(&mut self, thread: ThreadId) -> Checked {
        let step = self.machine.resume(thread);
        let Some(step) = self.result(step)? else { return Ok(()) };
        match step {
            Step::Start(task) => self.start(task),
            Step::Begin => self.expect("begin"),
            Step::Callback(event) => self.expect(format!("callback {}", text(event))),
            Step::Continue(Answer::Value(value)) => self.expect(format!("cont {value}")),
            Step::Continue(Answer::Event(event)) => self.expect(format!("event {}", text(event))),
            Step::Continue(Answer::Resolved) => self.expect("resolved"),
            Step::CancelledBeforeStart(_) => {
                self.expect("cancelled")?;
                self.stopped();
                Ok(())
            }
        }
    }

    /// Passes the argument of a call, and calls the core function.
    fn start(&mut self, task: TaskId) -> Checked {
        let Argument { subtask, caller, kind, index } = self.arguments.remove(&task).expect("a call starts once");
        let here = self.here();
        let machine = &mut self.machine;
        let ty = ElementType { id: 1, is_none_or_number: true };
        let caller = || caller.expect("the host passes nothing");
        let passed = match kind {
            "none" => Ok(0),
            "borrow" => {
                machine.lift_borrow(subtask, RESOURCE, index).and_then(|rep| machine.lower_borrow(task, RESOURCE, rep))
            }
            "own" => machine.lift_own(caller(), RESOURCE, index).and_then(|rep| machine.lower_own(here, RESOURCE, rep)),
            "stream" => {
                machine.lift_end(caller(), index, EndKind::Stream, ty).and_then(|end| machine.lower_end(here, end))
            }
            other => panic!("{other}"),
        };
        if self.result(passed)?.is_some() { self.expect("start") } else { Ok(()) }
    }

    fn resume(&mut self) -> Checked {
        let number: usize = self.number();
        let mut expected: Vec<ThreadId> = Vec::new();
        loop {
            match self.word() {
                "|" => break,
                word => expected.push(self.threads[word.parse::<usize>().expect("it is a number")]),
            }
        }
        expected.sort();
        let machine = &mut self.machine;
        let mut ready: Vec<ThreadId> =
            machine.waiting().map(|(thread, _)| thread).filter(|thread| machine.is_ready(*thread)).collect();
        ready.sort();
        if ready != expected {
            return Err(Differs(format!("ready are {ready:?}, expected are {expected:?}")));
        }
        let next = machine.next_ready();
        if next.is_none_or(|next| !ready.contains(&next)) {
            return Err(Differs(format!("next is {next:?}, ready are {ready:?}")));
        }
        self.below.push(machine.current());
        self.step(self.threads[number])
    }

    // Events.

    /// Replays an event; says whether the trace has ended.
    fn event(&mut self, word: &str) -> Checked<bool> {
        match word {
            "call" => self.call()?,
            "called" => {
                let (call, ..) = self.calls.pop().expect("the host has called");
                self.host_calls.push(call);
            }
            "resume" => self.resume()?,
            "lowered" => self.lowered()?,
            "host-cancel" => {
                let index: usize = self.number();
                let request = self.machine.cancel_host_call(self.host_calls[index]);
                self.cancel(request)?;
            }
            "host-cancelled" => drop(self.cancels.pop()),
            "trap" => return self.trap(),
            "enough" => return Ok(true),
            "idle" => {
                assert_eq!(self.machine.next_ready(), None, "no thread is ready");
                return Ok(true);
            }
            "return" => {
                let task = self.machine.task_of(self.machine.current().expect("a thread runs"));
                let returned = self.machine.task_returned(task);
                self.result(returned)?;
            }
            "exit" => {
                let exited = self.machine.exit();
                if self.result(exited)?.is_some() {
                    self.stopped();
                }
            }
            "returned" => self.returned()?,
            _ => self.built_in(word)?,
        }
        Ok(false)
    }

    fn call(&mut self) -> Checked {
        let caller = match self.word() {
            "h" => None,
            caller => Some(self.instances[caller.parse::<usize>().expect("it is a number")]),
        };
        let callee: usize = self.number();
        let callee = self.instances[callee];
        let mode = match self.word() {
            "sync" => LiftMode::Sync,
            "blocking" => LiftMode::Blocking,
            "callback" => LiftMode::Callback,
            "stackful" => LiftMode::Stackful,
            other => panic!("{other}"),
        };
        let kind = self.word();
        let index = if kind == "none" { 0 } else { self.number() };
        self.below.push(self.machine.current());
        let called = self.machine.call(caller, callee, mode);
        let Some(Called { subtask, task, thread, step }) = self.result(called)? else { return Ok(()) };
        self.threads.push(thread);
        self.calls.push((subtask, callee, mode == LiftMode::Sync));
        self.arguments.insert(task, Argument { subtask, caller, kind, index });
        match step {
            Some(Step::Start(task)) => self.start(task),
            Some(step) => Err(Differs(format!("a call starts with {step:?}"))),
            None => {
                self.expect("park")?;
                self.stopped();
                Ok(())
            }
        }
    }

    fn lowered(&mut self) -> Checked {
        let (subtask, ..) = self.calls.pop().expect("a guest has called");
        if self.word() == "sync" {
            match self.machine.lowered_sync(subtask) {
                Outcome::Done(()) => return self.expect("done"),
                Outcome::Blocked => {
                    self.expect("block")?;
                    self.stopped();
                }
                Outcome::Switch(thread) => return Err(Differs(format!("a call switches to {thread:?}"))),
            }
            return Ok(());
        }
        let status = self.machine.lowered_async(subtask);
        match self.result(status)? {
            Some(status) => self.expect(status.pack()),
            None => Ok(()),
        }
    }

    fn returned(&mut self) -> Checked {
        let packed = self.number();
        let outcome = self.machine.callback_returned(packed);
        match self.result(outcome)? {
            None => {}
            Some(CallbackOutcome::CallBack(event)) => self.expect(format!("callback {}", text(event)))?,
            Some(CallbackOutcome::Exit(_)) => {
                self.expect("exit")?;
                self.stopped();
            }
            Some(CallbackOutcome::Parked) => {
                self.expect("block")?;
                self.stopped();
            }
        }
        Ok(())
    }

    fn cancel(&mut self, request: Result<CancelRequest, Trap>) -> Checked {
        match self.result(request)? {
            None => {}
            Some(CancelRequest::Done(value)) => self.expect(format!("done {value}"))?,
            Some(CancelRequest::Run { subtask, .. } | CancelRequest::Host { subtask }) => self.cancels.push(subtask),
            Some(CancelRequest::NeverStarted { subtask, .. }) => {
                self.cancels.push(subtask);
                self.expect("resume")?;
                while self.word() != "|" {}
                self.expect("cancelled")?;
            }
        }
        Ok(())
    }

    /// The reference traps: so has the machine, or a call that may not block has, in an instance where no thread is ready.
    fn trap(&mut self) -> Checked<bool> {
        if self.has_trapped {
            return Ok(true);
        }
        let Some(&(subtask, callee, true)) = self.calls.last() else {
            return Err(Differs("the reference traps".to_owned()));
        };
        let next = self.machine.next_ready_in(callee);
        if next.is_some() || self.machine.subtask_state(subtask).is_resolved() {
            return Err(Differs(format!("the reference traps, ready is {next:?}")));
        }
        Ok(true)
    }

    fn done(&mut self, result: Result<(), Trap>) -> Checked {
        if self.result(result)?.is_some() { self.expect("done") } else { Ok(()) }
    }

    fn value<V: ToString>(&mut self, result: Result<V, Trap>) -> Checked {
        match self.result(result)? {
            Some(value) => self.expect(value),
            None => Ok(()),
        }
    }

    fn blocks(&mut self, result: Result<Outcome, Trap>) -> Checked {
        match self.result(result)? {
            Some(outcome) => self.outcome(outcome),
            None => Ok(()),
        }
    }

    fn copied(&mut self, elements: Option<ElementCopy<u32>>, has_address: bool) -> Checked {
        let Some(ElementCopy { from, to, length }) = elements else { return Ok(()) };
        let [from, to] = [from, to].map(|(place, before)| if has_address { place + before } else { 0 });
        self.expect(format!("copy {from} {to} {length}"))
    }

    fn built_in(&mut self, word: &str) -> Checked {
        let here = self.here();
        match word {
            "stream.new" | "future.new" => {
                let kind = if word == "stream.new" { EndKind::Stream } else { EndKind::Future };
                let ty = self.element();
                let pair = self.machine.end_new(here, kind, ty).map(|pair| pair.pack());
                self.value(pair)
            }
            "copy-end" => self.copy(here),
            "end.cancel" => {
                let of = self.end();
                let [index, async_] = [self.number(), self.number()];
                let outcome = self.machine.end_cancel(here, index, of, async_ == 1);
                self.blocks(outcome)
            }
            "end.drop" => {
                let of = self.end();
                let index = self.number();
                let dropped = self.machine.end_drop(here, index, of);
                self.done(dropped)
            }
            "forward" => {
                let (kind, ty) = (self.kind(), self.element());
                let indices = [self.number(), self.number()];
                let elements = self.machine.end_forward(here, indices, kind, ty);
                let Some(elements) = self.result(elements)? else { return Ok(()) };
                self.copied(elements, ty.id != 0)?;
                self.expect("done")
            }
            "set.new" | "join" | "poll" | "wait" | "set.drop" => self.waitables(word, here),
            "subtask.drop" => {
                let index = self.number();
                let dropped = self.machine.subtask_drop(here, index);
                self.done(dropped)
            }
            "subtask.cancel" => {
                let index = self.number();
                let request = self.machine.subtask_cancel(here, index);
                self.cancel(request)
            }
            "go-on" => {
                let async_ = self.number::<u32>() == 1;
                let subtask = self.cancels.pop().expect("a subtask is being cancelled");
                let outcome = self.machine.subtask_cancel_go_on(subtask, async_);
                self.outcome(outcome)
            }
            _ => self.other(word, here),
        }
    }

    fn copy(&mut self, here: InstanceId) -> Checked {
        let of = self.end();
        let [index, place, length, async_] = [self.number(), self.number(), self.number(), self.number()];
        let end = self.machine.end_to_copy(here, index, of, async_ == 1);
        let copied = end.and_then(|end| self.machine.copy(end, place, length, async_ == 1));
        let Some(Copied { elements, outcome }) = self.result(copied)? else { return Ok(()) };
        self.copied(elements, of.ty.id != 0)?;
        self.outcome(outcome)
    }

    fn waitables(&mut self, word: &str, here: InstanceId) -> Checked {
        match word {
            "set.new" => {
                let index = self.machine.waitable_set_new(here);
                self.value(index)
            }
            "join" => {
                let [waitable, set] = [self.number(), self.number()];
                let joined = self.machine.waitable_join(here, waitable, set);
                self.done(joined)
            }
            "poll" => {
                let index = self.number();
                let event = self.machine.waitable_set_poll(here, index).map(text);
                self.value(event)
            }
            "wait" => {
                let index = self.number();
                let outcome = self.machine.waitable_set_wait(here, index);
                match self.result(outcome)? {
                    None => Ok(()),
                    Some(Outcome::Done(event)) => self.expect(format!("done {}", text(event))),
                    Some(Outcome::Blocked) => self.outcome(Outcome::Blocked),
                    Some(Outcome::Switch(thread)) => self.outcome(Outcome::Switch(thread)),
                }
            }
            _ => {
                let index = self.number();
                let dropped = self.machine.waitable_set_drop(here, index);
                self.done(dropped)
            }
        }
    }

    fn other(&mut self, word: &str, here: InstanceId) -> Checked {
        let machine = &mut self.machine;
        match word {
            "task.return" => {
                let returned = machine.check_task_return(here).and_then(|task| machine.task_returned(task));
                self.done(returned)
            }
            "task.cancel" => {
                let cancelled = machine.task_cancel(here);
                self.done(cancelled)
            }
            "backpressure.inc" => {
                let changed = machine.backpressure_inc(here);
                self.done(changed)
            }
            "backpressure.dec" => {
                let changed = machine.backpressure_dec(here);
                self.done(changed)
            }
            "resource.new" => {
                let index = machine.resource_new(here, RESOURCE, 7);
                self.value(index)
            }
            "resource.drop" => {
                let index = self.number();
                let dropped = self.machine.resource_drop(here, RESOURCE, index);
                self.value(dropped.map(|rep| if rep.is_some() { "own" } else { "borrow" }))
            }
            "context" => {
                let [word, value] = [self.number(), self.number()];
                self.expect(self.machine.context_get(word))?;
                self.machine.context_set(word, value as u64);
                Ok(())
            }
            "thread.new" => {
                let made = self.machine.thread_new_indirect(here);
                if let Ok((thread, _)) = made {
                    self.threads.push(thread);
                }
                self.value(made.map(|(_, index)| index))
            }
            "thread.resume-later" => {
                let index = self.number();
                let resumed = self.machine.thread_resume_later(here, index);
                self.done(resumed)
            }
            _ => self.switch(word, here),
        }
    }

    fn switch(&mut self, word: &str, here: InstanceId) -> Checked {
        let outcome = match word {
            "thread.yield" => self.machine.thread_yield(here),
            "thread.suspend" => self.machine.thread_suspend(here),
            _ => {
                let index = self.number();
                match word {
                    "thread.suspend-then-resume" => self.machine.thread_suspend_then_resume(here, index),
                    "thread.yield-then-resume" => self.machine.thread_yield_then_resume(here, index),
                    "thread.suspend-then-promote" => self.machine.thread_suspend_then_promote(here, index),
                    "thread.yield-then-promote" => self.machine.thread_yield_then_promote(here, index),
                    other => panic!("`{other}` is no event"),
                }
            }
        };
        self.blocks(outcome)
    }
}

fn text(event: Event) -> String {
    let [code, p1, p2] = event.pack();
    format!("{code} {p1} {p2}")
}
