//! Types (`WIT.md#types`, `#handles`).

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::ast::{Ident, ListLength, PrimTy, Ty, TyKind};
use crate::errors::leniency::Leniency;
use crate::errors::{foreign, lexical, syntax as errors};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind, words};
use crate::parser::{MAX_TYPE_DEPTH, Open, Parser};

use super::names::id;

/// `ty`
pub(super) fn ty(p: &mut Parser<'_>) -> Ty {
    let start = p.span();
    if p.type_depth >= MAX_TYPE_DEPTH {
        p.error(errors::types_too_deep(start, MAX_TYPE_DEPTH));
        p.skip_type();
        return Ty { kind: TyKind::Error, span: p.span_from(start) };
    }
    p.type_depth += 1;
    let kind = ty_kind(p);
    p.type_depth -= 1;
    Ty { kind, span: p.span_from(start) }
}

/// Whether the current token can begin a type.
pub(super) fn begins_type(p: &Parser<'_>) -> bool {
    prim(p.kind()).is_some()
        || matches!(
            p.kind(),
            T![tuple]
                | T![list]
                | T![option]
                | T![result]
                | T![map]
                | T![future]
                | T![stream]
                | T![borrow]
                | T![own]
                | TokenKind::Label
                | TokenKind::EscapedLabel
                | TokenKind::BadLabel
        )
}

/// Whether this is the keyword of a type without arguments.
pub(super) fn is_primitive(kind: TokenKind) -> bool {
    prim(kind).is_some()
}

fn ty_kind(p: &mut Parser<'_>) -> TyKind {
    if p.at(T![*]) && !p.begins_line() {
        p.error(foreign::pointer(p.span()));
        p.bump();
        p.forget_report();
    }
    let kind = ty_without_pointer(p);
    if p.at(T![*]) && !p.begins_line() {
        p.error(foreign::pointer(p.span()));
        p.bump();
    }
    kind
}

fn ty_without_pointer(p: &mut Parser<'_>) -> TyKind {
    let kind = meant_type(p);
    if let Some(prim) = prim(kind) {
        p.bump();
        reject_arguments(p, kind);
        return TyKind::Prim(prim);
    }
    match kind {
        T![tuple] => tuple(p),
        T![list] => list(p),
        T![option] => boxed_argument(p, TyKind::Option),
        T![result] => result(p),
        T![map] => map(p),
        T![future] => optional_argument(p, TyKind::Future),
        T![stream] => optional_argument(p, TyKind::Stream),
        T![borrow] => handle(p, TyKind::Borrow),
        T![own] => handle(p, TyKind::Own),
        TokenKind::Label | TokenKind::EscapedLabel | TokenKind::BadLabel => type_name(p),
        T![record] | T![variant] | T![enum] | T![flags] | T![resource] if p.nth(1) == T!['{'] => {
            p.error(foreign::anonymous_type(p.span(), p.token_text()));
            p.bump();
            p.skip_block();
            TyKind::Error
        }
        T!['('] if !p.begins_line() => parenthesised(p, false),
        _ => {
            p.unexpected("a type");
            TyKind::Error
        }
    }
}

/// `(a, b)` of other languages, which is a tuple, and `()`.
fn parenthesised(p: &mut Parser<'_>, in_result: bool) -> TyKind {
    let open = p.span();
    if p.nth(1) == T![')'] {
        p.error(foreign::unit_type(open.to(p.nth_span(1)), in_result));
        p.bump();
        p.bump();
        return TyKind::Error;
    }
    p.bump();
    let mut elements = Vec::new();
    while begins_type(p) {
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
    p.error_behind(foreign::tuple_in_parentheses(open, close));
    TyKind::Tuple(elements)
}

/// The kind of the current token; of a word in another case, the type's that was meant.
fn meant_type(p: &mut Parser<'_>) -> TokenKind {
    if !p.at(TokenKind::BadLabel) {
        return p.kind();
    }
    let text = p.token_text();
    let meant = words::to_label(text).and_then(|label| words::keyword(&label)).filter(|&kind| is_type_keyword(kind));
    match meant {
        Some(kind) => {
            let keyword = kind.text().unwrap_or_default();
            p.error(errors::misspelt_type(p.span(), text, keyword));
            kind
        }
        None => TokenKind::BadLabel,
    }
}

fn is_type_keyword(kind: TokenKind) -> bool {
    prim(kind).is_some() || TYPE_CONSTRUCTORS.contains(&kind)
}

const TYPE_CONSTRUCTORS: [TokenKind; 9] =
    [T![tuple], T![list], T![option], T![result], T![map], T![future], T![stream], T![borrow], T![own]];

fn prim(kind: TokenKind) -> Option<PrimTy> {
    Some(match kind {
        T![bool] => PrimTy::Bool,
        T![s8] => PrimTy::S8,
        T![u8] => PrimTy::U8,
        T![s16] => PrimTy::S16,
        T![u16] => PrimTy::U16,
        T![s32] => PrimTy::S32,
        T![u32] => PrimTy::U32,
        T![s64] => PrimTy::S64,
        T![u64] => PrimTy::U64,
        T![f32] => PrimTy::F32,
        T![f64] => PrimTy::F64,
        T![char] => PrimTy::Char,
        T![string] => PrimTy::String,
        _ => return None,
    })
}

/// `tuple ::= 'tuple' '<' tuple-list '>'`
fn tuple(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "tuple<u32, string>") else { return TyKind::Error };
    let mut elements = Vec::new();
    while begins_type(p) || p.at(T![_]) {
        elements.push(ty(p));
        if !p.eat(T![,]) && !lacks_comma(p) {
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
        length = list_length(p);
        let span = p.span_from(comma);
        p.require(span, "a list of fixed length", LanguageFeature::FixedLengthLists);
    }
    close_arguments(p, open, "`>`");
    TyKind::List(element, length)
}

/// `uint ::= [1-9][0-9]*`; zeros in front are taken, as by tools.
fn list_length(p: &mut Parser<'_>) -> Option<ListLength> {
    if !p.at(TokenKind::Integer) {
        if p.begins_line() {
            p.error(errors::missing(p.behind(), "the number of elements"));
        } else {
            p.unexpected("the number of elements");
        }
        if !matches!(p.kind(), T![>] | T![;]) && !p.begins_line() {
            p.bump();
        }
        return None;
    }
    let text = p.token_text();
    let value = text.parse().ok();
    if value.is_none() {
        p.error(lexical::number_too_big(p.span()));
    } else if text.starts_with('0') && text.len() > 1 {
        p.warn(errors::zeros_in_front(p.span(), text));
    }
    let span = p.bump();
    value.map(|value| ListLength { value, span })
}

/// `option ::= 'option' '<' ty '>'`
fn boxed_argument(p: &mut Parser<'_>, kind: fn(Box<Ty>) -> TyKind) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "option<u32>") else { return TyKind::Error };
    let argument = Box::new(ty(p));
    close_arguments(p, open, "`>`");
    kind(argument)
}

/// `result ::= 'result' '<' ty ',' ty '>' | 'result' '<' '_' ',' ty '>' | 'result' '<' ty '>' | 'result'`
fn result(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = p.open(T![<]) else { return TyKind::Result(None, None) };
    if p.eat(T![_]) {
        if p.at(T![>]) {
            p.error(errors::result_of_nothing(p.span()));
            p.bump();
            return TyKind::Result(None, None);
        }
        p.expect(T![,]);
        let err = Box::new(ty(p));
        close_arguments(p, open, "`>`");
        return TyKind::Result(None, Some(err));
    }
    if p.at(T!['(']) && p.nth(1) == T![')'] {
        parenthesised(p, true);
        let err = p.eat(T![,]).then(|| Box::new(ty(p)));
        close_arguments(p, open, "`,` or `>`");
        return TyKind::Result(None, err);
    }
    let ok = Box::new(ty(p));
    let err = (p.eat(T![,]) || lacks_comma(p)).then(|| Box::new(ty(p)));
    close_arguments(p, open, "`,` or `>`");
    TyKind::Result(Some(ok), err)
}

/// `map ::= 'map' '<' kt ',' ty '>'`
fn map(p: &mut Parser<'_>) -> TyKind {
    p.bump();
    let Some(open) = open_arguments(p, "map<string, u32>") else { return TyKind::Error };
    let key = Box::new(ty(p));
    if p.at(T![>]) {
        p.error(errors::missing_map_value(p.behind()));
        p.bump();
        return TyKind::Error;
    }
    if !lacks_comma(p) && !p.expect(T![,]) {
        close_arguments(p, open, "`,`");
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
    p.bump();
    let Some(open) = p.open(T![<]) else { return kind(None) };
    let argument = Box::new(ty(p));
    close_arguments(p, open, "`>`");
    kind(Some(argument))
}

/// `handle ::= id | 'borrow' '<' id '>'`, and `'own' '<' id '>'`, which tools take
fn handle(p: &mut Parser<'_>, kind: fn(Ident) -> TyKind) -> TyKind {
    let is_own = p.at(T![own]);
    let keyword = p.bump();
    let Some(open) = open_arguments(p, "borrow<name-of-a-resource>") else { return TyKind::Error };
    if begins_type(p) && p.kind().is_keyword() {
        p.error(errors::handle_of_type(p.span()));
        ty(p);
        close_arguments(p, open, "`>`");
        return TyKind::Error;
    }
    let name = id(p, "the name of a resource");
    close_arguments(p, open, "`>`");
    if let (true, Some(name)) = (is_own, &name) {
        p.warn(errors::own_handle(p.span_from(keyword), p.text_of(name.span)));
    }
    name.map_or(TyKind::Error, kind)
}

/// `id`, where it is not `error-context`
fn type_name(p: &mut Parser<'_>) -> TyKind {
    if p.nth(1) == T![<] {
        return unknown_constructor(p);
    }
    if p.at(TokenKind::Label) && p.token_text() == "error-context" {
        let span = p.bump();
        p.require(span, "the type `error-context`", LanguageFeature::ErrorContext);
        return TyKind::ErrorContext;
    }
    id(p, "a type").map_or(TyKind::Error, TyKind::Name)
}

/// `name<…>`, of which WIT has a fixed number.
fn unknown_constructor(p: &mut Parser<'_>) -> TyKind {
    p.error(foreign::unknown_type_constructor(p.span(), p.token_text()));
    p.skip_type();
    TyKind::Error
}

/// Reports the `,` that is missing before the type that begins here.
fn lacks_comma(p: &mut Parser<'_>) -> bool {
    let lacks = begins_type(p) && !p.begins_line();
    if lacks {
        p.missing_separator(errors::missing_comma(p.behind(), "type"));
    }
    lacks
}

/// `<` behind a type that needs arguments; `example` shows how it is written.
fn open_arguments(p: &mut Parser<'_>, example: &str) -> Option<Open> {
    let open = p.open(T![<]);
    if open.is_none() {
        p.error(errors::missing_arguments(p.behind(), example));
    }
    open
}

/// `>` behind arguments.
fn close_arguments(p: &mut Parser<'_>, open: Open, expected: &str) {
    if p.at(T![,]) && !p.begins_line() && (p.nth(1).is_word() && p.nth(2) != T![:] || p.nth(1) == T![>]) {
        p.error(errors::too_many_arguments(p.span(), expected));
        p.skip_arguments();
        return;
    }
    p.close(T![>], open);
}

fn reject_arguments(p: &mut Parser<'_>, kind: TokenKind) {
    if p.at(T![<]) {
        p.error(errors::arguments_of_primitive(p.span(), kind.text().unwrap_or_default()));
        p.bump();
        p.skip_arguments();
    }
}
