//! Names that a `use` brings in and no item refers to.

use witwright_front::ast::ToplevelUse;

use super::used::{self, UsedNames};
use super::{Lint, Linter};
use crate::errors::lints as errors;

pub(super) fn check(cx: &mut Linter<'_>, used: &UsedNames<'_>) {
    for part in cx.packages.iter().flat_map(|package| &package.parts) {
        let paths = used::local_paths(part);
        for name in used::toplevel(part).map(ToplevelUse::name).filter(|name| !paths.contains(name.name.as_str())) {
            cx.report(Lint::UnusedUse, errors::unused_use(name.span, &name.name));
        }
        for scope in used::scopes(part) {
            for name in scope.uses.iter().flat_map(|use_| &use_.names) {
                let here = name.as_.as_ref().unwrap_or(&name.name);
                if !used.has(&scope, &here.name) {
                    cx.report(Lint::UnusedUse, errors::unused_use(here.span, &here.name));
                }
            }
        }
    }
}
