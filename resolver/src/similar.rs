//! "Did you mean": the name in scope that is nearest to one that is not there.

use alloc::vec::Vec;

/// What people write who know other languages, and what it is called in WIT.
const FOREIGN_TYPES: &[(&str, &str)] = &[
    ("boolean", "bool"),
    ("byte", "u8"),
    ("bytes", "list<u8>"),
    ("double", "f64"),
    ("either", "result"),
    ("error", "error-context"),
    ("float", "f32"),
    ("float32", "f32"),
    ("float64", "f64"),
    ("i16", "s16"),
    ("i32", "s32"),
    ("i64", "s64"),
    ("i8", "s8"),
    ("int", "s32"),
    ("int16", "s16"),
    ("int32", "s32"),
    ("int64", "s64"),
    ("int8", "s8"),
    ("integer", "s32"),
    ("long", "s64"),
    ("maybe", "option"),
    ("optional", "option"),
    ("short", "s16"),
    ("str", "string"),
    ("text", "string"),
    ("uint", "u32"),
    ("uint16", "u16"),
    ("uint32", "u32"),
    ("uint64", "u64"),
    ("uint8", "u8"),
    ("usize", "u32"),
    ("vec", "list"),
];

/// Longer names are not compared: the work is quadratic.
const MAX_LEN: usize = 64;

/// The WIT type that a type of another language is called.
pub(crate) fn wit_type(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase().replace(['_', '-'], "");
    FOREIGN_TYPES.iter().find(|(foreign, _)| *foreign == lower).map(|(_, wit)| *wit)
}

/// The nearest of some names, if one is near enough to be meant; of equally near ones the first.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LEN {
        return None;
    }
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .filter(|candidate| candidate.len() <= MAX_LEN)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many insertions, removals, replacements and swaps of neighbours lead from one name to the other, case aside.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().map(|c| c.to_ascii_lowercase()).collect();
    let b: Vec<char> = b.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let replaced = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(previous[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = core::mem::replace(&mut previous, row);
    }
    previous[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("types", "type"), 1);
        assert_eq!(distance("tpyes", "types"), 1);
        assert_eq!(distance("Types", "types"), 0);
        assert_eq!(distance("request", "response"), 5);
    }

    #[test]
    fn offers_only_what_is_near() {
        assert_eq!(nearest("my_iface", ["your-iface", "my-iface"].into_iter()), Some("my-iface"));
        assert_eq!(nearest("x", ["abc"].into_iter()), None);
    }

    #[test]
    fn knows_other_languages() {
        assert_eq!(wit_type("uint32"), Some("u32"));
        assert_eq!(wit_type("bytes"), Some("list<u8>"));
        assert_eq!(wit_type("f32"), None);
    }
}
