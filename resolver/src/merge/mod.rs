//! Merging of Models: the packages of two, each once.
//!
//! An interface that both have gets the types and functions of both; what both have must be the same. A world that both
//! have must be the same in both. Gates and documentation that only one states are kept.

mod error;
mod rebuild;
mod same;

pub use error::{MergeError, MergeReason};

use crate::model::Model;
use rebuild::Rebuild;

/// Merges the packages of `from` into those of `into`. Ids change, and places in the texts of `from` are left out, since
/// the texts are other ones.
///
/// # Errors
/// When something that both define is not the same, or when they would need each other in a cycle.
pub fn merge(into: &Model, from: &Model) -> Result<Model, MergeError> {
    same::check(into, from)?;
    Rebuild::of(&[into, from])?.finish()
}

/// A Model with everything behind what it needs.
pub(crate) fn in_order(model: &Model) -> Model {
    match Rebuild::of(&[model]).and_then(Rebuild::finish) {
        Ok(model) => model,
        // References among the versions of one interface would have to form a cycle.
        Err(_) => model.clone(),
    }
}
