//! Misspelt keywords, those of other languages (`struct`, `fn`), and words before keywords (`pub record`).

use crate::errors::advice::advice;
use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::similar;

use crate::grammar::first::BLOCK_TYPES;

/// The keyword of `expected` that is here or is meant here; a misspelt one is reported.
pub(in crate::grammar) fn keyword_here(p: &mut Parser<'_>, expected: &[TokenKind]) -> Option<TokenKind> {
    while begins_with_word_too_many(p, expected) {
        superfluous_word(p);
    }
    if expected.contains(&p.kind()) {
        return Some(p.kind());
    }
    let next = p.nth(1);
    let is_followed = next.is_word() && !matches!(next, T![as] | T![with]) || next == T!['('];
    let is_name = matches!(p.kind(), TokenKind::Label | TokenKind::BadLabel);
    let is_of_file = p.token_text() == "mod" && p.nth(2) == T![;];
    if !is_followed || !is_name || is_of_file || advice(p.token_text()).is_some() {
        return None;
    }
    let fits = |kind: &TokenKind| (*kind == T![constructor]) == (next == T!['(']);
    let meant = meant_keyword(p.token_text(), expected.iter().copied().filter(fits))?;
    p.error(errors::misspelt_keyword(p.span(), p.token_text(), meant.text().unwrap_or_default()));
    Some(meant)
}

/// Whether a word stands before a keyword of `expected`, or before one that means it: `pub record r`, `default world w`.
fn begins_with_word_too_many(p: &Parser<'_>, expected: &[TokenKind]) -> bool {
    let is_word = p.at(TokenKind::Label) && p.nth(1).is_word() && p.nth(2).is_word();
    is_word && (expected.contains(&p.nth(1)) || meant_keyword(p.nth_text(1), expected.iter().copied()).is_some())
}

/// Whether this keyword is here, or is meant here before `next`; a misspelt one is reported.
pub(in crate::grammar) fn keyword_before(p: &mut Parser<'_>, keyword: TokenKind, next: TokenKind) -> bool {
    if p.at(keyword) {
        return true;
    }
    let is_name = matches!(p.kind(), TokenKind::Label | TokenKind::BadLabel);
    let is_meant = is_name && p.nth(1) == next && meant_keyword(p.token_text(), [keyword]).is_some();
    if is_meant {
        p.error(errors::misspelt_keyword(p.span(), p.token_text(), keyword.text().unwrap_or_default()));
    }
    is_meant
}

/// Reports the current word, as in `pub record r` and `default world w`, and skips it.
pub(in crate::grammar) fn superfluous_word(p: &mut Parser<'_>) {
    p.reject(1, foreign::superfluous_word(p.span(), p.token_text(), p.with_blank()));
}

/// Whether this word means the keyword of a type with a block.
pub(in crate::grammar) fn is_block_type(word: &str) -> bool {
    meant_keyword(word, BLOCK_TYPES).is_some()
}

/// The keyword probably meant by `word`.
pub(super) fn meant_keyword(word: &str, expected: impl IntoIterator<Item = TokenKind> + Clone) -> Option<TokenKind> {
    let foreign = match word {
        "struct" | "message" | "object" | "input" | "dictionary" => Some(T![record]),
        "union" | "oneof" => Some(T![variant]),
        "class" => Some(T![resource]),
        "trait" | "protocol" | "service" | "mod" | "module" | "namespace" => Some(T![interface]),
        "component" | "app" | "application" => Some(T![world]),
        "extends" | "inherits" => Some(T![include]),
        "requires" | "needs" => Some(T![import]),
        "provides" | "exports" => Some(T![export]),
        "alias" | "typedef" => Some(T![type]),
        "bitflags" => Some(T![flags]),
        "fn" | "function" | "method" => Some(T![func]),
        _ => None,
    };
    let texts = expected.clone().into_iter().filter_map(TokenKind::text);
    let similar = || similar::closest(word, texts);
    let mut expected_kinds = expected.clone().into_iter();
    match foreign {
        Some(kind) if expected_kinds.any(|expected| expected == kind) => Some(kind),
        Some(_) | None => {
            let text = similar()?;
            expected.into_iter().find(|kind| kind.text() == Some(text))
        }
    }
}
