//! The value and function types of one component, interned (`Explainer.md#type-definitions`).
//!
//! Two types are equal if their ids are: all types are structural except resources, and those are named by the slot of
//! the plan that holds the runtime resource type. Layout facts are computed once, when a type is interned.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::flatten::FuncAbi;
use witwright_abi_runtime::form::Form;
use witwright_abi_runtime::layout::TypeAbi;

pub(crate) mod compare;
pub(crate) mod describe;
pub(crate) mod reflect;
mod scalar;
pub(crate) mod shape;

pub(crate) use scalar::Scalar;
use shape::{Shape, Shaped};

/// A value type of a component.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct TypeId(u32);

impl TypeId {
    /// Its number among all types of its component.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

/// A function type of a component.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FuncTypeId(u32);

/// The place in an instance where a runtime resource type is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ResourceSlot(pub(crate) u32);

/// A value type; its parts are ids (`defvaltype`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum DefValType {
    Scalar(Scalar),
    String,
    ErrorContext,
    List(TypeId),
    FixedList(TypeId, u32),
    Map(TypeId, TypeId),
    Tuple(Box<[TypeId]>),
    Option(TypeId),
    Result(Option<TypeId>, Option<TypeId>),
    Record(Box<[(Arc<str>, TypeId)]>),
    Variant(Box<[(Arc<str>, Option<TypeId>)]>),
    Enum(Box<[Arc<str>]>),
    Flags(Box<[Arc<str>]>),
    Own(ResourceSlot),
    Borrow(ResourceSlot),
    Stream(Option<TypeId>),
    Future(Option<TypeId>),
}

/// A type and the facts computed from it.
#[derive(Debug)]
pub(crate) struct TypeInfo {
    pub(crate) ty: DefValType,
    pub(crate) abi: TypeAbi,
    /// Offsets in bytes: of the fields of a record or tuple; of the payload of a variant, option or result, alone; of
    /// key and value in an entry of a map.
    pub(crate) offsets: Box<[u32]>,
    /// The layout of the elements of a list, or of the entries of a map.
    pub(crate) element: TypeAbi,
    /// Whether every bit pattern of its bytes is a value and it holds neither pointers, handles nor padding.
    pub(crate) plain: bool,
    /// Whether a borrowed handle occurs in it.
    pub(crate) borrows: bool,
    /// The depth to which types nest in it.
    pub(crate) depth: u32,
}

/// A function type; its parts are ids.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FuncSignature {
    pub(crate) async_: bool,
    pub(crate) params: Box<[(Arc<str>, TypeId)]>,
    pub(crate) result: Option<TypeId>,
}

/// A function type and the facts computed from it.
#[derive(Debug)]
pub(crate) struct FuncInfo {
    pub(crate) ty: FuncSignature,
    /// The layouts of the parameters and of the result.
    pub(crate) abi: FuncAbi,
    /// The offsets in bytes of the parameters.
    pub(crate) offsets: Box<[u32]>,
    /// Whether a parameter holds a borrowed handle.
    pub(crate) borrows: bool,
}

/// All types of one component.
#[derive(Default, Debug)]
pub(crate) struct Types {
    types: Vec<TypeInfo>,
    interned: BTreeMap<DefValType, TypeId>,
    funcs: Vec<FuncInfo>,
    interned_funcs: BTreeMap<FuncSignature, FuncTypeId>,
}

impl core::ops::Index<TypeId> for Types {
    type Output = TypeInfo;

    fn index(&self, id: TypeId) -> &TypeInfo {
        &self.types[id.0 as usize]
    }
}

impl core::ops::Index<FuncTypeId> for Types {
    type Output = FuncInfo;

    fn index(&self, id: FuncTypeId) -> &FuncInfo {
        &self.funcs[id.0 as usize]
    }
}

impl Types {
    /// The id of a type.
    pub(crate) fn intern(&mut self, ty: DefValType) -> TypeId {
        if let Some(id) = self.interned.get(&ty) {
            return *id;
        }
        let info = self.info(ty.clone());
        let id = TypeId(self.types.len() as u32);
        self.types.push(info);
        self.interned.insert(ty, id);
        id
    }

    /// The id of a type that is described elsewhere; `resource` names its resources here.
    ///
    /// # Errors
    /// The error of `resource`.
    pub(crate) fn adopt<'a, S: Shaped<'a>, R>(
        &mut self,
        ty: S,
        resource: &mut impl FnMut(S::Resource) -> Result<ResourceSlot, R>,
    ) -> Result<TypeId, R> {
        self.adopt_part(ty, resource, &mut BTreeMap::new())
    }

    /// As [`Types::adopt`]; `adopted` are types that have been, by their keys.
    fn adopt_part<'a, S: Shaped<'a>, R>(
        &mut self,
        ty: S,
        resource: &mut impl FnMut(S::Resource) -> Result<ResourceSlot, R>,
        adopted: &mut BTreeMap<u32, TypeId>,
    ) -> Result<TypeId, R> {
        if let Some(id) = ty.key().and_then(|key| adopted.get(&key)) {
            return Ok(*id);
        }
        let shape = ty.shape();
        let mut part = |ty: S| self.adopt_part(ty, resource, adopted);
        let labels = |labels: Vec<&str>| labels.into_iter().map(Arc::from).collect();
        let adopted_type = match shape {
            Shape::Scalar(scalar) => DefValType::Scalar(scalar),
            Shape::String => DefValType::String,
            Shape::ErrorContext => DefValType::ErrorContext,
            Shape::List(element) => DefValType::List(part(element)?),
            Shape::FixedList(element, len) => DefValType::FixedList(part(element)?, len),
            Shape::Map(key, value) => DefValType::Map(part(key)?, part(value)?),
            Shape::Tuple(types) => DefValType::Tuple(types.into_iter().map(part).collect::<Result<_, R>>()?),
            Shape::Option(some) => DefValType::Option(part(some)?),
            Shape::Result(ok, err) => DefValType::Result(ok.map(&mut part).transpose()?, err.map(part).transpose()?),
            Shape::Record(fields) => {
                let fields = fields.into_iter().map(|(name, ty)| Ok((name.into(), part(ty)?)));
                DefValType::Record(fields.collect::<Result<_, R>>()?)
            }
            Shape::Variant(cases) => {
                let cases = cases.into_iter().map(|(name, ty)| Ok((name.into(), ty.map(&mut part).transpose()?)));
                DefValType::Variant(cases.collect::<Result<_, R>>()?)
            }
            Shape::Enum(names) => DefValType::Enum(labels(names)),
            Shape::Flags(names) => DefValType::Flags(labels(names)),
            Shape::Own(named) => DefValType::Own(resource(named)?),
            Shape::Borrow(named) => DefValType::Borrow(resource(named)?),
            Shape::Stream(element) => DefValType::Stream(element.map(part).transpose()?),
            Shape::Future(element) => DefValType::Future(element.map(part).transpose()?),
        };
        let id = self.intern(adopted_type);
        adopted.extend(ty.key().map(|key| (key, id)));
        Ok(id)
    }

    /// The id of a function type.
    pub(crate) fn intern_func(&mut self, ty: FuncSignature) -> FuncTypeId {
        if let Some(id) = self.interned_funcs.get(&ty) {
            return *id;
        }
        let params: Vec<TypeId> = ty.params.iter().map(|(_, ty)| *ty).collect();
        let (params_abi, offsets) = self.record(&params);
        let info = FuncInfo {
            abi: FuncAbi { params: params_abi, result: ty.result.map_or(TypeAbi::UNIT, |ty| self[ty].abi) },
            offsets,
            borrows: params.iter().any(|ty| self[*ty].borrows),
            ty: ty.clone(),
        };
        let id = FuncTypeId(self.funcs.len() as u32);
        self.funcs.push(info);
        self.interned_funcs.insert(ty, id);
        id
    }

    fn info(&self, ty: DefValType) -> TypeInfo {
        let parts = ty.parts();
        let (abi, offsets) = self.layout(&ty);
        TypeInfo {
            element: self.element(&ty),
            plain: self.plain(&ty, &abi),
            borrows: matches!(ty, DefValType::Borrow(_)) || parts.iter().any(|part| self[*part].borrows),
            depth: parts.iter().map(|part| self[*part].depth).max().unwrap_or(0) + 1,
            ty,
            abi,
            offsets,
        }
    }

    /// The layout of the elements of a list, or of the entries of a map.
    fn element(&self, ty: &DefValType) -> TypeAbi {
        if let DefValType::List(element) | DefValType::FixedList(element, _) = ty {
            self[*element].abi
        } else if let DefValType::Map(key, value) = ty {
            self.record(&[*key, *value]).0
        } else {
            TypeAbi::UNIT
        }
    }

    /// The layout of a tuple of these types, and the offsets of its fields.
    fn record(&self, fields: &[TypeId]) -> (TypeAbi, Box<[u32]>) {
        let mut offsets = Vec::with_capacity(fields.len());
        let abi = TypeAbi::record(fields.iter().map(|field| self[*field].abi), |offset| offsets.push(offset));
        (abi, offsets.into())
    }

    fn layout(&self, ty: &DefValType) -> (TypeAbi, Box<[u32]>) {
        let mut offsets = Vec::new();
        let abi = ty.form().layout(|index| Some(self[ty.part(index)?].abi), |offset| offsets.push(offset));
        if let DefValType::Map(key, value) = ty {
            offsets = self.record(&[*key, *value]).1.into();
        }
        (abi, offsets.into())
    }

    fn plain(&self, ty: &DefValType, abi: &TypeAbi) -> bool {
        match ty {
            DefValType::Scalar(scalar) => scalar.is_number(),
            DefValType::Tuple(_) | DefValType::Record(_) => {
                let parts = ty.parts();
                let bytes: u64 = parts.iter().map(|part| u64::from(self[*part].abi.size)).sum();
                bytes == u64::from(abi.size) && parts.iter().all(|part| self[*part].plain)
            }
            DefValType::FixedList(element, _) => self[*element].plain,
            DefValType::String
            | DefValType::ErrorContext
            | DefValType::List(_)
            | DefValType::Map(..)
            | DefValType::Option(_)
            | DefValType::Result(..)
            | DefValType::Variant(_)
            | DefValType::Enum(_)
            | DefValType::Flags(_)
            | DefValType::Own(_)
            | DefValType::Borrow(_)
            | DefValType::Stream(_)
            | DefValType::Future(_) => false,
        }
    }
}

impl DefValType {
    /// Its form: with the layouts of its parts, this decides its own layout.
    fn form(&self) -> Form {
        match self {
            DefValType::Scalar(scalar) => scalar.desc().form(),
            DefValType::String | DefValType::List(_) | DefValType::Map(..) => Form::POINTER_AND_LENGTH,
            DefValType::ErrorContext
            | DefValType::Own(_)
            | DefValType::Borrow(_)
            | DefValType::Stream(_)
            | DefValType::Future(_) => Form::INDEX,
            DefValType::FixedList(_, len) => Form::FixedList(*len),
            DefValType::Tuple(types) => Form::Record(types.len()),
            DefValType::Record(fields) => Form::Record(fields.len()),
            DefValType::Option(_) => Form::OPTION,
            DefValType::Result(..) => Form::RESULT,
            DefValType::Variant(cases) => Form::Variant(cases.len()),
            DefValType::Enum(labels) => Form::Variant(labels.len()),
            DefValType::Flags(labels) => Form::flags(labels.len()),
        }
    }

    /// The type of a part of its form. `None` if a case has no payload.
    fn part(&self, index: usize) -> Option<TypeId> {
        match self {
            DefValType::FixedList(element, _) => Some(*element),
            DefValType::Tuple(types) => Some(types[index]),
            DefValType::Record(fields) => Some(fields[index].1),
            DefValType::Option(some) => (index == 1).then_some(*some),
            DefValType::Result(ok, err) => {
                if index == 0 {
                    *ok
                } else {
                    *err
                }
            }
            DefValType::Variant(cases) => cases[index].1,
            DefValType::Enum(_)
            | DefValType::Scalar(_)
            | DefValType::String
            | DefValType::ErrorContext
            | DefValType::List(_)
            | DefValType::Map(..)
            | DefValType::Flags(_)
            | DefValType::Own(_)
            | DefValType::Borrow(_)
            | DefValType::Stream(_)
            | DefValType::Future(_) => None,
        }
    }

    /// The types that it is made of.
    fn parts(&self) -> Vec<TypeId> {
        match self {
            DefValType::Scalar(_)
            | DefValType::String
            | DefValType::ErrorContext
            | DefValType::Enum(_)
            | DefValType::Flags(_)
            | DefValType::Own(_)
            | DefValType::Borrow(_) => Vec::new(),
            DefValType::List(ty) | DefValType::FixedList(ty, _) | DefValType::Option(ty) => alloc::vec![*ty],
            DefValType::Map(key, value) => alloc::vec![*key, *value],
            DefValType::Tuple(types) => types.to_vec(),
            DefValType::Result(ok, err) => ok.iter().chain(err).copied().collect(),
            DefValType::Record(fields) => fields.iter().map(|(_, ty)| *ty).collect(),
            DefValType::Variant(cases) => cases.iter().filter_map(|(_, ty)| *ty).collect(),
            DefValType::Stream(ty) | DefValType::Future(ty) => ty.iter().copied().collect(),
        }
    }
}
