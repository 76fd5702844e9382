//! `E07xx`: every diagnostic of the generator, its code and its text.

use witwright_front::{Code, Diagnostic, Span};

/// E0703: an interface of another package, and nothing says where its bindings come from.
pub(crate) fn missing_with(interface: &str, span: Option<Span>, command_line: bool) -> Diagnostic {
    let message = format!("nothing says where the bindings of `{interface}` come from");
    let (generate, all, module) = if command_line {
        (format!("--with {interface}=generate"), "--generate-all", format!("--with {interface}=path::to::module"))
    } else {
        let with = |value| format!("with: {{ \"{interface}\": {value} }}");
        (with("generate"), "generate_all", with("path::to::module"))
    };
    at(Diagnostic::error(Code("E0703"), message), span, "imported here, from another package")
        .help(format!("generate them with `{generate}` or `{all}`, or name the module that has them with `{module}`"))
}

/// E0704: an option names something that the world does not have. `meant` is the key that may have been meant.
pub(crate) fn option_matches_nothing<'a>(
    option: &str,
    key: &str,
    meant: Option<&str>,
    what: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    const SHOWN: usize = 12;
    let diagnostic = Diagnostic::error(Code("E0704"), format!("`{key}` in {option} matches nothing"));
    let mut names: Vec<&str> = candidates.collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return diagnostic.note(format!("the world has no {what}"));
    }
    let diagnostic = match meant {
        Some(meant) => diagnostic.help(format!("write `{meant}`")),
        None => diagnostic,
    };
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    diagnostic.note(format!("the world has these {what}: {}{more}", shown.join(", ")))
}

/// E0704: an option names something that another key of it names too.
pub(crate) fn named_twice(option: &str, key: &str, other: &str) -> Diagnostic {
    let message = format!("`{key}` in {option} is a duplicate: `{other}` names the same");
    Diagnostic::error(Code("E0704"), message).help(format!("leave out `{key}` or `{other}`"))
}

/// E0705: more parameters or values than the runtime's tuples can hold.
pub(crate) fn too_many(what: &str, count: usize, limit: usize, span: Option<Span>) -> Diagnostic {
    let message = format!("bindings have at most {limit} {what}, and these are {count}");
    at(Diagnostic::error(Code("E0705"), message), span, "here").help("put them into a `record`")
}

fn at(diagnostic: Diagnostic, span: Option<Span>, label: &'static str) -> Diagnostic {
    match span {
        Some(span) => diagnostic.label(span, label),
        None => diagnostic,
    }
}
