//! Layouts of the Model's types: their forms and parts. The ABI runtime does the rest.

use alloc::vec::Vec;

use witwright_abi_runtime::flatten::FuncAbi;
use witwright_abi_runtime::form::Form;
use witwright_abi_runtime::layout::TypeAbi;

use crate::model::{Func, Model, Type, TypeDefKind};

/// The layout of each type of a Model.
#[derive(Clone, Debug)]
pub struct Layouts {
    /// By the index of the type.
    list: Vec<TypeAbi>,
    /// The form of strings, lists and maps.
    pointers: Form,
}

impl Layouts {
    /// Lays out all types of a Model.
    #[must_use]
    pub fn new(model: &Model) -> Layouts {
        Layouts::with_pointers(model, Form::POINTER_AND_LENGTH)
    }

    /// As [`Layouts::new`], in a memory with addresses of 64 bits.
    pub(crate) fn wide(model: &Model) -> Layouts {
        Layouts::with_pointers(model, Form::WIDE_POINTER_AND_LENGTH)
    }

    fn with_pointers(model: &Model, pointers: Form) -> Layouts {
        let mut layouts = Layouts { list: Vec::with_capacity(model.types.len()), pointers };
        // A type comes after its parts.
        for (_, ty) in model.types.iter() {
            let part = |index| part(&ty.kind, index).map(|part| layouts.of(part));
            layouts.list.push(form(&ty.kind, pointers).layout(part, |_| ()));
        }
        layouts
    }

    /// The layout of a type.
    #[must_use]
    pub fn of(&self, ty: Type) -> TypeAbi {
        let form = match ty {
            Type::Bool | Type::S8 | Type::U8 => Form::ONE_BYTE,
            Type::S16 | Type::U16 => Form::TWO_BYTES,
            Type::S32 | Type::U32 | Type::Char => Form::FOUR_BYTES,
            Type::S64 | Type::U64 => Form::EIGHT_BYTES,
            Type::F32 => Form::F32,
            Type::F64 => Form::F64,
            Type::String => self.pointers,
            Type::ErrorContext => Form::INDEX,
            Type::Id(id) => return self.list[id.index()],
        };
        form.layout(|_| None, |_| ())
    }

    /// The layouts of a function's parameters and result, by which `flatten::FuncAbi` decides on its core type.
    #[must_use]
    pub fn of_func(&self, func: &Func) -> FuncAbi {
        FuncAbi {
            params: TypeAbi::record(func.params.iter().map(|param| self.of(param.ty.ty)), |_| ()),
            result: func.result.map_or(TypeAbi::UNIT, |result| self.of(result.ty)),
        }
    }
}

/// The form of a type: its layout depends on this and on the layouts of its parts.
fn form(kind: &TypeDefKind, pointers: Form) -> Form {
    match kind {
        // Its layout is that of its only part.
        TypeDefKind::Alias(_) => Form::Record(1),
        TypeDefKind::List(_, None) | TypeDefKind::Map(..) => pointers,
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
    }
}

/// A part of a type's form. `None` if a case has no payload.
fn part(kind: &TypeDefKind, index: usize) -> Option<Type> {
    let part = match kind {
        TypeDefKind::Alias(target) => Some(*target),
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
        TypeDefKind::List(_, None)
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
