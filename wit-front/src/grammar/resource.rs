//! Resources (`WIT.md#item-resource`).

use alloc::vec::Vec;

use crate::ast::{FuncKind, FuncType, ResourceMethod, ResourceMethodKind, TypedefKind};
use crate::errors::{foreign, syntax as errors};
use crate::lexer::T;
use crate::parser::{Open, Parser};
use crate::span::Span;

use super::attributes::{Head, head};
use super::functions::{begins_function, func_type, named_function, param_list, result_list};
use super::lists::{BlockKind, block, brace_is_near};
use super::misplaced::misplaced;

/// `resource-item ::= 'resource' id ';' | 'resource' id '{' ( gate external-id? resource-method )* '}'`, behind the name
pub(super) fn resource_item(p: &mut Parser<'_>) -> TypedefKind {
    if p.at(T!['{']) || brace_is_near(p) {
        return TypedefKind::Resource(block(p, BlockKind::Resource, resource_method));
    }
    let begins_method =
        p.nth(1) == T![:] || matches!(p.kind(), T![constructor] | T![@]) || p.at(T!['}']) && !p.begins_line();
    if begins_method && p.lacks_opener() {
        return TypedefKind::Resource(block(p, BlockKind::Resource, resource_method));
    }
    p.semicolon();
    TypedefKind::Resource(Vec::new())
}

/// `resource-method ::= func-item | id ':' 'static' func-type ';' | 'constructor' param-list ';'`
///
/// The grammar gives constructors no result, the text above it does: `constructor() -> result<r>`.
fn resource_method(p: &mut Parser<'_>, _open: Option<Open>) -> Option<ResourceMethod> {
    let head = head(p);
    if p.at(T![async]) && p.nth(1) == T![constructor] {
        p.error(foreign::async_constructor(p.span()));
        p.bump();
    }
    if p.kind().is_word() && p.nth(1) == T![:] && p.nth(2) == T![constructor] {
        let name = p.bump();
        p.bump();
        p.error(foreign::named_constructor(name, Span { end: p.span().start, ..name }));
    }
    let begins_method = p.kind().is_word() && p.nth(1) == T![:];
    if !begins_method && p.keyword_here(&[T![constructor]]).is_some() {
        return Some(constructor(p, head));
    }
    if begins_method || begins_function(p) {
        return method(p, head);
    }
    misplaced(p, "in a resource", "a method or `constructor`");
    None
}

fn constructor(p: &mut Parser<'_>, head: Head) -> ResourceMethod {
    let keyword = p.bump();
    if p.kind().is_word() && p.nth(1) == T!['('] && !p.begins_line() {
        p.error(foreign::named_constructor(p.span(), p.behind().to(p.span())));
        p.bump();
    }
    let params = param_list(p);
    let result = result_list(p);
    let func = FuncType { kind: FuncKind::Func, async_: None, params, result, span: p.span_from(keyword) };
    p.semicolon();
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
    let (name, (is_static, func)) = named_function(p, |p| {
        let is_static = p.eat(T![static]);
        (is_static, func_type(p))
    });
    p.semicolon();
    let mut func = func;
    if let (false, Some(place)) = (is_static, func.params.iter().position(|param| param.name.name == "self")) {
        let next = func.params.get(place + 1).map(|param| param.name.span);
        let param = func.params.remove(place);
        let (name, end) = (param.name.span, param.ty.span.end);
        let end = next.map_or(end, |next| next.start);
        p.error_behind(errors::explicit_self(name, Span::new(name.file, name.start, end)));
    }
    let name = name?;
    let kind = if is_static { ResourceMethodKind::Static(name) } else { ResourceMethodKind::Method(name) };
    Some(ResourceMethod { docs: head.docs, attributes: head.attributes, kind, func, span: p.span_from(head.start) })
}
