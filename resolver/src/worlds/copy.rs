//! Copies of interfaces and of what worlds own, with types of their own.
//!
//! `include` copies what has a plain name, `id: use-path` copies an interface: each copy's resources are new ones
//! (`WIT.md#package-format`).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;

use crate::model::{
    Func, FuncKind, InterfaceId, Model, PackageId, Type, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldItem,
    WorldItemKind,
};

/// A copy of an interface for an import or export under a plain name.
pub(crate) fn interface(model: &mut Model, id: InterfaceId, package: PackageId, error: Option<TypeId>) -> InterfaceId {
    let owner = TypeOwner::Interface(id);
    Copier::new(owner, owner, error).interface(model, id, package)
}

/// Copies what one owner has for another owner.
pub(super) struct Copier {
    from: TypeOwner,
    to: TypeOwner,
    /// The error type is never copied.
    error: Option<TypeId>,
    copies: BTreeMap<TypeId, TypeId>,
}

impl Copier {
    pub(super) fn new(from: TypeOwner, to: TypeOwner, error: Option<TypeId>) -> Copier {
        Copier { from, to, error, copies: BTreeMap::new() }
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
    pub(super) fn item(&mut self, model: &mut Model, item: &WorldItem, package: PackageId) -> WorldItem {
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
        match &mut func.kind {
            FuncKind::Free => {}
            FuncKind::Method(id) | FuncKind::Static(id) | FuncKind::Constructor(id) => *id = self.ty(model, *id),
        }
        for param in &mut func.params {
            self.reference(model, &mut param.ty);
        }
        if let Some(result) = &mut func.result {
            self.reference(model, result);
        }
    }

    /// The copy of a type, or the type itself when nothing in it is the owner's.
    pub(super) fn ty(&mut self, model: &mut Model, id: TypeId) -> TypeId {
        if let Some(copy) = self.copies.get(&id) {
            return *copy;
        }
        // A type comes behind those that it consists of, so that in this order their copies are there already.
        for id in self.reachable(model, id) {
            let owner = model.types[id].owner;
            let mut def = model.types[id].clone();
            let mut changed = owner == Some(self.from);
            each_part(&mut def.kind, &mut |part| {
                if let Some(copy) = self.copies.get(part) {
                    *part = *copy;
                    changed = true;
                }
            });
            if changed {
                def.owner = owner.map(|_| self.to);
                let copy = model.types.add(def);
                self.copies.insert(id, copy);
            }
        }
        self.copies.get(&id).copied().unwrap_or(id)
    }

    fn reference(&mut self, model: &mut Model, reference: &mut TypeRef) {
        if let Type::Id(id) = &mut reference.ty {
            *id = self.ty(model, *id);
        }
    }

    /// The types without a copy that a type consists of, itself among them, as far as the owner's types reach.
    fn reachable(&self, model: &Model, id: TypeId) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let def = &model.types[id];
            let ours = def.owner.is_none() || def.owner == Some(self.from);
            if !ours || Some(id) == self.error || self.copies.contains_key(&id) || !found.insert(id) {
                continue;
            }
            let mut kind = def.kind.clone();
            each_part(&mut kind, &mut |part| open.push(*part));
        }
        found
    }
}

/// Calls `part` with each compound or named type that a type consists of.
pub(crate) fn each_part(kind: &mut TypeDefKind, part: &mut dyn FnMut(&mut TypeId)) {
    match kind {
        TypeDefKind::Alias(ty) | TypeDefKind::List(ty, _) | TypeDefKind::Option(ty) => in_reference(ty, part),
        TypeDefKind::Record(fields) => fields.iter_mut().for_each(|field| in_reference(&mut field.ty, part)),
        TypeDefKind::Variant(cases) => {
            cases.iter_mut().filter_map(|case| case.ty.as_mut()).for_each(|ty| in_reference(ty, part));
        }
        TypeDefKind::Enum(_) | TypeDefKind::Flags(_) | TypeDefKind::Resource => {}
        TypeDefKind::Own(id) | TypeDefKind::Borrow(id) => part(id),
        TypeDefKind::Tuple(types) => types.iter_mut().for_each(|ty| in_reference(ty, part)),
        TypeDefKind::Result(ok, err) => {
            let both: Vec<&mut TypeRef> = [ok.as_mut(), err.as_mut()].into_iter().flatten().collect();
            both.into_iter().for_each(|ty| in_reference(ty, part));
        }
        TypeDefKind::Map(key, value) => {
            in_reference(key, part);
            in_reference(value, part);
        }
        TypeDefKind::Future(ty) | TypeDefKind::Stream(ty) => {
            if let Some(ty) = ty {
                in_reference(ty, part);
            }
        }
    }
}

fn in_reference(reference: &mut TypeRef, part: &mut dyn FnMut(&mut TypeId)) {
    if let Type::Id(id) = &mut reference.ty {
        part(id);
    }
}
