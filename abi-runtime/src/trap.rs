//! Traps: one variant for each rule of the specification that a component can break (`CanonicalABI.md`).
//!
//! The messages are worded as in the specification's reference tests. If those word one rule in two ways, or if their wording
//! is not true in every case, the message has one wording that is true.

use core::fmt;

use crate::layout::{MAX_BUFFER_LENGTH, MAX_LIST_BYTES, MAX_STRING_BYTES};

/// A broken rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Trap {
    /// The bits of a `char` are above `0x10FFFF` or a surrogate (`#loading`).
    InvalidChar(u32),
    /// A discriminant, `case`, is not below `count`, the number of cases (`#loading`).
    #[expect(missing_docs, reason = "the line above says it")]
    InvalidDiscriminant { case: u32, count: u32 },

    /// A string has more than [`MAX_STRING_BYTES`].
    StringTooLong,
    /// A string ends beyond its memory.
    StringOutOfBounds,
    /// A string has bytes that occur in no UTF-8 text.
    InvalidUtf8,
    /// A string of UTF-8 ends within a character.
    IncompleteUtf8,
    /// A string of UTF-16 has half a surrogate pair.
    InvalidUtf16,
    /// A list has more than [`MAX_LIST_BYTES`].
    ListTooLong,
    /// A list ends beyond its memory.
    ListOutOfBounds,
    /// Parameters or results in memory end beyond it.
    PointerOutOfBounds,
    /// The address of a string, a list, parameters or results is not a multiple of their alignment.
    UnalignedPointer,

    /// `realloc` returned an address that is not aligned.
    ReallocUnaligned,
    /// `realloc` returned an address from which the new block ends beyond the memory.
    ReallocOutOfBounds,

    /// No entry of the table has this index.
    UnknownHandle(u32),
    /// The handle at this index is not of the `expected` kind.
    #[expect(missing_docs, reason = "the line above says it")]
    WrongHandleKind { index: u32, expected: HandleKind },
    /// The handle at this index is for a resource of another type.
    WrongResourceType(u32),
    /// The handle at this index is for an end of a stream or a future with elements of another type.
    WrongElementType(u32),
    /// The handle at this index is lent, and cannot be removed.
    HandleLent(u32),
    /// The handle at this index is borrowed, and cannot be lifted as an owned one.
    NotOwned(u32),
    /// A handle table is full.
    HandleTableFull,
    /// A call returned before it dropped the handles that it had borrowed.
    BorrowsRemain,

    /// A built-in or an import was called from `realloc` or `post-return`.
    CannotLeave,
    /// An instance was entered after a trap.
    CannotEnter,
    /// `backpressure.inc` was called when the counter was 2^16 - 1.
    BackpressureOverflow,
    /// `backpressure.dec` was called when the counter was 0.
    BackpressureUnderflow,
    /// `task.return` was called by a function that is not lifted `async`.
    NoTaskToReturn,
    /// `task.return` or `task.cancel` was called for a task that has resolved.
    TaskResolvedTwice,
    /// `task.return` was called by another instance than the task's, or with another type than the function's.
    InvalidTaskReturn,
    /// A function lifted `async` ended before its task returned.
    TaskNotReturned,
    /// A core function lifted with a callback returned a code that is not defined.
    UnsupportedCallbackCode(u32),

    /// `task.cancel` was called by a function that is not lifted `async`.
    NoTaskToCancel,
    /// `task.cancel` was called for a task that has not been told of a cancellation.
    TaskNotCancelled,
    /// A call of a sync-typed function, or a start function, blocked, and no other thread of its instance was ready.
    CannotBlock,
    /// `subtask.drop` was called before the caller was told that the subtask has resolved.
    SubtaskNotResolved,
    /// `subtask.cancel` was called after the caller was told that the subtask has resolved.
    SubtaskDelivered,
    /// `subtask.cancel` was called a second time.
    SubtaskCancelledTwice,

    /// A waitable in a waitable set was used without `async`, or was added to one while a thread waits for it alone.
    WaitableInSetAndSync,
    /// A waitable set that has members was dropped.
    WaitableSetNotEmpty,
    /// A waitable set that threads wait for was dropped.
    WaitableSetHasWaiters,

    /// An end was used while a copy is in progress.
    EndBusy(EndUse),
    /// An end was used after its last copy.
    EndDone(EndUse),
    /// An end that is in a waitable set was used.
    EndInSet(EndUse),
    /// The writable end of a future was dropped before a value was written.
    FutureNotWritten,
    /// The end at this index has no copy in progress that could be cancelled.
    NothingToCancel(u32),
    /// Elements that are not numbers were read and written by one instance.
    CopyWithinInstance,
    /// A read or a write has more than [`MAX_BUFFER_LENGTH`] elements.
    BufferTooLong,

    /// No thread of the instance has this index.
    UnknownThread(u32),
    /// The thread of this index is not suspended.
    ThreadNotSuspended(u32),

    /// `thread.new-indirect` was called with an index at which the table has no function.
    NoThreadFunction,
    /// `thread.new-indirect` was called with a function of another type than the built-in's.
    WrongThreadFunction,

    /// A limit of the host was reached.
    LimitReached(Limit),
}

/// The kinds of entries of a handle table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "they are called as in the specification")]
#[non_exhaustive]
pub enum HandleKind {
    Resource,
    /// A subtask, or an end of a stream or a future.
    Waitable,
    Subtask,
    ReadableEnd(EndKind),
    WritableEnd(EndKind),
    WaitableSet,
    ErrorContext,
}

/// Streams and futures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "they are called as in the specification")]
pub enum EndKind {
    Stream,
    Future,
}

/// The use of an end that a rule forbids.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "each is called as the built-in or the function of the specification")]
#[non_exhaustive]
pub enum EndUse {
    Read(EndKind),
    Write(EndKind),
    DropReadable(EndKind),
    DropWritable(EndKind),
    Lift(EndKind),
    ForwardFrom(EndKind),
    ForwardTo(EndKind),
}

/// A part of a component whose number a host limits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "each is the limit of what it is called")]
#[non_exhaustive]
pub enum Limit {
    Instances,
    Tasks,
    Threads,
    Waitables,
    Ends,
    WaitableSets,
    ErrorContexts,
    Lends,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trap::InvalidChar(bits) => write!(f, "invalid `char` bit pattern {bits:#x}"),
            Trap::InvalidDiscriminant { case, count } => {
                write!(f, "invalid variant discriminant {case}: the number of cases is {count}")
            }
            Trap::StringTooLong => write!(f, "string exceeds the maximum of {MAX_STRING_BYTES} bytes"),
            Trap::StringOutOfBounds => f.write_str("string pointer/length out of bounds of memory"),
            Trap::InvalidUtf8 => f.write_str("invalid utf-8"),
            Trap::IncompleteUtf8 => f.write_str("incomplete utf-8 byte sequence"),
            Trap::InvalidUtf16 => f.write_str("invalid utf-16: unpaired surrogate"),
            Trap::ListTooLong => write!(f, "list exceeds the maximum of {MAX_LIST_BYTES} bytes"),
            Trap::ListOutOfBounds => f.write_str("list pointer/length out of bounds of memory"),
            Trap::PointerOutOfBounds => f.write_str("pointer out of bounds of memory"),
            Trap::UnalignedPointer => f.write_str("unaligned pointer"),
            Trap::ReallocUnaligned => f.write_str("realloc return: result not aligned"),
            Trap::ReallocOutOfBounds => f.write_str("realloc return: beyond end of memory"),
            Trap::UnknownHandle(index) => write!(f, "unknown handle index {index}"),
            Trap::WrongHandleKind { index, expected } => {
                write!(f, "handle index {index} used with the wrong type: it is not {expected}")
            }
            Trap::WrongResourceType(index) => {
                write!(f, "handle index {index} used with the wrong type: its resource is of another type")
            }
            Trap::WrongElementType(index) => {
                write!(f, "handle index {index} used with the wrong type: its elements are of another type")
            }
            Trap::HandleLent(index) => write!(f, "cannot remove handle index {index} while it is lent"),
            Trap::NotOwned(index) => write!(f, "cannot lift handle index {index} as `own`: it is borrowed"),
            Trap::HandleTableFull => f.write_str("handle table is full"),
            Trap::BorrowsRemain => f.write_str("borrow handles still remain at the end of the call"),
            Trap::CannotLeave => f.write_str("cannot leave component instance"),
            Trap::CannotEnter => f.write_str("cannot enter component instance"),
            Trap::BackpressureOverflow => f.write_str("backpressure counter overflow"),
            Trap::BackpressureUnderflow => f.write_str("backpressure counter underflow"),
            Trap::NoTaskToReturn => f.write_str("`task.return` called by a function that is not lifted `async`"),
            Trap::TaskResolvedTwice => f.write_str("the task has already resolved"),
            Trap::InvalidTaskReturn => f.write_str("`task.return` does not match the function of the current task"),
            Trap::TaskNotReturned => f.write_str("async-lifted export failed to produce a result"),
            Trap::UnsupportedCallbackCode(code) => write!(f, "unsupported callback code {code}"),
            Trap::NoTaskToCancel => f.write_str("`task.cancel` called by a function that is not lifted `async`"),
            Trap::TaskNotCancelled => f.write_str("`task.cancel` called by a task that has not been cancelled"),
            Trap::CannotBlock => f.write_str("cannot block a synchronous task before returning"),
            Trap::SubtaskNotResolved => f.write_str("cannot drop a subtask which has not yet resolved"),
            Trap::SubtaskDelivered => f.write_str("cannot cancel a subtask which has resolved"),
            Trap::SubtaskCancelledTwice => f.write_str("cannot cancel a subtask twice"),
            Trap::WaitableInSetAndSync => {
                f.write_str("waitable cannot be used synchronously while added to a waitable set")
            }
            Trap::WaitableSetNotEmpty => f.write_str("cannot drop waitable set with members"),
            Trap::WaitableSetHasWaiters => f.write_str("cannot drop waitable set with waiters"),
            Trap::EndBusy(EndUse::Read(kind) | EndUse::Write(kind)) => {
                write!(f, "cannot have concurrent operations active on a future/stream: the {kind} is busy")
            }
            Trap::EndBusy(EndUse::Lift(kind) | EndUse::DropReadable(kind)) => write!(f, "cannot remove busy {kind}"),
            Trap::EndBusy(what) => write!(f, "cannot {} busy {}", what.verb(), what.kind()),
            Trap::EndDone(what) => write!(f, "cannot {what} after {}", what.end()),
            Trap::EndInSet(what) => write!(f, "cannot {what} while it's in a waitable set"),
            Trap::FutureNotWritten => f.write_str("cannot drop future write end without first writing a value"),
            Trap::NothingToCancel(index) => write!(f, "cannot cancel: handle index {index} has no copy in progress"),
            Trap::CopyWithinInstance => {
                f.write_str("cannot read from and write to intra-component future/stream with non-numeric payload")
            }
            Trap::BufferTooLong => write!(f, "buffer exceeds the maximum of {MAX_BUFFER_LENGTH} elements"),
            Trap::UnknownThread(index) => write!(f, "unknown thread index {index}"),
            Trap::ThreadNotSuspended(_) => f.write_str("cannot resume thread which is not suspended"),
            Trap::NoThreadFunction => f.write_str("the start function of a thread is not in the table"),
            Trap::WrongThreadFunction => f.write_str("the start function of a thread has another type"),
            Trap::LimitReached(limit) => write!(f, "the host's limit of {limit} is reached"),
        }
    }
}

impl EndUse {
    const fn kind(self) -> EndKind {
        match self {
            EndUse::Read(kind)
            | EndUse::Write(kind)
            | EndUse::DropReadable(kind)
            | EndUse::DropWritable(kind)
            | EndUse::Lift(kind)
            | EndUse::ForwardFrom(kind)
            | EndUse::ForwardTo(kind) => kind,
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            EndUse::Read(_) => "read from",
            EndUse::Write(_) => "write to",
            EndUse::DropReadable(_) | EndUse::DropWritable(_) => "drop",
            EndUse::Lift(_) => "lift",
            EndUse::ForwardFrom(_) | EndUse::ForwardTo(_) => "forward",
        }
    }

    /// The event after which an end is done.
    const fn end(self) -> &'static str {
        match self {
            EndUse::Read(EndKind::Stream)
            | EndUse::Lift(EndKind::Stream)
            | EndUse::ForwardFrom(EndKind::Stream)
            | EndUse::DropReadable(EndKind::Stream) => "being notified that the writable end dropped",
            EndUse::Write(EndKind::Stream)
            | EndUse::ForwardTo(EndKind::Stream)
            | EndUse::DropWritable(EndKind::Stream) => "being notified that the readable end dropped",
            EndUse::Read(EndKind::Future)
            | EndUse::Lift(EndKind::Future)
            | EndUse::ForwardFrom(EndKind::Future)
            | EndUse::DropReadable(EndKind::Future) => "previous read succeeded",
            EndUse::Write(EndKind::Future)
            | EndUse::ForwardTo(EndKind::Future)
            | EndUse::DropWritable(EndKind::Future) => "previous write succeeded or readable end dropped",
        }
    }
}

impl fmt::Display for EndUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb(), self.kind())
    }
}

impl fmt::Display for HandleKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HandleKind::Resource => f.write_str("a resource"),
            HandleKind::Waitable => f.write_str("a waitable"),
            HandleKind::Subtask => f.write_str("a subtask"),
            HandleKind::ReadableEnd(kind) => write!(f, "a readable end of a {kind}"),
            HandleKind::WritableEnd(kind) => write!(f, "a writable end of a {kind}"),
            HandleKind::WaitableSet => f.write_str("a waitable set"),
            HandleKind::ErrorContext => f.write_str("an error context"),
        }
    }
}

impl fmt::Display for EndKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EndKind::Stream => "stream",
            EndKind::Future => "future",
        })
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::Instances => "component instances",
            Limit::Tasks => "tasks",
            Limit::Threads => "threads",
            Limit::Waitables => "waitables",
            Limit::Ends => "ends of streams and futures",
            Limit::WaitableSets => "waitable sets",
            Limit::ErrorContexts => "error contexts",
            Limit::Lends => "lent handles",
        })
    }
}

impl core::error::Error for Trap {}
