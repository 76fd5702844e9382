//! The values of a map hold no handles.
//!
//! If two values have one key, bindings may drop one of them (`Explainer.md#specialized-value-types`), and a handle
//! must not be lost. The specification does not state this rule, but validators of components have it, so no component
//! could use such a map.

use super::Check;
use super::contents::{Wanted, place, places};
use crate::errors::types as errors;
use crate::model::{Type, TypeDefKind};

pub(super) fn check(cx: &mut Check<'_>) {
    let handles = places(cx.model, Wanted::Handle);
    for (_, ty) in cx.model.types.iter() {
        let TypeDefKind::Map(_, value) = &ty.kind else { continue };
        let handle = if value.ty == Type::ErrorContext { value.span } else { place(&handles, value) };
        if let (Some(handle), Some(span)) = (handle, value.span) {
            cx.report(errors::map_value(handle, span));
        }
    }
}
