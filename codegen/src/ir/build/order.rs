//! The order of types, by the items of the world or by their declarations: it decides which of equal types is the first.

use std::collections::BTreeSet;

use witwright_resolver::model::{InterfaceId, TypeDefKind, TypeId, TypeOwner, WorldItemKind};

use super::{Build, TypeKey};
use crate::ir::{DefId, Direction};

impl Build<'_> {
    /// The named types of the world, in the order of its items.
    pub(super) fn world_types(&self) -> impl Iterator<Item = TypeKey> {
        let imports = self.world.imports.iter().map(|item| (Direction::Import, item));
        let exports = self.world.exports.iter().map(|item| (Direction::Export, item));
        imports.chain(exports).flat_map(|(direction, item)| {
            let types = match &item.kind {
                WorldItemKind::Func(_) => &[],
                WorldItemKind::Interface { id, .. } => &self.model.interfaces[*id].types[..],
                WorldItemKind::Type(id) => core::slice::from_ref(id),
            };
            types.iter().map(move |id| (direction, *id))
        })
    }

    /// The definitions in the order in which their types are declared, those that exist because the world exports an interface
    /// again after all others.
    pub(super) fn by_declaration(&self) -> Vec<(TypeKey, DefId)> {
        let again = self.exported_again();
        let mut ids: Vec<_> = self.ids.iter().map(|(key, def)| (*key, *def)).collect();
        ids.sort_by_key(|(key, _)| (self.is_type_of(&again, *key), key.1));
        ids
    }

    /// The exported interfaces whose types exist twice: the world imports them too, or they use types of such an interface.
    pub(super) fn exported_again(&self) -> BTreeSet<InterfaceId> {
        let mut again = BTreeSet::new();
        for item in &self.world.exports {
            let WorldItemKind::Interface { id, .. } = item.kind else { continue };
            let uses_such = |ty: &TypeId| {
                let kind = &self.model.types[*ty].kind;
                matches!(kind, TypeDefKind::Alias(target)
                    if target.ty.id().is_some_and(|target| self.is_type_of(&again, (Direction::Export, target))))
            };
            if self.interfaces.contains_key(&(Direction::Import, id))
                || self.model.interfaces[id].types.iter().any(uses_such)
            {
                again.insert(id);
            }
        }
        again
    }

    /// Whether a type is of one of these exported interfaces.
    pub(super) fn is_type_of(&self, exported: &BTreeSet<InterfaceId>, key: TypeKey) -> bool {
        let owner = self.model.types[key.1].owner;
        key.0 == Direction::Export && matches!(owner, Some(TypeOwner::Interface(owner)) if exported.contains(&owner))
    }
}
