//! Feature gates and `@external-id` (`WIT.md#feature-gates`, `#item-world`).

use alloc::string::String;
use alloc::vec::Vec;

use crate::ast::{Attribute, Attributes, Docs, Ident, Version};
use crate::errors::attributes::{self as errors, AttributeForm};
use crate::errors::leniency::Leniency;
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
                p.error_before(errors::duplicate_attribute(first, *span, AttributeForm::ExternalId));
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
    p.at(TokenKind::Label)
        && p.nth(1) == T!['(']
        && AttributeForm::named(p.token_text()).is_some()
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
    let attribute = match AttributeForm::named(p.token_text()) {
        Some(form) => arguments(p, form, start),
        None => {
            unknown_attribute(p, start);
            None
        }
    };
    if attribute.is_none() {
        skip_to_closer(p);
    }
    attribute
}

/// Reports and skips a name that is none of an attribute.
fn unknown_attribute(p: &mut Parser<'_>, start: Span) {
    if matches!(p.kind(), TokenKind::Label | TokenKind::BadLabel) || p.kind().is_keyword() {
        p.derail(errors::unknown_attribute(start.to(p.span()), p.token_text()));
        p.bump();
    } else {
        p.unexpected("the name of an attribute");
    }
}

/// An attribute, from its name.
fn arguments(p: &mut Parser<'_>, form: AttributeForm, start: Span) -> Option<Attribute> {
    p.bump();
    Some(match form {
        AttributeForm::Since => Attribute::Since { version: version_field(p, form)?, span: p.span_from(start) },
        AttributeForm::Deprecated => {
            Attribute::Deprecated { version: version_field(p, form)?, span: p.span_from(start) }
        }
        AttributeForm::Unstable => Attribute::Unstable { feature: feature_field(p, form)?, span: p.span_from(start) },
        AttributeForm::ExternalId => Attribute::ExternalId { id: string(p, form)?, span: p.span_from(start) },
    })
}

/// `'(' 'version' '=' <valid semver> ')'`
fn version_field(p: &mut Parser<'_>, form: AttributeForm) -> Option<Version> {
    key(p, form, "version")?;
    let version = names::version(p)?;
    closer(p, form);
    Some(version)
}

/// `'(' 'feature' '=' id ')'`
fn feature_field(p: &mut Parser<'_>, form: AttributeForm) -> Option<Ident> {
    key(p, form, "feature")?;
    let feature = names::id(p, "the name of a feature")?;
    closer(p, form);
    Some(feature)
}

/// `'(' string-literal ')'`
fn string(p: &mut Parser<'_>, form: AttributeForm) -> Option<String> {
    opener(p, form)?;
    let text = p.token_text();
    match p.kind() {
        TokenKind::String | TokenKind::BadString | TokenKind::UnterminatedString => {
            p.bump();
        }
        _ => {
            p.error(errors::bad_attribute(p.span(), form, "a string"));
            return None;
        }
    }
    // A string that has no value has been reported by the lexer.
    let id = strings::value(text).unwrap_or_default();
    closer(p, form);
    Some(id)
}

/// `'('`
fn opener(p: &mut Parser<'_>, form: AttributeForm) -> Option<()> {
    let found = p.eat(T!['(']);
    if !found {
        p.error(errors::bad_attribute(p.previous_end(), form, "`(`"));
    }
    found.then_some(())
}

/// `'('`, the field's name, `'='`
fn key(p: &mut Parser<'_>, form: AttributeForm, field: &str) -> Option<()> {
    opener(p, form)?;
    if p.token_text() != field {
        let is_other_name = p.nth(1) == T![=];
        let is_value = matches!(p.kind(), TokenKind::Version | TokenKind::Label) && p.nth(1) == T![')'];
        p.error(if is_other_name || is_value {
            errors::unnamed_value(p.span(), form, field, is_other_name)
        } else {
            errors::bad_attribute(p.span(), form, &alloc::format!("`{field}`"))
        });
        return None;
    }
    p.bump();
    let found = p.eat(T![=]);
    if !found {
        p.error(errors::bad_attribute(p.span(), form, "`=`"));
    }
    found.then_some(())
}

/// `')'`
fn closer(p: &mut Parser<'_>, form: AttributeForm) {
    if !p.eat(T![')']) {
        let place = if p.begins_line() { p.previous_end() } else { p.span() };
        p.error(errors::bad_attribute(place, form, "`)`"));
        skip_to_closer(p);
    }
}

/// Skips the rest of an attribute: up to and with its `)`, at most to the end of the line.
fn skip_to_closer(p: &mut Parser<'_>) {
    while !p.begins_line() && !at_item_start(p) && !p.eat(T![')']) {
        p.bump();
    }
}
