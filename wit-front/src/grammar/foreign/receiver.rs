//! The words `self`, `Self` and `mut` of Rust.

use crate::ast::{FuncType, Ident, PrimTy, TyKind};
use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::span::Span;

use super::keyword::superfluous_word;

/// Reports and skips `self` and `mut self` as a parameter. Returns whether it was here. Before a `&`, the lexer has reported it.
pub(super) fn implicit_self(p: &mut Parser<'_>) -> bool {
    skip_lifetime(p);
    let words = match (p.token_text(), p.nth_text(1)) {
        ("self", _) => 1,
        ("this", "," | ")") => 1,
        ("mut", "self") => 2,
        _ => return false,
    };
    let word = p.span().to(p.nth_span(words - 1));
    let end = if p.nth(words) == T![,] { p.nth_span(words + 1).start } else { word.end };
    p.reject(words, errors::explicit_self(word, Span::new(word.file, word.start, end), p.text_of(word)))
}

/// Reports a parameter `self: t` of a method, and removes it.
pub(in crate::grammar) fn explicit_self(p: &mut Parser<'_>, func: &mut FuncType) {
    if let Some(place) = func.params.iter().position(|param| param.name.name == "self") {
        let next = func.params.get(place + 1).map(|param| param.name.span);
        let param = func.params.remove(place);
        let (name, end) = (param.name.span, param.ty.span.end);
        p.ignore(Span::new(name.file, name.end, end));
        let end = next.map_or(end, |next| next.start);
        p.error_before(errors::explicit_self(name, Span::new(name.file, name.start, end), "self"));
    }
}

/// Skips the qualifiers of a reference (`&'a mut t`), whose first character the lexer has reported, and of a pointer. Of `&str`,
/// returns the type that was meant.
pub(in crate::grammar) fn reference(p: &mut Parser<'_>) -> Option<TyKind> {
    let is_reference = p.is_after("&") || p.is_after("'");
    skip_lifetime(p);
    if p.token_text() == "mut" && p.nth(1).is_word() && !p.ends_line() {
        superfluous_word(p);
    }
    let is_str = is_reference && p.token_text() == "str";
    is_str.then(|| {
        p.bump();
        TyKind::Prim(PrimTy::String)
    })
}

fn skip_lifetime(p: &mut Parser<'_>) {
    if p.is_after("'") && p.kind().is_word() && p.nth(1).is_word() {
        p.bump();
        p.silence();
    }
}

/// Whether `Self` is here.
pub(in crate::grammar) fn at_self_type(p: &Parser<'_>) -> bool {
    p.at(TokenKind::BadLabel) && p.token_text() == "Self"
}

/// Reports and consumes `Self`. Returns the name of the resource for which it stands.
pub(in crate::grammar) fn self_type(p: &mut Parser<'_>) -> Option<Ident> {
    let resource = p.resource.clone();
    let span = p.bump();
    p.error_before(foreign::self_type(span, resource.as_ref()));
    resource.map(|resource| Ident { span, ..resource })
}
