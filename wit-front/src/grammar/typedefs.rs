//! Definitions of types (`WIT.md#items-type`).

use crate::ast::{Docs, Label, RecordField, Ty, TyKind, TypedefItem, TypedefKind, VariantCase};
use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::span::Span;

use super::attributes::{Head, head, reject_all};
use super::foreign::{alias_of_type, begins_alias_of_type, begins_type_first, type_first};
use super::lists::{ListKind, braced_list};
use super::names::id;
use super::resource::resource_item;
use super::types::ty;

/// `typedef-item ::= resource-item | variant-items | record-item | flags-items | enum-items | type-item`
pub(super) fn typedef_item(p: &mut Parser<'_>, head: Head, keyword: TokenKind) -> Option<TypedefItem> {
    let keyword_span = p.bump();
    if keyword == T![type] && begins_alias_of_type(p) {
        let (name, ty) = alias_of_type(p);
        p.semicolon();
        let kind = TypedefKind::Alias(ty);
        return Some(TypedefItem {
            docs: head.docs,
            attributes: head.attributes,
            name: name?,
            kind,
            span: p.span_from(head.start),
        });
    }
    let name = id(p, "a name for the type");
    let is_generic = p.at(T![<]);
    if is_generic {
        p.error(foreign::generic_type(p.span()));
        p.bump();
        p.skip_arguments();
        p.forget_report();
    }
    let reports = p.report_count();
    let kind = match keyword {
        T![record] => TypedefKind::Record(braced_list(p, ListKind::Record, record_field)),
        T![variant] => TypedefKind::Variant(braced_list(p, ListKind::Variant, variant_case)),
        T![enum] => enum_items(p, keyword_span),
        T![flags] => TypedefKind::Flags(braced_list(p, ListKind::Flags, flags_field)),
        T![resource] => resource_item(p),
        _ => TypedefKind::Alias(type_item(p, keyword_span)),
    };
    let is_alias = matches!(kind, TypedefKind::Alias(_));
    let kind = if is_generic {
        TypedefKind::Alias(Ty { kind: TyKind::Error, span: p.behind() })
    } else if p.report_count() > reports {
        without_emptiness(kind, p.behind())
    } else {
        kind
    };
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
fn type_item(p: &mut Parser<'_>, keyword: Span) -> Ty {
    let is_equals = p.at(T![=]);
    if p.at(T!['{']) || is_equals && p.nth(1) == T!['{'] {
        let start = p.behind();
        if is_equals {
            p.bump();
        }
        // The keyword is another one where `typedef` was mended.
        let is_type = p.text_of(keyword) == "type";
        let keyword = if is_type { keyword } else { p.behind() };
        p.error(foreign::record_as_alias(p.span(), keyword, Span::new(start.file, start.start, p.span().start)));
        p.skip_block();
        p.eat(T![;]);
        return Ty { kind: TyKind::Error, span: p.behind() };
    }
    if p.at(T![:]) {
        p.error(errors::wrong_separator(p.span(), ":", "="));
        p.bump();
    } else if !p.expect(T![=]) && (p.begins_line() || p.at(T![;])) {
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
    if begins_type_first(p) {
        let (name, ty) = type_first(p, "field")?;
        return Some(RecordField { docs, name, ty, span: p.span_from(start) });
    }
    if p.kind().is_word() && p.nth(1).is_word() && p.nth(2) == T![:] && !p.ends_line() {
        p.superfluous_word();
    }
    let name = id(p, "a field")?;
    let ty = typed(p, "field");
    if p.at(T![=]) {
        reject_value(p, "fields have no default values");
    }
    Some(RecordField { docs, name, ty, span: p.span_from(start) })
}

/// `':' ty`, where the colon may be missing or another token.
pub(super) fn typed(p: &mut Parser<'_>, what: &str) -> Ty {
    if p.at(T![=]) {
        p.error(errors::wrong_separator(p.span(), "=", ":"));
        p.bump();
    } else if matches!(p.kind(), T![,] | T!['}'] | T![')']) {
        p.error(errors::missing_type(p.behind(), what));
        return Ty { kind: TyKind::Error, span: p.behind() };
    } else if !p.at(T![:]) && p.kind().is_word() && !p.begins_line() {
        p.error(errors::missing_token(p.behind(), ":"));
        p.forget_report();
    } else if !p.expect(T![:]) && p.begins_line() {
        return Ty { kind: TyKind::Error, span: p.behind() };
    }
    ty(p)
}

/// `variant-case ::= id | id '(' ty ')'`
fn variant_case(p: &mut Parser<'_>) -> Option<VariantCase> {
    let (docs, start) = element_docs(p, "a case");
    let name = id(p, "a case")?;
    let mut payload = None;
    if p.at(T![:]) {
        let colon = p.bump();
        let type_span = p.span();
        payload = Some(ty(p));
        p.error_behind(foreign::payload_with_colon(colon, p.span_from(type_span)));
    } else if p.at(T!['{']) && !p.begins_line() {
        p.error(foreign::payload_in_braces(p.span()));
        p.skip_block();
    } else if let Some(open) = p.open(T!['(']) {
        payload = Some(ty(p));
        if p.at(T![,]) {
            let comma = p.span();
            p.skip_to(T![')']);
            let close = p.at(T![')']).then(|| p.bump());
            p.error_behind(foreign::many_payloads(comma, open.span, close));
        } else {
            p.close(T![')'], open);
        }
    } else if p.at(T![=]) {
        reject_value(p, "a variant's cases have no values");
    }
    Some(VariantCase { docs, name, ty: payload, span: p.span_from(start) })
}

/// `enum-items ::= 'enum' id '{' enum-cases '}'`, behind the name
fn enum_items(p: &mut Parser<'_>, keyword: Span) -> TypedefKind {
    let cases = braced_list(p, ListKind::Enum, enum_case);
    if let Some(payload) = cases.iter().find_map(|(_, payload)| *payload) {
        let is_enum = p.text_of(keyword) == "enum";
        p.error_behind(foreign::payload_in_enum(payload, if is_enum { keyword } else { p.behind() }));
    }
    TypedefKind::Enum(cases.into_iter().map(|(case, _)| case).collect())
}

/// `enum-cases ::= id | id ',' enum-cases?`
///
/// What a case carries, which it may not, is given beside it.
fn enum_case(p: &mut Parser<'_>) -> Option<(Label, Option<Span>)> {
    let (docs, _) = element_docs(p, "a case");
    let name = id(p, "a case")?;
    let mut payload = None;
    if p.at(T!['(']) {
        let start = p.span();
        p.skip_to(T![')']);
        p.eat(T![')']);
        payload = Some(p.span_from(start));
    } else {
        reject_value(p, "an enum's cases have no values");
    }
    Some((Label { docs, name }, payload))
}

/// `flags-fields ::= id | id ',' flags-fields?`
fn flags_field(p: &mut Parser<'_>) -> Option<Label> {
    let (docs, _) = element_docs(p, "a flag");
    let name = id(p, "a flag")?;
    reject_value(p, "flags have no values and no types: each is one bit");
    Some(Label { docs, name })
}

/// `= 1` and `: u8` behind a case or a flag.
pub(super) fn reject_value(p: &mut Parser<'_>, why: &str) {
    if matches!(p.kind(), T![=] | T![:]) {
        let (behind, sign) = (p.behind(), p.span());
        let is_end = |kind| matches!(kind, T![,] | T![;] | T!['}'] | T![')']);
        while !p.begins_line() && !is_end(p.kind()) {
            p.bump();
        }
        p.derail(foreign::value(sign, Span::new(behind.file, behind.end, p.behind().end), why));
    }
}
