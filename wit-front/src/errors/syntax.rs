//! `E02xx`: mistakes in how tokens follow each other.

use alloc::format;
use alloc::string::String;

use crate::diagnostic::{Code, Diagnostic};
use crate::features::LanguageFeature;
use crate::lexer::TokenKind;
use crate::similar;
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
pub(crate) const E0206: Code = Code("E0206");
/// A misspelt keyword.
pub(crate) const E0207: Code = Code("E0207");
/// An item where it cannot be.
pub(crate) const E0208: Code = Code("E0208");
/// A gated part of the language.
pub(crate) const E0209: Code = Code("E0209");
/// An attribute that nobody knows.
pub(crate) const E0210: Code = Code("E0210");
/// An attribute on something that cannot have it.
pub(crate) const E0211: Code = Code("E0211");
/// An attribute that may be there only once.
pub(crate) const E0212: Code = Code("E0212");
/// An attribute in the wrong form.
pub(crate) const E0213: Code = Code("E0213");
/// Types that nest too deeply.
pub(crate) const E0214: Code = Code("E0214");
/// A parameter without a name, or one that is `self`.
pub(crate) const E0215: Code = Code("E0215");
/// The words of a function in another order than WIT's.
pub(crate) const E0216: Code = Code("E0216");
/// `;` where nothing ends.
pub(crate) const E0217: Code = Code("E0217");
/// An attribute with nothing behind it.
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
/// A case, flag or field in the form of another language.
pub(crate) const E0226: Code = Code("E0226");

/// E0201: something else was expected here.
pub(crate) fn unexpected(span: Span, expected: &str, kind: TokenKind, text: &str) -> Diagnostic {
    let found = describe(kind, text);
    Diagnostic::error(E0201, format!("expected {expected}, found {found}")).label(span, format!("expected {expected}"))
}

/// E0201: something is missing at the end of a line.
pub(crate) fn missing(behind: Span, expected: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("expected {expected}")).label(behind, format!("expected {expected} here"))
}

/// E0201: a certain token is missing; this is where it belongs.
pub(crate) fn missing_token(behind: Span, token: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("missing `{token}`"))
        .label(behind, format!("expected `{token}`"))
        .suggest(behind, format!(" {token}"))
}

/// E0201: the block of an interface, a world or a type is missing.
pub(crate) fn missing_body(semicolon: Span) -> Diagnostic {
    Diagnostic::error(E0201, "expected a block in braces, found `;`")
        .label(semicolon, "expected `{`")
        .help("write `{ }` even if there is nothing in it")
}

/// E0201: a type defined where a type is named.
pub(crate) fn anonymous_type(span: Span, keyword: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("a `{keyword}` needs a name"))
        .label(span, "defined within another type")
        .help(format!("define it apart, as in `{keyword} my-name {{ … }}`, and write `my-name` here"))
}

/// E0201: a function without parameters.
pub(crate) fn missing_params(behind: Span) -> Diagnostic {
    Diagnostic::error(E0201, "missing parameter list")
        .label(behind, "expected `(`")
        .help("a function without parameters is written `func()`")
        .suggest(behind, "()")
}

/// E0201: a package's name without its namespace.
pub(crate) fn missing_namespace(name: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0201, "the package's name has no namespace")
        .label(name, "expected `namespace:name`")
        .help(format!("write for example `local:{text}`"))
}

/// E0201: `name:` without a type, or not even the colon.
pub(crate) fn missing_type(behind: Span, what: &str) -> Diagnostic {
    Diagnostic::error(E0201, format!("the {what} has no type")).label(behind, "expected `:` and a type")
}

/// E0201: a name of an interface where plain names are renamed.
pub(crate) fn renamed_interface(colon: Span) -> Diagnostic {
    Diagnostic::error(E0201, "an interface cannot be renamed by `include … with`")
        .label(colon, "expected `as`")
        .note("only plain names can clash; the same interface, included twice, is one import or export")
}

/// E0202: an item without its `;`.
pub(crate) fn missing_semicolon(behind: Span) -> Diagnostic {
    Diagnostic::error(E0202, "missing `;`").label(behind, "expected `;` here").suggest(behind, ";")
}

/// E0203: two elements without a `,`.
pub(crate) fn missing_comma(behind: Span, each: &str) -> Diagnostic {
    Diagnostic::error(E0203, "missing `,`")
        .label(behind, format!("expected `,` before the next {each}"))
        .suggest(behind, ",")
}

/// E0204: a block whose `}` is missing.
pub(crate) fn unclosed_block(open: Span, behind: Span) -> Diagnostic {
    Diagnostic::error(E0204, "this block is never closed")
        .label(open, "no `}` belongs to this `{`")
        .label(behind, "the block seems to end here")
}

/// E0204: a `)` or `>` is missing.
pub(crate) fn missing_closer(behind: Span, open: Span, closer: &str) -> Diagnostic {
    Diagnostic::error(E0204, format!("missing `{closer}`"))
        .label(behind, format!("expected `{closer}` here"))
        .label(open, "to close this one")
        .suggest(behind, closer)
}

/// E0205: a `}` that closes nothing.
pub(crate) fn stray_closer(span: Span) -> Diagnostic {
    Diagnostic::error(E0205, "unmatched `}`")
        .label(span, "there is nothing open that this could close")
        .help("remove it, or find the `{` that is missing above")
}

/// E0206: a keyword where a name is wanted.
pub(crate) fn keyword_as_name(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0206, format!("`{text}` is a keyword and cannot be a name as it stands"))
        .label(span, "keyword")
        .help(format!("write `%{text}`: the `%` makes it a name and does not belong to it"))
        .suggest(span, format!("%{text}"))
}

/// E0207: a word that must be a keyword and is nearly one.
pub(crate) fn misspelt_keyword(span: Span, text: &str, keyword: &str) -> Diagnostic {
    Diagnostic::error(E0207, format!("unknown keyword `{text}`"))
        .label(span, format!("did you mean `{keyword}`?"))
        .suggest(span, keyword)
}

/// E0208: an item in a place that cannot have it.
pub(crate) fn misplaced_item(span: Span, item: &str, place: &str) -> Diagnostic {
    let help = match item {
        "function" if place == "in a world" => "write `import name: func(…);` or `export name: func(…);`",
        "function" | "type" => "move it into an interface, as in `interface name { … }`",
        "interface" if place == "in a world" => {
            "write `import name: interface { … }`, or define the interface outside and import it by its name"
        }
        "interface" | "world" => "move it to the top level of the file",
        "import" | "export" | "include" => "move it into a world; an interface takes types from others with `use`",
        "constructor" => "move it into a resource",
        _ => "move it to the top level of a file",
    };
    let article = if item.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    Diagnostic::error(E0208, format!("{article} {item} cannot be {place}"))
        .label(span, format!("not allowed {place}"))
        .help(help)
}

/// E0207: a type that is nearly one of WIT's.
pub(crate) fn misspelt_type(span: Span, text: &str, keyword: &str) -> Diagnostic {
    Diagnostic::error(E0207, format!("unknown type `{text}`"))
        .label(span, format!("did you mean `{keyword}`?"))
        .suggest(span, keyword)
}

/// E0208: an item among the elements of a list.
pub(crate) fn item_in_list(span: Span, list: &str) -> Diagnostic {
    let list = list.trim_matches('`');
    Diagnostic::error(E0208, format!("another item begins within this {list}"))
        .label(span, format!("not part of a {list}"))
        .help("close the block above with `}`")
}

/// E0209: a gated part of the language.
pub(crate) fn missing_feature(span: Span, what: &str, feature: LanguageFeature) -> Diagnostic {
    let name = feature.name();
    Diagnostic::error(E0209, format!("{what}: this part of WIT is not released yet"))
        .label(span, format!("needs the language feature `{name}`"))
        .help(format!("switch on the language feature `{name}` if every tool that reads this text knows it"))
}

const ATTRIBUTES: [&str; 4] = ["since", "unstable", "deprecated", "external-id"];

/// E0210: an attribute that does not exist.
pub(crate) fn unknown_attribute(span: Span, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0210, format!("unknown attribute `@{name}`"));
    match similar::closest(name, ATTRIBUTES) {
        Some(meant) => diagnostic.label(span, format!("did you mean `@{meant}`?")).suggest(span, format!("@{meant}")),
        None => diagnostic
            .label(span, "no attribute has this name")
            .note("attributes are `@since`, `@unstable`, `@deprecated` and `@external-id`"),
    }
}

/// E0210: an attribute without its `@`.
pub(crate) fn unmarked_attribute(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0210, "attributes begin with `@`")
        .label(span, format!("write `@{name}`"))
        .suggest(span, format!("@{name}"))
}

/// E0211: an attribute on something that cannot have it.
pub(crate) fn misplaced_attribute(span: Span, text: &str, what: &str) -> Diagnostic {
    let name = text.split('(').next().unwrap_or(text).trim_end();
    Diagnostic::error(E0211, format!("{what} cannot have `{name}`")).label(span, "not allowed here").help("remove it")
}

/// E0212: an attribute that may be there only once.
pub(crate) fn duplicate_attribute(first: Span, second: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0212, format!("`@{name}` is given twice"))
        .label(second, "second time")
        .label(first, "first time")
        .help("remove one of them")
}

/// E0213: an attribute whose arguments are not what they must be.
pub(crate) fn bad_attribute(span: Span, attribute: &str, shape: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(E0213, format!("`@{attribute}` is written `@{attribute}{shape}`"))
        .label(span, format!("expected {expected}"))
}

/// The arguments of an attribute with this field.
pub(crate) fn attribute_shape(field: &str) -> &'static str {
    match field {
        "version" => "(version = 1.0.0)",
        "feature" => "(feature = name)",
        _ => "(\"…\")",
    }
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

/// E0215: `self` as a parameter.
pub(crate) fn explicit_self(span: Span) -> Diagnostic {
    Diagnostic::error(E0215, "`self` is not written")
        .label(span, "not needed")
        .help("remove it: every method of a resource that is not `static` has it")
}

/// E0216: a function in the way of another language.
pub(crate) fn function_order(words: Span, text: &str, name: &str) -> Diagnostic {
    let is_async = text.split_whitespace().any(|word| word == "async");
    let is_static = text.split_whitespace().any(|word| word == "static");
    let mut written = String::from(name);
    written.push_str(": ");
    written.push_str(if is_static { "static " } else { "" });
    written.push_str(if is_async { "async " } else { "" });
    Diagnostic::error(E0216, "a function begins with its name")
        .label(words, "the name must come first")
        .help(format!("write `{written}func(…)`"))
}

/// E0216: `static` outside a resource.
pub(crate) fn static_outside_resource(span: Span) -> Diagnostic {
    Diagnostic::error(E0216, "only functions of resources can be `static`")
        .label(span, "this function belongs to no resource")
        .help("remove `static`")
        .suggest(span, "")
}

/// E0217: `;` behind a block.
pub(crate) fn needless_semicolon(span: Span) -> Diagnostic {
    Diagnostic::error(E0217, "no `;` behind a block")
        .label(span, "not part of WIT")
        .help("remove it: a block ends with its `}`")
        .suggest(span, "")
}

/// E0217: `;` that ends nothing.
pub(crate) fn lone_semicolon(span: Span) -> Diagnostic {
    Diagnostic::error(E0217, "this `;` ends nothing").label(span, "not part of WIT").help("remove it").suggest(span, "")
}

/// E0218: an attribute before nothing.
pub(crate) fn attribute_without_item(span: Span) -> Diagnostic {
    Diagnostic::error(E0218, "an attribute stands before an item")
        .label(span, "there is no item behind this")
        .help("remove it, or move it before the item it is for")
}

/// E0219: `-> ()` and `-> (a: u32)`.
pub(crate) fn parenthesised_results(span: Span, is_empty: bool) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(E0219, "a function has one result, without parentheses").label(span, "not a type");
    if is_empty {
        diagnostic.help("leave out `-> ()`: a function without `->` has no result")
    } else {
        diagnostic.help("for several results, give back a `record` or a `tuple<…>`")
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
        .help("use a `func`")
}

/// E0220: `async static func()`.
pub(crate) fn async_before_static(span: Span) -> Diagnostic {
    Diagnostic::error(E0220, "`static` comes before `async`")
        .label(span, "too late")
        .help("write `static async func(…)`")
}

/// E0220: `func async()`.
pub(crate) fn async_behind_func(span: Span) -> Diagnostic {
    Diagnostic::error(E0220, "`async` comes before `func`").label(span, "too late").help("write `async func(…)`")
}

/// E0221: `use a.b;` in an interface or world.
pub(crate) fn use_without_braces(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0221, "the types of a `use` stand in braces")
        .label(span, "expected `{`")
        .help(format!("write `.{{{name}}}`"))
        .suggest(span, format!("{{{name}}}"))
}

/// E0221: `use { a } from b`.
pub(crate) fn use_without_path(open: Span) -> Diagnostic {
    Diagnostic::error(E0221, "`use` names the interface first")
        .label(open, "expected an interface")
        .help("write `use interface.{types};`")
}

/// E0221: `use a;` in an interface or world.
pub(crate) fn use_without_names(behind: Span, path: &str) -> Diagnostic {
    Diagnostic::error(E0221, "`use` in an interface or a world names the types it takes")
        .label(behind, "expected `.{…}`")
        .help(format!("write `use {path}.{{name-of-a-type}};`"))
}

/// E0221: `use a.{b};` at the top level.
pub(crate) fn type_use_at_top_level(dot: Span) -> Diagnostic {
    Diagnostic::error(E0221, "types cannot be taken into a file, only into an interface or a world")
        .label(dot, "expected `;` or `as`")
        .help("move this `use` into the block that needs the types")
}

/// E0222: a path that ends with the package.
pub(crate) fn path_without_interface(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(E0222, format!("`{text}` names a package, not something in it"))
        .label(span, "expected `/` and a name behind this")
        .help(format!("write `{text}/name-of-an-interface`"))
}

/// E0222: `pkg.interface.{…}`.
pub(crate) fn path_with_dots(dot: Span) -> Diagnostic {
    Diagnostic::error(E0222, "the parts of a path are not set apart by dots")
        .label(dot, "expected `:`, `/` or `.{`")
        .help("write `interface.{…}`, or `namespace:package/interface.{…}` for one of another package")
}

/// E0222: a path that begins with the package's own name.
pub(crate) fn path_without_namespace(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0222, format!("the package `{name}` needs its namespace"))
        .label(span, "expected `namespace:package/name`")
        .help(format!("write for example `local:{name}/…`"))
}

/// E0222: `import a:b;`.
pub(crate) fn package_as_interface(span: Span, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(E0222, format!("`{first}:{second}` names a package, not an interface"))
        .label(span, "a package cannot be imported or exported")
        .help(format!(
            "write `{first}:{second}/name-of-an-interface`, or `{first}: {second}` for the interface `{second}` under the name `{first}`"
        ))
}

/// E0223: a second package declaration.
pub(crate) fn second_package(first: Span, second: Span) -> Diagnostic {
    Diagnostic::error(E0223, "a file declares its package only once")
        .label(second, "second declaration")
        .label(first, "first declaration")
        .help("for several packages in a file, write `package namespace:name { … }` around the items of each")
}

/// E0223: a package declaration behind other items.
pub(crate) fn late_package(span: Span) -> Diagnostic {
    Diagnostic::error(E0223, "a file's package is declared before everything else")
        .label(span, "too late")
        .help("move it to the top of the file")
}

/// E0224: a type that needs arguments and has none.
pub(crate) fn missing_arguments(behind: Span, example: &str) -> Diagnostic {
    Diagnostic::error(E0224, "this type needs arguments")
        .label(behind, "expected `<`")
        .help(format!("write for example `{example}`"))
}

/// E0224: more arguments than the type has.
pub(crate) fn too_many_arguments(comma: Span, expected: &str) -> Diagnostic {
    Diagnostic::error(E0224, "too many type arguments").label(comma, format!("expected {expected}"))
}

/// E0224: `func<T>()`.
pub(crate) fn generic_function(open: Span) -> Diagnostic {
    Diagnostic::error(E0224, "functions have no type parameters").label(open, "expected `(`")
}

/// E0224: arguments of a primitive type.
pub(crate) fn arguments_of_primitive(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(E0224, format!("`{name}` has no type arguments")).label(span, "not allowed here")
}

/// E0224: `map<K>`.
pub(crate) fn missing_map_value(behind: Span) -> Diagnostic {
    Diagnostic::error(E0224, "a map needs two types").label(behind, "expected `,` and the type of the values")
}

/// E0224: `result<_>`.
pub(crate) fn result_of_nothing(span: Span) -> Diagnostic {
    Diagnostic::error(E0224, "`_` needs an error type behind it")
        .label(span, "expected `,` and a type")
        .help("write `result` alone if neither outcome carries a value")
}

/// E0224: `borrow<u32>`.
pub(crate) fn handle_of_type(span: Span) -> Diagnostic {
    Diagnostic::error(E0224, "only resources have handles").label(span, "expected the name of a resource")
}

/// E0224: `vec<u8>`.
pub(crate) fn unknown_type_constructor(span: Span, text: &str) -> Diagnostic {
    let known = ["list", "option", "result", "tuple", "map", "future", "stream", "borrow", "own"];
    let meant = match text.trim_matches('%') {
        "vec" | "Vec" | "array" | "Array" | "seq" | "sequence" | "set" | "slice" => Some("list"),
        "dict" | "hashmap" | "HashMap" | "hash-map" | "BTreeMap" => Some("map"),
        "optional" | "Optional" | "maybe" | "Maybe" | "nullable" => Some("option"),
        "either" | "Either" => Some("result"),
        "promise" | "Promise" => Some("future"),
        "Box" | "box" | "handle" => Some("own"),
        other => similar::closest(other, known),
    };
    let diagnostic = Diagnostic::error(E0224, format!("no type `{text}` with arguments"));
    match meant {
        Some(meant) => diagnostic.label(span, format!("did you mean `{meant}`?")).suggest(span, meant),
        None => diagnostic.label(span, "named types have no arguments").note(
            "types with arguments are `list`, `option`, `result`, `tuple`, `map`, `future`, `stream`, `borrow` and `own`",
        ),
    }
}

/// E0225: a punctuation mark instead of another.
pub(crate) fn wrong_separator(span: Span, found: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(E0225, format!("expected `{expected}`, found `{found}`"))
        .label(span, format!("write `{expected}` here"))
        .suggest(span, expected)
}

/// E0226: `case: type`.
pub(crate) fn payload_with_colon(colon: Span) -> Diagnostic {
    Diagnostic::error(E0226, "the type of a case stands in parentheses")
        .label(colon, "expected `(`, `,` or `}`")
        .help("write `name(type)`")
}

/// E0226: `import a as b`.
pub(crate) fn extern_as(as_: Span, path: &str) -> Diagnostic {
    Diagnostic::error(E0226, "imports and exports are not renamed with `as`")
        .label(as_, "expected `;`")
        .help(format!("write `name: {path}` to give it a plain name"))
}

/// E0226: `case(a, b)`.
pub(crate) fn many_payloads(comma: Span) -> Diagnostic {
    Diagnostic::error(E0226, "a case carries one type")
        .label(comma, "expected `)`")
        .help("use a `record` or a `tuple<…>`")
}

/// E0226: a payload in an enum.
pub(crate) fn payload_in_enum(open: Span) -> Diagnostic {
    Diagnostic::error(E0226, "an enum's cases carry nothing")
        .label(open, "not allowed here")
        .help("make it a `variant`, whose cases can carry a type")
}

/// E0226: a value of a case or flag.
pub(crate) fn value_of_case(span: Span, why: &str) -> Diagnostic {
    Diagnostic::error(E0226, why).label(span, "expected `,` or `}`").help("leave it out")
}

fn describe(kind: TokenKind, text: &str) -> String {
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
