//! Feature gates and `@external-id` (`WIT.md#feature-gates`, `#item-world`).

use alloc::vec::Vec;

use crate::ast::{Attribute, Attributes, Docs};
use crate::errors::leniency::Leniency;
use crate::errors::syntax as errors;
use crate::lexer::{T, TokenKind, strings};
use crate::parser::Parser;
use crate::span::Span;

use super::names;
use super::skip::at_item_start;

/// Everything before an item's keyword or name.
pub(super) struct Head {
    pub(super) docs: Docs,
    pub(super) attributes: Attributes,
    /// The first token of the attributes, or of the item.
    pub(super) start: Span,
}

/// Documentation, gates and `external-id`.
pub(super) fn head(p: &mut Parser<'_>) -> Head {
    let docs = p.docs();
    let start = p.span();
    let mut list: Vec<Attribute> = Vec::new();
    let mut first_id: Option<Span> = None;
    while p.at(T![@]) || lacks_at(p) {
        let Some(attribute) = attribute(p) else { continue };
        if let Attribute::ExternalId { span, .. } = &attribute {
            if let Some(first) = first_id {
                p.error_before(errors::duplicate_attribute(first, *span, "external-id"));
                continue;
            }
            first_id = Some(*span);
        } else if first_id.is_some() {
            p.lenient(attribute.span(), Leniency::GateAfterExternalId);
        }
        if list.is_empty() {
            // Most items that have attributes have one, and attributes are large.
            list.reserve_exact(1);
        }
        list.push(attribute);
    }
    if !list.is_empty() && matches!(p.kind(), T!['}'] | TokenKind::Eof) {
        p.error(errors::attribute_without_item(p.span_from(start)));
    }
    Head { docs, attributes: Attributes { list }, start }
}

/// Reports every attribute; `what` cannot have any.
pub(super) fn reject_all(p: &mut Parser<'_>, attributes: &Attributes, what: &str) {
    for attribute in &attributes.list {
        let span = attribute.span();
        p.error_before(errors::misplaced_attribute(span, p.text_of(span), what));
    }
}

/// Reports an `@external-id`; `what` cannot have one.
pub(super) fn reject_external_id(p: &mut Parser<'_>, attributes: &mut Attributes, what: &str) {
    if let Some(span) = external_id(&attributes.list) {
        p.error_before(errors::misplaced_attribute(span, "@external-id", what));
        attributes.list.retain(|attribute| !matches!(attribute, Attribute::ExternalId { .. }));
    }
}

/// The place of an `@external-id`.
pub(super) fn external_id(list: &[Attribute]) -> Option<Span> {
    list.iter().find_map(|attribute| match attribute {
        Attribute::ExternalId { span, .. } => Some(*span),
        Attribute::Since { .. } | Attribute::Unstable { .. } | Attribute::Deprecated { .. } => None,
    })
}

/// Whether an attribute is here, after its `@`, and not a case like `deprecated(u8)`.
fn at_known_attribute(p: &Parser<'_>) -> bool {
    let is_name = p.at(TokenKind::Label) && p.nth(1) == T!['('];
    is_name
        && matches!(p.token_text(), "since" | "unstable" | "deprecated" | "external-id")
        && match p.nth(2) {
            TokenKind::Label => p.nth(3) == T![=],
            kind => matches!(kind, TokenKind::String | TokenKind::Version | TokenKind::Integer),
        }
}

/// Whether an attribute begins here without its `@`.
fn lacks_at(p: &mut Parser<'_>) -> bool {
    let lacks = at_known_attribute(p);
    if lacks {
        p.error(errors::unmarked_attribute(p.span(), p.token_text()));
    }
    lacks
}

/// `unstable-gate | since-gate | deprecated-gate | external-id`
fn attribute(p: &mut Parser<'_>) -> Option<Attribute> {
    let start = p.span();
    let is_marked = p.eat(T![@]);
    if is_marked && p.begins_line() && !at_known_attribute(p) {
        p.unexpected("the name of an attribute");
        return None;
    }
    let name_span = p.span();
    let attribute = match p.token_text() {
        "since" => version_field(p, "since").map(|version| Attribute::Since { version, span: p.span_from(start) }),
        "deprecated" => {
            version_field(p, "deprecated").map(|version| Attribute::Deprecated { version, span: p.span_from(start) })
        }
        "unstable" => feature_field(p).map(|feature| Attribute::Unstable { feature, span: p.span_from(start) }),
        "external-id" => string_field(p).map(|id| Attribute::ExternalId { id, span: p.span_from(start) }),
        name => {
            if matches!(p.kind(), TokenKind::Label | TokenKind::BadLabel) || p.kind().is_keyword() {
                p.derail(errors::unknown_attribute(start.to(name_span), name));
                p.bump();
            } else {
                p.unexpected("the name of an attribute");
            }
            skip_to_closer(p);
            return None;
        }
    };
    if attribute.is_none() {
        skip_to_closer(p);
    }
    attribute
}

/// `'(' 'version' '=' <valid semver> ')'`
fn version_field(p: &mut Parser<'_>, attribute: &str) -> Option<crate::ast::Version> {
    key(p, attribute, "version")?;
    let version = names::version(p)?;
    closer(p, attribute, "version").then_some(version)
}

/// `'(' 'feature' '=' id ')'`
fn feature_field(p: &mut Parser<'_>) -> Option<crate::ast::Ident> {
    key(p, "unstable", "feature")?;
    let feature = names::id(p, "the name of a feature")?;
    closer(p, "unstable", "feature").then_some(feature)
}

/// `'(' string-literal ')'`
fn string_field(p: &mut Parser<'_>) -> Option<alloc::string::String> {
    p.bump();
    if !p.at(T!['(']) {
        p.error(errors::bad_attribute(p.previous_end(), "external-id", "(\"…\")", "`(`"));
        return None;
    }
    p.bump();
    let text = p.token_text();
    match p.kind() {
        TokenKind::String | TokenKind::BadString | TokenKind::UnterminatedString => {
            p.bump();
        }
        _ => {
            p.error(errors::bad_attribute(p.span(), "external-id", "(\"…\")", "a string"));
            return None;
        }
    }
    // A string that has no value has been reported by the lexer.
    let id = strings::value(text).unwrap_or_default();
    closer(p, "external-id", "\"…\"").then_some(id)
}

/// The attribute's name, `(`, the field's name, `=`.
fn key(p: &mut Parser<'_>, attribute: &str, field: &str) -> Option<()> {
    p.bump();
    let shape = errors::attribute_shape(field);
    if !p.at(T!['(']) {
        p.error(errors::bad_attribute(p.previous_end(), attribute, shape, "`(`"));
        return None;
    }
    p.bump();
    if p.token_text() != field {
        let is_other_name = p.nth(1) == T![=];
        let is_value = matches!(p.kind(), TokenKind::Version | TokenKind::Label) && p.nth(1) == T![')'];
        p.error(if is_other_name || is_value {
            errors::unnamed_value(p.span(), attribute, field, is_other_name)
        } else {
            errors::bad_attribute(p.span(), attribute, shape, &alloc::format!("`{field}`"))
        });
        return None;
    }
    p.bump();
    if !p.at(T![=]) {
        p.error(errors::bad_attribute(p.span(), attribute, shape, "`=`"));
        return None;
    }
    p.bump();
    Some(())
}

fn closer(p: &mut Parser<'_>, attribute: &str, field: &str) -> bool {
    if p.eat(T![')']) {
        return true;
    }
    let place = if p.begins_line() { p.previous_end() } else { p.span() };
    p.error(errors::bad_attribute(place, attribute, errors::attribute_shape(field), "`)`"));
    skip_to_closer(p);
    true
}

/// Skips the rest of an attribute: up to and with its `)`, at most to the end of the line.
fn skip_to_closer(p: &mut Parser<'_>) {
    while !p.begins_line() && !at_item_start(p) && !p.eat(T![')']) {
        p.bump();
    }
}
