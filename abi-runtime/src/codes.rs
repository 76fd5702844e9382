//! Codes that core functions exchange with built-ins: states, events and results, each packed into an `i32` or an `i64`.
//!
//! A code fills the low four bits, and an index or a count of at most 28 bits the rest:
//!
//! ```text
//!  31                          4 3      0
//! ┌─────────────────────────────┬────────┐
//! │ index or number of elements │  code  │
//! └─────────────────────────────┴────────┘
//! ```
//!
//! `pack` is for the side that returns a code, `unpack` for the side that reads it. A host reads only a callback's code,
//! and traps if the code is not defined. Guests read the others, and get `None` for a code that is not defined.

use crate::trap::Trap;

/// Bits of a code.
const CODE_BITS: u32 = 4;
const CODE_MASK: u32 = (1 << CODE_BITS) - 1;

/// The result of a built-in that has not finished: an event will follow (`CanonicalABI.md#canon-subtaskcancel`,
/// `#canon-streamfutureread-write`, `#canon-streamfuturecancel-read-write`).
pub const BLOCKED: u32 = u32::MAX;

const fn pack(code: u32, rest: u32) -> u32 {
    debug_assert!(rest <= u32::MAX >> CODE_BITS, "indices and counts have at most 28 bits");
    code | rest << CODE_BITS
}

const fn unpack(packed: u32) -> (u32, u32) {
    (packed & CODE_MASK, packed >> CODE_BITS)
}

/// The result of a core function that is lifted `async` with a callback, and of the callback itself: the next step of the task
/// (`CanonicalABI.md#canon-lift`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallbackCode {
    /// `EXIT`: the task has ended.
    Exit,
    /// `YIELD`: the callback is to be called again after other threads have run.
    Yield,
    /// `WAIT`: the callback is to be called with the next event of a waitable set.
    Wait {
        /// The index of the waitable set.
        set: u32,
    },
}

impl CallbackCode {
    /// The code as a core value.
    #[must_use]
    pub const fn pack(self) -> u32 {
        match self {
            CallbackCode::Exit => pack(0, 0),
            CallbackCode::Yield => pack(1, 0),
            CallbackCode::Wait { set } => pack(2, set),
        }
    }

    /// The code of a core value. The index is ignored for codes that have none.
    ///
    /// # Errors
    /// When the code is not defined.
    pub const fn unpack(packed: u32) -> Result<CallbackCode, Trap> {
        match unpack(packed) {
            (0, _) => Ok(CallbackCode::Exit),
            (1, _) => Ok(CallbackCode::Yield),
            (2, set) => Ok(CallbackCode::Wait { set }),
            (code, _) => Err(Trap::UnsupportedCallbackCode(code)),
        }
    }
}

/// The state of a subtask, as reported by its events and by `subtask.cancel` (`CanonicalABI.md#subtask-state`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SubtaskState {
    /// `STARTING`: the callee has not read its arguments.
    Starting,
    /// `STARTED`: the callee has read its arguments and not returned.
    Started,
    /// `RETURNED`: the result has been written.
    Returned,
    /// `CANCELLED_BEFORE_STARTED`: the callee never read its arguments.
    CancelledBeforeStarted,
    /// `CANCELLED_BEFORE_RETURNED`: the callee has read its arguments, and has no result.
    CancelledBeforeReturned,
}

impl SubtaskState {
    /// The state as a core value.
    #[must_use]
    pub const fn pack(self) -> u32 {
        match self {
            SubtaskState::Starting => 0,
            SubtaskState::Started => 1,
            SubtaskState::Returned => 2,
            SubtaskState::CancelledBeforeStarted => 3,
            SubtaskState::CancelledBeforeReturned => 4,
        }
    }

    /// The state of a core value, or `None` for a value that is not defined.
    #[must_use]
    pub const fn unpack(packed: u32) -> Option<SubtaskState> {
        match packed {
            0 => Some(SubtaskState::Starting),
            1 => Some(SubtaskState::Started),
            2 => Some(SubtaskState::Returned),
            3 => Some(SubtaskState::CancelledBeforeStarted),
            4 => Some(SubtaskState::CancelledBeforeReturned),
            _ => None,
        }
    }

    /// Whether the subtask has resolved: no event of it follows.
    #[must_use]
    pub const fn is_resolved(self) -> bool {
        match self {
            SubtaskState::Starting | SubtaskState::Started => false,
            SubtaskState::Returned | SubtaskState::CancelledBeforeStarted | SubtaskState::CancelledBeforeReturned => {
                true
            }
        }
    }
}

/// The result of a call of a function that is lowered `async` (`CanonicalABI.md#canon-lower`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallStatus {
    /// The callee has not read its arguments: they stay in memory until an event of the subtask.
    Starting {
        /// The index of the subtask.
        subtask: u32,
    },
    /// The callee has read its arguments and not returned.
    Started {
        /// The index of the subtask.
        subtask: u32,
    },
    /// The callee has returned: the call has no subtask.
    Returned,
}

impl CallStatus {
    /// The status as a core value.
    #[must_use]
    pub const fn pack(self) -> u32 {
        match self {
            CallStatus::Starting { subtask } => pack(SubtaskState::Starting.pack(), subtask),
            CallStatus::Started { subtask } => pack(SubtaskState::Started.pack(), subtask),
            CallStatus::Returned => pack(SubtaskState::Returned.pack(), 0),
        }
    }

    /// The status of a core value, or `None` for a value that is not defined.
    #[must_use]
    pub const fn unpack(packed: u32) -> Option<CallStatus> {
        let (state, subtask) = unpack(packed);
        match SubtaskState::unpack(state) {
            Some(SubtaskState::Starting) => Some(CallStatus::Starting { subtask }),
            Some(SubtaskState::Started) => Some(CallStatus::Started { subtask }),
            Some(SubtaskState::Returned) => Some(CallStatus::Returned),
            Some(SubtaskState::CancelledBeforeStarted | SubtaskState::CancelledBeforeReturned) | None => None,
        }
    }
}

/// The outcome of a read or a write of a future, and a part of that of a stream (`CanonicalABI.md#stream-and-future-state`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CopyResult {
    /// `COMPLETED`
    Completed,
    /// `DROPPED`: the other end has been dropped.
    Dropped,
    /// `CANCELLED`: the copy was cancelled by `cancel-read` or `cancel-write`.
    Cancelled,
}

impl CopyResult {
    /// The outcome as a core value, which is that of an operation on a future.
    #[must_use]
    pub const fn pack(self) -> u32 {
        match self {
            CopyResult::Completed => 0,
            CopyResult::Dropped => 1,
            CopyResult::Cancelled => 2,
        }
    }

    /// The outcome of a core value, or `None` for a value that is not defined, [`BLOCKED`] among them.
    #[must_use]
    pub const fn unpack(packed: u32) -> Option<CopyResult> {
        match packed {
            0 => Some(CopyResult::Completed),
            1 => Some(CopyResult::Dropped),
            2 => Some(CopyResult::Cancelled),
            _ => None,
        }
    }
}

/// The outcome of a read or a write of a stream (`CanonicalABI.md#stream-and-future-state`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StreamResult {
    /// The outcome of the copy.
    pub result: CopyResult,
    /// The number of elements that were copied, at most [`MAX_BUFFER_LENGTH`](crate::layout::MAX_BUFFER_LENGTH).
    pub progress: u32,
}

impl StreamResult {
    /// The outcome as a core value.
    #[must_use]
    pub const fn pack(self) -> u32 {
        pack(self.result.pack(), self.progress)
    }

    /// The outcome of a core value, or `None` for a value that is not defined, [`BLOCKED`] among them.
    #[must_use]
    pub const fn unpack(packed: u32) -> Option<StreamResult> {
        let (result, progress) = unpack(packed);
        match CopyResult::unpack(result) {
            Some(result) => Some(StreamResult { result, progress }),
            None => None,
        }
    }
}

/// The two ends that `stream.new` and `future.new` make, by their indices (`CanonicalABI.md#canon-streamfuturenew`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EndPair {
    /// The index of the readable end.
    pub readable: u32,
    /// The index of the writable end.
    pub writable: u32,
}

impl EndPair {
    /// The indices as a core value of type `i64`.
    #[must_use]
    pub const fn pack(self) -> u64 {
        self.readable as u64 | (self.writable as u64) << u32::BITS
    }

    /// The indices of a core value.
    #[must_use]
    pub const fn unpack(packed: u64) -> EndPair {
        EndPair { readable: packed as u32, writable: (packed >> u32::BITS) as u32 }
    }
}

/// An event. A callback gets it in its three parameters; `waitable-set.wait` and `waitable-set.poll` return the
/// code, and store the two values of the payload in memory (`CanonicalABI.md#waitable-state`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// `NONE`: nothing has happened.
    None,
    /// `SUBTASK`: the state of the subtask of this index has changed.
    #[expect(missing_docs, reason = "the line above says it")]
    Subtask { index: u32, state: SubtaskState },
    /// `STREAM_READ`: a read of the readable end of this index has ended.
    #[expect(missing_docs, reason = "the line above says it")]
    StreamRead { index: u32, result: StreamResult },
    /// `STREAM_WRITE`: a write of the writable end of this index has ended.
    #[expect(missing_docs, reason = "the line above says it")]
    StreamWrite { index: u32, result: StreamResult },
    /// `FUTURE_READ`: a read of the readable end of this index has ended.
    #[expect(missing_docs, reason = "the line above says it")]
    FutureRead { index: u32, result: CopyResult },
    /// `FUTURE_WRITE`: a write of the writable end of this index has ended.
    #[expect(missing_docs, reason = "the line above says it")]
    FutureWrite { index: u32, result: CopyResult },
    /// `TASK_CANCELLED`: the caller has cancelled the task. Only callbacks get this event.
    TaskCancelled,
}

impl Event {
    /// The code and the payload of the event, as core values.
    #[must_use]
    pub const fn pack(self) -> [u32; 3] {
        match self {
            Event::None => [0, 0, 0],
            Event::Subtask { index, state } => [1, index, state.pack()],
            Event::StreamRead { index, result } => [2, index, result.pack()],
            Event::StreamWrite { index, result } => [3, index, result.pack()],
            Event::FutureRead { index, result } => [4, index, result.pack()],
            Event::FutureWrite { index, result } => [5, index, result.pack()],
            Event::TaskCancelled => [6, 0, 0],
        }
    }

    /// The event of a code and a payload, or `None` for values that are not defined.
    #[must_use]
    pub fn unpack([code, index, payload]: [u32; 3]) -> Option<Event> {
        let stream = StreamResult::unpack(payload);
        let future = CopyResult::unpack(payload);
        match code {
            0 => Some(Event::None),
            1 => SubtaskState::unpack(payload).map(|state| Event::Subtask { index, state }),
            2 => stream.map(|result| Event::StreamRead { index, result }),
            3 => stream.map(|result| Event::StreamWrite { index, result }),
            4 => future.map(|result| Event::FutureRead { index, result }),
            5 => future.map(|result| Event::FutureWrite { index, result }),
            6 => Some(Event::TaskCancelled),
            _ => None,
        }
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::{BLOCKED, CallStatus, CallbackCode, CopyResult, EndPair, Event, StreamResult, SubtaskState};
    use crate::layout::MAX_BUFFER_LENGTH;
    use crate::table::MAX_TABLE_INDEX;
    use crate::trap::Trap;

    #[test]
    fn callback_codes() {
        for (code, packed) in [
            (CallbackCode::Exit, 0),
            (CallbackCode::Yield, 1),
            (CallbackCode::Wait { set: 0 }, 2),
            (CallbackCode::Wait { set: 3 }, 0x32),
            (CallbackCode::Wait { set: MAX_TABLE_INDEX }, 0xffff_fff2),
        ] {
            assert_eq!(code.pack(), packed);
            assert_eq!(CallbackCode::unpack(packed), Ok(code));
        }
        assert_eq!(CallbackCode::unpack(0x70), Ok(CallbackCode::Exit), "the index of `EXIT` is ignored");
        assert_eq!(CallbackCode::unpack(0x71), Ok(CallbackCode::Yield), "the index of `YIELD` is ignored");
        for code in 3..16 {
            assert_eq!(CallbackCode::unpack(0x50 | code), Err(Trap::UnsupportedCallbackCode(code)));
        }
    }

    #[test]
    fn call_statuses() {
        for (status, packed) in [
            (CallStatus::Starting { subtask: 1 }, 0x10),
            (CallStatus::Started { subtask: 1 }, 0x11),
            (CallStatus::Started { subtask: MAX_TABLE_INDEX }, 0xffff_fff1),
            (CallStatus::Returned, 2),
        ] {
            assert_eq!(status.pack(), packed);
            assert_eq!(CallStatus::unpack(packed), Some(status));
        }
        for undefined in [3, 4, 5, 0x13, BLOCKED] {
            assert_eq!(CallStatus::unpack(undefined), None);
        }
    }

    #[test]
    fn subtask_states() {
        let states = (0..5).map(|packed| SubtaskState::unpack(packed).expect("it is defined"));
        for (packed, state) in (0..).zip(states) {
            assert_eq!(state.pack(), packed);
            assert_eq!(state.is_resolved(), packed > 1);
        }
        assert_eq!(SubtaskState::unpack(5), None);
        assert_eq!(SubtaskState::unpack(BLOCKED), None);
    }

    #[test]
    fn results_of_copies() {
        let results = [CopyResult::Completed, CopyResult::Dropped, CopyResult::Cancelled];
        for (packed, result) in (0..).zip(results) {
            assert_eq!(result.pack(), packed);
            assert_eq!(CopyResult::unpack(packed), Some(result));
            for progress in [0, 1, MAX_BUFFER_LENGTH] {
                let stream = StreamResult { result, progress };
                assert_eq!(stream.pack(), packed + 16 * progress);
                assert_ne!(stream.pack(), BLOCKED);
                assert_eq!(StreamResult::unpack(stream.pack()), Some(stream));
            }
        }
        assert_eq!((CopyResult::unpack(3), StreamResult::unpack(3)), (None, None));
        assert_eq!((CopyResult::unpack(BLOCKED), StreamResult::unpack(BLOCKED)), (None, None));
    }

    #[test]
    fn pairs_of_ends() {
        let pair = EndPair { readable: 1, writable: 2 };
        assert_eq!(pair.pack(), 0x2_0000_0001);
        assert_eq!(EndPair::unpack(pair.pack()), pair);
    }

    #[test]
    fn events() {
        let (index, result) = (7, CopyResult::Dropped);
        let stream = StreamResult { result, progress: 2 };
        for (event, packed) in [
            (Event::None, [0, 0, 0]),
            (Event::Subtask { index, state: SubtaskState::Returned }, [1, 7, 2]),
            (Event::StreamRead { index, result: stream }, [2, 7, 0x21]),
            (Event::StreamWrite { index, result: stream }, [3, 7, 0x21]),
            (Event::FutureRead { index, result }, [4, 7, 1]),
            (Event::FutureWrite { index, result }, [5, 7, 1]),
            (Event::TaskCancelled, [6, 0, 0]),
        ] {
            assert_eq!(event.pack(), packed);
            assert_eq!(Event::unpack(packed), Some(event));
        }
        for undefined in [[7, 0, 0], [1, 7, 5], [2, 7, 3], [4, 7, 0x11]] {
            assert_eq!(Event::unpack(undefined), None);
        }
    }
}
