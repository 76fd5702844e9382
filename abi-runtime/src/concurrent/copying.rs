//! A read or a write of an end (`CanonicalABI.md#canon-streamfutureread-write`):
//!
//! ```text
//!  Idle ── poll ─► start ── BLOCKED ─► Waiting ── event ─► Done
//!    │               └──── a result ─────────────────────► Done
//!    └── cancel ─► Done    Waiting ── cancel ─► the built-in cancels it, unless its event has come ─► Done
//! ```

use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::codes::BLOCKED;
use crate::waitable::{self, Waiting};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Idle,
    Waiting,
    Done,
}

/// The state of a read or a write.
#[derive(Debug)]
pub(super) struct Copying {
    state: Cell<State>,
    waiting: Waiting,
}

impl Copying {
    pub(super) const fn new() -> Copying {
        Copying { state: Cell::new(State::Idle), waiting: Waiting::new() }
    }

    fn waiting(self: Pin<&Self>) -> Pin<&Waiting> {
        // SAFETY: the field is structurally pinned.
        unsafe { self.map_unchecked(|copying| &copying.waiting) }
    }

    /// Goes on; `start` is the built-in that begins it. The result is the code of the outcome.
    pub(super) fn poll(self: Pin<&Self>, cx: &mut Context<'_>, end: u32, start: impl FnOnce() -> u32) -> Poll<u32> {
        let code = match self.state.get() {
            State::Idle => Some(start()).filter(|code| *code != BLOCKED),
            State::Waiting => self.waiting.take_code(),
            State::Done => panic!("a read or a write was polled after it had ended"),
        };
        match code {
            Some(code) => {
                self.state.set(State::Done);
                Poll::Ready(code)
            }
            None => {
                self.state.set(State::Waiting);
                self.waiting().watch(end, cx.waker());
                Poll::Pending
            }
        }
    }

    /// Ends it; the result is the code of the outcome. `None` if it was not begun.
    ///
    /// # Panics
    /// If it has ended.
    pub(super) fn cancel(&self, end: u32, cancel: unsafe extern "C" fn(u32) -> u32) -> Option<u32> {
        match self.state.replace(State::Done) {
            State::Idle => None,
            State::Waiting => Some(self.waiting.take_code().unwrap_or_else(|| {
                self.waiting.stop();
                waitable::leave(end);
                // SAFETY: a copy is in progress at this end.
                unsafe { cancel(end) }
            })),
            State::Done => panic!("a read or a write was cancelled after it had ended"),
        }
    }

    /// Whether it has ended.
    pub(super) fn is_done(&self) -> bool {
        self.state.get() == State::Done
    }
}
