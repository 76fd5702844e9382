//! There is no `stream<char>` (`Explainer.md#asynchronous-value-types`).

use super::Check;
use crate::errors::types as errors;
use crate::model::{Type, TypeDefKind};

pub(super) fn check(cx: &mut Check<'_>) {
    for (_, ty) in cx.model.types.iter() {
        let TypeDefKind::Stream(Some(payload)) = &ty.kind else { continue };
        if let (Type::Char, Some(span)) = (cx.model.dealias(payload.ty), payload.span) {
            cx.diagnostics.push(errors::stream_of_char(span));
        }
    }
}
