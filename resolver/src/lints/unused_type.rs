//! Types that no item refers to.

use super::used::{self, UsedNames};
use super::{Lint, Linter};
use crate::errors::lints as errors;

pub(super) fn check(cx: &mut Linter<'_>, used: &UsedNames<'_>) {
    for scope in cx.packages.iter().flat_map(|package| &package.parts).flat_map(used::scopes) {
        for item in scope.types.iter().filter(|item| !used.has(&scope, &item.name.name)) {
            cx.report(Lint::UnusedType, errors::unused_type(item.name.span, &item.name.name));
        }
    }
}
