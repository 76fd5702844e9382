//! The traces of the reference code, replayed through the host: real guests call the built-ins in a trace's order, and each result, each
//! step and each trap is the reference's.
//!
//! The machine alone replays every trace (`abi-runtime/tests/it/traces.rs`). Here are those that a host can replay: components import
//! one another without cycles, and at most one thread is ready whenever one is resumed, since the host chooses by itself. A trace
//! ends early where its host acts while a thread is ready.

mod text;

use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::HashMap;
use std::sync::OnceLock;

use witwright_host::{
    Access, AsContextMut, Component, CoreEngine, Error, Gate, Instance, InstancePre, Linker, Options, Resource, Store,
    StoreContextMut,
};

use super::concurrent::block_on;

const TRACES: &str = include_str!("../../../../../abi-runtime/tests/data/traces.txt");

struct Thing;

/// The ops by their words.
fn numbers() -> &'static HashMap<String, u32> {
    static NUMBERS: OnceLock<HashMap<String, u32>> = OnceLock::new();
    NUMBERS.get_or_init(|| text::ops().into_iter().zip(1..).map(|(op, number)| (op.words, number)).collect())
}

/// A trace that is replayed.
struct Replay {
    words: Vec<&'static str>,
    at: usize,
    /// The instances of the trace, by their place in the component.
    labels: [&'static str; 3],
    /// The option of each word that begins a call or a cancellation: whether it is `async`.
    async_: HashMap<usize, bool>,
    args: Vec<u32>,
    /// The word of the storage that is set next, and its value: a `context` gets it first.
    set: Option<(u32, u32)>,
    compared: usize,
    /// The host acts in the trace while a thread is ready: the rest is not replayed.
    has_ended: bool,
    differs: Option<String>,
}

impl Replay {
    /// A trace that the host can replay.
    fn new(trace: &'static str) -> Option<Replay> {
        let words: Vec<&str> = trace.split_whitespace().collect();
        let mut edges = Vec::new();
        for (at, word) in words.iter().enumerate() {
            match *word {
                "call" if words[at + 1] != "h" => edges.push((words[at + 1], words[at + 2])),
                "resume" if words[at + 3..].first() != Some(&"|") && words[at + 2] != "|" => return None,
                _ => {}
            }
        }
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let labels = orders.map(|order| order.map(|place| ["0", "1", "2"][place]));
        let place = |labels: &[&str; 3], label| labels.iter().position(|other| *other == label);
        let labels = labels
            .into_iter()
            .find(|labels| edges.iter().all(|(caller, callee)| place(labels, *callee) < place(labels, *caller)))?;
        let async_ = options(&words);
        let differs = None;
        Some(Replay { words, at: 0, labels, async_, args: vec![], set: None, compared: 0, has_ended: false, differs })
    }

    fn peek(&self) -> &'static str {
        self.words.get(self.at).copied().unwrap_or("idle")
    }

    fn word(&mut self) -> &'static str {
        let word = self.peek();
        self.at += 1;
        word
    }

    fn number(&mut self) -> u32 {
        let word = self.word();
        word.parse().unwrap_or_else(|_| self.differ(format_args!("a number is expected, not `{word}`")).unwrap_or(0))
    }

    fn differ(&mut self, what: impl core::fmt::Display) -> Option<u32> {
        self.differs.get_or_insert_with(|| format!("word {}: {what}", self.at));
        None
    }

    fn expect(&mut self, found: impl core::fmt::Display) {
        let (found, word) = (found.to_string(), self.word());
        self.compared += 1;
        if found != word {
            self.differ(format_args!("the host says `{found}`, the reference `{word}`"));
        }
    }

    /// Skips the words that no guest reports: those of a thread that has stopped, and of one that resumes another.
    fn settle(&mut self) {
        loop {
            match (self.peek(), self.words.get(self.at + 1..).unwrap_or_default()) {
                ("block" | "park" | "cancelled" | "host-cancelled", _) => self.at += 1,
                ("switch", _) => self.at += 2,
                ("lowered", ["sync", "block", ..]) | ("copy", _) | ("go-on", [_, "block", ..]) => {
                    self.at += if self.peek() == "copy" { 4 } else { 3 };
                    if self.words[self.at - 1] == "block" {
                        continue;
                    }
                }
                ("resume", rest) => self.at += 2 + rest.iter().position(|word| *word == "|").unwrap_or_default(),
                _ => return,
            }
        }
    }

    /// Whether a thread is resumed next, which will say so: one that is cancelled before it starts does not.
    fn guest_is_resumed(&self) -> bool {
        let rest = self.words.get(self.at..).unwrap_or_default();
        let step = rest.iter().position(|word| *word == "|").and_then(|at| rest.get(at + 1));
        self.peek() == "resume" && step != Some(&"cancelled")
    }

    /// Notes that a guest acts. Returns whether the trace has that.
    fn acts(&mut self) -> bool {
        self.settle();
        let host_acts = match self.peek() {
            "call" => self.words[self.at + 1] == "h",
            word => matches!(word, "host-cancel" | "called" | "enough"),
        };
        self.has_ended |= host_acts;
        !self.has_ended && self.differs.is_none()
    }

    /// A thread begins: 0 by a call, 1 by a thread, 2 by a callback.
    fn stepped(&mut self, how: u32, event: [u32; 3]) {
        if self.acts() {
            self.expect(["start", "begin", "callback"][how as usize]);
            if how == 2 {
                event.into_iter().for_each(|number| self.expect(number));
            }
        }
    }

    /// The next op of a thread; 0 if its function returns, and one that no instance has if the trace has ended.
    fn next(&mut self, part: u32) -> u32 {
        self.args.clear();
        if let Some((place, value)) = self.set.take() {
            self.args.push(value);
            return numbers()[&format!("context.set {place}")];
        }
        if !self.acts() {
            return u32::MAX;
        }
        let at = self.at;
        let word = self.word();
        let words = match word {
            "exit" => return 0,
            "return" => {
                self.expect("exit");
                return 0;
            }
            "returned" => {
                let code = self.number();
                self.args.push(code);
                if code == 0 {
                    self.expect("exit");
                }
                return 0;
            }
            _ => self.op(word, at, part),
        };
        match words.as_ref().and_then(|words| numbers().get(words)) {
            Some(number) => *number,
            None => {
                self.differ(format_args!("a guest asks for what it is to do, and the trace has `{word}`"));
                u32::MAX
            }
        }
    }

    /// The words of an op, whose arguments are read.
    fn op(&mut self, word: &str, at: usize, part: u32) -> Option<String> {
        let async_ = |replay: &Replay| replay.async_.get(&at).copied().unwrap_or(true);
        let (words, args) = match word {
            "call" => {
                let [caller, callee, lift, arg] = [(); 4].map(|()| self.word());
                let places = [caller, callee].map(|label| self.labels.iter().position(|other| *other == label));
                let [Some(caller), Some(callee)] = places else { return None };
                if caller != part as usize {
                    return None;
                }
                let how = if lift != "sync" && async_(self) { "async" } else { "sync" };
                (format!("call {callee} {lift} {arg} {how}"), usize::from(arg != "none"))
            }
            "subtask.cancel" => (format!("subtask.cancel {}", u32::from(async_(self))), 1),
            "context" => {
                let [place, value] = [self.number(), self.number()];
                self.set = Some((place, value));
                (format!("context.get {place}"), 0)
            }
            "stream.new" | "future.new" => (format!("{word} {}", self.word()), 0),
            "forward" => (format!("forward {} {}", self.word(), self.word()), 2),
            "end.drop" | "end.cancel" | "copy-end" => {
                let [kind, side, element] = [(); 3].map(|()| self.word());
                let args = match (word, kind) {
                    ("copy-end", "stream") => 3,
                    ("copy-end", _) => 2,
                    _ => 1,
                };
                let args: Vec<u32> = (0..args).map(|_| self.number()).collect();
                if word == "copy-end" && kind == "future" {
                    self.number();
                }
                self.args = args;
                let end = format!("{word} {kind} {side} {element}");
                (if word == "end.drop" { end } else { format!("{end} {}", self.word()) }, 0)
            }
            "join" => (word.into(), 2),
            "set.new" | "task.return" | "task.cancel" | "backpressure.inc" | "backpressure.dec" | "resource.new"
            | "thread.new" | "thread.yield" | "thread.suspend" => (word.into(), 0),
            _ => (word.into(), 1),
        };
        for _ in 0..args {
            let arg = self.number();
            self.args.push(arg);
        }
        Some(words)
    }

    /// The result of an op.
    fn said(&mut self, values: &[u64]) {
        if !self.acts() {
            return;
        }
        while ["done", "cont", "event", "resolved", "go-on", "lowered"].contains(&self.peek()) {
            self.at += if matches!(self.peek(), "go-on" | "lowered") { 2 } else { 1 };
        }
        match self.peek() {
            // Of a dropped handle the guest does not know whose it was.
            "own" | "borrow" => self.at += 1,
            _ => values.iter().for_each(|value| self.expect(value)),
        }
    }
}

/// Whether calls and cancellations are `async`: that is said only where they have stopped, after all that runs within them.
fn options(words: &[&str]) -> HashMap<usize, bool> {
    let mut options = HashMap::new();
    let [mut calls, mut cancels] = [vec![], vec![]];
    for (at, word) in words.iter().enumerate() {
        match *word {
            "call" if words[at + 1] != "h" => calls.push(at),
            "lowered" => options.extend(calls.pop().map(|call| (call, words[at + 1] == "async"))),
            "subtask.cancel" if words.get(at + 2) != Some(&"done") => cancels.push(at),
            "go-on" => options.extend(cancels.pop().map(|cancel| (cancel, words[at + 1] == "1"))),
            _ => {}
        }
    }
    options
}

/// A call of the host that has not ended, or was cancelled.
type Call = Option<Pin<Box<dyn Future<Output = Result<(), Error>>>>>;

/// The host's part of a trace: whether its next act is done, and the first error of a call.
fn act<E: CoreEngine>(
    access: &Access<Replay, E>,
    instance: Instance,
    calls: &mut Vec<Call>,
    error: &mut Option<Error>,
    poll: &mut Context<'_>,
) -> bool {
    for call in calls.iter_mut() {
        let polled = call.as_mut().map(|call| call.as_mut().poll(poll));
        if let Some(Poll::Ready(outcome)) = polled {
            *call = None;
            *error = error.take().or(outcome.err());
        }
    }
    let (word, name, cancelled) = access.with(|mut cx| {
        let replay = cx.data_mut();
        if !replay.guest_is_resumed() {
            replay.settle();
        }
        if replay.peek() == "called" {
            replay.at += 1;
        }
        let rest: Vec<&str> = replay.words[replay.at.min(replay.words.len())..].iter().copied().take(5).collect();
        match rest[..] {
            ["call", "h", callee, lift, "none"] => {
                replay.at += 5;
                let place = replay.labels.iter().position(|label| *label == callee).unwrap();
                ("call", format!("p{place}-{lift}"), 0)
            }
            ["host-cancel", call, ..] => {
                replay.at += 2;
                ("cancel", String::new(), call.parse().unwrap())
            }
            _ => ("", String::new(), 0),
        }
    });
    match word {
        "call" => {
            let func = access.with(|mut cx| instance.func(&mut cx, None, &name)).unwrap();
            if name.ends_with("-sync") {
                // It may not wait, for the host either.
                let outcome = access.with(|cx| func.call_typed::<(), ()>(cx, &()));
                *error = error.take().or(outcome.err());
                calls.push(None);
            } else {
                calls.push(Some(Box::pin(func.call_concurrent::<_, _, (), ()>(access, ()))));
            }
            true
        }
        "cancel" => {
            let call: usize = cancelled;
            calls[call] = None;
            true
        }
        _ => false,
    }
}

/// Replays a trace. Returns the number of words that were compared.
fn replay<E: CoreEngine>(engine: &E, pre: &InstancePre<Replay, E>, replay: Replay) -> Result<usize, String> {
    let mut store = Store::new(engine, replay);
    let instance = pre.instantiate(&mut store).unwrap();
    let (mut calls, mut error, mut idle, mut at) = (Vec::new(), None, 0, 0);
    let run = block_on(store.run(async |access| {
        poll_fn(|poll| {
            while error.is_none() && act(&access, instance, &mut calls, &mut error, poll) {}
            let now = access.with(|cx| cx.data().at);
            idle = if now == at { idle + 1 } else { 0 };
            at = now;
            if error.is_some() || idle > 3 {
                return Poll::Ready(());
            }
            poll.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }));
    let mut error = error.or(run.err()).or_else(|| store.run_ready().err());
    // A call that was cancelled is told of its trap, and nobody else: then nothing may be entered.
    if error.is_none() && store.data().peek() == "trap" {
        store.data_mut().has_ended = true;
        let func = instance.func(&mut store, None, "p0-sync").unwrap();
        let entered = func.call_typed::<(), ()>(&mut store, &()).unwrap_err();
        store.data_mut().has_ended = false;
        error = entered.to_string().contains("cannot enter").then_some(entered);
    }
    drop(calls);
    let mut cx = store.as_context_mut();
    let replay = cx.data_mut();
    if let Some(differs) = replay.differs.take() {
        return Err(differs);
    }
    if replay.has_ended {
        return Ok(replay.compared);
    }
    replay.settle();
    // The trace has the events that follow a trap before it.
    while replay.peek() == "exit" {
        replay.at += 1;
    }
    match (replay.peek(), error) {
        ("trap", Some(_)) | ("idle" | "enough", None) => Ok(replay.compared),
        (word, error) => Err(format!("word {}: the reference has `{word}`, the host ends with {error:?}", replay.at)),
    }
}

fn linker<E: CoreEngine>(engine: &E) -> Linker<Replay, E> {
    let mut linker = Linker::<Replay, E>::new(engine);
    let mut root = linker.root();
    let arg = |cx: StoreContextMut<'_, Replay, E>, (place,): (u32,)| {
        Ok(cx.data().args.get(place as usize).copied().unwrap_or_default())
    };
    let said = |mut cx: StoreContextMut<'_, Replay, E>, (count, a, b, c): (u32, u64, u32, u32)| {
        let values = [a, b.into(), c.into()];
        cx.data_mut().said(&values[..count as usize]);
        Ok(())
    };
    let stepped = |mut cx: StoreContextMut<'_, Replay, E>, (how, a, b, c): (u32, u32, u32, u32)| {
        cx.data_mut().stepped(how, [a, b, c]);
        Ok(())
    };
    root.resource::<Thing>("r", |_, _| Ok(())).unwrap();
    root.func_wrap("next", |mut cx: StoreContextMut<'_, Replay, E>, (part,): (u32,)| Ok(cx.data_mut().next(part)))
        .unwrap()
        .func_wrap("arg", arg)
        .unwrap()
        .func_wrap("said", said)
        .unwrap()
        .func_wrap("stepped", stepped)
        .unwrap()
        .func_wrap("make", |_, ()| Ok(Resource::<Thing>::new_own(7)))
        .unwrap();
    linker
}

/// On wasmi, where any number of stacks is suspended.
#[cfg(feature = "wasmi")]
#[test]
fn the_host_does_what_the_reference_code_does() {
    let engine = witwright_host::wasmi::Engine::default();
    let mut options = Options::default();
    options.gates = [Gate::MoreAsyncBuiltins, Gate::Threading, Gate::AsyncStackful, Gate::Forward].into();
    let binary = wat::parse_str(text::component(&text::ops())).unwrap_or_else(|error| panic!("{error}"));
    let component = Component::with_options(&engine, &binary, &options).unwrap();
    let pre = linker(&engine).instantiate_pre(&component).unwrap();
    let (mut traces, mut compared, mut failures) = (0, 0, Vec::new());
    for (line, trace) in (1..).zip(TRACES.lines()) {
        let Some(ready) = Replay::new(trace) else { continue };
        traces += 1;
        match replay(&engine, &pre, ready) {
            Ok(count) => compared += count,
            Err(differs) => failures.push(format!("trace {line}: {differs}\n{trace}")),
        }
    }
    assert!(failures.is_empty(), "{} of {traces} traces differ:\n{}", failures.len(), failures.join("\n"));
    assert!(traces > 4000 && compared > 40_000, "{traces} traces, {compared} words");
}
