//! The reasons why components cannot be composed.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use witwright_front::Diagnostic;
use witwright_front::similar::closest;

use crate::binary::DecodeError;
use crate::errors::targets::is_wasi;
use crate::merge::MergeError;

/// The reasons why components cannot be composed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ComposeError {
    /// A binary is not a valid component, or WIT cannot express its type.
    Invalid {
        /// The name of the part.
        part: String,
        /// The error in it.
        error: DecodeError,
    },
    /// A binary is a WIT package.
    Package {
        /// The name of the part.
        part: String,
    },
    /// Parts import from one another in a cycle.
    Cycle {
        /// Their names.
        parts: Vec<String>,
    },
    /// A stated connection names a part that does not exist.
    UnknownPart {
        /// The name.
        part: String,
        /// The names of the parts.
        parts: Vec<String>,
    },
    /// A stated connection names an item that its part does not import or export.
    NoSuchItem {
        /// The part.
        part: String,
        /// The name.
        name: String,
        /// Whether it should be an import.
        imports: bool,
        /// The imports or exports of the part.
        names: Vec<String>,
    },
    /// Two parts have one name, as when a file is given twice.
    SamePart {
        /// The name.
        part: String,
    },
    /// Two exporters are stated for one import.
    SameConnection {
        /// The part that imports it.
        importer: String,
        /// The import.
        import: String,
    },
    /// No other part imports an export of a part, which is not the main part.
    Unused(Box<UnusedPart>),
    /// Two parts export the item that one import needs.
    Ambiguous {
        /// The part that imports it.
        importer: String,
        /// The import.
        import: String,
        /// The parts that export it, two or more.
        exporters: Vec<String>,
        /// The one that a stated connection may name. `None` if the others would be unused then, whichever it is.
        choice: Option<String>,
    },
    /// An unsatisfied import, or an exported function, mentions a resource that another part provides.
    ResourceInside(Box<ResourceInside>),
    /// Types of exports and imports differ, each in one of these ways.
    Types(Vec<Diagnostic>),
    /// Several parts have an unsatisfied import of one name, and its types differ.
    Imports(MergeError),
    /// The result would not be valid.
    Result(DecodeError),
}

/// A resource that an item of the result would mention, and that is inside of it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ResourceInside {
    /// The part that imports or exports the item.
    pub part: String,
    /// The item's name.
    pub name: String,
    /// Whether it is an import.
    pub imports: bool,
    /// The resource.
    pub resource: String,
    /// Its interface.
    pub interface: String,
    /// The part that provides it.
    pub exporter: String,
}

/// A part that would be unused.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct UnusedPart {
    /// The name of the part.
    pub part: String,
    /// The main part.
    pub main: String,
    /// The names of its exports.
    pub exports: Vec<String>,
    /// An import that it could satisfy, and that another part satisfies.
    pub taken: Option<TakenImport>,
    /// The unsatisfied imports of the other parts.
    pub open: Vec<OpenImport>,
}

/// A satisfied import.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TakenImport {
    /// The part that imports it.
    pub importer: String,
    /// Its name.
    pub import: String,
    /// The part that exports it.
    pub exporter: String,
}

/// An unsatisfied import.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct OpenImport {
    /// The part that imports it.
    pub part: String,
    /// Its name.
    pub import: String,
    /// The export with the most similar name.
    pub nearest: Option<String>,
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ComposeError::Invalid { part, error } => write!(f, "cannot compose `{part}`: {error}"),
            ComposeError::Package { part } => {
                write!(f, "cannot compose `{part}`: it is a WIT package, which has types but no code")
            }
            ComposeError::Cycle { parts } => {
                write!(f, "these components import from one another in a cycle: {}", listed(parts))?;
                write!(
                    f,
                    "\n  help: each is instantiated after those that it imports from; move what closes the cycle to a further component"
                )
            }
            ComposeError::UnknownPart { part, parts } => {
                write!(f, "no component is called `{part}`; they are {}", listed(parts))
            }
            ComposeError::NoSuchItem { part, name, imports, names } => {
                let does = if *imports { "import" } else { "export" };
                write!(f, "`{part}` does not {does} `{name}`")?;
                match nearest(name, names) {
                    Some(meant) => write!(f, "\n  help: did you mean `{meant}`?"),
                    None => write!(f, "; it {does}s {}", listed(names)),
                }
            }
            ComposeError::SamePart { part } => {
                write!(
                    f,
                    "`{part}` is given twice\n  help: give it once: all parts that import from it share its instance"
                )
            }
            ComposeError::SameConnection { importer, import } => {
                write!(
                    f,
                    "two components are named for `{import}` of `{importer}`\n  help: leave out one of the connections"
                )
            }
            ComposeError::Unused(unused) => unused_part(f, unused),
            ComposeError::Ambiguous { importer, import, exporters, choice } => {
                let exporters = listed(exporters);
                write!(f, "`{importer}` imports `{import}`, which several components export: {exporters}")?;
                match choice {
                    Some(choice) => {
                        write!(
                            f,
                            "\n  help: name one of them, for example with `--wire '{importer}#{import}={choice}'`"
                        )
                    }
                    None => {
                        write!(f, "\n  help: give one of them alone; no other import could be connected to the others")
                    }
                }
            }
            ComposeError::ResourceInside(resource) => resource_inside(f, resource),
            ComposeError::Types(reasons) => {
                let mut messages = reasons.iter().map(|reason| &reason.message);
                messages.next().map_or(Ok(()), |message| write!(f, "{message}"))?;
                messages.try_for_each(|message| write!(f, "; {message}"))
            }
            ComposeError::Imports(error) => write!(f, "the unsatisfied imports do not fit together: {error}"),
            ComposeError::Result(error) => write!(f, "the components do not fit together: {error}"),
        }
    }
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "nothing".into() } else { names.join(", ") }
}

fn unused_part(f: &mut fmt::Formatter<'_>, unused: &UnusedPart) -> fmt::Result {
    let UnusedPart { part, main, exports, taken, open } = unused;
    write!(f, "`{part}` would be unused: ")?;
    if let Some(TakenImport { importer, import, exporter }) = taken {
        write!(f, "`{importer}` imports `{import}` from `{exporter}`")?;
        return write!(f, "\n  help: leave out `{part}`, or connect the import to it and leave out `{exporter}`");
    }
    if exports.is_empty() {
        write!(f, "it exports nothing")?;
        return write!(f, "\n  help: leave it out");
    }
    write!(f, "no other component imports one of its exports:")?;
    exports.iter().try_for_each(|export| write!(f, "\n  {export}"))?;
    // A host provides WASI, so a component is hardly meant to.
    let (of_host, open): (Vec<_>, Vec<_>) =
        open.iter().partition(|open| open.nearest.is_none() && is_wasi(&open.import));
    match (open.len(), of_host.len()) {
        (0, 0) => write!(f, "\nno import is unsatisfied")?,
        (0, wasi) => write!(f, "\nno import is unsatisfied but those of WASI ({wasi}), which the host provides")?,
        (_, 0) => write!(f, "\nunsatisfied imports:")?,
        (_, wasi) => write!(f, "\nunsatisfied imports, besides those of WASI ({wasi}), which the host provides:")?,
    }
    for OpenImport { part, import, nearest } in open {
        write!(f, "\n  {import} of `{part}`")?;
        match nearest {
            Some(nearest) if is_other_version(import, nearest) => {
                write!(f, " (the exported version is not compatible)")?;
            }
            Some(nearest) => write!(f, " (did you mean `{nearest}`?)")?,
            None => {}
        }
    }
    write!(f, "\n  help: leave out `{part}`; the result has the exports of `{main}` alone")
}

/// The name that may be meant: the same in another version, or one in which either the package or the item is misspelt.
pub(super) fn nearest<'n>(name: &str, names: &'n [String]) -> Option<&'n str> {
    let parts = |name: &'n str| {
        let name = name.split('@').next().unwrap_or(name);
        name.split_once('/').unwrap_or(("", name))
    };
    let unversioned = name.split('@').next().unwrap_or(name);
    let (package, item) = unversioned.split_once('/').unwrap_or(("", unversioned));
    let names = || names.iter().map(String::as_str);
    let is_similar = |(other_package, other): (&str, &str)| {
        (package == other_package && closest(item, [other]).is_some())
            || (item == other && closest(package, [other_package]).is_some())
    };
    names().find(|name| parts(name) == (package, item)).or_else(|| names().find(|name| is_similar(parts(name))))
}

/// Whether names differ only in their versions.
fn is_other_version(one: &str, other: &str) -> bool {
    one.split('@').next() == other.split('@').next()
}

impl core::error::Error for ComposeError {}

fn resource_inside(f: &mut fmt::Formatter<'_>, inside: &ResourceInside) -> fmt::Result {
    let ResourceInside { part, name, imports, resource, interface, exporter } = inside;
    let does = if *imports { "imports" } else { "exports" };
    write!(
        f,
        "`{part}` {does} `{name}`, which uses the resource `{resource}` of `{interface}`; `{exporter}` has this now, and "
    )?;
    if *imports {
        write!(
            f,
            "no import of the result can use it: add a component that imports `{interface}` and exports `{name}`"
        )?;
    } else {
        write!(f, "functions of a world use imported types alone: export an interface with the function")?;
    }
    write!(f, ", or leave `{exporter}` out")
}
