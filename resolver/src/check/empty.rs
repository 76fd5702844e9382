//! Records, variants, enums, flags and tuples have contents (`WIT.md#item-typedef`).

use super::Check;
use crate::errors::types as errors;
use crate::model::TypeDefKind;

pub(super) fn check(cx: &mut Check<'_>) {
    for (id, ty) in cx.model.types.iter() {
        let (is_empty, sort, content) = match &ty.kind {
            TypeDefKind::Record(fields) => (fields.is_empty(), "record", "field"),
            TypeDefKind::Variant(cases) => (cases.is_empty(), "variant", "case"),
            TypeDefKind::Enum(labels) => (labels.is_empty(), "enum", "case"),
            TypeDefKind::Flags(labels) => (labels.is_empty(), "flags", "flag"),
            TypeDefKind::Tuple(types) => (types.is_empty() && Some(id) != cx.error, "tuple", "type"),
            TypeDefKind::Alias(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => continue,
        };
        if let (true, Some(span)) = (is_empty, ty.span) {
            cx.diagnostics.push(errors::empty_type(span, sort, ty.name.as_deref(), content));
        }
    }
}
