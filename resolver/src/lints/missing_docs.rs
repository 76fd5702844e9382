//! Packages and all their definitions have documentation.

use super::items::Item;
use super::{Lint, Linter};
use crate::errors::lints as errors;
use crate::load::PackageSource;

pub(super) fn check(cx: &mut Linter<'_>, package: &PackageSource<'_>, items: &[Item<'_>]) {
    if let (None, Some(place)) = (&package.docs, package.name_span) {
        cx.report(Lint::MissingDocs, errors::missing_docs("package", place));
    }
    for item in items {
        if item.docs.is_some_and(|docs| docs.text.is_none()) {
            cx.report(Lint::MissingDocs, errors::missing_docs(item.sort.word(), item.place));
        }
    }
}
