//! Types for dynamic calls: owned, and independent of a component.

use alloc::string::String;
use alloc::vec::Vec;

use crate::types::{DefValType, FuncTypeId, Scalar, TypeId, Types};

/// A value type.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the primitive types' names are their own")]
pub enum Type {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
    List(alloc::boxed::Box<Type>),
    FixedList(alloc::boxed::Box<Type>, u32),
    Map(alloc::boxed::Box<(Type, Type)>),
    Tuple(Vec<Type>),
    Option(alloc::boxed::Box<Type>),
    /// The types of `ok` and `err`.
    Result(alloc::boxed::Box<(Option<Type>, Option<Type>)>),
    /// Names and types of the fields.
    Record(Vec<(String, Type)>),
    /// Names and payloads of the cases.
    Variant(Vec<(String, Option<Type>)>),
    Enum(Vec<String>),
    Flags(Vec<String>),
    /// An owned resource.
    Own,
    /// A borrowed resource.
    Borrow,
    Stream(Option<alloc::boxed::Box<Type>>),
    Future(Option<alloc::boxed::Box<Type>>),
}

/// A function type.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct FuncType {
    /// Whether it is `async`.
    pub async_: bool,
    /// Names and types of the parameters.
    pub params: Vec<(String, Type)>,
    /// The type of the result.
    pub result: Option<Type>,
}

impl Types {
    pub(crate) fn reflect_func(&self, ty: FuncTypeId) -> FuncType {
        let func = &self[ty].ty;
        FuncType {
            async_: func.async_,
            params: func.params.iter().map(|(name, ty)| ((**name).into(), self.reflect(*ty))).collect(),
            result: func.result.map(|ty| self.reflect(ty)),
        }
    }

    pub(crate) fn reflect(&self, ty: TypeId) -> Type {
        let boxed = |ty: &TypeId| alloc::boxed::Box::new(self.reflect(*ty));
        let labels = |labels: &[alloc::sync::Arc<str>]| labels.iter().map(|label| (**label).into()).collect();
        match &self[ty].ty {
            DefValType::Scalar(scalar) => Type::from(*scalar),
            DefValType::String => Type::String,
            DefValType::ErrorContext => Type::ErrorContext,
            DefValType::List(ty) => Type::List(boxed(ty)),
            DefValType::FixedList(ty, len) => Type::FixedList(boxed(ty), *len),
            DefValType::Map(key, value) => {
                Type::Map(alloc::boxed::Box::new((self.reflect(*key), self.reflect(*value))))
            }
            DefValType::Tuple(types) => Type::Tuple(types.iter().map(|ty| self.reflect(*ty)).collect()),
            DefValType::Option(ty) => Type::Option(boxed(ty)),
            DefValType::Result(ok, err) => {
                Type::Result(alloc::boxed::Box::new((ok.map(|ty| self.reflect(ty)), err.map(|ty| self.reflect(ty)))))
            }
            DefValType::Record(fields) => {
                Type::Record(fields.iter().map(|(name, ty)| ((**name).into(), self.reflect(*ty))).collect())
            }
            DefValType::Variant(cases) => {
                Type::Variant(cases.iter().map(|(name, ty)| ((**name).into(), ty.map(|ty| self.reflect(ty)))).collect())
            }
            DefValType::Enum(names) => Type::Enum(labels(names)),
            DefValType::Flags(names) => Type::Flags(labels(names)),
            DefValType::Own(_) => Type::Own,
            DefValType::Borrow(_) => Type::Borrow,
            DefValType::Stream(ty) => Type::Stream(ty.as_ref().map(boxed)),
            DefValType::Future(ty) => Type::Future(ty.as_ref().map(boxed)),
        }
    }
}

impl From<Scalar> for Type {
    fn from(scalar: Scalar) -> Type {
        match scalar {
            Scalar::Bool => Type::Bool,
            Scalar::S8 => Type::S8,
            Scalar::U8 => Type::U8,
            Scalar::S16 => Type::S16,
            Scalar::U16 => Type::U16,
            Scalar::S32 => Type::S32,
            Scalar::U32 => Type::U32,
            Scalar::S64 => Type::S64,
            Scalar::U64 => Type::U64,
            Scalar::F32 => Type::F32,
            Scalar::F64 => Type::F64,
            Scalar::Char => Type::Char,
        }
    }
}
