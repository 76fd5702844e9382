//! Every diagnostic of the generator, its code and its text: `E07xx`; and the generator's notes and help for those of the resolver
//! about a missing folder or file.

use witwright_front::{Code, Diagnostic, Span, Subject};
use witwright_resolver::codes::{E0301, E0303, E0608};

/// A key of an option has no effect.
const E0704: Code = Code("E0704");

/// An option with keys.
pub(crate) struct OptionName {
    /// Its name in the macros.
    pub(crate) name: &'static str,
    /// As the user spells it.
    pub(crate) spelled: String,
}

/// E0301, E0303: the folder that is read because no path was given is not there, or has no WIT.
pub(crate) fn no_default(diagnostic: Diagnostic, folder: &str, command_line: bool) -> Diagnostic {
    let is_meant = match &diagnostic.subject {
        Some(Subject::Path { path, meant }) if path == folder && matches!(diagnostic.code, E0301 | E0303) => {
            meant.is_some()
        }
        _ => return diagnostic,
    };
    let (note, help) = if command_line {
        ("no path is given, so the folder `wit` is read", "name a folder or a file of WIT")
    } else {
        (
            "neither `path` nor `inline` is given, so the folder `wit` beside `Cargo.toml` is read",
            "name a folder or a file of WIT with `path`, or write the WIT in the macro with `inline`",
        )
    };
    let diagnostic = diagnostic.note(note);
    if is_meant {
        return diagnostic;
    }
    diagnostic.help(format!("put the WIT into that folder, or {help}; `witwright new` makes a project that has it"))
}

/// E0301: a path that is given, but not from the root, cannot be read.
pub(crate) fn relative(diagnostic: Diagnostic, path: &str) -> Diagnostic {
    match &diagnostic.subject {
        Some(Subject::Path { path: about, .. }) if about == path && diagnostic.code == E0301 => {
            diagnostic.note("paths are relative to the folder of `Cargo.toml`")
        }
        _ => diagnostic,
    }
}

/// E0608, E0704: nothing has a name, and items are left out because their features are not enabled.
pub(crate) fn left_out(diagnostic: Diagnostic, features: &[&str], command_line: bool) -> Diagnostic {
    let is_unknown = matches!(diagnostic.subject, Some(Subject::Key { is_known: false, .. }));
    let [feature, ..] = features else { return diagnostic };
    if diagnostic.code != E0608 && !is_unknown {
        return diagnostic;
    }
    let (all, one) = match command_line {
        true => ("`--all-features`".to_owned(), format!("`--features {feature}`")),
        false => ("`all_features: true`".to_owned(), format!("`features: [\"{feature}\"]`")),
    };
    let listed = features.iter().map(|feature| format!("`{feature}`")).collect::<Vec<_>>().join(", ");
    let noun = if features.len() == 1 { "feature" } else { "features" };
    diagnostic.note(format!("items of the {noun} {listed} are left out; {one} or {all} enables them"))
}

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
    option: &OptionName,
    key: &str,
    meant: Option<&str>,
    what: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = without_effect(option, key, "matches nothing").subject(Subject::Key {
        option: option.name,
        key: key.to_owned(),
        is_known: false,
    });
    let diagnostic = match meant {
        Some(meant) => diagnostic.help(format!("write `{meant}`")),
        None => diagnostic,
    };
    listed(diagnostic, what, candidates)
}

fn without_effect(option: &OptionName, key: &str, why: &str) -> Diagnostic {
    Diagnostic::error(E0704, format!("`{key}` in {} {why}", option.spelled)).subject(Subject::Key {
        option: option.name,
        key: key.to_owned(),
        is_known: true,
    })
}

/// Says which parts of a sort the world has.
fn listed<'a>(diagnostic: Diagnostic, what: &str, candidates: impl Iterator<Item = &'a str>) -> Diagnostic {
    const SHOWN: usize = 12;
    let mut names: Vec<&str> = candidates.collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return diagnostic.note(format!("the world has no {what}"));
    }
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    diagnostic.note(format!("the world has these {what}: {}{more}", shown.join(", ")))
}

/// E0704: another key of an option decides about all that a key names. In a list, the first one decides.
pub(crate) fn covered(option: &OptionName, key: &str, other: &str, is_list: bool) -> Diagnostic {
    let help = match is_list {
        true => format!("write `{key}` before `{other}`, or leave it out"),
        false => format!("leave out `{key}` or `{other}`"),
    };
    without_effect(option, key, &format!("has no effect: `{other}` covers it")).help(help)
}

/// E0704: a key of an option has two values.
pub(crate) fn given_twice(option: &OptionName, key: &str) -> Diagnostic {
    without_effect(option, key, "is given twice").help("leave out one of them")
}

/// E0704: a Rust type is given for errors of a type that is none. `candidates` are those that are.
pub(crate) fn never_fails<'a>(option: &OptionName, key: &str, candidates: impl Iterator<Item = &'a str>) -> Diagnostic {
    listed(without_effect(option, key, "has no effect: no function fails with it"), "types of errors", candidates)
}

/// E0705: more parameters or values than the runtime's tuples can hold.
pub(crate) fn too_many(what: &str, count: usize, limit: usize, span: Option<Span>) -> Diagnostic {
    let message = format!("bindings have at most {limit} {what}, and these are {count}");
    at(Diagnostic::error(Code("E0705"), message), span, "here").help("put them into a `record`")
}

/// E0706: a Rust type is to stand for a resource, whose functions would be bound to nothing.
pub(crate) fn type_for_resource(
    resource: &str,
    interface: Option<&str>,
    span: Option<Span>,
    command_line: bool,
) -> Diagnostic {
    let message = format!("a Rust type cannot stand for the resource `{resource}`, which has functions");
    let diagnostic = at(Diagnostic::error(Code("E0706"), message), span, "this resource");
    let with = match (interface, command_line) {
        (None, true) => return diagnostic.help("leave it out of `--with`"),
        (None, false) => return diagnostic.help("leave it out of `with`"),
        (Some(interface), true) => format!("--with {interface}=path::to::module"),
        (Some(interface), false) => format!("with: {{ \"{interface}\": path::to::module }}"),
    };
    diagnostic.help(format!("name the module of bindings that have its whole interface: `{with}`"))
}

fn at(diagnostic: Diagnostic, span: Option<Span>, label: &'static str) -> Diagnostic {
    match span {
        Some(span) => diagnostic.label(span, label),
        None => diagnostic,
    }
}
