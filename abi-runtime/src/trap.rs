//! Traps: one variant for each rule of the specification that a component can break (`CanonicalABI.md`).
//!
//! The messages use the wording of the specification's reference tests. Where those word one rule in two ways, or say what
//! does not hold in every case, the message has one true wording.

use core::fmt;

use crate::layout::{MAX_LIST_BYTES, MAX_STRING_BYTES};

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
    /// The entry at this index is of another kind.
    WrongHandleKind(u32),
    /// The handle at this index is for a resource of another type.
    WrongResourceType(u32),
    /// The handle at this index was to be removed while it is lent.
    HandleLent(u32),
    /// The borrowed handle at this index was to be lifted as an owned one.
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
    /// `task.return` was called for a task that has returned or was cancelled.
    TaskResolvedTwice,
    /// `task.return` was called by another instance than the task's, or with another type than the function's.
    InvalidTaskReturn,
    /// A function lifted `async` ended before its task returned.
    TaskNotReturned,
    /// A core function lifted with a callback returned a code that is not defined.
    UnsupportedCallbackCode(u32),
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
            Trap::WrongHandleKind(index) => write!(f, "handle index {index} used with the wrong type"),
            Trap::WrongResourceType(index) => {
                write!(f, "handle index {index} used with the wrong type: its resource is of another type")
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
            Trap::TaskResolvedTwice => f.write_str("`task.return` called for a task that is already resolved"),
            Trap::InvalidTaskReturn => f.write_str("`task.return` does not match the function of the current task"),
            Trap::TaskNotReturned => f.write_str("async-lifted export failed to produce a result"),
            Trap::UnsupportedCallbackCode(code) => write!(f, "unsupported callback code {code}"),
        }
    }
}

impl core::error::Error for Trap {}
