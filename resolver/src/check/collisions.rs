//! Names in one scope differ in more than case and hyphens (`Explainer.md#name-uniqueness`).
//!
//! Annotations count as far as a component tells names apart by them: `[constructor]r` and `r` differ, as do `[set]p` and
//! `p`; `[method]r.f`, `[static]r.f` and `[get]f` and `f` do not. That `[method]r.r` is `r` is a rule of its own.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::scopes::Entry;
use super::{Check, scopes};
use crate::errors::names as errors;

pub(super) fn check(cx: &mut Check<'_>) {
    let mut found = Vec::new();
    scopes::each(cx, &mut |entries| {
        for (first, second) in collisions(entries) {
            found.push(match first.name == second.name {
                true => errors::defined_twice(first.span, second.span, second.sort, &second.name),
                false => errors::collide(first.span, second.span, &second.name, &first.name),
            });
        }
    });
    // Only the binary form of a package has these in one scope; published packages break the rule.
    scopes::each_package(cx, &mut |entries| {
        for (first, second) in collisions(entries) {
            found.push(errors::items_collide(first.span, second.span, &second.name, &first.name));
        }
    });
    cx.diagnostics.extend(found);
}

/// Pairs of names that are one to a component, but not to the eye.
fn collisions(entries: &[Entry]) -> Vec<(&Entry, &Entry)> {
    let mut first: BTreeMap<String, &Entry> = BTreeMap::new();
    let mut found = Vec::new();
    for entry in entries {
        let first = first.entry(canonical(&entry.extern_name)).or_insert(entry);
        // Equal names are duplicates.
        if first.extern_name != entry.extern_name {
            found.push((*first, entry));
        }
    }
    found
}

/// What a component compares names by.
fn canonical(extern_name: &str) -> String {
    let mut rest = extern_name;
    let mut kept = String::new();
    while let Some((annotation, name)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if matches!(annotation, "constructor" | "set") {
            kept.push_str(annotation);
            kept.push(' ');
        }
        rest = name;
    }
    kept.extend(rest.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()));
    kept
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn case_hyphens_and_most_annotations_do_not_count() {
        assert_eq!(canonical("foo-bar"), canonical("FOOB-ar"));
        assert_eq!(canonical("[method]a.b"), canonical("[static]a.b"));
        assert_eq!(canonical("[get]p"), canonical("p"));
        assert_ne!(canonical("[constructor]r"), canonical("r"));
        assert_ne!(canonical("[get]p"), canonical("[set]p"));
    }
}
