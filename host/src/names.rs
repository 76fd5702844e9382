//! Names: versions that stand for each other, and names that are near to each other
//! (`Explainer.md#import-and-export-definitions`).

use alloc::string::String;
use alloc::vec::Vec;

/// The parts of a name that compatible versions share: `ns:pkg/iface@1` for `…@1.2.3`, `…@0.2` for `…@0.2.1`; and the text that
/// follows the version, the names of an instance within. A name without a version, or with a pre-release, is only
/// compatible with itself.
fn compatibility(name: &str) -> Option<(&str, &str)> {
    let (version, inner) = version(name)?;
    let start = name.len() - inner.len() - version.len();
    let version = version.split('+').next().unwrap_or(version);
    if version.contains('-') {
        return None;
    }
    let mut end = 0;
    for part in version.split('.') {
        end += part.len();
        if part.bytes().any(|byte| byte != b'0') {
            return Some((&name[..start + end], inner));
        }
        end += 1;
    }
    None
}

/// The version within a name, and the text after it.
fn version(name: &str) -> Option<(&str, &str)> {
    let (_, version) = name.split_once('@')?;
    Some(version.split_at(version.find('/').unwrap_or(version.len())))
}

/// The numbers of a name's version, for comparing compatible versions.
fn numbers(name: &str) -> [u64; 3] {
    let version = version(name).map_or("", |(version, _)| version);
    let mut parts = version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0));
    [parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0)]
}

/// Finds a name: itself, or else the latest compatible version of it.
pub(crate) fn find<'a, V>(items: impl Iterator<Item = (&'a str, V)>, name: &str) -> Option<V> {
    let mut best: Option<([u64; 3], V)> = None;
    let wanted = compatibility(name);
    for (candidate, value) in items {
        if candidate == name {
            return Some(value);
        }
        if wanted.is_some() && compatibility(candidate) == wanted {
            let version = numbers(candidate);
            if best.as_ref().is_none_or(|(known, _)| *known < version) {
                best = Some((version, value));
            }
        }
    }
    best.map(|(_, value)| value)
}

/// Whether two names differ in their versions alone.
pub(crate) fn is_other_version(name: &str, other: &str) -> bool {
    let unversioned = |name| version(name).map(|(version, inner)| (name.len() - inner.len() - version.len(), inner));
    match (unversioned(name), unversioned(other)) {
        (Some((end, inner)), Some((other_end, other_inner))) => {
            name[..end] == other[..other_end] && inner == other_inner
        }
        _ => false,
    }
}

/// The names that are nearest to one that was not found, at most three; first the same name with another version.
pub(crate) fn nearest<'a>(names: impl Iterator<Item = &'a str>, name: &str) -> Vec<String> {
    let bound = (name.len() / 3).max(2);
    let far = |candidate: &str| match candidate.len().abs_diff(name.len()) {
        _ if is_other_version(candidate, name) => 0,
        // The names of a component may be long, and the time grows with the product of two lengths.
        more if more > bound => more,
        _ => distance(candidate, name),
    };
    let mut near: Vec<(usize, &str)> =
        names.map(|candidate| (far(candidate), candidate)).filter(|(far, _)| *far <= bound).collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, name)| name.into()).collect()
}

/// The number of letters to add, leave out or change to turn one name into the other. By hand, since `strsim` needs `std`
/// and the host does not depend on the front end, which has a distance of its own (`wit-front/src/similar.rs`).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The longest name that validators accept.
    #[test]
    fn long_names_are_not_compared_with_short_ones() {
        let names: Vec<String> = (0..2_000).map(|n| alloc::format!("a:b/c{n}")).collect();
        assert!(nearest(names.iter().map(String::as_str), &"x".repeat(100_000)).is_empty());
        assert_eq!(nearest(names.iter().map(String::as_str), "a:b/c1999x")[0], "a:b/c1999");
    }

    #[test]
    fn compatibility_follows_semver() {
        assert_eq!(compatibility("a:b/c@1.2.3"), Some(("a:b/c@1", "")));
        assert_eq!(compatibility("a:b/c@0.2.3"), Some(("a:b/c@0.2", "")));
        assert_eq!(compatibility("a:b/c@0.0.3"), Some(("a:b/c@0.0.3", "")));
        assert_eq!(compatibility("a:b/c@10.0.0+build"), Some(("a:b/c@10", "")));
        assert_eq!(compatibility("a:b/c@1.2.3/inner"), Some(("a:b/c@1", "/inner")));
        assert_eq!(compatibility("a:b/c@1.0.0-rc.1"), None);
        assert_eq!(compatibility("a:b/c"), None);
    }

    #[test]
    fn the_exact_version_wins_then_the_latest() {
        let names = ["a:b/c@0.2.0", "a:b/c@0.2.10", "a:b/c@0.2.9", "a:b/c@0.3.0"];
        let find = |name| find(names.iter().map(|name| (*name, *name)), name);
        assert_eq!(find("a:b/c@0.2.9"), Some("a:b/c@0.2.9"));
        assert_eq!(find("a:b/c@0.2.4"), Some("a:b/c@0.2.10"));
        assert_eq!(find("a:b/c@0.4.0"), None);
        assert_eq!(find("a:b/c"), None);
    }

    #[test]
    fn near_names_are_offered() {
        let names = ["resolve", "report-progress", "render"];
        assert_eq!(nearest(names.into_iter(), "resolv"), ["resolve"]);
        assert_eq!(nearest(names.into_iter(), "unrelated-name"), [""; 0]);
    }
}
