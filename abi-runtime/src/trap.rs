//! Traps: one variant for each rule of the specification that a component can break (`CanonicalABI.md`).
//!
//! The messages hold the wording of the specification's reference tests. Where those word one rule in two ways (a host's
//! own lowering against a call between components), the message holds both.

use core::fmt;

/// A broken rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Trap {
    /// A `char` above `0x10FFFF` or in the range of surrogates (`#loading`).
    InvalidChar,
    /// A discriminant, `case`, that names none of `count` cases (`#loading`).
    #[expect(missing_docs, reason = "the line above says it")]
    InvalidDiscriminant { case: u32, count: u32 },

    /// A string of more than [`MAX_STRING_BYTES`](crate::layout::MAX_STRING_BYTES).
    StringTooLong,
    /// A string that ends beyond its memory.
    StringOutOfBounds,
    /// Bytes that occur in no UTF-8 text.
    InvalidUtf8,
    /// UTF-8 text that ends within a character.
    IncompleteUtf8,
    /// UTF-16 text with half a surrogate pair.
    InvalidUtf16,
    /// A list of more than [`MAX_LIST_BYTES`](crate::layout::MAX_LIST_BYTES).
    ListTooLong,
    /// A list that ends beyond its memory.
    ListOutOfBounds,
    /// Parameters or results in memory that end beyond it.
    PointerOutOfBounds,
    /// A pointer to a string, a list, parameters or results that is not a multiple of their alignment.
    UnalignedPointer,

    /// `realloc` gave room that is not aligned.
    ReallocUnaligned,
    /// `realloc` gave room for parameters or results that ends beyond memory.
    ReallocOutOfBounds,
    /// `realloc` gave room for a string that ends beyond memory.
    StringReallocOutOfBounds,
    /// `realloc` gave room for a list that ends beyond memory.
    ListReallocOutOfBounds,

    /// A handle index that names nothing.
    UnknownHandle(u32),
    /// A handle index that names something of another kind.
    WrongHandleKind(u32),
    /// A handle index that names a resource of another type.
    WrongResourceType(u32),
    /// An owned handle was to be given away or dropped while it is lent.
    ResourceLent,
    /// A borrowed handle was to be given away as an owned one.
    NotOwned,
    /// A handle table is full.
    HandleTableFull,
    /// A call ended while handles that were lent to it were left.
    BorrowsRemain,

    /// A built-in or an import was called from `realloc` or `post-return`.
    CannotLeave,
    /// An instance that trapped was entered.
    CannotEnter,
    /// `backpressure.inc` and `backpressure.dec` went beyond what a counter of 16 bits holds.
    BackpressureOverflow,
    /// `task.return` was called where there is no task to resolve, or a second time.
    NoTaskToReturn,
    /// `task.return` was called by another instance than the task's, or with another type than the function's.
    InvalidTaskReturn,
    /// A function lifted `async` ended, and its task has not returned.
    TaskNotReturned,
    /// A callback gave a code that means nothing.
    UnsupportedCallbackCode,
}

impl Trap {
    /// What was broken, without the numbers that some rules name.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Trap::InvalidChar => "invalid `char` bit pattern",
            Trap::InvalidDiscriminant { .. } => "invalid variant discriminant",
            Trap::StringTooLong => "string exceeds the maximum byte length",
            Trap::StringOutOfBounds => "string content out-of-bounds: string pointer/length out of bounds of memory",
            Trap::InvalidUtf8 => "invalid utf-8",
            Trap::IncompleteUtf8 => "incomplete utf-8 byte sequence",
            Trap::InvalidUtf16 => "invalid utf-16: unpaired surrogate",
            Trap::ListTooLong => "list exceeds the maximum byte length",
            Trap::ListOutOfBounds => "list content out-of-bounds: list pointer/length out of bounds of memory",
            Trap::PointerOutOfBounds => "pointer out of bounds of memory",
            Trap::UnalignedPointer => "unaligned pointer: string or list pointer not aligned",
            Trap::ReallocUnaligned => "unaligned pointer: realloc return: result not aligned",
            Trap::ReallocOutOfBounds => "realloc return: beyond end of memory",
            Trap::StringReallocOutOfBounds => "string content out-of-bounds: realloc return: beyond end of memory",
            Trap::ListReallocOutOfBounds => "list content out-of-bounds: realloc return: beyond end of memory",
            Trap::UnknownHandle(_) => "unknown handle index",
            Trap::WrongHandleKind(_) => "handle index used with the wrong type",
            Trap::WrongResourceType(_) => {
                "handle index used with the wrong type, expected guest-defined resource but found a different \
                 guest-defined resource"
            }
            Trap::ResourceLent => "cannot remove owned resource while borrowed",
            Trap::NotOwned => "cannot lift own resource from a borrow",
            Trap::HandleTableFull => "handle table has no free index",
            Trap::BorrowsRemain => "borrow handles still remain at the end of the call",
            Trap::CannotLeave => "cannot leave component instance",
            Trap::CannotEnter => "cannot enter component instance",
            Trap::BackpressureOverflow => "backpressure counter overflow",
            Trap::NoTaskToReturn => "`task.return` or `task.cancel` called more than once for current task",
            Trap::InvalidTaskReturn => "invalid `task.return` signature and/or options for current task",
            Trap::TaskNotReturned => "async-lifted export failed to produce a result",
            Trap::UnsupportedCallbackCode => "unsupported callback code",
        }
    }

    const fn index(self) -> Option<u32> {
        match self {
            Trap::UnknownHandle(index) | Trap::WrongHandleKind(index) | Trap::WrongResourceType(index) => Some(index),
            Trap::InvalidChar
            | Trap::InvalidDiscriminant { .. }
            | Trap::StringTooLong
            | Trap::StringOutOfBounds
            | Trap::InvalidUtf8
            | Trap::IncompleteUtf8
            | Trap::InvalidUtf16
            | Trap::ListTooLong
            | Trap::ListOutOfBounds
            | Trap::PointerOutOfBounds
            | Trap::UnalignedPointer
            | Trap::ReallocUnaligned
            | Trap::ReallocOutOfBounds
            | Trap::StringReallocOutOfBounds
            | Trap::ListReallocOutOfBounds
            | Trap::ResourceLent
            | Trap::NotOwned
            | Trap::HandleTableFull
            | Trap::BorrowsRemain
            | Trap::CannotLeave
            | Trap::CannotEnter
            | Trap::BackpressureOverflow
            | Trap::NoTaskToReturn
            | Trap::InvalidTaskReturn
            | Trap::TaskNotReturned
            | Trap::UnsupportedCallbackCode => None,
        }
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The messages that name an index do so after this word.
        const WORD: &str = "handle index";
        let message = self.message();
        if let Trap::InvalidDiscriminant { case, count } = self {
            return write!(f, "{message}: discriminant {case} out of range [0..{count})");
        }
        match (self.index(), message.split_once(WORD)) {
            (Some(index), Some((before, after))) => write!(f, "{before}{WORD} {index}{after}"),
            (None, _) | (_, None) => f.write_str(message),
        }
    }
}

impl core::error::Error for Trap {}
