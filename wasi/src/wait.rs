//! Waiting: the things that a guest can wait for, and the function that blocks its thread for them.
//!
//! Everything here is a poll function that takes a waker. WASI 0.2 has no asynchronous functions, so its bindings block the
//! calling thread in [`Interrupt::block_on`]. Otherwise only operations on files and the process's own output block it; reads of
//! standard input and name lookups block threads in the background. HTTP connections, and the sending of the bytes that are
//! left when a socket is dropped, run in the background too ([`spawn`]).

use core::future::{Future, pending, poll_fn};
use core::pin::{Pin, pin};
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker, ready};
use core::time::Duration;
use core::{fmt, mem};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Instant;

use async_executor::{Executor, Task};
use async_io::Timer;
use witwright_host::Error;

/// Something that a guest can wait for.
///
/// It is polled again and again, and may become ready and not ready.
pub trait Ready: Send + 'static {
    /// Whether it is ready; if not, the waker is woken when it may be.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()>;
}

/// Ends a guest that waits, from any thread or at a point in time.
///
/// A guest that waits, or is about to, ends with the error [`Interrupted`]. A guest that computes is not ended: fuel limits
/// it.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<Interruption>);

#[derive(Default)]
struct Interruption {
    raised: AtomicBool,
    at: Option<Instant>,
    waiting: Mutex<Vec<Waker>>,
}

/// The error of a guest that was interrupted while it waited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interrupted;

impl Interrupt {
    /// An interrupt that only [`Interrupt::raise`] raises.
    #[must_use]
    pub fn new() -> Interrupt {
        Interrupt::default()
    }

    /// An interrupt that is also raised after a duration.
    #[must_use]
    pub fn after(duration: Duration) -> Interrupt {
        Interrupt(Arc::new(Interruption { at: Instant::now().checked_add(duration), ..Interruption::default() }))
    }

    /// Ends the guest.
    pub fn raise(&self) {
        self.0.raised.store(true, Ordering::SeqCst);
        let waiting = mem::take(&mut *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Whether it was raised.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        self.0.raised.load(Ordering::SeqCst) || self.0.at.is_some_and(|at| Instant::now() >= at)
    }

    /// Whether it has clones that still exist.
    #[cfg(feature = "http")]
    pub(crate) fn is_shared(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Blocks the thread until a future is ready: a call of a guest of WASI 0.3, say.
    ///
    /// # Errors
    /// [`Interrupted`].
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> Result<T, Error> {
        let mut future = pin!(future);
        self.block_on(|cx| future.as_mut().poll(cx))
    }

    /// Blocks the thread until a poll function is ready.
    ///
    /// # Errors
    /// [`Interrupted`].
    pub(crate) fn block_on<T>(&self, mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Result<T, Error> {
        if self.is_raised() {
            return Err(Error::host(Interrupted));
        }
        // An operation that is ready at once needs neither a parked thread nor the reactor.
        if let Poll::Ready(value) = poll(&mut Context::from_waker(Waker::noop())) {
            return Ok(value);
        }
        let mut deadline = self.0.at.map(Deadline::at);
        block_on(poll_fn(|cx| {
            let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if !waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
                waiting.push(cx.waker().clone());
            }
            drop(waiting);
            if self.is_raised() || deadline.as_mut().is_some_and(|deadline| deadline.poll_ready(cx).is_ready()) {
                return Poll::Ready(Err(Error::host(Interrupted)));
            }
            poll(cx).map(Ok)
        }))
    }
}

/// The value of a poll function that may block its thread, on a thread of the pool.
pub(crate) async fn in_pool<T: Send + 'static>(
    poll: impl FnMut(&mut Context<'_>) -> Poll<T> + Send + Unpin + 'static,
) -> T {
    blocking::unblock(|| block_on(poll_fn(poll))).await
}

/// Whether a thread in the background waits for the system's events.
static IN_BACKGROUND: AtomicBool = AtomicBool::new(false);

/// Blocks the thread until a future is ready.
///
/// One thread waits for the system's events: that in the background, if it runs, or else this one. A thread that took them over
/// for a while would leave the background asleep when it goes on.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    if IN_BACKGROUND.load(Ordering::Relaxed) {
        futures_lite::future::block_on(future)
    } else {
        async_io::block_on(future)
    }
}

/// Runs a future in the background. It ends early when the task is dropped.
pub(crate) fn spawn<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> Task<T> {
    static EXECUTOR: Executor<'static> = Executor::new();
    static STARTED: Once = Once::new();
    // The pool keeps a thread for it, for as long as this process runs.
    STARTED.call_once(|| {
        IN_BACKGROUND.store(true, Ordering::Relaxed);
        blocking::unblock(|| async_io::block_on(EXECUTOR.run(pending::<()>()))).detach();
    });
    EXECUTOR.spawn(future)
}

/// The value of a future, unless it takes longer.
#[cfg(feature = "http")]
pub(crate) async fn within<T>(mut deadline: Deadline, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => deadline.poll_ready(cx).map(|()| None),
    })
    .await
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
    /// `None` if the time is beyond the range of the clock.
    at: Option<Instant>,
    alarm: Alarm,
}

impl Deadline {
    /// A deadline that is ready after a duration from now.
    pub(crate) fn after(duration: Duration) -> Deadline {
        Alarm::default().after(duration)
    }

    /// A deadline that is ready from this time on.
    pub(crate) fn at(at: Instant) -> Deadline {
        Alarm::default().at(at)
    }
}

impl Ready for Deadline {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.at.map_or(Poll::Pending, |at| self.alarm.poll_at(at, cx))
    }
}

/// The timer that the deadlines of one task share. It is set to the earliest, and anew when that has passed: most deadlines of a
/// connection never come, and each setting costs a call of the system.
#[derive(Clone, Default, Debug)]
pub(crate) struct Alarm(Arc<Mutex<Option<(Instant, Timer)>>>);

impl Alarm {
    /// A deadline that is ready after a duration from now.
    pub(crate) fn after(&self, duration: Duration) -> Deadline {
        Deadline { at: Instant::now().checked_add(duration), alarm: self.clone() }
    }

    /// A deadline that is ready from this time on.
    pub(crate) fn at(&self, at: Instant) -> Deadline {
        Deadline { at: Some(at), alarm: self.clone() }
    }

    /// Ready if a time has come; otherwise the task is woken at that time, or earlier.
    fn poll_at(&self, at: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if Instant::now() >= at {
                return Poll::Ready(());
            }
            let (_, timer) = match &mut *set {
                Some(set) if set.0 <= at => set,
                set => set.insert((at, Timer::at(at))),
            };
            ready!(Pin::new(timer).poll(cx));
            *set = None;
        }
    }
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interrupt").field("raised", &self.is_raised()).finish()
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the guest was interrupted while it waited")
    }
}

impl core::error::Error for Interrupted {}

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
        Interrupt::new().block_on(|cx| soon.poll_ready(cx)).unwrap();
        assert!(start.elapsed() >= Duration::from_millis(5));
        assert_eq!(now(|cx| soon.poll_ready(cx)), Some(()));
        let mut never = Deadline::after(Duration::MAX);
        assert_eq!(now(|cx| never.poll_ready(cx)), None);
    }

    #[test]
    fn deadlines_of_one_alarm_are_ready_in_their_order() {
        let alarm = Alarm::default();
        let start = Instant::now();
        let [mut late, mut soon, mut later] = [20, 5, 30].map(|millis| alarm.after(Duration::from_millis(millis)));
        let mut order = Vec::new();
        Interrupt::new()
            .block_on(|cx| {
                for (name, deadline) in [("late", &mut late), ("soon", &mut soon), ("later", &mut later)] {
                    if !order.contains(&name) && deadline.poll_ready(cx).is_ready() {
                        order.push(name);
                    }
                }
                if order.len() == 3 { Poll::Ready(()) } else { Poll::Pending }
            })
            .unwrap();
        assert_eq!(order, ["soon", "late", "later"]);
        assert!(start.elapsed() >= Duration::from_millis(30));
    }

    #[test]
    fn who_waits_is_interrupted() {
        let wait = |interrupt: &Interrupt| {
            let mut never = Deadline::after(Duration::MAX);
            let error = interrupt.block_on(|cx| never.poll_ready(cx)).unwrap_err();
            assert_eq!(error.downcast_host::<Interrupted>(), Some(&Interrupted));
        };
        wait(&Interrupt::after(Duration::from_millis(5)));
        let interrupt = Interrupt::new();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| wait(&interrupt));
            interrupt.raise();
            waiting.join().unwrap();
        });
        wait(&interrupt);
    }
}
