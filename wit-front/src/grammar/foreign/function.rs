//! Functions in the forms of other languages: `func f()`, `fn f()`, `u32 f()`, `f: (a: u32) => u32`.

use alloc::format;

use crate::ast::{Ident, Ty, TyKind};
use crate::errors::advice::advice;
use crate::errors::{foreign, syntax as errors};
use crate::grammar::first::{at_named, is_primitive};
use crate::grammar::names::id;
use crate::grammar::skip::{at_item_start, at_params_end, skip_arguments, skip_block, skip_to, skip_to_item_end};
use crate::lexer::{T, TokenKind};
use crate::parser::{Open, Parser};
use crate::span::Span;

use super::field::{is_foreign_type, reject_value};
use super::keyword::{keyword_before, superfluous_word};

/// The words that languages write before the name of a function.
const WORDS_BEFORE_NAME: [&str; 13] =
    ["get", "set", "fn", "func", "function", "fun", "def", "async", "static", "pub", "public", "export", "unsafe"];

/// The largest number of words before a function's name that are looked at.
const MOST_WORDS: usize = 4;

/// The largest number of tokens of type parameters that are looked at.
const MOST_PARAMETERS: usize = 16;

/// The purpose of a function's name, for messages.
pub(in crate::grammar) const NAME: &str = "a name for the function";

/// Whether a function begins here whose first word is not its name, or has no `:` after it: `func f()`, `fn f()`, `f()`,
/// `async f: func()`, `f func()`.
pub(in crate::grammar) fn begins_function(p: &Parser<'_>) -> bool {
    let is_word_more = p.nth(1).is_word() && p.nth(2) == T!['('];
    match p.kind() {
        kind if is_primitive(kind) => is_word_more,
        T![func] | T![async] | T![static] => p.nth(1).is_word(),
        TokenKind::Label | TokenKind::BadLabel => {
            p.nth(1) == T!['('] && advice(p.token_text()).is_none()
                || begins_generic(p)
                || matches!(p.nth(1), T![func] | T![async])
                || p.nth(1) == T![=] && p.nth(2) == T![func]
                || is_word_more
                || begins_words_of_function(p)
        }
        _ => false,
    }
}

/// Reports and skips a word too many before the name of a member (`pub f: func()`).
pub(in crate::grammar) fn skip_word_too_many(p: &mut Parser<'_>) {
    let has_word_too_many = p.at(TokenKind::Label) && p.nth(1).is_word() && p.nth(2) == T![:] && !p.ends_line();
    if has_word_too_many && advice(p.token_text()).is_none() {
        superfluous_word(p);
    }
}

/// Whether only the `:` is missing in `f: func()` or `i: interface { … }`.
pub(in crate::grammar) fn lacks_only_colon(p: &Parser<'_>) -> bool {
    p.kind().is_word()
        && matches!(p.nth(1), T![func] | T![async] | T![interface])
        && !begins_extern(p)
        && !at_item_start(p)
}

/// Whether `func f()` begins here.
pub(in crate::grammar) fn begins_extern(p: &Parser<'_>) -> bool {
    matches!(p.kind(), T![func] | T![async] | T![static]) && p.nth(1).is_word()
        || begins_words_of_function(p)
        || matches!(p.kind(), TokenKind::Label | TokenKind::BadLabel) && p.nth(1) == T!['(']
}

/// A function's name without a `:` after it, and the token in place of the `:`.
pub(in crate::grammar) fn name(p: &mut Parser<'_>) -> Option<Ident> {
    if !p.kind().is_keyword() && p.nth(1) == T!['('] {
        let name = id(p, NAME)?;
        p.error(foreign::missing_colon_and_func(p.previous_end(), &name.written()));
        return Some(name);
    }
    let has_words = begins_words_of_function(p);
    let accessor = Some(p.token_text()).filter(|word| matches!(*word, "get" | "set") && p.nth(1).is_word());
    let lacks_colon = !has_words && !p.kind().is_keyword() && matches!(p.nth(1), T![func] | T![async] | T![=]);
    if !lacks_colon {
        let is_foreign = is_primitive(p.kind()) || is_foreign_type(p.token_text()) || p.token_text() == "rpc";
        misordered_words(p);
        if is_foreign {
            let name = id(p, NAME);
            skip_to_item_end(p);
            return name;
        }
    }
    let mut name = id(p, NAME);
    if let (Some(accessor), Some(name)) = (accessor, &mut name) {
        name.name = format!("{accessor}-{}", name.name).as_str().into();
    }
    if p.at(T!['(']) {
        p.silence();
    } else if p.at(T![=]) {
        p.replace(":");
    } else if lacks_colon {
        p.error(errors::missing_token(p.previous_end(), T![:]));
    } else {
        p.expect(T![:]);
    }
    name
}

/// Whether `f<T>: func` begins here.
pub(in crate::grammar) fn begins_generic(p: &Parser<'_>) -> bool {
    let inner = (2..MOST_PARAMETERS).take_while(|n| p.nth(*n).is_word() || p.nth(*n) == T![,]).count();
    p.nth(1) == T![<] && p.nth(inner + 2) == T![>] && p.nth(inner + 3) == T![:]
}

/// Whether words such as `pub async fn` begin here, before a name and parameters.
pub(super) fn begins_words_of_function(p: &Parser<'_>) -> bool {
    let words = (0..MOST_WORDS).take_while(|n| WORDS_BEFORE_NAME.contains(&p.nth_text(*n))).count();
    let ends = matches!(p.nth(words + 1), T!['('] | T![<]) || p.nth(words + 1) == T![:] && p.nth(words + 2) == T![func];
    words > 0 && p.nth(words).is_word() && ends
}

/// Reports the words before a function's name, and skips them.
fn misordered_words(p: &mut Parser<'_>) {
    let start = p.span();
    while p.kind().is_word() && p.nth(1).is_word() {
        p.bump();
    }
    let words = p.span_from(start).to(p.span());
    let (text, name) = (p.text_of(words), p.token_text());
    let report = foreign::function_order(words, text, name);
    let is_known = text.split_whitespace().rev().skip(1).all(|word| WORDS_BEFORE_NAME.contains(&word));
    let written = || format!("{}func", foreign::function_head(text, name));
    match (p.nth(1), p.nth(2)) {
        (T!['('] | T![<], _) if is_known => p.error(report.suggest(words, written())),
        (T![:], T![func]) if is_known => p.derail(report.suggest(words.to(p.nth_span(2)), written())),
        _ => p.derail(report),
    }
}

/// Reports the token in place of `func`. Returns whether `func`, or a word for it, is here then.
pub(in crate::grammar) fn func(p: &mut Parser<'_>, async_: Option<Span>) -> bool {
    if p.at(T![static]) {
        p.error(match async_ {
            Some(async_) => foreign::async_before_static(async_, p.span()),
            None => foreign::static_outside_resource(p.span()),
        });
        p.bump();
    }
    if keyword_before(p, T![func], T!['(']) {
        return true;
    }
    if p.at(T!['(']) {
        p.error(foreign::missing_func(p.previous_end(), p.span()));
    } else {
        p.unexpected("`func`");
    }
    false
}

/// Whether a misspelt `async` is here, before `func`; it is reported. `sync` is not one: it means the opposite.
pub(in crate::grammar) fn misspelt_async(p: &mut Parser<'_>) -> bool {
    p.token_text() != "sync" && !p.at(T![async]) && keyword_before(p, T![async], T![func])
}

/// Whether a misspelt `static` is here, before `func`; it is reported.
pub(in crate::grammar) fn misspelt_static(p: &mut Parser<'_>) -> bool {
    !p.at(T![async]) && keyword_before(p, T![static], T![func])
}

/// Reports and skips `async` or `static` after `func`.
pub(in crate::grammar) fn word_after_func(p: &mut Parser<'_>, func: Span) {
    p.reject(1, foreign::word_after_func(func, p.span(), p.token_text()));
}

/// Reports and skips the body of a function.
pub(in crate::grammar) fn body(p: &mut Parser<'_>) {
    if p.at(T!['{']) && !p.begins_line() {
        let brace = p.span();
        p.error(foreign::function_body(brace));
        skip_block(p);
        p.silence();
        p.ignore(p.span_from(brace.after()));
    }
}

/// Reports and skips a function without a name, as in `import func();`. Returns whether it was here.
pub(in crate::grammar) fn skip_unnamed(p: &mut Parser<'_>) -> bool {
    let is_unnamed = p.at(T![func]) && p.nth(1) == T!['('];
    if is_unnamed {
        p.derail(foreign::unnamed_function(p.span()));
        skip_to_item_end(p);
    }
    is_unnamed
}

/// Reports and skips `<T>`. In the parameters and the result, `T` is not reported again.
pub(in crate::grammar) fn type_parameters(p: &mut Parser<'_>) {
    p.error(foreign::generic_function(p.span()));
    skip_type_parameters(p);
}

/// Skips `<T>`, and notes the names.
pub(super) fn skip_type_parameters(p: &mut Parser<'_>) {
    let open = p.bump();
    skip_arguments(p);
    let names = p.text_of(p.span_from(open)).split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    p.type_parameters.extend(names.filter(|name| !name.is_empty()));
}

/// Reports that there are no parentheses.
pub(in crate::grammar) fn missing_params(p: &mut Parser<'_>) {
    let is_all = matches!(p.kind(), T![;] | T![->] | T!['}']) || p.begins_line();
    p.derail(errors::missing_params(p.previous_end(), is_all));
    if !is_all {
        skip_to_item_end(p);
    }
}

/// Reports and skips a `;` before another parameter, or after the last one. Returns whether it was here.
pub(in crate::grammar) fn semicolon_between_params(p: &mut Parser<'_>) -> bool {
    let begins_function = matches!(p.nth(3), T![func] | T![async] | T![static] | T![interface]);
    let precedes_param = p.nth(1).is_word() && p.nth(2) == T![:] && !begins_function;
    p.at(T![;]) && (precedes_param || p.nth(1) == T![')']) && p.replace(",")
}

/// Reports the token in place of the `,` after a parameter. Returns whether the next one follows.
pub(in crate::grammar) fn lacks_only_comma(p: &mut Parser<'_>) -> bool {
    if p.kind().is_word() {
        p.missing_separator(errors::missing_comma(p.previous_end(), "parameter"));
        return true;
    }
    if p.at(T![=]) {
        reject_value(p, "parameters have no default values");
        p.eat(T![,]);
        return true;
    }
    p.unexpected("`,` or `)`");
    false
}

/// Reports the token in place of the `->` before a result. Returns whether a type follows.
pub(in crate::grammar) fn lacks_only_arrow(p: &mut Parser<'_>) -> bool {
    // `f: func():` with the next function below it is a `:` too many.
    if p.at(T![:]) && p.nth(1).is_word() && p.nth(2) != T![:] {
        return p.replace("->");
    }
    if p.at(T![=]) && p.nth(1) == T![>] {
        return p.reject(2, errors::wrong_separator(p.span().to(p.nth_span(1)), "=>", "->"));
    }
    let is_type = (is_primitive(p.kind()) || is_foreign_type(p.token_text())) && !p.begins_line();
    if is_type {
        p.error(errors::missing_token(p.previous_end(), T![->]));
    }
    is_type
}

/// `(a: u32)` and `()` after `->`; `None` for other parentheses, which may be those of a tuple.
pub(in crate::grammar) fn results_in_parentheses(p: &mut Parser<'_>, params_end: Span) -> Option<Ty> {
    let start = p.span();
    let has_names = p.nth(1).is_word() && p.nth(2) == T![:];
    if !has_names && p.nth(1) != T![')'] {
        return None;
    }
    if let Some(open) = p.open(T!['(']) {
        skip_results(p, open);
    }
    let span = p.span_from(start);
    p.error_before(if has_names { foreign::named_results(span) } else { foreign::empty_result(params_end, span) });
    Some(Ty { kind: TyKind::Error, span })
}

/// Skips the rest of `( … )`, with everything nested.
fn skip_results(p: &mut Parser<'_>, open: Open) {
    while !at_params_end(p) {
        if let Some(inner) = p.open(T!['(']) {
            // Once is enough: deeper parentheses end at the same `;`.
            skip_to(p, T![')']);
            p.close(T![')'], inner);
        } else {
            p.bump();
        }
    }
    p.close(T![')'], open);
}

/// `, b` of `-> a, b`.
pub(in crate::grammar) fn more_results(p: &mut Parser<'_>) {
    if p.nth(1).is_word() && !p.ends_line() {
        p.derail(foreign::several_results(p.span()));
        skip_to_item_end(p);
    }
}

/// Reports and skips `async`, or a name, before `constructor`.
pub(in crate::grammar) fn words_before_constructor(p: &mut Parser<'_>) {
    if p.at(T![async]) && p.nth(1) == T![constructor] {
        p.reject(1, foreign::async_constructor(p.span()));
    }
    if at_named(p) && p.nth(2) == T![constructor] {
        let name = p.bump();
        p.bump();
        p.error(foreign::named_constructor(name, Span { end: p.span().start, ..name }));
    }
}

/// Reports and skips `: func` after `constructor`, and everything else after a `:`. Returns whether it was here.
pub(in crate::grammar) fn func_of_constructor(p: &mut Parser<'_>) -> bool {
    let begins = |words: usize| p.nth(words) == T![func] && p.nth(words + 1) == T!['('];
    if !p.at(T![:]) {
        return false;
    }
    if let Some(words) = (1..4).find(|words| begins(*words)) {
        return p.reject(words + 1, foreign::constructor_as_func(p.span().to(p.nth_span(words))));
    }
    let colon = p.span();
    skip_to_item_end(p);
    p.derail(foreign::constructor_with_type(colon, p.span_from(colon)));
    true
}

/// Reports and skips a name after `constructor`.
pub(in crate::grammar) fn name_of_constructor(p: &mut Parser<'_>) {
    if p.kind().is_word() && p.nth(1) == T!['('] && !p.begins_line() {
        p.reject(1, foreign::named_constructor(p.span(), p.previous_end().to(p.span())));
    }
}
