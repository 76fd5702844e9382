//! The interfaces that a world mentions, by package: those that it imports and exports, and those whose types they use; and
//! names.

use std::collections::{BTreeMap, BTreeSet};

use witwright_resolver::Model;
use witwright_resolver::model::{Func, InterfaceId, PackageId, Type, TypeDefKind, TypeId, WorldId, WorldItemKind};

pub(super) struct Mentioned {
    /// All interfaces, those that a world defines in place among them.
    pub(super) interfaces: BTreeSet<InterfaceId>,
    /// The interfaces that have labels, and those that they implement.
    pub(super) labelled: BTreeMap<InterfaceId, InterfaceId>,
    /// The packages with their interfaces that have names, the world's first.
    pub(super) packages: Vec<(PackageId, Vec<InterfaceId>)>,
    /// The types that the world itself defines or uses.
    pub(super) world_types: Vec<TypeId>,
    /// The types that have names.
    pub(super) types: Vec<TypeId>,
    /// All names.
    pub(super) names: BTreeSet<String>,
    /// The world.
    pub(super) world: WorldId,
}

pub(super) fn mentioned(model: &Model, world: WorldId) -> Mentioned {
    let mut found = Mentioned {
        interfaces: BTreeSet::new(),
        labelled: BTreeMap::new(),
        packages: Vec::new(),
        world_types: Vec::new(),
        types: Vec::new(),
        names: BTreeSet::from([model.worlds[world].name.clone()]),
        world,
    };
    let definition = &model.worlds[world];
    for item in definition.imports.iter().chain(&definition.exports) {
        match &item.kind {
            WorldItemKind::Interface { id, implements } => {
                found.interface(model, *id);
                if let Some(implemented) = implements {
                    found.interface(model, *implemented);
                    found.labelled.insert(*id, *implemented);
                }
                found.names.insert(model.item_name(item));
            }
            WorldItemKind::Func(func) => found.func(func),
            WorldItemKind::Type(id) => {
                found.world_types.push(*id);
                found.ty(model, *id);
            }
        }
    }
    found.packages = by_package(model, definition.package, &found.interfaces);
    for (id, _) in &found.packages {
        let name = &model.packages[*id].name;
        found.names.extend(name.namespace.split(':').chain(name.name.split('/')).map(ToOwned::to_owned));
    }
    found
}

/// The packages of these interfaces, each with its interfaces. The package `first` comes first.
fn by_package(
    model: &Model,
    first: PackageId,
    interfaces: &BTreeSet<InterfaceId>,
) -> Vec<(PackageId, Vec<InterfaceId>)> {
    let others = model.packages.iter().map(|(id, _)| id).filter(|id| *id != first);
    let of = |id: PackageId| {
        let of_package = model.packages[id].interfaces.iter().copied();
        (id, of_package.filter(|id| interfaces.contains(id)).collect::<Vec<_>>())
    };
    let others = others.map(of).filter(|(_, interfaces)| !interfaces.is_empty());
    [of(first)].into_iter().chain(others).collect()
}

impl Mentioned {
    fn interface(&mut self, model: &Model, id: InterfaceId) {
        if !self.interfaces.insert(id) {
            return;
        }
        let interface = &model.interfaces[id];
        self.names.extend(interface.name.clone());
        interface.types.iter().for_each(|ty| self.ty(model, *ty));
        interface.funcs.iter().for_each(|func| self.func(func));
    }

    fn func(&mut self, func: &Func) {
        self.names.insert(func.name.clone());
        self.names.extend(func.params.iter().map(|param| param.name.clone()));
    }

    fn ty(&mut self, model: &Model, id: TypeId) {
        self.types.push(id);
        let def = &model.types[id];
        self.names.extend(def.name.clone());
        self.names.extend(def.kind.members().map(|member| member.name.to_owned()));
        if let (Some(from), TypeDefKind::Alias(target)) = (model.used_from(id), &def.kind)
            && let Type::Id(target) = target.ty
        {
            self.names.extend(model.types[target].name.clone());
            self.interface(model, from);
        }
    }
}
