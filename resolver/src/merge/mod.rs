//! Merging of two Models into one that has each package once.
//!
//! An interface that is in both gets the types and functions of both; those that both have must be equal. A world that is in both must
//! be equal. Gates and documentation that only one has are kept.
//!
//! The merged Model is built anew in this order: packages, interfaces and worlds without their contents, then all
//! types, then the contents. Each definition comes after those that it needs.

mod error;
mod interfaces;
mod packages;
mod same;
mod types;
mod worlds;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

pub use error::{MergeError, MergeReason};

use crate::model::{Func, Gate, InterfaceId, Model, PackageId, PackageName, TypeId, WorldId};

/// Merges the packages of `from` into those of `into`. Ids change. Places in the texts of `from` are left out, because
/// the result has the texts of `into`.
///
/// # Errors
/// If a definition of both differs, or if definitions would need each other in a cycle.
pub fn merge(into: &Model, from: &Model) -> Result<Model, MergeError> {
    same::check(into, from)?;
    rebuild(&[into, from])
}

/// A Model with each definition after those that it needs.
pub(crate) fn in_order(model: &Model) -> Model {
    match rebuild(&[model]) {
        Ok(model) => model,
        // References among the versions of one interface would have to form a cycle.
        Err(_) => model.clone(),
    }
}

/// One of the Models that are merged, with the new ids of its definitions.
struct Source<'m> {
    model: &'m Model,
    /// Whether it is the first one, whose places are kept.
    is_first: bool,
    packages: BTreeMap<PackageId, PackageId>,
    interfaces: BTreeMap<InterfaceId, InterfaceId>,
    worlds: BTreeMap<WorldId, WorldId>,
    types: BTreeMap<TypeId, TypeId>,
}

fn rebuild(models: &[&Model]) -> Result<Model, MergeError> {
    let mut sources: Vec<Source<'_>> = models.iter().enumerate().map(|(i, model)| Source::new(model, i == 0)).collect();
    let mut merged = Model::default();
    packages::add(&mut sources, &mut merged)?;
    interfaces::add(&mut sources, &mut merged)?;
    worlds::add(&mut sources, &mut merged);
    types::add(&mut sources, &mut merged);
    for source in &sources {
        interfaces::fill(source, &mut merged);
        worlds::fill(source, &mut merged);
    }
    Ok(merged)
}

impl<'m> Source<'m> {
    fn new(model: &'m Model, is_first: bool) -> Source<'m> {
        Source {
            model,
            is_first,
            packages: BTreeMap::new(),
            interfaces: BTreeMap::new(),
            worlds: BTreeMap::new(),
            types: BTreeMap::new(),
        }
    }

    /// A function that refers to the merged types.
    fn func(&self, func: &Func) -> Func {
        let mut func = func.clone();
        func.type_ids_mut().for_each(|id| *id = self.types[id]);
        if !self.is_first {
            func.forget_places();
        }
        func
    }
}

/// Takes over a gate and documentation, unless the merged definition states its own.
fn adopt(gate: &mut Gate, docs: &mut Option<String>, other_gate: &Gate, other_docs: Option<&String>) {
    if *gate == Gate::default() {
        gate.clone_from(other_gate);
    }
    if docs.is_none() {
        *docs = other_docs.cloned();
    }
}

fn cycle(package: &PackageName, item: &str) -> MergeError {
    MergeError { item: package.qualify(item), reason: MergeReason::Cycle }
}
