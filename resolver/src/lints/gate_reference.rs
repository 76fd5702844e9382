//! Items that refer to a gated item are compatibly gated (`WIT.md#rules-for-feature-gate-usage`).
//!
//! Versions are compared only within a package: a reference to another package states the version of that package.

use super::mentions::Mention;
use super::{Lint, Linter};
use crate::errors::lints as errors;
use crate::gates;
use crate::model::Stability;

pub(super) fn check(cx: &mut Linter<'_>, mentions: &[Mention<'_>]) {
    for mention in mentions {
        let to = mention.to.facts(cx.model);
        let wanted = to.gate.stability.as_ref().or(to.outer.and_then(|outer| outer.stability.as_ref()));
        let Some(wanted) = wanted else { continue };
        let is_foreign = to.package != Some(mention.from.package);
        if is_foreign && matches!(wanted, Stability::Since(_)) {
            continue;
        }
        let own = mention.from.gate.stability.as_ref();
        let found = own.or(mention.from.outer.stability.as_ref());
        if !gates::fits(found, wanted) {
            let diagnostic = errors::reference_weaker(mention.span, to.name, found, to.span, wanted);
            cx.report(Lint::GateReference, diagnostic);
        }
    }
}
