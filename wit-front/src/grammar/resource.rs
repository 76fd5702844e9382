//! Resources (`WIT.md#item-resource`).

use alloc::vec::Vec;

use crate::ast::{FuncKind, FuncType, ResourceMethod, ResourceMethodKind, TypedefKind};
use crate::errors::place::Place;
use crate::lexer::T;
use crate::parser::Parser;

use super::attributes::{Head, head};
use super::first::at_named;
use super::foreign;
use super::foreign::keyword::keyword_here;
use super::functions::{func_type, named_function, param_list, result_list};
use super::lists::{block, semicolon};

/// `resource-item ::= 'resource' id ';' | 'resource' id '{' ( gate external-id? resource-method )* '}'`, after the name
pub(super) fn resource_item(p: &mut Parser<'_>) -> TypedefKind {
    if p.at(T!['{']) || !p.at(T![;]) && foreign::block::begins_methods(p) {
        return TypedefKind::Resource(block(p, Place::Resource, resource_method));
    }
    semicolon(p);
    TypedefKind::Resource(Vec::new())
}

/// `resource-method ::= func-item | id ':' 'static' func-type ';' | 'constructor' param-list ';'`
///
/// The grammar gives constructors no result, the text above it does: `constructor() -> result<r>`.
fn resource_method(p: &mut Parser<'_>) -> Option<ResourceMethod> {
    let head = head(p);
    foreign::function::skip_word_too_many(p);
    foreign::function::words_before_constructor(p);
    if let Some((name, func)) = foreign::field::field_of_block(p, Place::Resource) {
        let kind = ResourceMethodKind::Method(name?);
        let span = p.span_from(head.start);
        return Some(ResourceMethod { docs: head.docs, attributes: head.attributes, kind, func, span });
    }
    if foreign::item::skip_destructor(p) {
        return None;
    }
    if at_named(p) && !p.at(T![constructor]) {
        return method(p, head);
    }
    if keyword_here(p, &[T![constructor]]).is_some() {
        return Some(constructor(p, head));
    }
    if foreign::function::begins_function(p) {
        return method(p, head);
    }
    foreign::item::misplaced(p, head, Place::Resource, "a method or `constructor`");
    None
}

/// `'constructor' param-list result-list ';'`
pub(super) fn constructor(p: &mut Parser<'_>, head: Head) -> ResourceMethod {
    let keyword = p.bump();
    if !p.at(T!['(']) && !foreign::function::func_of_constructor(p) {
        foreign::function::name_of_constructor(p);
    }
    let params = param_list(p);
    let result = result_list(p);
    let func = FuncType { kind: FuncKind::Func, async_: None, params, result, span: p.span_from(keyword) };
    semicolon(p);
    ResourceMethod {
        docs: head.docs,
        attributes: head.attributes,
        kind: ResourceMethodKind::Constructor(keyword),
        func,
        span: p.span_from(head.start),
    }
}

/// `id ':' 'static'? func-type ';'`
fn method(p: &mut Parser<'_>, head: Head) -> Option<ResourceMethod> {
    let (name, (is_static, mut func)) = named_function(p, |p| {
        let is_static = p.at(T![static]) || foreign::function::misspelt_static(p);
        if is_static {
            p.bump();
        }
        (is_static, func_type(p))
    });
    semicolon(p);
    if !is_static {
        foreign::receiver::explicit_self(p, &mut func);
    }
    let name = name?;
    let kind = if is_static { ResourceMethodKind::Static(name) } else { ResourceMethodKind::Method(name) };
    Some(ResourceMethod { docs: head.docs, attributes: head.attributes, kind, func, span: p.span_from(head.start) })
}
