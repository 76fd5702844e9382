//! What types consist of, as far as rules ask: where in each type the first of some parts is.

use alloc::vec;
use alloc::vec::Vec;

use witwright_front::Span;

use crate::model::{Model, Type, TypeDefKind, TypeRef};

/// Parts that a rule looks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// `borrow<r>`
    Borrow,
    /// Whatever is passed as a handle: resources, streams, futures, error contexts.
    Handle,
}

/// Where each type has what is wanted, by index. A type comes behind those that it consists of, so that one pass will do.
/// What a stream or future carries is not in it.
pub(super) fn places(model: &Model, wanted: Wanted) -> Vec<Option<Span>> {
    let mut found: Vec<Option<Span>> = vec![None; model.types.len()];
    for (id, ty) in model.types.iter() {
        let part = |part: &TypeRef| match part.ty {
            Type::Id(id) => found[id.index()],
            Type::ErrorContext => part.span.filter(|_| wanted == Wanted::Handle),
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
            | Type::String => None,
        };
        found[id.index()] = match &ty.kind {
            TypeDefKind::Borrow(_) => ty.span,
            TypeDefKind::Own(_) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => {
                ty.span.filter(|_| wanted == Wanted::Handle)
            }
            TypeDefKind::Alias(ty) | TypeDefKind::List(ty, _) | TypeDefKind::Option(ty) => part(ty),
            TypeDefKind::Record(fields) => fields.iter().find_map(|field| part(&field.ty)),
            TypeDefKind::Variant(cases) => cases.iter().filter_map(|case| case.ty.as_ref()).find_map(part),
            TypeDefKind::Tuple(types) => types.iter().find_map(part),
            TypeDefKind::Result(ok, err) => ok.iter().chain(err).find_map(part),
            TypeDefKind::Map(key, value) => part(key).or_else(|| part(value)),
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) | TypeDefKind::Resource => None,
        };
    }
    found
}

/// Where a type that is referred to has what is wanted.
pub(super) fn place(places: &[Option<Span>], ty: &TypeRef) -> Option<Span> {
    if let Type::Id(id) = ty.ty { places[id.index()] } else { None }
}
