//! The order of packages: a package comes after those that it uses, and none uses itself.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::error::{DecodeError, DecodeErrorKind, Inexpressible};
use crate::arena::Arena;
use crate::model::{Model, PackageId};
use crate::order;

/// The Model with its packages in order, and the new id of each package by its old index.
pub(super) fn finish(mut model: Model) -> Result<(Model, Vec<PackageId>), DecodeError> {
    let cycle = |item| DecodeErrorKind::Inexpressible { item, why: Inexpressible::Cycle };
    let interfaces = model.interfaces.ids();
    let uses = interfaces.flat_map(|id| model.direct_uses(id).map(move |used| (id.index(), used.index())));
    let uses: Vec<(usize, usize)> = uses.collect();
    order::acyclic(model.interfaces.len(), &uses).map_err(|index| {
        let id = model.interfaces.ids().nth(index);
        cycle(id.and_then(|id| model.interface_name(id)).unwrap_or_default())
    })?;

    let uses = order::package_uses(&model).into_iter().map(|(user, used)| (user.index(), used.index()));
    let uses: Vec<(usize, usize)> = uses.collect();
    let order = order::acyclic(model.packages.len(), &uses).map_err(|index| {
        let package = model.packages.iter().nth(index);
        cycle(package.map(|(_, package)| package.name.to_string()).unwrap_or_default())
    })?;

    let old: Vec<_> = model.packages.iter().map(|(id, package)| (id, package.clone())).collect();
    let mut ids: Vec<PackageId> = old.iter().map(|(id, _)| *id).collect();
    let mut packages = Arena::default();
    for index in order {
        ids[index] = packages.add(old[index].1.clone());
    }
    model.packages = packages;
    for id in model.interfaces.ids() {
        model.interfaces[id].package = ids[model.interfaces[id].package.index()];
    }
    for id in model.worlds.ids() {
        model.worlds[id].package = ids[model.worlds[id].package.index()];
    }
    Ok((model, ids))
}
