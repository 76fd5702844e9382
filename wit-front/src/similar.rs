//! "did you mean": the candidate that is most similar to a misspelt word.
//!
//! The distance is `osa_distance` of the crate `strsim`. That crate (0.11.1) needs `std`, for hash maps that this distance
//! does not use, and this crate must do without. So must the host, which does not depend on this crate and has a distance
//! of its own (`host/src/names.rs`).

use alloc::string::String;
use alloc::vec::Vec;

/// Longer words are not compared, in bytes: the time grows with the product of two lengths.
const LONGEST: usize = 200;

/// The candidate with the least edit distance to `word`, if `word` may be a misspelling of it. Of several, the first.
/// Case does not count.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word: Vec<char> = lower(word).chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST) {
        let letters: Vec<char> = lower(candidate).chars().collect();
        // As `rustc`: a third of the word, so that short ones are not taken for each other.
        let allowed = (word.len().max(3) / 3).min(word.len().saturating_sub(1));
        if word.len().abs_diff(letters.len()) > allowed {
            continue;
        }
        let distance = edit_distance(&word, &letters);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn lower(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// The least number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
fn edit_distance(from: &[char], to: &[char]) -> usize {
    let mut before_last = alloc::vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut row = last.clone();
    for (i, &a) in from.iter().enumerate() {
        row[0] = i + 1;
        for (j, &b) in to.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            row[j + 1] = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == to[j - 1] && from[i - 1] == b {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        core::mem::swap(&mut before_last, &mut last);
        core::mem::swap(&mut last, &mut row);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_what_was_meant() {
        let keywords = ["interface", "world", "use", "record", "variant", "enum", "flags", "type", "func"];
        for (word, meant) in [
            ("interfce", "interface"),
            ("Interface", "interface"),
            ("wrold", "world"),
            ("recrod", "record"),
            ("enumm", "enum"),
            ("fnuc", "func"),
            ("fun", "func"),
            ("tpye", "type"),
            ("falgs", "flags"),
        ] {
            assert_eq!(closest(word, keywords), Some(meant), "{word}");
        }
        for word in ["foo", "x", "package", "struct"] {
            assert_eq!(closest(word, keywords), None, "{word}");
        }
        assert_eq!(closest("bar", ["char", "var-a"]), None);
        assert_eq!(closest("myiface", ["my-iface"]), Some("my-iface"));
    }
}
