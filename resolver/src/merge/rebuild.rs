//! A Model made anew from the definitions of one or two others, everything behind what it needs.
//!
//! Interfaces and worlds are known by their names, types by their owner and name; a definition that both Models have is
//! taken from the first, with what only the second has behind it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{MergeError, MergeReason};
use crate::arena::Arena;
use crate::model::{
    Func, FuncKind, Gate, Interface, InterfaceId, Model, Package, PackageId, PackageName, Type, TypeDef, TypeDefKind,
    TypeId, TypeOwner, TypeRef, World, WorldId, WorldItem, WorldItemKind, WorldKey,
};
use crate::order;
use crate::worlds::copy::each_part;

/// A Model, by its place among those that are merged.
type Source = usize;

/// The name of an interface or world: its package, and for one written in place its world, side and key.
type Path = (PackageName, Vec<String>);

pub(super) struct Rebuild<'m> {
    sources: &'m [&'m Model],
    model: Model,
    packages: BTreeMap<PackageName, PackageId>,
    interfaces: BTreeMap<Path, InterfaceId>,
    worlds: BTreeMap<Path, WorldId>,
    /// The path of every interface of each source.
    paths: Vec<Vec<Path>>,
    types: BTreeMap<(Source, TypeId), TypeId>,
    /// Named types by what they are known by.
    named: BTreeMap<(TypeOwner, String), TypeId>,
}

impl<'m> Rebuild<'m> {
    /// Makes the packages, interfaces and worlds, empty, and all types.
    pub(super) fn of(sources: &'m [&'m Model]) -> Result<Rebuild<'m>, MergeError> {
        let mut rebuild = Rebuild {
            sources,
            model: Model::default(),
            packages: BTreeMap::new(),
            interfaces: BTreeMap::new(),
            worlds: BTreeMap::new(),
            paths: sources.iter().map(|model| paths(model)).collect(),
            types: BTreeMap::new(),
            named: BTreeMap::new(),
        };
        rebuild.packages()?;
        rebuild.interfaces()?;
        rebuild.worlds();
        for source in 0..sources.len() {
            rebuild.types(source);
        }
        Ok(rebuild)
    }

    /// Fills in the contents.
    pub(super) fn finish(mut self) -> Result<Model, MergeError> {
        for source in 0..self.sources.len() {
            for (id, interface) in self.sources[source].interfaces.iter() {
                let new = self.interface_id(source, id);
                self.fill_interface(source, interface, new);
            }
            for (_, world) in self.sources[source].worlds.iter() {
                self.fill_world(source, world);
            }
        }
        Ok(self.model)
    }

    fn packages(&mut self) -> Result<(), MergeError> {
        let mut names: Vec<&PackageName> = Vec::new();
        let mut edges = Vec::new();
        for model in self.sources {
            for (_, package) in model.packages.iter() {
                if !names.contains(&&package.name) {
                    names.push(&package.name);
                }
            }
        }
        let place = |name: &PackageName| names.iter().position(|other| *other == name).unwrap_or_default();
        for model in self.sources {
            for (from, to) in package_edges(model) {
                let (from, to) = (place(&model.packages[from].name), place(&model.packages[to].name));
                if from != to {
                    edges.push((from, to));
                }
            }
        }
        let order = order::sort(names.len(), edges.into_iter());
        let order = order.map_err(|order| cycle(names[order[order.len() - 1]], ""))?;
        for name in order.into_iter().map(|place| names[place]) {
            let there = |model: &&'m Model| model.packages.iter().find(|(_, package)| package.name == *name);
            let found: Vec<&Package> = self.sources.iter().filter_map(there).map(|(_, package)| package).collect();
            let id = self.model.packages.add(Package {
                name: name.clone(),
                docs: found.iter().find_map(|package| package.docs.clone()),
                interfaces: Vec::new(),
                worlds: Vec::new(),
                span: found[0].span,
            });
            self.packages.insert(name.clone(), id);
        }
        Ok(())
    }

    fn interfaces(&mut self) -> Result<(), MergeError> {
        let mut nodes: Vec<(Source, InterfaceId)> = Vec::new();
        let mut places: BTreeMap<&Path, usize> = BTreeMap::new();
        for (source, model) in self.sources.iter().enumerate() {
            for (id, _) in model.interfaces.iter() {
                let path = &self.paths[source][id.index()];
                places.entry(path).or_insert_with(|| {
                    nodes.push((source, id));
                    nodes.len() - 1
                });
            }
        }
        let mut edges = Vec::new();
        for (source, model) in self.sources.iter().enumerate() {
            for (id, _) in model.interfaces.iter() {
                let from = places[&self.paths[source][id.index()]];
                let used = model.direct_uses(id);
                edges.extend(used.map(|used| (from, places[&self.paths[source][used.index()]])));
            }
        }
        let order = order::sort(nodes.len(), edges.into_iter());
        let order = order.map_err(|order| {
            let (source, id) = nodes[order[order.len() - 1]];
            let (package, path) = &self.paths[source][id.index()];
            cycle(package, &path.join(" "))
        })?;
        for (source, id) in order.into_iter().map(|node| nodes[node]) {
            let interface = &self.sources[source].interfaces[id];
            let path = self.paths[source][id.index()].clone();
            let new = self.model.interfaces.add(Interface {
                name: interface.name.clone(),
                package: self.packages[&path.0],
                docs: None,
                gate: Gate::default(),
                types: Vec::new(),
                funcs: Vec::new(),
                span: interface.span.filter(|_| source == 0),
            });
            self.interfaces.insert(path, new);
        }
        for (source, model) in self.sources.iter().enumerate() {
            for (_, package) in model.packages.iter() {
                for &id in &package.interfaces {
                    let new = self.interface_id(source, id);
                    let list = &mut self.model.packages[self.packages[&package.name]].interfaces;
                    if !list.contains(&new) {
                        list.push(new);
                    }
                }
            }
        }
        Ok(())
    }

    fn worlds(&mut self) {
        for (source, model) in self.sources.iter().enumerate() {
            for (_, package) in model.packages.iter() {
                let new_package = self.packages[&package.name];
                for &id in &package.worlds {
                    let world = &model.worlds[id];
                    let path = (package.name.clone(), vec![world.name.clone()]);
                    if self.worlds.contains_key(&path) {
                        continue;
                    }
                    let new = self.model.worlds.add(World {
                        name: world.name.clone(),
                        package: new_package,
                        docs: None,
                        gate: Gate::default(),
                        imports: Vec::new(),
                        exports: Vec::new(),
                        span: world.span.filter(|_| source == 0),
                    });
                    self.worlds.insert(path, new);
                    self.model.packages[new_package].worlds.push(new);
                }
            }
        }
    }

    /// Adds the types of a source, each behind those that it consists of.
    fn types(&mut self, source: Source) {
        let model = self.sources[source];
        let mut edges = Vec::new();
        for (id, def) in model.types.iter() {
            each_part(&mut def.kind.clone(), &mut |part| edges.push((id.index(), part.index())));
        }
        let ids: Vec<TypeId> = model.types.iter().map(|(id, _)| id).collect();
        // Types do not contain themselves: there is an order.
        let (Ok(order) | Err(order)) = order::sort(ids.len(), edges.into_iter());
        for id in order.into_iter().map(|place| ids[place]) {
            let mut def = model.types[id].clone();
            let owner = def.owner.map(|owner| self.owner(source, owner));
            let known = owner.zip(def.name.clone());
            if let Some(&there) = known.as_ref().and_then(|known| self.named.get(known)) {
                let first = &mut self.model.types[there];
                adopt(&mut first.gate, &mut first.docs, &def.gate, def.docs.as_ref());
                self.types.insert((source, id), there);
                continue;
            }
            def.owner = owner;
            def.span = def.span.filter(|_| source == 0);
            each_part(&mut def.kind, &mut |part| *part = self.types.get(&(source, *part)).copied().unwrap_or(*part));
            if source > 0 {
                without_places(&mut def.kind);
            }
            let new = self.model.types.add(def);
            self.types.insert((source, id), new);
            if let Some(known) = known {
                self.named.insert(known, new);
            }
        }
    }

    fn fill_interface(&mut self, source: Source, interface: &Interface, new: InterfaceId) {
        let types: Vec<TypeId> = interface.types.iter().map(|ty| self.types[&(source, *ty)]).collect();
        let funcs: Vec<Func> = interface.funcs.iter().map(|func| self.func(source, func)).collect();
        let there: BTreeSet<String> =
            self.model.interfaces[new].funcs.iter().map(|func| func.extern_name(&self.model)).collect();
        let names: Vec<String> = funcs.iter().map(|func| func.extern_name(&self.model)).collect();
        let merged = &mut self.model.interfaces[new];
        adopt(&mut merged.gate, &mut merged.docs, &interface.gate, interface.docs.as_ref());
        let known: BTreeSet<TypeId> = merged.types.iter().copied().collect();
        merged.types.extend(types.into_iter().filter(|ty| !known.contains(ty)));
        uses_first(&self.model.types, &mut merged.types);
        for (func, name) in funcs.into_iter().zip(names) {
            if there.contains(&name) {
                let first = merged.funcs.iter_mut().find(|first| {
                    first.name == func.name && first.kind == func.kind && first.accessor == func.accessor
                });
                if let Some(first) = first {
                    adopt(&mut first.gate, &mut first.docs, &func.gate, func.docs.as_ref());
                }
            } else {
                merged.funcs.push(func);
            }
        }
    }

    fn fill_world(&mut self, source: Source, world: &World) {
        let package = self.sources[source].packages[world.package].name.clone();
        let new = self.worlds[&(package, vec![world.name.clone()])];
        let imports: Vec<WorldItem> = world.imports.iter().map(|item| self.item(source, item)).collect();
        let exports: Vec<WorldItem> = world.exports.iter().map(|item| self.item(source, item)).collect();
        let merged = &mut self.model.worlds[new];
        adopt(&mut merged.gate, &mut merged.docs, &world.gate, world.docs.as_ref());
        for (list, items) in [(&mut merged.imports, imports), (&mut merged.exports, exports)] {
            for item in items {
                match list.iter_mut().find(|first| first.key == item.key) {
                    Some(first) => {
                        adopt(&mut first.gate, &mut first.docs, &item.gate, item.docs.as_ref());
                        first.stated |= item.stated;
                    }
                    None => list.push(item),
                }
            }
        }
    }

    fn item(&self, source: Source, item: &WorldItem) -> WorldItem {
        let interface = |id: InterfaceId| self.interface_id(source, id);
        WorldItem {
            key: match &item.key {
                WorldKey::Name(name) => WorldKey::Name(name.clone()),
                WorldKey::Interface(id) => WorldKey::Interface(interface(*id)),
            },
            kind: match &item.kind {
                WorldItemKind::Interface { id, implements } => {
                    WorldItemKind::Interface { id: interface(*id), implements: implements.map(interface) }
                }
                WorldItemKind::Func(func) => WorldItemKind::Func(self.func(source, func)),
                WorldItemKind::Type(ty) => WorldItemKind::Type(self.types[&(source, *ty)]),
            },
            span: item.span.filter(|_| source == 0),
            ..item.clone()
        }
    }

    fn func(&self, source: Source, func: &Func) -> Func {
        let mut func = func.clone();
        match &mut func.kind {
            FuncKind::Free => {}
            FuncKind::Method(id) | FuncKind::Static(id) | FuncKind::Constructor(id) => *id = self.types[&(source, *id)],
        }
        let params = func.params.iter_mut();
        for (ty, span) in params
            .map(|param| (&mut param.ty, Some(&mut param.span)))
            .chain(func.result.iter_mut().map(|ty| (ty, None)))
        {
            if let Type::Id(id) = &mut ty.ty {
                *id = self.types[&(source, *id)];
            }
            if source > 0 {
                ty.span = None;
                span.into_iter().for_each(|span| *span = None);
            }
        }
        func.span = func.span.filter(|_| source == 0);
        func
    }

    fn owner(&self, source: Source, owner: TypeOwner) -> TypeOwner {
        match owner {
            TypeOwner::Interface(id) => TypeOwner::Interface(self.interface_id(source, id)),
            TypeOwner::World(id) => {
                let world = &self.sources[source].worlds[id];
                let package = self.sources[source].packages[world.package].name.clone();
                TypeOwner::World(self.worlds[&(package, vec![world.name.clone()])])
            }
        }
    }

    fn interface_id(&self, source: Source, id: InterfaceId) -> InterfaceId {
        self.interfaces[&self.paths[source][id.index()]]
    }
}

/// What every interface of a Model is known by.
fn paths(model: &Model) -> Vec<Path> {
    let package = |id: PackageId| model.packages[id].name.clone();
    let mut paths: Vec<Path> = model
        .interfaces
        .iter()
        .map(|(id, interface)| {
            let name = interface.name.clone().unwrap_or_else(|| alloc::format!("#{}", id.index()));
            (package(interface.package), vec![name])
        })
        .collect();
    for (_, world) in model.worlds.iter() {
        for (verb, items) in [("import", &world.imports), ("export", &world.exports)] {
            for item in items {
                let (WorldKey::Name(name), WorldItemKind::Interface { id, .. }) = (&item.key, &item.kind) else {
                    continue;
                };
                if model.interfaces[*id].name.is_none() {
                    let path = vec![world.name.clone(), verb.to_string(), name.clone()];
                    paths[id.index()] = (package(world.package), path);
                }
            }
        }
    }
    paths
}

/// Which packages of a Model need which others.
fn package_edges(model: &Model) -> Vec<(PackageId, PackageId)> {
    let mut edges = Vec::new();
    for (id, interface) in model.interfaces.iter() {
        let used = model.direct_uses(id);
        edges.extend(used.map(|used| (interface.package, model.interfaces[used].package)));
    }
    for (_, world) in model.worlds.iter() {
        for item in world.imports.iter().chain(&world.exports) {
            let interface = match &item.kind {
                WorldItemKind::Interface { id, implements } => Some(implements.unwrap_or(*id)),
                WorldItemKind::Type(ty) => model.used_from(*ty),
                WorldItemKind::Func(_) => None,
            };
            edges.extend(interface.map(|id| (world.package, model.interfaces[id].package)));
        }
    }
    edges
}

fn cycle(package: &PackageName, item: &str) -> MergeError {
    MergeError { item: package.qualify(item), reason: MergeReason::Cycle }
}

/// Puts what `use` brings before what is defined, as in a text.
fn uses_first(model_types: &Arena<TypeDef>, types: &mut [TypeId]) {
    types.sort_by_key(|id| {
        let def = &model_types[*id];
        let TypeDefKind::Alias(TypeRef { ty: Type::Id(target), .. }) = def.kind else { return true };
        model_types[target].owner == def.owner
    });
}

/// Takes a gate and documentation over where there is none yet.
fn adopt(gate: &mut Gate, docs: &mut Option<String>, other_gate: &Gate, other_docs: Option<&String>) {
    if *gate == Gate::default() {
        gate.clone_from(other_gate);
    }
    if docs.is_none() {
        *docs = other_docs.cloned();
    }
}

/// Leaves out the places of parts.
fn without_places(kind: &mut TypeDefKind) {
    let reference = |ty: &mut TypeRef| ty.span = None;
    match kind {
        TypeDefKind::Alias(ty) | TypeDefKind::List(ty, _) | TypeDefKind::Option(ty) => reference(ty),
        TypeDefKind::Record(fields) => fields.iter_mut().for_each(|field| {
            field.span = None;
            reference(&mut field.ty);
        }),
        TypeDefKind::Variant(cases) => cases.iter_mut().for_each(|case| {
            case.span = None;
            case.ty.iter_mut().for_each(reference);
        }),
        TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => labels.iter_mut().for_each(|label| label.span = None),
        TypeDefKind::Resource | TypeDefKind::Own(_) | TypeDefKind::Borrow(_) => {}
        TypeDefKind::Tuple(types) => types.iter_mut().for_each(reference),
        TypeDefKind::Result(first, second) => first.iter_mut().chain(second).for_each(reference),
        TypeDefKind::Map(key, value) => [key, value].into_iter().for_each(reference),
        TypeDefKind::Future(ty) | TypeDefKind::Stream(ty) => ty.iter_mut().for_each(reference),
    }
}
