//! The answers of a machine to its embedder.

use crate::codes::Event;
use crate::ids::{TaskId, ThreadId};

/// The outcome of a built-in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Outcome<V = u32> {
    /// The built-in returns this value.
    Done(V),
    /// The current thread is parked. Its stack is to be suspended; the value is part of the [`Step`] that resumes it.
    Blocked,
    /// The current thread is parked as after [`Outcome::Blocked`], and the named thread is to be resumed at once.
    Switch(ThreadId),
}

/// The outcome of a core function that is lifted with a callback, or of the callback.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum CallbackOutcome {
    /// The callback is to be called with this event.
    CallBack(Event),
    /// The thread is parked, without a stack.
    Parked,
    /// The thread has ended.
    Exit(TaskEnds),
}

/// Whether a task ended with its last thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TaskEnds(pub bool);

/// The next step of a thread that is resumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Step {
    /// The call has entered: the arguments are to be lowered, and the core function called.
    Start(TaskId),
    /// The call was cancelled before it entered: it has resolved, and the thread has ended.
    CancelledBeforeStart(TaskId),
    /// The callback is to be called with this event.
    Callback(Event),
    /// The suspended stack is to be resumed: the built-in that blocked returns this.
    Continue(Answer),
    /// The function that `thread.new-indirect` named is to be called.
    Begin,
}

/// The result of a built-in that blocked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Answer {
    /// A core value.
    Value(u32),
    /// An event: its code is the result, its payload is to be stored.
    Event(Event),
    /// The call has resolved: its result is to be returned.
    Resolved,
}
