//! Resources of satisfied imports. They belong to other parts, so an import of the result cannot mention them.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::wires::{Wire, wire_of};
use super::{Component, ComposeError, ResourceInside, is_interface, mentioned};
use crate::model::{InterfaceId, TypeDefKind, TypeId, TypeOwner, WorldItem, WorldItemKind};

/// Checks that the result can have the resources that its imports and functions use.
///
/// # Errors
/// If an unsatisfied import, or a function that the main part exports, mentions a resource of an interface that another part
/// provides.
pub(super) fn check(components: &[Component<'_>], wires: &[Wire]) -> Result<(), ComposeError> {
    for (part, component) in components.iter().enumerate() {
        let wire = |import: &str| wire_of(wires, part, import);
        let is_open =
            |item: &&WorldItem| wire(&component.name(item)).is_none() && component.used_resource(item).is_none();
        let imports = component.imports().iter().filter(is_open).map(|item| (item, true));
        // Functions of a world use imported types alone.
        let is_export = |item: &&WorldItem| part == 0 && matches!(item.kind, WorldItemKind::Func(_));
        let exports = component.exports().iter().filter(is_export).map(|item| (item, false));
        for (item, imports) in imports.chain(exports) {
            for (interface, resource) in component.resources_mentioned_by(item) {
                let Some(wire) = component.import_of(interface).and_then(|import| wire(&import)) else { continue };
                return Err(ComposeError::ResourceInside(Box::new(ResourceInside {
                    part: component.part.name.into(),
                    name: component.name(item),
                    imports,
                    resource,
                    interface: wire.import.clone(),
                    exporter: components[wire.exporter].part.name.into(),
                })));
            }
        }
    }
    Ok(())
}

impl Component<'_> {
    /// The interface that a type of the world is used from, and its name there, if it is a resource or has one as a part: then it is
    /// the same type only where the interface is provided.
    pub(super) fn used_resource(&self, item: &WorldItem) -> Option<(InterfaceId, String)> {
        let WorldItemKind::Type(id) = item.kind else { return None };
        let TypeDefKind::Alias(target) = &self.model.types[id].kind else { return None };
        let target = &self.model.types[target.ty.id()?];
        let Some(TypeOwner::Interface(interface)) = target.owner else { return None };
        let has_resource = !self.resources_mentioned_by(item).is_empty();
        target.name.clone().filter(|_| has_resource).map(|name| (interface, name))
    }

    /// The name of the import of an interface.
    pub(super) fn import_of(&self, interface: InterfaceId) -> Option<String> {
        self.imports().iter().find(|item| is_interface(item, interface)).map(|item| self.name(item))
    }

    /// The resources of other interfaces that an item mentions, each with its interface.
    fn resources_mentioned_by(&self, item: &WorldItem) -> Vec<(InterfaceId, String)> {
        let resource = |id: TypeId| {
            let ty = &self.model.types[id];
            let (TypeDefKind::Resource, Some(TypeOwner::Interface(owner))) = (&ty.kind, ty.owner) else { return None };
            ty.name.clone().filter(|_| !is_interface(item, owner)).map(|name| (owner, name))
        };
        self.types_mentioned_by(item).into_iter().filter_map(resource).collect()
    }

    /// All types that an item mentions, and their parts.
    pub(super) fn types_mentioned_by(&self, item: &WorldItem) -> BTreeSet<TypeId> {
        let mut types: Vec<TypeId> = match &item.kind {
            WorldItemKind::Interface { id, .. } => {
                let interface = &self.model.interfaces[*id];
                let funcs = interface.funcs.iter().flat_map(mentioned);
                interface.types.iter().copied().chain(funcs).collect()
            }
            WorldItemKind::Func(func) => mentioned(func).collect(),
            WorldItemKind::Type(id) => alloc::vec![*id],
        };
        let mut seen = BTreeSet::new();
        while let Some(id) = types.pop() {
            if seen.insert(id) {
                types.extend(self.model.types[id].kind.part_ids());
            }
        }
        seen
    }
}
