//! What can be wrong with an import or an export, said with its name, what was expected and what was found.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// One import that the linker does not satisfy, or one export that is not as expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkProblem {
    /// Whether an import or an export is concerned.
    pub direction: Direction,
    /// The instance that the item is in: an interface's name; nothing for an item of the world itself.
    pub interface: Option<String>,
    /// The item's name; nothing when the instance itself is concerned.
    pub name: Option<String>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// The side of a component that an item is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Import,
    Export,
}

/// What is wrong with an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// There is none of that name.
    Missing {
        /// What the item is, as in the text format: `func`, `instance`, `resource`.
        sort: &'static str,
        /// The names closest to it that exist.
        nearest: Vec<String>,
    },
    /// It is of another sort.
    Sort {
        /// The sort that is needed.
        expected: &'static str,
        /// The sort that is there.
        found: &'static str,
    },
    /// A core module or a component, whose type is not a subtype of the one that is needed.
    Structure {
        /// `core module` or `component`.
        sort: &'static str,
        /// What differs, with what was expected and found.
        message: String,
    },
    /// The type of a function, or a type itself, differs.
    Type {
        /// The part that differs: `` parameter 1 `href` ``, `result`; nothing when it is the whole item.
        part: String,
        /// The type that is needed.
        expected: String,
        /// The type that is there.
        found: String,
    },
}

impl fmt::Display for LinkProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.direction {
            Direction::Import => "import",
            Direction::Export => "export",
        })?;
        let sort = match &self.problem {
            Problem::Missing { sort, .. } | Problem::Structure { sort, .. } => sort,
            Problem::Sort { expected, .. } => expected,
            Problem::Type { .. } => "function",
        };
        match (&self.interface, &self.name) {
            (Some(interface), Some(name)) => write!(f, " `{interface}` {sort} `{name}`")?,
            (Some(name), None) | (None, Some(name)) => write!(f, " {sort} `{name}`")?,
            (None, None) => write!(f, " {sort}")?,
        }
        write!(f, ": {}", self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Missing { nearest, .. } => {
                f.write_str("not found")?;
                for (i, name) in nearest.iter().enumerate() {
                    write!(f, "{} `{name}`", if i == 0 { "; did you mean" } else { " or" })?;
                }
                Ok(())
            }
            Problem::Sort { expected, found } => write!(f, "expected {expected}, found {found}"),
            Problem::Structure { message, .. } => f.write_str(message),
            Problem::Type { part, expected, found } if part.is_empty() => {
                write!(f, "expected {expected}, found {found}")
            }
            Problem::Type { part, expected, found } => write!(f, "{part}: expected {expected}, found {found}"),
        }
    }
}
