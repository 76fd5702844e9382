//! Threads of a guest's own.

use core::cell::Cell;
use std::rc::Rc;

use witwright_abi_runtime::codes::{BLOCKED, CopyResult, Event};
use witwright_abi_runtime::machine::LiftMode;

use super::guest::{EMPTY_FUTURE, Flag};
use super::world::{Guest, Value, World};

fn index(g: &Guest) -> u32 {
    g.machine(|machine, here| machine.thread_index(here)).expect("the instance may be left")
}

#[test]
fn threads() {
    let world = World::new();
    let main = world.guest().func(LiftMode::Blocking, async |g, _| {
        let main = index(&g);
        let has_run = Flag::default();
        let thread = g.thread({
            let has_run = has_run.clone();
            async move |_| has_run.set()
        });
        g.switch(|machine, here| machine.thread_yield_then_resume(here, thread)).await;
        assert!(has_run.is_set());

        // Resumed by the thread that it has resumed.
        let thread = g.thread(async move |g| {
            g.switch(|machine, here| machine.thread_yield_then_resume(here, main)).await;
        });
        g.switch(|machine, here| machine.thread_suspend_then_resume(here, thread)).await;

        // And later, by one that it has told to run later.
        let thread = g.thread(async move |g| g.resume_later(main));
        g.resume_later(thread);
        g.switch(|machine, here| machine.thread_suspend(here)).await;

        let count = Rc::new(Cell::new(0));
        for _ in 0..5 {
            let count = count.clone();
            let thread = g.thread(async move |g| {
                for _ in 0..2 {
                    g.yield_().await;
                    count.set(count.get() + 1);
                }
            });
            g.resume_later(thread);
        }
        while count.get() < 10 {
            g.yield_().await;
        }
        42
    });
    assert_eq!(world.run(&main, &[]), [42]);
}

/// The state that the threads of [`sync_threads`] share.
#[derive(Default)]
struct Shared {
    /// The indices of threads that others resume: `b`, `c`, both `d`, both `e`.
    b: Cell<u32>,
    c: Cell<u32>,
    d: [Cell<u32>; 2],
    e: [Cell<u32>; 2],
    turns: [Cell<u32>; 2],
    rounds: [Cell<u32>; 2],
    set: Cell<u32>,
}

const ROUNDS: u32 = 3;

/// Two threads that yield until each has had its turns; one of them then starts `b`.
async fn takes_turns(g: Guest, shared: Rc<Shared>, me: usize) {
    while shared.turns.iter().any(|turns| turns.get() < ROUNDS) {
        shared.turns[me].set(shared.turns[me].get() + 1);
        g.yield_().await;
    }
    if me == 0 {
        g.resume_later(shared.b.get());
    }
}

/// Waits for a set, to which another thread adds a future.
async fn waits(g: Guest, shared: Rc<Shared>) {
    g.resume_later(shared.c.get());
    g.resume_later(shared.d[1].get());
    shared.set.set(g.set_new());
    let event = g.wait(shared.set.get()).await;
    assert!(matches!(event, Event::FutureRead { result: CopyResult::Completed, .. }), "{event:?}");
    g.resume_later(shared.e[0].get());
}

async fn fulfils(g: Guest, shared: Rc<Shared>) {
    let (r, w) = g.ends(EMPTY_FUTURE);
    assert_eq!(g.read(EMPTY_FUTURE, r, 0, 1), BLOCKED);
    g.join(r, shared.set.get());
    assert_eq!(g.write(EMPTY_FUTURE, w, 0, 1), CopyResult::Completed.pack());
}

/// Promotes a thread that is suspended, which does nothing, and then one that is ready, which runs at once.
async fn promotes(g: Guest, shared: Rc<Shared>) {
    let [mine, other] = &shared.rounds;
    let promote = async || {
        let other = shared.e[1].get();
        g.switch(|machine, here| machine.thread_yield_then_promote(here, other)).await;
    };
    while mine.get() < ROUNDS {
        promote().await;
        assert_eq!(mine.get(), other.get());
        g.resume_later(shared.e[1].get());
        promote().await;
        assert_eq!(mine.get() + 1, other.get());
        mine.set(mine.get() + 1);
    }
    g.task_return(&[Value::Number(42)]);
    g.resume_later(shared.e[1].get());
}

async fn is_promoted(g: Guest, shared: Rc<Shared>) {
    let other = &shared.rounds[1];
    while other.get() < ROUNDS {
        other.set(other.get() + 1);
        let promoter = shared.e[0].get();
        g.switch(|machine, here| machine.thread_suspend_then_promote(here, promoter)).await;
    }
}

/// A call of a function of sync type waits, and meanwhile the threads of its instance alone run: those of the call, and of another
/// task there.
#[test]
fn sync_threads() {
    let world = World::new();
    let guest = world.guest();
    let elsewhere = world.guest();
    let flag = Flag::default();
    let beside = |guest: &Guest| {
        let flag = flag.clone();
        guest.func(LiftMode::Stackful, move |g, _| {
            let flag = flag.clone();
            async move {
                g.until(&flag).await;
                g.task_return(&[Value::Number(43)]);
                0
            }
        })
    };
    let [here, there] = [beside(&guest), beside(&elsewhere)].map(|func| world.call(None, &func, &[]));
    flag.set();

    let main = guest.func(LiftMode::Stackful, async |g, _| {
        let shared = Rc::new(Shared::default());
        let turns = [0, 1].map(|me| {
            let shared = shared.clone();
            g.thread(async move |g| takes_turns(g, shared, me).await)
        });
        let kept = shared.clone();
        shared.b.set(g.thread(async move |g| g.resume_later(kept.c.get())));
        let kept = shared.clone();
        shared.c.set(g.thread(async move |g| {
            g.resume_later(kept.d[0].get());
            g.switch(|machine, here| machine.thread_suspend(here)).await;
        }));
        let kept = [(); 4].map(|()| shared.clone());
        let [first, second, third, fourth] = kept;
        shared.d[0].set(g.thread(async move |g| waits(g, first).await));
        shared.d[1].set(g.thread(async move |g| fulfils(g, second).await));
        shared.e[0].set(g.thread(async move |g| promotes(g, third).await));
        shared.e[1].set(g.thread(async move |g| is_promoted(g, fourth).await));
        turns.iter().for_each(|thread| g.resume_later(*thread));
        0
    });
    let call = world.call(None, &main, &[]);
    while !world.machine.borrow().subtask_state(call).is_resolved() {
        let next = world.machine.borrow_mut().next_ready_in(guest.instance);
        world.resume(next.expect("a thread is ready"));
    }
    assert_eq!(world.result(call), Some(vec![42]));
    assert_eq!(world.result(there), None, "no thread of another instance has run");
    world.run_ready();
    assert_eq!([here, there].map(|call| world.result(call)), [Some(vec![43]), Some(vec![43])]);
}
