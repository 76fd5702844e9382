//! `id: use-path`: the interface that an item with a plain name implements (`Binary.md#import-and-export-definitions`).
//!
//! The binary has such an interface only under its plain name. The interface that it implements is made, or completed,
//! from that view; the types of the two are distinct.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;

use super::Decoder;
use super::types::shape;
use crate::model::{Func, InterfaceId, TypeDef, TypeDefKind, TypeId, TypeOwner};

impl Decoder<'_> {
    /// Adds to `original` the items that only `copy` has.
    pub(super) fn complete(&mut self, original: InterfaceId, copy: InterfaceId) {
        let mut map = BTreeMap::new();
        let owner = TypeOwner::Interface(original);
        for ty in self.model.interfaces[copy].types.clone() {
            let name = self.model.types[ty].name.clone().unwrap_or_default();
            let there = self.names.get(&(owner, name.clone())).copied();
            let id = there.unwrap_or_else(|| {
                let mut def = self.model.types[ty].clone();
                def.kind = self.mapped_kind(def.kind, &mut map);
                def.owner = Some(owner);
                let id = self.model.types.add(def);
                self.model.interfaces[original].types.push(id);
                self.names.insert((owner, name), id);
                id
            });
            map.insert(ty, id);
            self.originals.insert(ty, id);
        }
        let known: BTreeSet<String> =
            self.model.interfaces[original].funcs.iter().map(|f| f.extern_name(&self.model)).collect();
        for func in self.model.interfaces[copy].funcs.clone() {
            if !known.contains(&func.extern_name(&self.model)) {
                let func = self.mapped_func(func, &mut map);
                self.model.interfaces[original].funcs.push(func);
            }
        }
    }

    fn mapped_func(&mut self, mut func: Func, map: &mut BTreeMap<TypeId, TypeId>) -> Func {
        for id in func.type_ids_mut() {
            *id = self.mapped_id(*id, map);
        }
        func
    }

    /// A type of another interface stays the same; a type without a name is made anew if its parts change.
    fn mapped_id(&mut self, id: TypeId, map: &mut BTreeMap<TypeId, TypeId>) -> TypeId {
        if let Some(&id) = map.get(&id) {
            return id;
        }
        let def = &self.model.types[id];
        if def.owner.is_some() {
            return id;
        }
        let kind = self.mapped_kind(def.kind.clone(), map);
        let Some(shape) = shape(&kind) else { return id };
        let new = match self.shapes.get(&shape) {
            Some(&there) => there,
            None => {
                let new = self.model.types.add(TypeDef::anonymous(kind, None));
                self.shapes.insert(shape, new);
                new
            }
        };
        map.insert(id, new);
        new
    }

    fn mapped_kind(&mut self, mut kind: TypeDefKind, map: &mut BTreeMap<TypeId, TypeId>) -> TypeDefKind {
        for part in kind.part_ids_mut() {
            *part = self.mapped_id(*part, map);
        }
        kind
    }
}
