//! Blocks of items, lists with commas, and the `;` after items.

use alloc::vec::Vec;

use crate::errors::attributes::attribute_after_item;
use crate::errors::place::Place;
use crate::errors::syntax as errors;
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};

use super::foreign;
use super::skip::{at_item_start, recover, skip_block};

/// The largest number of tokens of a function that are looked at.
const LONGEST_FUNCTION: usize = 32;

/// The `;` after an item. If it is missing, the item ends nevertheless.
pub(super) fn semicolon(p: &mut Parser<'_>) {
    if p.eat_separator(T![;]) {
        return;
    }
    let begins_item = p.kind().is_keyword() && at_item_start(p);
    if p.begins_line() || p.at(T!['}']) || begins_item {
        p.missing_separator(errors::missing_semicolon(p.previous_end()));
    } else if p.at(T![,]) && p.ends_line() {
        p.replace(";");
    } else {
        if p.at(T![@]) {
            p.derail(attribute_after_item(p.span()));
        } else {
            p.unexpected("`;`");
        }
        recover(p);
    }
}

/// Reports a `;` after a block.
pub(super) fn no_semicolon(p: &mut Parser<'_>) {
    if p.at(T![;]) {
        p.reject(1, errors::needless_semicolon(p.span()));
    }
}

/// Whether the current token begins an item that is never in such a block: then its `}` may be missing.
fn excludes_item(block: Place, p: &Parser<'_>) -> bool {
    let is_outer = match p.kind() {
        T![package] => true,
        T![interface] | T![world] => block != Place::NestedPackage,
        T![import] | T![export] | T![include] => matches!(block, Place::Interface | Place::Resource),
        T![use] | T![type] | T![record] | T![variant] | T![enum] | T![flags] | T![resource] => block == Place::Resource,
        _ => false,
    };
    is_outer && p.nth(1).is_word() && p.nth(2) != T![:]
}

/// `'{' member* '}'`, where each member includes its own end.
pub(super) fn block<'a, T>(p: &mut Parser<'a>, place: Place, member: fn(&mut Parser<'a>) -> Option<T>) -> Vec<T> {
    let mut members = Vec::new();
    let open = open_brace(p);
    if open.is_none() && !foreign::block::follows_without_brace(p) {
        return members;
    }
    while !p.at_block_end(open) {
        if excludes_item(place, p) && p.lacks_closer() {
            break;
        }
        let position = p.position();
        members.extend(member(p));
        if p.position() == position && !p.at_block_end(open) {
            recover(p);
        }
        if p.position() == position && !p.at_block_end(open) {
            p.bump();
        }
    }
    p.close_block(open);
    members
}

/// The owner of a list in braces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Record,
    Variant,
    Enum,
    Flags,
    Use,
    With,
}

impl ListKind {
    const fn whole(self) -> &'static str {
        match self {
            ListKind::Record => "record",
            ListKind::Variant => "variant",
            ListKind::Enum => "enum",
            ListKind::Flags => "`flags`",
            ListKind::Use => "`use`",
            ListKind::With => "`with`",
        }
    }

    const fn element(self) -> &'static str {
        match self {
            ListKind::Record => "field",
            ListKind::Variant | ListKind::Enum => "case",
            ListKind::Flags => "flag",
            ListKind::Use => "name",
            ListKind::With => "renaming",
        }
    }

    const fn element_wanted(self) -> &'static str {
        match self {
            ListKind::Record => "a field",
            ListKind::Variant | ListKind::Enum => "a case",
            ListKind::Flags => "a flag",
            ListKind::Use => "the name of a type",
            ListKind::With => "a name of the included world",
        }
    }

    /// Whether a `;` comes after the list, so that one within it means that the `}` is missing.
    const fn ends_in_semicolon(self) -> bool {
        matches!(self, ListKind::Use | ListKind::With)
    }
}

/// `'{' element (',' element)* ','? '}'`
pub(super) fn braced_list<'a, T>(
    p: &mut Parser<'a>,
    kind: ListKind,
    element: fn(&mut Parser<'a>) -> Option<T>,
) -> Vec<T> {
    let mut elements = Vec::new();
    let open = open_brace(p);
    if open.is_none() {
        let is_over = begins_item(p);
        if !foreign::block::follows_without_brace(p) || is_over {
            return elements;
        }
    }
    while !p.at_block_end(open) {
        if kind.ends_in_semicolon() && p.at(T![;]) {
            break;
        }
        let is_item = begins_item(p);
        if (is_item || kind == ListKind::Record && begins_function_item(p)) && p.lacks_closer() {
            break;
        }
        // A field whose type is a function is no item.
        if is_item && (kind != ListKind::Record || p.nth(1) != T![:]) {
            foreign::item::item_in_list(p, kind.whole());
            continue;
        }
        if p.at(T!['{']) {
            p.unexpected_here(kind.element_wanted());
            p.bump();
            continue;
        }
        let position = p.position();
        elements.extend(element(p));
        separator(p, kind, open);
        if p.position() == position && !p.at_block_end(open) {
            p.bump();
        }
    }
    p.close_block(open);
    elements
}

/// The `{` of a block.
fn open_brace(p: &mut Parser<'_>) -> Option<Open> {
    if !p.at(T!['{']) {
        foreign::block::skip_to_brace(p);
    }
    p.open(T!['{'])
}

/// Whether an item begins here and not an element: a keyword and a name, or a function.
fn begins_item(p: &Parser<'_>) -> bool {
    if !p.begins_line() || !p.kind().is_word() {
        return false;
    }
    if p.nth(2) == T!['{'] && foreign::keyword::is_block_type(p.token_text()) {
        return true;
    }
    match p.nth(1) {
        T![:] => matches!(p.nth(2), T![func] | T![async] | T![static]),
        next => next.is_word() && next != T![as] && at_item_start(p),
    }
}

/// Whether a function begins here that ends with a `;`, as an item does and a field does not.
fn begins_function_item(p: &Parser<'_>) -> bool {
    if p.nth(1) != T![:] || !matches!(p.nth(2), T![func] | T![async] | T![static]) {
        return false;
    }
    let mut depth = 0_usize;
    for n in 3..LONGEST_FUNCTION {
        match p.nth(n) {
            T!['('] | T![<] => depth += 1,
            T![')'] | T![>] => depth = depth.saturating_sub(1),
            T![;] => return true,
            T![,] if depth == 0 => return false,
            T!['{'] | T!['}'] | TokenKind::Eof => return false,
            _ => {}
        }
    }
    false
}

/// The `,` after an element, or the end of the list.
fn separator(p: &mut Parser<'_>, kind: ListKind, open: Option<Open>) {
    if p.eat_separator(T![,]) || p.at_block_end(open) {
        return;
    }
    if p.at(T![;]) {
        if !kind.ends_in_semicolon() || foreign::use_::semicolon_between_names(p) {
            p.replace(",");
        }
    } else if p.kind().is_word() || p.at(T![@]) {
        p.missing_separator(errors::missing_comma(p.previous_end(), kind.element()));
    } else {
        p.unexpected("`,` or `}`");
        recover_element(p, open);
    }
}

/// Skips up to and with the next `,`, at most to the end of the list.
fn recover_element(p: &mut Parser<'_>, open: Option<Open>) {
    while !p.at_block_end(open) && !p.eat(T![,]) {
        if p.at(T!['{']) {
            skip_block(p);
        } else if p.begins_line() && p.kind().is_word() {
            return;
        } else {
            p.bump();
        }
    }
}
