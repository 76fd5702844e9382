//! Names in one scope differ in more than case and hyphens (`Explainer.md#name-uniqueness`).
//!
//! The interfaces and worlds of a package share a scope only in its binary form, and published packages break the rule;
//! for them it is a warning.

use super::Check;
use super::scopes::Conflict;
use crate::errors::names as errors;

pub(super) fn check(cx: &mut Check<'_>, conflicts: &[Conflict<'_>]) {
    for Conflict { first, second, in_package } in conflicts {
        if first.name == second.name {
            continue;
        }
        cx.report(if *in_package {
            errors::items_collide(first.span, second.span, second.name, first.name)
        } else {
            errors::collide(first.span, second.span, second.name, first.name)
        });
    }
}
