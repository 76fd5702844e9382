//! The worlds of the merged Model, known by their packages and names.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{Source, adopt};
use crate::model::{Gate, InterfaceId, Model, PackageId, World, WorldId, WorldItem, WorldItemKind, WorldKey};

/// Adds the worlds of all sources without their contents.
pub(super) fn add<'m>(sources: &mut [Source<'m>], merged: &mut Model) {
    let mut named: BTreeMap<(PackageId, &'m str), WorldId> = BTreeMap::new();
    for source in sources {
        for (id, package) in source.model.packages.iter() {
            let package_id = source.packages[&id];
            for &id in &package.worlds {
                let world = &source.model.worlds[id];
                let new = *named.entry((package_id, &world.name)).or_insert_with(|| {
                    let new = merged.worlds.add(World {
                        name: world.name.clone(),
                        package: package_id,
                        docs: None,
                        gate: Gate::default(),
                        imports: Vec::new(),
                        exports: Vec::new(),
                        span: world.span.filter(|_| source.is_first),
                    });
                    merged.packages[package_id].worlds.push(new);
                    new
                });
                source.worlds.insert(id, new);
            }
        }
    }
}

/// Adds the contents of a source's worlds: imports, exports, gates and documentation.
pub(super) fn fill(source: &Source<'_>, merged: &mut Model) {
    for (id, world) in source.model.worlds.iter() {
        let into = &mut merged.worlds[source.worlds[&id]];
        adopt(&mut into.gate, &mut into.docs, &world.gate, world.docs.as_ref());
        items(source, &world.imports, &mut into.imports);
        items(source, &world.exports, &mut into.exports);
    }
}

fn items(source: &Source<'_>, items: &[WorldItem], into: &mut Vec<WorldItem>) {
    let firsts: BTreeMap<WorldKey, usize> = into.iter().enumerate().map(|(i, item)| (item.key.clone(), i)).collect();
    for item in items.iter().map(|item| source.item(item)) {
        match firsts.get(&item.key).map(|first| &mut into[*first]) {
            Some(first) => {
                adopt(&mut first.gate, &mut first.docs, &item.gate, item.docs.as_ref());
                first.stated |= item.stated;
            }
            None => into.push(item),
        }
    }
}

impl Source<'_> {
    /// An import or export that refers to the merged interfaces and types.
    fn item(&self, item: &WorldItem) -> WorldItem {
        let interface = |id: &InterfaceId| self.interfaces[id];
        WorldItem {
            key: match &item.key {
                WorldKey::Name(name) => WorldKey::Name(name.clone()),
                WorldKey::Interface(id) => WorldKey::Interface(interface(id)),
            },
            kind: match &item.kind {
                WorldItemKind::Interface { id, implements } => {
                    WorldItemKind::Interface { id: interface(id), implements: implements.as_ref().map(interface) }
                }
                WorldItemKind::Func(func) => WorldItemKind::Func(self.func(func)),
                WorldItemKind::Type(ty) => WorldItemKind::Type(self.types[ty]),
            },
            docs: item.docs.clone(),
            gate: item.gate.clone(),
            external_id: item.external_id.clone(),
            stated: item.stated,
            span: item.span.filter(|_| self.is_first),
        }
    }
}
