//! WIT's customs in names: words in lower case, and no repetition of the name around.

use super::items::Item;
use super::{Lint, Linter};
use crate::errors::lints as errors;

pub(super) fn check(cx: &mut Linter<'_>, items: &[Item<'_>]) {
    for (place, item) in items.iter().enumerate() {
        let Some(name) = item.name else { continue };
        if name.name.contains(|c: char| c.is_ascii_uppercase()) {
            cx.report(Lint::Naming, errors::upper_case(name.span, &name.name));
        }
        repetition(cx, items, place);
    }
}

/// Reports a type all of whose parts begin with its name, and the functions of a resource that do.
fn repetition(cx: &mut Linter<'_>, items: &[Item<'_>], container: usize) {
    let Some(outer) = items[container].name else { return };
    let is_resource = items[container].sort == "resource";
    let has_parts = matches!(items[container].sort, "record" | "variant" | "enum" | "flags");
    if !is_resource && !has_parts {
        return;
    }
    let inner = items[container..].iter().filter(|item| item.container == Some(container));
    let names = inner.filter_map(|item| item.name.map(|name| (item.sort, name)));
    let repeats = |name: &str| name.strip_prefix(outer.name.as_str()).and_then(|rest| rest.strip_prefix('-')).is_some();
    // One field among others may well be called after the type: `name-length` in `name`.
    let all = names.clone().filter(|(_, name)| !repeats(&name.name)).count() == 0 && names.clone().count() > 1;
    if !is_resource && !all {
        return;
    }
    for (sort, name) in names.filter(|(_, name)| repeats(&name.name)) {
        let rest = &name.name[outer.name.len() + 1..];
        // What is left must be a name: `v-1` of `v` is not.
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            cx.report(Lint::Naming, errors::repetition(sort, name.span, rest, &outer.name, outer.span));
        }
    }
}
