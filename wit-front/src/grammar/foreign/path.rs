//! Paths with the separators of other languages, and incomplete ones.

use alloc::format;
use alloc::vec::Vec;

use crate::ast::{Ident, Version};
use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::span::Span;

use crate::grammar::names::{at_version, id, version};

/// Reports that a package's name has no `:` after its first part. Consumes a `.` in place of it, if there is one.
pub(in crate::grammar) fn eat_colon_of_package(p: &mut Parser<'_>, first: &Ident) -> bool {
    let is_dot = p.at(T![.]) && p.nth(1).is_word();
    if is_dot {
        p.error(errors::wrong_separator(p.span(), ".", ":"));
        p.bump();
    } else {
        p.error(errors::missing_namespace(first.span, &first.name));
    }
    is_dot
}

/// Whether a version follows `:` in place of `@`, as in `package a:b:1.0.0;`.
pub(in crate::grammar) fn at_colon_before_version(p: &Parser<'_>) -> bool {
    p.at(T![:]) && matches!(p.nth(1), TokenKind::Version | TokenKind::Integer)
}

/// The version after a `:` in place of `@`, which is reported.
pub(in crate::grammar) fn colon_before_version(p: &mut Parser<'_>) -> Option<Version> {
    if !at_colon_before_version(p) {
        return None;
    }
    p.error(errors::wrong_separator(p.span(), ":", "@"));
    p.bump();
    version(p)
}

/// The version in `a:b@1.0.0/c`, which is reported.
pub(in crate::grammar) fn version_before_name(p: &mut Parser<'_>) -> Option<Version> {
    let is_early = p.at(T![@]) && p.nth(2) == T![/] && p.nth(3).is_word();
    if !is_early {
        return None;
    }
    let written = p.span().to(p.nth_span(1));
    let (text, name) = (p.text_of(written), p.nth_span(3));
    p.error(errors::version_before_name(written, name, text));
    p.bump();
    version(p)
}

/// Reports and consumes the `.` of `a:b.c`; says whether it was here.
pub(in crate::grammar) fn eat_dot_before_name(p: &mut Parser<'_>) -> bool {
    let is_dot = p.at(T![.]) && p.nth(1).is_word();
    if is_dot {
        p.error(errors::wrong_separator(p.span(), ".", "/"));
        p.bump();
    }
    is_dot
}

/// Reports and skips a wrong separator after the first name of a path, with the rest of the path; says whether it was here.
pub(in crate::grammar) fn rest(p: &mut Parser<'_>, start: Span, first: &Ident) -> bool {
    match p.kind() {
        T![/] => {
            if p.nth(1).is_word() && p.nth(2) == T![/] {
                p.derail(errors::namespace_with_slash(start.to(p.nth_span(3)), p.span()));
            } else {
                p.derail(errors::path_without_namespace(p.span_from(start), &first.name));
            }
            while p.eat(T![/]) {
                id(p, "the name of an interface or world");
            }
            at_version(p);
        }
        T![:] => double_colons(p, start),
        _ => return false,
    }
    true
}

/// `a:b`, without a name in the package.
pub(in crate::grammar) fn without_interface(p: &mut Parser<'_>, start: Span) {
    let span = p.span_from(start);
    p.derail(errors::path_without_interface(span, p.text_of(span)));
    at_version(p);
}

/// `a::b::c`, and `a::{b}`, from the first `::`.
fn double_colons(p: &mut Parser<'_>, start: Span) {
    let first = p.span_from(start);
    let colons = p.span().to(p.nth_span(1));
    let mut names = Vec::from([p.text_of(first)]);
    while p.at(T![:]) && p.nth(1) == T![:] && p.nth(2).is_word() {
        p.bump();
        p.bump();
        names.push(p.token_text());
        p.bump();
    }
    let (path, written) = match (names.as_slice(), p.at(T![:])) {
        ([namespace, package, interface], false) => {
            (p.span_from(start), Some(format!("{namespace}:{package}/{interface}")))
        }
        ([interface], true) if p.nth(2) == T!['{'] => (start.to(colons), Some(format!("{interface}."))),
        ([..], _) => (colons, None),
    };
    p.derail(foreign::path_with_double_colons(colons, path, written));
    while p.eat(T![:]) {}
}
