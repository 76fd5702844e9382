//! Definitions of types (`WIT.md#items-type`).

use crate::ast::{Docs, Label, RecordField, Ty, TyKind, TypedefItem, TypedefKind, VariantCase};
use crate::errors::syntax as errors;
use crate::lexer::TokenKind;
use crate::parser::Parser;
use crate::span::Span;

use super::attributes::{Head, head, reject_all};
use super::lists::{ListKind, braced_list};
use super::names::id;
use super::resource::resource_item;
use super::types::ty;

/// `typedef-item ::= resource-item | variant-items | record-item | flags-items | enum-items | type-item`
pub(super) fn typedef_item(p: &mut Parser<'_>, head: Head, keyword: TokenKind) -> Option<TypedefItem> {
    p.bump();
    let name = id(p, "a name for the type");
    let reports = p.report_count();
    let kind = match keyword {
        TokenKind::Record => TypedefKind::Record(braced_list(p, ListKind::Record, record_field)),
        TokenKind::Variant => TypedefKind::Variant(braced_list(p, ListKind::Variant, variant_case)),
        TokenKind::Enum => TypedefKind::Enum(braced_list(p, ListKind::Enum, enum_case)),
        TokenKind::Flags => TypedefKind::Flags(braced_list(p, ListKind::Flags, flags_field)),
        TokenKind::Resource => resource_item(p),
        _ => TypedefKind::Alias(type_item(p)),
    };
    let is_alias = matches!(kind, TypedefKind::Alias(_));
    let kind = if p.report_count() > reports { without_emptiness(kind, p.behind()) } else { kind };
    if !is_alias {
        p.no_semicolon();
    }
    Some(TypedefItem { docs: head.docs, attributes: head.attributes, name: name?, kind, span: p.span_from(head.start) })
}

/// A list that is empty only for the mistakes in it is no empty list.
fn without_emptiness(kind: TypedefKind, span: Span) -> TypedefKind {
    let is_empty = match &kind {
        TypedefKind::Record(fields) => fields.is_empty(),
        TypedefKind::Variant(cases) => cases.is_empty(),
        TypedefKind::Enum(labels) | TypedefKind::Flags(labels) => labels.is_empty(),
        TypedefKind::Alias(_) | TypedefKind::Resource(_) => false,
    };
    if is_empty { TypedefKind::Alias(Ty { kind: TyKind::Error, span }) } else { kind }
}

/// `type-item ::= 'type' id '=' ty ';'`, from the `=`
fn type_item(p: &mut Parser<'_>) -> Ty {
    if p.at(TokenKind::Colon) {
        p.error(errors::wrong_separator(p.span(), ":", "="));
        p.bump();
    } else if !p.expect(TokenKind::Equals) && (p.begins_line() || p.at(TokenKind::Semicolon)) {
        let span = p.behind();
        p.semicolon();
        return Ty { kind: TyKind::Error, span };
    }
    let aliased = ty(p);
    p.semicolon();
    aliased
}

/// The documentation of an element. Attributes are reported: elements cannot be gated.
fn element_docs(p: &mut Parser<'_>, what: &str) -> (Docs, Span) {
    let head = head(p);
    reject_all(p, &head.attributes, what);
    (head.docs, p.span())
}

/// `record-field ::= id ':' ty`
fn record_field(p: &mut Parser<'_>) -> Option<RecordField> {
    let (docs, start) = element_docs(p, "a field");
    let name = id(p, "a field")?;
    let ty = typed(p, "field");
    Some(RecordField { docs, name, ty, span: p.span_from(start) })
}

/// `':' ty`, where the colon may be missing or another token.
pub(super) fn typed(p: &mut Parser<'_>, what: &str) -> Ty {
    if p.at(TokenKind::Equals) {
        p.error(errors::wrong_separator(p.span(), "=", ":"));
        p.bump();
    } else if matches!(p.kind(), TokenKind::Comma | TokenKind::CloseBrace | TokenKind::CloseParen) {
        p.error(errors::missing_type(p.behind(), what));
        return Ty { kind: TyKind::Error, span: p.behind() };
    } else if !p.expect(TokenKind::Colon) && p.begins_line() {
        return Ty { kind: TyKind::Error, span: p.behind() };
    }
    ty(p)
}

/// `variant-case ::= id | id '(' ty ')'`
fn variant_case(p: &mut Parser<'_>) -> Option<VariantCase> {
    let (docs, start) = element_docs(p, "a case");
    let name = id(p, "a case")?;
    let mut payload = None;
    if p.at(TokenKind::Colon) {
        p.error(errors::payload_with_colon(p.span()));
        p.bump();
        payload = Some(ty(p));
    } else if let Some(open) = p.open(TokenKind::OpenParen) {
        payload = Some(ty(p));
        if p.at(TokenKind::Comma) {
            p.error(errors::many_payloads(p.span()));
            p.skip_to(TokenKind::CloseParen);
            p.eat(TokenKind::CloseParen);
        } else {
            p.close(TokenKind::CloseParen, open);
        }
    } else if p.at(TokenKind::Equals) {
        reject_value(p, "a variant's cases have no values");
    }
    Some(VariantCase { docs, name, ty: payload, span: p.span_from(start) })
}

/// `enum-cases ::= id | id ',' enum-cases?`
fn enum_case(p: &mut Parser<'_>) -> Option<Label> {
    let (docs, _) = element_docs(p, "a case");
    let name = id(p, "a case")?;
    if p.at(TokenKind::OpenParen) {
        p.error(errors::payload_in_enum(p.span()));
        p.skip_to(TokenKind::CloseParen);
        p.eat(TokenKind::CloseParen);
    } else {
        reject_value(p, "an enum's cases have no values");
    }
    Some(Label { docs, name })
}

/// `flags-fields ::= id | id ',' flags-fields?`
fn flags_field(p: &mut Parser<'_>) -> Option<Label> {
    let (docs, _) = element_docs(p, "a flag");
    let name = id(p, "a flag")?;
    reject_value(p, "flags have no values and no types: each is one bit");
    Some(Label { docs, name })
}

/// `= 1` and `: u8` behind a case or a flag.
fn reject_value(p: &mut Parser<'_>, why: &str) {
    if matches!(p.kind(), TokenKind::Equals | TokenKind::Colon) {
        p.error(errors::value_of_case(p.span(), why));
        while !p.begins_line() && !matches!(p.kind(), TokenKind::Comma | TokenKind::CloseBrace) {
            p.bump();
        }
    }
}
