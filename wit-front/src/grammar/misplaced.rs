//! What to say where none of the expected items begins.

use crate::errors::{foreign, syntax as errors};
use crate::lexer::TokenKind;
use crate::parser::{Parser, is_word};
use crate::recovery::meant_keyword;

/// What may begin an item of a file or a package.
pub(super) const TOP_LEVEL: [TokenKind; 4] =
    [TokenKind::Package, TokenKind::Interface, TokenKind::World, TokenKind::Use];

/// What may begin a member of an interface, beside a function's name.
pub(super) const INTERFACE: [TokenKind; 7] = [
    TokenKind::Use,
    TokenKind::Type,
    TokenKind::Record,
    TokenKind::Variant,
    TokenKind::Enum,
    TokenKind::Flags,
    TokenKind::Resource,
];

/// What begins the definition of a type that has a block.
const TYPES: [TokenKind; 5] =
    [TokenKind::Record, TokenKind::Variant, TokenKind::Enum, TokenKind::Flags, TokenKind::Resource];

/// How a place at the top level is called.
pub(super) const TOP_LEVEL_PLACE: &str = "at the top level of a file";

/// What may begin a member of a world.
pub(super) const WORLD: [TokenKind; 10] = [
    TokenKind::Import,
    TokenKind::Export,
    TokenKind::Include,
    TokenKind::Use,
    TokenKind::Type,
    TokenKind::Record,
    TokenKind::Variant,
    TokenKind::Enum,
    TokenKind::Flags,
    TokenKind::Resource,
];

/// Reports the current token, which begins nothing that may stand in `place`, and skips what it begins.
pub(super) fn misplaced(p: &mut Parser<'_>, place: &'static str, expected: &str) {
    let kind = p.kind();
    if matches!(kind, TokenKind::CloseBrace | TokenKind::Eof) {
        return;
    }
    if foreign_item(p, place) {
        return;
    }
    let item = match kind {
        TokenKind::Package if is_word(p.nth(1)) => Some("package"),
        TokenKind::Interface if is_word(p.nth(1)) => Some("interface"),
        TokenKind::World if is_word(p.nth(1)) => Some("world"),
        TokenKind::Import if is_word(p.nth(1)) => Some("import"),
        TokenKind::Export if is_word(p.nth(1)) => Some("export"),
        TokenKind::Include if is_word(p.nth(1)) => Some("include"),
        TokenKind::Type
        | TokenKind::Record
        | TokenKind::Variant
        | TokenKind::Enum
        | TokenKind::Flags
        | TokenKind::Resource
            if is_word(p.nth(1)) =>
        {
            Some("type")
        }
        TokenKind::Constructor if p.nth(1) == TokenKind::OpenParen => Some("constructor"),
        TokenKind::Func | TokenKind::Async if is_word(p.nth(1)) => Some("function"),
        kind if is_word(kind) && p.nth(1) == TokenKind::Colon => {
            matches!(p.nth(2), TokenKind::Func | TokenKind::Async | TokenKind::Static).then_some("function")
        }
        _ => None,
    };
    match item {
        Some(item) => {
            p.braces_suspect = true;
            p.error(errors::misplaced_item(p.span(), item, place));
        }
        None if kind == TokenKind::Semicolon => {
            p.error(errors::lone_semicolon(p.span()));
            p.bump();
            return;
        }
        None => p.unexpected_here(expected),
    }
    if kind != TokenKind::OpenBrace {
        // The token first: `recover` stops at what begins an item.
        p.bump();
    }
    p.recover();
}

/// Reports an item in the way of another language, and skips it; says whether there was one.
fn foreign_item(p: &mut Parser<'_>, place: &'static str) -> bool {
    let is_top_level = place == TOP_LEVEL_PLACE;
    match (p.kind(), p.nth(1)) {
        (TokenKind::Import | TokenKind::Export, TokenKind::String | TokenKind::OpenBrace) if is_top_level => {
            p.derail(foreign::file_import(p.span()));
            p.skip_statement();
        }
        (TokenKind::Import | TokenKind::Export, TokenKind::Interface | TokenKind::World) if is_top_level => {
            p.error(foreign::exported_definition(p.span(), p.token_text(), p.nth_text(1)));
            p.bump();
        }
        (TokenKind::Label, next)
            if is_word(next) && p.nth(2) == TokenKind::OpenBrace && meant_keyword(p.token_text(), TYPES).is_some() =>
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
