//! `borrow<T>` may only appear in parameters.
//!
//! A borrow is valid until the call returns (`Explainer.md#handle-types`), so nothing that outlives the call may hold one:
//! results, and the payloads of streams and futures.

use alloc::vec;
use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::errors::types as errors;
use crate::model::{Model, Type, TypeDefKind, TypeRef};

pub(super) fn check(cx: &mut Check<'_>) {
    let borrows = borrows(cx.model);
    let find = |ty: &TypeRef| -> Option<(Span, Span)> {
        let Type::Id(id) = ty.ty else { return None };
        let span = ty.span?;
        borrows[id.index()].map(|borrow| (borrow, span))
    };
    let model = cx.model;
    for (_, ty) in model.types.iter() {
        let (payload, sort) = match &ty.kind {
            TypeDefKind::Stream(Some(payload)) => (payload, "stream"),
            TypeDefKind::Future(Some(payload)) => (payload, "future"),
            TypeDefKind::Stream(None)
            | TypeDefKind::Future(None)
            | TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..) => continue,
        };
        if let Some((borrow, place)) = find(payload) {
            cx.report(errors::borrow_in_stream(borrow, place, sort));
        }
    }
    for func in cx.funcs() {
        if let Some((borrow, place)) = func.result.as_ref().and_then(find) {
            cx.report(errors::borrow_in_result(borrow, place, &func.name));
        }
    }
}

/// The place of a borrow in each type, if there is one. A type comes behind those that it consists of, so that one
/// pass will do. What a stream or future carries is reported there, and nowhere else.
fn borrows(model: &Model) -> Vec<Option<Span>> {
    let mut found: Vec<Option<Span>> = vec![None; model.types.len()];
    for (id, ty) in model.types.iter() {
        let part = |ty: &TypeRef| match ty.ty {
            Type::Id(part) => found[part.index()],
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
            | Type::String
            | Type::ErrorContext => None,
        };
        found[id.index()] = match &ty.kind {
            TypeDefKind::Borrow(_) => ty.span,
            TypeDefKind::Alias(ty) | TypeDefKind::List(ty, _) | TypeDefKind::Option(ty) => part(ty),
            TypeDefKind::Record(fields) => fields.iter().find_map(|field| part(&field.ty)),
            TypeDefKind::Variant(cases) => cases.iter().filter_map(|case| case.ty.as_ref()).find_map(part),
            TypeDefKind::Tuple(types) => types.iter().find_map(part),
            TypeDefKind::Result(ok, err) => ok.iter().chain(err).find_map(part),
            TypeDefKind::Map(key, value) => part(key).or_else(|| part(value)),
            TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => None,
        };
    }
    found
}
