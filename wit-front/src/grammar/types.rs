//! Types (`WIT.md#types`, `#handles`).

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::ast::{Ident, ListLength, Ty, TyKind};
use crate::errors::leniency::Leniency;
use crate::errors::{lexical, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};

use super::first::{begins_type, is_name_of_type, is_type_keyword, prim};
use super::foreign;
use super::names::id;
use super::skip::skip_type;

/// The greatest depth of nested types; the same as in the reference implementation.
const MAX_TYPE_DEPTH: u32 = 100;

/// `ty ::= 'u8' | … | list | … | handle | id`
pub(super) fn ty(p: &mut Parser<'_>) -> Ty {
    let start = p.span();
    if p.type_depth >= MAX_TYPE_DEPTH {
        p.error(errors::types_too_deep(start, MAX_TYPE_DEPTH));
        skip_type(p);
        return Ty { kind: TyKind::Error, span: p.span_from(start) };
    }
    p.type_depth += 1;
    foreign::ty::skip_star(p);
    let kind = match foreign::receiver::reference(p) {
        Some(kind) => kind,
        None => ty_kind(p),
    };
    foreign::ty::skip_star(p);
    foreign::ty::skip_alternatives(p);
    p.type_depth -= 1;
    Ty { kind, span: p.span_from(start) }
}

fn ty_kind(p: &mut Parser<'_>) -> TyKind {
    if is_name_of_type(p) {
        return TyKind::Name(foreign::ty::keyword_as_name(p));
    }
    let kind = foreign::ty::meant_type(p);
    if let Some(prim) = prim(kind) {
        p.bump();
        if p.at(T![<]) {
            foreign::ty::arguments_of_primitive(p, kind);
        }
        return TyKind::Prim(prim);
    }
    match kind {
        T![tuple] => tuple(p),
        T![list] => list(p),
        T![option] => option(p),
        T![result] => result(p),
        T![map] => map(p),
        T![future] => optional_argument(p, TyKind::Future),
        T![stream] => optional_argument(p, TyKind::Stream),
        T![borrow] => handle(p, TyKind::Borrow),
        T![own] => handle(p, TyKind::Own),
        TokenKind::Label | TokenKind::EscapedLabel | TokenKind::BadLabel => type_name(p),
        T!['('] if !p.begins_line() => tuple_in_parentheses(p),
        _ => {
            foreign::ty::not_a_type(p);
            TyKind::Error
        }
    }
}

/// `tuple ::= 'tuple' '<' tuple-list '>'`
fn tuple(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "tuple<u32, string>") else { return TyKind::Error };
    let mut elements = Vec::new();
    while begins_type(p) || p.at(T![_]) {
        elements.push(ty(p));
        if !separates_arguments(p) {
            break;
        }
    }
    // `tuple<>` is left to the checks on types, with all that is empty.
    let is_broken = elements.is_empty() && !p.at(T![>]);
    close_arguments(p, open, "a type or `>`");
    if is_broken { TyKind::Error } else { TyKind::Tuple(elements) }
}

/// `list ::= 'list' '<' ty '>' | 'list' '<' ty ',' uint '>'`
fn list(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "list<u8>") else { return TyKind::Error };
    let element = Box::new(ty(p));
    let mut length = None;
    if p.at(T![,]) {
        let comma = p.bump();
        if !foreign::ty::second_element(p, comma) {
            length = list_length(p);
            let span = p.span_from(comma);
            p.require(span, "a list of fixed length", LanguageFeature::FixedLengthLists);
        }
    }
    close_arguments(p, open, "`>`");
    TyKind::List(element, length)
}

/// `uint ::= [1-9][0-9]*`; leading zeros are accepted, as by other tools
fn list_length(p: &mut Parser<'_>) -> Option<ListLength> {
    if !p.at(TokenKind::Integer) {
        foreign::ty::not_a_length(p);
        return None;
    }
    let text = p.token_text();
    let value = text.parse().ok();
    if value.is_none() {
        p.error(lexical::number_too_big(p.span()));
    } else if text.starts_with('0') && text.len() > 1 {
        p.warn(errors::leading_zeros(p.span(), text));
    }
    let span = p.bump();
    value.map(|value| ListLength { value, span })
}

/// `option ::= 'option' '<' ty '>'`
fn option(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "option<u32>") else { return TyKind::Error };
    let argument = Box::new(ty(p));
    close_arguments(p, open, "`>`");
    TyKind::Option(argument)
}

/// `result ::= 'result' '<' ty ',' ty '>' | 'result' '<' '_' ',' ty '>' | 'result' '<' ty '>' | 'result'`
fn result(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = p.open(T![<]) else {
        let has_arguments = foreign::ty::arguments_without_brackets(p, "result<u32, string>");
        return if has_arguments { TyKind::Error } else { TyKind::Result(None, None) };
    };
    if p.at(T![,]) && p.nth(1) == T![>] {
        p.bump();
    }
    if p.at(T![>]) {
        p.reject(1, errors::empty_brackets(open.span.to(p.span()), "result", "if neither outcome carries a value"));
        return TyKind::Result(None, None);
    }
    let is_omitted = p.eat(T![_]) || foreign::ty::lacks_ok(p);
    if is_omitted && p.at(T![>]) {
        p.reject(1, errors::result_of_nothing(p.span()));
        return TyKind::Result(None, None);
    }
    let ok = if is_omitted || foreign::ty::unit(p, true) { None } else { Some(Box::new(ty(p))) };
    let comma = p.span();
    let has_err = if is_omitted { p.expect(T![,]) || begins_type(p) } else { separates_arguments(p) };
    if has_err && matches!(p.kind(), T![_] | T![>]) {
        let last = if p.at(T![_]) { p.span() } else { comma };
        p.error(errors::no_error_type(comma.to(last), !is_omitted));
        p.eat(T![_]);
        close_arguments(p, open, "`>`");
        return TyKind::Result(ok, None);
    }
    let err = has_err.then(|| Box::new(ty(p)));
    close_arguments(p, open, "`>`");
    TyKind::Result(ok, err)
}

/// `map ::= 'map' '<' kt ',' ty '>'`
fn map(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "map<string, u32>") else { return TyKind::Error };
    let key = Box::new(ty(p));
    if p.at(T![>]) {
        p.reject(1, errors::missing_map_value(p.previous_end()));
        return TyKind::Error;
    }
    if !lacks_comma(p) && !p.expect(T![,]) {
        close_arguments(p, open, "`,`");
        return TyKind::Error;
    }
    if p.at(T![>]) {
        p.reject(1, errors::missing_map_value(p.previous_end()));
        return TyKind::Error;
    }
    if matches!(key.kind, TyKind::Name(_)) {
        p.lenient(key.span, Leniency::KeyByName);
    }
    let value = Box::new(ty(p));
    close_arguments(p, open, "`>`");
    TyKind::Map(key, value)
}

/// `future ::= 'future' '<' ty '>' | 'future'`, and `stream` likewise
fn optional_argument(p: &mut Parser<'_>, kind: fn(Option<Box<Ty>>) -> TyKind) -> TyKind {
    let keyword = p.bump();
    let Some(open) = p.open(T![<]) else {
        let example = if p.text_of(keyword) == "future" { "future<u8>" } else { "stream<u8>" };
        let has_arguments = foreign::ty::arguments_without_brackets(p, example);
        return if has_arguments { TyKind::Error } else { kind(None) };
    };
    if p.at(T![>]) {
        p.reject(1, errors::empty_brackets(open.span.to(p.span()), p.text_of(keyword), "if it carries no values"));
        return kind(None);
    }
    let argument = Box::new(ty(p));
    close_arguments(p, open, "`>`");
    kind(Some(argument))
}

/// `handle ::= id | 'borrow' '<' id '>'`, and `'own' '<' id '>'`, which other tools accept
fn handle(p: &mut Parser<'_>, kind: fn(Ident) -> TyKind) -> TyKind {
    let is_own = p.at(T![own]);
    if let Some(name) = foreign::ty::handle_without_brackets(p) {
        return kind(name);
    }
    let keyword = p.bump();
    if is_own && (!p.at(T![<]) || p.nth(1) == T![>]) {
        p.error(errors::own_alone(keyword));
        skip_type(p);
        return TyKind::Error;
    }
    let Some(open) = open_arguments(p, "borrow<name-of-a-resource>") else { return TyKind::Error };
    if foreign::ty::type_with_path(p) {
        close_arguments(p, open, "`>`");
        return TyKind::Error;
    }
    if is_type_keyword(p.kind()) && !is_name_of_type(p) {
        let reports = p.report_count();
        let inner = ty(p).span;
        close_arguments(p, open, "`>`");
        if p.report_count() == reports {
            p.error_before(errors::handle_of_type(p.span_from(keyword), inner, p.text_of(inner)));
        }
        return TyKind::Error;
    }
    let is_self = foreign::receiver::at_self_type(p);
    let name = if is_self { foreign::receiver::self_type(p) } else { id(p, "the name of a resource") };
    let is_closed = p.at(T![>]);
    close_arguments(p, open, "`>`");
    if let (true, Some(name)) = (is_own && is_closed, &name) {
        p.warn(errors::own_handle(p.span_from(keyword), name));
    }
    name.map_or(TyKind::Error, kind)
}

/// `id`, and `error-context`, which is not a keyword
fn type_name(p: &mut Parser<'_>) -> TyKind {
    if foreign::ty::trait_or_function(p) || foreign::ty::anonymous_type(p) {
        return TyKind::Error;
    }
    if p.nth(1) == T![<] {
        foreign::ty::unknown_constructor(p);
        return TyKind::Error;
    }
    if foreign::ty::type_with_path(p) {
        return TyKind::Error;
    }
    if p.at(TokenKind::Label) && p.token_text() == "error-context" {
        let span = p.bump();
        p.require(span, "the type `error-context`", LanguageFeature::ErrorContext);
        return TyKind::ErrorContext;
    }
    if foreign::ty::skip_type_parameter(p) || foreign::ty::capitalized(p) {
        return TyKind::Error;
    }
    if foreign::receiver::at_self_type(p) {
        return foreign::receiver::self_type(p).map_or(TyKind::Error, TyKind::Name);
    }
    id(p, "a type").map_or(TyKind::Error, TyKind::Name)
}

/// `(a, b)` of other languages, which is a tuple.
fn tuple_in_parentheses(p: &mut Parser<'_>) -> TyKind {
    if foreign::ty::unit(p, false) || foreign::ty::function_in_arrows(p) {
        return TyKind::Error;
    }
    let open = p.bump();
    let mut elements = Vec::new();
    while begins_type(p) || p.at(T!['(']) {
        elements.push(ty(p));
        if !p.eat(T![,]) {
            break;
        }
    }
    if !p.at(T![')']) {
        p.unexpected("`)`");
        return TyKind::Error;
    }
    let close = p.bump();
    if elements.len() == 1 {
        p.error_before(crate::errors::foreign::type_in_parentheses(open, close));
        return elements.pop().map_or(TyKind::Error, |ty| ty.kind);
    }
    p.error_before(crate::errors::foreign::tuple_in_parentheses(open, close));
    TyKind::Tuple(elements)
}

/// The `,` between arguments. Returns whether another one follows.
fn separates_arguments(p: &mut Parser<'_>) -> bool {
    p.eat(T![,]) || foreign::ty::semicolon_between_arguments(p) || lacks_comma(p)
}

/// Reports the `,` that is missing before the type that begins here.
fn lacks_comma(p: &mut Parser<'_>) -> bool {
    let lacks = begins_type(p) && !p.begins_line();
    if lacks {
        p.missing_separator(errors::missing_comma(p.previous_end(), "type"));
    }
    lacks
}

/// `<` after a type that needs arguments; `example` shows how it is written.
fn open_arguments(p: &mut Parser<'_>, example: &str) -> Option<Open> {
    let open = p.open(T![<]);
    match open {
        Some(open) if p.at(T![>]) && !example.starts_with("tuple") => {
            p.reject(1, errors::empty_arguments(open.span.to(p.span()), example));
            None
        }
        None => {
            if !foreign::ty::arguments_without_brackets(p, example) {
                p.error(errors::missing_arguments(p.previous_end(), example));
            }
            None
        }
        Some(_) => open,
    }
}

/// `>` after arguments.
fn close_arguments(p: &mut Parser<'_>, open: Open, expected: &str) {
    if p.at(T![>]) || !foreign::ty::more_arguments(p, expected) {
        p.close(T![>], open);
    }
}
