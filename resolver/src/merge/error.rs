//! The reasons why two Models cannot be merged.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use crate::equality::Difference;
use crate::model::Direction;

/// The reasons why two Models cannot be merged.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct MergeError {
    /// The interface or world with its package.
    pub item: String,
    /// The reason.
    pub reason: MergeReason,
}

/// The reason.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum MergeReason {
    /// Only one of them has this import or export.
    OnlyInOne {
        /// Whether it is an import or an export.
        direction: Direction,
        /// Its name.
        name: String,
    },
    /// A type, function, import or export differs.
    Differs {
        /// Its name.
        name: String,
        /// The difference; `None` if the two are of different sorts.
        difference: Option<Box<Difference>>,
    },
    /// Both have a gate, and the gates differ.
    Gates {
        /// The name of the gated item; empty for the interface or world itself.
        name: String,
    },
    /// The interface or package would depend on itself.
    Cycle,
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be merged: ", self.item)?;
        match &self.reason {
            MergeReason::OnlyInOne { direction, name } => write!(f, "only one of the two has the {direction} `{name}`"),
            MergeReason::Differs { name, difference: Some(difference) } => write!(f, "`{name}` differs: {difference}"),
            MergeReason::Differs { name, difference: None } => write!(f, "`{name}` has two sorts"),
            MergeReason::Gates { name } if name.is_empty() => write!(f, "its gates differ"),
            MergeReason::Gates { name } => write!(f, "the gates of `{name}` differ"),
            MergeReason::Cycle => write!(f, "its definitions would need each other in a cycle"),
        }
    }
}

impl core::error::Error for MergeError {}
