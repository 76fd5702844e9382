//! A function of a resource does not have the name of the resource (`Explainer.md#name-uniqueness`): `[method]r.r` is
//! `r`.

use alloc::collections::BTreeSet;

use super::Check;
use crate::errors::types as errors;
use crate::model::FuncKind;

pub(super) fn check(cx: &mut Check<'_>) {
    let mut reported = BTreeSet::new();
    for func in cx.funcs() {
        let resource = match func.kind {
            FuncKind::Method(resource) | FuncKind::Static(resource) => resource,
            FuncKind::Free | FuncKind::Constructor(_) => continue,
        };
        let definition = &cx.model.types[resource];
        let name = definition.name.as_deref().unwrap_or_default();
        if let (true, Some(span)) = (same(&func.name, name), func.span)
            && reported.insert(resource)
        {
            cx.report(errors::method_named_like_resource(span, definition.span, name));
        }
    }
}

/// Whether two names are equal without case and hyphens.
fn same(a: &str, b: &str) -> bool {
    let letters = |name| str::bytes(name).filter(|byte| *byte != b'-').map(|byte| byte.to_ascii_lowercase());
    letters(a).eq(letters(b))
}
