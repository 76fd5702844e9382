//! Copies of interfaces and of items of worlds, with types of their own.
//!
//! `include` copies items with plain names, `id: use-path` copies an interface. Each copy has new resources
//! (`WIT.md#package-format`).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;

use crate::model::{Func, InterfaceId, Model, PackageId, TypeId, TypeOwner, WorldItem, WorldItemKind};

/// A copy of an interface for an import or export under a plain name.
pub(crate) fn interface(model: &mut Model, id: InterfaceId, package: PackageId, error: Option<TypeId>) -> InterfaceId {
    let owner = TypeOwner::Interface(id);
    Copier::new(owner, owner, error).interface(model, id, package)
}

/// Copies the types of one owner for another.
pub(crate) struct Copier {
    from: TypeOwner,
    to: TypeOwner,
    /// The error type is never copied.
    error: Option<TypeId>,
    copies: BTreeMap<TypeId, TypeId>,
}

impl Copier {
    pub(crate) fn new(from: TypeOwner, to: TypeOwner, error: Option<TypeId>) -> Copier {
        Copier { from, to, error, copies: BTreeMap::new() }
    }

    /// Takes an existing type for the copy of one.
    #[cfg(feature = "decode")]
    pub(crate) fn replace(&mut self, id: TypeId, copy: TypeId) {
        self.copies.insert(id, copy);
    }

    /// Copies an interface with all of its types and functions.
    pub(super) fn interface(&mut self, model: &mut Model, id: InterfaceId, package: PackageId) -> InterfaceId {
        let mut interface = model.interfaces[id].clone();
        interface.name = None;
        interface.package = package;
        let new = model.interfaces.add(interface.clone());
        let mut copier = Copier::new(TypeOwner::Interface(id), TypeOwner::Interface(new), self.error);
        for ty in &mut interface.types {
            *ty = copier.ty(model, *ty);
        }
        for func in &mut interface.funcs {
            copier.func(model, func);
        }
        model.interfaces[new] = interface;
        new
    }

    /// Copies an import or export that has a plain name, for a world of a package.
    pub(crate) fn item(&mut self, model: &mut Model, item: &WorldItem, package: PackageId) -> WorldItem {
        let mut item = item.clone();
        match &mut item.kind {
            WorldItemKind::Interface { id, .. } => *id = self.interface(model, *id, package),
            WorldItemKind::Type(id) => *id = self.ty(model, *id),
            WorldItemKind::Func(func) => self.func(model, func),
        }
        item
    }

    /// Makes a function refer to the copies.
    pub(super) fn func(&mut self, model: &mut Model, func: &mut Func) {
        for id in func.type_ids_mut() {
            *id = self.ty(model, *id);
        }
    }

    /// The copy of a type, or the type itself if nothing in it is the owner's.
    pub(super) fn ty(&mut self, model: &mut Model, id: TypeId) -> TypeId {
        if let Some(copy) = self.copies.get(&id) {
            return *copy;
        }
        // A type comes after those that it consists of, so that in this order their copies exist already.
        for id in self.reachable(model, id) {
            let def = &model.types[id];
            let is_owned = def.owner == Some(self.from);
            if !is_owned && !def.kind.part_ids().any(|part| self.copies.contains_key(&part)) {
                continue;
            }
            let mut def = def.clone();
            def.owner = def.owner.map(|_| self.to);
            for part in def.kind.part_ids_mut() {
                *part = self.copies.get(part).copied().unwrap_or(*part);
            }
            let copy = model.types.add(def);
            self.copies.insert(id, copy);
        }
        self.copies.get(&id).copied().unwrap_or(id)
    }

    /// The types without a copy that a type consists of, itself among them, as far as the owner's types reach.
    fn reachable(&self, model: &Model, id: TypeId) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let def = &model.types[id];
            let is_reached = def.owner.is_none() || def.owner == Some(self.from);
            if is_reached && Some(id) != self.error && !self.copies.contains_key(&id) && found.insert(id) {
                open.extend(def.kind.part_ids());
            }
        }
        found
    }
}
