//! `flags` have at most 32 flags (`Explainer.md#specialized-value-types`).

use super::Check;
use crate::errors::types as errors;
use crate::model::TypeDefKind;

/// The number of flags in the one word that they are passed in.
const MAX_FLAGS: usize = 32;

pub(super) fn check(cx: &mut Check<'_>) {
    for (_, ty) in cx.model.types.iter() {
        let TypeDefKind::Flags(flags) = &ty.kind else { continue };
        let first_too_many = flags.get(MAX_FLAGS).and_then(|flag| flag.span);
        if let (Some(first_too_many), Some(span)) = (first_too_many, ty.span) {
            let name = ty.name.as_deref().unwrap_or_default();
            cx.diagnostics.push(errors::too_many_flags(name, span, first_too_many, flags.len()));
        }
    }
}
