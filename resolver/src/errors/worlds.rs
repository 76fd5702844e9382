//! `E06xx`: worlds.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::lexer::written;
use witwright_front::{Code, Diagnostic, Span};

use super::{list, near};
use crate::model::{Direction, PackageName};

/// E0601: an interface imported or exported more than once.
pub(crate) fn interface_twice(first: Span, second: Span, direction: Direction, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0601"), format!("interface `{name}` is {direction}ed twice"))
        .label(second, format!("{direction}ed again here"))
        .label(first, format!("first {direction}ed here"))
        .help(format!("remove one of them, or give it a plain name: `{direction} name: …;`"))
}

/// Several worlds exist, and none is named.
const E0607: Code = Code("E0607");
/// No world has a name.
pub const E0608: Code = Code("E0608");

pub(crate) const E0602: Code = Code("E0602");

/// E0602: two imports or two exports of one plain name.
pub(crate) fn name_taken(first: Span, second: Span, direction: Direction, name: &str) -> Diagnostic {
    Diagnostic::error(E0602, format!("the {direction} `{name}` exists already"))
        .label(second, "this needs a name of its own")
        .label(first, "the name is taken here")
        .help("rename one of them")
}

/// E0603: an included world has a plain name that is taken.
pub(crate) fn include_conflicts(
    include: Span,
    first: Option<Span>,
    second: Option<Span>,
    direction: Direction,
    name: &str,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(Code("E0603"), format!("the include brings a second {direction} `{name}`"))
        .label(include, "included here");
    if let (Some(second), true) = (second, first == second) {
        diagnostic = diagnostic.label(second, "both come from here");
    } else {
        if let Some(second) = second {
            diagnostic = diagnostic.label(second, "the included one");
        }
        if let Some(first) = first {
            diagnostic = diagnostic.label(first, "the other one");
        }
    }
    diagnostic.help(format!("rename it: `include … with {{ {} as another-name }}`", written(name)))
}

/// E0603: a world includes another one twice; `name` is a plain name that it gets twice.
pub(crate) fn included_twice(first: Span, second: Span, world: &str, name: &str) -> Diagnostic {
    Diagnostic::error(Code("E0603"), format!("world `{world}` is included twice"))
        .label(second, format!("it would bring `{name}` in again"))
        .label(first, "first included here")
        .help(format!(
            "remove one of them, or give the second one other names: `include … with {{ {} as another-name }}`",
            written(name)
        ))
}

/// E0604: `with` renames something that the included world does not have.
pub(crate) fn nothing_to_rename<'a>(
    span: Span,
    name: &str,
    world: &str,
    there: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0604"), format!("world `{world}` has no import or export `{name}`"))
        .label(span, "nothing to rename");
    match near(name, there) {
        Some(nearest) => {
            let nearest = written(nearest);
            diagnostic.help(format!("did you mean `{nearest}`?")).suggest(span, nearest)
        }
        None => diagnostic.note("only plain names can be renamed, those of interfaces cannot"),
    }
}

/// W0601: `with` gives one item two names.
pub(crate) fn renamed_twice(first: Span, second: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(Code("W0601"), format!("`{name}` is renamed twice; the first name counts"))
        .label(second, "renamed again here")
        .label(first, "first renamed here")
        .help("keep one of them")
}

/// E0605: an interface that a world exports is needed as an import too. `chain` leads from an export to it, `missing` is
/// the first interface on the way that is not exported.
pub(crate) fn imported_and_exported(
    first: Span,
    second: Option<Span>,
    chain: &[String],
    missing: Option<&str>,
) -> Diagnostic {
    let last = chain.last().map(String::as_str).unwrap_or_default();
    let mut diagnostic = Diagnostic::error(Code("E0605"), format!("`{last}` would be both imported and exported"))
        .label(first, "this export needs it as an import");
    if let Some(second) = second {
        diagnostic = diagnostic.label(second, "exported here");
    }
    for pair in chain.windows(2) {
        diagnostic = diagnostic.note(format!("`{}` uses `{}`", pair[0], pair[1]));
    }
    match missing {
        Some(missing) => diagnostic
            .note(format!("`{missing}` is not exported; it is imported, and so are the interfaces that it uses"))
            .help(format!("export `{missing}` too")),
        None => diagnostic,
    }
}

/// E0606: no world exists.
pub(crate) fn no_world<'a>(main: impl Iterator<Item = &'a PackageName>) -> Diagnostic {
    let packages: Vec<String> = main.map(ToString::to_string).collect();
    let message = match packages.as_slice() {
        [] => "there is no package to choose a world from".to_string(),
        [package] => format!("package `{package}` has no world"),
        [..] => format!("the packages {} have no world", list(&packages)),
    };
    Diagnostic::error(Code("E0606"), message).help("add a `world` to the package")
}

/// E0607: several worlds exist.
pub(crate) fn several_worlds(worlds: &[String]) -> Diagnostic {
    Diagnostic::error(E0607, "there are several worlds")
        .note(format!("the worlds are {}", list(worlds)))
        .help("name one of them")
}

/// E0607: the same diagnostic, with the way to name a world, such as "with `--world`". Others are unchanged.
pub fn with_way_to_name(diagnostic: Diagnostic, way: &str) -> Diagnostic {
    if diagnostic.code == E0607 { diagnostic.help(format!("name one of them {way}")) } else { diagnostic }
}

/// E0608: no world has this name. `worlds` are the candidates; `everywhere` are the worlds of all packages.
pub(crate) fn unknown_world(selector: &str, worlds: &[String], everywhere: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0608, format!("there is no world `{selector}`"));
    let diagnostic = match worlds {
        [] => diagnostic.note("the packages have no worlds"),
        [_] => diagnostic.note(format!("the only world is {}", list(worlds))),
        [..] => diagnostic.note(format!("the worlds are {}", list(worlds))),
    };
    let elsewhere = everywhere.iter().find(|world| plain(world) == selector);
    let candidates = worlds.iter().flat_map(|world| [plain(world), world.as_str()]);
    match elsewhere.map(String::as_str).or_else(|| near(selector, candidates)) {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic,
    }
}

/// `world` of `ns:package/world@version`.
fn plain(qualified: &str) -> &str {
    let name = qualified.rsplit('/').next().unwrap_or(qualified);
    name.split('@').next().unwrap_or(name)
}

/// E0609: a name fits several worlds.
pub(crate) fn ambiguous_world(selector: &str, worlds: &[String]) -> Diagnostic {
    Diagnostic::error(Code("E0609"), format!("`{selector}` may mean several worlds"))
        .note(format!("these fit: {}", list(worlds)))
        .help("write the whole name with its version")
}

/// E0610: a selector is not the name of a world.
pub(crate) fn bad_selector(selector: &str) -> Diagnostic {
    Diagnostic::error(Code("E0610"), format!("`{selector}` is not the name of a world"))
        .help("write `world` or `ns:package/world@version`")
}
