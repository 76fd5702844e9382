//! One module for the world and one for each interface in each direction: names and paths.

use proc_macro2::Ident;
use witwright_resolver::model::{Gate, InterfaceId, WorldItem, WorldItemKind, WorldKey};

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
            path: remapped.map_or_else(|| self.free_path(self.module_path(direction, &item.key)), |name| vec![name]),
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

    fn module_path(&self, direction: Direction, key: &WorldKey) -> Vec<Ident> {
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
                let interface = &self.model.interfaces[*id];
                let package = &self.model.packages[interface.package].name;
                let same = |other: &&witwright_resolver::model::PackageName| {
                    other.namespace == package.namespace && other.name == package.name
                };
                let versions = self.model.packages.iter().map(|(_, p)| &p.name).filter(same).count();
                let version = package.version.as_ref().filter(|_| versions > 1).map(ToString::to_string);
                path.push(first(&package.namespace));
                path.push(names::package_module(&package.name, version.as_deref()));
                path.push(names::snake(interface.name.as_deref().unwrap_or_default()));
            }
        }
        path
    }
}

/// The version since which an item is deprecated.
pub(super) fn deprecated(gate: &Gate) -> Option<String> {
    gate.deprecated.as_ref().map(ToString::to_string)
}
