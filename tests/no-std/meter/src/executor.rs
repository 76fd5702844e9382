//! An executor of one future, and a clock that ticks while the future has nothing to do: a main loop and a timer interrupt.

use alloc::sync::Arc;
use alloc::task::Wake;
use alloc::vec::Vec;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use core::task::{Context, Poll, Waker};

use spin::Mutex;

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

/// Polls a future whenever it was woken, until it is ready. Meanwhile `idle` runs; a processor would sleep.
pub(crate) fn block_on<F: Future>(future: F, mut idle: impl FnMut()) -> F::Output {
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = Waker::from(woken.clone());
    let mut future = pin!(future);
    loop {
        if !woken.0.swap(false, Ordering::Acquire) {
            idle();
        } else if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
    }
}

/// A clock, and the wakers of the futures that wait for its next tick.
#[derive(Default)]
pub(crate) struct Clock {
    now: AtomicU32,
    sleepers: Mutex<Vec<Waker>>,
}

impl Clock {
    pub(crate) fn now(&self) -> u32 {
        self.now.load(Ordering::Acquire)
    }

    /// The interrupt.
    pub(crate) fn tick(&self) {
        self.now.fetch_add(1, Ordering::AcqRel);
        self.sleepers.lock().drain(..).for_each(Waker::wake);
    }

    /// Waits for this number of ticks.
    pub(crate) fn sleep(&self, ticks: u32) -> impl Future<Output = ()> + '_ {
        let end = self.now() + ticks;
        poll_fn(move |cx| {
            if self.now() >= end {
                return Poll::Ready(());
            }
            self.sleepers.lock().push(cx.waker().clone());
            Poll::Pending
        })
    }
}
