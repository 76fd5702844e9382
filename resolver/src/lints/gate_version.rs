//! A package with feature gates has a version (`WIT.md#rules-for-feature-gate-usage`).
//!
//! `@since` without a version is an error. The reference implementation accepts `@unstable` without one, and
//! unpublished packages rely on it.

use witwright_front::ast::Attribute;

use super::items::Item;
use super::{Lint, Linter};
use crate::errors::lints as errors;
use crate::load::PackageSource;

pub(super) fn check(cx: &mut Linter<'_>, package: &PackageSource<'_>, items: &[Item<'_>]) {
    if package.name.version.is_some() {
        return;
    }
    let attributes = items.iter().filter_map(|item| item.attributes).flat_map(|attributes| &attributes.list);
    let first = attributes.filter_map(|attribute| match attribute {
        Attribute::Unstable { span, .. } => Some(*span),
        Attribute::Since { .. } | Attribute::Deprecated { .. } | Attribute::ExternalId { .. } => None,
    });
    if let Some(first) = first.min() {
        cx.report(Lint::GateVersion, errors::gate_without_version(first, &package.name, package.name_span));
    }
}
