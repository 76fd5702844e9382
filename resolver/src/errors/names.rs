//! `E03xx`: names.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::ast::Ident;
use witwright_front::diagnostic::{Edit, Label};
use witwright_front::lexer::written;
use witwright_front::{Code, Diagnostic, Span, foreign_types};

use super::{list, near, with_cycle};
use crate::files::Searched;
use crate::model::PackageName;

pub(crate) const E0310: Code = Code("E0310");
pub(crate) const E0313: Code = Code("E0313");
pub(crate) const E0314: Code = Code("E0314");
pub(crate) const W0301: Code = Code("W0301");

/// E0310: a plain name that neither the file nor the package has.
pub(crate) fn unknown_item<'a>(
    span: Span,
    name: &str,
    in_scope: impl Iterator<Item = &'a str>,
    searched: &Searched,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0310, format!("there is no interface or world `{name}` here"))
        .label(span, "not found in this file or package");
    match near(name, in_scope) {
        Some(nearest) => did_you_mean(diagnostic, span, &written(nearest)),
        None => where_else(diagnostic, name, searched),
    }
}

/// Adds help: the place where a missing interface or world can be defined. Of a package that was named by one of its files,
/// the others were not read.
fn where_else(diagnostic: Diagnostic, name: &str, searched: &Searched) -> Diagnostic {
    let name = written(name);
    match (searched.deps.as_slice(), searched.files.as_slice()) {
        ([], [file]) => {
            let directory = file.rsplit_once('/').map_or(".", |(directory, _)| directory);
            diagnostic.help(format!(
                "if another file of the package defines it, name the directory `{directory}` instead of the file; write \
                 `namespace:package/{name}` for one of another package"
            ))
        }
        (_, _) => diagnostic.help(format!("write `namespace:package/{name}` for one of another package")),
    }
}

/// E0311: another package has no item of this name.
pub(crate) fn not_in_package<'a>(
    span: Span,
    name: &str,
    package: &PackageName,
    header: Option<Span>,
    wanted: ItemSort,
    there: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::error(Code("E0311"), format!("package `{package}` has no interface or world `{name}`"))
            .label(span, "not found in that package");
    if let Some(header) = header {
        diagnostic = diagnostic.label(header, "the package is defined here");
    }
    let all = match wanted {
        ItemSort::Interface => ("the only interface to choose is", "the interfaces to choose from are"),
        ItemSort::World => ("the only world to choose is", "the worlds to choose from are"),
    };
    nearest_or_all(diagnostic, span, name, there, all)
}

/// Suggests the name most similar to a misspelt one, or lists all names after `one` or `many`.
fn nearest_or_all<'a>(
    diagnostic: Diagnostic,
    span: Span,
    name: &str,
    there: impl Iterator<Item = &'a str>,
    (one, many): (&str, &str),
) -> Diagnostic {
    let there: Vec<&str> = there.filter(|name| !name.is_empty()).collect();
    match (near(name, there.iter().copied()), there.as_slice()) {
        (Some(nearest), _) => did_you_mean(diagnostic, span, &written(nearest)),
        (None, []) => diagnostic,
        (None, [only]) => diagnostic.note(format!("{one} `{only}`")),
        (None, [..]) => diagnostic.note(format!("{many} {}", list(&there))),
    }
}

/// One more place with a name that does not exist. The first place in the text is the primary one; the edits are ordered later.
/// Those of a suggestion are in one file: the others are mended after it.
pub(crate) fn also_here(unknown: &mut Diagnostic, place: Span) {
    const SHOWN: usize = 4;
    if let Some(suggestion) = unknown.suggestions.first_mut()
        && let Some(first) = suggestion.edits.first().filter(|first| first.span.file == place.file)
    {
        let edit = Edit::new(place, first.replacement.clone());
        suggestion.edits.push(edit);
    }
    let mut other = place;
    if let Some(primary) = unknown.labels.first_mut().filter(|primary| place < primary.span) {
        other = core::mem::replace(&mut primary.span, place);
    }
    if unknown.labels.len() < SHOWN {
        unknown.labels.push(Label::new(other, "also here"));
    }
}

fn did_you_mean(diagnostic: Diagnostic, span: Span, written: &str) -> Diagnostic {
    diagnostic.help(format!("did you mean `{written}`?")).suggest(span, written)
}

/// The sorts of items that a `use-path` refers to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum ItemSort {
    Interface,
    World,
}

impl ItemSort {
    fn with_article(self) -> &'static str {
        match self {
            ItemSort::Interface => "an interface",
            ItemSort::World => "a world",
        }
    }
}

/// E0312: a world instead of an interface, or the other way round.
pub(crate) fn wrong_sort(span: Span, name: &str, wanted: ItemSort, found: ItemSort, definition: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code("E0312"),
        format!("`{name}` is {}, not {}", found.with_article(), wanted.with_article()),
    )
    .label(span, format!("{} is needed here", wanted.with_article()))
    .label(definition, format!("`{name}` is defined here"));
    match wanted {
        ItemSort::Interface => diagnostic.help("a world can only be included: `include` it in another world"),
        ItemSort::World => diagnostic.help("an interface can be imported or exported, but not included"),
    }
}

/// E0312: a type of the world itself instead of an interface or a world.
pub(crate) fn type_of_world(span: Span, name: &str, wanted: ItemSort, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0312"), format!("`{name}` is a type of this world, not {}", wanted.with_article()))
        .label(span, format!("{} is needed here", wanted.with_article()))
        .label(definition, format!("`{name}` is defined here"))
        .help("remove it: a world has its types without an import")
}

/// E0313: two definitions of one name in one scope.
pub(crate) fn defined_twice(first: Span, second: Span, sort: &str, name: &str) -> Diagnostic {
    Diagnostic::error(E0313, format!("{sort} `{name}` is defined twice"))
        .label(second, "defined again here")
        .label(first, "first defined here")
        .help("rename or remove one of them")
}

/// Another item of the scope, with whose name a proposal collides.
pub(crate) struct Taken {
    pub(crate) place: Span,
    /// The proposal for its name, if that is misspelt too.
    pub(crate) proposal: Option<String>,
    /// Whether the names are equal; otherwise they differ in case or hyphens.
    pub(crate) is_equal: bool,
}

/// Withdraws the proposal for a misspelt name, because it collides with the name of another item.
pub(crate) fn withdraw_taken(misspelt: &mut Diagnostic, taken: Taken) {
    let Some(suggestion) = misspelt.suggestions.drain(..).next() else { return };
    let proposed = suggestion.edits.into_iter().next().map(|edit| edit.replacement).unwrap_or_default();
    let (label, why): (String, String) = match (taken.proposal, taken.is_equal) {
        (None, true) => ("the name is taken here".into(), "is taken".into()),
        (Some(other), true) => (format!("`{other}` is proposed for this"), "is proposed for another".into()),
        (None, false) => (
            format!("`{proposed}` differs from this only in case or hyphens"),
            "differs from another only in case or hyphens".into(),
        ),
        (Some(other), false) => {
            (format!("`{other}` is proposed for this"), format!("differs from `{other}` only in case or hyphens"))
        }
    };
    misspelt.help = Some(format!("choose another name: `{proposed}` {why}"));
    misspelt.labels.push(Label::new(taken.place, label));
}

/// E0314: two names that are equal without case and hyphens.
pub(crate) fn collide(first: Span, second: Span, name: &str, other: &str) -> Diagnostic {
    Diagnostic::error(E0314, format!("`{name}` differs from `{other}` only in case or hyphens"))
        .label(second, "taken for the same name")
        .label(first, "the other name")
        .note("names in one scope must differ in their letters and digits")
        .help("rename one of them")
}

/// W0301: two interfaces or worlds of a package whose names are equal without case and hyphens.
pub(crate) fn items_collide(first: Span, second: Span, name: &str, other: &str) -> Diagnostic {
    Diagnostic::warning(W0301, format!("`{name}` differs from `{other}` only in case or hyphens"))
        .label(second, "the package has no binary form with both")
        .label(first, "the other name")
        .help("rename one of them")
}

/// E0315: no type has this name. `defined` are names in scope, `primitives` the types that need no definition.
pub(crate) fn unknown_type<'a>(
    span: Span,
    name: &str,
    defined: impl Iterator<Item = &'a str> + Clone,
    primitives: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0315"), format!("there is no type `{name}`")).label(span, "not found in this scope");
    if let Some(wit) = foreign_types::wit_type(name) {
        return diagnostic.help(format!("the type is called `{wit}` in WIT")).suggest(span, wit);
    }
    if let Some(advice) = foreign_types::advice(name) {
        return diagnostic.help(advice);
    }
    match near(name, defined.clone().chain(primitives)) {
        Some(nearest) if defined.clone().any(|name| name == nearest) => {
            did_you_mean(diagnostic, span, &written(nearest))
        }
        Some(primitive) => did_you_mean(diagnostic, span, primitive),
        None => diagnostic.help("define it here, or bring it in with `use`"),
    }
}

/// E0316: the name of a function instead of a type's.
pub(crate) fn func_as_type(span: Span, name: &str, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0316"), format!("`{name}` is a function, not a type"))
        .label(span, "a type is needed here")
        .label(definition, "the function is defined here")
}

/// E0317: an interface has no type of this name.
pub(crate) fn not_in_interface<'a>(
    span: Span,
    name: &str,
    interface: &str,
    definition: Span,
    types: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0317"), format!("interface `{interface}` has no type `{name}`"))
        .label(span, "not found in that interface")
        .label(definition, "the interface is defined here");
    nearest_or_all(diagnostic, span, name, types, ("its only type is", "its types are"))
}

/// E0318: `use` of a function.
pub(crate) fn use_of_func(span: Span, name: &str, definition: Span) -> Diagnostic {
    Diagnostic::error(Code("E0318"), format!("`{name}` is a function; only types can be used"))
        .label(span, "not a type")
        .label(definition, "the function is defined here")
        .help("import the interface to call its functions")
}

/// E0323: the full name of an item of the package itself.
pub(crate) fn own_package(path: Span, name: &Ident, package: &PackageName) -> Diagnostic {
    let written = if name.escaped { format!("%{}", name.name) } else { written(&name.name).into_owned() };
    Diagnostic::error(Code("E0323"), format!("`{package}` is this package itself"))
        .label(path, "full names are for items of other packages")
        .help(format!("write `{written}` alone"))
        .suggest(path, written)
}

/// E0319: interfaces that use, or worlds that include, each other.
pub(crate) fn item_cycle(sort: ItemSort, steps: &[(String, Span)]) -> Diagnostic {
    if let [(name, span)] = steps {
        let (message, label) = match sort {
            ItemSort::Interface => (format!("interface `{name}` uses itself"), "its own types need no `use`"),
            ItemSort::World => (format!("world `{name}` includes itself"), "it has its own items already"),
        };
        return Diagnostic::error(Code("E0319"), message).label(*span, label).help("remove it");
    }
    let (message, verb) = match sort {
        ItemSort::Interface => ("interfaces use each other in a cycle", "uses"),
        ItemSort::World => ("worlds include each other in a cycle", "includes"),
    };
    let diagnostic = with_cycle(Diagnostic::error(Code("E0319"), message), steps, verb);
    match sort {
        ItemSort::Interface => diagnostic.help("move the types that they share into an interface of their own"),
        ItemSort::World => diagnostic.help("move what they share into a world of its own"),
    }
}
