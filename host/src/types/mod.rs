//! The value and function types of one component, interned (`Explainer.md#type-definitions`).
//!
//! Two types are equal when their ids are: all types are structural save resources, and those are named by the slot of
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

/// A value type; its parts are ids.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum ValType {
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

/// A type and what follows from it.
#[derive(Debug)]
pub(crate) struct TypeInfo {
    pub(crate) ty: ValType,
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

/// A function type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FuncType {
    pub(crate) async_: bool,
    pub(crate) params: Box<[(Arc<str>, TypeId)]>,
    pub(crate) result: Option<TypeId>,
}

/// A function type and what follows from it.
#[derive(Debug)]
pub(crate) struct FuncInfo {
    pub(crate) ty: FuncType,
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
    interned: BTreeMap<ValType, TypeId>,
    funcs: Vec<FuncInfo>,
    interned_funcs: BTreeMap<FuncType, FuncTypeId>,
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
    pub(crate) fn intern(&mut self, ty: ValType) -> TypeId {
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
    /// Those of `resource`.
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
            Shape::Scalar(scalar) => ValType::Scalar(scalar),
            Shape::String => ValType::String,
            Shape::ErrorContext => ValType::ErrorContext,
            Shape::List(element) => ValType::List(part(element)?),
            Shape::FixedList(element, len) => ValType::FixedList(part(element)?, len),
            Shape::Map(key, value) => ValType::Map(part(key)?, part(value)?),
            Shape::Tuple(types) => ValType::Tuple(types.into_iter().map(part).collect::<Result<_, R>>()?),
            Shape::Option(some) => ValType::Option(part(some)?),
            Shape::Result(ok, err) => ValType::Result(ok.map(&mut part).transpose()?, err.map(part).transpose()?),
            Shape::Record(fields) => {
                let fields = fields.into_iter().map(|(name, ty)| Ok((name.into(), part(ty)?)));
                ValType::Record(fields.collect::<Result<_, R>>()?)
            }
            Shape::Variant(cases) => {
                let cases = cases.into_iter().map(|(name, ty)| Ok((name.into(), ty.map(&mut part).transpose()?)));
                ValType::Variant(cases.collect::<Result<_, R>>()?)
            }
            Shape::Enum(names) => ValType::Enum(labels(names)),
            Shape::Flags(names) => ValType::Flags(labels(names)),
            Shape::Own(named) => ValType::Own(resource(named)?),
            Shape::Borrow(named) => ValType::Borrow(resource(named)?),
            Shape::Stream(element) => ValType::Stream(element.map(part).transpose()?),
            Shape::Future(element) => ValType::Future(element.map(part).transpose()?),
        };
        let id = self.intern(adopted_type);
        adopted.extend(ty.key().map(|key| (key, id)));
        Ok(id)
    }

    /// The id of a function type.
    pub(crate) fn intern_func(&mut self, ty: FuncType) -> FuncTypeId {
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

    fn info(&self, ty: ValType) -> TypeInfo {
        let parts = ty.parts();
        let (abi, offsets) = self.layout(&ty);
        TypeInfo {
            element: self.element(&ty),
            plain: self.plain(&ty, &abi),
            borrows: matches!(ty, ValType::Borrow(_)) || parts.iter().any(|part| self[*part].borrows),
            depth: parts.iter().map(|part| self[*part].depth).max().unwrap_or(0) + 1,
            ty,
            abi,
            offsets,
        }
    }

    /// The layout of the elements of a list, or of the entries of a map.
    fn element(&self, ty: &ValType) -> TypeAbi {
        if let ValType::List(element) | ValType::FixedList(element, _) = ty {
            self[*element].abi
        } else if let ValType::Map(key, value) = ty {
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

    fn layout(&self, ty: &ValType) -> (TypeAbi, Box<[u32]>) {
        let mut offsets = Vec::new();
        let abi = ty.form().layout(|index| Some(self[ty.part(index)?].abi), |offset| offsets.push(offset));
        if let ValType::Map(key, value) = ty {
            offsets = self.record(&[*key, *value]).1.into();
        }
        (abi, offsets.into())
    }

    fn plain(&self, ty: &ValType, abi: &TypeAbi) -> bool {
        match ty {
            ValType::Scalar(scalar) => scalar.is_number(),
            ValType::Tuple(_) | ValType::Record(_) => {
                let parts = ty.parts();
                let bytes: u64 = parts.iter().map(|part| u64::from(self[*part].abi.size)).sum();
                bytes == u64::from(abi.size) && parts.iter().all(|part| self[*part].plain)
            }
            ValType::FixedList(element, _) => self[*element].plain,
            ValType::String
            | ValType::ErrorContext
            | ValType::List(_)
            | ValType::Map(..)
            | ValType::Option(_)
            | ValType::Result(..)
            | ValType::Variant(_)
            | ValType::Enum(_)
            | ValType::Flags(_)
            | ValType::Own(_)
            | ValType::Borrow(_)
            | ValType::Stream(_)
            | ValType::Future(_) => false,
        }
    }
}

impl ValType {
    /// What its layout depends on, save for the layouts of its parts.
    fn form(&self) -> Form {
        match self {
            ValType::Scalar(scalar) => scalar.desc().form(),
            ValType::String | ValType::List(_) | ValType::Map(..) => Form::POINTER_AND_LENGTH,
            ValType::ErrorContext | ValType::Own(_) | ValType::Borrow(_) | ValType::Stream(_) | ValType::Future(_) => {
                Form::INDEX
            }
            ValType::FixedList(_, len) => Form::FixedList(*len),
            ValType::Tuple(types) => Form::Record(types.len()),
            ValType::Record(fields) => Form::Record(fields.len()),
            ValType::Option(_) => Form::OPTION,
            ValType::Result(..) => Form::RESULT,
            ValType::Variant(cases) => Form::Variant(cases.len()),
            ValType::Enum(labels) => Form::Variant(labels.len()),
            ValType::Flags(labels) => Form::flags(labels.len()),
        }
    }

    /// The type of a part of its form. `None` if a case has no payload.
    fn part(&self, index: usize) -> Option<TypeId> {
        match self {
            ValType::FixedList(element, _) => Some(*element),
            ValType::Tuple(types) => Some(types[index]),
            ValType::Record(fields) => Some(fields[index].1),
            ValType::Option(some) => (index == 1).then_some(*some),
            ValType::Result(ok, err) => {
                if index == 0 {
                    *ok
                } else {
                    *err
                }
            }
            ValType::Variant(cases) => cases[index].1,
            ValType::Enum(_)
            | ValType::Scalar(_)
            | ValType::String
            | ValType::ErrorContext
            | ValType::List(_)
            | ValType::Map(..)
            | ValType::Flags(_)
            | ValType::Own(_)
            | ValType::Borrow(_)
            | ValType::Stream(_)
            | ValType::Future(_) => None,
        }
    }

    /// The types that it is made of.
    fn parts(&self) -> Vec<TypeId> {
        match self {
            ValType::Scalar(_)
            | ValType::String
            | ValType::ErrorContext
            | ValType::Enum(_)
            | ValType::Flags(_)
            | ValType::Own(_)
            | ValType::Borrow(_) => Vec::new(),
            ValType::List(ty) | ValType::FixedList(ty, _) | ValType::Option(ty) => alloc::vec![*ty],
            ValType::Map(key, value) => alloc::vec![*key, *value],
            ValType::Tuple(types) => types.to_vec(),
            ValType::Result(ok, err) => ok.iter().chain(err).copied().collect(),
            ValType::Record(fields) => fields.iter().map(|(_, ty)| *ty).collect(),
            ValType::Variant(cases) => cases.iter().filter_map(|(_, ty)| *ty).collect(),
            ValType::Stream(ty) | ValType::Future(ty) => ty.iter().copied().collect(),
        }
    }
}
