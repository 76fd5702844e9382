//! A list of fixed length has at least one element (`Explainer.md#specialized-value-types`), a gated part of the language.

use super::Check;
use crate::errors::types as errors;
use crate::model::TypeDefKind;

pub(super) fn check(cx: &mut Check<'_>) {
    for (_, ty) in cx.model.types.iter() {
        if let (TypeDefKind::List(_, Some(0)), Some(span)) = (&ty.kind, ty.span) {
            cx.diagnostics.push(errors::length_of_zero(span));
        }
    }
}
