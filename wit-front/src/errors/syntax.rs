//! `E02xx`: mistakes in the order of tokens.

use alloc::format;
use alloc::string::{String, ToString};

use super::advice::advice;
use crate::ast::Ident;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::features::LanguageFeature;
use crate::lexer::{T, TokenKind};
use crate::span::Span;

/// Something else than the grammar expects.
pub(crate) const E0201: Code = Code("E0201");
/// `;` is missing.
pub(crate) const E0202: Code = Code("E0202");
/// `,` is missing.
pub(crate) const E0203: Code = Code("E0203");
/// An opening delimiter without its closing one.
pub(crate) const E0204: Code = Code("E0204");
/// A closing delimiter without its opening one.
pub(crate) const E0205: Code = Code("E0205");
/// A keyword as a name.
pub const E0206: Code = Code("E0206");
/// A misspelt keyword.
pub(crate) const E0207: Code = Code("E0207");
/// An item where it cannot be.
pub(crate) const E0208: Code = Code("E0208");
/// A gated part of the language.
pub(crate) const E0209: Code = Code("E0209");
/// An unknown attribute.
pub(crate) const E0210: Code = Code("E0210");
/// An attribute on something that cannot have it.
pub(crate) const E0211: Code = Code("E0211");
/// An attribute given twice.
pub(crate) const E0212: Code = Code("E0212");
/// An attribute in the wrong form.
pub(crate) const E0213: Code = Code("E0213");
/// Types that nest too deeply.
pub(crate) const E0214: Code = Code("E0214");
/// A parameter without a name, or one that is `self`.
pub(crate) const E0215: Code = Code("E0215");
/// The words of a function in another order than WIT's.
pub(crate) const E0216: Code = Code("E0216");
/// `;` that ends no item.
pub(crate) const E0217: Code = Code("E0217");
/// An attribute without an item.
pub(crate) const E0218: Code = Code("E0218");
/// Results in parentheses.
pub(crate) const E0219: Code = Code("E0219");
/// `async` where it cannot be.
pub(crate) const E0220: Code = Code("E0220");
/// A `use` in the form of another place.
pub(crate) const E0221: Code = Code("E0221");
/// A path to an interface or a world that is incomplete.
pub(crate) const E0222: Code = Code("E0222");
/// A package declaration that is not the first thing, or not the only one.
pub(crate) const E0223: Code = Code("E0223");
/// Type arguments where none can be, too few or too many.
pub(crate) const E0224: Code = Code("E0224");
/// A wrong punctuation mark whose meaning is clear.
pub(crate) const E0225: Code = Code("E0225");
/// Something in the form of another language.
pub(crate) const E0226: Code = Code("E0226");
/// A word without a meaning in WIT.
pub(crate) const E0227: Code = Code("E0227");
/// `own<T>`.
pub(crate) const W0201: Code = Code("W0201");
/// `;` after `include … with { … }`.
pub(crate) const W0202: Code = Code("W0202");
/// Leading zeros of the length of a list.
pub(crate) const W0203: Code = Code("W0203");
/// `import a:b;`.
pub const W0204: Code = Code("W0204");

/// E0201: something else was expected here.
pub(crate) fn unexpected(span: Span, expected: &str, kind: TokenKind, text: &str) -> Diagnostic {
    let found = describe(kind, text);
    let diagnostic = Diagnostic::error(E0201, format!("expected {expected}, found {found}"))
        .label(span, format!("expected {expected}"));
    match advice(text) {
        Some(advice) if !kind.is_keyword() => diagnostic.help(advice),
        // Names are described where they are expected, and stand at the end of no list with a keyword or a mark.
        None if text.starts_with('"') && !expected.starts_with('`') && !expected.contains(" or `") => {
            diagnostic.help("names are written without quotes")
        }
        Some(_) | None => diagnostic,
    }
}

/// E0201: something is missing at the end of a line.
pub(crate) fn missing(after: Span, expected: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("expected {expected}")).label(after, format!("expected {expected} here"))
}

/// E0201: a certain token is missing; this is where it belongs.
pub(crate) fn missing_token(after: Span, token: TokenKind) -> Diagnostic {
    let blank = if token == T![:] { "" } else { " " };
    let token = token.text().unwrap_or_default();
    Diagnostic::error(E0201, format!("missing `{token}`"))
        .label(after, format!("expected `{token}`"))
        .suggest(after, format!("{blank}{token}"))
}

/// E0201: another word in place of a certain one.
pub(crate) fn wrong_word(span: Span, text: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("expected `{expected}`, found `{text}`"))
        .label(span, format!("write `{expected}` here"))
        .suggest(span, expected)
}

/// E0201: the block of an interface, a world or a type is missing.
pub(crate) fn missing_body(semicolon: Span) -> Diagnostic {
    Diagnostic::error(E0201, "expected a block in braces, found `;`")
        .label(semicolon, "expected `{`")
        .help("write `{ … }`; an interface or a world may be empty, a type may not")
}

/// E0201: a function without parentheses; `is_all` if it has no parameters at all.
pub(crate) fn missing_params(after: Span, is_all: bool) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0201, "missing parameter list").label(after, "expected `(`");
    if is_all {
        diagnostic.help("a function without parameters is written `func()`").suggest(after, "()")
    } else {
        diagnostic.help("write parameters in parentheses: `func(name: type)`")
    }
}

/// E0201: a package's name without its namespace.
pub(crate) fn missing_namespace(name: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0201, "the package's name has no namespace")
        .label(name, "expected `namespace:name`")
        .help(format!("write for example `local:{text}`; the namespace is usually the publisher's name"))
}

/// E0201: `name:` without a type, or not even the colon.
pub(crate) fn missing_type(after: Span, what: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("the {what} has no type")).label(after, "expected `:` and a type")
}

/// E0201: a name of an interface where plain names are renamed.
pub(crate) fn renamed_interface(colon: Span) -> Diagnostic {
    Diagnostic::error(E0201, "an interface cannot be renamed by `include … with`")
        .label(colon, "expected `as`")
        .note("only plain names can clash; the same interface, included twice, is one import or export")
}

/// E0202: an item without its `;`.
pub(crate) fn missing_semicolon(after: Span) -> Diagnostic {
    Diagnostic::error(E0202, "missing `;`").label(after, "expected `;` here").suggest(after, ";")
}

/// E0203: two elements without a `,`.
pub(crate) fn missing_comma(after: Span, each: &str) -> Diagnostic {
    Diagnostic::error(E0203, "missing `,`")
        .label(after, format!("expected `,` before the next {each}"))
        .suggest(after, ",")
}

/// E0204: a block whose `}` is missing.
pub(crate) fn unclosed_block(open: Span, after: Span) -> Diagnostic {
    Diagnostic::error(E0204, "this block is never closed")
        .label(open, "no `}` belongs to this `{`")
        .label(after, "the block seems to end here")
}

/// E0204: a `)` or `>` is missing.
pub(crate) fn missing_closer(after: Span, open: Span, closer: &str) -> Diagnostic {
    Diagnostic::error(E0204, format!("missing `{closer}`"))
        .label(after, format!("expected `{closer}` here"))
        .label(open, "to close this one")
        .suggest(after, closer)
}

/// E0205: a `}` without its `{`.
pub(crate) fn stray_closer(span: Span) -> Diagnostic {
    Diagnostic::error(E0205, "unmatched `}`")
        .label(span, "no block is open here")
        .help("remove it, or find the `{` that is missing above")
}

/// E0206: a keyword in place of a name.
pub(crate) fn keyword_as_name(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0206, format!("`{text}` is a keyword and cannot be a name without a `%`"))
        .label(span, "keyword")
        .subject(Subject::Name)
        .help(format!("write `%{text}`: the `%` is not part of the name"))
        .suggest(span, format!("%{text}"))
}

/// E0207: a word that must be a keyword and is nearly one.
pub(crate) fn misspelt_keyword(span: Span, text: &str, keyword: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0207, format!("unknown keyword `{text}`")).label(span, format!("did you mean `{keyword}`?"));
    // The types without names that may be in a `union` would become cases without types.
    if text == "union" { diagnostic } else { diagnostic.suggest(span, keyword) }
}

/// E0207: a type that is nearly one of WIT's.
pub(crate) fn misspelt_type(span: Span, text: &str, keyword: &str) -> Diagnostic {
    Diagnostic::error(E0207, format!("unknown type `{text}`"))
        .label(span, format!("did you mean `{keyword}`?"))
        .suggest(span, keyword)
}

/// E0207: a type of another language for which WIT has no type.
pub(crate) fn type_without_counterpart(span: Span, text: &str, advice: &str) -> Diagnostic {
    Diagnostic::error(E0207, format!("unknown type `{text}`")).label(span, "not a type of WIT").help(advice)
}

/// E0208: an item among the elements of a list.
pub(crate) fn item_in_list(span: Span, list: &str) -> Diagnostic {
    let list = list.trim_matches('`');
    let article = if list == "enum" { "an" } else { "a" };
    Diagnostic::error(E0208, format!("another item begins within this {list}"))
        .label(span, format!("not part of {article} {list}"))
        .help("close the block above with `}`")
}

/// E0209: a gated part of the language.
pub(crate) fn missing_feature(span: Span, what: &str, feature: LanguageFeature) -> Diagnostic {
    let name = feature.name();
    Diagnostic::error(E0209, format!("{what}: this part of WIT is not released yet"))
        .label(span, format!("needs the language feature `{name}`"))
        .note("tools that do not know it reject this text")
        .help(format!("enable it with `--language-features {name}`, in a macro with `language_features: [\"{name}\"]`"))
}

/// E0214: types that nest too deeply.
pub(crate) fn types_too_deep(span: Span, max: u32) -> Diagnostic {
    Diagnostic::error(E0214, format!("types nest more than {max} deep"))
        .label(span, "one level too many")
        .help("give a part of it a name with `type name = …;`")
}

/// E0215: a parameter that is only a type.
pub(crate) fn unnamed_parameter(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0215, "a parameter needs a name")
        .label(span, "this is only a type")
        .help(format!("write `name: {text}`"))
}

/// E0215: `self`, `&self` and the like as a parameter, whose text is `written`.
pub(crate) fn explicit_self(span: Span, removed: Span, written: &str) -> Diagnostic {
    Diagnostic::error(E0215, "the receiver of a method is implicit")
        .label(span, "not needed")
        .suggest(removed, "")
        .help(format!("remove `{written}`: every function of a resource that is not `static` is a method"))
}

/// E0217: `;` after a block.
pub(crate) fn needless_semicolon(span: Span) -> Diagnostic {
    Diagnostic::error(E0217, "no `;` after a block")
        .label(span, "not part of WIT")
        .help("remove it: a block ends with its `}`")
        .suggest(span, "")
}

/// E0217: `;` that ends no item.
pub(crate) fn lone_semicolon(span: Span) -> Diagnostic {
    Diagnostic::error(E0217, "this `;` ends nothing").label(span, "not part of WIT").help("remove it").suggest(span, "")
}

/// E0221: `use a.b;` in an interface or world. `written` are the names as they belong between the braces, at the place `names`.
pub(crate) fn use_without_braces(first: Span, names: Span, written: &str) -> Diagnostic {
    Diagnostic::error(E0221, "the types of a `use` are written in braces")
        .label(first, "expected `{`")
        .help(format!("write `.{{{written}}}`"))
        .suggest(names, format!("{{{written}}}"))
}

/// E0221: `use { a } from b`.
pub(crate) fn use_without_path(open: Span) -> Diagnostic {
    Diagnostic::error(E0221, "`use` names the interface first")
        .label(open, "expected an interface")
        .help("write `use interface.{types};`")
}

/// E0221: `use a.*;`.
pub(crate) fn use_of_all(star: Span) -> Diagnostic {
    Diagnostic::error(E0221, "`use` must name each type")
        .label(star, "expected `{`")
        .help("write `.{name, other-name}`")
}

/// E0221: `use a;` in an interface or world.
pub(crate) fn use_without_names(after: Span, path: &str) -> Diagnostic {
    Diagnostic::error(E0221, "`use` in an interface or a world must name types")
        .label(after, "expected `.{…}`")
        .help(format!("write `use {path}.{{name-of-a-type}};`"))
}

/// E0221: `use a.{b};` at the top level.
pub(crate) fn type_use_at_top_level(dot: Span) -> Diagnostic {
    Diagnostic::error(E0221, "types can be used in an interface or a world, not at the top level of a file")
        .label(dot, "expected `;` or `as`")
        .help("move this `use` into the block that needs the types")
}

/// E0222: a path that ends with the package.
pub(crate) fn path_without_interface(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0222, format!("`{text}` names a package, not something in it"))
        .label(span, "expected `/` and a name after this")
        .help(format!("write `{text}/name-of-an-interface`"))
}

/// E0222: `pkg.interface`; `end` follows a path in WIT.
pub(crate) fn path_with_dots(dot: Span, end: &str) -> Diagnostic {
    Diagnostic::error(E0222, "the parts of a path are not separated by dots")
        .label(dot, if end.is_empty() { "expected `:` or `/`" } else { "expected `:`, `/` or `.{`" })
        .help(if end.is_empty() {
            "name a whole interface: write `interface`, or `namespace:package/interface` for one of another package"
                .to_string()
        } else {
            format!("write `interface{end}`, or `namespace:package/interface{end}` for one of another package")
        })
}

/// E0222: `a:b@1.0.0/c`.
pub(crate) fn version_before_name(version: Span, name: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0222, "the version of a package comes last in a path")
        .label(version, "expected `/`")
        .label(name, format!("write `{text}` after this"))
        .suggest_edits([(version, String::new()), (name.after(), text.to_string())])
}

/// E0222: `a/b/c`.
pub(crate) fn namespace_with_slash(path: Span, slash: Span) -> Diagnostic {
    Diagnostic::error(E0222, "a namespace is separated from its package by `:`")
        .label(slash, "write `:` here")
        .label(path, "expected `namespace:package/name`")
        .suggest(slash, ":")
}

/// E0222: `a/b`.
pub(crate) fn path_without_namespace(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0222, format!("the package `{name}` needs its namespace"))
        .label(span, "expected `namespace:package/name`")
        .help(format!("write for example `local:{name}/…`"))
}

/// E0223: a second package declaration.
pub(crate) fn second_package(first: Span, second: Span) -> Diagnostic {
    Diagnostic::error(E0223, "a file declares its package only once")
        .label(second, "second declaration")
        .label(first, "first declaration")
        .help("for several packages in a file, write `package namespace:name { … }` around the items of each")
}

/// E0223: a package declaration after other items.
pub(crate) fn late_package(span: Span) -> Diagnostic {
    Diagnostic::error(E0223, "a file's package is declared before everything else")
        .label(span, "too late")
        .help("move it to the top of the file")
}

/// E0224: a type that needs arguments and has none.
pub(crate) fn missing_arguments(after: Span, example: &str) -> Diagnostic {
    Diagnostic::error(E0224, "this type needs arguments")
        .label(after, "expected `<`")
        .help(format!("write for example `{example}`"))
}

/// E0224: `list<>`.
pub(crate) fn empty_arguments(brackets: Span, example: &str) -> Diagnostic {
    Diagnostic::error(E0224, "no type between `<` and `>`")
        .label(brackets, "expected a type")
        .help(format!("write for example `{example}`"))
}

/// E0224: `result<, E>`.
pub(crate) fn missing_ok(comma: Span) -> Diagnostic {
    Diagnostic::error(E0224, "no type before the `,`")
        .label(comma, "expected a type or `_`")
        .help("write `result<_, type>` if success carries no value")
        .suggest(Span { end: comma.start, ..comma }, "_")
}

/// E0224: `result<>` and `stream<>`.
pub(crate) fn empty_brackets(brackets: Span, keyword: &str, condition: &str) -> Diagnostic {
    Diagnostic::error(E0224, "no type between `<` and `>`")
        .label(brackets, "expected a type")
        .help(format!("write `{keyword}` alone {condition}"))
        .suggest(brackets, "")
}

/// E0224: `borrow r`.
pub(crate) fn borrow_without_brackets(handle: Span, resource: &str) -> Diagnostic {
    let written = format!("borrow<{resource}>");
    Diagnostic::error(E0224, "the resource of a handle is written in `<` and `>`")
        .label(handle, "expected `<`")
        .help(format!("write `{written}`"))
        .suggest(handle, written)
}

/// E0224: `own r`.
pub(crate) fn own_without_brackets(handle: Span, resource: &str) -> Diagnostic {
    Diagnostic::error(E0224, "`own` is not part of WIT")
        .label(handle, "one word too many")
        .help(format!("write `{resource}`: a resource's name alone is an owned handle"))
        .suggest(handle, resource)
}

/// E0224: `own` alone.
pub(crate) fn own_alone(keyword: Span) -> Diagnostic {
    Diagnostic::error(E0224, "`own` is not a type")
        .label(keyword, "expected the name of a resource")
        .help("write the name alone: it is an owned handle")
}

/// E0224: more arguments than the type has.
pub(crate) fn too_many_arguments(comma: Span, expected: &str) -> Diagnostic {
    Diagnostic::error(E0224, "too many type arguments").label(comma, format!("expected {expected}"))
}

/// E0224: arguments of a primitive type.
pub(crate) fn arguments_of_primitive(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0224, format!("`{name}` has no type arguments")).label(span, "not allowed here")
}

/// E0224: `map<K>`.
pub(crate) fn missing_map_value(after: Span) -> Diagnostic {
    Diagnostic::error(E0224, "a map needs two types").label(after, "expected `,` and the type of the values")
}

/// E0224: `result<_, _>` and `result<u8, _>`; `omitted` is from the comma to the `_`.
pub(crate) fn no_error_type(omitted: Span, has_ok: bool) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0224, "an error without a value is left out").label(omitted, "not needed");
    if has_ok {
        diagnostic.help("write `result<type>`").suggest(omitted, "")
    } else {
        diagnostic.help("write `result` alone if neither outcome carries a value")
    }
}

/// E0224: `result<_>`.
pub(crate) fn result_of_nothing(span: Span) -> Diagnostic {
    Diagnostic::error(E0224, "`_` needs an error type after it")
        .label(span, "expected `,` and a type")
        .help("write `result` alone if neither outcome carries a value")
}

/// E0224: `borrow<u32>`, at the place `handle`.
pub(crate) fn handle_of_type(handle: Span, ty: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0224, "only resources have handles")
        .label(ty, "expected the name of a resource")
        .help(format!("write `{text}` alone: its values are passed as they are"))
        .suggest(handle, text)
}

/// E0225: a punctuation mark instead of another.
pub(crate) fn wrong_separator(span: Span, found: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(E0225, format!("expected `{expected}`, found `{found}`"))
        .label(span, format!("write `{expected}` here"))
        .suggest(span, if (found, expected) == (":", "->") { " ->" } else { expected })
}

/// W0201: `own<r>`, which other tools accept and the specification does not have.
pub(crate) fn own_handle(span: Span, resource: &Ident) -> Diagnostic {
    let written = resource.written();
    let name = resource.span;
    Diagnostic::warning(W0201, "`own<…>` is not part of WIT; other tools accept it")
        .label(span, format!("means `{written}`"))
        .help(format!("write `{written}`: a resource's name alone is an owned handle"))
        .suggest_edits([(Span { end: name.start, ..span }, ""), (Span { start: name.end, ..span }, "")])
}

/// W0202: `;` after `include … with { … }`, which an example of the specification has and its grammar does not.
pub(crate) fn semicolon_after_with(span: Span) -> Diagnostic {
    Diagnostic::warning(W0202, "no `;` belongs after `include … with { … }`")
        .label(span, "other tools reject this")
        .help("remove it")
        .suggest(span, "")
}

/// W0203: `list<T, 04>`.
pub(crate) fn leading_zeros(span: Span, text: &str) -> Diagnostic {
    let written = text.trim_start_matches('0');
    let diagnostic = Diagnostic::warning(W0203, "the length of a list has no leading zeros; other tools accept them")
        .label(span, "not a number of WIT's grammar");
    if written.is_empty() { diagnostic } else { diagnostic.help(format!("write `{written}`")).suggest(span, written) }
}

/// W0204: `import a:b;`, where `colon` is.
pub(crate) fn package_as_interface(span: Span, colon: Span, name: &str, interface: &str) -> Diagnostic {
    Diagnostic::warning(W0204, format!("`{name}:{interface}` looks like a package, and packages are not imported or exported"))
        .label(span, format!("read as the interface `{interface}` under the name `{name}`, as by other tools"))
        .help(format!(
            "write `{name}: {interface}` if that is meant, or `{name}:{interface}/name-of-an-interface` for one of that package"
        ))
        .suggest(colon, ": ")
}

fn describe(kind: TokenKind, text: &str) -> alloc::string::String {
    if kind == TokenKind::Eof {
        "the end of the file".into()
    } else if text.starts_with('"') {
        "a string".into()
    } else if kind.is_keyword() {
        format!("the keyword `{text}`")
    } else {
        format!("`{text}`")
    }
}
