//! Fields and parameters in the forms of other languages: `u32 name`, `repeated string names = 1;`, values, no types.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::ControlFlow;

use crate::ast::{FuncKind, FuncType, Ident, Ty, TyKind};
use crate::errors::place::Place;
use crate::errors::{foreign, syntax as errors};
use crate::foreign_types;
use crate::grammar::fields::Typed;
use crate::grammar::first::{BLOCK_TYPES, at_named, begins_type, is_name_of_type, is_primitive, is_type_keyword};
use crate::grammar::lists::semicolon;
use crate::grammar::names::id;
use crate::grammar::skip::{recover, skip_arguments, skip_block, skip_to};
use crate::grammar::types::ty;
use crate::lexer::{T, TokenKind, words};
use crate::parser::{Open, Parser};
use crate::span::Span;

use super::function::NAME;
use super::keyword::{meant_keyword, superfluous_word};
use super::receiver::implicit_self;

/// A field or parameter whose first token has no `:` after it. `Break` gives the element for the tree, if
/// any; on `Continue` the plain form follows.
pub(in crate::grammar) fn named_type(p: &mut Parser<'_>, what: Typed) -> ControlFlow<Option<(Ident, Ty)>> {
    if what == Typed::Parameter && (implicit_self(p) || unnamed_parameter(p)) {
        return ControlFlow::Break(None);
    }
    if begins_type_first(p) {
        return ControlFlow::Break(type_first(p, what));
    }
    if p.kind().is_word() && p.nth(1).is_word() && p.nth(2) == T![:] && !p.ends_line() {
        superfluous_word(p);
    }
    ControlFlow::Continue(())
}

/// Reports and skips a type in place of a parameter.
fn unnamed_parameter(p: &mut Parser<'_>) -> bool {
    let follower = p.nth(1);
    let is_alone = matches!(follower, T![,] | T![')'] | T![<]) && begins_type(p);
    let is_type = is_alone && (p.kind().is_keyword() || follower == T![<] || p.at(TokenKind::Label));
    if is_type {
        let is_name = is_name_of_type(p);
        let span = ty(p).span;
        let text = p.text_of(span);
        let written = if is_name { words::meant(text) } else { text.into() };
        p.error_before(errors::unnamed_parameter(span, &written));
    }
    is_type
}

/// Reports the token in place of the `:` after a name. Returns whether a type follows.
pub(in crate::grammar) fn lacks_only_colon(p: &mut Parser<'_>, what: Typed) -> bool {
    match p.kind() {
        T![=] => {
            p.replace(":");
            true
        }
        T![,] | T!['}'] | T![')'] => {
            p.error(errors::missing_type(p.previous_end(), what.noun()));
            false
        }
        kind if kind.is_word() && !p.begins_line() => {
            p.error(errors::missing_token(p.previous_end(), T![:]));
            p.forget_report();
            true
        }
        _ => {
            p.expect(T![:]);
            !p.begins_line()
        }
    }
}

/// Whether this is the name of a type in another language.
pub(super) fn is_foreign_type(text: &str) -> bool {
    foreign_types::wit_type(text).is_some() || matches!(text, "void" | "unsigned" | "auto")
}

/// Whether a type and then a name are here, where a name and then a type should be.
fn begins_type_first(p: &Parser<'_>) -> bool {
    let text = p.token_text();
    let next = p.nth(1);
    if matches!(text, "repeated" | "optional" | "required") && next.is_word() && p.nth(2).is_word() {
        return true;
    }
    if matches!(text, "map" | "list" | "option") && next == T![<] {
        return true;
    }
    let is_value = p.nth(2) == T![=] && p.nth(3) == TokenKind::Integer;
    let is_type = is_primitive(p.kind()) || is_foreign_type(text);
    let ends = matches!(p.nth(2), T![;] | T![,] | T![')'] | T!['}'] | T![=]) || is_type && p.nth_ends_line(1);
    p.kind().is_word() && next.is_word() && !p.ends_line() && ends && (is_type && !is_primitive(next) || is_value)
}

/// A type and then a name, which have been consumed.
struct TypeFirst {
    /// Both, and a value after them.
    whole: Span,
    /// The type as WIT writes it.
    written: String,
    ty: Span,
    name: Ident,
}

/// Consumes a type and then a name, with a value after it. `None` if no name follows the type.
fn read_type_first(p: &mut Parser<'_>, what: &str) -> Option<TypeFirst> {
    let start = p.span();
    let ty = if p.kind().is_keyword() { ty(p).span } else { p.bump() };
    if !p.kind().is_word() {
        p.unexpected(what);
        return None;
    }
    let meant = words::meant(p.token_text());
    let (escaped, name) = meant.strip_prefix('%').map_or((false, &*meant), |name| (true, name));
    let name = Ident { name: name.into(), escaped, span: p.bump() };
    if p.eat(T![=]) && !matches!(p.kind(), T![,] | T![;] | T!['}'] | T![')']) {
        p.bump();
    }
    Some(TypeFirst { whole: p.span_from(start), written: wit_type(p.text_of(ty)), ty, name })
}

/// A type and then a name, with a value after it and the `;` of other languages.
fn type_first(p: &mut Parser<'_>, what: Typed) -> Option<(Ident, Ty)> {
    let start = p.span();
    let reports = p.report_count();
    let constructor = match p.token_text() {
        "repeated" => Some("list"),
        "optional" => Some("option"),
        "required" => Some(""),
        _ => None,
    };
    if constructor.is_some() {
        p.bump();
    }
    let TypeFirst { written, ty, name, .. } = read_type_first(p, what.noun())?;
    let written = match constructor {
        None | Some("") => written,
        Some(constructor) => format!("{constructor}<{written}>"),
    };
    let written = format!("{}: {written}", name.written());
    if p.report_count() == reports {
        let is_semicolon = p.at(T![;]) && what == Typed::Field;
        let replaced = if is_semicolon { start.to(p.span()) } else { p.span_from(start) };
        let replacement = format!("{written}{}", if is_semicolon { "," } else { "" });
        let span = start.to(name.span);
        p.derail(foreign::type_before_name(span, what.with_article(), &written, replaced, replacement));
    }
    Some((name, Ty { kind: TyKind::Error, span: ty }))
}

/// A type in WIT.
fn wit_type(text: &str) -> String {
    let ends = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '%');
    text.split_inclusive(ends)
        .map(|part| {
            let (word, end) = part.split_at(part.find(ends).unwrap_or(part.len()));
            if word.is_empty() { part.into() } else { name_of_type(word) + end }
        })
        .collect()
}

/// The name of a type in WIT.
fn name_of_type(text: &str) -> String {
    match foreign_types::wit_type(text) {
        Some(known) => known.to_string(),
        None => match words::to_label(text) {
            Some(label) if words::keyword(&label).is_some_and(is_type_keyword) => label,
            Some(_) | None => words::meant(text).into_owned(),
        },
    }
}

/// Reports and consumes a field among the members of an interface or a resource. Returns a function that provides it.
pub(in crate::grammar) fn field_of_block(p: &mut Parser<'_>, place: Place) -> Option<(Option<Ident>, FuncType)> {
    let next = p.nth(3);
    let is_alone = matches!(next, T![,] | T![;] | T!['}'] | T![<]);
    let is_type = is_type_keyword(p.nth(2)) && next != T!['(']
        || is_alone && matches!(p.nth(2), TokenKind::Label | TokenKind::BadLabel | TokenKind::EscapedLabel);
    if !is_type || !at_named(p) || p.at(T![constructor]) {
        return None;
    }
    let whole = p.span();
    let name = id(p, NAME);
    p.bump();
    let start = p.span();
    let result = ty(p);
    let span = p.span_from(start);
    let comma = p.at(T![,]).then(|| p.span());
    let written = name.as_ref().map(Ident::written).unwrap_or_default();
    let text = foreign_types::wit_type(p.text_of(span)).unwrap_or(p.text_of(span));
    p.error_before(foreign::field_of_block(place, whole.to(span), &written, span, text, comma));
    if !p.eat(T![,]) {
        p.eat_separator(T![;]);
    }
    let func = FuncType { kind: FuncKind::Func, async_: None, params: Vec::new(), result: Some(result), span };
    Some((name, func))
}

/// Reports and consumes `string a` as a case of a variant. Returns its name.
pub(in crate::grammar) fn type_before_case(p: &mut Parser<'_>) -> Option<Ident> {
    let is_type = is_primitive(p.kind()) || is_foreign_type(p.token_text());
    let is_value = p.nth(2) == T![=] && p.nth(3) == TokenKind::Integer;
    if !is_type || !p.nth(1).is_word() || !matches!(p.nth(2), T![;] | T![,] | T!['}']) && !is_value {
        return None;
    }
    let TypeFirst { whole, written, name, .. } = read_type_first(p, "a case")?;
    let written = format!("{}({written})", name.written());
    p.error_before(foreign::type_before_name(whole, "a case", &written, whole, written.clone()));
    Some(name)
}

/// Reports and skips a case that is only a type. Returns whether it was here. A name alone is one in a `union`; in a variant,
/// `result` is rather the name of the case.
pub(in crate::grammar) fn unnamed_case(p: &mut Parser<'_>, in_union: bool) -> bool {
    let (kind, next) = (p.kind(), p.nth(1));
    let is_type = match next {
        T![<] => is_type_keyword(kind) || foreign_types::wit_type(p.token_text()).is_some(),
        T![,] | T!['}'] => is_primitive(kind) || in_union && begins_type(p),
        _ => false,
    };
    if is_type {
        let span = ty(p).span;
        p.error_before(foreign::unnamed_case(span, p.text_of(span)));
    }
    is_type
}

/// Whether `u32 id;` is here, as in `typedef u32 id;` and `type u32 id;`.
pub(in crate::grammar) fn begins_alias_of_type(p: &Parser<'_>) -> bool {
    let is_type = is_primitive(p.kind()) || is_foreign_type(p.token_text());
    is_type && p.nth(1).is_word() && p.nth(2) == T![;]
}

/// `u32 id`, as C writes aliases.
pub(in crate::grammar) fn alias_of_type(p: &mut Parser<'_>) -> Option<(Ident, Ty)> {
    let TypeFirst { whole, written, ty, name } = read_type_first(p, "a name for the type")?;
    let written = format!("{} = {written}", name.written());
    p.error_before(foreign::type_before_name(whole, "an alias", &format!("type {written}"), whole, written));
    Some((name, Ty { kind: TyKind::Error, span: ty }))
}

/// Reports and skips `<T>` after the name of a type.
pub(in crate::grammar) fn type_parameters(p: &mut Parser<'_>) {
    p.reject(1, foreign::generic_definition(p.span(), "a type definition"));
    skip_arguments(p);
}

/// Reports the token in place of the `=` of an alias. `Break` gives the type for the tree, if none follows.
pub(in crate::grammar) fn equals_of_alias(p: &mut Parser<'_>, keyword: Span) -> ControlFlow<Ty> {
    let is_equals = p.at(T![=]);
    if p.at(T!['{']) || is_equals && p.nth(1) == T!['{'] {
        let start = p.previous_end();
        if is_equals {
            p.bump();
        }
        // The keyword is another one where `typedef` was mended.
        let keyword = if p.text_of(keyword) == "type" { keyword } else { p.previous_end() };
        p.error(foreign::record_as_alias(p.span(), keyword, Span::new(start.file, start.start, p.span().start)));
        skip_block(p);
        p.eat(T![;]);
        return ControlFlow::Break(Ty { kind: TyKind::Error, span: p.previous_end() });
    }
    let follows_keyword = p.nth(1) == T!['{'] && !p.begins_line();
    let meant = BLOCK_TYPES.into_iter().chain([T![interface]]);
    if follows_keyword && let Some(meant) = meant_keyword(p.token_text(), meant) {
        p.error(foreign::keyword_after_name(keyword, p.span(), meant.text().unwrap_or_default()));
        recover(p);
        return ControlFlow::Break(Ty { kind: TyKind::Error, span: p.previous_end() });
    }
    if p.at(T![:]) {
        p.replace("=");
    } else if begins_type(p) && !p.begins_line() && matches!(p.nth(1), T![;] | T![<]) {
        p.error(errors::missing_token(p.previous_end(), T![=]));
    } else if !p.expect(T![=]) && (p.begins_line() || p.at(T![;])) {
        let span = p.previous_end();
        semicolon(p);
        return ControlFlow::Break(Ty { kind: TyKind::Error, span });
    }
    ControlFlow::Continue(())
}

/// Reports a payload without parentheses, or a value, after a variant's case. Returns the payload's type, if any.
pub(in crate::grammar) fn payload(p: &mut Parser<'_>) -> Option<Ty> {
    match p.kind() {
        T![:] => {
            let colon = p.bump();
            let start = p.span();
            let payload = ty(p);
            p.error_before(foreign::payload_with_colon(colon, p.span_from(start)));
            Some(payload)
        }
        kind if is_type_keyword(kind) && !p.begins_line() => {
            let (before, start) = (p.previous_end(), p.span());
            let payload = ty(p);
            let span = p.span_from(start);
            p.error_before(foreign::payload_without_parentheses(before, span, p.text_of(span)));
            Some(payload)
        }
        T!['{'] if !p.begins_line() => {
            p.error(foreign::payload_in_braces(p.span()));
            skip_block(p);
            None
        }
        T![=] => {
            reject_value(p, "a variant's cases have no values");
            None
        }
        _ => None,
    }
}

/// Reports and skips the `)` of `case()`. Returns whether it was here.
pub(in crate::grammar) fn skip_empty_payload(p: &mut Parser<'_>, open: Open) -> bool {
    if p.at(T![')']) {
        p.error(foreign::empty_payload(open.span.to(p.span())));
    }
    p.eat(T![')'])
}

/// Reports and skips the name in `case(name: type)`.
pub(in crate::grammar) fn skip_payload_name(p: &mut Parser<'_>) {
    if at_named(p) && p.nth(2).is_word() && p.nth(3) != T![/] {
        let name = p.span();
        p.reject(2, foreign::payload_name(name, Span { end: p.nth_span(2).start, ..name }));
    }
}

/// `, b)` of `case(a, b)`; the payload begins after `open`.
pub(in crate::grammar) fn more_payloads(p: &mut Parser<'_>, open: Open) {
    let comma = p.span();
    skip_to(p, T![')']);
    let close = p.at(T![')']).then(|| p.bump());
    p.error_before(foreign::many_payloads(comma, open.span, close));
}

/// Skips `(type)` or `{ … }` after an enum's case. Returns its place. It is reported once for the whole enum.
pub(in crate::grammar) fn payload_in_enum(p: &mut Parser<'_>) -> Option<Span> {
    let start = p.span();
    if p.at(T!['{']) && !p.begins_line() {
        skip_block(p);
        return Some(p.span_from(start));
    }
    if !p.at(T!['(']) {
        reject_value(p, "an enum's cases have no values");
        return None;
    }
    skip_to(p, T![')']);
    p.eat(T![')']);
    Some(p.span_from(start))
}

/// Reports `= 1` and `: u8` after a case or a flag, and skips it.
pub(in crate::grammar) fn reject_value(p: &mut Parser<'_>, why: &str) {
    if matches!(p.kind(), T![=] | T![:]) {
        let (start, sign) = (p.previous_end(), p.span());
        while !p.begins_line() && !matches!(p.kind(), T![,] | T![;] | T!['}'] | T![')']) {
            p.bump();
        }
        p.derail(foreign::value(sign, Span::new(start.file, start.end, p.previous_end().end), why));
    }
}
