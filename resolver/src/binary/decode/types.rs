//! Defined types (`Binary.md#type-definitions`) → types of the Model.
//!
//! The validator limits how deeply types are nested, and so the depth of the recursion here.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use wasmparser::PrimitiveValType;
use wasmparser::component_types::{
    ComponentAnyTypeId, ComponentDefinedType, ComponentEntityType, ComponentItem, ComponentValType,
};

use super::Decoder;
use super::error::{DecodeError, Inexpressible};
use crate::binary::Form;
use crate::model::{
    Case, Field, Gate, Label, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldItem, WorldItemKind,
    WorldKey,
};

/// The structure of a type without a name.
pub(super) type Shape = (Form, Vec<Option<Type>>);

/// The import or export whose types are being decoded.
#[derive(Clone, Copy)]
struct Place<'n> {
    item: &'n str,
    owner: TypeOwner,
}

impl Decoder<'_> {
    /// Adds a type that an instance exports or a world imports.
    pub(super) fn named_type(
        &mut self,
        name: &str,
        item: &ComponentItem,
        owner: TypeOwner,
    ) -> Result<TypeId, DecodeError> {
        let ComponentEntityType::Type { referenced, created } = item.ty else {
            return Err(self.inexpressible(name, Inexpressible::InterfaceItem));
        };
        let types = self.types;
        let place = Place { item: name, owner };
        let mut brought = None;
        let kind = match self.find(created).or_else(|| self.find(referenced)) {
            Some(there) => {
                let there = self.visible(there, place)?;
                brought = (self.model.types[there].owner != Some(owner)).then_some(there);
                TypeDefKind::Alias(type_ref(Type::Id(there)))
            }
            None => match referenced {
                ComponentAnyTypeId::Defined(id) => self.kind(&types[id], place)?,
                ComponentAnyTypeId::Resource(_) => TypeDefKind::Resource,
                ComponentAnyTypeId::Func(_) | ComponentAnyTypeId::Instance(_) | ComponentAnyTypeId::Component(_) => {
                    return Err(self.inexpressible(name, Inexpressible::InterfaceItem));
                }
            },
        };
        let id = self.add_named(name, place, kind)?;
        self.model.types[id].external_id.clone_from(&item.external_id);
        self.defined.insert(created, id);
        if let Some(there) = brought {
            self.brought.entry((owner, there)).or_insert(id);
        }
        Ok(id)
    }

    fn add_named(&mut self, name: &str, place: Place<'_>, kind: TypeDefKind) -> Result<TypeId, DecodeError> {
        let key = (place.owner, name.to_string());
        if self.names.contains_key(&key) {
            return Err(self.inexpressible(name, Inexpressible::NameTaken));
        }
        let id = self.model.types.add(TypeDef {
            name: Some(name.to_string()),
            owner: Some(place.owner),
            kind,
            docs: None,
            gate: Gate::default(),
            external_id: None,
            span: None,
        });
        self.names.insert(key, id);
        Ok(id)
    }

    /// The decoded type of a type of the binary, or of the type that it is an alias of.
    fn find(&self, mut ty: ComponentAnyTypeId) -> Option<TypeId> {
        loop {
            if let Some(&id) = self.defined.get(&ty) {
                return Some(id);
            }
            ty = self.types.peel_alias(ty)?;
        }
    }

    /// The type by which `place` can refer to a type: one of the same interface or world, or with `use` one of a
    /// package's interface.
    fn visible(&self, id: TypeId, place: Place<'_>) -> Result<TypeId, DecodeError> {
        let def = &self.model.types[id];
        let Some(owner) = def.owner.filter(|&owner| owner != place.owner) else { return Ok(id) };
        if let Some(&original) = self.originals.get(&id) {
            return Ok(original);
        }
        match owner {
            TypeOwner::Interface(interface) if self.model.interfaces[interface].name.is_some() => Ok(id),
            TypeOwner::Interface(_) | TypeOwner::World(_) => {
                Err(self.inexpressible(place.item, Inexpressible::LocalType))
            }
        }
    }

    /// A type as `place` names it. A type of another interface gets a `use`, if the binary has none.
    fn brought(&mut self, id: TypeId, place: Place<'_>) -> Result<TypeId, DecodeError> {
        let id = self.visible(id, place)?;
        let def = &self.model.types[id];
        if def.owner.is_none_or(|owner| owner == place.owner) {
            return Ok(id);
        }
        if let Some(&there) = self.brought.get(&(place.owner, id)) {
            return Ok(there);
        }
        let name = def.name.clone().unwrap_or_default();
        let used = self.add_named(&name, place, TypeDefKind::Alias(type_ref(Type::Id(id))))?;
        self.brought.insert((place.owner, id), used);
        match place.owner {
            TypeOwner::Interface(interface) => self.model.interfaces[interface].types.push(used),
            TypeOwner::World(world) => self.model.worlds[world].imports.push(WorldItem {
                key: WorldKey::Name(name),
                kind: WorldItemKind::Type(used),
                docs: None,
                gate: Gate::default(),
                external_id: None,
                stated: true,
                span: None,
            }),
        }
        Ok(used)
    }

    /// The type of a parameter or result of the function `item`.
    pub(super) fn val(&mut self, item: &str, ty: &ComponentValType, owner: TypeOwner) -> Result<TypeRef, DecodeError> {
        self.val_in(ty, Place { item, owner })
    }

    fn val_in(&mut self, ty: &ComponentValType, place: Place<'_>) -> Result<TypeRef, DecodeError> {
        let id = match *ty {
            ComponentValType::Primitive(ty) => return Ok(type_ref(primitive(ty))),
            ComponentValType::Type(id) => id,
        };
        if let Some(there) = self.find(id.into()) {
            return Ok(type_ref(Type::Id(self.brought(there, place)?)));
        }
        let types = self.types;
        let def = &types[id];
        if let ComponentDefinedType::Primitive(ty) = def {
            return Ok(type_ref(primitive(*ty)));
        }
        let kind = self.kind(def, place)?;
        let Some(shape) = shape(&kind) else {
            return Err(self.inexpressible(place.item, Inexpressible::UnnamedType));
        };
        let id = match self.shapes.get(&shape) {
            Some(&id) => id,
            None => {
                let id = self.model.types.add(TypeDef::anonymous(kind, None));
                self.shapes.insert(shape, id);
                id
            }
        };
        Ok(type_ref(Type::Id(id)))
    }

    fn optional(&mut self, ty: Option<&ComponentValType>, place: Place<'_>) -> Result<Option<TypeRef>, DecodeError> {
        ty.map(|ty| self.val_in(ty, place)).transpose()
    }

    fn kind(&mut self, def: &ComponentDefinedType, place: Place<'_>) -> Result<TypeDefKind, DecodeError> {
        Ok(match def {
            ComponentDefinedType::Primitive(ty) => TypeDefKind::Alias(type_ref(primitive(*ty))),
            ComponentDefinedType::Record(record) => {
                let mut fields = Vec::with_capacity(record.fields.len());
                for (name, ty) in &record.fields {
                    let ty = self.val_in(ty, place)?;
                    fields.push(Field { name: name.to_string(), ty, docs: None, span: None });
                }
                TypeDefKind::Record(fields)
            }
            ComponentDefinedType::Variant(variant) => {
                let mut cases = Vec::with_capacity(variant.cases.len());
                for (name, case) in &variant.cases {
                    let ty = self.optional(case.ty.as_ref(), place)?;
                    cases.push(Case { name: name.to_string(), ty, docs: None, span: None });
                }
                TypeDefKind::Variant(cases)
            }
            ComponentDefinedType::Flags(names) => TypeDefKind::Flags(names.iter().map(label).collect()),
            ComponentDefinedType::Enum(names) => TypeDefKind::Enum(names.iter().map(label).collect()),
            ComponentDefinedType::List { element, .. } => TypeDefKind::List(self.val_in(element, place)?, None),
            ComponentDefinedType::FixedLengthList { element, length, .. } => {
                TypeDefKind::List(self.val_in(element, place)?, Some(*length))
            }
            ComponentDefinedType::Map { key, value, .. } => {
                TypeDefKind::Map(self.val_in(key, place)?, self.val_in(value, place)?)
            }
            ComponentDefinedType::Tuple(tuple) => {
                let mut types = Vec::with_capacity(tuple.types.len());
                for ty in &tuple.types {
                    types.push(self.val_in(ty, place)?);
                }
                TypeDefKind::Tuple(types)
            }
            ComponentDefinedType::Option { ty, .. } => TypeDefKind::Option(self.val_in(ty, place)?),
            ComponentDefinedType::Result { ok, err, .. } => {
                TypeDefKind::Result(self.optional(ok.as_ref(), place)?, self.optional(err.as_ref(), place)?)
            }
            ComponentDefinedType::Future { ty, .. } => TypeDefKind::Future(self.optional(ty.as_ref(), place)?),
            ComponentDefinedType::Stream { ty, .. } => TypeDefKind::Stream(self.optional(ty.as_ref(), place)?),
            ComponentDefinedType::Own(id) => TypeDefKind::Own(self.handle((*id).into(), place)?),
            ComponentDefinedType::Borrow(id) => TypeDefKind::Borrow(self.handle((*id).into(), place)?),
        })
    }

    /// The resource of a handle.
    fn handle(&mut self, id: ComponentAnyTypeId, place: Place<'_>) -> Result<TypeId, DecodeError> {
        let Some(id) = self.find(id) else {
            return Err(self.inexpressible(place.item, Inexpressible::UnnamedType));
        };
        self.brought(id, place)
    }
}

/// The structure of a type; `None` for a type that needs a name.
pub(super) fn shape(kind: &TypeDefKind) -> Option<Shape> {
    let (form, parts) = match kind {
        TypeDefKind::Tuple(types) => (Form::Tuple, types.iter().map(|ty| Some(ty.ty)).collect()),
        TypeDefKind::List(ty, None) => (Form::List, alloc::vec![Some(ty.ty)]),
        TypeDefKind::List(ty, Some(length)) => (Form::FixedLengthList(*length), alloc::vec![Some(ty.ty)]),
        TypeDefKind::Option(ty) => (Form::Option, alloc::vec![Some(ty.ty)]),
        TypeDefKind::Result(ok, err) => (Form::Result, alloc::vec![ok.map(|ty| ty.ty), err.map(|ty| ty.ty)]),
        TypeDefKind::Map(key, value) => (Form::Map, alloc::vec![Some(key.ty), Some(value.ty)]),
        TypeDefKind::Future(ty) => (Form::Future, alloc::vec![ty.map(|ty| ty.ty)]),
        TypeDefKind::Stream(ty) => (Form::Stream, alloc::vec![ty.map(|ty| ty.ty)]),
        TypeDefKind::Own(id) => (Form::Own, alloc::vec![Some(Type::Id(*id))]),
        TypeDefKind::Borrow(id) => (Form::Borrow, alloc::vec![Some(Type::Id(*id))]),
        TypeDefKind::Alias(_)
        | TypeDefKind::Record(_)
        | TypeDefKind::Variant(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Resource => return None,
    };
    Some((form, parts))
}

fn primitive(ty: PrimitiveValType) -> Type {
    match ty {
        PrimitiveValType::Bool => Type::Bool,
        PrimitiveValType::S8 => Type::S8,
        PrimitiveValType::U8 => Type::U8,
        PrimitiveValType::S16 => Type::S16,
        PrimitiveValType::U16 => Type::U16,
        PrimitiveValType::S32 => Type::S32,
        PrimitiveValType::U32 => Type::U32,
        PrimitiveValType::S64 => Type::S64,
        PrimitiveValType::U64 => Type::U64,
        PrimitiveValType::F32 => Type::F32,
        PrimitiveValType::F64 => Type::F64,
        PrimitiveValType::Char => Type::Char,
        PrimitiveValType::String => Type::String,
        PrimitiveValType::ErrorContext => Type::ErrorContext,
    }
}

fn type_ref(ty: Type) -> TypeRef {
    TypeRef { ty, span: None }
}

fn label(name: &impl ToString) -> Label {
    let name: String = name.to_string();
    Label { name, docs: None, span: None }
}
