//! What comes from other languages, read as it is meant: `u32 name`, `repeated string names = 1;`.

use alloc::format;
use alloc::string::{String, ToString};

use crate::ast::{Ident, Ty, TyKind};
use crate::errors::foreign as errors;
use crate::foreign_types;
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

use super::names::id;
use super::types::{is_primitive, ty};

/// Whether this is what a type of another language is called.
pub(super) fn is_foreign_type(text: &str) -> bool {
    foreign_types::wit_type(text).is_some() || matches!(text, "void" | "unsigned" | "auto")
}

/// Whether a type and then a name stand where a name and then a type should.
pub(super) fn begins_type_first(p: &Parser<'_>) -> bool {
    let text = p.token_text();
    let next = p.nth(1);
    if matches!(text, "repeated" | "optional" | "required") && next.is_word() && p.nth(2).is_word() {
        return true;
    }
    if matches!(text, "map" | "list" | "option") && next == T![<] {
        return true;
    }
    let is_value = p.nth(2) == T![=] && p.nth(3) == TokenKind::Integer;
    let ends = matches!(p.nth(2), T![;] | T![,] | T![')'] | T!['}'] | T![=]);
    let is_type = is_primitive(p.kind()) || is_foreign_type(text);
    p.kind().is_word() && next.is_word() && !p.ends_line() && ends && (is_type && !is_primitive(next) || is_value)
}

/// A type and then a name, with a value behind it and the `;` of other languages.
pub(super) fn type_first(p: &mut Parser<'_>, what: &str) -> Option<(Ident, Ty)> {
    let start = p.span();
    let reports = p.report_count();
    let label = match p.token_text() {
        "repeated" => Some("list"),
        "optional" => Some("option"),
        "required" => Some(""),
        _ => None,
    };
    if label.is_some() {
        p.bump();
    }
    let ty_span = if p.kind().is_keyword() { ty(p).span } else { p.bump() };
    if !p.kind().is_word() {
        p.unexpected(what);
        return None;
    }
    let written = wit_type(p.text_of(ty_span));
    let written = match label {
        None | Some("") => written,
        Some(constructor) => format!("{constructor}<{written}>"),
    };
    let name_text = p.token_text();
    let name_span = p.bump();
    let (label, escaped) = match words::to_label(name_text) {
        Some(label) if words::keyword(&label).is_some() => (label, true),
        Some(label) => (label, false),
        None => (name_text.to_string(), false),
    };
    let span = p.span_from(start);
    if p.at(T![=]) {
        p.bump();
        if !matches!(p.kind(), T![,] | T![;] | T!['}'] | T![')']) {
            p.bump();
        }
    }
    let is_semicolon = p.at(T![;]) && what == "field";
    let replaced = if is_semicolon { start.to(p.span()) } else { p.span_from(start) };
    let percent = if escaped { "%" } else { "" };
    let written = format!("{percent}{label}: {written}");
    let replacement = format!("{written}{}", if is_semicolon { "," } else { "" });
    if p.report_count() == reports {
        p.derail(errors::type_before_name(span, what, &written, replaced, replacement));
    }
    Some((Ident { name: label.into(), escaped, span: name_span }, Ty { kind: TyKind::Error, span: ty_span }))
}

/// The type as WIT calls it.
fn wit_type(text: &str) -> String {
    match foreign_types::wit_type(text) {
        Some(known) => known.to_string(),
        None => match words::to_label(text) {
            Some(label) if !words::is_label(text) => label,
            Some(_) | None => text.to_string(),
        },
    }
}

/// `typedef u32 id;` and `type u32 id;`, from the type.
pub(super) fn begins_alias_of_type(p: &Parser<'_>) -> bool {
    let is_type = is_primitive(p.kind()) || is_foreign_type(p.token_text());
    is_type && p.nth(1).is_word() && p.nth(2) == T![;]
}

/// Reads the type and the name of an alias in the way of C.
pub(super) fn alias_of_type(p: &mut Parser<'_>) -> (Option<Ident>, Ty) {
    let span = p.span().to(p.nth_span(1));
    let written = format!("{} = {}", p.nth_text(1), wit_type(p.token_text()));
    p.derail(errors::alias_of_type(span, &written));
    let ty = Span::new(span.file, span.start, p.bump().end);
    let name = id(p, "a name for the type");
    (name, Ty { kind: TyKind::Error, span: ty })
}
