//! An embedder of the machine whose guests are native: a core function is a future, and a built-in that blocks is a point where it
//! waits until the machine resumes its thread.

use core::cell::{Cell, RefCell};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::collections::BTreeMap;
use std::rc::Rc;

use witwright_abi_runtime::codes::Event;
use witwright_abi_runtime::ids::{InstanceId, TaskId, ThreadId, WaitableId};
use witwright_abi_runtime::machine::{
    Answer, CallbackOutcome, Called, Census, ElementCopy, ElementType, Embedding, EndKind, Growing, LiftMode, Limits,
    Machine, Step,
};
use witwright_abi_runtime::table::MAX_TABLE_INDEX;

pub(super) struct Native;

impl Embedding for Native {
    type ResourceType = char;
    type Place = Place;
    type Message = &'static str;
    type Room = Growing;
}

/// A memory, and an address in it.
pub(super) type Place = (usize, u32);

/// The size of a memory, in bytes.
const MEMORY_SIZE: usize = 64;

pub(super) const NOTHING: ElementType = ElementType { id: 0, is_none_or_number: true };
pub(super) const BYTE: ElementType = ElementType { id: 1, is_none_or_number: true };

/// A core function that runs: its result is a core value, or the packed code of a callback.
type Running = Pin<Box<dyn Future<Output = u32>>>;

type Core = Rc<dyn Fn(Guest, Vec<u32>) -> Running>;
pub(super) type Callback = Rc<dyn Fn(Guest, Event) -> Running>;

/// A function of a guest, lifted.
#[derive(Clone)]
pub(super) struct Func {
    pub(super) home: Guest,
    pub(super) mode: LiftMode,
    pub(super) core: Core,
    pub(super) callback: Option<Callback>,
    /// Makes the result of a function that is lifted without `async` from its core value.
    pub(super) result: fn(u32) -> Value,
}

/// A value that is passed.
#[derive(Clone, Copy)]
pub(super) enum Value {
    Number(u32),
    /// The readable end at an index of the side that passes it.
    End(u32, EndKind, ElementType),
    /// A readable end that the host holds.
    HostEnd(WaitableId),
}

/// A call that has not resolved.
struct Call {
    func: Func,
    caller: Option<Guest>,
    args: Vec<Value>,
    subtask: WaitableId,
}

#[derive(Default)]
struct Thread {
    running: Option<Running>,
    answer: Option<Answer>,
    /// Whether `thread.new-indirect` has made it.
    is_spawned: bool,
}

/// The end of a stream that the host holds, which is told of each copy.
pub(super) trait HostEnd {
    /// Makes progress if possible. Returns whether it has.
    fn pump(&self, world: &World) -> bool;
}

/// A machine, and all that its embedder has.
pub(super) struct World {
    pub(super) machine: RefCell<Machine<Native>>,
    memories: RefCell<Vec<Vec<u8>>>,
    calls: RefCell<BTreeMap<TaskId, Call>>,
    threads: RefCell<BTreeMap<ThreadId, Thread>>,
    /// The results of calls, as their callers have them.
    results: RefCell<BTreeMap<WaitableId, Vec<u32>>>,
    switch: Cell<Option<ThreadId>>,
    host_ends: RefCell<Vec<Rc<dyn HostEnd>>>,
    passed_ends: RefCell<Vec<WaitableId>>,
    /// The results of reads and writes of the host that have ended.
    pub(super) events: RefCell<BTreeMap<WaitableId, u32>>,
}

/// A component instance.
#[derive(Clone)]
pub(super) struct Guest {
    pub(super) world: Rc<World>,
    pub(super) instance: InstanceId,
    pub(super) memory: usize,
}

impl World {
    pub(super) fn new() -> Rc<World> {
        Rc::new(World {
            machine: RefCell::new(Machine::new(Limits::default())),
            memories: RefCell::default(),
            calls: RefCell::default(),
            threads: RefCell::default(),
            results: RefCell::default(),
            switch: Cell::new(None),
            host_ends: RefCell::default(),
            passed_ends: RefCell::default(),
            events: RefCell::default(),
        })
    }

    pub(super) fn guest(self: &Rc<World>) -> Guest {
        let instance = self.machine.borrow_mut().add_instance(MAX_TABLE_INDEX).expect("there is room");
        Guest { world: self.clone(), instance, memory: self.memory() }
    }

    pub(super) fn memory(&self) -> usize {
        let mut memories = self.memories.borrow_mut();
        memories.push(vec![0; MEMORY_SIZE]);
        memories.len() - 1
    }

    pub(super) fn bytes(&self, (memory, ptr): Place, len: usize) -> Vec<u8> {
        self.memories.borrow()[memory][ptr as usize..][..len].to_vec()
    }

    pub(super) fn set_bytes(&self, (memory, ptr): Place, bytes: &[u8]) {
        self.memories.borrow_mut()[memory][ptr as usize..][..bytes.len()].copy_from_slice(bytes);
    }

    /// Calls a function as the host, and runs all threads until none is ready: the results, and nothing is left.
    pub(super) fn run(&self, func: &Func, args: &[Value]) -> Vec<u32> {
        let call = self.call(None, func, args);
        self.run_ready();
        let results = self.results.borrow_mut().remove(&call).expect("the call has returned");
        let mut machine = self.machine.borrow_mut();
        while machine.next_host_event().is_some() {}
        machine.end_host_call(call);
        let Census { tasks, threads, lends, .. } = machine.census();
        assert_eq!((tasks, threads, lends), (0, 0, 0), "all has ended");
        results
    }

    pub(super) fn run_ready(&self) {
        loop {
            let Some(thread) = self.machine.borrow_mut().next_ready() else { return };
            self.resume(thread);
        }
    }

    /// Calls a function: it runs until it stops for the first time.
    pub(super) fn call(&self, caller: Option<&Guest>, func: &Func, args: &[Value]) -> WaitableId {
        let (before, called) = {
            let mut machine = self.machine.borrow_mut();
            let callee = func.home.instance;
            (machine.current(), machine.call(caller.map(|caller| caller.instance), callee, func.mode))
        };
        let Called { subtask, task, thread, entered } = called.expect("there is room");
        let call = Call { func: func.clone(), caller: caller.cloned(), args: args.to_vec(), subtask };
        self.calls.borrow_mut().insert(task, call);
        self.threads.borrow_mut().insert(thread, Thread::default());
        if entered {
            self.turn(Step::Start(task));
        }
        self.machine.borrow_mut().set_current(before);
        subtask
    }

    /// Resumes a thread, which runs until it stops.
    pub(super) fn resume(&self, thread: ThreadId) {
        let before = self.machine.borrow().current();
        let step = self.machine.borrow_mut().resume(thread).expect("it may enter");
        self.turn(step);
        self.machine.borrow_mut().set_current(before);
    }

    /// The current thread goes on, and after it those to which it switches.
    fn turn(&self, mut step: Step) {
        loop {
            let Some(thread) = self.machine.borrow().current() else { return };
            let task = self.machine.borrow().task_of(thread);
            let mut running = match step {
                Step::Start(task) => self.start(task),
                Step::Callback(event) => self.with_func(task, |func| {
                    let callback = func.callback.as_ref().expect("it has a callback");
                    callback(func.home.clone(), event)
                }),
                Step::Continue(answer) => {
                    let mut threads = self.threads.borrow_mut();
                    let thread = threads.get_mut(&thread).expect("it has begun");
                    thread.answer = Some(answer);
                    thread.running.take().expect("it is suspended")
                }
                Step::Begin => {
                    let mut threads = self.threads.borrow_mut();
                    threads.get_mut(&thread).and_then(|thread| thread.running.take()).expect("it has a function")
                }
                Step::CancelledBeforeStart(task) => {
                    self.calls.borrow_mut().remove(&task);
                    return;
                }
            };
            match running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => {
                    self.threads.borrow_mut().entry(thread).or_default().running = Some(running);
                    let Some(next) = self.switch.take() else { return };
                    step = self.machine.borrow_mut().resume(next).expect("it has entered");
                }
                Poll::Ready(value) => match self.returned(thread, task, value) {
                    Some(event) => step = Step::Callback(event),
                    None => return,
                },
            }
        }
    }

    fn with_func<R>(&self, task: TaskId, f: impl FnOnce(&Func) -> R) -> R {
        let func = self.calls.borrow().get(&task).expect("the task is known").func.clone();
        f(&func)
    }

    /// Passes the arguments of a call, and calls the core function.
    fn start(&self, task: TaskId) -> Running {
        let (func, caller, args) = {
            let calls = self.calls.borrow();
            let call = calls.get(&task).expect("the call is known");
            (call.func.clone(), call.caller.clone(), call.args.clone())
        };
        let args = args.iter().map(|arg| self.pass(caller.as_ref(), Some(&func.home), *arg)).collect();
        (func.core)(func.home.clone(), args)
    }

    /// Passes a value on; `None` stands for the host.
    fn pass(&self, from: Option<&Guest>, to: Option<&Guest>, value: Value) -> u32 {
        let mut machine = self.machine.borrow_mut();
        let end = match value {
            Value::Number(number) => return number,
            Value::HostEnd(end) => end,
            Value::End(index, kind, ty) => {
                let from = from.expect("the host has no indices");
                machine.lift_end(from.instance, index, kind, ty).expect("it may be passed on")
            }
        };
        match to {
            Some(to) => machine.lower_end(to.instance, end).expect("there is room"),
            None => {
                machine.keep_end(end);
                self.passed_ends.borrow_mut().push(end);
                0
            }
        }
    }

    /// A core function has returned. Returns the event for its callback.
    fn returned(&self, thread: ThreadId, task: TaskId, value: u32) -> Option<Event> {
        let is_spawned = self.threads.borrow()[&thread].is_spawned;
        let mode = if is_spawned { LiftMode::Stackful } else { self.with_func(task, |func| func.mode) };
        match mode {
            LiftMode::Callback => {
                let outcome = self.machine.borrow_mut().callback_returned(value).expect("the code is valid");
                return match outcome {
                    CallbackOutcome::CallBack(event) => Some(event),
                    CallbackOutcome::Parked | CallbackOutcome::Exit(_) => None,
                };
            }
            LiftMode::Sync | LiftMode::Blocking => {
                let result = self.with_func(task, |func| func.result);
                self.task_returned(task, &[result(value)]);
            }
            LiftMode::Stackful => {}
        }
        let _ends = self.machine.borrow_mut().exit().expect("it has returned");
        None
    }

    /// Passes the results of a task on.
    pub(super) fn task_returned(&self, task: TaskId, results: &[Value]) {
        let (callee, caller, subtask) = {
            let calls = self.calls.borrow();
            let call = calls.get(&task).expect("the call is known");
            (call.func.home.clone(), call.caller.clone(), call.subtask)
        };
        let results = results.iter().map(|result| self.pass(Some(&callee), caller.as_ref(), *result)).collect();
        self.results.borrow_mut().insert(subtask, results);
        self.machine.borrow_mut().task_returned(task).expect("it has not returned");
        self.pump();
    }

    /// The results of a call that has returned.
    pub(super) fn result(&self, call: WaitableId) -> Option<Vec<u32>> {
        self.results.borrow_mut().remove(&call)
    }

    pub(super) fn take_answer(&self, thread: ThreadId) -> Answer {
        let mut threads = self.threads.borrow_mut();
        threads.get_mut(&thread).and_then(|thread| thread.answer.take()).expect("a resumed thread has an answer")
    }

    /// The thread that is resumed when the current one has stopped.
    pub(super) fn switch_to(&self, thread: ThreadId) {
        self.switch.set(Some(thread));
    }

    pub(super) fn add_thread(&self, thread: ThreadId, running: impl Future<Output = u32> + 'static) {
        let running: Running = Box::pin(running);
        self.threads.borrow_mut().insert(thread, Thread { running: Some(running), answer: None, is_spawned: true });
    }

    /// The end that the host was passed last.
    pub(super) fn passed_end(&self) -> WaitableId {
        self.passed_ends.borrow_mut().pop().expect("the host was passed an end")
    }

    pub(super) fn add_host_end(&self, end: Rc<dyn HostEnd>) {
        self.host_ends.borrow_mut().push(end);
        self.pump();
    }

    /// The host's ends go on, as far as they can.
    pub(super) fn pump(&self) {
        let ends = self.host_ends.borrow().clone();
        // Each has its turn, whether or not another could go on.
        while ends.iter().filter(|end| end.pump(self)).count() > 0 {}
    }

    /// Copies bytes that the machine has named.
    pub(super) fn copy(&self, elements: Option<ElementCopy<Place>>, ty: ElementType) {
        let Some(ElementCopy { from, to, length, .. }) = elements else { return };
        if ty == BYTE {
            let bytes = self.bytes((from.0.0, from.0.1 + from.1), length as usize);
            self.set_bytes((to.0.0, to.0.1 + to.1), &bytes);
        }
    }
}
