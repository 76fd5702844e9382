//! Yielding and backpressure (`CanonicalABI.md#canon-threadyield`, `#canon-backpressureincdec`).

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

#[cfg(target_arch = "wasm32")]
mod built_in {
    #[link(wasm_import_module = "$root")]
    unsafe extern "C" {
        #[link_name = "[thread-yield]"]
        pub(super) safe fn thread_yield() -> u32;
        #[link_name = "[backpressure-inc]"]
        pub(super) safe fn backpressure_inc();
        #[link_name = "[backpressure-dec]"]
        pub(super) safe fn backpressure_dec();
    }
}

/// Natively no other task runs on the thread, and no export is called.
#[cfg(not(target_arch = "wasm32"))]
mod built_in {
    pub(super) fn thread_yield() -> u32 {
        0
    }

    pub(super) fn backpressure_inc() {}

    pub(super) fn backpressure_dec() {}
}

/// Blocks until other tasks have run. Returns `false` if this task was cancelled meanwhile, and should end.
pub fn yield_blocking() -> bool {
    built_in::thread_yield() == 0
}

/// Waits until the other futures of this task, and other tasks, have run.
pub async fn yield_async() {
    Yield { is_polled: false }.await;
}

struct Yield {
    is_polled: bool,
}

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_polled {
            return Poll::Ready(());
        }
        self.is_polled = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Lets no further call of an `async` export begin until [`backpressure_dec`] has been called as often.
pub fn backpressure_inc() {
    built_in::backpressure_inc();
}

/// Undoes one [`backpressure_inc`].
pub fn backpressure_dec() {
    built_in::backpressure_dec();
}
