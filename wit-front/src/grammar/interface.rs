//! Interfaces (`WIT.md#item-interface`).

use alloc::vec::Vec;

use crate::ast::{FuncItem, InterfaceItem, InterfaceMember};
use crate::errors::place::Place;
use crate::lexer::T;
use crate::parser::Parser;

use super::attributes::{Head, head, reject_external_id};
use super::first::{INTERFACE, at_named};
use super::foreign;
use super::foreign::keyword::keyword_here;
use super::functions::{func_type, named_function};
use super::lists::{block, no_semicolon, semicolon};
use super::names::id;
use super::typedefs::typedef_item;
use super::use_::use_item;

/// `interface-item ::= gate 'interface' id '{' interface-items* '}'`
pub(super) fn interface_item(p: &mut Parser<'_>, mut head: Head) -> Option<InterfaceItem> {
    reject_external_id(p, &mut head.attributes, "an interface");
    p.bump();
    let name = id(p, "the interface's name");
    let items = interface_block(p);
    no_semicolon(p);
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
    block(p, Place::Interface, interface_items)
}

/// `interface-items ::= gate interface-definition`
///
/// `interface-definition ::= func-item | typedef-item | use-item`
fn interface_items(p: &mut Parser<'_>) -> Option<InterfaceMember> {
    let head = head(p);
    foreign::function::skip_word_too_many(p);
    if let Some((name, func)) = foreign::field::field_of_block(p, Place::Interface) {
        let span = p.span_from(head.start);
        return Some(InterfaceMember::Func(FuncItem {
            docs: head.docs,
            attributes: head.attributes,
            name: name?,
            func,
            span,
        }));
    }
    if at_named(p) || foreign::function::begins_function(p) {
        return func_item(p, head).map(InterfaceMember::Func);
    }
    match keyword_here(p, &INTERFACE) {
        Some(T![use]) => Some(InterfaceMember::Use(use_item(p, head))),
        Some(keyword) => typedef_item(p, head, keyword).map(InterfaceMember::Type),
        None => {
            foreign::item::misplaced(p, head, Place::Interface, "a function, a type or `use`");
            None
        }
    }
}

/// `func-item ::= id ':' func-type ';'`
pub(super) fn func_item(p: &mut Parser<'_>, head: Head) -> Option<FuncItem> {
    let (name, func) = named_function(p, func_type);
    semicolon(p);
    Some(FuncItem { docs: head.docs, attributes: head.attributes, name: name?, func, span: p.span_from(head.start) })
}
