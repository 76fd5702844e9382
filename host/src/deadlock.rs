//! Threads of guests that wait for what cannot happen any more (`Concurrency.md#blocking`).

use alloc::string::String;
use core::fmt;

use witwright_abi_runtime::machine::{EndKind, Side};

/// A thread of a guest that waits, as the error of a deadlock lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Waiting {
    /// The function that was called; `None` if the host cannot call it, for example one of a nested component.
    pub func: Option<String>,
    /// The condition that the thread waits for.
    pub condition: Condition,
}

/// A condition that a thread waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Condition {
    /// The call may enter its instance, which has backpressure or is locked by another call.
    Entry,
    /// Its instance is unlocked: a callback is to be called.
    Unlocked,
    /// A waitable set has an event.
    Event {
        /// The number of waitables in the set.
        members: u32,
    },
    /// The other end of a stream or a future reads or writes, or is dropped.
    OtherEnd {
        /// Whether the thread waits at an end of a stream or of a future.
        kind: EndKind,
        /// The side of its end.
        side: Side,
    },
    /// A call returns, or confirms that it is cancelled.
    Call {
        /// The function, as in [`Waiting::func`].
        func: Option<String>,
    },
    /// Another thread resumes it.
    Resumed,
}

impl Waiting {
    pub(crate) fn new(func: Option<String>, condition: Condition) -> Waiting {
        Waiting { func, condition }
    }
}

/// A function in an error.
struct Name<'a>(&'a Option<String>);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => f.write_str(name),
            None => f.write_str("an inner function"),
        }
    }
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} waits {}", Name(&self.func), self.condition)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Entry => f.write_str("to enter its instance, which has backpressure or runs another call"),
            Condition::Unlocked => f.write_str("until its instance runs no other call"),
            Condition::Event { members: 0 } => f.write_str("for an event of an empty waitable set"),
            Condition::Event { members: 1 } => f.write_str("for an event of a set of 1 waitable"),
            Condition::Event { members } => write!(f, "for an event of a set of {members} waitables"),
            Condition::OtherEnd { kind, side: Side::Readable } => write!(f, "for the writer of a {kind}"),
            Condition::OtherEnd { kind, side: Side::Writable } => write!(f, "for the reader of a {kind}"),
            Condition::Call { func } => write!(f, "for a call of {}", Name(func)),
            Condition::Resumed => f.write_str("until another thread resumes it"),
        }
    }
}
