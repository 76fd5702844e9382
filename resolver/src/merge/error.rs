//! Why two Models cannot be merged.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use crate::equality::Difference;
use crate::model::Direction;

/// Why two Models cannot be merged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeError {
    /// The interface or world that is concerned, with its package.
    pub item: String,
    /// The reason.
    pub reason: MergeReason,
}

/// The reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MergeReason {
    /// One of them has an import or export that the other has not.
    OnlyInOne {
        /// The side that has it.
        direction: Direction,
        /// Its name.
        name: String,
    },
    /// A type, function, import or export is not the same.
    Differs {
        /// Its name.
        name: String,
        /// How it differs; nothing where it is of another sort.
        difference: Option<Box<Difference>>,
    },
    /// Both state a gate, and not the same.
    Gates {
        /// What is gated; empty for the item itself.
        name: String,
    },
    /// It would need itself.
    Cycle,
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be merged: ", self.item)?;
        match &self.reason {
            MergeReason::OnlyInOne { direction, name } => write!(f, "only one of the two has the {direction} `{name}`"),
            MergeReason::Differs { name, difference: Some(difference) } => write!(f, "`{name}` differs: {difference}"),
            MergeReason::Differs { name, difference: None } => write!(f, "`{name}` is of two sorts"),
            MergeReason::Gates { name } if name.is_empty() => write!(f, "it is gated in two ways"),
            MergeReason::Gates { name } => write!(f, "`{name}` is gated in two ways"),
            MergeReason::Cycle => write!(f, "together the two would need each other in a cycle"),
        }
    }
}

impl core::error::Error for MergeError {}
