//! Component types, and components themselves → worlds.

use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::vec::Vec;

use wasmparser::component_types::{ComponentEntityType, ComponentItem, ComponentType};

use super::Decoder;
use super::error::{DecodeError, Inexpressible};
use crate::model::{Gate, PackageId, TypeOwner, World, WorldId, WorldItem, WorldItemKind, WorldKey};

impl Decoder<'_> {
    pub(super) fn world(&mut self, name: &str, package: PackageId, ty: &ComponentType) -> Result<(), DecodeError> {
        let world = self.new_world(name, package);
        for (name, item) in &ty.imports {
            self.world_item(world, name, item, false)?;
        }
        for (name, item) in &ty.exports {
            self.world_item(world, name, item, true)?;
        }
        self.check_uses(world)
    }

    /// Checks that the interfaces that a world's items use are imported or exported before them under their own names.
    pub(super) fn check_uses(&self, world: WorldId) -> Result<(), DecodeError> {
        let world = &self.model.worlds[world];
        let mut there = BTreeSet::new();
        for item in world.imports.iter().chain(&world.exports) {
            let missing = match item.kind {
                WorldItemKind::Interface { id, .. } => self.model.direct_uses(id).find(|used| !there.contains(used)),
                WorldItemKind::Type(id) => self.model.used_from(id).filter(|used| !there.contains(used)),
                WorldItemKind::Func(_) => None,
            };
            if missing.is_some() {
                return Err(self.inexpressible(&self.model.key_name(&item.key), Inexpressible::NotImported));
            }
            if let WorldKey::Interface(id) = item.key {
                there.insert(id);
            }
        }
        Ok(())
    }

    pub(super) fn new_world(&mut self, name: &str, package: PackageId) -> WorldId {
        let id = self.model.worlds.add(World {
            name: name.to_string(),
            package,
            docs: None,
            gate: Gate::default(),
            imports: Vec::new(),
            exports: Vec::new(),
            span: None,
        });
        self.model.packages[package].worlds.push(id);
        id
    }

    /// Adds an import or export. Imports of modules and components are not part of a world and are left out.
    pub(super) fn world_item(
        &mut self,
        world: WorldId,
        name: &str,
        item: &ComponentItem,
        exported: bool,
    ) -> Result<(), DecodeError> {
        let owner = TypeOwner::World(world);
        let plain = WorldKey::Name(name.to_string());
        let (key, kind) = match item.ty {
            ComponentEntityType::Instance(_) => self.world_interface(world, name, item)?,
            ComponentEntityType::Func(ty) => (plain, WorldItemKind::Func(self.func(name, item, ty, owner)?)),
            ComponentEntityType::Type { .. } if !exported => {
                (plain, WorldItemKind::Type(self.named_type(name, item, owner)?))
            }
            ComponentEntityType::Type { .. }
            | ComponentEntityType::Module(_)
            | ComponentEntityType::Value(_)
            | ComponentEntityType::Component(_) => {
                if exported {
                    return Err(self.inexpressible(name, Inexpressible::WorldItem));
                }
                return Ok(());
            }
        };
        let item = WorldItem {
            key,
            kind,
            docs: None,
            gate: Gate::default(),
            external_id: item.external_id.clone(),
            stated: true,
            span: None,
        };
        let world = &mut self.model.worlds[world];
        if exported {
            world.exports.push(item)
        } else {
            world.imports.push(item)
        }
        Ok(())
    }

    /// An interface of a package, a copy of one under a plain name, or one written in place.
    fn world_interface(
        &mut self,
        world: WorldId,
        name: &str,
        item: &ComponentItem,
    ) -> Result<(WorldKey, WorldItemKind), DecodeError> {
        let package = self.model.worlds[world].package;
        if let Some(implements) = item.full_implements() {
            let copy = self.new_interface(None, package);
            self.view(copy, name, item)?;
            let original = self.named_interface(&implements)?;
            self.complete(original, copy);
            let kind = WorldItemKind::Interface { id: copy, implements: Some(original) };
            return Ok((WorldKey::Name(name.to_string()), kind));
        }
        let (key, id) = if name.contains(':') {
            let id = self.named_interface(&item.full_name(name))?;
            (WorldKey::Interface(id), id)
        } else {
            (WorldKey::Name(name.to_string()), self.new_interface(None, package))
        };
        self.view(id, name, item)?;
        Ok((key, WorldItemKind::Interface { id, implements: None }))
    }
}
