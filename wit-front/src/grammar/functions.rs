//! Functions (`WIT.md#item-interface`).

use alloc::vec::Vec;

use crate::ast::{FuncKind, FuncType, Ident, Param, Ty};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind};
use crate::parser::Parser;
use crate::span::Span;

use super::attributes::{head, reject_all};
use super::fields::{Typed, named_type};
use super::foreign;
use super::names::id;
use super::skip::{at_params_end, skip_to_item_end};
use super::types::ty;

/// `id ':' …`
pub(super) fn named_function<'a, T>(p: &mut Parser<'a>, function: impl Fn(&mut Parser<'a>) -> T) -> (Option<Ident>, T) {
    let name = if p.nth(1) == T![:] {
        let name = id(p, foreign::function::NAME);
        p.expect(T![:]);
        name
    } else if foreign::function::begins_generic(p) {
        let name = id(p, foreign::function::NAME);
        foreign::function::type_parameters(p);
        p.expect(T![:]);
        name
    } else {
        foreign::function::name(p)
    };
    (name, function(p))
}

/// Whether a getter or a setter begins here; `get` and `set` are no keywords.
pub(super) fn at_accessor(p: &Parser<'_>) -> bool {
    p.at(TokenKind::Label) && matches!(p.token_text(), "get" | "set") && p.nth(1) == T!['(']
}

/// `func-type ::= 'async'? 'func' param-list result-list | 'get' param-list result-list | 'set' param-list result-list`
pub(super) fn func_type(p: &mut Parser<'_>) -> FuncType {
    let start = p.span();
    let async_ = if p.at(T![async]) || foreign::function::misspelt_async(p) { Some(p.bump()) } else { None };
    let kind = if at_accessor(p) { Some(accessor(p, async_)) } else { func(p, async_) };
    if kind.is_none() && !p.at(T!['(']) {
        skip_to_item_end(p);
        return FuncType { kind: FuncKind::Func, async_, params: Vec::new(), result: None, span: p.span_from(start) };
    }
    let params = param_list(p);
    let result = result_list(p);
    p.type_parameters.truncate(p.block_parameters);
    FuncType { kind: kind.unwrap_or(FuncKind::Func), async_, params, result, span: p.span_from(start) }
}

/// `'func'`; `None` if it is missing.
fn func(p: &mut Parser<'_>, async_: Option<Span>) -> Option<FuncKind> {
    if !p.at(T![func]) && !foreign::function::func(p, async_) {
        return None;
    }
    let func = p.bump();
    if matches!(p.kind(), T![async] | T![static]) && p.nth(1) == T!['('] {
        foreign::function::word_after_func(p, func);
    }
    Some(FuncKind::Func)
}

/// `'get' | 'set'`
fn accessor(p: &mut Parser<'_>, async_: Option<Span>) -> FuncKind {
    let kind = if p.token_text() == "get" { FuncKind::Get } else { FuncKind::Set };
    let span = p.bump();
    p.require(span, "getters and setters", LanguageFeature::Accessors);
    if let Some(async_) = async_ {
        p.error_before(crate::errors::foreign::async_accessor(async_));
    }
    kind
}

/// `param-list ::= '(' named-type-list ')'`
///
/// `named-type-list ::= ϵ | named-type ( ',' named-type )*`
pub(super) fn param_list(p: &mut Parser<'_>) -> Vec<Param> {
    let mut params = Vec::new();
    if p.at(T![<]) {
        foreign::function::type_parameters(p);
    }
    let Some(open) = p.open(T!['(']) else {
        foreign::function::missing_params(p);
        return params;
    };
    while !at_params_end(p) {
        let position = p.position();
        if p.at(T![@]) {
            let head = head(p);
            reject_all(p, &head.attributes, "a parameter");
        }
        params.extend(named_type(p, Typed::Parameter).map(|(name, ty)| Param { name, ty }));
        let is_stuck = p.position() == position;
        if is_stuck || !separates_params(p) {
            skip_parameter(p);
        }
    }
    p.close(T![')'], open);
    params
}

/// The `,` after a parameter, or the end of the parameters. Returns whether the next one can follow.
fn separates_params(p: &mut Parser<'_>) -> bool {
    p.eat_separator(T![,])
        || foreign::function::semicolon_between_params(p)
        || at_params_end(p)
        || foreign::function::lacks_only_comma(p)
}

/// Skips up to and with the next `,`, at most to the end of the parameters.
fn skip_parameter(p: &mut Parser<'_>) {
    while !at_params_end(p) && !p.eat(T![,]) {
        p.bump();
    }
}

/// `result-list ::= ϵ | '->' ty`
pub(super) fn result_list(p: &mut Parser<'_>) -> Option<Ty> {
    let params_end = p.previous_end();
    if !p.eat(T![->]) && !foreign::function::lacks_only_arrow(p) {
        foreign::function::body(p);
        return None;
    }
    if p.at(T!['('])
        && let Some(error) = foreign::function::results_in_parentheses(p, params_end)
    {
        return Some(error);
    }
    let result = ty(p);
    if p.at(T![,]) {
        foreign::function::more_results(p);
    }
    foreign::function::body(p);
    Some(result)
}
