//! A name is defined once in a scope. Two interfaces or worlds of a package with one name are found when names are declared.

use super::Check;
use super::scopes::Conflict;
use crate::errors::names as errors;

pub(super) fn check(cx: &mut Check<'_>, conflicts: &[Conflict<'_>]) {
    for Conflict { first, second, in_package } in conflicts {
        // `m: func()` and `m: static func()` have the same name in WIT, although not in a component.
        if first.name == second.name && !in_package {
            cx.report(errors::defined_twice(first.span, second.span, second.sort, second.name));
        }
    }
}
