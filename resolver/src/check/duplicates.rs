//! A name is defined once in a scope.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{Check, scopes};
use crate::errors::names as errors;

pub(super) fn check(cx: &mut Check<'_>) {
    let mut found = Vec::new();
    scopes::each(cx, &mut |entries| {
        let mut first: BTreeMap<&str, &scopes::Entry> = BTreeMap::new();
        for entry in entries {
            match first.get(entry.extern_name.as_str()) {
                Some(other) => found.push(errors::defined_twice(other.span, entry.span, entry.sort, &entry.name)),
                None => {
                    first.insert(&entry.extern_name, entry);
                }
            }
        }
    });
    cx.diagnostics.extend(found);
}
