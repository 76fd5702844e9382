//! The keys of a map are of simple types that can be compared (`Explainer.md#specialized-value-types`).

use super::Check;
use crate::errors::types as errors;
use crate::model::{Type, TypeDefKind};

pub(super) fn check(cx: &mut Check<'_>) {
    for (_, ty) in cx.model.types.iter() {
        let TypeDefKind::Map(key, _) = &ty.kind else { continue };
        let fits = match cx.model.dealias(key.ty) {
            Type::Bool
            | Type::S8
            | Type::U8
            | Type::S16
            | Type::U16
            | Type::S32
            | Type::U32
            | Type::S64
            | Type::U64
            | Type::Char
            | Type::String => true,
            Type::F32 | Type::F64 | Type::ErrorContext => false,
            Type::Id(id) => Some(id) == cx.error,
        };
        if let (false, Some(span)) = (fits, key.span) {
            cx.diagnostics.push(errors::map_key(span));
        }
    }
}
