//! The messages of traps: scripts give those of the engine that they were written with.

/// What engines call the same trap.
const SYNONYMS: [(&str, &str); 2] =
    [("wasm `unreachable` instruction executed", "unreachable"), ("undefined element", "out of bounds table access")];

/// Whether a message says what is expected, in its own words.
///
/// It does when one contains the other, or when it has most of the words that matter.
pub(super) fn says(found: &str, expected: &str) -> bool {
    let expected = expected.trim().strip_prefix("wasm trap: ").unwrap_or(expected.trim());
    if found.contains(expected) || SYNONYMS.iter().any(|(theirs, ours)| *theirs == expected && found.contains(ours)) {
        return true;
    }
    let found_words: Vec<String> = words(found).collect();
    let expected_words: Vec<String> = words(expected).collect();
    let known = expected_words.iter().filter(|word| found_words.contains(word)).count();
    known * 2 > expected_words.len()
}

/// The words of a message that tell it from others.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3 || word.parse::<u32>().is_ok());
    words.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn other_words_for_the_same() {
        assert!(says("in function `f`: wasm trap: unknown handle index 3", "unknown handle index 3"));
        assert!(says("wasm trap: unreachable", "wasm trap: wasm `unreachable` instruction executed"));
        assert!(says("wasm trap: out of bounds memory access", "memory access out of bounds"));
        assert!(!says("wasm trap: unreachable", "cannot leave component instance"));
        assert!(!says("wasm trap: cannot enter component instance", "unknown handle index 3"));
    }
}
