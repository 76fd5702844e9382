//! Items of a package with a version have a gate.

use super::items::Item;
use super::{Lint, Linter};
use crate::errors::lints as errors;
use crate::gates;
use crate::load::PackageSource;

pub(super) fn check(cx: &mut Linter<'_>, package: &PackageSource<'_>, items: &[Item<'_>]) {
    let Some(version) = &package.name.version else { return };
    for item in items {
        let is_gated = item.attributes.is_none_or(|attributes| gates::stated(attributes).stability.is_some());
        if !is_gated {
            cx.report(Lint::MissingSince, errors::missing_since(item.sort.word(), item.place, version));
        }
    }
}
