//! The executor: a task is a list of futures, its *strands*. The first is the task's own; the others were spawned in it.
//!
//! Each strand has a waker. It marks the strand as ready and, if the task sleeps, wakes the task:
//!
//! ```text
//!            turn: polls each ready strand, at most once
//!  RUNNING ────────────────────────────────────────────► Turn::Done    no strand is left
//!     ▲  │                                               Turn::Again   a strand was woken after it was polled
//!     │  └─ sleep ─► ASLEEP                              Turn::Asleep  no strand is ready
//!     │                │ wake
//!     └─── turn ◄──────┘ ring
//! ```

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::Future;
use core::mem::{self, ManuallyDrop};
use core::pin::Pin;
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};

use super::run::Bell;
use crate::local::local;
use crate::waitable::WaitableSet;

pub(super) type BoxFuture<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

local! {
    /// The list of the running task to which spawned futures are added. `None` if no task runs.
    static CURRENT: Cell<*const RefCell<Vec<BoxFuture<'static>>>> = Cell::new(ptr::null());
}

local! {
    /// Futures that were spawned while no task ran. The next one that runs adopts them. They are not dropped when a thread
    /// ends, since they may use thread-local values that have been dropped before.
    static ORPHANS: RefCell<ManuallyDrop<Vec<BoxFuture<'static>>>> = RefCell::new(ManuallyDrop::new(Vec::new()));
}

/// A task.
pub(super) struct Task<'a> {
    strands: Vec<Strand<'a>>,
    spawned: RefCell<Vec<BoxFuture<'static>>>,
    pub(super) set: WaitableSet,
    pub(super) bell: Arc<Bell>,
    turn: u32,
}

struct Strand<'a> {
    future: BoxFuture<'a>,
    /// The turn in which it was polled last.
    polled: u32,
    ready: Arc<Ready>,
    waker: Waker,
}

/// Whether a strand is to be polled.
struct Ready {
    is_ready: AtomicBool,
    bell: Arc<Bell>,
}

impl Wake for Ready {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_ready.swap(true, Ordering::AcqRel) {
            self.bell.ring();
        }
    }
}

/// The outcome of a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// The task has no strand any more.
    Done,
    /// A strand is ready.
    Again,
    /// All strands wait.
    Asleep,
}

impl<'a> Task<'a> {
    pub(super) fn new(future: BoxFuture<'a>) -> Task<'a> {
        let mut task = Task {
            strands: Vec::new(),
            spawned: RefCell::new(Vec::new()),
            set: WaitableSet::new(),
            bell: Arc::new(Bell::new()),
            turn: 0,
        };
        task.add(future);
        task
    }

    fn add(&mut self, future: BoxFuture<'a>) {
        let ready = Arc::new(Ready { is_ready: AtomicBool::new(true), bell: Arc::clone(&self.bell) });
        let waker = Waker::from(Arc::clone(&ready));
        self.strands.push(Strand { future, polled: self.turn, ready, waker });
    }

    /// Polls the strands that are ready, each at most once.
    pub(super) fn turn(&mut self) -> Turn {
        self.bell.awake();
        self.turn = self.turn.wrapping_add(1);
        let mut orphans = ORPHANS.with(|orphans| mem::take(&mut **orphans.borrow_mut()));
        self.spawned.get_mut().append(&mut orphans);
        while self.poll_ready() {}
        if self.strands.is_empty() {
            Turn::Done
        } else if self.strands.iter().any(|strand| strand.ready.is_ready.load(Ordering::Acquire)) {
            Turn::Again
        } else {
            Turn::Asleep
        }
    }

    /// Polls the strands that are ready and were not polled in this turn, and adopts those that were spawned. Returns
    /// whether there were any.
    fn poll_ready(&mut self) -> bool {
        let mut any = false;
        let mut at = 0;
        while let Some(strand) = self.strands.get_mut(at) {
            at += 1;
            if strand.polled == self.turn || !strand.ready.is_ready.swap(false, Ordering::AcqRel) {
                continue;
            }
            any = true;
            strand.polled = self.turn;
            let mut cx = Context::from_waker(&strand.waker);
            let future = strand.future.as_mut();
            if enter(&self.spawned, &self.set, || future.poll(&mut cx)).is_ready() {
                at -= 1;
                let ended = self.strands.swap_remove(at);
                enter(&self.spawned, &self.set, || drop(ended));
            }
        }
        for future in self.spawned.take() {
            any = true;
            self.add(future);
            if let Some(strand) = self.strands.last_mut() {
                strand.polled = self.turn.wrapping_sub(1);
            }
        }
        any
    }

    /// Whether something other than the operations of this task has one of its wakers, and may wake it.
    pub(super) fn others_may_wake(&self) -> bool {
        let strands = &self.strands;
        // A strand and its waker have its state too.
        let wakers: usize = strands.iter().map(|strand| Arc::strong_count(&strand.ready) - 2).sum();
        let own = self.set.count(|data| strands.iter().any(|strand| strand.waker.data() == data));
        wakers > own
    }
}

impl Drop for Task<'_> {
    fn drop(&mut self) {
        self.bell.awake();
        let strands = mem::take(&mut self.strands);
        enter(&self.spawned, &self.set, || drop(strands));
        let left = self.spawned.take();
        ORPHANS.with(|orphans| orphans.borrow_mut().extend(left));
    }
}

/// Runs a part of a task.
fn enter<R>(spawned: &RefCell<Vec<BoxFuture<'static>>>, set: &WaitableSet, body: impl FnOnce() -> R) -> R {
    struct Restore(*const RefCell<Vec<BoxFuture<'static>>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.with(|current| current.set(self.0));
        }
    }
    let _restore = Restore(CURRENT.with(|current| current.replace(spawned)));
    set.enter(body)
}

/// Runs a future as a part of the running task, which ends when all its futures have ended: after an export has returned,
/// or before `block_on` returns. Outside of a task, the future becomes a part of the next task that runs.
pub fn spawn_local(future: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(future));
}

fn spawn_boxed(future: BoxFuture<'static>) {
    let list = CURRENT.with(Cell::get);
    // SAFETY: the list is that of a task which is running.
    match unsafe { list.as_ref() } {
        Some(list) => list.borrow_mut().push(future),
        None => ORPHANS.with(|orphans| orphans.borrow_mut().push(future)),
    }
}

/// Polls a future once, and spawns it if it is not ready.
pub(super) fn start_local(future: impl Future<Output = ()> + 'static) {
    let mut future: BoxFuture<'static> = Box::pin(future);
    if future.as_mut().poll(&mut Context::from_waker(Waker::noop())) == Poll::Pending {
        spawn_boxed(future);
    }
}
