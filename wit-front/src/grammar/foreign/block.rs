//! Blocks without a `{`, and words before it (`extends base {`).

use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;

use crate::grammar::first::is_primitive;
use crate::grammar::skip::{recover, skip_to};

use super::function::skip_type_parameters;
use crate::span::Span;

/// The largest number of tokens in which a `{` is looked for.
const MOST_NAMES: usize = 24;

/// Reports and skips the words between a name and the `{` of its block.
pub(in crate::grammar) fn skip_to_brace(p: &mut Parser<'_>) {
    if p.at(T![<]) {
        p.error(foreign::generic_definition(p.span(), "an interface or a world"));
        skip_type_parameters(p);
        p.block_parameters = p.type_parameters.len();
    }
    let inherits = matches!(p.token_text(), "extends" | "implements" | "inherits") || p.at(T![:]) && p.nth(1).is_word();
    if p.at(T![:]) && is_primitive(p.nth(1)) && p.nth(2) == T!['{'] {
        let span = Span { start: p.previous_end().end, ..p.span().to(p.nth_span(1)) };
        p.error(foreign::value(p.span(), span, "a definition states no type for its values"));
        skip_to(p, T!['{']);
    } else if inherits && brace_follows_names(p) {
        p.error(foreign::inheritance(p.span()));
        skip_to(p, T!['{']);
    } else if brace_is_near(p) {
        p.unexpected("`{`");
        skip_to(p, T!['{']);
    }
}

/// Whether a `{` comes after the names of bases.
fn brace_follows_names(p: &Parser<'_>) -> bool {
    let is_of_names = |kind: TokenKind| kind.is_word() || matches!(kind, T![,] | T![<] | T![>] | T![.] | T![:]);
    let names = (1..MOST_NAMES).take_while(|n| is_of_names(p.nth(*n))).count();
    !p.begins_line() && p.nth(names + 1) == T!['{']
}

/// Whether a `{` comes in this line after a word or two that do not belong there.
fn brace_is_near(p: &Parser<'_>) -> bool {
    let is_junk = p.kind().is_word() || matches!(p.kind(), T![=] | T![:]);
    let is_near = p.nth(1) == T!['{'] || p.nth(1).is_word() && p.nth(2) == T!['{'];
    is_junk && is_near && !p.begins_line()
}

/// Whether the methods of a resource follow though its `{` is not here.
pub(in crate::grammar) fn begins_methods(p: &mut Parser<'_>) -> bool {
    let begins_method =
        p.nth(1) == T![:] || matches!(p.kind(), T![constructor] | T![@]) || p.at(T!['}']) && !p.begins_line();
    brace_is_near(p) || begins_method && p.lacks_opener()
}

/// Reports that the `{` of a block is missing. Returns whether the block follows nevertheless.
pub(in crate::grammar) fn follows_without_brace(p: &mut Parser<'_>) -> bool {
    if p.at(T!['(']) && !p.begins_line() {
        p.error(foreign::definition_in_parentheses(p.span()));
        recover(p);
        return false;
    }
    if p.at(T![;]) {
        p.reject(1, errors::missing_body(p.span()));
        return false;
    }
    if p.at(T![=]) && !p.begins_line() {
        p.unexpected_here("`{`");
        recover(p);
        return false;
    }
    p.error(errors::missing_token(p.previous_end(), T!['{']));
    p.suspect_braces();
    if p.lacks_opener() && p.at(T!['}']) {
        return true;
    }
    let outer = matches!(p.kind(), T![interface] | T![world] | T![package] | TokenKind::Eof);
    if outer {
        return false;
    }
    if p.kind().is_word() || p.at(T![@]) {
        return true;
    }
    recover(p);
    false
}
