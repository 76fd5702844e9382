//! Types in the forms of other languages: `u8*`, `(a, b)`, `vec<u8>`, `record { … }`.

use crate::ast::Ident;
use crate::errors::{foreign, syntax as errors};
use crate::features::LanguageFeature;
use crate::foreign_types;
use crate::grammar::first::{BLOCK_TYPES, begins_type, is_type_keyword};
use crate::grammar::names::id;
use crate::grammar::skip::{skip_arguments, skip_block, skip_to, skip_type};
use crate::lexer::{T, TokenKind, words};
use crate::parser::Parser;
use crate::span::Span;

use super::keyword::meant_keyword;

/// Reports and skips the `*` of a pointer, before or after a type.
pub(in crate::grammar) fn skip_star(p: &mut Parser<'_>) {
    if p.at(T![*]) && !p.begins_line() {
        let is_qualified = matches!(p.nth_text(1), "const" | "mut") && p.nth(2).is_word();
        let star = p.span();
        let end = if is_qualified { p.nth_span(2).start } else { star.end };
        p.reject(1, foreign::pointer(star, Span { end, ..star }));
        if is_qualified {
            p.bump();
        }
    }
}

/// Skips the other types of `a | b`, whose `|` the lexer has reported.
pub(in crate::grammar) fn skip_alternatives(p: &mut Parser<'_>) {
    while p.is_after("|") && begins_type(p) && !p.begins_line() {
        skip_type(p);
    }
}

/// The kind of the current token; of a word in another case, that of the type that was meant.
pub(in crate::grammar) fn meant_type(p: &mut Parser<'_>) -> TokenKind {
    if !p.at(TokenKind::BadLabel) {
        return p.kind();
    }
    let text = p.token_text();
    let meant = words::to_label(text).and_then(|label| words::keyword(&label)).filter(|&kind| is_type_keyword(kind));
    match meant.filter(|_| !names_type(p, text)) {
        Some(kind) => {
            let keyword = kind.text().unwrap_or_default();
            p.error(errors::misspelt_type(p.span(), text, keyword));
            kind
        }
        None => TokenKind::BadLabel,
    }
}

/// Whether the file gives this word to a type, in this case or in lower case.
fn names_type(p: &Parser<'_>, text: &str) -> bool {
    let is_named = |name: &str| p.type_names().contains(name);
    is_named(text) || words::to_label(text).is_some_and(|label| is_named(&label))
}

/// Reports and consumes `Int32` and `Void`: types of other languages that are no names in WIT. Returns whether one was here.
pub(in crate::grammar) fn capitalized(p: &mut Parser<'_>) -> bool {
    let (span, text) = (p.span(), p.token_text());
    if !p.at(TokenKind::BadLabel) || names_type(p, text) {
        return false;
    }
    match (foreign_types::wit_type(text), foreign_types::advice(text)) {
        (Some(meant), _) => p.reject(1, errors::misspelt_type(span, text, meant)),
        (None, Some(advice)) if text != "Self" => p.reject(1, errors::type_without_counterpart(span, text, advice)),
        (None, _) => false,
    }
}

/// Reports and consumes a keyword that the file gives to a type as its name.
pub(in crate::grammar) fn keyword_as_name(p: &mut Parser<'_>) -> Ident {
    let name = p.token_text().into();
    p.error(errors::keyword_as_name(p.span(), p.token_text()));
    Ident { name, escaped: false, span: p.bump() }
}

/// Reports and skips a type that is named with its interface: `i.t`, `i::t`, `ns:package/i.t`. Returns whether it was here.
pub(in crate::grammar) fn type_with_path(p: &mut Parser<'_>) -> bool {
    let is_path = match p.nth(1) {
        T![.] | T![/] => p.nth(2).is_word(),
        T![:] if p.nth(2) == T![:] => p.nth(3).is_word(),
        T![:] => p.nth(2).is_word() && p.nth(3) == T![/],
        _ => false,
    };
    if !is_path || p.ends_line() {
        return false;
    }
    let start = p.bump();
    let mut interface = start;
    let mut name = words::meant(p.text_of(start));
    while matches!(p.kind(), T![.] | T![/] | T![:]) && (p.nth(1).is_word() || p.nth(1) == T![:] && p.nth(2).is_word()) {
        interface = p.span_from(start);
        p.bump();
        p.eat(T![:]);
        name = words::meant(p.token_text());
        p.bump();
    }
    let interface = p.text_of(interface);
    let is_plain = !interface.contains([':', '.', '/']) || interface.contains('/') && !interface.contains('.');
    p.error_before(foreign::type_with_path(p.span_from(start), is_plain.then_some((interface, &name))));
    true
}

/// Reports a definition in place of a type, or something else that is not a type.
pub(in crate::grammar) fn not_a_type(p: &mut Parser<'_>) {
    let is_definition =
        matches!(p.kind(), T![record] | T![variant] | T![enum] | T![flags] | T![resource]) && p.nth(1) == T!['{'];
    if p.at(T![func]) && p.nth(1) == T!['('] {
        p.derail(foreign::function_type(p.span()));
    } else if p.at(T!['{']) && !p.begins_line() {
        p.error(foreign::anonymous_type(p.span(), "record"));
        skip_block(p);
    } else if is_definition {
        p.reject(1, foreign::anonymous_type(p.span(), p.token_text()));
        skip_block(p);
    } else {
        p.unexpected("a type");
    }
}

/// Reports and skips `impl t`, `dyn t`, `fn(t) -> u` and `Fn(t) -> u`. Returns whether it was here.
pub(in crate::grammar) fn trait_or_function(p: &mut Parser<'_>) -> bool {
    let is_trait = matches!(p.token_text(), "impl" | "dyn") && p.nth(1).is_word() && !p.ends_line();
    let name = if is_trait { 1 } else { 0 };
    let is_function = matches!(p.nth_text(name), "fn" | "Fn" | "FnMut" | "FnOnce") && p.nth(name + 1) == T!['('];
    if is_function {
        p.error(foreign::function_type(p.span().to(p.nth_span(name))));
    } else if is_trait {
        p.error(foreign::trait_as_type(p.span(), p.token_text()));
    } else {
        return false;
    }
    for _ in 0..=name {
        skip_type(p);
    }
    if is_function {
        skip_function(p);
    }
    true
}

/// Reports and skips `(a: t) => u`. Returns whether it was here.
pub(in crate::grammar) fn function_in_arrows(p: &mut Parser<'_>) -> bool {
    let is_function = p.nth(1).is_word() && p.nth(2) == T![:];
    if is_function {
        p.error(foreign::function_type(p.span()));
        skip_function(p);
    }
    is_function
}

/// Skips `(t) -> u`.
fn skip_function(p: &mut Parser<'_>) {
    skip_to(p, T![')']);
    p.eat(T![')']);
    let is_arrow = p.eat(T![->]) || p.at(T![=]) && p.nth(1) == T![>];
    if p.eat(T![=]) {
        p.eat(T![>]);
    }
    if is_arrow {
        skip_type(p);
    }
}

/// Reports and skips `struct { … }` in place of a type. Returns whether it was here.
pub(in crate::grammar) fn anonymous_type(p: &mut Parser<'_>) -> bool {
    let is_definition = p.nth(1) == T!['{'] && !p.ends_line();
    let meant = if is_definition { meant_keyword(p.token_text(), BLOCK_TYPES) } else { None };
    if let Some(keyword) = meant {
        p.reject(1, foreign::anonymous_type(p.span(), keyword.text().unwrap_or_default()));
        skip_block(p);
    }
    meant.is_some()
}

/// Reports and skips `u32` of `option u32`, and `(u32)` of `option(u32)`. Returns whether it was here.
pub(in crate::grammar) fn arguments_without_brackets(p: &mut Parser<'_>, example: &str) -> bool {
    let is_type = begins_type(p) && p.nth(1) != T![:];
    if p.begins_line() || !is_type && !p.at(T!['(']) {
        return false;
    }
    p.error(foreign::arguments_without_brackets(p.previous_end(), example));
    if is_type {
        if p.token_text() == "of" && p.nth(1).is_word() {
            p.bump();
        }
        skip_type(p);
    } else {
        skip_to(p, T![')']);
        p.eat(T![')']);
    }
    true
}

/// Reports and consumes a `;` between arguments. Returns whether it was here.
pub(in crate::grammar) fn semicolon_between_arguments(p: &mut Parser<'_>) -> bool {
    let is_between = p.at(T![;]) && p.nth(1).is_word() && matches!(p.nth(2), T![>] | T![,] | T![<] | T![;]);
    is_between && !p.ends_line() && p.replace(",")
}

/// Reports and skips `()`. Returns whether it was here. `in_result`: as the first argument of `result`.
pub(in crate::grammar) fn unit(p: &mut Parser<'_>, in_result: bool) -> bool {
    let is_unit = p.at(T!['(']) && p.nth(1) == T![')'];
    is_unit && p.reject(2, foreign::unit_type(p.span().to(p.nth_span(1)), in_result))
}

/// Reports that the first argument of `result` is missing. Returns whether it is.
pub(in crate::grammar) fn lacks_ok(p: &mut Parser<'_>) -> bool {
    let lacks = p.at(T![,]);
    if lacks {
        p.error(errors::missing_ok(p.span()));
    }
    lacks
}

/// Reports and skips `name<…>`: WIT has a fixed number of types with arguments.
pub(in crate::grammar) fn unknown_constructor(p: &mut Parser<'_>) {
    p.error(foreign::unknown_type_constructor(p.span(), p.token_text()));
    skip_type(p);
}

/// Skips a type parameter of the function, which has been reported. Returns whether it was here.
pub(in crate::grammar) fn skip_type_parameter(p: &mut Parser<'_>) -> bool {
    p.type_parameters.contains(&p.token_text()) && p.eat(p.kind())
}

/// Reports and skips `<…>` after a type without arguments.
pub(in crate::grammar) fn arguments_of_primitive(p: &mut Parser<'_>, kind: TokenKind) {
    p.reject(1, errors::arguments_of_primitive(p.span(), kind.text().unwrap_or_default()));
    skip_arguments(p);
}

/// Reports and skips `, b>` after the last argument. Returns whether it was here.
pub(in crate::grammar) fn more_arguments(p: &mut Parser<'_>, expected: &str) -> bool {
    let is_argument = p.nth(1).is_word() && p.nth(2) != T![:] || p.nth(1) == T![>];
    let has_more = p.at(T![,]) && !p.begins_line() && is_argument;
    if has_more {
        p.error(errors::too_many_arguments(p.span(), expected));
        skip_arguments(p);
    }
    has_more
}

/// Reports `, u8` after the element of a list, unless it can be a length. Returns whether it was here.
pub(in crate::grammar) fn second_element(p: &mut Parser<'_>, comma: Span) -> bool {
    let is_type = begins_type(p) && !p.has_feature(LanguageFeature::FixedLengthLists);
    if is_type {
        p.error(errors::too_many_arguments(comma, "`>`"));
        skip_type(p);
    } else if p.at(T![>]) {
        p.error(errors::too_many_arguments(comma, "`>`").help("remove the `,`").suggest(comma, ""));
    }
    is_type || p.at(T![>])
}

/// Reports the token in place of the length of a list.
pub(in crate::grammar) fn not_a_length(p: &mut Parser<'_>) {
    if p.begins_line() {
        p.error(errors::missing(p.previous_end(), "the number of elements"));
    } else {
        p.unexpected("the number of elements");
    }
    if !matches!(p.kind(), T![>] | T![;]) && !p.begins_line() {
        p.bump();
    }
}

/// The resource of `borrow r`, which is reported.
pub(in crate::grammar) fn handle_without_brackets(p: &mut Parser<'_>) -> Option<Ident> {
    let is_name = matches!(p.nth(1), TokenKind::Label | TokenKind::EscapedLabel) && p.nth(2) != T![:];
    if !is_name {
        return None;
    }
    let (handle, name) = (p.span().to(p.nth_span(1)), p.nth_text(1));
    p.error(if p.at(T![own]) {
        errors::own_without_brackets(handle, name)
    } else {
        errors::borrow_without_brackets(handle, name)
    });
    p.bump();
    id(p, "the name of a resource")
}
