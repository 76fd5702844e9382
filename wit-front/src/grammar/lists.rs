//! Blocks of items, and lists with commas.

use alloc::vec::Vec;

use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};

/// What a block of items belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Package,
    Interface,
    World,
    Resource,
}

impl BlockKind {
    /// Whether the current token begins an item that is never in such a block: then its `}` may be missing.
    fn excludes_item(self, p: &Parser<'_>) -> bool {
        let is_outer = match p.kind() {
            T![package] => true,
            T![interface] | T![world] => self != BlockKind::Package,
            T![import] | T![export] | T![include] => {
                matches!(self, BlockKind::Interface | BlockKind::Resource)
            }
            T![use] | T![type] | T![record] | T![variant] | T![enum] | T![flags] | T![resource] => {
                self == BlockKind::Resource
            }
            _ => false,
        };
        is_outer && p.nth(1).is_word() && p.nth(2) != T![:]
    }
}

/// `'{' member* '}'` where each member brings its own end.
pub(super) fn block<'a, T>(
    p: &mut Parser<'a>,
    kind: BlockKind,
    member: fn(&mut Parser<'a>, Option<Open>) -> Option<T>,
) -> Vec<T> {
    let mut members = Vec::new();
    let open = open_brace(p);
    if open.is_none() && !has_body_without_brace(p) {
        return members;
    }
    while !p.at_block_end(open) {
        if kind.excludes_item(p) && p.lacks_closer() {
            break;
        }
        let position = p.position();
        members.extend(member(p, open));
        if p.position() == position && !p.at_block_end(open) {
            p.recover();
        }
        if p.position() == position && !p.at_block_end(open) {
            p.bump();
        }
    }
    p.close_block(open);
    members
}

/// What a list in braces belongs to.
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

    /// Whether a `;` comes behind the list, so that one within it means that the `}` is missing.
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
    if open.is_none() && !has_body_without_brace(p) {
        return elements;
    }
    while !p.at_block_end(open) {
        if kind.ends_in_semicolon() && p.at(T![;]) {
            break;
        }
        if begins_item(p) {
            if p.lacks_closer() {
                break;
            }
            p.error(errors::item_in_list(p.span(), kind.whole()));
            p.braces_suspect = true;
            p.bump();
            p.recover();
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

/// Whether an item begins here and not an element: a keyword and a name, or a function.
fn begins_item(p: &Parser<'_>) -> bool {
    if !p.begins_line() || !p.kind().is_word() {
        return false;
    }
    match p.nth(1) {
        T![:] => matches!(p.nth(2), T![func] | T![async] | T![static]),
        next => next.is_word() && next != T![as] && p.at_item_start(),
    }
}

/// The `,` behind an element, or the end of the list.
fn separator(p: &mut Parser<'_>, kind: ListKind, open: Option<Open>) {
    if p.eat_separator(T![,]) || p.at_block_end(open) {
        return;
    }
    if p.at(T![;]) {
        if !kind.ends_in_semicolon() {
            p.error(errors::wrong_separator(p.span(), ";", ","));
            p.bump();
        }
    } else if p.kind().is_word() || p.at(T![@]) {
        p.missing_separator(errors::missing_comma(p.behind(), kind.element()));
    } else {
        p.unexpected("`,` or `}`");
        recover_element(p, open);
    }
}

/// Skips to behind the next `,`, or to what ends the list.
fn recover_element(p: &mut Parser<'_>, open: Option<Open>) {
    while !p.at_block_end(open) && !p.eat(T![,]) {
        if p.at(T!['{']) {
            p.skip_block();
        } else if p.begins_line() && p.kind().is_word() {
            return;
        } else {
            p.bump();
        }
    }
}

/// The `{` of a block. What comes between the name and it is reported and skipped.
fn open_brace(p: &mut Parser<'_>) -> Option<Open> {
    if brace_is_near(p) {
        if matches!(p.token_text(), "extends" | "implements" | "inherits") || p.at(T![:]) && p.nth(1).is_word() {
            p.error(foreign::inheritance(p.span()));
        }
        p.unexpected("`{`");
        p.skip_to(T!['{']);
    }
    p.open(T!['{'])
}

/// Whether a `{` comes in this line behind a word or two that do not belong there.
pub(super) fn brace_is_near(p: &Parser<'_>) -> bool {
    let is_junk = p.kind().is_word() || matches!(p.kind(), T![=] | T![:]);
    let is_near = p.nth(1) == T!['{'] || p.nth(1).is_word() && p.nth(2) == T!['{'];
    is_junk && is_near && !p.begins_line()
}

/// Reports that the `{` of a block is missing, and judges whether the block follows all the same.
fn has_body_without_brace(p: &mut Parser<'_>) -> bool {
    if p.at(T![;]) {
        p.error(errors::missing_body(p.span()));
        p.bump();
        return false;
    }
    if p.at(T![=]) && !p.begins_line() {
        p.unexpected_here("`{`");
        p.recover();
        return false;
    }
    p.error(errors::missing_token(p.behind(), "{"));
    p.braces_suspect = true;
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
    p.recover();
    false
}
