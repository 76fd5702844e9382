//! Items in a gated item are compatibly gated (`WIT.md#rules-for-feature-gate-usage`).

use alloc::vec::Vec;

use witwright_front::Span;

use super::items::Item;
use super::{Lint, Linter};
use crate::errors::lints as errors;
use crate::gates;
use crate::model::Stability;

/// Reports the first of the items in one container that have the same weaker gate: if one gate is missing, most are.
pub(super) fn check(cx: &mut Linter<'_>, items: &[Item<'_>]) {
    let mut found: Vec<Contained<'_>> = Vec::new();
    for item in items {
        let Some(attributes) = item.attributes else { continue };
        let Some((container, wanted)) = enclosing(items, item) else { continue };
        let gate = gates::stated(attributes).stability;
        if gates::fits(gate.as_ref(), &wanted) {
            continue;
        }
        let is_like = |other: &&mut Contained<'_>| other.container == container.place && other.gate == gate;
        match found.iter_mut().rev().find(is_like) {
            Some(other) => other.others += 1,
            None => found.push(Contained { item, gate, container: container.place, wanted, others: 0 }),
        }
    }
    for Contained { item, gate, container, wanted, others } in found {
        let diagnostic =
            errors::contained_weaker(item.sort.word(), item.place, gate.as_ref(), container, &wanted, others);
        cx.report(Lint::GateContainment, diagnostic);
    }
}

/// An item with a weaker gate than its container.
struct Contained<'i> {
    item: &'i Item<'i>,
    gate: Option<Stability>,
    container: Span,
    wanted: Stability,
    /// The number of other such items in the container.
    others: usize,
}

/// The nearest gated item around an item.
fn enclosing<'i, 'a>(items: &'i [Item<'a>], item: &Item<'a>) -> Option<(&'i Item<'a>, Stability)> {
    let container = &items[item.container?];
    match container.attributes.and_then(|attributes| gates::stated(attributes).stability) {
        Some(stability) => Some((container, stability)),
        None => enclosing(items, container),
    }
}
