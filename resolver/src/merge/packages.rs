//! The packages of the merged Model, known by their names.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{MergeError, Source, cycle};
use crate::model::{Model, Package, PackageName};
use crate::order;

/// Adds the packages of all sources, each after those that it uses.
pub(super) fn add(sources: &mut [Source<'_>], merged: &mut Model) -> Result<(), MergeError> {
    let mut found: Vec<Package> = Vec::new();
    let mut places: BTreeMap<&PackageName, usize> = BTreeMap::new();
    for source in sources.iter() {
        for (_, package) in source.model.packages.iter() {
            let place = *places.entry(&package.name).or_insert(found.len());
            match found.get_mut(place) {
                Some(first) if first.docs.is_none() => first.docs.clone_from(&package.docs),
                Some(_) => {}
                None => found.push(Package {
                    interfaces: Vec::new(),
                    worlds: Vec::new(),
                    span: package.span.filter(|_| source.is_first),
                    ..package.clone()
                }),
            }
        }
    }
    let mut uses = Vec::new();
    for Source { model, .. } in sources.iter() {
        let place = |id| places[&model.packages[id].name];
        uses.extend(order::package_uses(model).into_iter().map(|(user, used)| (place(user), place(used))));
    }
    let order = order::acyclic(found.len(), &uses).map_err(|place| cycle(&found[place].name, ""))?;
    let mut ids = BTreeMap::new();
    for place in order {
        ids.insert(place, merged.packages.add(found[place].clone()));
    }
    for source in sources.iter_mut() {
        let packages = source.model.packages.iter();
        source.packages = packages.map(|(id, package)| (id, ids[&places[&package.name]])).collect();
    }
    Ok(())
}
