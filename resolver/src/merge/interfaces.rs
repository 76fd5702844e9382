//! The interfaces of the merged Model: those of packages are known by their names, those written in place by the names of
//! their worlds' items.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{MergeError, Source, adopt, cycle};
use crate::arena::Arena;
use crate::model::{
    Direction, Func, Gate, Interface, InterfaceId, Model, PackageId, TypeDef, TypeDefKind, TypeId, WorldItemKind,
    WorldKey,
};
use crate::order;

/// The identity of an interface. Packages are those of the merged Model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'m> {
    /// An interface of a package.
    Named(PackageId, &'m str),
    /// An interface written in place, by the item of a world.
    InPlace { package: PackageId, world: &'m str, direction: Direction, name: &'m str },
    /// An interface that no world has; the number is that of its source.
    Unused(usize, InterfaceId),
}

/// Adds the interfaces of all sources, each after those that it uses, without their contents.
pub(super) fn add(sources: &mut [Source<'_>], merged: &mut Model) -> Result<(), MergeError> {
    let mut found: Vec<Interface> = Vec::new();
    let mut keys: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    // For each source, the places of its interfaces in `found`.
    let mut places: Vec<Vec<usize>> = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let mut of_source = Vec::new();
        for ((_, interface), key) in source.model.interfaces.iter().zip(source.keys(number)) {
            let place = *keys.entry(key).or_insert(found.len());
            if place == found.len() {
                found.push(Interface {
                    name: interface.name.clone(),
                    package: source.packages[&interface.package],
                    docs: None,
                    gate: Gate::default(),
                    types: Vec::new(),
                    funcs: Vec::new(),
                    span: interface.span.filter(|_| source.is_first),
                });
            }
            of_source.push(place);
        }
        places.push(of_source);
    }
    let mut uses = Vec::new();
    for (Source { model, .. }, places) in sources.iter().zip(&places) {
        for id in model.interfaces.ids() {
            uses.extend(model.direct_uses(id).map(|used| (places[id.index()], places[used.index()])));
        }
    }
    let order = order::acyclic(found.len(), &uses).map_err(|place| {
        let package = &merged.packages[found[place].package].name;
        let key = keys.iter().find(|(_, other)| **other == place);
        cycle(package, &key.map(|(key, _)| key.text()).unwrap_or_default())
    })?;
    let mut ids = BTreeMap::new();
    for place in order {
        ids.insert(place, merged.interfaces.add(found[place].clone()));
    }
    let mut listed = BTreeSet::new();
    for (source, places) in sources.iter_mut().zip(places) {
        source.interfaces = source.model.interfaces.ids().zip(places.iter().map(|place| ids[place])).collect();
        for (id, package) in source.model.packages.iter() {
            let interfaces = package.interfaces.iter().map(|interface| source.interfaces[interface]);
            let list = &mut merged.packages[source.packages[&id]].interfaces;
            list.extend(interfaces.filter(|interface| listed.insert(*interface)));
        }
    }
    Ok(())
}

impl<'m> Source<'m> {
    /// The keys of its interfaces, in the order of their ids.
    fn keys(&self, number: usize) -> Vec<Key<'m>> {
        let model = self.model;
        let key = |(id, interface): (InterfaceId, &'m Interface)| match &interface.name {
            Some(name) => Key::Named(self.packages[&interface.package], name),
            None => Key::Unused(number, id),
        };
        let mut keys: Vec<Key<'m>> = model.interfaces.iter().map(key).collect();
        for (_, world) in model.worlds.iter() {
            let imports = world.imports.iter().map(|item| (Direction::Import, item));
            let exports = world.exports.iter().map(|item| (Direction::Export, item));
            for (direction, item) in imports.chain(exports) {
                if let (WorldKey::Name(name), WorldItemKind::Interface { id, .. }) = (&item.key, &item.kind)
                    && model.interfaces[*id].name.is_none()
                {
                    let package = self.packages[&world.package];
                    keys[id.index()] = Key::InPlace { package, world: &world.name, direction, name };
                }
            }
        }
        keys
    }
}

impl Key<'_> {
    /// The name in messages.
    fn text(&self) -> String {
        match self {
            Key::Named(_, name) => (*name).into(),
            Key::InPlace { world, direction, name, .. } => format!("{world} {direction} {name}"),
            Key::Unused(..) => String::new(),
        }
    }
}

/// Adds the contents of a source's interfaces: types, functions, gates and documentation.
pub(super) fn fill(source: &Source<'_>, merged: &mut Model) {
    for (id, interface) in source.model.interfaces.iter() {
        let id = source.interfaces[&id];
        let firsts = merged.interfaces[id].funcs.iter().enumerate();
        let firsts: BTreeMap<String, usize> = firsts.map(|(place, func)| (func.extern_name(merged), place)).collect();
        let funcs = interface.funcs.iter().map(|func| source.func(func));
        let funcs: Vec<(Option<usize>, Func)> =
            funcs.map(|func| (firsts.get(&func.extern_name(merged)).copied(), func)).collect();
        let into = &mut merged.interfaces[id];
        adopt(&mut into.gate, &mut into.docs, &interface.gate, interface.docs.as_ref());
        for (first, func) in funcs {
            match first.map(|first| &mut into.funcs[first]) {
                Some(first) => adopt(&mut first.gate, &mut first.docs, &func.gate, func.docs.as_ref()),
                None => into.funcs.push(func),
            }
        }
        let mut known: BTreeSet<TypeId> = into.types.iter().copied().collect();
        let types = interface.types.iter().map(|ty| source.types[ty]);
        into.types.extend(types.filter(|ty| known.insert(*ty)));
        uses_first(&merged.types, &mut into.types);
    }
}

/// Puts types that `use` brings in before those that are defined, as in a text.
fn uses_first(model_types: &Arena<TypeDef>, types: &mut [TypeId]) {
    types.sort_by_key(|id| {
        let def = &model_types[*id];
        let TypeDefKind::Alias(target) = def.kind else { return true };
        target.ty.id().is_none_or(|target| model_types[target].owner == def.owner)
    });
}
