//! What stands in a gated item is compatibly gated (`WIT.md#rules-for-feature-gate-usage`).

use super::items::Item;
use super::{Lint, Linter};
use crate::errors::lints as errors;
use crate::gates;
use crate::model::Stability;

pub(super) fn check(cx: &mut Linter<'_>, items: &[Item<'_>]) {
    for item in items {
        let Some(attributes) = item.attributes else { continue };
        let Some((container, wanted)) = enclosing(items, item) else { continue };
        let found = gates::stated(attributes).stability;
        if !gates::fits(found.as_ref(), &wanted) {
            let diagnostic = errors::contained_weaker(item.sort, item.place, found.as_ref(), container.place, &wanted);
            cx.report(Lint::GateContainment, diagnostic);
        }
    }
}

/// The nearest item around one that has a gate.
fn enclosing<'i, 'a>(items: &'i [Item<'a>], item: &Item<'a>) -> Option<(&'i Item<'a>, Stability)> {
    let container = &items[item.container?];
    match container.attributes.and_then(|attributes| gates::stated(attributes).stability) {
        Some(stability) => Some((container, stability)),
        None => enclosing(items, container),
    }
}
