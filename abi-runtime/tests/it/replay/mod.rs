//! A trace of concurrency (`tests/data/traces.txt`), replayed on a machine with the room that an embedding has.
//! `xtask/vectors/traces.py` explains the words.
//!
//! It needs no allocator, so that a program without one replays the same traces.

/// Calls the machine, and again each time that a table has no room: nothing of the call before may be left.
macro_rules! with_room {
    ($machine:expr, $call:expr) => {
        loop {
            let before = $machine.census();
            match $call {
                Err(Trap::LimitReached(_) | Trap::HandleTableFull) => assert_eq!($machine.census(), before),
                other => break other,
            }
        }
    };
}

mod built_ins;
mod stack;
mod text;

use core::fmt::{self, Display};
use core::iter::Peekable;
use core::str::SplitWhitespace;

use witwright_abi_runtime::codes::Event;
use witwright_abi_runtime::ids::{InstanceId, TaskId, ThreadId, WaitableId};
use witwright_abi_runtime::machine::{
    Answer, CallbackOutcome, Called, CancelRequest, ElementCopy, ElementType, Embedding, EndKind, EndOf, LiftMode,
    Limits, Machine, Outcome, Side, Step,
};
use witwright_abi_runtime::table::MAX_TABLE_INDEX;
use witwright_abi_runtime::trap::Trap;

use self::stack::Stack;
use self::text::Text;

const RESOURCE: u32 = 5;

/// A difference between a trace and the machine.
#[derive(Debug)]
pub(crate) struct Differs(Text);

impl fmt::Display for Differs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

/// Replays a trace.
///
/// # Errors
/// Where the trace and the machine differ.
pub(crate) fn replay<E: Embedding<ResourceType = u32, Place = u32>>(trace: &str) -> Checked {
    let mut replay = Replay::<E>::new(trace);
    while let Some(word) = replay.words.next() {
        if replay.event(word)? {
            break;
        }
    }
    Ok(())
}

type Checked<T = ()> = Result<T, Differs>;

fn differs<T>(what: impl Display) -> Checked<T> {
    Err(Differs(Text::of(what)))
}

/// The argument of a call.
#[derive(Clone, Copy)]
struct Argument<'a> {
    subtask: WaitableId,
    caller: Option<InstanceId>,
    kind: &'a str,
    index: u32,
}

struct Replay<'a, E: Embedding> {
    machine: Machine<E>,
    words: Peekable<SplitWhitespace<'a>>,
    instances: [InstanceId; 3],
    threads: Stack<ThreadId, 256>,
    arguments: Stack<(TaskId, Argument<'a>), 64>,
    /// The threads that are current again when those above them stop.
    below: Stack<Option<ThreadId>, 64>,
    /// The calls whose callers wait for them to stop, each with its instance and whether it may not block.
    calls: Stack<(WaitableId, InstanceId, bool), 64>,
    cancels: Stack<WaitableId, 64>,
    host_calls: Stack<WaitableId, 256>,
    has_trapped: bool,
}

impl<'a, E: Embedding<ResourceType = u32, Place = u32>> Replay<'a, E> {
    fn new(trace: &'a str) -> Replay<'a, E> {
        let mut machine = Machine::new(Limits::default());
        let instances =
            [(); 3].map(|()| with_room!(machine, machine.add_instance(MAX_TABLE_INDEX)).expect("no other trap"));
        Replay {
            machine,
            words: trace.split_whitespace().peekable(),
            instances,
            threads: Stack::new(),
            arguments: Stack::new(),
            below: Stack::new(),
            calls: Stack::new(),
            cancels: Stack::new(),
            host_calls: Stack::new(),
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

    fn expect(&mut self, found: impl Display) -> Checked {
        let found = Text::of(found);
        let found = found.as_str();
        for word in found.split_whitespace() {
            let expected = self.word();
            if word != expected {
                return differs(format_args!("the machine says `{found}`, the reference `{expected}`"));
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
                    _ => differs(format_args!("the machine traps: {trap}")),
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

    /// Makes the thread below the current one current again, because that one has stopped.
    fn stopped(&mut self) {
        let below = self.below.pop().expect("a thread runs above the host");
        self.machine.set_current(below);
    }

    fn outcome(&mut self, outcome: Outcome) -> Checked {
        match outcome {
            Outcome::Done(value) => self.expect(format_args!("done {value}")),
            Outcome::Blocked => {
                self.expect("block")?;
                self.stopped();
                Ok(())
            }
            Outcome::Switch(thread) => {
                let number = self
                    .threads
                    .iter()
                    .enumerate()
                    .filter(|(_, known)| *known == thread)
                    .last()
                    .expect("the thread is known")
                    .0;
                self.expect(format_args!("switch {number}"))?;
                self.step(thread)
            }
        }
    }

    fn step(&mut self, thread: ThreadId) -> Checked {
        let step = with_room!(self.machine, self.machine.resume(thread));
        let Some(step) = self.result(step)? else { return Ok(()) };
        match step {
            Step::Start(task) => self.start(task),
            Step::Begin => self.expect("begin"),
            Step::Callback(event) => self.expect(format_args!("callback {}", Words(event))),
            Step::Continue(Answer::Value(value)) => self.expect(format_args!("cont {value}")),
            Step::Continue(Answer::Event(event)) => self.expect(format_args!("event {}", Words(event))),
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
        let Argument { subtask, caller, kind, index } =
            self.arguments.take(|(of, _)| *of == task).expect("a call starts once").1;
        let here = self.here();
        let machine = &mut self.machine;
        let ty = ElementType { id: 1, is_none_or_number: true };
        let caller = || caller.expect("the host passes nothing");
        let passed = match kind {
            "none" => Ok(0),
            "borrow" => {
                let lent = with_room!(machine, machine.lift_borrow(subtask, RESOURCE, index));
                lent.and_then(|rep| with_room!(machine, machine.lower_borrow(task, RESOURCE, rep)))
            }
            "own" => machine
                .lift_own(caller(), RESOURCE, index)
                .and_then(|rep| with_room!(machine, machine.lower_own(here, RESOURCE, rep))),
            "stream" => {
                let end = machine.lift_end(caller(), index, EndKind::Stream, ty);
                end.and_then(|end| with_room!(machine, machine.lower_end(here, end)))
            }
            other => panic!("{other}"),
        };
        if self.result(passed)?.is_some() { self.expect("start") } else { Ok(()) }
    }

    fn resume(&mut self) -> Checked {
        let number: usize = self.number();
        let mut expected: Stack<ThreadId, 64> = Stack::new();
        loop {
            match self.word() {
                "|" => break,
                word => expected.push(self.threads.at(word.parse::<usize>().expect("it is a number"))),
            }
        }
        expected.sort();
        let machine = &mut self.machine;
        let mut ready: Stack<ThreadId, 64> = Stack::new();
        for (thread, _) in machine.waiting().filter(|(thread, _)| machine.is_ready(*thread)) {
            ready.push(thread);
        }
        ready.sort();
        if ready != expected {
            return differs(format_args!("ready are {ready:?}, expected are {expected:?}"));
        }
        let next = machine.next_ready();
        if next.is_none_or(|next| !ready.iter().any(|thread| thread == next)) {
            return differs(format_args!("next is {next:?}, ready are {ready:?}"));
        }
        self.below.push(machine.current());
        self.step(self.threads.at(number))
    }

    // Events.

    /// Replays an event. Returns whether the trace has ended.
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
                let request = self.machine.cancel_host_call(self.host_calls.at(index));
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
        let called = with_room!(self.machine, self.machine.call(caller, callee, mode));
        let Some(Called { subtask, task, thread, entered }) = self.result(called)? else { return Ok(()) };
        self.threads.push(thread);
        self.calls.push((subtask, callee, mode == LiftMode::Sync));
        // A task of this id may have been cancelled before it started.
        self.arguments.take(|(of, _)| *of == task);
        self.arguments.push((task, Argument { subtask, caller, kind, index }));
        if entered {
            return self.start(task);
        }
        self.expect("park")?;
        self.stopped();
        Ok(())
    }

    fn lowered(&mut self) -> Checked {
        let (subtask, ..) = self.calls.pop().expect("a guest has called");
        if self.word() == "sync" {
            match self.machine.lowered_sync(subtask).expect("the embedder does not wait") {
                Outcome::Done(()) => return self.expect("done"),
                Outcome::Blocked => {
                    self.expect("block")?;
                    self.stopped();
                }
                Outcome::Switch(thread) => return differs(format_args!("a call switches to {thread:?}")),
            }
            return Ok(());
        }
        let status = with_room!(self.machine, self.machine.lowered_async(subtask));
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
            Some(CallbackOutcome::CallBack(event)) => self.expect(format_args!("callback {}", Words(event)))?,
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
            Some(CancelRequest::Done(value)) => self.expect(format_args!("done {value}"))?,
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
        let Some((subtask, callee, true)) = self.calls.last() else {
            return differs("the reference traps");
        };
        let next = self.machine.next_ready_in(callee);
        if next.is_some() || self.machine.subtask_state(subtask).is_resolved() {
            return differs(format_args!("the reference traps, ready is {next:?}"));
        }
        Ok(true)
    }

    fn done(&mut self, result: Result<(), Trap>) -> Checked {
        if self.result(result)?.is_some() { self.expect("done") } else { Ok(()) }
    }

    fn value<V: Display>(&mut self, result: Result<V, Trap>) -> Checked {
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
        let Some(ElementCopy { from, to, length, .. }) = elements else { return Ok(()) };
        let [from, to] = [from, to].map(|(place, before)| if has_address { place + before } else { 0 });
        self.expect(format_args!("copy {from} {to} {length}"))
    }
}

/// An event as its three numbers.
struct Words(Event);

impl Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [code, p1, p2] = self.0.pack();
        write!(f, "{code} {p1} {p2}")
    }
}
