//! `E062x`: reasons why a component does not target a world.

use alloc::format;
use alloc::string::String;

use witwright_front::{Code, Diagnostic, Span};

use super::list;
/// The names of the two sides in messages.
#[derive(Clone, Copy, Debug)]
pub struct Words<'w> {
    /// The component, or in a composition the part that exports.
    pub component: &'w str,
    /// The world, or in a composition the part that imports.
    pub world: &'w str,
}

impl Default for Words<'_> {
    fn default() -> Self {
        Words { component: "the component", world: "the world" }
    }
}

/// E0620: the component imports an item that the world does not offer.
pub(crate) fn import_not_offered(name: &str, world: Option<Span>, versions: &[String]) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0620"), format!("the component imports `{name}`, which the world does not offer"));
    let diagnostic = at(diagnostic, world, "this world");
    if versions.is_empty() && is_wasi(name) {
        return diagnostic.help("import it in the world, or check it with `--wasi` if WASI is provided as well");
    }
    if versions.is_empty() {
        return diagnostic.help("import it in the world, or build the component without it");
    }
    diagnostic.note(format!("the world offers only {}", list(versions)))
}

/// E0620: the component imports several interfaces of WASI, none of which the world offers in any version.
pub(crate) fn wasi_not_offered(names: &[String], world: Option<Span>) -> Diagnostic {
    if let [name] = names {
        return import_not_offered(name, world, &[]);
    }
    let message = format!("the component imports {} interfaces of WASI, which the world does not offer", names.len());
    let diagnostic = at(Diagnostic::error(Code("E0620"), message), world, "this world");
    let diagnostic = diagnostic.note(format!("they are {}", list(names)));
    diagnostic.help("import them in the world, or check it with `--wasi` if WASI is provided as well")
}

/// Whether it is the name of an interface of WASI.
pub(crate) fn is_wasi(name: &str) -> bool {
    name.starts_with("wasi:")
}

/// E0621: the world wants an export that the component does not have.
pub(crate) fn export_missing(name: &str, place: Option<Span>, versions: &[String]) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0621"), format!("the world exports `{name}`, which the component does not"));
    let diagnostic = at(diagnostic, place, "wanted here");
    if versions.is_empty() {
        return diagnostic.help("export it from the component");
    }
    diagnostic.note(format!("the component exports only {}", list(versions)))
}

/// E0622: an interface lacks an item.
pub(crate) fn item_missing(
    words: Words<'_>,
    interface: &str,
    (sort, name): (&str, &str),
    found: &str,
    is_import: bool,
    place: Option<Span>,
) -> Diagnostic {
    let Words { component, world } = words;
    let (who, does, whose) = if is_import { (component, "needs", world) } else { (world, "wants", component) };
    let message = format!("{who} {does} the {sort} `{name}` of `{interface}`, which is missing");
    let label = if is_import { "this interface does not have it" } else { "wanted here" };
    at(Diagnostic::error(Code("E0622"), message), place, label).note(format!("{whose}'s `{found}` does not have it"))
}

/// E0623: the types of an item differ.
pub(crate) fn differs(
    words: Words<'_>,
    item: &str,
    inner: Option<&str>,
    difference: &str,
    place: Option<Span>,
) -> Diagnostic {
    let Words { component, world } = words;
    let what = match inner {
        Some(inner) => format!("`{inner}` of `{item}`"),
        None => format!("`{item}`"),
    };
    at(
        Diagnostic::error(Code("E0623"), format!("{what} has another type in {component} than in {world}")),
        place,
        "this item",
    )
    .note(difference)
}

/// E0624: the sorts of an item differ.
pub(crate) fn other_sort(words: Words<'_>, name: &str, sorts: (&str, &str), place: Option<Span>) -> Diagnostic {
    let Words { component, world } = words;
    let message = format!("`{name}` is {} in {component}, and {} in {world}", sorts.0, sorts.1);
    at(Diagnostic::error(Code("E0624"), message), place, "this item")
}

fn at(diagnostic: Diagnostic, place: Option<Span>, label: &'static str) -> Diagnostic {
    match place {
        Some(place) => diagnostic.label(place, label),
        None => diagnostic,
    }
}
