//! The gate: a thread that enters it has the store alone, and the opener has it again when the gate is closed.

use alloc::sync::Arc;
use core::ptr::NonNull;

use loom::cell::UnsafeCell;
use loom::thread;

use crate::gate::StoreGate;

/// A gate and the data that it guards. The model reports accesses to the data that are not ordered.
struct Guarded {
    gate: StoreGate<()>,
    accesses: UnsafeCell<u32>,
}

impl Guarded {
    fn new() -> Arc<Guarded> {
        Arc::new(Guarded { gate: StoreGate::new(), accesses: UnsafeCell::new(0) })
    }

    fn access(&self) {
        self.accesses.with_mut(|_| ());
    }

    fn open(&self, f: impl FnOnce()) {
        self.gate.open_to(NonNull::dangling(), f);
    }

    /// Whether the gate was open.
    fn enter(&self, f: impl FnOnce()) -> bool {
        let Ok(passed) = self.gate.pass() else { return false };
        assert_eq!(passed.store(), NonNull::dangling(), "the gate leads to the store that it was opened to");
        self.access();
        f();
        self.access();
        true
    }

    fn enter_from_a_thread(self: &Arc<Guarded>) -> thread::JoinHandle<bool> {
        let guarded = self.clone();
        thread::spawn(move || guarded.enter(|| ()))
    }
}

#[test]
fn one_enters_at_a_time() {
    loom::model(|| {
        let guarded = Guarded::new();
        let others = [(); 2].map(|()| guarded.enter_from_a_thread());
        guarded.access();
        guarded.open(|| ());
        guarded.access();
        for other in others {
            other.join().expect("it does not panic");
        }
    });
}

#[test]
fn the_gate_is_opened_twice() {
    loom::model(|| {
        let guarded = Guarded::new();
        let other = guarded.enter_from_a_thread();
        for _ in 0..2 {
            guarded.access();
            guarded.open(|| ());
        }
        guarded.access();
        other.join().expect("it does not panic");
    });
}

/// The thread that has entered opens the gate for others, and has the store when it is closed again.
#[test]
fn who_has_entered_opens_it() {
    loom::model(|| {
        let guarded = Guarded::new();
        let other = guarded.enter_from_a_thread();
        guarded.open(|| {
            let _ = guarded.enter(|| {
                guarded.open(|| ());
            });
        });
        guarded.access();
        other.join().expect("it does not panic");
    });
}

#[test]
fn a_closed_gate_lets_nobody_in() {
    loom::model(|| {
        let guarded = Guarded::new();
        guarded.open(|| ());
        assert!(!guarded.enter(|| ()));
        guarded.open(|| assert!(guarded.enter(|| assert!(!guarded.enter(|| ())))));
    });
}
