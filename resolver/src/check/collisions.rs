//! Names in one scope differ in more than case and hyphens (`Explainer.md#name-uniqueness`).
//!
//! Annotations count as far as a component tells names apart by them: `[constructor]r` and `r` differ, as do `[set]p` and
//! `p`; `[method]r.f`, `[static]r.f` and `[get]f` and `f` do not. That `[method]r.r` is `r` is a rule of its own.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, scopes};
use crate::errors::names as errors;

pub(super) fn check(cx: &mut Check<'_>) {
    let mut found = Vec::new();
    scopes::each(cx, &mut |entries| {
        let mut first: BTreeMap<String, &scopes::Entry> = BTreeMap::new();
        for entry in entries {
            let key = canonical(&entry.extern_name);
            match first.get(&key) {
                // Equal names are duplicates.
                Some(other) if other.extern_name == entry.extern_name => {}
                Some(other) if other.name == entry.name => {
                    found.push(errors::defined_twice(other.span, entry.span, entry.sort, &entry.name));
                }
                Some(other) => found.push(errors::collide(other.span, entry.span, &entry.name, &other.name)),
                None => {
                    first.insert(key, entry);
                }
            }
        }
    });
    cx.diagnostics.extend(found);
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
