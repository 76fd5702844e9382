//! Names, versions and paths (`WIT.md#wit-identifiers`, `#package-declaration`, `#item-toplevel-use`).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::ast::{AsName, Ident, Name, PackageName, UsePath, Version};
use crate::errors::{foreign, lexical, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

/// `id`. A word that cannot be a name is reported and taken for one; `what` says what the name is for.
pub(super) fn id(p: &mut Parser<'_>, what: &str) -> Option<Ident> {
    let text = p.token_text();
    let (name, escaped) = match p.kind() {
        TokenKind::Label => (text.into(), false),
        TokenKind::EscapedLabel => (text[1..].into(), true),
        TokenKind::BadLabel => {
            p.error_behind(lexical::bad_label(p.span(), text));
            let name = words::to_label(text).map_or_else(|| text.trim_start_matches('%').into(), Into::into);
            (name, text.starts_with('%'))
        }
        kind if kind.is_keyword() && is_doubled(p) => {
            p.unexpected_here(what);
            p.bump();
            return id(p, what);
        }
        T![as] if p.nth(1).is_word() => {
            p.unexpected(what);
            return None;
        }
        T![with] if p.nth(1) == T!['{'] => {
            p.unexpected(what);
            return None;
        }
        kind if kind.is_keyword() && !(p.begins_line() && p.nth(1).is_word() && p.at_item_start()) => {
            p.error(errors::keyword_as_name(p.span(), text));
            (text.into(), false)
        }
        _ => {
            p.unexpected(what);
            return None;
        }
    };
    Some(Ident { name, escaped, span: p.bump() })
}

/// Whether the name is behind this keyword: `record record r {`.
fn is_doubled(p: &Parser<'_>) -> bool {
    let is_name = matches!(p.nth(1), TokenKind::Label | TokenKind::EscapedLabel);
    is_name && matches!(p.nth(2), T!['{'] | T![=] | T![:]) && !p.begins_line()
}

/// An `id` whose place must be filled for the sake of what follows it.
fn id_or_missing(p: &mut Parser<'_>, what: &str) -> Ident {
    id(p, what).unwrap_or_else(|| Ident { name: Name::default(), escaped: false, span: p.behind() })
}

/// `( id ':' )+ id ( '/' id )* ('@' valid-semver)?`
pub(super) fn package_name(p: &mut Parser<'_>) -> Option<PackageName> {
    let start = p.span();
    let mut namespaces = Vec::from([id(p, "a package name, as in `namespace:name`")?]);
    if p.at(T![.]) && p.nth(1).is_word() {
        p.error(errors::wrong_separator(p.span(), ".", ":"));
        p.bump();
        namespaces.push(id_or_missing(p, "a package name"));
    } else if !p.at(T![:]) {
        p.error(errors::missing_namespace(namespaces[0].span, &namespaces[0].name));
    }
    while p.eat(T![:]) {
        namespaces.push(id_or_missing(p, "a package name"));
    }
    let mut names: Vec<Ident> = namespaces.pop_if(|_| true).into_iter().collect();
    if namespaces.is_empty() {
        namespaces.clone_from(&names);
    }
    while p.eat(T![/]) {
        names.push(id_or_missing(p, "a package name"));
    }
    require_nested(p, &namespaces, &names, start);
    let version = at_version(p);
    Some(PackageName { namespaces, names, version, span: p.span_from(start) })
}

/// `('@' valid-semver)?`
fn at_version(p: &mut Parser<'_>) -> Option<Version> {
    let is_number = matches!(p.nth(1), TokenKind::Version | TokenKind::Integer);
    let begins = p.at(T![@]) && (is_number || !p.begins_line());
    if begins {
        p.bump();
        return version(p);
    }
    None
}

/// `valid-semver`
pub(super) fn version(p: &mut Parser<'_>) -> Option<Version> {
    match p.kind() {
        TokenKind::Version | TokenKind::Integer => {
            let text = p.token_text();
            match semver::Version::parse(text) {
                Ok(value) => return Some(Version { value, span: p.bump() }),
                Err(_) if version_number_is_too_big(text) => p.error(lexical::version_number_too_big(p.span())),
                Err(_) => bad_version(p, text),
            }
            p.bump();
        }
        TokenKind::String => {
            p.error(lexical::bad_version(p.span(), p.token_text()));
            p.bump();
        }
        TokenKind::Label | TokenKind::BadLabel if !p.begins_line() => {
            let span = version_with_prefix(p);
            p.error_behind(lexical::bad_version(span, p.text_of(span)));
        }
        _ => p.error(lexical::missing_version(p.behind())),
    }
    None
}

/// Whether a version's only mistake is a number of more than 64 bits, of which the specification knows nothing.
fn version_number_is_too_big(text: &str) -> bool {
    let (core, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let is_digits = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_too_big = |number: &str| is_digits(number) && number.parse::<u64>().is_err();
    let mut numbers: Vec<&str> = core.split('.').collect();
    let found = numbers.iter().any(|number| is_too_big(number));
    numbers.iter_mut().filter(|number| is_too_big(number) && !number.starts_with('0')).for_each(|number| *number = "1");
    found && semver::Version::parse(&(numbers.join(".") + rest)).is_ok()
}

/// Reports something like a version; of `1.0.0.name`, that the name belongs in braces.
fn bad_version(p: &mut Parser<'_>, text: &str) {
    let span = p.span();
    match text.rsplit_once('.') {
        Some((version, name)) if semver::Version::parse(version).is_ok() && words::is_label(name) => {
            let name_span = Span::new(span.file, span.end - name.len() as u32, span.end);
            p.derail(errors::use_without_braces(name_span, name));
            if p.nth(1) == T!['}'] && p.lacks_opener() {
                p.bump();
            }
        }
        Some(_) | None => p.derail(lexical::bad_version(span, text)),
    }
}

/// `v1.2.3`, which the lexer takes for a name and numbers.
fn version_with_prefix(p: &mut Parser<'_>) -> Span {
    let start = p.bump();
    if p.at(T![.]) && matches!(p.nth(1), TokenKind::Version | TokenKind::Integer) {
        p.bump();
        p.bump();
    }
    p.span_from(start)
}

/// `use-path ::= id | id ':' id '/' id ('@' valid-semver)? | ( id ':' )+ id ( '/' id )+ ('@' valid-semver)?`
pub(super) fn use_path(p: &mut Parser<'_>, what: &str) -> UsePath {
    let start = p.span();
    let first = id_or_missing(p, what);
    if p.at(T![/]) {
        p.derail(errors::path_without_namespace(p.span_from(start), &first.name));
        while p.eat(T![/]) {
            id(p, "the name of an interface or world");
        }
        at_version(p);
        return unread_path(p);
    }
    if !p.at(T![:]) {
        return UsePath::Local(first);
    }
    if p.nth(1) == T![:] {
        return path_with_double_colons(p, start);
    }
    let mut namespaces = Vec::from([first]);
    while p.eat(T![:]) {
        namespaces.push(id_or_missing(p, "a package name"));
    }
    let mut names: Vec<Ident> = namespaces.pop().into_iter().collect();
    if !p.at(T![/]) {
        p.derail(errors::path_without_interface(p.span_from(start), p.text_of(p.span_from(start))));
        at_version(p);
        return unread_path(p);
    }
    while p.eat(T![/]) {
        names.push(id_or_missing(p, "the name of an interface or world"));
    }
    let name = names.pop().unwrap_or_else(|| unreachable!("names holds the package's name and what follows a `/`"));
    require_nested(p, &namespaces, &names, start);
    let package_span = p.span_from(start);
    let version = at_version(p);
    let package = PackageName { namespaces, names, version, span: package_span };
    UsePath::Package { package, name, span: p.span_from(start) }
}

/// `a::b::c`, and `a::{b}`, from the first `::`.
fn path_with_double_colons(p: &mut Parser<'_>, start: Span) -> UsePath {
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
            (p.span_from(start), Some(alloc::format!("{namespace}:{package}/{interface}")))
        }
        ([interface], true) if p.nth(2) == T!['{'] => (start.to(colons), Some(alloc::format!("{interface}."))),
        ([..], _) => (colons, None),
    };
    p.derail(foreign::path_with_double_colons(colons, path, written));
    while p.eat(T![:]) {}
    unread_path(p)
}

/// What stands for a path that could not be read.
pub(super) fn unread_path(p: &Parser<'_>) -> UsePath {
    UsePath::Local(Ident { name: Name::default(), escaped: false, span: p.behind() })
}

fn require_nested(p: &mut Parser<'_>, namespaces: &[Ident], names: &[Ident], start: Span) {
    if namespaces.len() > 1 || names.len() > 1 {
        let span = p.span_from(start);
        p.require(span, "nested namespaces and packages", LanguageFeature::NestedPackages);
    }
}

/// `id ('as' id)?`
pub(super) fn use_names_item(p: &mut Parser<'_>) -> Option<AsName> {
    let name = id(p, "the name of a type")?;
    let as_ = as_name(p);
    Some(AsName { name, as_ })
}

/// `id 'as' id`
pub(super) fn include_names_item(p: &mut Parser<'_>) -> Option<AsName> {
    let name = id(p, "a name of the included world")?;
    if p.at(T![:]) {
        p.error(errors::renamed_interface(p.span()));
        while !matches!(p.kind(), T![,] | T!['}'] | T![;] | TokenKind::Eof) {
            p.bump();
        }
        return None;
    }
    let as_ = if p.at(T![as]) || p.at(T![:]) {
        as_name(p)
    } else if p.at(TokenKind::Label) && matches!(p.token_text(), "to" | "into") {
        p.error(errors::wrong_word(p.span(), p.token_text(), "as"));
        p.bump();
        id(p, "a new name")
    } else {
        p.expect(T![as]);
        // The new name is there, only the word before it is not.
        if p.kind().is_word() && !p.begins_line() { id(p, "a new name") } else { None }
    };
    as_.map(|as_| AsName { name, as_: Some(as_) })
}

/// `('as' id)?`
pub(super) fn as_name(p: &mut Parser<'_>) -> Option<Ident> {
    if p.at(TokenKind::BadLabel) && p.token_text().eq_ignore_ascii_case("as") {
        p.error(errors::misspelt_keyword(p.span(), p.token_text(), "as"));
        p.bump();
        return id(p, "a new name");
    }
    if p.eat(T![as]) {
        return id(p, "a new name");
    }
    if p.at(T![:]) && p.nth(1).is_word() {
        p.error(errors::wrong_separator(p.span(), ":", "as"));
        p.bump();
        return id(p, "a new name");
    }
    None
}

/// Where a path's text is wanted in a message.
pub(super) fn path_text(p: &Parser<'_>, path: &UsePath) -> String {
    match path {
        UsePath::Local(name) => name.name.to_string(),
        UsePath::Package { span, .. } => p.text_of(*span).to_string(),
    }
}
