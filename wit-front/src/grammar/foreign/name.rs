//! Words that cannot be names as they are written: keywords, other cases; `As`; texts like versions.

use crate::ast::{Name, Version};
use crate::errors::{lexical, syntax as errors};
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

use crate::grammar::skip::at_item_start;

/// Reports that the current token is not a name. Returns the name that was meant, and whether it has a `%`; it is then the current
/// token, which is not consumed.
pub(in crate::grammar) fn meant_name(p: &mut Parser<'_>, what: &str) -> Option<(Name, bool)> {
    let text = p.token_text();
    match p.kind() {
        TokenKind::BadLabel => {
            p.error_before(lexical::bad_label(p.span(), text));
            let name = words::to_label(text).map_or_else(|| text.trim_start_matches('%').into(), Into::into);
            Some((name, text.starts_with('%')))
        }
        kind if kind.is_keyword() && is_doubled(p) => {
            p.unexpected_here(what);
            p.bump();
            let text = p.token_text();
            Some(text.strip_prefix('%').map_or_else(|| (text.into(), false), |name| (name.into(), true)))
        }
        T![as] if p.nth(1).is_word() => {
            p.unexpected(what);
            None
        }
        T![with] if p.nth(1) == T!['{'] => {
            p.unexpected(what);
            None
        }
        kind if kind.is_keyword() && !(p.begins_line() && p.nth(1).is_word() && at_item_start(p)) => {
            p.error(errors::keyword_as_name(p.span(), text));
            Some((text.into(), false))
        }
        _ => {
            p.unexpected(what);
            None
        }
    }
}

/// Whether a keyword is written twice before a name: `record record r {`.
fn is_doubled(p: &Parser<'_>) -> bool {
    let is_name = matches!(p.nth(1), TokenKind::Label | TokenKind::EscapedLabel);
    is_name && matches!(p.nth(2), T!['{'] | T![=] | T![:]) && !p.begins_line()
}

/// Consumes `As` and `:` in place of an `as`. Returns whether there was one.
pub(in crate::grammar) fn eat_as(p: &mut Parser<'_>) -> bool {
    if p.at(TokenKind::BadLabel) && p.token_text().eq_ignore_ascii_case("as") {
        p.error(errors::misspelt_keyword(p.span(), p.token_text(), "as"));
    } else if p.at(T![:]) && p.nth(1).is_word() {
        p.error(errors::wrong_separator(p.span(), ":", "as"));
    } else {
        return false;
    }
    p.bump();
    true
}

/// Reports a number that is no semantic version, or that none is here. Returns the version that was meant, if it is clear.
pub(in crate::grammar) fn version(p: &mut Parser<'_>) -> Option<Version> {
    let span = match p.kind() {
        TokenKind::Version | TokenKind::Integer if has_too_big_number(p.token_text()) => {
            p.error(lexical::version_number_too_big(p.span()));
            p.bump()
        }
        TokenKind::Version | TokenKind::Integer => {
            let (text, span) = (p.token_text(), p.span());
            let meant = bad_version(p, text);
            p.bump();
            return meant.map(|value| Version { value, span });
        }
        TokenKind::String => {
            p.error(lexical::bad_version(p.span(), p.token_text()));
            p.bump()
        }
        TokenKind::Label | TokenKind::BadLabel if !p.begins_line() => {
            let span = version_with_prefix(p);
            p.error_before(lexical::bad_version(span, p.text_of(span)));
            span
        }
        _ => {
            p.error(lexical::missing_version(p.previous_end()));
            return None;
        }
    };
    lexical::meant_version(p.text_of(span)).map(|value| Version { value, span })
}

/// Whether a version's only mistake is a number of more than 64 bits, a limit that the specification does not have.
fn has_too_big_number(text: &str) -> bool {
    let (core, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let is_digits = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_too_big = |number: &str| is_digits(number) && number.parse::<u64>().is_err();
    let mut numbers: alloc::vec::Vec<&str> = core.split('.').collect();
    let found = numbers.iter().any(|number| is_too_big(number));
    numbers.iter_mut().filter(|number| is_too_big(number) && !number.starts_with('0')).for_each(|number| *number = "1");
    found && semver::Version::parse(&(numbers.join(".") + rest)).is_ok()
}

/// Reports something like a version; of `1.0.0.name`, that the name belongs in braces. Returns the version that was meant.
fn bad_version(p: &mut Parser<'_>, text: &str) -> Option<semver::Version> {
    let span = p.span();
    let parts = text.rsplit_once('.').filter(|(_, name)| words::is_label(name));
    match parts.and_then(|(version, name)| Some((semver::Version::parse(version).ok()?, name))) {
        Some((version, name)) => {
            let name_span = Span::new(span.file, span.end - name.len() as u32, span.end);
            p.derail(errors::use_without_braces(name_span, name_span, &words::meant(name)));
            if p.nth(1) == T!['}'] && p.lacks_opener() {
                p.bump();
            }
            Some(version)
        }
        None => {
            p.derail(lexical::bad_version(span, text));
            lexical::meant_version(text)
        }
    }
}

/// Consumes `v1.2.3`, which the lexer takes for a name and numbers.
fn version_with_prefix(p: &mut Parser<'_>) -> Span {
    let start = p.bump();
    if p.at(T![.]) && matches!(p.nth(1), TokenKind::Version | TokenKind::Integer) {
        p.bump();
        p.bump();
    }
    p.span_from(start)
}
