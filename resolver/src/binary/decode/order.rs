//! The order of packages: a package comes behind those that it uses, and none uses itself.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use super::error::{DecodeError, DecodeErrorKind, Inexpressible};
use crate::arena::Arena;
use crate::model::{InterfaceId, Model, PackageId, WorldItemKind};

/// The Model with its packages in order, and the new id of each package by its old index.
pub(super) fn finish(mut model: Model) -> Result<(Model, Vec<PackageId>), DecodeError> {
    let interface_uses: Vec<Vec<usize>> =
        model.interfaces.iter().map(|(id, _)| model.direct_uses(id).map(InterfaceId::index).collect()).collect();
    let cycle = |item| DecodeErrorKind::Inexpressible { item, why: Inexpressible::Cycle };
    topological(&interface_uses).map_err(|index| {
        let id = model.interfaces.iter().nth(index).and_then(|(id, _)| model.interface_name(id));
        cycle(id.unwrap_or_default())
    })?;

    let package_uses: Vec<Vec<usize>> = package_uses(&model).into_iter().map(|u| u.into_iter().collect()).collect();
    let order = topological(&package_uses).map_err(|index| {
        let name = model.packages.iter().nth(index).map(|(_, package)| alloc::format!("{}", package.name));
        cycle(name.unwrap_or_default())
    })?;

    let old: Vec<_> = model.packages.iter().map(|(id, package)| (id, package.clone())).collect();
    let mut ids: Vec<PackageId> = old.iter().map(|(id, _)| *id).collect();
    let mut packages = Arena::default();
    for index in order {
        ids[index] = packages.add(old[index].1.clone());
    }
    model.packages = packages;
    for id in model.interfaces.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        model.interfaces[id].package = ids[model.interfaces[id].package.index()];
    }
    for id in model.worlds.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        model.worlds[id].package = ids[model.worlds[id].package.index()];
    }
    Ok((model, ids))
}

/// For each package, the others that its interfaces and worlds use.
fn package_uses(model: &Model) -> Vec<BTreeSet<usize>> {
    let mut uses = vec![BTreeSet::new(); model.packages.len()];
    let mut add = |user: PackageId, used: InterfaceId| {
        let used = model.interfaces[used].package;
        if used != user {
            uses[user.index()].insert(used.index());
        }
    };
    for (id, interface) in model.interfaces.iter() {
        model.direct_uses(id).for_each(|used| add(interface.package, used));
    }
    for (_, world) in model.worlds.iter() {
        for item in world.imports.iter().chain(&world.exports) {
            if let WorldItemKind::Interface { id, implements } = item.kind {
                add(world.package, implements.unwrap_or(id));
            }
        }
    }
    uses
}

/// Indices such that each comes behind those it uses, or an index that uses itself. Otherwise as they are.
fn topological(uses: &[Vec<usize>]) -> Result<Vec<usize>, usize> {
    let mut order = Vec::with_capacity(uses.len());
    let mut opened = vec![false; uses.len()];
    let mut closed = vec![false; uses.len()];
    for start in 0..uses.len() {
        let mut path = vec![start];
        while let Some(&index) = path.last() {
            if closed[index] {
                path.pop();
                continue;
            }
            let mut open_uses = uses[index].iter().rev().copied().filter(|&used| !closed[used]);
            if !opened[index] {
                opened[index] = true;
                path.extend(open_uses);
            } else if let Some(used) = open_uses.next_back() {
                return Err(used);
            } else {
                closed[index] = true;
                order.push(index);
                path.pop();
            }
        }
    }
    Ok(order)
}
