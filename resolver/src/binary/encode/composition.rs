//! Components in a component, instantiated with one another (`Binary.md#instance-definitions`).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_encoder::{ComponentBuilder, ComponentExportKind};

use super::types::TypeEncoder;
use super::{finish, world};
use crate::model::{Model, WorldId, WorldItemKind};

/// A component made of others.
pub(crate) struct Composition<'a> {
    pub(crate) model: &'a Model,
    /// Its imports.
    pub(crate) world: WorldId,
    /// The binaries. Each may use the exports of those after it.
    pub(crate) parts: Vec<&'a [u8]>,
    /// The imports of each part.
    pub(crate) arguments: Vec<Vec<Argument>>,
    /// Its exports.
    pub(crate) exports: Vec<Argument>,
}

/// An import of a part or an export of the result, and its provider.
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) sort: Sort,
    pub(crate) provider: Provider,
}

/// The sort of an import or export.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sort(ComponentExportKind);

/// The provider of an item.
pub(crate) enum Provider {
    /// An import of the result.
    Import { name: String },
    /// An export of a part.
    Export { part: usize, name: String },
    /// A type of an interface that a part exports.
    Type { part: usize, interface: String, name: String },
}

impl From<&WorldItemKind> for Sort {
    fn from(kind: &WorldItemKind) -> Sort {
        Sort(match kind {
            WorldItemKind::Interface { .. } => ComponentExportKind::Instance,
            WorldItemKind::Func(_) => ComponentExportKind::Func,
            WorldItemKind::Type(_) => ComponentExportKind::Type,
        })
    }
}

impl Composition<'_> {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut encoder = TypeEncoder::of_component(self.model);
        let imports = world::imports(&mut encoder, self.world);
        let mut component = encoder.finish_component();
        let mut made = Made { imports, instances: BTreeMap::new(), exports: BTreeMap::new() };
        for (part, bytes) in self.parts.iter().enumerate().rev() {
            let definition = component.component_raw(None, bytes);
            let arguments: Vec<_> = self.arguments[part]
                .iter()
                .map(|argument| (argument.name.as_str(), argument.sort.0, made.item(&mut component, argument)))
                .collect();
            let instance = component.instantiate(None, definition, arguments);
            made.instances.insert(part, instance);
        }
        for export in &self.exports {
            let item = made.item(&mut component, export);
            component.export(export.name.as_str(), export.sort.0, item, None);
        }
        finish(component)
    }
}

/// The indices of the items available as arguments.
struct Made<'a> {
    imports: BTreeMap<String, u32>,
    instances: BTreeMap<usize, u32>,
    exports: BTreeMap<(usize, &'a str), u32>,
}

impl<'a> Made<'a> {
    fn item(&mut self, component: &mut ComponentBuilder, argument: &'a Argument) -> u32 {
        match &argument.provider {
            Provider::Import { name } => self.imports[name],
            Provider::Export { part, name } => self.export(component, *part, name, argument.sort.0),
            Provider::Type { part, interface, name } => {
                let instance = self.export(component, *part, interface, ComponentExportKind::Instance);
                component.alias_export(instance, name, ComponentExportKind::Type)
            }
        }
    }

    fn export(
        &mut self,
        component: &mut ComponentBuilder,
        part: usize,
        name: &'a str,
        kind: ComponentExportKind,
    ) -> u32 {
        let instance = self.instances[&part];
        *self.exports.entry((part, name)).or_insert_with(|| component.alias_export(instance, name, kind))
    }
}
