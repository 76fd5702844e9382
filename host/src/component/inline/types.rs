//! Type definitions: value and function types are interned, resource types get a slot (`Binary.md#type-definitions`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use wasmparser::{ComponentDefinedType, ComponentFuncType, ComponentType, ComponentValType, PrimitiveValType};

use super::Inliner;
use super::frame::{FrameIndex, TypeSymbol};
use crate::component::plan::ResourceDef;
use crate::error::{Error, LimitKind};
use crate::types::{DefValType, FuncSignature, Scalar, TypeId};

impl<'b, 'a> Inliner<'b, 'a, '_> {
    pub(super) fn define_type(
        &mut self,
        frame: FrameIndex,
        ty: &'b ComponentType<'a>,
    ) -> Result<TypeSymbol<'b, 'a>, Error> {
        Ok(match ty {
            ComponentType::Defined(ty) => {
                let ty = self.defined(frame, ty)?;
                TypeSymbol::Val(ty)
            }
            ComponentType::Func(ty) => self.func_type(frame, ty)?,
            ComponentType::Component(_) => TypeSymbol::Component,
            ComponentType::Instance(declarations) => TypeSymbol::Instance(declarations, frame),
            ComponentType::Resource { dtor, .. } => {
                let dtor = dtor.map(|func| self.frame(frame).core_funcs[func as usize].clone());
                let instance = self.instance_of(frame);
                TypeSymbol::Resource(self.define_resource("", ResourceDef::Defined { instance, dtor }))
            }
        })
    }

    fn func_type(&mut self, frame: FrameIndex, ty: &ComponentFuncType<'a>) -> Result<TypeSymbol<'b, 'a>, Error> {
        let mut params = Vec::with_capacity(ty.params.len());
        for (name, ty) in &ty.params {
            params.push((Arc::from(*name), self.val(frame, *ty)?));
        }
        let result = self.opt_val(frame, ty.result)?;
        Ok(TypeSymbol::Func(self.types.intern_func(FuncSignature { async_: ty.async_, params: params.into(), result })))
    }

    pub(super) fn val(&mut self, frame: FrameIndex, ty: ComponentValType) -> Result<TypeId, Error> {
        match ty {
            ComponentValType::Primitive(ty) => self.intern(primitive(ty)),
            ComponentValType::Type(index) => Ok(self.frame(frame).val_type(index)),
        }
    }

    pub(super) fn opt_val(&mut self, frame: FrameIndex, ty: Option<ComponentValType>) -> Result<Option<TypeId>, Error> {
        ty.map(|ty| self.val(frame, ty)).transpose()
    }

    /// The id of a value type.
    ///
    /// # Errors
    /// When it is nested too deeply.
    fn intern(&mut self, ty: DefValType) -> Result<TypeId, Error> {
        let id = self.types.intern(ty);
        if self.types[id].depth > self.options.limits.nesting { Err(LimitKind::Nesting.into()) } else { Ok(id) }
    }

    fn defined(&mut self, frame: FrameIndex, ty: &ComponentDefinedType<'a>) -> Result<TypeId, Error> {
        let ty = match ty {
            ComponentDefinedType::Primitive(ty) => primitive(*ty),
            ComponentDefinedType::Record(fields) => {
                let mut typed = Vec::with_capacity(fields.len());
                for (name, ty) in fields {
                    typed.push((Arc::from(*name), self.val(frame, *ty)?));
                }
                DefValType::Record(typed.into())
            }
            ComponentDefinedType::Variant(cases) => {
                let mut typed = Vec::with_capacity(cases.len());
                for case in cases {
                    typed.push((Arc::from(case.name), self.opt_val(frame, case.ty)?));
                }
                DefValType::Variant(typed.into())
            }
            ComponentDefinedType::List(ty) => DefValType::List(self.val(frame, *ty)?),
            ComponentDefinedType::Map(key, value) => {
                let key = self.val(frame, *key)?;
                DefValType::Map(key, self.val(frame, *value)?)
            }
            ComponentDefinedType::FixedLengthList(ty, len) => DefValType::FixedList(self.val(frame, *ty)?, *len),
            ComponentDefinedType::Tuple(types) => {
                let mut typed = Vec::with_capacity(types.len());
                for ty in types {
                    typed.push(self.val(frame, *ty)?);
                }
                DefValType::Tuple(typed.into())
            }
            ComponentDefinedType::Flags(names) => DefValType::Flags(labels(names)),
            ComponentDefinedType::Enum(names) => DefValType::Enum(labels(names)),
            ComponentDefinedType::Option(ty) => DefValType::Option(self.val(frame, *ty)?),
            ComponentDefinedType::Result { ok, err } => {
                let ok = self.opt_val(frame, *ok)?;
                DefValType::Result(ok, self.opt_val(frame, *err)?)
            }
            ComponentDefinedType::Own(index) => DefValType::Own(self.frame(frame).resource_type(*index)),
            ComponentDefinedType::Borrow(index) => DefValType::Borrow(self.frame(frame).resource_type(*index)),
            ComponentDefinedType::Future(ty) => DefValType::Future(self.opt_val(frame, *ty)?),
            ComponentDefinedType::Stream(ty) => DefValType::Stream(self.opt_val(frame, *ty)?),
        };
        self.intern(ty)
    }
}

fn labels(names: &[&str]) -> Box<[Arc<str>]> {
    names.iter().map(|name| Arc::from(*name)).collect()
}

fn primitive(ty: PrimitiveValType) -> DefValType {
    match ty {
        PrimitiveValType::Bool => DefValType::Scalar(Scalar::Bool),
        PrimitiveValType::S8 => DefValType::Scalar(Scalar::S8),
        PrimitiveValType::U8 => DefValType::Scalar(Scalar::U8),
        PrimitiveValType::S16 => DefValType::Scalar(Scalar::S16),
        PrimitiveValType::U16 => DefValType::Scalar(Scalar::U16),
        PrimitiveValType::S32 => DefValType::Scalar(Scalar::S32),
        PrimitiveValType::U32 => DefValType::Scalar(Scalar::U32),
        PrimitiveValType::S64 => DefValType::Scalar(Scalar::S64),
        PrimitiveValType::U64 => DefValType::Scalar(Scalar::U64),
        PrimitiveValType::F32 => DefValType::Scalar(Scalar::F32),
        PrimitiveValType::F64 => DefValType::Scalar(Scalar::F64),
        PrimitiveValType::Char => DefValType::Scalar(Scalar::Char),
        PrimitiveValType::String => DefValType::String,
        PrimitiveValType::ErrorContext => DefValType::ErrorContext,
    }
}
