//! WIT's conventions for names: lower case except for acronyms, and no repetition of the container's name.

use super::items::{Item, Sort};
use super::{Lint, Linter};
use crate::errors::lints as errors;

pub(super) fn check(cx: &mut Linter<'_>, items: &[Item<'_>]) {
    for (place, item) in items.iter().enumerate() {
        let Some(name) = item.name else { continue };
        if is_shouted(&name.name) {
            cx.report(Lint::Naming, errors::upper_case(name.span, &name.name));
        }
        repetition(cx, items, place);
    }
}

/// Whether a name of several words is all in upper case. Single words are acronyms, for which the grammar of names has
/// upper case: `URL`, `DNS-timeout`.
fn is_shouted(name: &str) -> bool {
    name.contains('-') && !name.contains(|c: char| c.is_ascii_lowercase())
}

/// Reports the members of a type that all begin with its name, and the functions of a resource that begin with its
/// name.
fn repetition(cx: &mut Linter<'_>, items: &[Item<'_>], container: usize) {
    let Some(outer) = items[container].name else { return };
    let is_resource = items[container].sort == Sort::Resource;
    let has_parts = matches!(items[container].sort, Sort::Record | Sort::Variant | Sort::Enum | Sort::Flags);
    if !is_resource && !has_parts {
        return;
    }
    // The contents of an item come right after it.
    let inside = items[container + 1..].iter().take_while(|item| item.container >= Some(container));
    let inner = inside.filter(|item| item.container == Some(container));
    let names = inner.filter_map(|item| item.name.map(|name| (item.sort, name)));
    let repeats = |name: &str| name.strip_prefix(outer.name.as_str()).and_then(|rest| rest.strip_prefix('-')).is_some();
    // A single field may rightly begin with the name of the type: `name-length` in `name`.
    let all = names.clone().filter(|(_, name)| !repeats(&name.name)).count() == 0 && names.clone().count() > 1;
    if !is_resource && !all {
        return;
    }
    for (sort, name) in names.filter(|(_, name)| repeats(&name.name)) {
        let rest = &name.name[outer.name.len() + 1..];
        // The rest must be a name: that of `v-1` in `v` is not.
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            cx.report(Lint::Naming, errors::repetition(sort.word(), name.span, rest, &outer.name, outer.span));
        }
    }
}
