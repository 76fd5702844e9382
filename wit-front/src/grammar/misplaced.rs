//! What to say where none of the expected items begins.

use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::recovery::meant_keyword;

/// What may begin an item of a file or a package.
pub(super) const TOP_LEVEL: [TokenKind; 4] = [T![package], T![interface], T![world], T![use]];

/// What may begin a member of an interface, beside a function's name.
pub(super) const INTERFACE: [TokenKind; 7] =
    [T![use], T![type], T![record], T![variant], T![enum], T![flags], T![resource]];

/// What begins the definition of a type that has a block.
const TYPES: [TokenKind; 5] = [T![record], T![variant], T![enum], T![flags], T![resource]];

/// How a place at the top level is called.
pub(super) const TOP_LEVEL_PLACE: &str = "at the top level of a file";

/// What may begin a member of a world.
pub(super) const WORLD: [TokenKind; 10] = [
    T![import],
    T![export],
    T![include],
    T![use],
    T![type],
    T![record],
    T![variant],
    T![enum],
    T![flags],
    T![resource],
];

/// Reports the current token, which begins nothing that may stand in `place`, and skips what it begins.
pub(super) fn misplaced(p: &mut Parser<'_>, place: &'static str, expected: &str) {
    let kind = p.kind();
    if matches!(kind, T!['}'] | TokenKind::Eof) {
        return;
    }
    if foreign_item(p, place) {
        return;
    }
    let item = match kind {
        T![package] if p.nth(1).is_word() => Some("package"),
        T![interface] if p.nth(1).is_word() => Some("interface"),
        T![world] if p.nth(1).is_word() => Some("world"),
        T![import] if p.nth(1).is_word() => Some("import"),
        T![export] if p.nth(1).is_word() => Some("export"),
        T![include] if p.nth(1).is_word() => Some("include"),
        T![type] | T![record] | T![variant] | T![enum] | T![flags] | T![resource] if p.nth(1).is_word() => Some("type"),
        T![constructor] if p.nth(1) == T!['('] => Some("constructor"),
        T![func] | T![async] if p.nth(1).is_word() => Some("function"),
        kind if kind.is_word() && p.nth(1) == T![:] => {
            matches!(p.nth(2), T![func] | T![async] | T![static]).then_some("function")
        }
        _ => None,
    };
    match item {
        Some(item) => {
            p.braces_suspect = true;
            p.error(errors::misplaced_item(p.span(), item, place));
        }
        None if kind == T![;] => {
            p.error(errors::lone_semicolon(p.span()));
            p.bump();
            return;
        }
        None => p.unexpected_here(expected),
    }
    if kind != T!['{'] {
        // The token first: `recover` stops at what begins an item.
        p.bump();
    }
    p.recover();
}

/// Reports an item in the way of another language, and skips it; says whether there was one.
fn foreign_item(p: &mut Parser<'_>, place: &'static str) -> bool {
    let is_top_level = place == TOP_LEVEL_PLACE;
    match (p.kind(), p.nth(1)) {
        (T![import] | T![export], TokenKind::String | T!['{']) if is_top_level => {
            p.derail(foreign::file_import(p.span()));
            p.skip_statement();
        }
        (T![import] | T![export], T![interface] | T![world]) if is_top_level => {
            p.error(foreign::exported_definition(p.span(), p.token_text(), p.nth_text(1)));
            p.bump();
        }
        (TokenKind::Label, next)
            if next.is_word() && p.nth(2) == T!['{'] && meant_keyword(p.token_text(), TYPES).is_some() =>
        {
            p.braces_suspect = true;
            p.error(errors::misplaced_item(p.span(), "type", place));
            p.bump();
            p.recover();
        }
        _ => return false,
    }
    true
}
