//! The reasons why components cannot be composed.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use witwright_front::Diagnostic;

use crate::binary::DecodeError;
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
    /// No export of a part is imported by the parts before it.
    FitsNowhere {
        /// The name of the part.
        part: String,
        /// The names of its exports.
        exports: Vec<String>,
        /// The unsatisfied imports of the parts before it.
        open: Vec<OpenImport>,
    },
    /// Two parts export the item that one import needs.
    Ambiguous {
        /// The part that imports it.
        importer: String,
        /// The import.
        import: String,
        /// Two parts that export it.
        exporters: [String; 2],
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
                write!(f, "these components import from one another in a cycle: {}", listed(parts))
            }
            ComposeError::UnknownPart { part, parts } => {
                write!(f, "no component is called `{part}`; they are {}", listed(parts))
            }
            ComposeError::NoSuchItem { part, name, imports, names } => {
                let does = if *imports { "import" } else { "export" };
                write!(f, "`{part}` does not {does} `{name}`; it {does}s {}", listed(names))
            }
            ComposeError::FitsNowhere { part, exports, open } => fits_nowhere(f, part, exports, open),
            ComposeError::Ambiguous { importer, import, exporters: [one, other] } => {
                write!(
                    f,
                    "`{importer}` imports `{import}`, which both `{one}` and `{other}` export; leave one of them "
                )?;
                write!(f, "out, or name the one that is meant with `--wire '{importer}#{import}={one}'`")
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

fn fits_nowhere(f: &mut fmt::Formatter<'_>, part: &str, exports: &[String], open: &[OpenImport]) -> fmt::Result {
    write!(f, "nothing that `{part}` exports is imported by a component before it; it exports")?;
    if exports.is_empty() {
        return write!(f, " nothing");
    }
    write!(f, ":")?;
    exports.iter().try_for_each(|export| write!(f, "\n  {export}"))?;
    if open.is_empty() {
        return write!(f, "\nand no import is unsatisfied");
    }
    write!(f, "\nunsatisfied imports:")?;
    open.iter().try_for_each(|OpenImport { part, import, nearest }| {
        write!(f, "\n  {import} of `{part}`")?;
        match nearest {
            Some(nearest) if is_other_version(import, nearest) => {
                write!(f, " (the exported version is not compatible)")
            }
            Some(nearest) => write!(f, " (did you mean `{nearest}`?)"),
            None => Ok(()),
        }
    })
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
