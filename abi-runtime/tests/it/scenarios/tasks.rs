//! Calls between guests: events of subtasks, callbacks, backpressure and the lock of an instance.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use witwright_abi_runtime::codes::{BLOCKED, CallStatus, CopyResult, Event, SubtaskState};
use witwright_abi_runtime::machine::LiftMode;
use witwright_abi_runtime::trap::Trap;

use super::guest::{EMPTY_FUTURE, EXIT, Flag, YIELD, wait_for};
use super::world::{Func, Guest, Value, World};

const fn returned(index: u32) -> Event {
    Event::Subtask { index, state: SubtaskState::Returned }
}

const fn started(index: u32) -> Event {
    Event::Subtask { index, state: SubtaskState::Started }
}

/// A function that waits for a flag, and returns nothing.
fn waits(guest: &Guest, flag: &Flag) -> Func {
    let flag = flag.clone();
    guest.func(LiftMode::Stackful, move |g, _| {
        let flag = flag.clone();
        async move {
            g.until(&flag).await;
            g.task_return(&[]);
            0
        }
    })
}

#[test]
fn async_to_async() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let eager = callee.func(LiftMode::Stackful, async |g, _| {
        g.task_return(&[Value::Number(43)]);
        0
    });
    let [open, close, go, gone, last] = [(); 5].map(|()| Flag::default());
    let toggle = callee.func(LiftMode::Stackful, {
        let (open, close) = (open.clone(), close.clone());
        move |g, _| {
            let (open, close) = (open.clone(), close.clone());
            async move {
                g.machine(|machine, here| machine.backpressure_inc(here)).expect("it is 0");
                g.until(&open).await;
                g.task_return(&[]);
                g.until(&close).await;
                g.machine(|machine, here| machine.backpressure_dec(here)).expect("it is 1");
                0
            }
        }
    });
    let blocking = callee.func(LiftMode::Stackful, {
        let (go, gone, last) = (go.clone(), gone.clone(), last.clone());
        move |g, args| {
            assert_eq!(args, [83]);
            let (go, gone, last) = (go.clone(), gone.clone(), last.clone());
            async move {
                g.until(&go).await;
                g.task_return(&[Value::Number(44)]);
                g.until(&gone).await;
                last.set();
                0
            }
        }
    });
    let main = caller.func(LiftMode::Stackful, move |g, args| {
        assert_eq!(args, [1]);
        let (eager, toggle, blocking) = (eager.clone(), toggle.clone(), blocking.clone());
        let (open, close, go) = (open.clone(), close.clone(), go.clone());
        let (gone, last) = (gone.clone(), last.clone());
        async move {
            let set = g.set_new();
            assert_eq!(g.returned(&eager, &[]), [43]);
            let (first, _) = g.started(&toggle, &[]);
            g.join(first, set);
            let (second, call) = g.starting(&blocking, &[Value::Number(83)]);
            assert_eq!((first, second), (2, 3));
            g.join(second, set);
            open.set();

            assert_eq!(g.wait(set).await, returned(first));
            g.subtask_drop(first);
            close.set();
            assert_eq!(g.wait(set).await, started(second));
            assert_eq!(g.world.result(call), None);
            go.set();
            assert_eq!(g.wait(set).await, returned(second));
            assert_eq!(g.world.result(call), Some(vec![44]));
            g.subtask_drop(second);
            gone.set();
            g.until(&last).await;
            g.task_return(&[Value::Number(42)]);
            0
        }
    });
    assert_eq!(world.run(&main, &[Value::Number(1)]), [42]);
}

#[test]
fn async_callback() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let flags = [Flag::default(), Flag::default()];
    let callees = flags.each_ref().map(|flag| waits(&callee, flag));
    let set = Rc::new(Cell::new(0));
    let core = {
        let (set, flags) = (set.clone(), flags.clone());
        move |g: Guest, _| {
            let subtasks = callees.each_ref().map(|callee| g.started(callee, &[]).0);
            assert_eq!(subtasks, [1, 2]);
            set.set(g.set_new());
            assert_eq!(set.get(), 3);
            subtasks.iter().for_each(|subtask| g.join(*subtask, set.get()));
            flags[0].set();
            g.machine(|machine, _| machine.context_set(0, 42));
            core::future::ready(wait_for(set.get()))
        }
    };
    let callback = move |g: Guest, event| {
        let context = g.machine(|machine, _| machine.context_get(0));
        let code = match context {
            42 => {
                assert_eq!(event, returned(1));
                g.subtask_drop(1);
                YIELD
            }
            52 => {
                assert_eq!(event, Event::None);
                flags[1].set();
                wait_for(set.get())
            }
            other => {
                assert_eq!((other, event), (62, returned(2)));
                g.subtask_drop(2);
                g.task_return(&[Value::Number(83)]);
                EXIT
            }
        };
        g.machine(|machine, _| machine.context_set(0, context + 10));
        core::future::ready(code)
    };
    assert_eq!(world.run(&caller.with_callback(core, callback), &[]), [83]);
}

/// A function of two futures that is locked while it reads the first, and not while it waits for the second in its event loop; and
/// reads a third after it has returned.
fn reads_three(guest: &Guest) -> Func {
    let third: Rc<RefCell<[u32; 2]>> = Rc::default();
    let kept = third.clone();
    let core = move |g: Guest, args: Vec<u32>| {
        let kept = kept.clone();
        async move {
            let [place, first, second, third] = args[..] else { panic!("{args:?}") };
            kept.borrow_mut()[place as usize] = third;
            g.machine(|machine, _| machine.context_set(0, place.into()));
            assert_eq!(g.read_sync(EMPTY_FUTURE, first, 0, 1).await, CopyResult::Completed.pack());
            let set = g.set_new();
            assert_eq!(g.read(EMPTY_FUTURE, second, 0, 1), BLOCKED);
            g.join(second, set);
            wait_for(set)
        }
    };
    let callback = move |g: Guest, event| {
        let third = third.clone();
        async move {
            assert!(matches!(event, Event::FutureRead { result: CopyResult::Completed, .. }), "{event:?}");
            let place = g.machine(|machine, _| machine.context_get(0)) as u32;
            g.task_return(&[Value::Number(42 + place)]);
            let third = third.borrow()[place as usize];
            assert_eq!(g.read_sync(EMPTY_FUTURE, third, 0, 1).await, CopyResult::Completed.pack());
            EXIT
        }
    };
    guest.with_callback(core, callback)
}

#[test]
fn callback_interleaving() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let sync = callee.func(LiftMode::Blocking, async |_, _| 100);
    let reads = reads_three(&callee);
    let main = caller.func(LiftMode::Blocking, move |g, _| {
        let (reads, sync, callee) = (reads.clone(), sync.clone(), callee.instance);
        async move {
            let ends = [(); 6].map(|()| g.ends(EMPTY_FUTURE));
            let args = |n: u32| {
                let ends = ends.iter().skip(3 * n as usize).take(3).map(|(readable, _)| EMPTY_FUTURE.at(*readable));
                core::iter::once(Value::Number(n)).chain(ends).collect::<Vec<_>>()
            };
            let complete = |end: usize| {
                assert_eq!(g.write(EMPTY_FUTURE, ends[end].1, 0, 1), CopyResult::Completed.pack());
            };
            let never = SubtaskState::CancelledBeforeStarted.pack();

            // Backpressure holds a call back, which can be cancelled then; its arguments are still the caller's.
            g.machine(|machine, _| machine.backpressure_inc(callee)).expect("it is 0");
            let (held, _) = g.starting(&reads, &args(0));
            assert_eq!(g.subtask_cancel(held, false).await, never);
            g.machine(|machine, _| machine.backpressure_dec(callee)).expect("it is 1");

            // So does the lock of the instance.
            let (first, first_call) = g.started(&reads, &args(0));
            let (held, _) = g.starting(&reads, &args(1));
            assert_eq!(g.subtask_cancel(held, false).await, never);
            let (second, second_call) = g.starting(&reads, &args(1));
            let set = g.set_new();
            g.join(first, set);
            g.join(second, set);

            // The first unlocks when it gets to its event loop, and the second locks.
            complete(0);
            assert_eq!(g.wait(set).await, started(second));
            complete(1);
            let nothing_happens = async || {
                for _ in 0..10 {
                    g.yield_().await;
                    assert_eq!(g.poll(set), Event::None);
                }
            };
            nothing_happens().await;
            complete(3);
            assert_eq!(g.wait(set).await, returned(first));
            assert_eq!(g.world.result(first_call), Some(vec![42]));
            g.subtask_drop(first);

            // The first has returned, and is locked: the second waits.
            complete(4);
            nothing_happens().await;
            complete(2);
            assert_eq!(g.wait(set).await, returned(second));
            assert_eq!(g.world.result(second_call), Some(vec![43]));
            g.subtask_drop(second);

            // A function without `async` waits for the lock too.
            let (third, third_call) = g.starting(&sync, &[]);
            g.join(third, set);
            complete(5);
            assert_eq!(g.wait(set).await, returned(third));
            assert_eq!(g.world.result(third_call), Some(vec![100]));
            0
        }
    });
    world.run(&main, &[]);
}

#[test]
fn sync_ignores_backpressure() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let blocks = callee.func(LiftMode::Blocking, async |g, args| {
        let [n, future] = args[..] else { panic!("{args:?}") };
        assert_eq!(g.read_sync(EMPTY_FUTURE, future, 0, 1).await, CopyResult::Completed.pack());
        42 + n
    });
    let sync = callee.func(LiftMode::Sync, async |_, args| 84 + args[0]);
    let main = caller.func(LiftMode::Blocking, move |g, _| {
        let (blocks, sync) = (blocks.clone(), sync.clone());
        async move {
            let (readable, writable) = g.ends(EMPTY_FUTURE);
            let (subtask, call) = g.started(&blocks, &[Value::Number(1), EMPTY_FUTURE.at(readable)]);
            assert_eq!(g.returned(&sync, &[Value::Number(2)]), [86], "it enters beside the other");
            assert_eq!(g.write_sync(EMPTY_FUTURE, writable, 0, 1).await, CopyResult::Completed.pack());
            let set = g.set_new();
            g.join(subtask, set);
            assert_eq!(g.wait(set).await, returned(subtask));
            assert_eq!(g.world.result(call), Some(vec![43]));
            g.subtask_drop(subtask);
            0
        }
    });
    world.run(&main, &[]);
}

/// Two calls, of which the second starts when the first has gone on, and has then returned.
fn one_after_the_other(polls: bool, callees: [Func; 2], caller: &Guest, flag: &Flag) {
    let done: Rc<RefCell<Vec<u32>>> = Rc::default();
    let flag = flag.clone();
    let main = caller.func(LiftMode::Stackful, {
        let done = done.clone();
        move |g, _| {
            let (callees, flag, done) = (callees.clone(), flag.clone(), done.clone());
            async move {
                let (first, _) = g.started(&callees[0], &[]);
                let (second, _) = g.starting(&callees[1], &[]);
                assert_eq!((first, second), (1, 2));
                let set = g.set_new();
                g.join(first, set);
                g.join(second, set);
                flag.set();
                while done.borrow().len() < 2 {
                    let event = if polls {
                        g.yield_().await;
                        g.poll(set)
                    } else {
                        g.wait(set).await
                    };
                    let Event::Subtask { index, state } = event else { continue };
                    if state == SubtaskState::Returned {
                        g.subtask_drop(index);
                        done.borrow_mut().push(index);
                    }
                }
                g.set_drop(set);
                g.task_return(&[Value::Number(83)]);
                0
            }
        }
    });
    assert_eq!(caller.world.run(&main, &[]), [83]);
    assert_eq!(*done.borrow(), [1, 2]);
}

#[test]
fn async_to_sync() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let flag = Flag::default();
    let first = callee.func(LiftMode::Blocking, {
        let flag = flag.clone();
        move |g, _| {
            let flag = flag.clone();
            async move {
                g.until(&flag).await;
                0
            }
        }
    });
    let second = callee.func(LiftMode::Blocking, async |_, _| 0);
    one_after_the_other(true, [first, second], &caller, &flag);
}

#[test]
fn async_backpressure() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let flag = Flag::default();
    let first = callee.func(LiftMode::Stackful, {
        let flag = flag.clone();
        move |g, _| {
            let flag = flag.clone();
            async move {
                g.machine(|machine, here| machine.backpressure_inc(here)).expect("it is 0");
                g.until(&flag).await;
                g.machine(|machine, here| machine.backpressure_dec(here)).expect("it is 1");
                g.task_return(&[]);
                0
            }
        }
    });
    let second = callee.func(LiftMode::Stackful, async |g, _| {
        g.task_return(&[]);
        0
    });
    one_after_the_other(false, [first, second], &caller, &flag);
}

#[test]
fn sync_using_wait() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let flags = [Flag::default(), Flag::default()];
    let callees = flags.each_ref().map(|flag| waits(&callee, flag));
    let main = caller.func(LiftMode::Blocking, move |g, _| {
        let (callees, flags) = (callees.clone(), flags.clone());
        async move {
            let subtasks = callees.each_ref().map(|callee| g.started(callee, &[]).0);
            let set = g.set_new();
            subtasks.iter().for_each(|subtask| g.join(*subtask, set));
            for (subtask, flag) in subtasks.into_iter().zip(&flags) {
                flag.set();
                assert_eq!(g.wait(set).await, returned(subtask));
            }
            subtasks.iter().for_each(|subtask| g.subtask_drop(*subtask));
            g.set_drop(set);
            0
        }
    });
    world.run(&main, &[]);
}

/// `realloc` is called while a result is lowered: it runs in a task of its own, with storage of its own, and may not leave.
#[test]
fn cross_component_realloc() {
    let world = World::new();
    let (callee, caller) = (world.guest(), world.guest());
    let produce = callee.func(LiftMode::Blocking, async |g, _| {
        g.machine(|machine, _| machine.context_set(0, 0xdead));
        7
    });
    let main = caller.func(LiftMode::Blocking, move |g, _| {
        let produce = produce.clone();
        async move {
            g.machine(|machine, _| {
                machine.context_set(0, 42);
                machine.context_set(1, 43);
            });
            let (status, call) = g.call(&produce, &[]);
            assert_eq!(status, CallStatus::Returned);
            assert_eq!(g.world.result(call), Some(vec![7]));
            g.machine(|machine, here| {
                machine.begin_realloc();
                machine.set_may_leave(here, false);
                assert_eq!([machine.context_get(0), machine.context_get(1)], [0, 0]);
                machine.context_set(0, 0xfeed);
                assert_eq!(machine.context_get(0), 0xfeed);
                assert_eq!(machine.thread_index(here), Err(Trap::CannotLeave));
                machine.set_may_leave(here, true);
                machine.end_realloc();
                assert_eq!([machine.context_get(0), machine.context_get(1)], [42, 43], "of this thread");
            });
            0
        }
    });
    world.run(&main, &[]);
}

#[test]
fn handles() {
    const THING: char = 't';
    let world = World::new();
    let guest = world.guest();
    let main = guest.func(LiftMode::Blocking, async |g, _| {
        g.machine(|machine, here| {
            // The host passes two owned handles and lends one; a representation of the guest's own is passed as it is.
            let task = machine.task_of(machine.current().expect("the guest runs"));
            let owned = [42, 43].map(|rep| machine.lower_own(here, THING, rep).expect("there is room"));
            let lent = machine.lower_borrow(task, THING, 44).expect("there is room");
            assert_eq!((owned, lent), ([1, 2], 3));
            let rep = |machine: &witwright_abi_runtime::machine::Machine<_>, index| {
                machine.resource_rep(here, THING, index).expect("it is a handle")
            };
            assert_eq!([1, 2, 3].map(|index| rep(machine, index)), [42, 43, 44]);

            // The guest lends two of them to a function of the host, which returns another.
            let call = machine.call_host(here).expect("there is room");
            assert_eq!(machine.lift_borrow(call, THING, 1), Ok(42));
            assert_eq!(machine.lift_borrow(call, THING, 3), Ok(44));
            machine.subtask_started(call);
            assert_eq!(machine.resource_drop(here, THING, 1), Err(Trap::HandleLent(1)));
            assert_eq!(machine.lower_own(here, THING, 45), Ok(4));
            machine.subtask_returned(call);
            assert_eq!(machine.lowered_async(call), Ok(CallStatus::Returned));

            // Of an owned handle the destructor runs, of a borrowed one it does not. The index is used again.
            assert_eq!(machine.resource_drop(here, THING, 1), Ok(Some(42)));
            assert_eq!(machine.resource_new(here, THING, 46), Ok(1));
            assert_eq!(machine.check_resolvable(task), Err(Trap::BorrowsRemain));
            assert_eq!(machine.resource_drop(here, THING, 3), Ok(None));
            assert_eq!([1, 2, 4].map(|index| machine.lift_own(here, THING, index)), [Ok(46), Ok(43), Ok(45)]);
            assert_eq!(machine.resource_rep(here, THING, 1), Err(Trap::UnknownHandle(1)), "nothing is left");
        });
        0
    });
    world.run(&main, &[]);
}
