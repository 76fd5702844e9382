//! Core signatures, computed with the layouts of the ABI runtime.

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::layout::{FlatType, MAX_FLAT_RESULTS, TypeAbi, VariantLayout, align_to, flags_size};
use witwright_resolver::model::{Func, Type, TypeDefKind, TypeId, TypeRef};

use super::Build;
use crate::ir::{CoreResult, CoreSignature};

impl Build<'_> {
    /// The core signature of a function.
    pub(super) fn core_signature(&self, func: &Func) -> CoreSignature {
        let params: Vec<TypeAbi> = func.params.iter().map(|param| self.abi(param.ty.ty)).collect();
        let params = TypeAbi::record(&params);
        let result = func.result.map_or(TypeAbi::UNIT, |result| self.abi(result.ty));
        let core_result = match result.flat.as_slice() {
            Some([]) => CoreResult::None,
            Some([value]) => CoreResult::Value(*value),
            Some([..]) | None => CoreResult::Address,
        };
        let flat_params = params.flat.as_slice();
        CoreSignature {
            params: flat_params.map_or_else(|| vec![FlatType::I32], <[FlatType]>::to_vec),
            result: core_result,
            param_words: if flat_params.is_none() { words(&params) } else { 0 },
            result_words: if result.flat.len() > MAX_FLAT_RESULTS { words(&result) } else { 0 },
            post_return: func.result.is_some_and(|result| self.holds(result.ty).heap),
        }
    }

    fn abi(&self, ty: Type) -> TypeAbi {
        match ty {
            Type::Bool => TypeAbi::of(&TypeDesc::Bool),
            Type::S8 => TypeAbi::of(&TypeDesc::S8),
            Type::U8 => TypeAbi::of(&TypeDesc::U8),
            Type::S16 => TypeAbi::of(&TypeDesc::S16),
            Type::U16 => TypeAbi::of(&TypeDesc::U16),
            Type::S32 => TypeAbi::of(&TypeDesc::S32),
            Type::U32 => TypeAbi::of(&TypeDesc::U32),
            Type::S64 => TypeAbi::of(&TypeDesc::S64),
            Type::U64 => TypeAbi::of(&TypeDesc::U64),
            Type::F32 => TypeAbi::of(&TypeDesc::F32),
            Type::F64 => TypeAbi::of(&TypeDesc::F64),
            Type::Char => TypeAbi::of(&TypeDesc::Char),
            Type::String => TypeAbi::of(&TypeDesc::String),
            Type::ErrorContext => TypeAbi::of(&TypeDesc::ErrorContext),
            Type::Id(id) => self.abi_id(id),
        }
    }

    fn abi_id(&self, id: TypeId) -> TypeAbi {
        let of = |ty: &TypeRef| self.abi(ty.ty);
        let of_option = |ty: &Option<TypeRef>| ty.as_ref().map_or(TypeAbi::UNIT, of);
        match &self.model.types[id].kind {
            TypeDefKind::Alias(target) => of(target),
            TypeDefKind::Record(fields) => {
                TypeAbi::record(&fields.iter().map(|field| of(&field.ty)).collect::<Vec<_>>())
            }
            TypeDefKind::Tuple(types) => TypeAbi::record(&types.iter().map(of).collect::<Vec<_>>()),
            TypeDefKind::Variant(cases) => {
                TypeAbi::variant(&cases.iter().map(|case| of_option(&case.ty)).collect::<Vec<_>>())
            }
            TypeDefKind::Enum(labels) => VariantLayout::new(labels.len()).finish(),
            TypeDefKind::Flags(labels) => match flags_size(labels.len()) {
                1 => TypeAbi::of(&TypeDesc::U8),
                2 => TypeAbi::of(&TypeDesc::U16),
                _ => TypeAbi::of(&TypeDesc::U32),
            },
            TypeDefKind::Option(some) => TypeAbi::variant(&[TypeAbi::UNIT, of(some)]),
            TypeDefKind::Result(ok, err) => TypeAbi::variant(&[of_option(ok), of_option(err)]),
            TypeDefKind::List(_, None) => TypeAbi::of(&TypeDesc::List(&TypeDesc::U8)),
            TypeDefKind::List(element, Some(len)) => of(element).repeat(*len),
            TypeDefKind::Map(..) => TypeAbi::of(&TypeDesc::Map(&TypeDesc::U8, &TypeDesc::U8)),
            TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => TypeAbi::of(&TypeDesc::Stream(None)),
        }
    }
}

/// Words of 8 bytes that hold a value.
fn words(abi: &TypeAbi) -> u32 {
    align_to(abi.size, 8) / 8
}
