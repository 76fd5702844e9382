//! `E02xx`: forms of other languages.

use alloc::format;
use alloc::string::String;

use super::place::Place;
use super::syntax::{E0201, E0208, E0216, E0219, E0220, E0222, E0224, E0226, E0227};
use crate::ast::Ident;
use crate::diagnostic::{Diagnostic, Subject};
use crate::foreign_types;
use crate::lexer::words;
use crate::similar;
use crate::span::Span;

/// E0201: a type defined where a type is named.
pub(crate) fn anonymous_type(span: Span, keyword: &str) -> Diagnostic {
    let article = if keyword == "enum" { "an" } else { "a" };
    Diagnostic::error(E0201, format!("{article} `{keyword}` needs a name"))
        .label(span, "defined within another type")
        .help(format!("define it separately, as in `{keyword} my-name {{ … }}`, and write `my-name` here"))
}

/// E0226: `f: func(callback: func())`.
pub(crate) fn function_type(func: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a function is not a value")
        .label(func, "expected a type")
        .help("pass a resource with a method, or import the function from an interface that the other side exports")
}

/// E0226: `case()`.
pub(crate) fn empty_payload(parens: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a case without a type has no parentheses")
        .label(parens, "expected a type between them")
        .help("remove them")
        .suggest(parens, "")
}

/// E0208: `import "file"` and `import { name } from "file"`.
pub(crate) fn file_import(span: Span) -> Diagnostic {
    Diagnostic::error(E0208, "files are not imported")
        .label(span, "not allowed at the top level of a file")
        .note("the files of a folder are one package and see each other's interfaces; other packages are in `deps`")
        .help("take types where they are needed, in an interface or a world: `use interface.{name};`")
}

/// E0208: `export interface a { … }`.
pub(crate) fn exported_definition(word: Span, keyword: &str, item: &str) -> Diagnostic {
    Diagnostic::error(E0208, format!("a definition is not {keyword}ed"))
        .label(word, "not allowed at the top level of a file")
        .help(match item {
            "interface" => format!("remove it, and {keyword} the interface in a world: `{keyword} name;`"),
            _ => "remove it".into(),
        })
        .suggest(word, "")
}

/// E0208: `export type t = u8;`; the verb is `removed` with the blank after it.
pub(crate) fn verb_of_type(verb: Span, removed: Span) -> Diagnostic {
    Diagnostic::error(E0208, "a type of a world is neither imported nor exported")
        .label(verb, "not allowed before a type")
        .help("remove it: the imports and exports of the world can use the type")
        .suggest(removed, "")
}

/// E0226: `import i { … }`, or `import i: { … }`.
pub(crate) fn missing_interface(before: Span, has_colon: bool) -> Diagnostic {
    let written = if has_colon { " interface" } else { ": interface" };
    Diagnostic::error(E0226, "the block of an import or export begins with `interface`")
        .label(before, format!("expected `{}`", written.trim_start()))
        .help("write `name: interface { … }`")
        .suggest(before, written)
}

/// E0216: a function in the form of another language.
pub(crate) fn function_order(words: Span, text: &str, name: &str) -> Diagnostic {
    let written = function_head(text, name);
    Diagnostic::error(E0216, "a function begins with its name")
        .label(words, "the name must come first")
        .help(format!("write `{written}func(…)`"))
}

/// `name: static async ` of `async static func name`.
pub(crate) fn function_head(text: &str, name: &str) -> String {
    let has = |wanted: &str| text.split_whitespace().any(|word| word == wanted);
    let name = words::meant(name);
    let name = match text.split_whitespace().find(|word| matches!(*word, "get" | "set")) {
        Some(accessor) if accessor != name => format!("{accessor}-{}", name.trim_start_matches('%')).into(),
        Some(_) | None => name,
    };
    let is_static = if has("static") { "static " } else { "" };
    let is_async = if has("async") { "async " } else { "" };
    format!("{name}: {is_static}{is_async}")
}

/// E0201: `name: (…)`.
pub(crate) fn missing_func(after: Span, params: Span) -> Diagnostic {
    Diagnostic::error(E0201, "missing `func`")
        .label(after, "expected `func`")
        .suggest(Span::new(params.file, after.end, params.start), " func")
}

/// E0216: `name(…)`.
pub(crate) fn missing_colon_and_func(after: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0216, "a function has `: func` after its name")
        .label(after, "expected `: func`")
        .help(format!("write `{name}: func(…)`"))
        .suggest(after, ": func")
}

/// E0216: `static` outside a resource.
pub(crate) fn static_outside_resource(word: Span) -> Diagnostic {
    Diagnostic::error(E0216, "only functions of resources can be `static`")
        .label(word, "this function belongs to no resource")
        .help("remove `static`")
        .suggest(word, "")
}

/// E0219: `-> ()`.
pub(crate) fn empty_result(after: Span, parens: Span) -> Diagnostic {
    Diagnostic::error(E0219, "a function without a result has no `->`")
        .label(parens, "not a type")
        .help("leave out `-> ()`")
        .suggest(after.to(parens), "")
}

/// E0219: `-> (a: u32)`.
pub(crate) fn named_results(parens: Span) -> Diagnostic {
    Diagnostic::error(E0219, "a function has one result, without a name")
        .label(parens, "not a type")
        .help("to return several values, use a `record` or a `tuple<…>`")
}

/// E0219: `-> a, b`.
pub(crate) fn several_results(comma: Span) -> Diagnostic {
    Diagnostic::error(E0219, "a function has one result")
        .label(comma, "expected `;`")
        .help("to return several values, use a `record` or a `tuple<…>`")
}

/// E0219: `(a, b)` as a type.
pub(crate) fn tuple_in_parentheses(open: Span, close: Span) -> Diagnostic {
    Diagnostic::error(E0219, "a type is not written in parentheses")
        .label(open.to(close), "expected a type")
        .help("write `tuple<…>`")
        .suggest_edits([(open, "tuple<"), (close, ">")])
}

/// E0219: `(a)` as a type.
pub(crate) fn type_in_parentheses(open: Span, close: Span) -> Diagnostic {
    Diagnostic::error(E0219, "a type is not written in parentheses")
        .label(open.to(close), "expected a type")
        .help("remove them")
        .suggest_edits([(open, ""), (close, "")])
}

/// E0219: `()` as a type.
pub(crate) fn unit_type(parens: Span, in_result: bool) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0219, "WIT has no unit type").label(parens, "not a type");
    if in_result {
        diagnostic.help("write `_` for an outcome without a value").suggest(parens, "_")
    } else {
        diagnostic.help("leave it out")
    }
}

/// E0220: `async constructor()`.
pub(crate) fn async_constructor(span: Span) -> Diagnostic {
    Diagnostic::error(E0220, "a constructor cannot be `async`")
        .label(span, "not allowed here")
        .help("use a static function: `new: static async func() -> …`")
}

/// E0220: `async get()`.
pub(crate) fn async_accessor(span: Span) -> Diagnostic {
    Diagnostic::error(E0220, "getters and setters cannot be `async`")
        .label(span, "not allowed here")
        .help("remove it, or make the property a function: `name: async func() -> …;`")
        .suggest(span, "")
}

/// E0220: `async static func()`.
pub(crate) fn async_before_static(async_: Span, static_: Span) -> Diagnostic {
    Diagnostic::error(E0220, "`static` comes before `async`")
        .label(static_, "too late")
        .help("write `static async func(…)`")
        .suggest(async_.to(static_), "static async")
}

/// E0216, E0220: `func async()` and `func static()`.
pub(crate) fn word_after_func(func: Span, word: Span, text: &str) -> Diagnostic {
    Diagnostic::error(if text == "async" { E0220 } else { E0216 }, format!("`{text}` comes before `func`"))
        .label(word, "too late")
        .help(format!("write `{text} func(…)`"))
        .suggest(func.to(word), format!("{text} func"))
}

/// E0226: `f: func() { … }`.
pub(crate) fn function_body(brace: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a function has no body in WIT")
        .label(brace, "expected `;`")
        .help("end the function with `;`: its implementation is in another language")
}

/// E0226: `import func();`.
pub(crate) fn unnamed_function(func: Span) -> Diagnostic {
    Diagnostic::error(E0226, "an imported or exported function needs a name")
        .label(func, "expected a name and `:`")
        .help("write `name: func(…)`")
        .suggest(Span { end: func.start, ..func }, "name: ")
}

/// E0226: `import interface k { … }`.
pub(crate) fn interface_before_name(keyword: Span, name: Span, text: &str) -> Diagnostic {
    let written = format!("{text}: interface");
    Diagnostic::error(E0226, "an import or export begins with its name")
        .label(keyword, "the name must come first")
        .help(format!("write `{written}`"))
        .suggest(keyword.to(name), written)
}

/// E0226: `impl t` and `dyn t`.
pub(crate) fn trait_as_type(word: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0226, format!("`{text}` is not part of WIT"))
        .label(word, "expected a type")
        .help(foreign_types::advice(text).unwrap_or_default())
}

/// E0224: `option u32`, `list(u32)`. The type begins at `after`.
pub(crate) fn arguments_without_brackets(after: Span, example: &str) -> Diagnostic {
    Diagnostic::error(E0224, "the arguments of a type are written in `<` and `>`")
        .label(after, "expected `<`")
        .help(format!("write for example `{example}`"))
}

/// E0226: `record r(a, b);`.
pub(crate) fn definition_in_parentheses(open: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a definition is not written in parentheses")
        .label(open, "expected `{`")
        .help("write `{ … }`; the fields of a record have names, and values without names are a `tuple<…>`")
}

/// E0226: `import { a } from i;` and `import i.{a};`.
pub(crate) fn names_of_extern(span: Span) -> Diagnostic {
    Diagnostic::error(E0226, "interfaces are imported and exported as a whole")
        .label(span, "expected the name of an interface")
        .help("write `import interface;`, and take types from it with `use interface.{…};`")
}

/// E0226: `a u32` as a case, whose name ends at `before`.
pub(crate) fn payload_without_parentheses(before: Span, payload: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0226, "the type of a case is written in parentheses")
        .label(payload, "expected `(`, `,` or `}`")
        .help(format!("write `name({text})`"))
        .suggest_edits([(Span { end: payload.start, ..before }, "("), (payload.after(), ")")])
}

/// E0208: `mod name;`.
pub(crate) fn module_of_file(word: Span) -> Diagnostic {
    Diagnostic::error(E0208, "files are not declared")
        .label(word, "not part of WIT")
        .help("remove the line: the files of a folder are one package and see each other's interfaces")
}

/// E0222: `a::b::c`.
pub(crate) fn path_with_double_colons(colons: Span, path: Span, written: Option<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0222, "the parts of a path are not separated by `::`").label(colons, "not part of WIT");
    match written {
        Some(written) => {
            let names = if written.ends_with('.') { "{…}" } else { "" };
            diagnostic.help(format!("write `{written}{names}`")).suggest(path, written)
        }
        None => diagnostic.help("write `interface.{…}`, or `namespace:package/interface` for one of another package"),
    }
}

/// E0222: `package example.com/a/b`, and `use example.com/a/b/c.{…}`.
pub(crate) fn web_address(span: Span, is_path: bool, meant: Option<String>) -> Diagnostic {
    let (form, note, help) = if is_path {
        (
            "namespace:package/name",
            "packages are not fetched: their files are in the directory `deps`",
            "write `namespace:package/name` for an interface or world of another package",
        )
    } else {
        (
            "namespace:name",
            "the namespace is a short name for the author or the organization",
            "write `namespace:name`, and a version after it if you like: `namespace:name@1.0.0`",
        )
    };
    let diagnostic = Diagnostic::error(E0222, "a package is not named by a web address")
        .label(span, format!("expected `{form}`"))
        .note(note);
    match meant {
        Some(meant) => diagnostic.help(format!("write `{meant}`")).suggest(span, meant),
        None => diagnostic.help(help),
    }
}

/// E0224: `func<T>()`.
pub(crate) fn generic_function(open: Span) -> Diagnostic {
    Diagnostic::error(E0224, "functions have no type parameters")
        .label(open, "expected `(`")
        .help("write a function for each type, or take a `variant` of the types")
}

/// E0224: `record r<T> { … }`, and `interface i<T> { … }`.
pub(crate) fn generic_definition(open: Span, what: &str) -> Diagnostic {
    Diagnostic::error(E0224, format!("{what} has no type parameters"))
        .label(open, "not allowed here")
        .help("define a type for each use")
}

/// E0224: `vec<u8>`.
pub(crate) fn unknown_type_constructor(span: Span, text: &str) -> Diagnostic {
    let known = ["list", "option", "result", "tuple", "map", "future", "stream", "borrow", "own"];
    let bare = text.trim_matches('%');
    let meant = match bare {
        "set" | "Set" => Some("list"),
        "Map" | "Record" => Some("map"),
        "handle" => Some("own"),
        _ => foreign_types::wit_type(bare).filter(|meant| known.contains(meant)),
    };
    let meant = meant.or_else(|| similar::closest(bare, known));
    let diagnostic = Diagnostic::error(E0224, format!("no type `{text}` with arguments"));
    match (meant, text) {
        (Some(meant), _) => diagnostic.label(span, format!("did you mean `{meant}`?")).suggest(span, meant),
        (None, "box" | "Box" | "rc" | "Rc" | "arc" | "Arc" | "ref" | "Ref" | "Partial" | "Readonly") => diagnostic
            .label(span, "WIT has no such type")
            .help("write the inner type alone: values are passed as they are"),
        (None, _) => diagnostic.label(span, "named types have no arguments").note(
            "types with arguments are `list`, `option`, `result`, `tuple`, `map`, `future`, `stream`, `borrow` and `own`",
        ),
    }
}

/// E0226: `u32` as a case, and `list<u8>`.
pub(crate) fn unnamed_case(ty: Span, text: &str) -> Diagnostic {
    let help = format!("choose a name, as in `some-name({text})`");
    Diagnostic::error(E0226, "a case needs a name").label(ty, "only a type").help(if words::keyword(text).is_some() {
        format!("{help}; if `{text}` is the name, write `%{text}`")
    } else {
        help
    })
}

/// E0226: `case: type`; the payload's type is after the colon.
pub(crate) fn payload_with_colon(colon: Span, payload: Span) -> Diagnostic {
    let before_payload = Span::new(colon.file, colon.start, payload.start);
    Diagnostic::error(E0226, "the type of a case is written in parentheses")
        .label(colon, "expected `(`, `,` or `}`")
        .help("write `name(type)`")
        .suggest_edits([(before_payload, "("), (payload.after(), ")")])
}

/// E0226: `case(name: type)`.
pub(crate) fn payload_name(name: Span, removed: Span) -> Diagnostic {
    Diagnostic::error(E0226, "the value of a case has no name")
        .label(name, "expected a type")
        .help("remove it; a `record` has names for several values")
        .suggest(removed, "")
}

/// E0226: `case { … }`.
pub(crate) fn payload_in_braces(brace: Span) -> Diagnostic {
    Diagnostic::error(E0226, "the type of a case is written in parentheses")
        .label(brace, "expected `(`, `,` or `}`")
        .help("define a `record` with these fields, and write `name(record)`")
}

/// E0226: `import a as b`.
pub(crate) fn extern_as(path: Span, as_: Span, text: &str, name: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0226, "imports and exports are not renamed with `as`").label(as_, "expected `;`");
    if name.is_empty() {
        return diagnostic.help(format!("write `name: {text}` to give it a plain name"));
    }
    let written = format!("{name}: {text}");
    diagnostic.help(format!("write `{written}` to give it a plain name")).suggest(path, written)
}

/// E0226: `case(a, b)`. The types begin after `open`; `close` is the `)`, if any.
pub(crate) fn many_payloads(comma: Span, open: Span, close: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0226, "a case carries one type")
        .label(comma, "expected `)`")
        .help("make it a `tuple<…>`, or a `record`");
    match close {
        Some(close) => {
            diagnostic.suggest_edits([(open.after(), "tuple<"), (Span::new(close.file, close.start, close.start), ">")])
        }
        None => diagnostic,
    }
}

/// E0226: a payload in an enum, whose keyword is shown.
pub(crate) fn payload_in_enum(payload: Span, keyword: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0226, "the cases of an enum have no payload").label(payload, "not allowed here");
    if keyword.start == keyword.end {
        return diagnostic.help("make it a `variant`, whose cases can have a payload");
    }
    diagnostic
        .label(keyword, "the cases of a `variant` can have a payload")
        .help("make it a `variant`")
        .suggest(keyword, "variant")
}

/// E0226: a value of a case, a flag, a field or a parameter; `span` is from the end of the previous token to the end of the value.
pub(crate) fn value(sign: Span, span: Span, why: &str) -> Diagnostic {
    Diagnostic::error(E0226, why).label(sign, "not part of WIT").help("leave it out").suggest(span, "")
}

/// E0226: `u32 name` as a field, a parameter, a case or an alias.
pub(crate) fn type_before_name(
    span: Span,
    what: &str,
    written: &str,
    replaced: Span,
    replacement: String,
) -> Diagnostic {
    Diagnostic::error(E0226, format!("{what} begins with its name"))
        .label(span, "the type comes after the name")
        .help(format!("write `{written}`"))
        .suggest(replaced, replacement)
}

/// E0226: `type a = { … }`; the `record` begins at `keyword`, `sign` is from the end of its name to the brace.
pub(crate) fn record_as_alias(brace: Span, keyword: Span, sign: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0226, "a type with fields is a `record`").label(brace, "expected a type");
    let diagnostic = diagnostic.help("write `record name { field: type, … }`");
    if keyword.start == keyword.end { diagnostic } else { diagnostic.suggest_edits([(keyword, "record"), (sign, " ")]) }
}

/// E0226: `type a struct { … }`; `keyword` is that of the definition.
pub(crate) fn keyword_after_name(ty: Span, word: Span, keyword: &str) -> Diagnostic {
    Diagnostic::error(E0226, "a definition begins with its keyword")
        .label(word, "the keyword must come first")
        .help(format!("write `{keyword} name {{ … }}`"))
        .suggest_edits([(ty, keyword), (word, "")])
}

/// E0226: `interface a extends b { … }`.
pub(crate) fn inheritance(word: Span) -> Diagnostic {
    Diagnostic::error(E0226, "WIT has no inheritance")
        .label(word, "expected `{`")
        .help("an interface takes types from others with `use`, a world takes another's items with `include`, a record has a field of the other's type")
}

/// E0226: `constructor name()`, or `name: constructor()`.
pub(crate) fn named_constructor(name: Span, removed: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a constructor has no name")
        .label(name, "not needed")
        .help("remove it; for several ways to make a resource, use static functions")
        .suggest(removed, "")
}

/// E0226: `constructor: func()`, from the `:` to the keyword `func`.
pub(crate) fn constructor_as_func(span: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a constructor is declared without `: func`")
        .label(span, "not needed")
        .help("remove it: a constructor is written `constructor();`, with its parameters in the parentheses")
        .suggest(span, "")
}

/// E0226: `constructor: u32`; what is `replaced` begins at the colon.
pub(crate) fn constructor_with_type(colon: Span, replaced: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a constructor has no type")
        .label(colon, "expected `(`")
        .help("write `constructor();`, with its parameters in the parentheses")
        .suggest(replaced, "()")
}

/// E0226: `name: u32;` in an interface or a resource. A `comma` may follow the type.
pub(crate) fn field_of_block(
    place: Place,
    field: Span,
    name: &str,
    ty: Span,
    text: &str,
    comma: Option<Span>,
) -> Diagnostic {
    let what = if place == Place::Resource { "a resource" } else { "an interface" };
    let edits = [(Span { end: ty.start, ..ty }, "func() -> "), (comma.unwrap_or(ty.after()), ";")];
    Diagnostic::error(E0226, format!("{what} has no fields"))
        .label(field, "expected a function")
        .help(format!(
            "provide the value with a function, `{name}: func() -> {text};`, or define a `record` with the field"
        ))
        .suggest_edits(edits.into_iter().take(if comma.is_some() { 2 } else { 1 }))
}

/// E0226: `i.t` as a type; the interface and the name, if these are clear.
pub(crate) fn type_with_path(span: Span, parts: Option<(&str, &str)>) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0226, "a type is named without its interface").label(span, "expected a type");
    match parts {
        Some((interface, name)) => {
            diagnostic.help(format!("bring it in with `use {interface}.{{{name}}};`, and write `{name}` here"))
        }
        None => diagnostic.help("bring it in with `use interface.{name};`, and write `name` here"),
    }
}

/// E0226: `Self`, in a resource or elsewhere.
pub(crate) fn self_type(span: Span, resource: Option<&Ident>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0226, "a type is written by its name, not as `Self`").label(span, "expected a type");
    match resource {
        Some(resource) => {
            let name = resource.written();
            diagnostic.help(format!("write the name of the resource: `{name}`")).suggest(span, &*name)
        }
        None => diagnostic.help("write the name of the resource"),
    }
    .subject(Subject::Name)
}

/// E0226: `u8*`.
pub(crate) fn pointer(star: Span, removed: Span) -> Diagnostic {
    Diagnostic::error(E0226, "WIT has no pointers")
        .label(star, "not part of WIT")
        .help("write the type alone, or `list<…>` for several values: memory is never shared")
        .suggest(removed, "")
}

/// E0227: a word without a meaning in WIT, before something that is right without it.
pub(crate) fn superfluous_word(word: Span, text: &str, removed: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0227, format!("`{text}` is not part of WIT here")).label(word, "one word too many");
    match text {
        "pub" | "public" | "export" => diagnostic.note("everything in an interface is public"),
        "out" | "inout" => diagnostic.note("a function returns its output as its result"),
        "readonly" | "const" | "final" | "mut" | "mutable" | "let" | "var" => {
            diagnostic.note("values are copied, so no one else can change them")
        }
        "unsigned" => diagnostic.note("the unsigned integers are `u8`, `u16`, `u32` and `u64`"),
        _ => diagnostic,
    }
    .help("remove it")
    .suggest(removed, "")
}
