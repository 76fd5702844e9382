//! Blocks of items, and lists with commas.

use alloc::vec::Vec;

use crate::errors::{foreign, syntax as errors};
use crate::lexer::TokenKind;
use crate::parser::{Open, Parser, is_word};

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
            TokenKind::Package => true,
            TokenKind::Interface | TokenKind::World => self != BlockKind::Package,
            TokenKind::Import | TokenKind::Export | TokenKind::Include => {
                matches!(self, BlockKind::Interface | BlockKind::Resource)
            }
            TokenKind::Use
            | TokenKind::Type
            | TokenKind::Record
            | TokenKind::Variant
            | TokenKind::Enum
            | TokenKind::Flags
            | TokenKind::Resource => self == BlockKind::Resource,
            _ => false,
        };
        is_outer && is_word(p.nth(1)) && p.nth(2) != TokenKind::Colon
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
        if kind.ends_in_semicolon() && p.at(TokenKind::Semicolon) {
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
        if p.at(TokenKind::OpenBrace) {
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
    if !p.begins_line() || !is_word(p.kind()) {
        return false;
    }
    match p.nth(1) {
        TokenKind::Colon => matches!(p.nth(2), TokenKind::Func | TokenKind::Async | TokenKind::Static),
        next => is_word(next) && next != TokenKind::As && p.at_item_start(),
    }
}

/// The `,` behind an element, or the end of the list.
fn separator(p: &mut Parser<'_>, kind: ListKind, open: Option<Open>) {
    if p.eat_separator(TokenKind::Comma) || p.at_block_end(open) {
        return;
    }
    if p.at(TokenKind::Semicolon) {
        if !kind.ends_in_semicolon() {
            p.error(errors::wrong_separator(p.span(), ";", ","));
            p.bump();
        }
    } else if is_word(p.kind()) || p.at(TokenKind::At) {
        p.missing_separator(errors::missing_comma(p.behind(), kind.element()));
    } else {
        p.unexpected("`,` or `}`");
        recover_element(p, open);
    }
}

/// Skips to behind the next `,`, or to what ends the list.
fn recover_element(p: &mut Parser<'_>, open: Option<Open>) {
    while !p.at_block_end(open) && !p.eat(TokenKind::Comma) {
        if p.at(TokenKind::OpenBrace) {
            p.skip_block();
        } else if p.begins_line() && is_word(p.kind()) {
            return;
        } else {
            p.bump();
        }
    }
}

/// The `{` of a block. What comes between the name and it is reported and skipped.
fn open_brace(p: &mut Parser<'_>) -> Option<Open> {
    if brace_is_near(p) {
        if matches!(p.token_text(), "extends" | "implements" | "inherits")
            || p.at(TokenKind::Colon) && is_word(p.nth(1))
        {
            p.error(foreign::inheritance(p.span()));
        }
        p.unexpected("`{`");
        p.skip_to(TokenKind::OpenBrace);
    }
    p.open(TokenKind::OpenBrace)
}

/// Whether a `{` comes in this line behind a word or two that do not belong there.
pub(super) fn brace_is_near(p: &Parser<'_>) -> bool {
    let is_junk = is_word(p.kind()) || matches!(p.kind(), TokenKind::Equals | TokenKind::Colon);
    let is_near = p.nth(1) == TokenKind::OpenBrace || is_word(p.nth(1)) && p.nth(2) == TokenKind::OpenBrace;
    is_junk && is_near && !p.begins_line()
}

/// Reports that the `{` of a block is missing, and judges whether the block follows all the same.
fn has_body_without_brace(p: &mut Parser<'_>) -> bool {
    if p.at(TokenKind::Semicolon) {
        p.error(errors::missing_body(p.span()));
        p.bump();
        return false;
    }
    if p.at(TokenKind::Equals) && !p.begins_line() {
        p.unexpected_here("`{`");
        p.recover();
        return false;
    }
    p.error(errors::missing_token(p.behind(), "{"));
    p.braces_suspect = true;
    if p.lacks_opener() && p.at(TokenKind::CloseBrace) {
        return true;
    }
    let outer = matches!(p.kind(), TokenKind::Interface | TokenKind::World | TokenKind::Package | TokenKind::Eof);
    if outer {
        return false;
    }
    if is_word(p.kind()) || p.at(TokenKind::At) {
        return true;
    }
    p.recover();
    false
}
