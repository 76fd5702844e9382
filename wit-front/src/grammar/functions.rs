//! Functions (`WIT.md#item-interface`).

use alloc::vec::Vec;

use crate::ast::{FuncKind, FuncType, Ident, Param, Ty, TyKind};
use crate::errors::syntax as errors;
use crate::features::LanguageFeature;
use crate::lexer::TokenKind;
use crate::parser::{Open, Parser, is_word};

use super::names::id;
use super::typedefs::typed;
use super::types::{begins_type, ty};

/// Whether a function begins here that is not quite written as one: `func f()`, `fn f()`, `f()`, `async f: func()`, `f func()`.
pub(super) fn begins_function(p: &Parser<'_>) -> bool {
    match p.kind() {
        TokenKind::Func | TokenKind::Async | TokenKind::Static => is_word(p.nth(1)),
        TokenKind::Label | TokenKind::BadLabel => {
            matches!(p.nth(1), TokenKind::OpenParen | TokenKind::Func | TokenKind::Async)
                || p.nth(1) == TokenKind::Equals && p.nth(2) == TokenKind::Func
                || matches!(p.token_text(), "fn" | "function" | "fun" | "def") && is_word(p.nth(1))
        }
        _ => false,
    }
}

/// `id ':' …`; the words in another order are reported, and read as they are meant.
pub(super) fn named_function<'a, T>(p: &mut Parser<'a>, function: impl Fn(&mut Parser<'a>) -> T) -> (Option<Ident>, T) {
    let lacks_colon =
        !p.kind().is_keyword() && matches!(p.nth(1), TokenKind::Func | TokenKind::Async | TokenKind::Equals);
    if p.nth(1) != TokenKind::Colon && !lacks_colon {
        let start = p.span();
        while is_word(p.kind()) && is_word(p.nth(1)) {
            p.bump();
        }
        let words = p.span_from(start).to(p.span());
        p.derail(errors::function_order(words, p.text_of(words), p.token_text()));
    }
    let name = id(p, "a name for the function");
    if p.at(TokenKind::OpenParen) {
        p.pretend_reported();
    } else if p.at(TokenKind::Equals) {
        p.error(errors::wrong_separator(p.span(), "=", ":"));
        p.bump();
    } else {
        p.expect(TokenKind::Colon);
    }
    (name, function(p))
}

/// Whether a getter or a setter stands here; `get` and `set` are no keywords.
pub(super) fn at_accessor(p: &Parser<'_>) -> bool {
    p.at(TokenKind::Label) && matches!(p.token_text(), "get" | "set") && p.nth(1) == TokenKind::OpenParen
}

/// `func-type ::= 'async'? 'func' param-list result-list | 'get' param-list result-list | 'set' param-list result-list`
pub(super) fn func_type(p: &mut Parser<'_>) -> FuncType {
    let start = p.span();
    let async_ = p.at(TokenKind::Async).then(|| p.bump());
    let kind = func_keyword(p, async_);
    if kind.is_none() && !p.at(TokenKind::OpenParen) {
        p.skip_to_item_end();
        return FuncType { kind: FuncKind::Func, async_, params: Vec::new(), result: None, span: p.span_from(start) };
    }
    let params = param_list(p);
    let result = result_list(p);
    FuncType { kind: kind.unwrap_or(FuncKind::Func), async_, params, result, span: p.span_from(start) }
}

/// `func`, `get` or `set`.
fn func_keyword(p: &mut Parser<'_>, async_: Option<crate::span::Span>) -> Option<FuncKind> {
    if at_accessor(p) {
        let kind = if p.token_text() == "get" { FuncKind::Get } else { FuncKind::Set };
        let span = p.bump();
        p.require(span, "getters and setters", LanguageFeature::Accessors);
        if let Some(async_) = async_ {
            p.error_behind(errors::async_accessor(async_));
        }
        return Some(kind);
    }
    match p.kind() {
        TokenKind::Static if async_.is_some() => {
            p.error(errors::async_before_static(p.span()));
            p.bump();
        }
        TokenKind::Static => {
            p.error(errors::static_outside_resource(p.span()));
            p.bump();
        }
        _ => {}
    }
    if p.keyword_before(TokenKind::Func, TokenKind::OpenParen) {
        p.bump();
        if p.at(TokenKind::Async) {
            p.error(errors::async_behind_func(p.span()));
            p.bump();
        }
        return Some(FuncKind::Func);
    }
    if p.at(TokenKind::OpenParen) && async_.is_none() {
        p.error(errors::missing_token(p.behind(), "func"));
    } else {
        p.unexpected("`func`");
    }
    None
}

/// `param-list ::= '(' named-type-list ')'`
pub(super) fn param_list(p: &mut Parser<'_>) -> Vec<Param> {
    let mut params = Vec::new();
    if p.at(TokenKind::Less) {
        p.error(errors::generic_function(p.span()));
        p.bump();
        p.skip_arguments();
    }
    let Some(open) = p.open(TokenKind::OpenParen) else {
        p.error(errors::missing_params(p.behind()));
        return params;
    };
    while !at_params_end(p) {
        let position = p.position();
        params.extend(named_type(p));
        if p.position() == position {
            skip_parameter(p);
        } else if !p.eat_separator(TokenKind::Comma) && !at_params_end(p) {
            param_separator(p);
        }
    }
    p.close(TokenKind::CloseParen, open);
    params
}

fn param_separator(p: &mut Parser<'_>) {
    if is_word(p.kind()) {
        p.missing_separator(errors::missing_comma(p.behind(), "parameter"));
        return;
    }
    p.unexpected("`,` or `)`");
    skip_parameter(p);
}

/// To behind the next `,`, or to the end of the parameters.
fn skip_parameter(p: &mut Parser<'_>) {
    while !at_params_end(p) && !p.eat(TokenKind::Comma) {
        p.bump();
    }
}

fn at_params_end(p: &Parser<'_>) -> bool {
    match p.kind() {
        TokenKind::CloseParen
        | TokenKind::Arrow
        | TokenKind::Semicolon
        | TokenKind::OpenBrace
        | TokenKind::CloseBrace
        | TokenKind::Eof => true,
        kind if is_word(kind) && p.nth(1) == TokenKind::Colon => {
            p.begins_line() && matches!(p.nth(2), TokenKind::Func | TokenKind::Async | TokenKind::Static)
        }
        _ => p.begins_line() && p.at_item_start(),
    }
}

/// `named-type ::= id ':' ty`
fn named_type(p: &mut Parser<'_>) -> Option<Param> {
    let start = p.span();
    if p.token_text() == "self" && p.nth(1) != TokenKind::Colon {
        p.error(errors::explicit_self(start));
        p.bump();
        return None;
    }
    let follower = p.nth(1);
    let is_unnamed = matches!(follower, TokenKind::Comma | TokenKind::CloseParen | TokenKind::Less);
    if is_unnamed && begins_type(p) {
        let is_type = p.kind().is_keyword() || follower == TokenKind::Less || p.at(TokenKind::Label);
        if is_type {
            let span = ty(p).span;
            p.error_behind(errors::unnamed_parameter(span, p.text_of(span)));
            return None;
        }
    }
    let name = id(p, "a parameter")?;
    let ty = typed(p, "parameter");
    Some(Param { name, ty })
}

/// `result-list ::= ϵ | '->' ty`
pub(super) fn result_list(p: &mut Parser<'_>) -> Option<Ty> {
    if p.at(TokenKind::Colon) && begins_type_behind(p) {
        p.error(errors::wrong_separator(p.span(), ":", "->"));
        p.bump();
        return Some(ty(p));
    }
    if p.at(TokenKind::Equals) && p.nth(1) == TokenKind::Greater {
        let equals = p.span();
        p.error(errors::wrong_separator(equals.to(p.nth_span(1)), "=>", "->"));
        p.bump();
        p.bump();
        return Some(ty(p));
    }
    if !p.eat(TokenKind::Arrow) {
        return None;
    }
    let start = p.span();
    let Some(open) = p.open(TokenKind::OpenParen) else { return Some(ty(p)) };
    let is_empty = p.at(TokenKind::CloseParen);
    skip_results(p, open);
    p.error_behind(errors::parenthesised_results(p.span_from(start), is_empty));
    Some(Ty { kind: TyKind::Error, span: p.span_from(start) })
}

fn begins_type_behind(p: &Parser<'_>) -> bool {
    let next = p.nth(1);
    is_word(next) && p.nth(2) == TokenKind::Semicolon
}

/// What is left of `( … )`, with everything nested.
fn skip_results(p: &mut Parser<'_>, open: Open) {
    while !at_params_end(p) {
        if let Some(inner) = p.open(TokenKind::OpenParen) {
            // Once is enough: what nests deeper ends at the same `;`.
            p.skip_to(TokenKind::CloseParen);
            p.close(TokenKind::CloseParen, inner);
        } else {
            p.bump();
        }
    }
    p.close(TokenKind::CloseParen, open);
}
