//! Functions (`WIT.md#item-interface`).

use alloc::vec::Vec;

use crate::ast::{FuncKind, FuncType, Ident, Param, Ty, TyKind};
use crate::errors::{foreign, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::TokenKind;
use crate::parser::{Open, Parser, is_word};
use crate::span::Span;

use super::foreign::{begins_type_first, is_foreign_type, type_first};
use super::names::id;
use super::typedefs::{reject_value, typed};
use super::types::{begins_type, is_primitive, ty};

/// Whether a function begins here that is not quite written as one: `func f()`, `fn f()`, `f()`, `async f: func()`, `f func()`.
pub(super) fn begins_function(p: &Parser<'_>) -> bool {
    let is_word_more = is_word(p.nth(1)) && p.nth(2) == TokenKind::OpenParen;
    match p.kind() {
        kind if is_primitive(kind) => is_word_more,
        TokenKind::Func | TokenKind::Async | TokenKind::Static => is_word(p.nth(1)),
        TokenKind::Label | TokenKind::BadLabel => {
            matches!(p.nth(1), TokenKind::OpenParen | TokenKind::Func | TokenKind::Async)
                || p.nth(1) == TokenKind::Equals && p.nth(2) == TokenKind::Func
                || is_word_more
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
        let is_foreign = is_primitive(p.kind()) || is_foreign_type(p.token_text()) || p.token_text() == "rpc";
        misordered_words(p);
        if is_foreign {
            let name = id(p, "a name for the function");
            p.skip_to_item_end();
            return (name, function(p));
        }
    }
    let name = id(p, "a name for the function");
    if p.at(TokenKind::OpenParen) {
        p.pretend_reported();
    } else if p.at(TokenKind::Equals) {
        p.error(errors::wrong_separator(p.span(), "=", ":"));
        p.bump();
    } else if lacks_colon {
        p.error(errors::missing_token(p.behind(), ":"));
    } else {
        p.expect(TokenKind::Colon);
    }
    (name, function(p))
}

/// Reports the words in front of a function's name, up to the name.
fn misordered_words(p: &mut Parser<'_>) {
    let start = p.span();
    while is_word(p.kind()) && is_word(p.nth(1)) {
        p.bump();
    }
    let words = p.span_from(start).to(p.span());
    let (text, name) = (p.text_of(words), p.token_text());
    let report = foreign::function_order(words, text, name);
    let is_known =
        text.split_whitespace().rev().skip(1).all(|word| {
            matches!(word, "fn" | "func" | "function" | "fun" | "def" | "async" | "static" | "pub" | "export")
        });
    p.derail(match (p.nth(1), p.nth(2)) {
        (TokenKind::OpenParen, _) if is_known => {
            report.suggest(words, alloc::format!("{}func", foreign::function_head(text, name)))
        }
        (TokenKind::Colon, TokenKind::Func) if is_known => {
            report.suggest(words.to(p.nth_span(2)), alloc::format!("{}func", foreign::function_head(text, name)))
        }
        _ => report,
    });
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
            p.error_behind(foreign::async_accessor(async_));
        }
        return Some(kind);
    }
    match p.kind() {
        TokenKind::Static => {
            p.error(match async_ {
                Some(async_) => foreign::async_before_static(async_, p.span()),
                None => foreign::static_outside_resource(p.span()),
            });
            p.bump();
        }
        kind if async_.is_none()
            && p.nth(1) == TokenKind::Semicolon
            && (is_primitive(kind) || is_foreign_type(p.token_text())) =>
        {
            p.error(foreign::field_of_interface(p.span()));
            p.skip_to_item_end();
            return None;
        }
        _ => {}
    }
    if p.keyword_before(TokenKind::Func, TokenKind::OpenParen) {
        let func = p.bump();
        if p.at(TokenKind::Async) {
            p.error(foreign::async_behind_func(func, p.span()));
            p.bump();
        }
        return Some(FuncKind::Func);
    }
    if p.at(TokenKind::OpenParen) && async_.is_none() {
        p.error(foreign::missing_func(p.behind(), p.span()));
    } else {
        p.unexpected("`func`");
    }
    None
}

/// `param-list ::= '(' named-type-list ')'`
pub(super) fn param_list(p: &mut Parser<'_>) -> Vec<Param> {
    let mut params = Vec::new();
    if p.at(TokenKind::Less) {
        p.error(foreign::generic_function(p.span()));
        p.bump();
        p.skip_arguments();
    }
    let Some(open) = p.open(TokenKind::OpenParen) else {
        let is_all =
            matches!(p.kind(), TokenKind::Semicolon | TokenKind::Arrow | TokenKind::CloseBrace) || p.begins_line();
        p.derail(errors::missing_params(p.behind(), is_all));
        if !is_all {
            p.skip_to_item_end();
        }
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
    if p.at(TokenKind::Equals) {
        reject_value(p, "parameters have no default values");
        p.eat(TokenKind::Comma);
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
        let end = if p.nth(1) == TokenKind::Comma { p.nth_span(2).start } else { start.end };
        p.error(errors::explicit_self(start, Span::new(start.file, start.start, end)));
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
    if begins_type_first(p) {
        let (name, ty) = type_first(p, "parameter")?;
        return Some(Param { name, ty });
    }
    if is_word(p.kind()) && is_word(follower) && p.nth(2) == TokenKind::Colon && !p.ends_line() {
        p.superfluous_word();
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
    if !p.at(TokenKind::Arrow) {
        if is_primitive(p.kind()) && !p.begins_line() {
            p.error(errors::missing_token(p.behind(), "->"));
            return Some(ty(p));
        }
        return None;
    }
    let behind = p.behind();
    p.bump();
    let start = p.span();
    let has_names = is_word(p.nth(1)) && p.nth(2) == TokenKind::Colon;
    if !p.at(TokenKind::OpenParen) || !has_names && p.nth(1) != TokenKind::CloseParen {
        let result = ty(p);
        if p.at(TokenKind::Comma) && is_word(p.nth(1)) && !p.ends_line() {
            p.derail(foreign::several_results(p.span()));
            p.skip_to_item_end();
        }
        return Some(result);
    }
    if let Some(open) = p.open(TokenKind::OpenParen) {
        skip_results(p, open);
    }
    let span = p.span_from(start);
    p.error_behind(if has_names { foreign::named_results(span) } else { foreign::empty_result(behind, span) });
    Some(Ty { kind: TyKind::Error, span })
}

fn begins_type_behind(p: &Parser<'_>) -> bool {
    let next = p.nth(1);
    // `f: func():` with the next function below it is a `:` too many.
    is_word(next) && p.nth(2) != TokenKind::Colon
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
