//! Wakers and notes: a future that is woken, at any moment, is polled afterwards, and the executor that polls the store is woken.

use alloc::sync::Arc;
use std::task::{Wake, Waker};

use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

use crate::ids::WaitableId;
use crate::signal::{Note, Signal};
use crate::task_waker::TaskWaker;

const KEY: u64 = 7;

/// The executor's waker.
struct Executor(AtomicBool);

impl Wake for Executor {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

/// A future that is ready when a flag is set, which its waker says.
struct Flagged {
    is_set: AtomicBool,
    waker: TaskWaker,
    signal: Arc<Signal>,
}

impl Flagged {
    fn new() -> Arc<Flagged> {
        let signal = Signal::new();
        Arc::new(Flagged { is_set: AtomicBool::new(false), waker: TaskWaker::new(&signal), signal })
    }

    fn set_from_a_thread(self: &Arc<Flagged>) -> thread::JoinHandle<()> {
        let flagged = self.clone();
        thread::spawn(move || {
            // The poll after a wake sees everything done before it, also relaxed stores.
            flagged.is_set.store(true, Ordering::Relaxed);
            flagged.waker.waker().wake_by_ref();
        })
    }

    fn poll(&self) -> bool {
        self.is_set.load(Ordering::Relaxed)
    }

    /// The store reads its notes, and polls: whether the future is ready.
    fn read_notes(&self) -> bool {
        while let Some(note) = self.signal.next() {
            assert_eq!(note, Note::Woken(KEY));
            self.waker.begin_poll(KEY);
            if self.poll() {
                return true;
            }
        }
        false
    }
}

/// It is woken at any moment of its first poll, after which it gets its key.
#[test]
fn a_future_is_woken_while_it_is_polled_first() {
    loom::model(|| {
        let flagged = Flagged::new();
        let other = flagged.set_from_a_thread();
        let is_ready = flagged.poll();
        flagged.waker.set_key(KEY);
        other.join().expect("it does not panic");
        assert!(is_ready || flagged.read_notes());
    });
}

/// It is woken twice, at any moment of the polls between which it waits.
#[test]
fn a_future_is_woken_while_it_is_polled_again() {
    loom::model(|| {
        let flagged = Flagged::new();
        flagged.waker.set_key(KEY);
        flagged.waker.waker().wake_by_ref();
        let other = flagged.set_from_a_thread();
        let is_ready = flagged.read_notes();
        other.join().expect("it does not panic");
        assert!(is_ready || flagged.read_notes());
    });
}

/// A waker without other references is used again, for another future.
#[test]
fn a_waker_is_used_again() {
    loom::model(|| {
        let signal = Signal::new();
        let waker = TaskWaker::new(&signal);
        let other = waker.waker().clone();
        assert!(!waker.renew());
        let other = thread::spawn(move || other.wake());
        waker.set_key(KEY);
        other.join().expect("it does not panic");
        // One of the two sees the other.
        let notes = core::iter::from_fn(|| signal.next()).count();
        assert_eq!(notes, 1);
        assert!(waker.renew());
        waker.waker().wake_by_ref();
        assert_eq!(signal.next(), None, "the next future has no key");
        waker.set_key(KEY + 1);
        assert_eq!(signal.next(), Some(Note::Woken(KEY + 1)));
    });
}

/// Notes are left by two threads while the executor looks for one and goes to sleep.
#[test]
fn the_executor_does_not_sleep_through_a_note() {
    loom::model(|| {
        let signal = Signal::new();
        let others = [Note::Dropped(KEY), Note::Abandoned(WaitableId(1))].map(|note| {
            let signal = signal.clone();
            thread::spawn(move || signal.post(note))
        });
        let executor = Arc::new(Executor(AtomicBool::new(false)));
        signal.set_driver(&Waker::from(executor.clone()));
        let read = core::iter::from_fn(|| signal.next()).count();
        for other in others {
            other.join().expect("it does not panic");
        }
        let is_woken = executor.0.load(Ordering::Acquire);
        assert!(read == 2 || is_woken, "{read} were read");
        assert_eq!(read + signal.len(), 2);
    });
}
