//! An executor of a few lines, whose order is always the same.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::task::Wake;

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Polls a future until it is ready.
///
/// # Panics
/// If the future waits and nobody has woken it: it would wait for ever.
pub(crate) fn block_on<R>(future: impl Future<Output = R>) -> R {
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(woken.clone());
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return result;
        }
        assert!(woken.0.swap(false, Ordering::Relaxed), "a future waits that nobody wakes");
    }
}

/// Is ready when it has been polled this many times, and wakes itself until then.
pub(crate) async fn turns(mut count: u32) {
    poll_fn(|cx| {
        if count == 0 {
            return Poll::Ready(());
        }
        count -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
