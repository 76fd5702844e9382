//! The machine as an embedder drives it: functions and ends of its own, limits, and room of a fixed size.
//!
//! `traces.rs` compares everything between guests with the reference code.

use witwright_abi_runtime::codes::{BLOCKED, CallStatus, CallbackCode, CopyResult, Event, StreamResult, SubtaskState};
use witwright_abi_runtime::ids::InstanceId;
use witwright_abi_runtime::machine::{
    CallbackOutcome, CancelRequest, Census, Copied, ElementCopy, ElementType, Embedding, EndKind, EndOf, Ended, Fixed,
    Growing, LiftMode, Limits, Machine, Outcome, Side, Step, TaskEnds,
};
use witwright_abi_runtime::table::MAX_TABLE_INDEX;
use witwright_abi_runtime::trap::{Limit, Trap};

struct Allocating;

impl Embedding for Allocating {
    type ResourceType = char;
    type Place = &'static str;
    type Message = &'static str;
    type Room = Growing;
}

/// No allocator is needed: four of each part.
struct Bounded;

impl Embedding for Bounded {
    type ResourceType = char;
    type Place = &'static str;
    type Message = &'static str;
    type Room = Fixed<4, 4, 4, 4, 4, 4, 4, 4, 4>;
}

const BYTES: ElementType = ElementType { id: 1, is_none_or_number: true };
const READABLE: EndOf = EndOf { kind: EndKind::Stream, side: Side::Readable, ty: BYTES };

fn machine() -> (Machine<Allocating>, InstanceId) {
    let mut machine = Machine::new(Limits::default());
    let guest = machine.add_instance(MAX_TABLE_INDEX).expect("there is room");
    (machine, guest)
}

/// Calls a function of the guest from the host, which stays in its core code.
fn enter<E: Embedding>(machine: &mut Machine<E>, guest: InstanceId, mode: LiftMode) {
    let called = machine.call(None, guest, mode).expect("there is room");
    assert!(called.entered);
}

#[test]
fn the_host_writes_a_stream_that_the_guest_reads() {
    let (mut machine, guest) = machine();
    let (readable, writable) = machine.new_pair(EndKind::Stream, BYTES).expect("there is room");
    enter(&mut machine, guest, LiftMode::Stackful);
    let index = machine.lower_end(guest, readable).expect("there is room");

    // guest: stream.read -> BLOCKED
    let end = machine.end_to_copy(guest, index, READABLE, true).expect("it is idle");
    assert_eq!(machine.copy(end, "guest", 4, true), Ok(Copied { elements: None, outcome: Outcome::Done(BLOCKED) }));
    // host: write 3, then 3 again: one element is left over, and waits
    let written = StreamResult { result: CopyResult::Completed, progress: 3 }.pack();
    let elements = Some(ElementCopy { from: ("host", 0), to: ("guest", 0), length: 3, writer: writable });
    assert_eq!(machine.copy(writable, "host", 3, true), Ok(Copied { elements, outcome: Outcome::Done(written) }));
    let written = StreamResult { result: CopyResult::Completed, progress: 1 }.pack();
    let elements = Some(ElementCopy { from: ("more", 0), to: ("guest", 3), length: 1, writer: writable });
    assert_eq!(machine.copy(writable, "more", 3, true), Ok(Copied { elements, outcome: Outcome::Done(written) }));
    // guest: one event tells of all four
    let set = machine.waitable_set_new(guest).expect("there is room");
    machine.waitable_join(guest, index, set).expect("both exist");
    let result = StreamResult { result: CopyResult::Completed, progress: 4 };
    assert_eq!(machine.waitable_set_poll(guest, set), Ok(Event::StreamRead { index, result }));
    // guest: drops its end; the host is told, though it writes nothing
    machine.end_drop(guest, index, READABLE).expect("it is idle");
    let started = machine.next_host_event().map(|(_, event)| event);
    assert_eq!(started, Some(Event::Subtask { index: 0, state: SubtaskState::Started }));
    let result = StreamResult { result: CopyResult::Dropped, progress: 0 };
    assert_eq!(machine.next_host_event(), Some((writable, Event::StreamWrite { index: 0, result })));
    assert!(machine.end_is_done(writable));
    machine.drop_end(writable);
}

#[test]
fn a_function_of_the_host_resolves_later() {
    let (mut machine, guest) = machine();
    enter(&mut machine, guest, LiftMode::Callback);
    let set = machine.waitable_set_new(guest).expect("there is room");

    // guest: async lower -> STARTED
    let call = machine.call_host(guest).expect("there is room");
    machine.subtask_started(call);
    let status = machine.lowered_async(call).expect("there is room");
    let CallStatus::Started { subtask } = status else { panic!("{status:?}") };
    machine.waitable_join(guest, subtask, set).expect("both exist");
    // guest: callback -> WAIT
    assert_eq!(machine.callback_returned(CallbackCode::Wait { set }.pack()), Ok(CallbackOutcome::Parked));
    assert_eq!(machine.next_ready(), None);
    // host: return
    machine.subtask_returned(call);
    let thread = machine.next_ready().expect("the event makes the thread ready");
    let event = Event::Subtask { index: subtask, state: SubtaskState::Returned };
    assert_eq!(machine.resume(thread), Ok(Step::Callback(event)));
    // guest: subtask.drop
    assert_eq!(machine.subtask_drop(guest, subtask), Ok(()));
}

#[test]
fn the_host_cancels_its_function() {
    let (mut machine, guest) = machine();
    enter(&mut machine, guest, LiftMode::Stackful);
    let call = machine.call_host(guest).expect("there is room");
    machine.subtask_started(call);
    let status = machine.lowered_async(call).expect("there is room");
    let CallStatus::Started { subtask } = status else { panic!("{status:?}") };

    assert_eq!(machine.subtask_cancel(guest, subtask), Ok(CancelRequest::Host { subtask: call }));
    assert!(machine.is_cancellation_requested(call));
    machine.subtask_cancelled(call);
    let state = SubtaskState::CancelledBeforeReturned.pack();
    assert_eq!(machine.subtask_cancel_go_on(call, true), Outcome::Done(state));
    assert_eq!(machine.subtask_cancel(guest, subtask), Err(Trap::SubtaskDelivered));
}

#[test]
fn handles_that_a_call_lent_are_back_when_its_caller_knows() {
    let (mut machine, guest) = machine();
    enter(&mut machine, guest, LiftMode::Stackful);
    let index = machine.resource_new(guest, 'r', 7).expect("there is room");
    let call = machine.call_host(guest).expect("there is room");
    assert_eq!(machine.lift_borrow(call, 'r', index), Ok(7));
    assert_eq!(machine.lift_borrow(call, 'r', index), Ok(7));
    machine.subtask_started(call);
    assert_eq!(machine.resource_drop(guest, 'r', index), Err(Trap::HandleLent(index)));
    machine.subtask_returned(call);
    assert_eq!(machine.lowered_async(call), Ok(CallStatus::Returned));
    assert_eq!(machine.resource_drop(guest, 'r', index), Ok(Some(7)));
}

#[test]
fn error_contexts_live_as_long_as_their_handles() {
    let (mut machine, guest) = machine();
    enter(&mut machine, guest, LiftMode::Stackful);
    let index = machine.error_context_new(guest, "out of ink").expect("there is room");
    let id = machine.lift_error_context(guest, index).expect("it exists");
    let other = machine.lower_error_context(guest, id).expect("there is room");
    assert_eq!(machine.error_context_drop(guest, index), Ok(()));
    assert_eq!(machine.error_context_debug_message(guest, other), Ok(&"out of ink"));
    assert_eq!(machine.error_context_drop(guest, other), Ok(()));
    assert_eq!(machine.census().error_contexts, 0);
}

#[test]
fn what_ends_leaves_nothing_behind() {
    let (mut machine, guest) = machine();
    let called = machine.call(None, guest, LiftMode::Stackful).expect("there is room");
    let pair = machine.end_new(guest, EndKind::Stream, BYTES).expect("there is room");
    machine.end_drop(guest, pair.readable, READABLE).expect("it is idle");
    machine.end_drop(guest, pair.writable, EndOf { side: Side::Writable, ..READABLE }).expect("it is idle");
    let task = machine.check_task_return(guest).expect("it has not returned");
    machine.task_returned(task).expect("it has not returned");
    assert_eq!(machine.exit(), Ok(TaskEnds(true)));
    assert_eq!(
        machine.next_host_event(),
        Some((called.subtask, Event::Subtask { index: 0, state: SubtaskState::Returned }))
    );
    machine.end_host_call(called.subtask);
    assert_eq!(machine.census(), Census::default());
}

#[test]
fn a_limit_is_a_trap() {
    let mut machine: Machine<Bounded> = Machine::new(Limits::default());
    let guest = machine.add_instance(MAX_TABLE_INDEX).expect("there is room");
    for _ in 0..4 {
        let _ = machine.call(None, guest, LiftMode::Stackful).expect("there is room");
    }
    assert_eq!(machine.call(None, guest, LiftMode::Stackful).map(|_| ()), Err(Trap::LimitReached(Limit::Waitables)));
    assert_eq!(Trap::LimitReached(Limit::Waitables).to_string(), "the host's limit of waitables is reached");
}

#[test]
fn ends_are_limited_as_waitables() {
    let mut limits = Limits::default();
    limits.waitables = 2;
    let mut machine: Machine<Allocating> = Machine::new(limits);
    let _pair = machine.new_pair(EndKind::Stream, BYTES).expect("there is room");
    let before = machine.census();
    assert_eq!(machine.new_pair(EndKind::Stream, BYTES), Err(Trap::LimitReached(Limit::Waitables)));
    assert_eq!(machine.census(), before);
    limits.waitables = 4;
    machine.set_limits(limits);
    let _pair = machine.new_pair(EndKind::Stream, BYTES).expect("there is room");
}

/// One instance, two handles, two tasks, a thread, four waitables, four ends, and one of everything else.
struct Tiny;

impl Embedding for Tiny {
    type ResourceType = char;
    type Place = &'static str;
    type Message = &'static str;
    type Room = Fixed<1, 2, 2, 1, 4, 4, 1, 1, 1>;
}

#[test]
fn what_finds_no_room_leaves_nothing() {
    let mut machine: Machine<Tiny> = Machine::new(Limits::default());
    let guest = machine.add_instance(MAX_TABLE_INDEX).expect("there is room");
    assert_eq!(machine.add_instance(MAX_TABLE_INDEX), Err(Trap::LimitReached(Limit::Instances)));
    enter(&mut machine, guest, LiftMode::Stackful);
    let set = machine.waitable_set_new(guest).expect("there is room");
    let (before, current) = (machine.census(), machine.current());

    let called = machine.call(None, guest, LiftMode::Stackful).map(drop);
    assert_eq!(called, Err(Trap::LimitReached(Limit::Threads)));
    assert_eq!(machine.waitable_set_new(guest), Err(Trap::LimitReached(Limit::WaitableSets)));
    assert_eq!(machine.end_new(guest, EndKind::Stream, BYTES), Err(Trap::HandleTableFull));
    assert_eq!(machine.thread_new_indirect(guest).map(drop), Err(Trap::LimitReached(Limit::Threads)));
    let index = machine.error_context_new(guest, "out of ink").expect("there is room");
    assert_eq!(machine.error_context_new(guest, "again"), Err(Trap::LimitReached(Limit::ErrorContexts)));
    assert_eq!(machine.resource_new(guest, 'r', 1), Err(Trap::HandleTableFull));
    assert_eq!(machine.error_context_drop(guest, index), Ok(()));
    assert_eq!((machine.census(), machine.current()), (before, current));

    // Parts that end make room for others.
    assert_eq!(machine.waitable_set_drop(guest, set), Ok(()));
    let pair = machine.end_new(guest, EndKind::Stream, BYTES).expect("there is room");
    assert_eq!(machine.waitable_set_new(guest), Err(Trap::HandleTableFull));
    assert_eq!(machine.end_drop(guest, pair.readable, READABLE), Ok(()));
    let set = machine.waitable_set_new(guest).expect("the set without a handle has not stayed");
    assert_eq!(machine.waitable_set_drop(guest, set), Ok(()));
    // A pair needs two waitables, and this one finds one.
    let _pair = machine.new_pair(EndKind::Stream, BYTES).expect("there is room");
    assert_eq!(machine.new_pair(EndKind::Stream, BYTES), Err(Trap::LimitReached(Limit::Waitables)));
    assert_eq!(machine.census().waitables, 4);
}

/// Four handles, four waitables, two ends, and one of everything else.
struct OnePair;

impl Embedding for OnePair {
    type ResourceType = char;
    type Place = &'static str;
    type Message = &'static str;
    type Room = Fixed<1, 4, 1, 1, 4, 2, 1, 1, 1>;
}

#[test]
fn ends_are_fewer_than_waitables() {
    let mut machine: Machine<OnePair> = Machine::new(Limits::default());
    let guest = machine.add_instance(MAX_TABLE_INDEX).expect("there is room");
    enter(&mut machine, guest, LiftMode::Stackful);
    let pair = machine.end_new(guest, EndKind::Stream, BYTES).expect("there is room");
    let before = machine.census();
    let full = Trap::LimitReached(Limit::Ends);
    assert_eq!(machine.end_new(guest, EndKind::Stream, BYTES), Err(full));
    assert_eq!(full.to_string(), "the host's limit of ends of streams and futures is reached");
    assert_eq!(machine.census(), before);
    // The waitable that no end has can be a subtask.
    let call = machine.call_host(guest).expect("there is room");
    machine.subtask_started(call);
    machine.subtask_returned(call);
    assert_eq!(machine.lowered_async(call), Ok(CallStatus::Returned));

    // An end that is dropped makes room for one, and a pair needs two.
    assert_eq!(machine.end_drop(guest, pair.readable, READABLE), Ok(()));
    let before = machine.census();
    assert_eq!(machine.new_pair(EndKind::Stream, BYTES), Err(full));
    assert_eq!(machine.census(), before);
    assert_eq!(machine.end_drop(guest, pair.writable, EndOf { side: Side::Writable, ..READABLE }), Ok(()));
    let _pair = machine.new_pair(EndKind::Stream, BYTES).expect("there is room");
}

/// A thread that waits for one end of its own pair is gone before the other end's drop would wake it.
#[test]
fn an_instance_ends_with_all_that_it_has() {
    let mut machine: Machine<Allocating> = Machine::new(Limits::default());
    let guest = machine.add_instance(MAX_TABLE_INDEX).expect("there is room");
    let called = machine.call(None, guest, LiftMode::Stackful).expect("there is room");
    // guest: waitable-set.new, stream.new, stream.write, which blocks
    machine.waitable_set_new(guest).expect("there is room");
    let pair = machine.end_new(guest, READABLE.kind, READABLE.ty).expect("there is room");
    let of = EndOf { side: Side::Writable, ..READABLE };
    let end = machine.end_to_copy(guest, pair.writable, of, false).expect("it is idle");
    let copied = machine.copy(end, "guest", 1, false).expect("the buffer is short");
    assert_eq!(copied.outcome, Outcome::Blocked);
    let mut ended = Vec::new();
    machine.end_instance(guest, |part| ended.push(part));
    assert_eq!(ended, [Ended::Thread(called.thread), Ended::Task(called.task), Ended::HostCall(called.subtask)]);
    machine.end_host_call(called.subtask);
    assert_eq!(machine.census(), Census::default());
}
