//! Interfaces (`WIT.md#item-interface`, `#item-use`).

use alloc::vec::Vec;

use crate::ast::{FuncItem, InterfaceItem, InterfaceMember, UseItem};
use crate::errors::leniency::Leniency;
use crate::errors::{foreign, syntax as errors};
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};

use super::attributes::{Head, head, reject_external_id};
use super::functions::{begins_function, func_type, named_function};
use super::lists::{BlockKind, ListKind, block, braced_list};
use super::misplaced::{INTERFACE, misplaced};
use super::names::{id, path_text, unread_path, use_names_item, use_path};
use super::typedefs::typedef_item;

/// `interface-item ::= gate 'interface' id '{' interface-items* '}'`
pub(super) fn interface_item(p: &mut Parser<'_>, mut head: Head) -> Option<InterfaceItem> {
    reject_external_id(p, &mut head.attributes, "an interface");
    p.bump();
    let name = id(p, "the interface's name");
    let items = interface_block(p);
    p.no_semicolon();
    Some(InterfaceItem {
        docs: head.docs,
        attributes: head.attributes,
        name: name?,
        items,
        span: p.span_from(head.start),
    })
}

/// `'{' interface-items* '}'`
pub(super) fn interface_block(p: &mut Parser<'_>) -> Vec<InterfaceMember> {
    block(p, BlockKind::Interface, interface_items)
}

/// `interface-items ::= gate interface-definition`
fn interface_items(p: &mut Parser<'_>, _open: Option<Open>) -> Option<InterfaceMember> {
    let head = head(p);
    let has_word_too_many = p.at(TokenKind::Label) && p.nth(1).is_word() && p.nth(2) == T![:] && !p.ends_line();
    if has_word_too_many && foreign::advice(p.token_text()).is_none() {
        p.superfluous_word();
    }
    if p.kind().is_word() && p.nth(1) == T![:] || begins_function(p) {
        return func_item(p, head).map(InterfaceMember::Func);
    }
    match p.keyword_here(&INTERFACE) {
        Some(T![use]) => Some(InterfaceMember::Use(use_item(p, head))),
        Some(keyword) => typedef_item(p, head, keyword).map(InterfaceMember::Type),
        None => {
            misplaced(p, "in an interface", "a function, a type or `use`");
            None
        }
    }
}

/// `func-item ::= id ':' func-type ';'`
pub(super) fn func_item(p: &mut Parser<'_>, head: Head) -> Option<FuncItem> {
    let (name, func) = named_function(p, func_type);
    p.semicolon();
    Some(FuncItem { docs: head.docs, attributes: head.attributes, name: name?, func, span: p.span_from(head.start) })
}

/// `use-item ::= 'use' use-path '.' '{' use-names-list '}' ';'`
pub(super) fn use_item(p: &mut Parser<'_>, mut head: Head) -> UseItem {
    reject_external_id(p, &mut head.attributes, "`use`");
    let keyword = p.bump();
    let reports = p.report_count();
    if p.at(T!['{']) {
        p.derail(errors::use_without_path(p.span()));
        p.skip_block();
        p.skip_to_item_end();
    }
    let mut path = use_path(p, "an interface");
    if p.at(T![.]) && p.nth(1).is_word() && p.nth(2) == T![.] {
        p.derail(errors::path_with_dots(p.span()));
        path = unread_path(p);
        while p.at(T![.]) && p.nth(1).is_word() {
            p.bump();
            p.bump();
        }
    }
    let mut names = Vec::new();
    if p.at(T![.]) && p.nth(1) != T!['{'] {
        p.bump();
        if p.at(T![*]) {
            p.derail(errors::use_of_all(p.span()));
            p.bump();
        } else {
            p.derail(errors::use_without_braces(p.span(), p.token_text()));
        }
        names.extend(use_names_item(p));
        while p.eat(T![,]) {
            names.extend(use_names_item(p));
        }
        if p.at(T!['}']) && !p.begins_line() && p.lacks_opener() {
            p.bump();
        }
    } else if p.at(T![.]) || p.at(T!['{']) {
        p.expect(T![.]);
        names = braced_list(p, ListKind::Use, use_names_item);
        if names.is_empty() && p.report_count() == reports {
            p.lenient(p.span_from(keyword), Leniency::NoNames);
        }
    } else {
        let text = path_text(p, &path);
        p.derail(errors::use_without_names(p.behind(), &text));
    }
    p.semicolon();
    UseItem { docs: head.docs, attributes: head.attributes, path, names, span: p.span_from(head.start) }
}
