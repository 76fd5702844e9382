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
        let has_handles = wanted == Wanted::Handle;
        let part = |part: TypeRef| match part.ty.id() {
            Some(id) => found[id.index()],
            None => part.span.filter(|_| has_handles && part.ty == Type::ErrorContext),
        };
        found[id.index()] = match &ty.kind {
            TypeDefKind::Borrow(_) => ty.span,
            TypeDefKind::Own(_) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => ty.span.filter(|_| has_handles),
            TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..) => ty.kind.parts().find_map(part),
        };
    }
    found
}

/// Where a type that is referred to has what is wanted.
pub(super) fn place(places: &[Option<Span>], ty: &TypeRef) -> Option<Span> {
    places[ty.ty.id()?.index()]
}
