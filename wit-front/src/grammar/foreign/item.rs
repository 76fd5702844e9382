//! Items in a place where they are not allowed, and tokens that begin no item.

use crate::ast::{Ident, Item};
use crate::errors::advice::advice;
use crate::errors::place::{ItemSort, Place, misplaced_item};
use crate::errors::{foreign, syntax as errors};
use crate::grammar::attributes::{Head, head};
use crate::grammar::first::{BLOCK_TYPES, at_named};
use crate::grammar::interface::{func_item, interface_item};
use crate::grammar::names::id;
use crate::grammar::resource::constructor;
use crate::grammar::skip::{recover, skip_block, skip_statement, skip_to_item_end};
use crate::grammar::typedefs::typedef_item;
use crate::grammar::world::{extern_item, include_item, world_item};
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;

use super::function::begins_words_of_function;
use super::keyword::{meant_keyword, superfluous_word};

/// The greatest depth of misplaced items, one in another, that are read.
const MOST_NESTED_ITEMS: u32 = 8;

/// Reports the current token, which begins no item of `place`, and skips the item that it begins elsewhere. Mistakes in that item are
/// reported too.
pub(in crate::grammar) fn misplaced(p: &mut Parser<'_>, head: Head, place: Place, expected: &str) {
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
    let word = p.span();
    let is_advised = advice(p.token_text()).is_some();
    if let Some((sort, keyword)) = item_sort(p) {
        p.error(misplaced_item(word, sort, place));
        if read_item(p, head, keyword) {
            return;
        }
    } else if kind == T![;] {
        p.reject(1, errors::lone_semicolon(p.span()));
        return;
    } else {
        let is_quoted = kind == TokenKind::String && p.nth(1) == T![:];
        p.unexpected_here(if is_quoted { "a name" } else { expected });
    }
    if kind != T!['{'] {
        // The token first: `recover` stops at a token that begins an item.
        p.bump();
        if matches!(kind, T![import] | T![export]) && at_named(p) {
            p.bump();
        }
    }
    recover(p);
    if is_advised {
        p.ignore(p.span_from(word.after()));
    }
}

/// Reports an item among the elements of a list, and skips it. Mistakes in it are reported too.
pub(in crate::grammar) fn item_in_list(p: &mut Parser<'_>, list: &str) {
    p.error(errors::item_in_list(p.span(), list));
    p.suspect_braces();
    let head = head(p);
    if item_sort(p).is_none_or(|(_, keyword)| !read_item(p, head, keyword)) {
        p.bump();
        recover(p);
    }
}

/// Reads the item that this keyword begins, for the mistakes in it; a function begins with its name. Returns whether it is read.
fn read_item(p: &mut Parser<'_>, head: Head, keyword: TokenKind) -> bool {
    p.suspect_braces();
    if p.at(TokenKind::Label) && keyword != T![func] {
        p.error_before(errors::misspelt_keyword(p.span(), p.token_text(), keyword.text().unwrap_or_default()));
    }
    if p.nested_items >= MOST_NESTED_ITEMS {
        return false;
    }
    p.nested_items += 1;
    match keyword {
        T![interface] => {
            let item = interface_item(p, head).map(Item::Interface);
            p.moved_items.extend(item);
        }
        T![world] => {
            let item = world_item(p, head).map(Item::World);
            p.moved_items.extend(item);
        }
        T![import] | T![export] => drop(extern_item(p, head)),
        T![include] => drop(include_item(p, head)),
        T![constructor] => drop(constructor(p, head)),
        T![func] => drop(func_item(p, head)),
        T![package] => {
            p.bump();
            recover(p);
        }
        _ => drop(typedef_item(p, head, keyword)),
    }
    p.nested_items -= 1;
    true
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
    is_type && p.nth(2).is_word() && p.reject(1, foreign::verb_of_type(p.span(), p.with_blank()))
}

/// Whether the type of an import or export begins here without a `:`, as in `import f = func();` or `import i { … }`.
pub(in crate::grammar) fn begins_unnamed_type(p: &Parser<'_>) -> bool {
    p.kind().is_word() && matches!(p.nth(1), T![=] | T!['{'])
}

/// Reports and skips `interface` before the name of one, and `world`.
pub(in crate::grammar) fn skip_interface(p: &mut Parser<'_>) {
    if matches!(p.kind(), T![interface] | T![world]) && p.nth(1).is_word() && matches!(p.nth(2), T![;] | T![@]) {
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
    p.reject(1, foreign::interface_before_name(keyword, name, &words::meant(p.nth_text(1))));
    id(p, "a name")
}

/// Reports and consumes a `=` in place of `:`. Returns whether it was here.
pub(in crate::grammar) fn eat_equals(p: &mut Parser<'_>) -> bool {
    p.at(T![=]) && p.replace(":")
}

/// Reports that `interface` is missing before a block. Returns whether it is.
pub(in crate::grammar) fn lacks_interface(p: &mut Parser<'_>) -> bool {
    let lacks = p.at(T!['{']);
    if lacks {
        p.error(foreign::missing_interface(p.previous_end(), p.is_after_colon()));
    }
    lacks
}

/// The sort of the item that begins here, and its keyword; a word of another language may stand for it.
fn item_sort(p: &Parser<'_>) -> Option<(ItemSort, TokenKind)> {
    let next = p.nth(1);
    let begins_function = p.kind().is_word() && next == T![:] && matches!(p.nth(2), T![func] | T![async] | T![static])
        || p.at(TokenKind::Label) && begins_words_of_function(p)
        || matches!(p.kind(), T![func] | T![async]) && next.is_word();
    let keyword = match p.kind() {
        _ if begins_function => T![func],
        TokenKind::Label if next.is_word() && p.nth(2) == T!['{'] => {
            meant_keyword(p.token_text(), BLOCK_TYPES.into_iter().chain([T![interface], T![world]]))?
        }
        T![constructor] if next == T!['('] => T![constructor],
        kind if next.is_word() => kind,
        _ => return None,
    };
    let sort = match keyword {
        T![func] => ItemSort::Function,
        T![constructor] => ItemSort::Constructor,
        T![package] => ItemSort::Package,
        T![interface] => ItemSort::Interface,
        T![world] => ItemSort::World,
        T![import] => ItemSort::Import,
        T![export] => ItemSort::Export,
        T![include] => ItemSort::Include,
        kind if kind == T![type] || BLOCK_TYPES.contains(&kind) => ItemSort::Type,
        _ => return None,
    };
    Some((sort, keyword))
}

/// Reports and skips an item in the form of another language. Returns whether there was one.
fn foreign_item(p: &mut Parser<'_>, place: Place) -> bool {
    let is_exported = place == Place::TopLevel && matches!(p.kind(), T![import] | T![export]);
    match p.nth(1) {
        TokenKind::String | T!['{'] if is_exported => {
            p.derail(foreign::file_import(p.span()));
            skip_statement(p);
        }
        T![interface] | T![world] if is_exported => {
            p.reject(1, foreign::exported_definition(p.span(), p.token_text(), p.nth_text(1)));
        }
        next if is_exported && (next == T![type] || BLOCK_TYPES.contains(&next)) => {
            p.bump();
            let head = head(p);
            misplaced(p, head, place, "");
        }
        TokenKind::Label if is_exported && p.at(T![export]) && p.nth_text(1) == "default" => {
            let words = p.span().to(p.nth_span(1));
            p.reject(2, foreign::exported_definition(words, "export", p.nth_text(2)));
        }
        next if p.token_text() == "mod" && next.is_word() && p.nth(2) == T![;] => {
            p.derail(foreign::module_of_file(p.span()));
            skip_statement(p);
        }
        _ => return false,
    }
    true
}
