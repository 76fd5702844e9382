//! Waiting: the things that a guest can wait for, and the function that blocks its thread for them.
//!
//! Everything here is a poll function that takes a waker. WASI 0.2 has no asynchronous functions, so its bindings block the
//! calling thread in [`block_on`]. Elsewhere only operations on files and the process's own output block it; reads of standard
//! input, lookups of names and what is left to send when a socket is dropped block threads in the background.

use core::future::poll_fn;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::time::Instant;

use async_io::Timer;

/// Something that a guest can wait for.
///
/// It is asked again and again, and says each time whether it is ready now.
pub trait Ready: Send + 'static {
    /// Whether it is ready; if not, the waker is woken when it may be.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()>;
}

/// Blocks the thread until a poll function is ready.
pub(crate) fn block_on<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> T {
    // What is ready at once needs neither a parked thread nor the reactor.
    match poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => async_io::block_on(poll_fn(poll)),
    }
}

/// The value of a poll function, if it is ready without waiting.
pub(crate) fn now<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Option<T> {
    match poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// Ready from a point in time on.
#[derive(Debug)]
pub(crate) struct Deadline {
    /// `None` if the time is beyond what the clock can say.
    at: Option<Instant>,
    timer: Option<Timer>,
}

impl Deadline {
    /// Ready after a duration from now.
    pub(crate) fn after(duration: Duration) -> Deadline {
        Deadline { at: Instant::now().checked_add(duration), timer: None }
    }
}

impl Ready for Deadline {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(at) = self.at else { return Poll::Pending };
        if Instant::now() >= at {
            self.timer = None;
            return Poll::Ready(());
        }
        let timer = self.timer.get_or_insert_with(|| Timer::at(at));
        core::pin::Pin::new(timer).poll(cx).map(|_| ())
    }
}

/// Always ready.
#[derive(Debug)]
pub(crate) struct Always;

impl Ready for Always {
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_ready_once_it_has_passed() {
        let mut past = Deadline::after(Duration::ZERO);
        assert_eq!(now(|cx| past.poll_ready(cx)), Some(()));
        let mut soon = Deadline::after(Duration::from_millis(5));
        let start = Instant::now();
        block_on(|cx| soon.poll_ready(cx));
        assert!(start.elapsed() >= Duration::from_millis(5));
        assert_eq!(now(|cx| soon.poll_ready(cx)), Some(()));
        let mut never = Deadline::after(Duration::MAX);
        assert_eq!(now(|cx| never.poll_ready(cx)), None);
    }
}
