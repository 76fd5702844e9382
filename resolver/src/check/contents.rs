//! The first borrow or handle in each type, for rules that forbid it.

use alloc::vec;
use alloc::vec::Vec;

use witwright_front::Span;

use crate::model::{Model, Type, TypeDefKind, TypeRef};

/// The parts that a rule looks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// `borrow<r>`
    Borrow,
    /// Types that are passed as handles: resources, streams, futures, error contexts.
    Handle,
}

/// The place of the wanted part in each type, by index. A type comes after those that it consists of, so that one pass
/// is enough. The payload of a stream or future is not a part in this sense.
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

/// The place of the wanted part in a referenced type.
pub(super) fn place(places: &[Option<Span>], ty: &TypeRef) -> Option<Span> {
    places[ty.ty.id()?.index()]
}
