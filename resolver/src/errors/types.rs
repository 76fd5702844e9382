//! `E04xx`: types and functions.

use alloc::format;
use alloc::string::{String, ToString};

use witwright_front::lexer::written;
use witwright_front::{Code, Diagnostic, Span};

use super::with_cycle;

/// E0401: a type without contents that needs some.
pub(crate) fn empty_type(span: Span, sort: &str, name: Option<&str>, content: &str) -> Diagnostic {
    let name = name.map(|name| format!(" `{name}`")).unwrap_or_default();
    Diagnostic::error(Code("E0401"), format!("{sort}{name} is empty"))
        .label(span, format!("it needs at least one {content}"))
        .help(format!("add a {content}"))
}

/// E0402: more flags than a component can have.
pub(crate) fn too_many_flags(name: &str, definition: Span, first_too_many: Span, count: usize) -> Diagnostic {
    Diagnostic::error(Code("E0402"), format!("flags `{name}` has {count} flags, but only 32 are allowed"))
        .label(first_too_many, "this one is too many")
        .label(definition, "the flags are defined here")
        .help("split it into two, and put both into a record")
}

/// E0403: a type that contains itself.
pub(crate) fn recursive_type(steps: &[(String, Span)]) -> Diagnostic {
    let first = steps.first().map(|(name, _)| name.as_str()).unwrap_or_default();
    let diagnostic = Diagnostic::error(Code("E0403"), format!("type `{first}` contains itself"));
    with_cycle(diagnostic, steps, "contains").help("break the cycle with a resource, or with indices into a list")
}

/// E0404: a handle of a type that is not a resource.
pub(crate) fn handle_of_no_resource(span: Span, name: &str, definition: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0404"), format!("`{name}` is not a resource"))
        .label(span, "only resources have handles");
    match definition {
        Some(definition) => diagnostic.label(definition, format!("`{name}` is defined here")),
        None => diagnostic,
    }
    .help(format!("write `{}` alone: its values are passed as they are", written(name)))
}

/// E0405: a borrow in a result, which outlives the call.
pub(crate) fn borrow_in_result(borrow: Span, result: Span, func: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0405"), format!("`borrow` is not allowed in the result of `{func}`"))
        .label(result, "this handle would outlive the call");
    if borrow == result { diagnostic } else { diagnostic.label(borrow, "the borrow is here") }
        .help("return an owned handle instead, or take the borrow as a parameter")
}

/// E0406: a borrow in a stream or future, which outlives the call.
pub(crate) fn borrow_in_stream(borrow: Span, payload: Span, sort: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0406"), format!("`borrow` is not allowed in a {sort}"))
        .label(payload, format!("the {sort} would outlive the call that lends the handle"));
    if borrow == payload { diagnostic } else { diagnostic.label(borrow, "the borrow is here") }
        .help("send an owned handle instead")
}

/// E0407: a type that cannot be a key.
pub(crate) fn map_key(key: Span) -> Diagnostic {
    Diagnostic::error(Code("E0407"), "this type cannot be the key of a map")
        .label(key, "not a key")
        .help("a key is `bool`, an integer, `char` or `string`")
}

/// E0408: a stream of `char`.
pub(crate) fn stream_of_char(payload: Span) -> Diagnostic {
    Diagnostic::error(Code("E0408"), "`stream<char>` is not allowed")
        .label(payload, "characters have no encoding of their own in a stream")
        .help("use `stream<u8>` with UTF-8, or `stream<string>`")
}

/// E0409: a constructor that does not return its resource.
pub(crate) fn constructor_result(span: Span, resource: &str) -> Diagnostic {
    let written = written(resource);
    Diagnostic::error(Code("E0409"), format!("the result of a constructor of `{resource}` can only be a `result`"))
        .label(span, format!("a constructor returns `{written}`, or a `result` with it"))
        .help(format!(
            "leave it out; a constructor that can fail has `-> result<{written}>` or `-> result<{written}, error>`"
        ))
}

/// E0410: a function of a resource that has the name of the resource.
pub(crate) fn method_named_like_resource(method: Span, resource: Option<Span>, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("E0410"),
        format!("a function of the resource `{name}` cannot have the name of the resource"),
    )
    .label(method, "the two names are equal in a component");
    match resource {
        Some(resource) => diagnostic.label(resource, "the resource is defined here"),
        None => diagnostic,
    }
    .help("rename the function, or make it a `constructor`")
}

/// A rule for getters and setters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccessorRule {
    /// A getter has no parameters.
    GetterTakesNothing,
    /// A getter has a result.
    GetterGives,
    /// The `result` of a getter has a value.
    GetterResultGives,
    /// A setter has one parameter.
    SetterTakesOne,
    /// The result of a setter, if any, is a `result` without a value.
    SetterGivesNothing,
}

/// E0411: a getter or setter whose type does not fit.
pub(crate) fn accessor_type(span: Span, name: &str, rule: AccessorRule) -> Diagnostic {
    let name = written(name);
    let (message, label, help) = match rule {
        AccessorRule::GetterTakesNothing => (
            "a getter cannot have parameters",
            "not allowed here",
            format!("write `{name}: get() -> …;`, or make it a `func`"),
        ),
        AccessorRule::GetterGives => (
            "a getter must have a result",
            "this has none",
            format!("write `{name}: get() -> …;`, or make it a `func`"),
        ),
        AccessorRule::GetterResultGives => (
            "a getter must return a value",
            "this `result` has none",
            format!("write `{name}: get() -> result<…>;`, or make it a `func`"),
        ),
        AccessorRule::SetterTakesOne => (
            "a setter must have one parameter",
            "expected one parameter",
            format!("write `{name}: set(value: …);`, or make it a `func`"),
        ),
        AccessorRule::SetterGivesNothing => (
            "a setter must have no result, or a `result` without a value",
            "expected no result, or `result<_, …>`",
            "leave the result out, or return a `result<_, error>`".to_string(),
        ),
    };
    Diagnostic::error(Code("E0411"), message).label(span, label).help(help)
}

/// E0411: a setter whose type differs from its getter's.
pub(crate) fn setter_takes_other(param: Span, getter: Span, difference: &str) -> Diagnostic {
    Diagnostic::error(Code("E0411"), "a setter must take the type that its getter returns")
        .label(param, difference.to_string())
        .label(getter, "the getter is here")
        .help("make the two agree")
}

/// E0412: a setter alone. `near` is a getter that might have been meant for it, and why it does not count.
pub(crate) fn setter_without_getter(setter: Span, name: &str, near: Option<(Span, String)>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0412"), format!("the property `{name}` has a setter but no getter"))
        .label(setter, "no getter reads this property");
    match near {
        Some((getter, why)) => diagnostic.label(getter, why).help("make the two agree"),
        None => diagnostic.help(format!("add `{name}: get() -> …;`")),
    }
}

/// E0413: a list of fixed length without elements.
pub(crate) fn length_of_zero(list: Span) -> Diagnostic {
    Diagnostic::error(Code("E0413"), "a list of fixed length cannot be empty")
        .label(list, "its length is 0")
        .help("give it a length of 1 or more, or leave the length out")
}

/// E0414: a map whose values hold handles.
pub(crate) fn map_value(handle: Span, value: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0414"), "the values of a map cannot hold handles")
        .label(value, "if two values have one key, one of them may be dropped with its handles");
    if handle == value { diagnostic } else { diagnostic.label(handle, "the handle is here") }
        .help("pass a list of pairs: `list<tuple<…, …>>`")
}

/// E0415: a type whose values are too large for a component.
pub(crate) fn too_large(span: Span, name: Option<&str>, max_bytes: u32) -> Diagnostic {
    let name = name.map_or_else(|| "this type".to_string(), |name| format!("`{name}`"));
    Diagnostic::error(Code("E0415"), format!("the values of {name} are too large"))
        .label(span, format!("each has more than {max_bytes} bytes, with addresses of 64 bits"))
        .note("no component can have such a type: a value must fit in a memory, beside others")
        .help("put its parts into a `list` without a fixed length, whose elements are elsewhere in memory")
}
