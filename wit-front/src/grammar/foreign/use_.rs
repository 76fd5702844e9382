//! `use` in the forms of other languages, and slips in `use` and `include`.

use alloc::vec::Vec;

use crate::ast::{AsName, Ident, UsePath};
use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

use crate::grammar::lists::{ListKind, braced_list};
use crate::grammar::names::{id, use_names_item};
use crate::grammar::paths::{path_text, unread_path};
use crate::grammar::skip::{skip_block, skip_to_item_end};

/// The largest number of tokens of a list without braces that are looked at.
const LONGEST_LIST: usize = 64;

/// `use { a } from b`, from the brace.
pub(in crate::grammar) fn names_first(p: &mut Parser<'_>) -> UsePath {
    p.derail(errors::use_without_path(p.span()));
    skip_block(p);
    skip_to_item_end(p);
    p.silence();
    unread_path(p)
}

/// The names after a path that has no `.{` after it.
pub(in crate::grammar) fn names(p: &mut Parser<'_>, path: &mut UsePath) -> Vec<AsName> {
    if p.nth(2) == T![.] && super::path::skip_dots(p, ".{…}") {
        *path = unread_path(p);
    }
    match (p.kind(), p.nth(1)) {
        (T![.], T!['{']) | (T!['{'], _) => {
            p.expect(T![.]);
            braced_list(p, ListKind::Use, use_names_item)
        }
        (T![.], _) => names_without_braces(p),
        _ => {
            p.derail(errors::use_without_names(p.previous_end(), &path_text(path)));
            Vec::new()
        }
    }
}

/// `use a.b, c;` and `use a.*;`, from the dot.
fn names_without_braces(p: &mut Parser<'_>) -> Vec<AsName> {
    p.bump();
    if p.at(T![*]) {
        p.derail(errors::use_of_all(p.span()));
        p.bump();
    } else if !p.kind().is_word() {
        p.unexpected("`{`");
    } else {
        report_names(p);
    }
    let mut names = Vec::from_iter(use_names_item(p));
    while p.eat(T![,]) {
        names.extend(use_names_item(p));
    }
    if p.at(T!['}']) && !p.begins_line() && p.lacks_opener() {
        p.bump();
    }
    names
}

/// Whether the `;` here is between names in braces, or after the last one.
pub(in crate::grammar) fn semicolon_between_names(p: &Parser<'_>) -> bool {
    let precedes_name = p.nth(1).is_word() && matches!(p.nth(2), T![,] | T![;] | T![as] | T!['}']);
    !p.ends_line() && (precedes_name || p.nth(1) == T!['}'])
}

/// Reports the names of `use a.b, c as d;`, which begin here.
fn report_names(p: &mut Parser<'_>) {
    let mut written = words::meant(p.token_text()).into_owned();
    let mut last = 0;
    while last < LONGEST_LIST && matches!(p.nth(last + 1), T![,] | T![as]) && p.nth(last + 2).is_word() {
        let separator = if p.nth(last + 1) == T![,] { ", " } else { " as " };
        written = written + separator + &words::meant(p.nth_text(last + 2));
        last += 2;
    }
    p.derail(errors::use_without_braces(p.span(), p.span().to(p.nth_span(last)), &written));
}

/// `use a.{b};` at the top level, from the dot up to the `;`.
pub(in crate::grammar) fn names_at_top_level(p: &mut Parser<'_>) {
    p.reject(1, errors::type_use_at_top_level(p.span()));
    if p.at(T!['{']) {
        skip_block(p);
    }
    skip_to_item_end(p);
}

/// Reports `as name` after an import or export by path, which begins at `start`. Returns the name.
pub(in crate::grammar) fn as_of_extern(p: &mut Parser<'_>, start: Span, path: &UsePath) -> Option<Ident> {
    let name = if p.nth(1).is_word() { words::meant(p.nth_text(1)) } else { "".into() };
    let whole = start.to(if name.is_empty() { p.span() } else { p.nth_span(1) });
    p.derail(foreign::extern_as(whole, p.span(), &path_text(path), &name));
    p.bump();
    let name = if matches!(p.kind(), TokenKind::Label | TokenKind::EscapedLabel) { id(p, "a name") } else { None };
    skip_to_item_end(p);
    name
}

/// Reports the token in place of the `as` of a renaming in `include`. Returns whether the new name follows.
pub(in crate::grammar) fn lacks_only_as(p: &mut Parser<'_>) -> bool {
    if p.at(T![:]) {
        p.error(errors::renamed_interface(p.span()));
        while !matches!(p.kind(), T![,] | T!['}'] | T![;] | TokenKind::Eof) {
            p.bump();
        }
        return false;
    }
    if p.at(TokenKind::Label) && matches!(p.token_text(), "to" | "into") {
        p.reject(1, errors::wrong_word(p.span(), p.token_text(), "as"));
        return true;
    }
    p.expect(T![as]);
    p.kind().is_word() && !p.begins_line()
}
