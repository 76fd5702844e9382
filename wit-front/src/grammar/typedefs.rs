//! Definitions of types (`WIT.md#items-type`).

use core::ops::ControlFlow;

use crate::ast::{Docs, Label, RecordField, Ty, TyKind, TypedefItem, TypedefKind, VariantCase};
use crate::errors::foreign as errors;
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::span::Span;

use super::attributes::{Head, head, reject_all};
use super::fields::{Typed, named_type};
use super::foreign;
use super::lists::{ListKind, braced_list, no_semicolon, semicolon};
use super::names::id;
use super::resource::resource_item;
use super::types::ty;

/// `typedef-item ::= resource-item | variant-items | record-item | flags-items | enum-items | type-item`
pub(super) fn typedef_item(p: &mut Parser<'_>, head: Head, keyword: TokenKind) -> Option<TypedefItem> {
    let keyword_span = p.bump();
    let (name, kind) = if keyword == T![type] && foreign::field::begins_alias_of_type(p) {
        let (name, ty) = foreign::field::alias_of_type(p)?;
        semicolon(p);
        (Some(name), TypedefKind::Alias(ty))
    } else {
        let name = id(p, "a name for the type");
        p.resource = if keyword == T![resource] { name.clone() } else { None };
        let kind = definition(p, keyword, keyword_span);
        p.resource = None;
        (name, kind)
    };
    Some(TypedefItem { docs: head.docs, attributes: head.attributes, name: name?, kind, span: p.span_from(head.start) })
}

/// A definition, from the token after its name.
fn definition(p: &mut Parser<'_>, keyword: TokenKind, keyword_span: Span) -> TypedefKind {
    let is_generic = p.at(T![<]);
    if is_generic {
        foreign::field::type_parameters(p);
    }
    let reports = p.report_count();
    let kind = match keyword {
        T![record] => TypedefKind::Record(braced_list(p, ListKind::Record, record_field)),
        T![variant] if p.text_of(keyword_span) == "union" => {
            TypedefKind::Variant(braced_list(p, ListKind::Variant, union_case))
        }
        T![variant] => TypedefKind::Variant(braced_list(p, ListKind::Variant, variant_case)),
        T![enum] => enum_items(p, keyword_span),
        T![flags] => TypedefKind::Flags(braced_list(p, ListKind::Flags, flags_field)),
        T![resource] => resource_item(p),
        _ => TypedefKind::Alias(type_item(p, keyword_span)),
    };
    let end = p.previous_end();
    let has_reports = p.report_count() > reports;
    if keyword != T![type] {
        no_semicolon(p);
    }
    if is_generic {
        TypedefKind::Alias(Ty { kind: TyKind::Error, span: end })
    } else if has_reports {
        without_emptiness(kind, end)
    } else {
        kind
    }
}

/// The error type for a list that is empty only because of mistakes: it must not be reported as empty.
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
fn type_item(p: &mut Parser<'_>, keyword: Span) -> Ty {
    let is_plain = p.at(T![=]) && p.nth(1) != T!['{'];
    if is_plain {
        p.bump();
    } else if let ControlFlow::Break(ty) = foreign::field::equals_of_alias(p, keyword) {
        return ty;
    }
    let aliased = ty(p);
    semicolon(p);
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
    let (name, ty) = named_type(p, Typed::Field)?;
    Some(RecordField { docs, name, ty, span: p.span_from(start) })
}

/// `variant-case ::= id | id '(' ty ')'`
fn variant_case(p: &mut Parser<'_>) -> Option<VariantCase> {
    let (docs, start) = element_docs(p, "a case");
    if let Some(name) = foreign::field::type_before_case(p) {
        let ty = Some(Ty { kind: TyKind::Error, span: name.span });
        return Some(VariantCase { docs, name, ty, span: p.span_from(start) });
    }
    if foreign::field::unnamed_case(p, false) {
        return None;
    }
    let name = id(p, "a case")?;
    let payload = match p.open(T!['(']) {
        Some(open) => {
            if foreign::field::skip_empty_payload(p, open) {
                return Some(VariantCase { docs, name, ty: None, span: p.span_from(start) });
            }
            foreign::field::skip_payload_name(p);
            let payload = ty(p);
            if p.at(T![,]) {
                foreign::field::more_payloads(p, open);
            } else {
                p.close(T![')'], open);
            }
            Some(payload)
        }
        None => foreign::field::payload(p),
    };
    Some(VariantCase { docs, name, ty: payload, span: p.span_from(start) })
}

/// A case of a `union`, which may be the name of a type.
fn union_case(p: &mut Parser<'_>) -> Option<VariantCase> {
    if foreign::field::unnamed_case(p, true) { None } else { variant_case(p) }
}

/// `enum-items ::= 'enum' id '{' enum-cases '}'`, after the name
fn enum_items(p: &mut Parser<'_>, keyword: Span) -> TypedefKind {
    let cases = braced_list(p, ListKind::Enum, enum_case);
    if let Some(payload) = cases.iter().find_map(|(_, payload)| *payload) {
        let is_enum = p.text_of(keyword) == "enum";
        p.error_before(errors::payload_in_enum(payload, if is_enum { keyword } else { p.previous_end() }));
    }
    TypedefKind::Enum(cases.into_iter().map(|(case, _)| case).collect())
}

/// `enum-cases ::= id | id ',' enum-cases?`; beside the case, the place of a payload, which it cannot have.
fn enum_case(p: &mut Parser<'_>) -> Option<(Label, Option<Span>)> {
    let (docs, _) = element_docs(p, "a case");
    let name = id(p, "a case")?;
    let payload = foreign::field::payload_in_enum(p);
    Some((Label { docs, name }, payload))
}

/// `flags-fields ::= id | id ',' flags-fields?`
fn flags_field(p: &mut Parser<'_>) -> Option<Label> {
    let (docs, _) = element_docs(p, "a flag");
    let name = id(p, "a flag")?;
    foreign::field::reject_value(p, "flags have no values and no types: each is one bit");
    Some(Label { docs, name })
}
