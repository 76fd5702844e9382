//! WIT's customs in names: lower case but for acronyms, and no repetition of the name around.

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

/// Whether all of a name's words are in upper case. One or some of them are acronyms, which the grammar of names has upper
/// case for: `URL`, `DNS-timeout`.
fn is_shouted(name: &str) -> bool {
    name.contains('-') && !name.contains(|c: char| c.is_ascii_lowercase())
}

/// Reports a type all of whose parts begin with its name, and the functions of a resource that do.
fn repetition(cx: &mut Linter<'_>, items: &[Item<'_>], container: usize) {
    let Some(outer) = items[container].name else { return };
    let is_resource = items[container].sort == Sort::Resource;
    let has_parts = matches!(items[container].sort, Sort::Record | Sort::Variant | Sort::Enum | Sort::Flags);
    if !is_resource && !has_parts {
        return;
    }
    // What stands in an item comes right behind it.
    let inside = items[container + 1..].iter().take_while(|item| item.container >= Some(container));
    let inner = inside.filter(|item| item.container == Some(container));
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
            cx.report(Lint::Naming, errors::repetition(sort.word(), name.span, rest, &outer.name, outer.span));
        }
    }
}
