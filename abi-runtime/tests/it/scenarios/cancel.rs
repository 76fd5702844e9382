//! Cancellation of subtasks: before they start, in their event loops, while another task holds the lock, and ignored.

use core::cell::Cell;
use core::future::Future;
use std::rc::Rc;

use witwright_abi_runtime::codes::{BLOCKED, CallStatus, Event, SubtaskState};
use witwright_abi_runtime::ids::WaitableId;
use witwright_abi_runtime::machine::LiftMode;
use witwright_abi_runtime::trap::Trap;

use super::guest::{EXIT, YIELD, wait_for};
use super::world::{Func, Guest, Value, World};

const RETURNED: u32 = SubtaskState::Returned.pack();
const NEVER_STARTED: u32 = SubtaskState::CancelledBeforeStarted.pack();
const CANCELLED: u32 = SubtaskState::CancelledBeforeReturned.pack();

fn keep(g: &Guest, args: &[u32]) {
    g.machine(|machine, _| machine.context_set(0, args[0].into()));
}

fn kept(g: &Guest) -> u32 {
    g.machine(|machine, _| machine.context_get(0)) as u32
}

/// Waits in its event loop until it is cancelled. Then 1 returns 42, and 2 confirms; 3 and 4 yield first, and 3 returns 43.
fn waits(guest: &Guest) -> Func {
    let core = async |g: Guest, args: Vec<u32>| {
        keep(&g, &args);
        wait_for(g.set_new())
    };
    let callback = async |g: Guest, event| match (event, kept(&g)) {
        (Event::TaskCancelled, 3 | 4) => YIELD,
        (Event::TaskCancelled, 1) | (Event::None, 3) => {
            let value = if event == Event::None { 43 } else { 42 };
            g.task_return(&[Value::Number(value)]);
            EXIT
        }
        (Event::TaskCancelled, 2) | (Event::None, 4) => {
            g.task_cancel();
            EXIT
        }
        other => panic!("{other:?}"),
    };
    guest.with_callback(core, callback)
}

/// Yields, and returns what it is given unless it is cancelled.
fn yields(guest: &Guest) -> Func {
    let core = async |g: Guest, args: Vec<u32>| {
        keep(&g, &args);
        YIELD
    };
    let callback = async |g: Guest, event| {
        if event == Event::TaskCancelled {
            g.task_cancel();
        } else {
            assert_eq!(event, Event::None);
            g.task_return(&[Value::Number(kept(&g))]);
        }
        EXIT
    };
    guest.with_callback(core, callback)
}

/// Yields on its stack, so that the instance stays locked.
fn hogs(guest: &Guest) -> Func {
    let core = async |g: Guest, args: Vec<u32>| {
        g.yield_().await;
        g.task_return(&[Value::Number(args[0])]);
        EXIT
    };
    guest.with_callback(core, async |_, event| panic!("{event:?}"))
}

/// A function of the host that has started: its identity, and its index if it is lowered with `async`.
fn call_host(g: &Guest) -> WaitableId {
    g.machine(|machine, here| {
        let call = machine.call_host(here).expect("there is room");
        machine.subtask_started(call);
        call
    })
}

/// Waits for the subtask at an index, and returns its state.
async fn wait_resolved(g: &Guest, set: u32, index: u32) -> u32 {
    g.join(index, set);
    let event = g.wait(set).await;
    let Event::Subtask { index: told, state } = event else { panic!("{event:?}") };
    assert_eq!(told, index);
    g.subtask_drop(index);
    state.pack()
}

/// Runs a guest that calls functions of another.
fn between<F: Future<Output = ()> + 'static>(test: impl Fn(Guest, Guest) -> F + 'static) {
    let world = World::new();
    let callee = world.guest();
    let test = Rc::new(test);
    let main = world.guest().func(LiftMode::Stackful, move |g, _| {
        let (test, callee) = (test.clone(), callee.clone());
        async move {
            test(g.clone(), callee).await;
            g.task_return(&[]);
            0
        }
    });
    world.run(&main, &[]);
}

#[test]
fn what_has_not_started_never_does() {
    between(async |g, callee| {
        let never = callee.func(LiftMode::Stackful, async |_, _| panic!("it never starts"));
        callee.machine(|machine, here| machine.backpressure_inc(here)).expect("it is 0");
        let [first, second] = [(); 2].map(|()| g.starting(&never, &[]).0);
        assert_eq!(g.subtask_cancel(second, false).await, NEVER_STARTED);
        assert_eq!(g.subtask_cancel(first, true).await, NEVER_STARTED);
        callee.machine(|machine, here| machine.backpressure_dec(here)).expect("it is 1");
    });
}

#[test]
fn an_event_loop_is_told_at_once() {
    between(async |g, callee| {
        let set = g.set_new();
        let waits = waits(&callee);
        // What it does, the form of `subtask.cancel`, its result, the state in the end, and the result of the call.
        for (does, async_, at_once, state, result) in [
            (1, false, RETURNED, RETURNED, Some(42)),
            (2, true, CANCELLED, CANCELLED, None),
            (3, true, BLOCKED, RETURNED, Some(43)),
            (3, false, RETURNED, RETURNED, Some(43)),
            (4, true, BLOCKED, CANCELLED, None),
            (4, false, CANCELLED, CANCELLED, None),
        ] {
            let (subtask, call) = g.started(&waits, &[Value::Number(does)]);
            assert_eq!(g.subtask_cancel(subtask, async_).await, at_once);
            if at_once == BLOCKED {
                assert_eq!(wait_resolved(&g, set, subtask).await, state);
            } else {
                g.subtask_drop(subtask);
            }
            assert_eq!(g.world.result(call), result.map(|value| vec![value]));
        }
    });
}

#[test]
fn what_has_returned_is_not_cancelled() {
    between(async |g, callee| {
        let yields = yields(&callee);
        let (subtask, call) = g.started(&yields, &[Value::Number(83)]);
        while g.machine(|machine, _| machine.subtask_state(call)) == SubtaskState::Started {
            g.yield_().await;
        }
        assert_eq!(g.subtask_cancel(subtask, true).await, RETURNED);
        assert_eq!(g.world.result(call), Some(vec![83]));
        g.subtask_drop(subtask);

        // One that has yielded is told at once.
        let (subtask, call) = g.started(&yields, &[Value::Number(83)]);
        assert_eq!(g.subtask_cancel(subtask, true).await, CANCELLED);
        assert_eq!(g.world.result(call), None);
        g.subtask_drop(subtask);
    });
}

#[test]
fn a_locked_instance_is_told_later() {
    between(async |g, callee| {
        let set = g.set_new();
        for (func, state, result) in [(waits(&callee), RETURNED, Some(vec![42])), (yields(&callee), CANCELLED, None)] {
            let (subtask, call) = g.started(&func, &[Value::Number(1)]);
            let (hog, hog_call) = g.started(&hogs(&callee), &[Value::Number(45)]);
            assert_eq!(g.subtask_cancel(subtask, true).await, BLOCKED);
            assert_eq!(wait_resolved(&g, set, subtask).await, state);
            assert_eq!((g.world.result(call), g.world.result(hog_call)), (result, Some(vec![45])));
            assert_eq!(wait_resolved(&g, set, hog).await, RETURNED);
        }
    });
}

#[test]
fn a_blocked_import_is_not_interrupted() {
    between(async |g, callee| {
        let set = g.set_new();
        let host_call: Rc<Cell<Option<WaitableId>>> = Rc::default();
        let calls = host_call.clone();
        let core = move |g: Guest, _| {
            let calls = calls.clone();
            async move {
                let call = call_host(&g);
                calls.set(Some(call));
                g.lowered_sync(call).await;
                let cancelled = g.machine(|machine, here| machine.task_cancel(here));
                assert_eq!(cancelled, Err(Trap::TaskNotCancelled), "it has not been told");
                let set = g.set_new();
                keep(&g, &[set]);
                wait_for(set)
            }
        };
        let callback = async |g: Guest, event| {
            assert_eq!(event, Event::TaskCancelled);
            assert_eq!(g.poll(kept(&g)), Event::None, "it is told once");
            g.task_cancel();
            EXIT
        };
        let (subtask, call) = g.started(&callee.with_callback(core, callback), &[]);
        assert_eq!(g.subtask_cancel(subtask, true).await, BLOCKED);
        let host_call = host_call.get().expect("it was made");
        g.machine(|machine, _| machine.subtask_returned(host_call));
        assert_eq!(wait_resolved(&g, set, subtask).await, CANCELLED);
        assert_eq!(g.world.result(call), None);
    });
}

#[test]
fn a_task_without_an_event_loop_is_not_told() {
    between(async |g, callee| {
        let set = g.set_new();
        let host_call: Rc<Cell<Option<WaitableId>>> = Rc::default();
        let calls = host_call.clone();
        let ignores = callee.func(LiftMode::Stackful, move |g, args| {
            assert_eq!(args, [13]);
            let calls = calls.clone();
            async move {
                let call = call_host(&g);
                calls.set(Some(call));
                let status = g.machine(|machine, _| machine.lowered_async(call));
                let Ok(CallStatus::Started { subtask }) = status else { panic!("{status:?}") };
                // The function of the host is not cancelled either, and returns.
                assert_eq!(g.subtask_cancel(subtask, false).await, RETURNED);
                g.subtask_drop(subtask);
                g.task_return(&[Value::Number(44)]);
                0
            }
        });
        let (subtask, call) = g.started(&ignores, &[Value::Number(13)]);
        assert_eq!(g.subtask_cancel(subtask, true).await, BLOCKED);
        let host_call = host_call.get().expect("it was made");
        g.machine(|machine, _| machine.subtask_returned(host_call));
        assert_eq!(wait_resolved(&g, set, subtask).await, RETURNED);
        assert_eq!(g.world.result(call), Some(vec![44]));
    });
}
