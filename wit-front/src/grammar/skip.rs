//! The tokens from which the grammar goes on after a mistake.

use crate::lexer::{T, TokenKind};
use crate::parser::Parser;

/// Whether an item or member seems to begin here.
pub(super) fn at_item_start(p: &Parser<'_>) -> bool {
    let next = p.nth(1);
    match p.kind() {
        T![@] => p.begins_line(),
        T![use]
        | T![type]
        | T![record]
        | T![resource]
        | T![variant]
        | T![enum]
        | T![flags]
        | T![import]
        | T![export]
        | T![include]
        | T![interface]
        | T![world]
        | T![package] => next.is_word(),
        T![constructor] => next == T!['('],
        kind if kind.is_word() => {
            next == T![:] && (p.begins_line() || matches!(p.nth(2), T![func] | T![async] | T![static]))
        }
        _ => false,
    }
}

fn at_item_end(p: &Parser<'_>) -> bool {
    matches!(p.kind(), T![;] | T!['{'] | T!['}'] | TokenKind::Eof) || p.begins_line() && at_item_start(p)
}

/// Whether the parameters end here, or must have ended before.
pub(super) fn at_params_end(p: &Parser<'_>) -> bool {
    match p.kind() {
        T![')'] | T![->] | T![;] | T!['{'] | T!['}'] | TokenKind::Eof => true,
        kind if kind.is_word() && p.nth(1) == T![:] => {
            p.begins_line() && matches!(p.nth(2), T![func] | T![async] | T![static])
        }
        _ => p.begins_line() && at_item_start(p),
    }
}

/// Skips the rest of an item: up to and with its `;` or its block, or up to the start of another.
pub(super) fn recover(p: &mut Parser<'_>) {
    loop {
        match p.kind() {
            TokenKind::Eof | T!['}'] => return,
            T![;] => {
                p.bump();
                return ends_derailed(p);
            }
            T!['{'] => {
                skip_block(p);
                return ends_derailed(p);
            }
            _ if at_item_start(p) => return,
            _ => {
                p.bump();
            }
        }
    }
}

/// Mistakes are reported again if an item begins here, even in a line that made no sense.
fn ends_derailed(p: &mut Parser<'_>) {
    if at_item_start(p) || p.kind().is_word() && p.nth(1) == T![:] {
        p.passed_separator();
    }
}

/// Skips `{ … }` with everything nested.
pub(super) fn skip_block(p: &mut Parser<'_>) {
    let mut depth = 0_u32;
    loop {
        match p.kind() {
            TokenKind::Eof => return,
            T!['{'] => depth += 1,
            T!['}'] => depth = depth.saturating_sub(1),
            _ => {}
        }
        p.bump();
        if depth == 0 {
            return;
        }
    }
}

/// Skips to a token of this kind, at most to the end of the item.
pub(super) fn skip_to(p: &mut Parser<'_>, kind: TokenKind) {
    while !p.at(kind) && !at_item_end(p) {
        p.bump();
    }
}

/// Skips the rest of an item, without its `;`.
pub(super) fn skip_to_item_end(p: &mut Parser<'_>) {
    while !at_item_end(p) {
        p.bump();
    }
}

/// Skips up to and with the next `;`, at most to the end of the line, with everything in braces.
pub(super) fn skip_statement(p: &mut Parser<'_>) {
    p.bump();
    while !p.begins_line() && !p.eat(T![;]) && !p.at(T!['}']) {
        if p.at(T!['{']) {
            skip_block(p);
        } else {
            p.bump();
        }
    }
}

/// Skips a word, and its arguments if it has any.
pub(super) fn skip_type(p: &mut Parser<'_>) {
    if p.kind().is_word() {
        p.bump();
    }
    if p.eat(T![<]) {
        skip_arguments(p);
    }
}

/// Skips the rest of `<…>`, with everything nested.
pub(super) fn skip_arguments(p: &mut Parser<'_>) {
    let mut depth = 1_u32;
    while depth > 0 && !at_item_end(p) && !p.at(T![')']) {
        match p.kind() {
            T![<] => depth += 1,
            T![>] => depth -= 1,
            _ => {}
        }
        p.bump();
    }
}
