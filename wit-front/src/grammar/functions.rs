//! Functions (`WIT.md#item-interface`).

use alloc::vec::Vec;

use crate::ast::{FuncKind, FuncType, Ident, Param, Ty, TyKind};
use crate::errors::{foreign, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};
use crate::span::Span;

use super::foreign::{begins_type_first, is_foreign_type, type_first};
use super::names::id;
use super::typedefs::{reject_value, typed};
use super::types::{begins_type, is_primitive, ty};

/// Whether a function begins here that is not quite written as one: `func f()`, `fn f()`, `f()`, `async f: func()`, `f func()`.
pub(super) fn begins_function(p: &Parser<'_>) -> bool {
    let is_word_more = p.nth(1).is_word() && p.nth(2) == T!['('];
    match p.kind() {
        kind if is_primitive(kind) => is_word_more,
        T![func] | T![async] | T![static] => p.nth(1).is_word(),
        TokenKind::Label | TokenKind::BadLabel => {
            matches!(p.nth(1), T!['('] | T![func] | T![async])
                || p.nth(1) == T![=] && p.nth(2) == T![func]
                || is_word_more
                || matches!(p.token_text(), "fn" | "function" | "fun" | "def") && p.nth(1).is_word()
        }
        _ => false,
    }
}

/// `id ':' …`; the words in another order are reported, and read as they are meant.
pub(super) fn named_function<'a, T>(p: &mut Parser<'a>, function: impl Fn(&mut Parser<'a>) -> T) -> (Option<Ident>, T) {
    let lacks_colon = !p.kind().is_keyword() && matches!(p.nth(1), T![func] | T![async] | T![=]);
    if p.nth(1) != T![:] && !lacks_colon {
        let is_foreign = is_primitive(p.kind()) || is_foreign_type(p.token_text()) || p.token_text() == "rpc";
        misordered_words(p);
        if is_foreign {
            let name = id(p, "a name for the function");
            p.skip_to_item_end();
            return (name, function(p));
        }
    }
    let name = id(p, "a name for the function");
    if p.at(T!['(']) {
        p.pretend_reported();
    } else if p.at(T![=]) {
        p.error(errors::wrong_separator(p.span(), "=", ":"));
        p.bump();
    } else if lacks_colon {
        p.error(errors::missing_token(p.behind(), ":"));
    } else {
        p.expect(T![:]);
    }
    (name, function(p))
}

/// Reports the words in front of a function's name, up to the name.
fn misordered_words(p: &mut Parser<'_>) {
    let start = p.span();
    while p.kind().is_word() && p.nth(1).is_word() {
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
        (T!['('], _) if is_known => report.suggest(words, alloc::format!("{}func", foreign::function_head(text, name))),
        (T![:], T![func]) if is_known => {
            report.suggest(words.to(p.nth_span(2)), alloc::format!("{}func", foreign::function_head(text, name)))
        }
        _ => report,
    });
}

/// Whether a getter or a setter stands here; `get` and `set` are no keywords.
pub(super) fn at_accessor(p: &Parser<'_>) -> bool {
    p.at(TokenKind::Label) && matches!(p.token_text(), "get" | "set") && p.nth(1) == T!['(']
}

/// `func-type ::= 'async'? 'func' param-list result-list | 'get' param-list result-list | 'set' param-list result-list`
pub(super) fn func_type(p: &mut Parser<'_>) -> FuncType {
    let start = p.span();
    let async_ = p.at(T![async]).then(|| p.bump());
    let kind = func_keyword(p, async_);
    if kind.is_none() && !p.at(T!['(']) {
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
        T![static] => {
            p.error(match async_ {
                Some(async_) => foreign::async_before_static(async_, p.span()),
                None => foreign::static_outside_resource(p.span()),
            });
            p.bump();
        }
        kind if async_.is_none() && p.nth(1) == T![;] && (is_primitive(kind) || is_foreign_type(p.token_text())) => {
            p.error(foreign::field_of_interface(p.span()));
            p.skip_to_item_end();
            return None;
        }
        _ => {}
    }
    if p.keyword_before(T![func], T!['(']) {
        let func = p.bump();
        if p.at(T![async]) {
            p.error(foreign::async_behind_func(func, p.span()));
            p.bump();
        }
        return Some(FuncKind::Func);
    }
    if p.at(T!['(']) && async_.is_none() {
        p.error(foreign::missing_func(p.behind(), p.span()));
    } else {
        p.unexpected("`func`");
    }
    None
}

/// `param-list ::= '(' named-type-list ')'`
pub(super) fn param_list(p: &mut Parser<'_>) -> Vec<Param> {
    let mut params = Vec::new();
    if p.at(T![<]) {
        p.error(foreign::generic_function(p.span()));
        p.bump();
        p.skip_arguments();
    }
    let Some(open) = p.open(T!['(']) else {
        let is_all = matches!(p.kind(), T![;] | T![->] | T!['}']) || p.begins_line();
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
        } else if !p.eat_separator(T![,]) && !at_params_end(p) {
            param_separator(p);
        }
    }
    p.close(T![')'], open);
    params
}

fn param_separator(p: &mut Parser<'_>) {
    if p.kind().is_word() {
        p.missing_separator(errors::missing_comma(p.behind(), "parameter"));
        return;
    }
    if p.at(T![=]) {
        reject_value(p, "parameters have no default values");
        p.eat(T![,]);
        return;
    }
    p.unexpected("`,` or `)`");
    skip_parameter(p);
}

/// To behind the next `,`, or to the end of the parameters.
fn skip_parameter(p: &mut Parser<'_>) {
    while !at_params_end(p) && !p.eat(T![,]) {
        p.bump();
    }
}

fn at_params_end(p: &Parser<'_>) -> bool {
    match p.kind() {
        T![')'] | T![->] | T![;] | T!['{'] | T!['}'] | TokenKind::Eof => true,
        kind if kind.is_word() && p.nth(1) == T![:] => {
            p.begins_line() && matches!(p.nth(2), T![func] | T![async] | T![static])
        }
        _ => p.begins_line() && p.at_item_start(),
    }
}

/// `named-type ::= id ':' ty`
fn named_type(p: &mut Parser<'_>) -> Option<Param> {
    let start = p.span();
    if p.token_text() == "self" && p.nth(1) != T![:] {
        let end = if p.nth(1) == T![,] { p.nth_span(2).start } else { start.end };
        p.error(errors::explicit_self(start, Span::new(start.file, start.start, end)));
        p.bump();
        return None;
    }
    let follower = p.nth(1);
    let is_unnamed = matches!(follower, T![,] | T![')'] | T![<]);
    if is_unnamed && begins_type(p) {
        let is_type = p.kind().is_keyword() || follower == T![<] || p.at(TokenKind::Label);
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
    if p.kind().is_word() && follower.is_word() && p.nth(2) == T![:] && !p.ends_line() {
        p.superfluous_word();
    }
    let name = id(p, "a parameter")?;
    let ty = typed(p, "parameter");
    Some(Param { name, ty })
}

/// `result-list ::= ϵ | '->' ty`
pub(super) fn result_list(p: &mut Parser<'_>) -> Option<Ty> {
    if p.at(T![:]) && begins_type_behind(p) {
        p.error(errors::wrong_separator(p.span(), ":", "->"));
        p.bump();
        return Some(ty(p));
    }
    if p.at(T![=]) && p.nth(1) == T![>] {
        let equals = p.span();
        p.error(errors::wrong_separator(equals.to(p.nth_span(1)), "=>", "->"));
        p.bump();
        p.bump();
        return Some(ty(p));
    }
    if !p.at(T![->]) {
        if is_primitive(p.kind()) && !p.begins_line() {
            p.error(errors::missing_token(p.behind(), "->"));
            return Some(ty(p));
        }
        return None;
    }
    let behind = p.behind();
    p.bump();
    let start = p.span();
    let has_names = p.nth(1).is_word() && p.nth(2) == T![:];
    if !p.at(T!['(']) || !has_names && p.nth(1) != T![')'] {
        let result = ty(p);
        if p.at(T![,]) && p.nth(1).is_word() && !p.ends_line() {
            p.derail(foreign::several_results(p.span()));
            p.skip_to_item_end();
        }
        return Some(result);
    }
    if let Some(open) = p.open(T!['(']) {
        skip_results(p, open);
    }
    let span = p.span_from(start);
    p.error_behind(if has_names { foreign::named_results(span) } else { foreign::empty_result(behind, span) });
    Some(Ty { kind: TyKind::Error, span })
}

fn begins_type_behind(p: &Parser<'_>) -> bool {
    let next = p.nth(1);
    // `f: func():` with the next function below it is a `:` too many.
    next.is_word() && p.nth(2) != T![:]
}

/// What is left of `( … )`, with everything nested.
fn skip_results(p: &mut Parser<'_>, open: Open) {
    while !at_params_end(p) {
        if let Some(inner) = p.open(T!['(']) {
            // Once is enough: what nests deeper ends at the same `;`.
            p.skip_to(T![')']);
            p.close(T![')'], inner);
        } else {
            p.bump();
        }
    }
    p.close(T![')'], open);
}
