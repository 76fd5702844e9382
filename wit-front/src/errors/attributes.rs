//! `E0210` to `E0213` and `E0218`: mistakes in attributes.

use alloc::format;

use super::syntax::{E0210, E0211, E0212, E0213, E0218};
use crate::diagnostic::Diagnostic;
use crate::similar;
use crate::span::Span;

/// The attributes of WIT, each with a form of its own.
#[derive(Clone, Copy)]
pub(crate) enum AttributeForm {
    Since,
    Unstable,
    Deprecated,
    ExternalId,
}

impl AttributeForm {
    const ALL: [AttributeForm; 4] =
        [AttributeForm::Since, AttributeForm::Unstable, AttributeForm::Deprecated, AttributeForm::ExternalId];

    /// The attribute of this name.
    pub(crate) fn named(name: &str) -> Option<AttributeForm> {
        AttributeForm::ALL.into_iter().find(|form| form.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            AttributeForm::Since => "since",
            AttributeForm::Unstable => "unstable",
            AttributeForm::Deprecated => "deprecated",
            AttributeForm::ExternalId => "external-id",
        }
    }

    const fn example(self) -> &'static str {
        match self {
            AttributeForm::Since => "@since(version = 1.0.0)",
            AttributeForm::Unstable => "@unstable(feature = name)",
            AttributeForm::Deprecated => "@deprecated(version = 1.0.0)",
            AttributeForm::ExternalId => "@external-id(\"…\")",
        }
    }
}

/// E0210: an attribute that does not exist.
pub(crate) fn unknown_attribute(span: Span, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0210, format!("unknown attribute `@{name}`"));
    match similar::closest(name, AttributeForm::ALL.map(AttributeForm::name)) {
        Some(meant) => diagnostic.label(span, format!("did you mean `@{meant}`?")).suggest(span, format!("@{meant}")),
        None => diagnostic
            .label(span, "no attribute has this name")
            .note("attributes are `@since`, `@unstable`, `@deprecated` and `@external-id`"),
    }
}

/// E0210: an attribute without its `@`.
pub(crate) fn unmarked_attribute(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0210, "attributes begin with `@`")
        .label(span, format!("write `@{name}`"))
        .suggest(span, format!("@{name}"))
}

/// E0211: an attribute on something that cannot have it.
pub(crate) fn misplaced_attribute(span: Span, text: &str, what: &str) -> Diagnostic {
    let name = text.split('(').next().unwrap_or(text).trim_end();
    Diagnostic::error(E0211, format!("{what} cannot have `{name}`")).label(span, "not allowed here").help("remove it")
}

/// E0212: an attribute given twice.
pub(crate) fn duplicate_attribute(first: Span, second: Span, form: AttributeForm) -> Diagnostic {
    Diagnostic::error(E0212, format!("`@{}` is given twice", form.name()))
        .label(second, "second time")
        .label(first, "first time")
        .help("remove one of them")
}

/// E0213: an attribute with wrong arguments.
pub(crate) fn bad_attribute(span: Span, form: AttributeForm, expected: &str) -> Diagnostic {
    Diagnostic::error(E0213, format!("`@{}` is incomplete", form.name()))
        .label(span, format!("expected {expected}"))
        .help(format!("write `{}`", form.example()))
}

/// E0213: an attribute's value without its name, or with another.
pub(crate) fn unnamed_value(span: Span, form: AttributeForm, field: &str, is_other_name: bool) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0213, format!("the value of `@{}` is called `{field}`", form.name()))
        .label(span, format!("expected `{field}`"))
        .help(format!("write `{}`", form.example()));
    if is_other_name {
        diagnostic.suggest(span, field)
    } else {
        diagnostic.suggest(Span::new(span.file, span.start, span.start), format!("{field} = "))
    }
}

/// E0218: `f: func() @since(version = 1.0.0);`
pub(crate) fn attribute_after_item(at: Span) -> Diagnostic {
    Diagnostic::error(E0218, "an attribute must be before its item")
        .label(at, "expected `;`")
        .help("move it to the beginning of the item")
}

/// E0218: an attribute without an item.
pub(crate) fn attribute_without_item(span: Span) -> Diagnostic {
    Diagnostic::error(E0218, "an attribute must be before an item")
        .label(span, "no item follows")
        .help("remove it, or move it before the item it is for")
}
