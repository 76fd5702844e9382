//! Items in a place where they are not allowed, and tokens that begin no item.

use crate::ast::Ident;
use crate::errors::place::{ItemSort, Place, misplaced_item};
use crate::errors::{foreign, syntax as errors};
use crate::grammar::names::id;
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

use super::function::begins_words_of_function;
use super::keyword::{meant_keyword, superfluous_word};
use crate::grammar::first::BLOCK_TYPES;
use crate::grammar::skip::{recover, skip_block, skip_statement, skip_to_item_end};

/// Reports and skips the current token, which begins no item of `place`, and the item that it begins elsewhere.
pub(in crate::grammar) fn misplaced(p: &mut Parser<'_>, place: Place, expected: &str) {
    let kind = p.kind();
    if matches!(kind, T!['}'] | TokenKind::Eof) {
        return;
    }
    let is_public = matches!(p.token_text(), "pub" | "public") && p.nth(1).is_word() && !p.ends_line();
    if is_public {
        superfluous_word(p);
        // The parser goes on at the item, which may be right.
        return;
    }
    if foreign_item(p, place) {
        return;
    }
    let item = item_sort(p);
    match item {
        Some(item) => {
            p.suspect_braces();
            p.error(misplaced_item(p.span(), item, place));
        }
        None if kind == T![;] => {
            p.error(errors::lone_semicolon(p.span()));
            p.bump();
            return;
        }
        None => p.unexpected_here(expected),
    }
    if kind != T!['{'] {
        // The token first: `recover` stops at a token that begins an item.
        p.bump();
        if matches!(kind, T![import] | T![export]) && p.kind().is_word() && p.nth(1) == T![:] {
            p.bump();
        }
    }
    recover(p);
}

/// Skips `~r();`, whose first character the lexer has reported. Returns whether it was here.
pub(in crate::grammar) fn skip_destructor(p: &mut Parser<'_>) -> bool {
    let is_destructor = p.is_after("~") && p.nth(1) == T!['('];
    if is_destructor {
        recover(p);
    }
    is_destructor
}

/// Reports and skips `import` or `export` before the definition of a type. Returns whether it was here.
pub(in crate::grammar) fn skip_verb_of_type(p: &mut Parser<'_>) -> bool {
    let is_type = p.nth(1) == T![type] || BLOCK_TYPES.contains(&p.nth(1));
    let found = is_type && p.nth(2).is_word();
    if found {
        let verb = p.span();
        p.error(foreign::verb_of_type(verb, Span::new(verb.file, verb.start, p.nth_span(1).start)));
        p.bump();
    }
    found
}

/// Whether the type of an import or export begins here without a `:`, as in `import f = func();` or `import i { … }`.
pub(in crate::grammar) fn begins_unnamed_type(p: &Parser<'_>) -> bool {
    p.kind().is_word() && matches!(p.nth(1), T![=] | T!['{'])
}

/// Reports and skips `interface` before the name of one.
pub(in crate::grammar) fn skip_interface(p: &mut Parser<'_>) {
    if p.at(T![interface]) && p.nth(1).is_word() && matches!(p.nth(2), T![;] | T![@]) {
        superfluous_word(p);
    }
}

/// Reports and skips `{ a } from i`, `* from i`, and `.{a}` after the name of an interface. Returns whether it was here.
pub(in crate::grammar) fn skip_names(p: &mut Parser<'_>) -> bool {
    let is_here = matches!(p.kind(), T!['{'] | T![*]) && !p.begins_line() || p.at(T![.]) && p.nth(1) == T!['{'];
    if is_here {
        p.derail(foreign::names_of_extern(p.span()));
        if !p.at(T!['{']) {
            p.bump();
        }
        if p.at(T!['{']) {
            skip_block(p);
        }
        skip_to_item_end(p);
    }
    is_here
}

/// Whether `interface k { … }` begins here as an import or export.
pub(in crate::grammar) fn begins_interface_first(p: &Parser<'_>) -> bool {
    p.at(T![interface]) && p.nth(1).is_word() && p.nth(2) == T!['{']
}

/// Reports and consumes `interface k` of an import or export. Returns the name.
pub(in crate::grammar) fn interface_first(p: &mut Parser<'_>) -> Option<Ident> {
    let (keyword, name) = (p.span(), p.nth_span(1));
    p.error(foreign::interface_before_name(keyword, name, &words::meant(p.nth_text(1))));
    p.bump();
    id(p, "a name")
}

/// Reports and consumes a `=` in place of `:`. Returns whether it was here.
pub(in crate::grammar) fn eat_equals(p: &mut Parser<'_>) -> bool {
    if p.at(T![=]) {
        p.error(errors::wrong_separator(p.span(), "=", ":"));
    }
    p.eat(T![=])
}

/// Reports that `interface` is missing before a block. Returns whether it is.
pub(in crate::grammar) fn lacks_interface(p: &mut Parser<'_>) -> bool {
    let lacks = p.at(T!['{']);
    if lacks {
        p.error(foreign::missing_interface(p.previous_end(), p.is_after_colon()));
    }
    lacks
}

/// The sort of the item that begins here.
fn item_sort(p: &Parser<'_>) -> Option<ItemSort> {
    let next = p.nth(1);
    let sort = match p.kind() {
        T![constructor] if next == T!['('] => ItemSort::Constructor,
        kind if kind.is_word() && next == T![:] && matches!(p.nth(2), T![func] | T![async] | T![static]) => {
            ItemSort::Function
        }
        TokenKind::Label if begins_words_of_function(p) => ItemSort::Function,
        _ if !next.is_word() => return None,
        T![package] => ItemSort::Package,
        T![interface] => ItemSort::Interface,
        T![world] => ItemSort::World,
        T![import] => ItemSort::Import,
        T![export] => ItemSort::Export,
        T![include] => ItemSort::Include,
        T![type] | T![record] | T![variant] | T![enum] | T![flags] | T![resource] => ItemSort::Type,
        T![func] | T![async] => ItemSort::Function,
        _ => return None,
    };
    Some(sort)
}

/// The sort of item with a block that is meant by a word of another language.
fn meant_item(word: &str) -> Option<ItemSort> {
    match meant_keyword(word, BLOCK_TYPES.into_iter().chain([T![interface], T![world]]))? {
        T![interface] => Some(ItemSort::Interface),
        T![world] => Some(ItemSort::World),
        _ => Some(ItemSort::Type),
    }
}

/// Reports and skips an item in the form of another language. Returns whether there was one.
fn foreign_item(p: &mut Parser<'_>, place: Place) -> bool {
    let is_top_level = place == Place::TopLevel;
    match (p.kind(), p.nth(1)) {
        (T![import] | T![export], TokenKind::String | T!['{']) if is_top_level => {
            p.derail(foreign::file_import(p.span()));
            skip_statement(p);
        }
        (T![import] | T![export], T![interface] | T![world]) if is_top_level => {
            p.error(foreign::exported_definition(p.span(), p.token_text(), p.nth_text(1)));
            p.bump();
        }
        (T![import] | T![export], next) if is_top_level && (next == T![type] || BLOCK_TYPES.contains(&next)) => {
            p.bump();
            misplaced(p, place, "");
        }
        (T![export], TokenKind::Label) if is_top_level && p.nth_text(1) == "default" => {
            let words = p.span().to(p.nth_span(1));
            p.error(foreign::exported_definition(words, "export", p.nth_text(2)));
            p.bump();
            p.bump();
        }
        (TokenKind::Label, next) if p.token_text() == "mod" && next.is_word() && p.nth(2) == T![;] => {
            p.derail(foreign::module_of_file(p.span()));
            skip_statement(p);
        }
        (TokenKind::Label, next) if next.is_word() && p.nth(2) == T!['{'] => {
            let Some(item) = meant_item(p.token_text()) else { return false };
            p.suspect_braces();
            p.error(misplaced_item(p.span(), item, place));
            p.bump();
            recover(p);
        }
        _ => return false,
    }
    true
}
