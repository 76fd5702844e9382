//! The structure of value types, one level deep: those of components, and the static descriptions of a world.

use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::{FuncDesc, ResourceDesc, TypeDesc};

use crate::types::{DefValType, FuncTypeId, ResourceSlot, Scalar, TypeId, Types};

/// A value type, whose parts are of type `T` and whose resources are of type `R`.
pub(crate) enum Shape<'a, T, R> {
    Scalar(Scalar),
    String,
    ErrorContext,
    List(T),
    FixedList(T, u32),
    Map(T, T),
    Tuple(Vec<T>),
    Option(T),
    Result(Option<T>, Option<T>),
    Record(Vec<(&'a str, T)>),
    Variant(Vec<(&'a str, Option<T>)>),
    Enum(Vec<&'a str>),
    Flags(Vec<&'a str>),
    Own(R),
    Borrow(R),
    Stream(Option<T>),
    Future(Option<T>),
}

/// A value type that can be taken apart.
pub(crate) trait Shaped<'a>: Copy {
    /// The identity of its resources.
    type Resource: Copy;

    fn shape(self) -> Shape<'a, Self, Self::Resource>;

    /// Its identity within its component. `None` for a type of a world.
    fn key(self) -> Option<u32>;

    /// The name of a resource in messages.
    fn resource_name(self, resource: Self::Resource) -> &'a str;
}

/// A function type that can be taken apart.
pub(crate) struct FuncShape<'a, T> {
    /// `None` if it is not known.
    pub(crate) async_: Option<bool>,
    /// Names, where they are known, and types.
    pub(crate) params: Vec<(Option<&'a str>, T)>,
    pub(crate) result: Option<T>,
}

/// A value type of a component.
#[derive(Clone, Copy)]
pub(crate) struct TypeRef<'a> {
    pub(crate) types: &'a Types,
    pub(crate) ty: TypeId,
    /// Names of resources, by slot.
    pub(crate) resource_names: &'a [Arc<str>],
}

impl<'a> TypeRef<'a> {
    fn part(self, ty: TypeId) -> TypeRef<'a> {
        TypeRef { ty, ..self }
    }
}

impl<'a> Shaped<'a> for TypeRef<'a> {
    type Resource = ResourceSlot;

    fn shape(self) -> Shape<'a, Self, ResourceSlot> {
        let part = |ty: &TypeId| self.part(*ty);
        let optional = |ty: &Option<TypeId>| ty.as_ref().map(part);
        let labels = |labels: &'a [Arc<str>]| labels.iter().map(|label| &**label).collect();
        match &self.types[self.ty].ty {
            DefValType::Scalar(scalar) => Shape::Scalar(*scalar),
            DefValType::String => Shape::String,
            DefValType::ErrorContext => Shape::ErrorContext,
            DefValType::List(ty) => Shape::List(part(ty)),
            DefValType::FixedList(ty, len) => Shape::FixedList(part(ty), *len),
            DefValType::Map(key, value) => Shape::Map(part(key), part(value)),
            DefValType::Tuple(types) => Shape::Tuple(types.iter().map(part).collect()),
            DefValType::Option(ty) => Shape::Option(part(ty)),
            DefValType::Result(ok, err) => Shape::Result(optional(ok), optional(err)),
            DefValType::Record(fields) => Shape::Record(fields.iter().map(|(name, ty)| (&**name, part(ty))).collect()),
            DefValType::Variant(cases) => {
                Shape::Variant(cases.iter().map(|(name, ty)| (&**name, optional(ty))).collect())
            }
            DefValType::Enum(names) => Shape::Enum(labels(names)),
            DefValType::Flags(names) => Shape::Flags(labels(names)),
            DefValType::Own(slot) => Shape::Own(*slot),
            DefValType::Borrow(slot) => Shape::Borrow(*slot),
            DefValType::Stream(ty) => Shape::Stream(optional(ty)),
            DefValType::Future(ty) => Shape::Future(optional(ty)),
        }
    }

    fn key(self) -> Option<u32> {
        Some(self.ty.0)
    }

    fn resource_name(self, slot: ResourceSlot) -> &'a str {
        &self.resource_names[slot.0 as usize]
    }
}

impl Shaped<'static> for &'static TypeDesc {
    type Resource = &'static ResourceDesc;

    fn shape(self) -> Shape<'static, Self, &'static ResourceDesc> {
        match self {
            TypeDesc::Bool => Shape::Scalar(Scalar::Bool),
            TypeDesc::S8 => Shape::Scalar(Scalar::S8),
            TypeDesc::U8 => Shape::Scalar(Scalar::U8),
            TypeDesc::S16 => Shape::Scalar(Scalar::S16),
            TypeDesc::U16 => Shape::Scalar(Scalar::U16),
            TypeDesc::S32 => Shape::Scalar(Scalar::S32),
            TypeDesc::U32 => Shape::Scalar(Scalar::U32),
            TypeDesc::S64 => Shape::Scalar(Scalar::S64),
            TypeDesc::U64 => Shape::Scalar(Scalar::U64),
            TypeDesc::F32 => Shape::Scalar(Scalar::F32),
            TypeDesc::F64 => Shape::Scalar(Scalar::F64),
            TypeDesc::Char => Shape::Scalar(Scalar::Char),
            TypeDesc::String => Shape::String,
            TypeDesc::ErrorContext => Shape::ErrorContext,
            TypeDesc::List(ty) => Shape::List(ty),
            TypeDesc::FixedList(ty, len) => Shape::FixedList(ty, *len),
            TypeDesc::Map(key, value) => Shape::Map(key, value),
            TypeDesc::Tuple(types) => Shape::Tuple(types.to_vec()),
            TypeDesc::Option(ty) => Shape::Option(ty),
            TypeDesc::Result(ok, err) => Shape::Result(*ok, *err),
            TypeDesc::Record(desc) => Shape::Record(desc.fields.iter().map(|field| (field.name, field.ty)).collect()),
            TypeDesc::Variant(desc) => Shape::Variant(desc.cases.iter().map(|case| (case.name, case.ty)).collect()),
            TypeDesc::Enum(desc) => Shape::Enum(desc.labels.to_vec()),
            TypeDesc::Flags(desc) => Shape::Flags(desc.labels.to_vec()),
            TypeDesc::Own(resource) => Shape::Own(resource),
            TypeDesc::Borrow(resource) => Shape::Borrow(resource),
            TypeDesc::Alias(alias) => alias.ty.shape(),
            TypeDesc::Stream(ty) => Shape::Stream(*ty),
            TypeDesc::Future(ty) => Shape::Future(*ty),
        }
    }

    fn key(self) -> Option<u32> {
        None
    }

    fn resource_name(self, resource: &'static ResourceDesc) -> &'static str {
        resource.name()
    }
}

impl<'a> FuncShape<'a, TypeRef<'a>> {
    /// A function type of a component.
    pub(crate) fn of_component(
        types: &'a Types,
        ty: FuncTypeId,
        resource_names: &'a [Arc<str>],
    ) -> FuncShape<'a, TypeRef<'a>> {
        let func = &types[ty].ty;
        let part = |ty: TypeId| TypeRef { types, ty, resource_names };
        FuncShape {
            async_: Some(func.async_),
            params: func.params.iter().map(|(name, ty)| (Some(&**name), part(*ty))).collect(),
            result: func.result.map(part),
        }
    }
}

impl FuncShape<'static, &'static TypeDesc> {
    /// A function type of a world.
    pub(crate) fn of_world(desc: &'static FuncDesc) -> Self {
        FuncShape {
            async_: Some(desc.async_),
            params: desc.params.iter().map(|param| (Some(param.name), param.ty)).collect(),
            result: desc.result,
        }
    }

    /// The types of the Rust values that a function is called with: a tuple of parameters, and a result, which is the empty
    /// tuple if there is none. `None` if the parameters are not a tuple.
    pub(crate) fn of_rust(params: &'static TypeDesc, result: &'static TypeDesc) -> Option<Self> {
        let TypeDesc::Tuple(params) = params else { return None };
        let result = if let TypeDesc::Tuple([]) = result { None } else { Some(result) };
        Some(FuncShape { async_: None, params: params.iter().map(|ty| (None, *ty)).collect(), result })
    }
}
