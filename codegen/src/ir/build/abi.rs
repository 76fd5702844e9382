//! Layouts of the Model's types: their forms and parts. The ABI runtime does the rest.

use std::collections::BTreeMap;

use witwright_abi_runtime::flatten::FuncAbi;
use witwright_abi_runtime::form::Form;
use witwright_abi_runtime::layout::TypeAbi;
use witwright_resolver::Model;
use witwright_resolver::model::{Func, Type, TypeDefKind, TypeId};

use super::Build;

/// The layout of each type of a Model.
pub(super) fn layouts_of(model: &Model) -> BTreeMap<TypeId, TypeAbi> {
    let mut known = BTreeMap::new();
    // A type comes after its parts.
    for (id, _) in model.types.iter() {
        let ty = model.dealias(Type::Id(id));
        let layout =
            form(model, ty).layout(|index| part(model, ty, index).map(|part| abi_in(model, &known, part)), |_| ());
        known.insert(id, layout);
    }
    known
}

fn abi_in(model: &Model, known: &BTreeMap<TypeId, TypeAbi>, ty: Type) -> TypeAbi {
    ty.id().map_or_else(|| form(model, ty).layout(|_| None, |_| ()), |id| known[&id])
}

impl Build<'_> {
    /// The layouts of a function's parameters and result.
    pub(super) fn func_abi(&self, func: &Func) -> FuncAbi {
        let abi = |ty| abi_in(self.model, &self.layouts, ty);
        FuncAbi {
            params: TypeAbi::record(func.params.iter().map(|param| abi(param.ty.ty)), |_| ()),
            result: func.result.map_or(TypeAbi::UNIT, |result| abi(result.ty)),
        }
    }
}

/// The form of a type: its layout depends on this and on the layouts of its parts.
fn form(model: &Model, ty: Type) -> Form {
    match ty {
        Type::Bool | Type::S8 | Type::U8 => Form::ONE_BYTE,
        Type::S16 | Type::U16 => Form::TWO_BYTES,
        Type::S32 | Type::U32 | Type::Char => Form::FOUR_BYTES,
        Type::S64 | Type::U64 => Form::EIGHT_BYTES,
        Type::F32 => Form::F32,
        Type::F64 => Form::F64,
        Type::String => Form::POINTER_AND_LENGTH,
        Type::ErrorContext => Form::INDEX,
        Type::Id(id) => match &model.types[id].kind {
            TypeDefKind::Alias(_) => unreachable!("aliases are followed"),
            TypeDefKind::List(_, None) | TypeDefKind::Map(..) => Form::POINTER_AND_LENGTH,
            TypeDefKind::List(_, Some(len)) => Form::FixedList(*len),
            TypeDefKind::Record(fields) => Form::Record(fields.len()),
            TypeDefKind::Tuple(types) => Form::Record(types.len()),
            TypeDefKind::Variant(cases) => Form::Variant(cases.len()),
            TypeDefKind::Enum(labels) => Form::Variant(labels.len()),
            TypeDefKind::Option(_) => Form::OPTION,
            TypeDefKind::Result(..) => Form::RESULT,
            TypeDefKind::Flags(labels) => Form::flags(labels.len()),
            TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => Form::INDEX,
        },
    }
}

/// A part of a type's form. `None` if a case has no payload.
fn part(model: &Model, ty: Type, index: usize) -> Option<Type> {
    let Type::Id(id) = ty else { return None };
    let part = match &model.types[id].kind {
        TypeDefKind::List(element, Some(_)) => Some(*element),
        TypeDefKind::Record(fields) => Some(fields[index].ty),
        TypeDefKind::Tuple(types) => Some(types[index]),
        TypeDefKind::Variant(cases) => cases[index].ty,
        TypeDefKind::Option(some) => (index == 1).then_some(*some),
        TypeDefKind::Result(ok, err) => {
            if index == 0 {
                *ok
            } else {
                *err
            }
        }
        TypeDefKind::Alias(_)
        | TypeDefKind::List(_, None)
        | TypeDefKind::Map(..)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Resource
        | TypeDefKind::Own(_)
        | TypeDefKind::Borrow(_)
        | TypeDefKind::Future(_)
        | TypeDefKind::Stream(_) => None,
    };
    part.map(|part| part.ty)
}
