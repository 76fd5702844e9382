//! `E05xx`: feature gates.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::lexer::written;
use witwright_front::{Code, Diagnostic, Span};

use super::{list, near};
use crate::gates::Closed;
use crate::model::PackageName;

/// An enabled item refers to one that is not enabled.
pub(crate) fn closed(reference: Span, name: &str, why: Closed<'_>, definition: Span) -> Diagnostic {
    match why {
        Closed::Feature(feature) => feature_off(reference, name, feature, definition),
        Closed::Later(since) => later_than_target(reference, name, since, definition),
    }
}

/// E0501: an enabled item refers to one whose feature is off.
fn feature_off(reference: Span, name: &str, feature: &str, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0501"), format!("`{name}` needs the feature `{feature}`"))
        .label(reference, "used here without this feature")
        .label(definition, "defined here")
        .help(format!(
            "enable the feature `{feature}`, or mark this item `@unstable(feature = {})` too",
            written(feature)
        ))
}

/// E0509: an enabled item refers to one that is `@since` a version after the target version.
fn later_than_target(reference: Span, name: &str, since: &Version, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0509"), format!("`{name}` exists only since {since}, after the target version"))
        .label(reference, "used here")
        .label(definition, "defined here")
        .help(format!("choose {since} or a later target version, or mark this item `@since` a later version too"))
}

/// E0502: an item is both `@since` and `@unstable`.
pub(crate) fn since_and_unstable(since: Span, unstable: Span) -> Diagnostic {
    Diagnostic::error(Code("E0502"), "an item cannot be both `@since` and `@unstable`")
        .label(since.max(unstable), "contradicts the other attribute")
        .label(since.min(unstable), "the other attribute")
        .help("keep `@since` once the item is released, `@unstable` before")
}

/// E0503: `@since` in a package without a version.
pub(crate) fn package_without_version(gate: Span, name: &PackageName, header: Option<Span>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0503"), format!("`@since` needs a version of its package, and `{name}` has none"))
            .label(gate, "no version to compare with");
    match header {
        Some(header) => diagnostic.label(header, "the package has no version").help("add one, such as `@0.1.0`"),
        None => diagnostic,
    }
}

/// E0504: an item is `@since` a later version than its package's.
pub(crate) fn since_unreleased(gate: Span, since: &Version, package: &Version, header: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("E0504"),
        format!("`@since` names {since}, but the version of the package is {package}"),
    )
    .label(gate, "a later version than the package's");
    let diagnostic = match header {
        Some(header) => diagnostic.label(header, "the package's version"),
        None => diagnostic,
    };
    diagnostic.help("raise the package's version, or use `@unstable` until the release")
}

/// E0505: `@deprecated` without `@since` or `@unstable`.
pub(crate) fn deprecated_alone(deprecated: Span) -> Diagnostic {
    Diagnostic::error(Code("E0505"), "`@deprecated` needs `@since` or `@unstable` beside it")
        .label(deprecated, "this item has no other gate")
        .help("add `@since(version = …)`")
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

/// E0508: an enabled item in one whose feature is off.
pub(crate) fn container_closed(item: Span, container: Span, name: &str, feature: &str) -> Diagnostic {
    Diagnostic::error(Code("E0508"), format!("this is in `{name}`, which needs the feature `{feature}`"))
        .label(item, "this needs the gate too")
        .label(container, format!("`{name}` needs `{feature}`"))
        .help(format!("mark it `@unstable(feature = {})`", written(feature)))
}

/// A feature is enabled, and no item has it.
pub const W0501: Code = Code("W0501");

/// W0501: a feature is enabled, and no item has it. `known` are the features that items have.
pub(crate) fn unknown_feature(feature: &str, known: &BTreeSet<String>) -> Diagnostic {
    let diagnostic = Diagnostic::warning(W0501, format!("no `@unstable` item has the feature `{feature}`"));
    let all: Vec<&str> = known.iter().map(String::as_str).collect();
    match near(feature, all.iter().copied()) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None if all.is_empty() => diagnostic.note("the packages have no features"),
        None => diagnostic.note(format!("the packages have {}", list(&all))),
    }
}
