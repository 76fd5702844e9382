//! Waiting for waitables: subtasks, and ends of streams and futures (`CanonicalABI.md#waitable-state`).
//!
//! An operation in progress has a [`Waiting`], which lives as long as the operation, in place. It is registered by the index of
//! its waitable, and the waitable is in the set of the task that polled the operation last:
//!
//! ```text
//!  operation ── watch ──► registry[waitable] ◄── deliver ── event of the task's set
//!      ▲                                            │
//!      └────────────── code, waker ◄────────────────┘
//! ```
//!
//! A waitable stays in its set when an event of it has come, since the next operation is likely to wait there too. It leaves
//! before the task waits, if no operation waits for it then: the event that the other end was dropped would come to nobody, and
//! the end could be neither used nor given away after it. It leaves too before it is cancelled, given away or dropped, and when
//! the set ends.

#[cfg_attr(target_arch = "wasm32", path = "wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "native.rs")]
mod sets;

use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::fmt;
use core::marker::PhantomPinned;
use core::mem::{self, ManuallyDrop};
use core::pin::Pin;
use core::ptr;
use core::task::Waker;

use crate::local::local;

/// The state of an operation in progress: the code that its event brings, and its waker.
pub(crate) struct Waiting {
    /// 0 while it is not registered.
    waitable: Cell<u32>,
    code: Cell<Option<u32>>,
    waker: Cell<Option<Waker>>,
    _in_place: PhantomPinned,
}

/// The state of a waitable, by its index.
#[derive(Clone, Copy)]
struct Entry {
    waiting: *const Waiting,
    /// The set that it is in, or 0.
    set: u32,
}

const VACANT: Entry = Entry { waiting: ptr::null(), set: 0 };

local! {
    /// It is never dropped: operations that a static holds end their registrations when a thread ends.
    static WAITABLES: RefCell<ManuallyDrop<Vec<Entry>>> = RefCell::new(ManuallyDrop::new(Vec::new()));
}

local! {
    static CURRENT: Cell<*const WaitableSet> = Cell::new(ptr::null());
}

impl Waiting {
    pub(crate) const fn new() -> Waiting {
        Waiting { waitable: Cell::new(0), code: Cell::new(None), waker: Cell::new(None), _in_place: PhantomPinned }
    }

    /// Registers `waker`, to be woken when an event of the waitable comes. The current task waits for that event.
    pub(crate) fn watch(self: Pin<&Self>, waitable: u32, waker: &Waker) {
        let known = self.waker.take().filter(|known| known.will_wake(waker));
        self.waker.set(Some(known.unwrap_or_else(|| waker.clone())));
        self.waitable.set(waitable);
        let waiting: *const Waiting = self.get_ref();
        let set = CURRENT.with(|current| {
            // SAFETY: the current set is that of a task which is running.
            unsafe { current.get().as_ref() }.map(WaitableSet::index)
        });
        with_entry(waitable, |entry| {
            entry.waiting = waiting;
            if let Some(set) = set.filter(|set| *set != entry.set) {
                entry.set = set;
                sets::join(waitable, set);
            }
        });
    }

    /// The code of an event, if one has come since the last call.
    pub(crate) fn take_code(&self) -> Option<u32> {
        self.code.take()
    }

    /// Ends the registration: the operation waits for no event.
    pub(crate) fn stop(&self) {
        let waitable = self.waitable.replace(0);
        if waitable != 0 {
            with_entry(waitable, |entry| entry.waiting = ptr::null());
        }
        self.waker.set(None);
    }

    /// The data of the waker. `None` if the operation does not wait.
    fn waker_data(&self) -> Option<*const ()> {
        let waker = self.waker.take()?;
        let data = waker.data();
        self.waker.set(Some(waker));
        Some(data)
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting").field("waitable", &self.waitable.get()).field("code", &self.code.get()).finish()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.stop();
    }
}

fn with_entry<R>(waitable: u32, body: impl FnOnce(&mut Entry) -> R) -> R {
    WAITABLES.with(|waitables| {
        let mut waitables = waitables.borrow_mut();
        let index = waitable as usize;
        if waitables.len() <= index {
            waitables.resize(index + 1, VACANT);
        }
        body(&mut waitables[index])
    })
}

/// Delivers an event of a waitable: its operation is woken.
pub(crate) fn deliver(waitable: u32, code: u32) {
    let waiting = with_entry(waitable, |entry| mem::replace(&mut entry.waiting, ptr::null()));
    // SAFETY: a registered `Waiting` lives: it is pinned, and ends its registration when it is dropped.
    let Some(waiting) = (unsafe { waiting.as_ref() }) else { return };
    waiting.waitable.set(0);
    waiting.code.set(Some(code));
    if let Some(waker) = waiting.waker.take() {
        waker.wake();
    }
}

/// Takes a waitable out of the set that it is in.
pub(crate) fn leave(waitable: u32) {
    let set = WAITABLES.with(|waitables| {
        let mut waitables = waitables.borrow_mut();
        waitables.get_mut(waitable as usize).map(|entry| mem::replace(&mut entry.set, 0))
    });
    if set.is_some_and(|set| set != 0) {
        sets::join(waitable, 0);
    }
}

/// A waitable set, which is made when it is needed.
#[derive(Debug)]
pub(crate) struct WaitableSet {
    index: Cell<u32>,
    /// The waitable of the last event, or 0.
    #[cfg(target_arch = "wasm32")]
    told: Cell<u32>,
}

impl WaitableSet {
    pub(crate) const fn new() -> WaitableSet {
        WaitableSet {
            index: Cell::new(0),
            #[cfg(target_arch = "wasm32")]
            told: Cell::new(0),
        }
    }

    /// Its index.
    pub(crate) fn index(&self) -> u32 {
        if self.index.get() == 0 {
            self.index.set(sets::new());
        }
        self.index.get()
    }

    /// Whether it has been made.
    fn is_made(&self) -> bool {
        self.index.get() != 0
    }

    /// Adds a waitable whose events only the owner of the set handles.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn add(&self, waitable: u32) {
        let set = self.index();
        with_entry(waitable, |entry| entry.set = set);
        sets::join(waitable, set);
    }

    /// Delivers an event that has come to the set.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn deliver(&self, waitable: u32, code: u32) {
        self.told.set(waitable);
        deliver(waitable, code);
    }

    /// Blocks until an event comes, and returns its code and its payload.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn wait(&self) -> [u32; 3] {
        sets::wait(self.index_to_wait())
    }

    /// Returns an event that has come, or the event `NONE`.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn poll(&self) -> [u32; 3] {
        if self.is_made() { sets::poll(self.index_to_wait()) } else { [0; 3] }
    }

    /// The set's index, for a task that is about to wait. The waitable of the last event leaves the set if no operation waits for it.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn index_to_wait(&self) -> u32 {
        let told = self.told.take();
        if told != 0 && with_entry(told, |entry| entry.waiting.is_null()) {
            leave(told);
        }
        self.index()
    }

    /// Runs `body` as a part of the task that this set belongs to: operations that it starts wait in this set.
    pub(crate) fn enter<R>(&self, body: impl FnOnce() -> R) -> R {
        let _restore = Restore(CURRENT.with(|current| current.replace(self)));
        body()
    }

    /// The number of operations that wait in this set with a waker whose data `is_one` accepts.
    pub(crate) fn count(&self, is_one: impl Fn(*const ()) -> bool) -> usize {
        if !self.is_made() {
            return 0;
        }
        WAITABLES.with(|waitables| {
            let waitables = waitables.borrow();
            let here = waitables.iter().filter(|entry| entry.set == self.index.get());
            // SAFETY: as in `deliver`.
            let waiting = here.filter_map(|entry| unsafe { entry.waiting.as_ref() });
            waiting.filter_map(Waiting::waker_data).filter(|data| is_one(*data)).count()
        })
    }
}

impl Drop for WaitableSet {
    fn drop(&mut self) {
        let set = self.index.get();
        if set == 0 {
            return;
        }
        WAITABLES.with(|waitables| {
            for (waitable, entry) in (0..).zip(waitables.borrow_mut().iter_mut()) {
                if entry.set == set {
                    entry.set = 0;
                    sets::join(waitable, 0);
                }
            }
        });
        sets::drop(set);
    }
}

/// Restores the set of the task that runs around this one.
struct Restore(*const WaitableSet);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.with(|current| current.set(self.0));
    }
}
