//! Messages of traps and of validation. A script has those of the engine that it was written with.
//!
//! A message passes if it contains the expected one, or if the list has both as messages for one mistake. Nothing
//! else passes: `cannot enter component instance` shares most of its words with `cannot leave component instance`.

/// Two messages for one mistake: that of a suite, and ours.
struct Synonym {
    theirs: &'static str,
    ours: &'static str,
}

const fn synonym(theirs: &'static str, ours: &'static str) -> Synonym {
    Synonym { theirs, ours }
}

/// The messages that a suite words differently than this host and its validator; each group says where it comes from.
const SYNONYMS: [Synonym; 12] = [
    // component-model: async/builtin-trap-poisons-instance.wast
    synonym("wasm `unreachable` instruction executed", "unreachable"),
    // component-model: values/alignment.wast, of a string that ends beyond the caller's memory
    synonym("string content out-of-bounds", "string pointer/length out of bounds of memory"),
    // component-model: values/realloc.wast, of a block that the callee's `realloc` has returned
    synonym("list content out-of-bounds", "realloc return: beyond end of memory"),
    synonym("unaligned pointer", "realloc return: result not aligned"),
    // component-model: resources/borrows.wast
    synonym("cannot remove owned resource while borrowed", "while it is lent"),
    // component-model: resources/handle-table.wast
    synonym(
        "handle index 1 used with the wrong type, expected guest-defined resource but found a different guest-defined \
         resource",
        "handle index 1 used with the wrong type: its resource is of another type",
    ),
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
];

/// Whether the message of an error is the expected one: it contains it, or our words for the same mistake.
pub(super) fn says(found: &str, expected: &str) -> bool {
    let expected = expected.trim();
    let expected = expected.strip_prefix("wasm trap: ").unwrap_or(expected);
    let is_synonym = |synonym: &Synonym| synonym.theirs == expected && found.contains(synonym.ours);
    found.contains(expected) || SYNONYMS.iter().any(is_synonym)
}

#[cfg(test)]
mod tests {
    use super::{SYNONYMS, says};

    #[test]
    fn a_message_may_say_more_than_is_expected() {
        assert!(says("wasm trap: unknown handle index 3", "unknown handle index 3"));
        assert!(says("wasm trap: unknown handle index 3", "wasm trap: unknown handle index"));
    }

    #[test]
    fn synonyms_are_listed() {
        assert!(says("wasm trap: unreachable", "wasm trap: wasm `unreachable` instruction executed"));
        for synonym in &SYNONYMS {
            assert!(says(synonym.ours, synonym.theirs));
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
