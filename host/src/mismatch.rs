//! Problems of imports and exports: the name of each, and its expected and actual type.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::names::is_other_version;

/// An import that the linker does not satisfy, or an export that is missing or has another type.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct LinkProblem {
    /// Whether it is an import or an export.
    pub direction: Direction,
    /// The instance that holds the item, by its interface's name; `None` for an item of the world itself.
    pub interface: Option<String>,
    /// The item's name; `None` if the problem is the instance itself.
    pub name: Option<String>,
    /// The problem.
    pub problem: Problem,
}

/// The side of a component that an item is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Import,
    Export,
}

/// The sort of a definition (`Explainer.md#index-spaces`), and in messages its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum Sort {
    Func,
    Instance,
    Resource,
    /// Any type but a resource type.
    Type,
    /// A core module.
    Module,
    Component,
}

/// A problem of an imported or exported item.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Problem {
    /// No item has this name.
    Missing {
        /// The sort of the item.
        sort: Sort,
        /// The existing names closest to it.
        nearest: Vec<String>,
    },
    /// It is of another sort.
    Sort {
        /// The sort that is needed.
        expected: Sort,
        /// The sort that it has.
        found: Sort,
    },
    /// A type, core module or component that does not fit the one that is needed.
    Structure {
        /// The sort of the item.
        sort: Sort,
        /// The part that differs, as it was expected and as it was found.
        message: String,
    },
    /// The type of a function differs.
    Type {
        /// The part that differs: `` parameter 1 `href` ``, `result`; empty if it is the whole type.
        part: String,
        /// The type that is needed.
        expected: String,
        /// The type that it has.
        found: String,
    },
}

impl fmt::Display for LinkProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, "")
    }
}

impl LinkProblem {
    /// Writes it with the place in which the item was sought, such as ` in the linker`.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, place: &str) -> fmt::Result {
        let direction = match self.direction {
            Direction::Import => "import",
            Direction::Export => "export",
        };
        let sort: &dyn fmt::Display = match &self.problem {
            Problem::Missing { sort, .. } | Problem::Structure { sort, .. } => sort,
            Problem::Sort { expected, .. } => expected,
            Problem::Type { .. } => &Sort::Func,
        };
        match (&self.interface, &self.name) {
            (Some(interface), Some(name)) => write!(f, "{direction} `{interface}` {sort} `{name}`")?,
            (Some(name), None) | (None, Some(name)) => write!(f, "{direction} {sort} `{name}`")?,
            (None, None) => write!(f, "{direction} {sort}")?,
        }
        f.write_str(": ")?;
        if let (Problem::Missing { sort: Sort::Instance, nearest }, Some(name)) =
            (&self.problem, self.interface.as_ref().or(self.name.as_ref()))
            && let Some(other) = nearest.iter().find(|other| is_other_version(name, other))
        {
            return write!(f, "not found{place}; `{other}` is of a version that is not compatible");
        }
        self.problem.write(f, place)
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sort::Func => "func",
            Sort::Instance => "instance",
            Sort::Resource => "resource",
            Sort::Type => "type",
            Sort::Module => "core module",
            Sort::Component => "component",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, "")
    }
}

impl Problem {
    /// Whether the problem is the instance in which an item was looked up, and not the item.
    pub(crate) fn concerns_instance(&self) -> bool {
        match self {
            Problem::Missing { sort, .. } => *sort == Sort::Instance,
            Problem::Sort { expected, .. } => *expected == Sort::Instance,
            Problem::Structure { .. } | Problem::Type { .. } => false,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, place: &str) -> fmt::Result {
        match self {
            Problem::Missing { nearest, .. } => {
                write!(f, "not found{place}")?;
                for (i, name) in nearest.iter().enumerate() {
                    write!(f, "{} `{name}`", if i == 0 { "; did you mean" } else { " or" })?;
                }
                Ok(())
            }
            Problem::Sort { expected, found } => write!(f, "expected {expected}, found {found}{place}"),
            Problem::Structure { message, .. } => write!(f, "{message}{place}"),
            Problem::Type { part, expected, found } if part.is_empty() => {
                write!(f, "expected {expected}, found {found}{place}")
            }
            Problem::Type { part, expected, found } => write!(f, "{part}: expected {expected}, found {found}{place}"),
        }
    }
}
