//! One module for the world and one for each interface in each direction: names and paths.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use witwright_resolver::Model;
use witwright_resolver::model::{Gate, InterfaceId, PackageName, WorldItem, WorldItemKind, WorldKey};

use super::Build;
use crate::ir::{Direction, Module, ModuleId, names};

impl Build<'_> {
    /// Adds the root and the interfaces that the world imports and exports.
    pub(super) fn add_modules(&mut self) {
        self.modules.push(Module {
            extern_name: None,
            direction: Direction::Import,
            path: Vec::new(),
            remapped: false,
            docs: None,
            deprecated: None,
            defs: Vec::new(),
            funcs: Vec::new(),
            host_trait: names::ident("Host"),
            host_async_trait: names::ident("HostWithStore"),
            accessor: names::ident("root"),
            export_macro: names::ident("export"),
        });
        let world = self.world;
        for (direction, items) in [(Direction::Import, &world.imports), (Direction::Export, &world.exports)] {
            for item in items {
                if let WorldItemKind::Interface { id, .. } = item.kind {
                    self.add_module(direction, item, id);
                }
            }
        }
    }

    fn add_module(&mut self, direction: Direction, item: &WorldItem, id: InterfaceId) {
        let interface = &self.model.interfaces[id];
        let extern_name = self.model.key_name(&item.key);
        let remapped = match direction {
            Direction::Import => self.remapped_interface(&extern_name, id, item.span),
            Direction::Export => {
                self.accept_with(&extern_name);
                None
            }
        };
        let module = Module {
            direction,
            remapped: remapped.is_some(),
            path: remapped
                .map_or_else(|| self.free_path(module_path(self.model, direction, &item.key)), |name| vec![name]),
            docs: interface.docs.clone().or_else(|| item.docs.clone()),
            deprecated: deprecated(&interface.gate).or_else(|| deprecated(&item.gate)),
            defs: Vec::new(),
            funcs: Vec::new(),
            host_trait: names::ident("Host"),
            host_async_trait: names::ident("HostWithStore"),
            accessor: names::ident("root"),
            export_macro: names::ident("export"),
            extern_name: Some(extern_name),
        };
        self.interfaces.insert((direction, id), ModuleId(self.modules.len()));
        self.modules.push(module);
    }

    /// A path that no other module has.
    fn free_path(&self, mut path: Vec<Ident>) -> Vec<Ident> {
        while self.modules.iter().any(|module| module.path == path) {
            if let Some(name) = path.last_mut() {
                *name = names::ident(&format!("{name}_"));
            }
        }
        path
    }
}

/// The path of an interface's module, if no other module has it.
fn module_path(model: &Model, direction: Direction, key: &WorldKey) -> Vec<Ident> {
    let mut path = Vec::new();
    let first = match direction {
        Direction::Import => names::root_module,
        Direction::Export => {
            path.push(names::ident("exports"));
            names::snake
        }
    };
    match key {
        WorldKey::Name(name) => path.push(first(name)),
        WorldKey::Interface(id) => {
            let interface = &model.interfaces[*id];
            let package = &model.packages[interface.package].name;
            let same = |other: &&PackageName| other.namespace == package.namespace && other.name == package.name;
            let versions = model.packages.iter().map(|(_, p)| &p.name).filter(same).count();
            let version = package.version.as_ref().filter(|_| versions > 1).map(ToString::to_string);
            path.push(first(&package.namespace));
            path.push(names::package_module(&package.name, version.as_deref()));
            path.push(names::snake(interface.name.as_deref().unwrap_or_default()));
        }
    }
    path
}

/// The paths of all modules that bindings of a world in these packages can have. The Model may be incomplete: what lacks a name is
/// left out.
pub(crate) fn module_paths(model: &Model) -> BTreeSet<Vec<Ident>> {
    const DIRECTIONS: [Direction; 2] = [Direction::Import, Direction::Export];
    let has_name = |id: InterfaceId| {
        let interface = &model.interfaces[id];
        interface.name.is_some() && !model.packages[interface.package].name.name.is_empty()
    };
    let named = model.interfaces.iter().map(|(id, _)| id).filter(|id| has_name(*id));
    let of_packages = named.flat_map(|id| DIRECTIONS.map(|direction| (direction, WorldKey::Interface(id))));
    let of_worlds = model.worlds.iter().flat_map(|(_, world)| {
        DIRECTIONS.into_iter().zip([&world.imports, &world.exports]).flat_map(|(direction, items)| {
            let interfaces = items.iter().filter(|item| matches!(item.kind, WorldItemKind::Interface { .. }));
            let inline = interfaces.filter(|item| matches!(item.key, WorldKey::Name(_)));
            inline.map(move |item| (direction, item.key.clone()))
        })
    });
    of_packages.chain(of_worlds).map(|(direction, key)| module_path(model, direction, &key)).collect()
}

/// The version since which an item is deprecated.
pub(super) fn deprecated(gate: &Gate) -> Option<String> {
    gate.deprecated.as_ref().map(ToString::to_string)
}
