//! `W08xx`: lints, each a warning until its level makes it an error.

use alloc::format;
use alloc::string::{String, ToString};

use semver::Version;
use witwright_front::lexer::written;
use witwright_front::{Code, Diagnostic, Span};

use crate::model::{PackageName, Stability};

/// W0801: an item refers to one with a stronger gate.
pub(crate) fn reference_weaker(
    reference: Span,
    name: &str,
    found: Option<&Stability>,
    definition: Option<Span>,
    wanted: &Stability,
) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        Code("W0801"),
        format!("`{name}` is {}, but the item that refers to it is {}", gate(Some(wanted)), gate(found)),
    )
    .label(reference, "used here");
    match definition {
        Some(definition) => diagnostic.label(definition, "defined here"),
        None => diagnostic,
    }
    .help(format!("mark the referring item {} too", gate(Some(wanted))))
}

/// W0802: an item is in one with a stronger gate.
pub(crate) fn contained_weaker(
    sort: &str,
    item: Span,
    found: Option<&Stability>,
    container: Span,
    wanted: &Stability,
    others: usize,
) -> Diagnostic {
    Diagnostic::warning(
        Code("W0802"),
        format!("this {sort} is {}, but the item around it is {}", gate(found), gate(Some(wanted))),
    )
    .label(item, "it cannot exist before the item around it")
    .label(container, format!("this is {}", gate(Some(wanted))))
    .help(match others {
        0 => format!("mark it {} too", gate(Some(wanted))),
        1 => format!("mark it {} too, and one other item in the same container", gate(Some(wanted))),
        _ => format!("mark it {} too, and {others} other items in the same container", gate(Some(wanted))),
    })
}

/// W0803: a gate in a package without a version.
pub(crate) fn gate_without_version(gate: Span, name: &PackageName, header: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::warning(Code("W0803"), format!("package `{name}` has gates but no version"))
        .label(gate, "gated here");
    match header {
        Some(header) => diagnostic.label(header, "the package has no version"),
        None => diagnostic,
    }
    .help("add a version to the package's name, such as `@0.1.0`")
}

/// W0804: a use of a deprecated item.
pub(crate) fn deprecated(
    reference: Span,
    name: &str,
    version: &Version,
    definition: Option<Span>,
    replacement: Option<&str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::warning(Code("W0804"), format!("`{name}` is deprecated since {version}"))
        .label(reference, "used here");
    let diagnostic = match definition {
        Some(definition) => diagnostic.label(definition, "defined here"),
        None => diagnostic,
    };
    match replacement {
        Some(replacement) => diagnostic.help(format!("its documentation says: {replacement}")),
        None => diagnostic.note("its documentation names no replacement"),
    }
}

/// W0805: an item without `@since` or `@unstable`.
pub(crate) fn missing_since(sort: &str, place: Span, version: &Version) -> Diagnostic {
    Diagnostic::warning(Code("W0805"), format!("this {sort} does not state since which version it exists"))
        .label(place, "no gate")
        .help(format!(
            "mark what is new in this version `@since(version = {version})`, and the rest with its own version"
        ))
}

/// W0806: an item without documentation.
pub(crate) fn missing_docs(sort: &str, place: Span) -> Diagnostic {
    Diagnostic::warning(Code("W0806"), format!("this {sort} has no documentation"))
        .label(place, "its purpose is not documented")
        .help("write a line that begins with `///` before it")
}

/// W0807: a name with words in upper case.
pub(crate) fn upper_case(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(Code("W0807"), format!("`{name}` is all in upper case"))
        .label(span, "only acronyms are written so")
        .help(format!("call it `{}`", written(&name.to_ascii_lowercase())))
}

/// W0808: a name that repeats the name of its container.
pub(crate) fn repetition(sort: &str, span: Span, rest: &str, outer: &str, outer_span: Span) -> Diagnostic {
    Diagnostic::warning(Code("W0808"), format!("this {sort} repeats the name of `{outer}`"))
        .label(span, "the two names are read together")
        .label(outer_span, "it belongs to this")
        .help(format!("call it `{}`", written(rest)))
}

/// W0809: a type that no item refers to.
pub(crate) fn unused_type(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(Code("W0809"), format!("nothing refers to the type `{name}`"))
        .label(span, "unused")
        .help("remove it, unless other packages use it")
}

/// W0810: a name that a `use` brings in and no item refers to.
pub(crate) fn unused_use(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(Code("W0810"), format!("nothing refers to `{name}`"))
        .label(span, "brought in by `use`, and unused")
        .help("remove it from the `use`")
}

/// A gate as it is written.
fn gate(stability: Option<&Stability>) -> String {
    match stability {
        None => "not gated".to_string(),
        Some(Stability::Since(version)) => format!("`@since(version = {version})`"),
        Some(Stability::Unstable(feature)) => format!("`@unstable(feature = {})`", written(feature)),
    }
}
