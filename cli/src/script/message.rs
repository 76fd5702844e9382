//! Messages of traps and of validation. A script has those of the engine that it was written with.
//!
//! A message passes if it contains the expected one, or if the list has both as messages for one mistake. Nothing
//! else passes: `cannot enter component instance` shares most of its words with `cannot leave component instance`.

/// Two messages for one mistake: that of a suite or of another engine, and ours. A script may expect a part of theirs, or more:
/// the details that follow it. `{}` in both is the first number of the expected message.
struct Synonym {
    theirs: &'static str,
    ours: &'static str,
}

const fn synonym(theirs: &'static str, ours: &'static str) -> Synonym {
    Synonym { theirs, ours }
}

/// The messages that the specification's suite words differently than this host and its validator; each group says where it
/// comes from.
const OF_THE_SUITE: &[Synonym] = &[
    // component-model: binary/binary.wast. The validator knows 0x2e from a proposal, and misses its operands.
    synonym("invalid leading byte (0x2e) for canonical function", "unexpected end-of-file"),
    synonym("invalid boolean value", "invalid leading byte (0x2) for zero byte"),
    synonym("non-zero reserved byte", "invalid leading byte (0x1) for zero byte"),
    // component-model: validation/attributes.wast
    synonym("unexpected token", "duplicate `implements` attribute"),
    synonym("unexpected token", "duplicate `external-id` attribute"),
    // component-model: validation/kebab.wast. The suite has the name in lower case.
    synonym(
        "import name `foob-ar` conflicts with previous name `foo-bar`",
        "import name `FOOB-ar` conflicts with previous name `foo-bar`",
    ),
    // component-model: values/realloc.wast, of a block that the callee's `realloc` has returned
    synonym("unaligned pointer", "realloc return: result not aligned"),
];

/// The traps of wasmtime 48 that it words differently, from the sources of `wasmtime-environ` and `wasmtime`: the scripts of its
/// repository expect them, and some of the specification's suite.
const OF_WASMTIME: &[Synonym] = &[
    // Core code.
    synonym("wasm `unreachable` instruction executed", "unreachable"),
    synonym("undefined element: out of bounds table access", "out of bounds table access"),
    synonym("uncaught exception propagated out of component", "unhandled exception"),
    // Values. It bounds strings and lists in one way in the caller's memory and in the callee's.
    synonym("string content out-of-bounds", "string pointer/length out of bounds of memory"),
    synonym("string content out-of-bounds", "realloc return: beyond end of memory"),
    synonym("string pointer not aligned", "unaligned pointer"),
    synonym("list content out-of-bounds", "list pointer/length out of bounds of memory"),
    synonym("list content out-of-bounds", "realloc return: beyond end of memory"),
    synonym("list pointer is not aligned", "unaligned pointer"),
    synonym("map pointer/length out of bounds of memory", "list pointer/length out of bounds of memory"),
    synonym("map pointer is not aligned", "unaligned pointer"),
    synonym("return pointer not aligned", "unaligned pointer"),
    synonym("out of bounds memory access", "pointer out of bounds of memory"),
    synonym("byte length too large", "string exceeds the maximum"),
    synonym("string pointer/length out of bounds of memory", "string exceeds the maximum"),
    synonym("list pointer/length out of bounds of memory", "list exceeds the maximum"),
    synonym("invalid utf-8 sequence", "invalid utf-8"),
    synonym("incomplete utf-8 byte sequence from index", "incomplete utf-8 byte sequence"),
    synonym("unpaired surrogate found", "unpaired surrogate"),
    synonym("converted integer out of range for `char`", "invalid `char` bit pattern"),
    synonym("discriminant {} out of range", "invalid variant discriminant {}"),
    synonym("invalid utf8 encoding", "invalid utf-8"),
    synonym("invalid utf8 encoding", "incomplete utf-8 byte sequence"),
    synonym("invalid utf16 encoding", "invalid utf-16"),
    synonym("invalid option discriminant", "invalid variant discriminant"),
    synonym("invalid expected discriminant", "invalid variant discriminant"),
    synonym("invalid debug message pointer: out of bounds", "string pointer/length out of bounds of memory"),
    // Handles.
    synonym("cannot allocate another handle: index overflow", "handle table is full"),
    synonym("cannot remove owned resource while borrowed", "while it is lent"),
    synonym("cannot lift own resource from a borrow", "as `own`: it is borrowed"),
    synonym(
        "handle index {} used with the wrong type, expected guest-defined resource but found a different guest-defined \
         resource",
        "handle index {} used with the wrong type: its resource is of another type",
    ),
    synonym(
        "handle index {} used with the wrong type, expected host resource but found a different guest-defined resource",
        "handle index {} used with the wrong type: its resource is of another type",
    ),
    synonym("index {} is not a resource", "handle index {} used with the wrong type: it is not a resource"),
    synonym("index is not a resource", "it is not a resource"),
    synonym("handle is not a waitable", "it is not a waitable"),
    synonym("handle is not a waitable-set", "it is not a waitable set"),
    synonym("handle is not an waitable-set", "it is not a waitable set"),
    synonym("handle is not a subtask", "it is not a subtask"),
    synonym("handle is not an error-context", "it is not an error context"),
    synonym("handle is not a guest thread", "unknown thread index"),
    synonym("unknown handle index {}", "unknown thread index {}"),
    synonym("resource has children", "cannot drop waitable set with members"),
    synonym("resource table has no free keys", "the host's limit of"),
    synonym("cannot allocate another handle: store handle limit exceeded", "the host's limit of"),
    // Ends of streams and futures.
    synonym("handle is not a stream", "end of a stream"),
    synonym("handle is not a future", "end of a future"),
    synonym("handle is a stream of a different type", "its elements are of another type"),
    synonym("handle is a future of a different type", "its elements are of another type"),
    synonym("handle is not a readable end of a stream", "it is not a readable end of a stream"),
    synonym("handle is not a readable end of a future", "it is not a readable end of a future"),
    synonym("passed read end to `stream.drop-writable`", "it is not a writable end of a stream"),
    synonym("passed read end to `future.drop-writable`", "it is not a writable end of a future"),
    synonym("passed read end to `{stream|future}.cancel-write`", "it is not a writable end"),
    synonym("passed write end to `{stream|future}.cancel-read`", "it is not a readable end"),
    synonym("stream or future write cancelled when no write is pending", "has no copy in progress"),
    synonym("stream or future read cancelled when no read is pending", "has no copy in progress"),
    synonym("cannot have concurrent operations active on a future/stream", "it is not a readable end"),
    synonym("cannot have concurrent operations active on a future/stream", "it is not a writable end"),
    synonym(
        "cannot read after being notified that the writable end dropped",
        "cannot read from stream after being notified that the writable end dropped",
    ),
    synonym(
        "cannot read after being notified that the writable end dropped",
        "cannot read from future after previous read succeeded",
    ),
    synonym(
        "cannot lift future after being notified that the writable end dropped",
        "cannot lift future after previous read succeeded",
    ),
    synonym(
        "cannot write after being notified that the readable end dropped",
        "cannot write to stream after being notified that the readable end dropped",
    ),
    synonym(
        "cannot write after being notified that the readable end dropped",
        "cannot write to future after previous write succeeded or readable end dropped",
    ),
    synonym("read pointer not aligned", "unaligned pointer"),
    synonym("write pointer not aligned", "unaligned pointer"),
    synonym("read pointer out of bounds of memory", "pointer out of bounds of memory"),
    synonym("write pointer out of bounds of memory", "pointer out of bounds of memory"),
    synonym("stream read/write count too large", "buffer exceeds the maximum"),
    // Tasks and threads.
    synonym("backpressure counter overflow", "backpressure counter underflow"),
    synonym(
        "`task.cancel` called by task which has not been cancelled",
        "`task.cancel` called by a function that is not",
    ),
    synonym("`task.cancel` called by task which has not been cancelled", "the task has already resolved"),
    synonym("undefined element: out of bounds table access", "the start function of a thread is not in"),
    synonym("`task.return` or `task.cancel` called more than once for current task", "the task has already resolved"),
    synonym(
        "invalid `task.return` signature and/or options for current task",
        "`task.return` does not match the function",
    ),
    synonym(
        "`task.cancel` called by task which has not been cancelled",
        "`task.cancel` called by a task that has not been",
    ),
    synonym("`subtask.cancel` called after terminal status delivered", "cannot cancel a subtask"),
    synonym("the start function index points to an uninitialized function", "the start function of a thread is not in"),
    synonym("start function does not match expected type", "the start function of a thread has another type"),
];

/// Whether the message of an error is the expected one: it contains it, or our words for the same mistake.
pub(super) fn says(found: &str, expected: &str) -> bool {
    let expected = expected.trim();
    let expected = expected.strip_prefix("wasm trap: ").unwrap_or(expected);
    let number = expected.split(|letter: char| !letter.is_ascii_digit()).find(|digits| !digits.is_empty());
    let with_number = |pattern: &str| pattern.replace("{}", number.unwrap_or_default());
    let is_synonym = |synonym: &Synonym| {
        let theirs = with_number(synonym.theirs);
        (theirs.contains(expected) || expected.starts_with(&theirs)) && found.contains(&with_number(synonym.ours))
    };
    found.contains(expected) || OF_THE_SUITE.iter().chain(OF_WASMTIME).any(is_synonym)
}

#[cfg(test)]
mod tests {
    use super::{OF_THE_SUITE, OF_WASMTIME, says};

    #[test]
    fn a_message_may_say_more_than_is_expected() {
        assert!(says("wasm trap: unknown handle index 3", "unknown handle index 3"));
        assert!(says("wasm trap: unknown handle index 3", "wasm trap: unknown handle index"));
    }

    #[test]
    fn synonyms_are_listed() {
        assert!(says("wasm trap: unreachable", "wasm trap: wasm `unreachable` instruction executed"));
        assert!(says(
            "wasm trap: handle index 7 used with the wrong type: it is not a resource",
            "index 7 is not a resource"
        ));
        assert!(!says(
            "wasm trap: handle index 7 used with the wrong type: it is not a resource",
            "index 6 is not a resource"
        ));
        for synonym in OF_THE_SUITE.iter().chain(OF_WASMTIME) {
            assert!(says(&synonym.ours.replace("{}", "1"), &synonym.theirs.replace("{}", "1")));
            assert!(!synonym.ours.contains(synonym.theirs), "`{}` needs no synonym", synonym.theirs);
        }
    }

    /// Traps that share most of their words are different traps all the same.
    #[test]
    fn similar_messages_do_not_match() {
        let pairs = [
            ("cannot enter component instance", "cannot leave component instance"),
            ("unknown handle index 3", "unknown handle index 1"),
            ("unknown handle index 1", "handle index 1 used with the wrong type"),
            ("handle index 1 used with the wrong type", "handle index 2 used with the wrong type"),
            ("string pointer/length out of bounds of memory", "list pointer/length out of bounds of memory"),
            ("realloc return: beyond end of memory", "realloc return: result not aligned"),
            ("invalid utf-8", "incomplete utf-8 byte sequence"),
            ("invalid utf-16: unpaired surrogate", "invalid utf-8"),
            ("string exceeds the maximum of 268435455 bytes", "list exceeds the maximum of 268435455 bytes"),
            ("out of bounds memory access", "out of bounds table access"),
            ("cannot drop busy stream", "cannot drop busy future"),
            (
                "cannot read from future after previous read succeeded",
                "cannot lift future after previous read succeeded",
            ),
            ("out of bounds memory access", "memory access out of bounds"),
            ("unreachable", "cannot leave component instance"),
        ];
        for (one, other) in pairs {
            assert!(!says(&format!("wasm trap: {one}"), other), "`{one}` is not `{other}`");
            assert!(!says(&format!("wasm trap: {other}"), one), "`{other}` is not `{one}`");
        }
    }
}
