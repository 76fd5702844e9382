//! Imports of compatible versions of one interface, merged into the latest of them, as linkers do.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use semver::Version;

use super::elaborate;
use crate::equality::{Difference, Equality};
use crate::merge;
use crate::model::{InterfaceId, Model, PackageName, Type, TypeId, TypeOwner, World, WorldId, WorldItemKind, WorldKey};
use crate::versions;

/// The reason why a later version of an interface cannot replace an earlier one.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct VersionsError {
    /// The earlier version of the interface.
    pub earlier: String,
    /// The later version of the interface.
    pub later: String,
    /// The type or function that the later version lacks, or that differs.
    pub item: String,
    /// The difference; `None` if the item is missing.
    pub difference: Option<Box<Difference>>,
}

impl Model {
    /// Merges imported interfaces of compatible versions into the latest of them: items that use types of the others use
    /// those of the latest. Ids change; returns the new id of the world.
    ///
    /// # Errors
    /// If a later version lacks an item of an earlier one. The Model is then unchanged.
    pub fn merge_compatible_imports(&mut self, world: WorldId) -> Result<WorldId, VersionsError> {
        let replaced = replacements(self, world);
        for (&earlier, &later) in &replaced {
            covers(self, &replaced, earlier, later)?;
        }
        if replaced.is_empty() {
            return Ok(world);
        }
        let types = types(self, &replaced);
        let is_replaced =
            |owner: Option<TypeOwner>| matches!(owner, Some(TypeOwner::Interface(id)) if replaced.contains_key(&id));
        for id in self.types.ids() {
            let def = &mut self.types[id];
            if is_replaced(def.owner) {
                continue;
            }
            for part in def.kind.part_ids_mut() {
                *part = types.get(part).copied().unwrap_or(*part);
            }
        }
        let items = &mut self.worlds[world].imports;
        items.retain(|item| !matches!(item.key, WorldKey::Interface(id) if replaced.contains_key(&id)));
        for world in self.worlds.ids() {
            // The exports are unchanged, and with them whether they can be satisfied.
            elaborate(self, world, &mut Vec::new());
        }
        let (name, package) = (self.worlds[world].name.clone(), self.packages[self.worlds[world].package].name.clone());
        *self = merge::in_order(self);
        Ok(find(self, &package, &name).unwrap_or(world))
    }
}

fn find(model: &Model, package: &PackageName, name: &str) -> Option<WorldId> {
    let is_it = |world: &World| world.name == name && model.packages[world.package].name == *package;
    model.worlds.iter().find(|(_, world)| is_it(world)).map(|(id, _)| id)
}

/// The interfaces that a later one replaces, each with the later one.
fn replacements(model: &Model, world: WorldId) -> BTreeMap<InterfaceId, InterfaceId> {
    let mut lines = BTreeMap::<_, Vec<(&Version, InterfaceId)>>::new();
    for item in &model.worlds[world].imports {
        let (WorldKey::Interface(id), WorldItemKind::Interface { .. }) = (&item.key, &item.kind) else { continue };
        let interface = &model.interfaces[*id];
        let PackageName { namespace, name, version } = &model.packages[interface.package].name;
        if let (Some(version), Some(interface)) = (version, &interface.name) {
            let line = (namespace.as_str(), name.as_str(), interface.as_str(), versions::canonical(version));
            lines.entry(line).or_default().push((version, *id));
        }
    }
    let mut replaced = BTreeMap::new();
    for line in lines.values() {
        if let Some((_, latest)) = line.iter().max() {
            replaced.extend(line.iter().filter(|(_, id)| id != latest).map(|(_, id)| (*id, *latest)));
        }
    }
    replaced
}

/// The types of replaced interfaces, each with its replacement.
fn types(model: &Model, replaced: &BTreeMap<InterfaceId, InterfaceId>) -> BTreeMap<TypeId, TypeId> {
    let mut types = BTreeMap::new();
    for (earlier, later) in replaced {
        for &ty in &model.interfaces[*earlier].types {
            types.extend(named(model, *later, ty).map(|later| (ty, later)));
        }
    }
    types
}

/// The type of an interface with the name of another type.
fn named(model: &Model, interface: InterfaceId, ty: TypeId) -> Option<TypeId> {
    let name = &model.types[ty].name;
    model.interfaces[interface].types.iter().copied().find(|other| model.types[*other].name == *name)
}

/// Checks that a later version has all items of an earlier one.
fn covers(
    model: &Model,
    replaced: &BTreeMap<InterfaceId, InterfaceId>,
    earlier: InterfaceId,
    later: InterfaceId,
) -> Result<(), VersionsError> {
    let identity = |resource: TypeId| {
        let def = &model.types[resource];
        let owner = def.owner.map(|owner| match owner {
            TypeOwner::Interface(id) => TypeOwner::Interface(replaced.get(&id).copied().unwrap_or(id)),
            TypeOwner::World(id) => TypeOwner::World(id),
        });
        (owner, def.name.as_deref())
    };
    let same_resource = |a: TypeId, b: TypeId| identity(a) == identity(b);
    let equality = Equality::new(model, model, &same_resource);
    let error = |item: String, difference: Option<Difference>| VersionsError {
        earlier: model.interface_name(earlier).unwrap_or_default(),
        later: model.interface_name(later).unwrap_or_default(),
        item,
        difference: difference.map(Box::new),
    };
    for &ty in &model.interfaces[earlier].types {
        let name = || model.types[ty].name.clone().unwrap_or_default();
        let there = named(model, later, ty).ok_or_else(|| error(name(), None))?;
        equality.types(Type::Id(ty), Type::Id(there)).map_err(|difference| error(name(), Some(difference)))?;
    }
    for func in &model.interfaces[earlier].funcs {
        let name = func.extern_name(model);
        let there = model.interfaces[later].funcs.iter().find(|other| other.extern_name(model) == name);
        let there = there.ok_or_else(|| error(name.clone(), None))?;
        equality.funcs(func, there).map_err(|difference| error(name, Some(difference)))?;
    }
    Ok(())
}

impl fmt::Display for VersionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VersionsError { earlier, later, item, .. } = self;
        match &self.difference {
            None => write!(f, "`{later}` lacks `{item}`, which `{earlier}` has"),
            Some(difference) => write!(f, "`{item}` differs between `{later}` and `{earlier}`: {difference}"),
        }
    }
}

impl core::error::Error for VersionsError {}
