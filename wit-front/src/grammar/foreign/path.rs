//! Paths with the separators of other languages, and incomplete ones.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::ast::{Ident, PackageName, Version};
use crate::errors::{foreign, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

use crate::grammar::names::{at_version, id, version};

/// The largest number of tokens of a host's name that are looked at.
const LONGEST_ADDRESS: usize = 16;

/// Reports that a package's name has no `:` after its first part. Consumes a `.` or `/` in place of it, if there is one.
pub(in crate::grammar) fn eat_colon_of_package(p: &mut Parser<'_>, first: &Ident) -> bool {
    let is_separated = matches!(p.kind(), T![.] | T![/]) && p.nth(1).is_word() && p.replace(":");
    if !is_separated {
        p.error(errors::missing_namespace(first.span, &first.written()));
    }
    is_separated
}

/// Whether a version follows `:` in place of `@`, as in `package a:b:1.0.0;`.
pub(in crate::grammar) fn at_colon_before_version(p: &Parser<'_>) -> bool {
    p.at(T![:]) && matches!(p.nth(1), TokenKind::Version | TokenKind::Integer)
}

/// The version after a `:` in place of `@`, which is reported.
pub(in crate::grammar) fn colon_before_version(p: &mut Parser<'_>) -> Option<Version> {
    if at_colon_before_version(p) && p.replace("@") { version(p) } else { None }
}

/// The version in `a:b@1.0.0/c`, which is reported.
pub(in crate::grammar) fn version_before_name(p: &mut Parser<'_>) -> Option<Version> {
    let is_early = p.at(T![@]) && p.nth(2) == T![/] && p.nth(3).is_word();
    if !is_early {
        return None;
    }
    let written = p.span().to(p.nth_span(1));
    let (text, name) = (p.text_of(written), p.nth_span(3));
    p.reject(1, errors::version_before_name(written, name, text));
    version(p)
}

/// Reports and consumes the `.` of `a:b.c`. Returns whether it was here.
pub(in crate::grammar) fn eat_dot_before_name(p: &mut Parser<'_>) -> bool {
    p.at(T![.]) && p.nth(1).is_word() && p.replace("/")
}

/// Reports a `/` before names in braces, where a `.` belongs, and consumes it. Returns whether it was here.
pub(in crate::grammar) fn slash_before_names(p: &mut Parser<'_>) -> bool {
    let is_here = p.at(T![/]) && p.nth(1) == T!['{'] && p.replace(".");
    if is_here {
        p.silence();
    }
    is_here
}

/// Reports and skips a wrong separator after the first name of a path, with the rest of the path. Returns whether it was here.
pub(in crate::grammar) fn rest(p: &mut Parser<'_>, start: Span, first: &Ident) -> bool {
    match p.kind() {
        T![/] if slash_before_names(p) => return false,
        T![/] => {
            if p.nth(1).is_word() && p.nth(2) == T![/] {
                p.derail(errors::namespace_with_slash(start.to(p.nth_span(3)), p.span()));
            } else {
                p.derail(errors::path_without_namespace(p.span_from(start), &first.written()));
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

/// Reports and skips `.b` after the name `a`. Returns whether it was here. `end` follows a path in WIT.
pub(in crate::grammar) fn skip_dots(p: &mut Parser<'_>, end: &str) -> bool {
    let has_dot = p.at(T![.]) && p.nth(1).is_word();
    if has_dot {
        p.derail(errors::path_with_dots(p.span(), end));
    }
    while p.at(T![.]) && p.nth(1).is_word() {
        p.skip(2);
    }
    has_dot
}

/// Reports and skips `a:b:c` in place of `a:b/c`. Returns whether it was here.
pub(in crate::grammar) fn skip_colons(p: &mut Parser<'_>) -> bool {
    let has_names = (0..5).all(|n| if n % 2 == 0 { p.nth(n).is_word() } else { p.nth(n) == T![:] });
    let is_path = has_names && p.is_joint_pair() && matches!(p.nth(5), T![;] | T![@]);
    if !is_path || p.has_feature(LanguageFeature::NestedPackages) {
        return false;
    }
    p.derail(errors::wrong_separator(p.nth_span(3), ":", "/"));
    p.skip(5);
    at_version(p);
    true
}

/// Whether `example.com/a` begins here, as modules of Go are named.
pub(in crate::grammar) fn begins_web_address(p: &Parser<'_>) -> bool {
    let mut at = 0;
    while at < LONGEST_ADDRESS && p.nth(at).is_word() && p.nth(at + 1) == T![.] {
        at += 2;
    }
    at > 0 && p.nth(at).is_word() && p.nth(at + 1) == T![/] && p.nth(at + 2).is_word()
}

/// Reports and consumes `example.com/a/b` in place of a package's name. Returns the name `a:b`.
pub(in crate::grammar) fn web_address_of_package(p: &mut Parser<'_>) -> Option<PackageName> {
    let start = p.span();
    let names = web_address(p, &[":"]);
    let span = p.span_from(start);
    let version = at_version(p);
    let [namespace, name] = <[Ident; 2]>::try_from(names).ok()?;
    Some(PackageName { namespaces: Vec::from([namespace]), names: Vec::from([name]), version, span })
}

/// Reports and skips `example.com/a/b/c` in place of a path.
pub(in crate::grammar) fn web_address_of_item(p: &mut Parser<'_>) {
    web_address(p, &[":", "/"]);
    at_version(p);
}

/// Reports and skips `example.com/a/b`, of which WIT separates the names by these. Returns the names.
fn web_address(p: &mut Parser<'_>, separators: &[&str]) -> Vec<Ident> {
    let start = p.span();
    while p.nth(1) == T![.] {
        p.skip(2);
    }
    p.bump();
    let mut names = Vec::new();
    while p.at(T![/]) && p.nth(1).is_word() {
        p.bump();
        names.extend(id(p, "the name of a package"));
    }
    let ends = separators.iter().copied().chain([""]);
    let meant = ends.zip(&names).map(|(end, name)| name.written().into_owned() + end).collect();
    let is_clear = names.len() == separators.len() + 1;
    p.derail(foreign::web_address(p.span_from(start), separators.len() > 1, is_clear.then_some(meant)));
    names
}

/// `a:b`, without a name in the package.
pub(in crate::grammar) fn without_interface(p: &mut Parser<'_>, start: Span, package: &str) {
    p.derail(errors::path_without_interface(p.span_from(start), package));
    at_version(p);
}

/// `a::b::c`, and `a::{b}`, from the first `::`.
fn double_colons(p: &mut Parser<'_>, start: Span) {
    let first = p.span_from(start);
    let colons = p.span().to(p.nth_span(1));
    let mut names = Vec::from([words::meant(p.text_of(first))]);
    while p.at(T![:]) && p.nth(1) == T![:] && p.nth(2).is_word() {
        p.skip(2);
        names.push(words::meant(p.token_text()));
        p.bump();
    }
    let is_of_rust = |name: &str| matches!(name, "crate" | "super" | "self");
    let is_own = names.first().is_some_and(|first| is_of_rust(first));
    names.retain(|name| !is_of_rust(name));
    let (path, written) = match (names.as_slice(), p.at(T![:])) {
        ([interface], false) if is_own => (p.span_from(start), Some(interface.to_string())),
        ([interface, name], false) if is_own => (p.span_from(start), Some(format!("{interface}.{{{name}}}"))),
        ([namespace, package, interface], false) if !is_own => {
            (p.span_from(start), Some(format!("{namespace}:{package}/{interface}")))
        }
        ([interface], true) if p.nth(2) == T!['{'] => (start.to(p.nth_span(1)), Some(format!("{interface}."))),
        ([..], _) => (colons, None),
    };
    p.derail(foreign::path_with_double_colons(colons, path, written));
    while p.eat(T![:]) {}
}
