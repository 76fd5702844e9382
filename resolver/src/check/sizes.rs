//! The values of a type have a size that a memory can hold.
//!
//! The specification does not state this rule, but validators of components have it, so no component could use such a type. They
//! count addresses of 64 bits, whatever the memory has.

use witwright_abi_runtime::layout::MAX_VALUE_BYTES;

use super::Check;
use crate::errors::types as errors;
use crate::layouts::Layouts;
use crate::model::Type;

pub(super) fn check(cx: &mut Check<'_>) {
    let layouts = Layouts::wide(cx.model);
    let is_large = |ty| layouts.of(ty).size > MAX_VALUE_BYTES;
    for (id, ty) in cx.model.types.iter() {
        // Of types that consist of each other, the first one is reported.
        if let Some(span) = ty.span
            && is_large(Type::Id(id))
            && !ty.kind.parts().any(|part| is_large(part.ty))
        {
            cx.report(errors::too_large(span, ty.name.as_deref(), MAX_VALUE_BYTES));
        }
    }
}
