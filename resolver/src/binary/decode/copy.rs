//! `id: use-path`: the interface that one under a plain name implements (`Binary.md#import-and-export-definitions`).
//!
//! The binary shows such an interface under its plain name alone. The interface that it names is made, or completed, from
//! that view; the types of the two are distinct.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::Decoder;
use super::types::shape;
use crate::model::{Func, FuncKind, InterfaceId, Type, TypeDefKind, TypeId, TypeOwner, TypeRef};

impl Decoder<'_> {
    /// Adds to `original` what `copy` has and it has not.
    pub(super) fn complete(&mut self, original: InterfaceId, copy: InterfaceId) {
        let mut map = BTreeMap::new();
        let owner = TypeOwner::Interface(original);
        for ty in self.model.interfaces[copy].types.clone() {
            let name = self.model.types[ty].name.clone().unwrap_or_default();
            let there = self.names.get(&(owner, name.clone())).copied();
            let id = there.unwrap_or_else(|| {
                let mut def = self.model.types[ty].clone();
                def.kind = self.mapped_kind(&def.kind, &mut map);
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
        for param in &mut func.params {
            param.ty = self.mapped(param.ty, map);
        }
        func.result = func.result.map(|ty| self.mapped(ty, map));
        func.kind = match func.kind {
            FuncKind::Free => FuncKind::Free,
            FuncKind::Method(r) => FuncKind::Method(self.mapped_id(r, map)),
            FuncKind::Static(r) => FuncKind::Static(self.mapped_id(r, map)),
            FuncKind::Constructor(r) => FuncKind::Constructor(self.mapped_id(r, map)),
        };
        func
    }

    fn mapped(&mut self, ty: TypeRef, map: &mut BTreeMap<TypeId, TypeId>) -> TypeRef {
        match ty.ty {
            Type::Id(id) => TypeRef { ty: Type::Id(self.mapped_id(id, map)), ..ty },
            Type::Bool
            | Type::S8
            | Type::U8
            | Type::S16
            | Type::U16
            | Type::S32
            | Type::U32
            | Type::S64
            | Type::U64
            | Type::F32
            | Type::F64
            | Type::Char
            | Type::String
            | Type::ErrorContext => ty,
        }
    }

    /// A type of another interface stays what it is; a type without a name is made anew when its parts change.
    fn mapped_id(&mut self, id: TypeId, map: &mut BTreeMap<TypeId, TypeId>) -> TypeId {
        if let Some(&id) = map.get(&id) {
            return id;
        }
        if self.model.types[id].owner.is_some() {
            return id;
        }
        let mut def = self.model.types[id].clone();
        def.kind = self.mapped_kind(&def.kind, map);
        let Some(shape) = shape(&def.kind) else { return id };
        let new = match self.shapes.get(&shape) {
            Some(&there) => there,
            None => {
                let new = self.model.types.add(def);
                self.shapes.insert(shape, new);
                new
            }
        };
        map.insert(id, new);
        new
    }

    fn mapped_kind(&mut self, kind: &TypeDefKind, map: &mut BTreeMap<TypeId, TypeId>) -> TypeDefKind {
        let mut one = |ty: &TypeRef| self.mapped(*ty, map);
        match kind {
            TypeDefKind::Alias(ty) => TypeDefKind::Alias(one(ty)),
            TypeDefKind::Record(fields) => {
                let mut fields = fields.clone();
                fields.iter_mut().for_each(|field| field.ty = one(&field.ty));
                TypeDefKind::Record(fields)
            }
            TypeDefKind::Variant(cases) => {
                let mut cases = cases.clone();
                cases.iter_mut().for_each(|case| case.ty = case.ty.as_ref().map(&mut one));
                TypeDefKind::Variant(cases)
            }
            TypeDefKind::Enum(labels) => TypeDefKind::Enum(labels.clone()),
            TypeDefKind::Flags(labels) => TypeDefKind::Flags(labels.clone()),
            TypeDefKind::Resource => TypeDefKind::Resource,
            TypeDefKind::Own(id) => TypeDefKind::Own(self.mapped_id(*id, map)),
            TypeDefKind::Borrow(id) => TypeDefKind::Borrow(self.mapped_id(*id, map)),
            TypeDefKind::Tuple(types) => TypeDefKind::Tuple(types.iter().map(one).collect::<Vec<_>>()),
            TypeDefKind::List(ty, length) => TypeDefKind::List(one(ty), *length),
            TypeDefKind::Option(ty) => TypeDefKind::Option(one(ty)),
            TypeDefKind::Result(ok, err) => TypeDefKind::Result(ok.as_ref().map(&mut one), err.as_ref().map(&mut one)),
            TypeDefKind::Map(key, value) => TypeDefKind::Map(one(key), one(value)),
            TypeDefKind::Future(ty) => TypeDefKind::Future(ty.as_ref().map(one)),
            TypeDefKind::Stream(ty) => TypeDefKind::Stream(ty.as_ref().map(one)),
        }
    }
}
