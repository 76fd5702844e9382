//! `E05xx`: feature gates.

use alloc::format;

use semver::Version;
use witwright_front::{Code, Diagnostic, Span};

use crate::gates::Closed;
use crate::model::PackageName;

/// Something that is there refers to something that is not.
pub(crate) fn closed(reference: Span, name: &str, why: Closed<'_>, definition: Span) -> Diagnostic {
    match why {
        Closed::Feature(feature) => feature_off(reference, name, feature, definition),
        Closed::Later(since) => later_than_target(reference, name, since, definition),
    }
}

/// E0501: an item that is there refers to one whose feature is off.
fn feature_off(reference: Span, name: &str, feature: &str, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0501"), format!("`{name}` is there only with the feature `{feature}`"))
        .label(reference, "used here without that feature")
        .label(definition, "defined here")
        .help(format!("enable the feature `{feature}`, or mark this item `@unstable(feature = {feature})` too"))
}

/// E0509: an item that is there refers to one that came after the version that its package is seen as of.
fn later_than_target(reference: Span, name: &str, since: &Version, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0509"), format!("`{name}` is there only since {since}, later than the target version"))
        .label(reference, "used here")
        .label(definition, "defined here")
        .help(format!("choose {since} or a later target version, or mark this item `@since` the version that needs it"))
}

/// E0502: an item is both released and not.
pub(crate) fn since_and_unstable(since: Span, unstable: Span) -> Diagnostic {
    Diagnostic::error(Code("E0502"), "an item is either `@since` or `@unstable`")
        .label(since.max(unstable), "contradicts the other attribute")
        .label(since.min(unstable), "the other attribute")
        .help("keep `@since` once the item is released, `@unstable` before")
}

/// E0503: a gate with a version in a package without one.
pub(crate) fn package_without_version(gate: Span, name: &PackageName, header: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0503"), format!("`@since` needs a version of the package `{name}`"))
        .label(gate, "there is no version to compare this with");
    match header {
        Some(header) => diagnostic.label(header, "the package has no version").help("add one, such as `@0.1.0`"),
        None => diagnostic,
    }
}

/// E0504: an item that comes after the package that it is in.
pub(crate) fn since_unreleased(gate: Span, since: &Version, package: &Version, header: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0504"), format!("`@since` names {since}, but the package is {package}"))
        .label(gate, "later than the package");
    let diagnostic = match header {
        Some(header) => diagnostic.label(header, "the package's version"),
        None => diagnostic,
    };
    diagnostic.help("raise the package's version, or use `@unstable` until the release")
}

/// E0505: a deprecation of something that nobody said was there.
pub(crate) fn deprecated_alone(deprecated: Span) -> Diagnostic {
    Diagnostic::error(Code("E0505"), "`@deprecated` needs `@since` or `@unstable` beside it")
        .label(deprecated, "nothing says since when the item is there")
        .help("add `@since(version = ..)`")
}

/// E0506: the same attribute twice.
pub(crate) fn stated_twice(first: Span, second: Span, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0506"), format!("`{name}` is stated twice"))
        .label(second, "stated again here")
        .label(first, "first stated here")
        .help("keep one of them")
}

/// E0507: two worlds gate one import differently.
pub(crate) fn include_disagrees(include: Span, name: &str, first: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0507"), format!("the included world gates `{name}` differently"))
        .label(include, "this `include` brings another gate");
    match first {
        Some(first) => diagnostic.label(first, "gated here"),
        None => diagnostic,
    }
    .help("state the same gate in both worlds")
}

/// E0508: an item that is there in one that is not.
pub(crate) fn container_closed(item: Span, container: Span, name: &str, feature: &str) -> Diagnostic {
    Diagnostic::error(Code("E0508"), format!("this is in `{name}`, which is there only with the feature `{feature}`"))
        .label(item, "this needs the gate too")
        .label(container, format!("`{name}` waits for `{feature}`"))
        .help(format!("mark it `@unstable(feature = {feature})`"))
}
