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

/// The paths of all modules that bindings of a world in these packages can have. The Model may be incomplete.
pub(crate) fn module_paths(model: &Model) -> BTreeSet<Vec<Ident>> {
    let mut paths = BTreeSet::new();
    for (id, _) in model.interfaces.iter().filter(|(_, interface)| interface.name.is_some()) {
        for direction in [Direction::Import, Direction::Export] {
            paths.insert(module_path(model, direction, &WorldKey::Interface(id)));
        }
    }
    for (_, world) in model.worlds.iter() {
        for (direction, items) in [(Direction::Import, &world.imports), (Direction::Export, &world.exports)] {
            let interfaces = items.iter().filter(|item| matches!(item.kind, WorldItemKind::Interface { .. }));
            paths.extend(interfaces.map(|item| module_path(model, direction, &item.key)));
        }
    }
    paths
}

/// The version since which an item is deprecated.
pub(super) fn deprecated(gate: &Gate) -> Option<String> {
    gate.deprecated.as_ref().map(ToString::to_string)
}
