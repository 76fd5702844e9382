//! `borrow<T>` may only appear in parameters.
//!
//! A borrow is valid until the call returns (`Explainer.md#handle-types`), so values that outlive the call may not hold
//! one: results, and the payloads of streams and futures.

use witwright_front::Span;

use super::Check;
use super::contents::{Wanted, place, places};
use crate::errors::types as errors;
use crate::model::{TypeDefKind, TypeRef};

pub(super) fn check(cx: &mut Check<'_>) {
    let borrows = places(cx.model, Wanted::Borrow);
    let find = |ty: &TypeRef| -> Option<(Span, Span)> { Some((place(&borrows, ty)?, ty.span?)) };
    let model = cx.model;
    for (_, ty) in model.types.iter() {
        let (payload, sort) = if let TypeDefKind::Stream(Some(payload)) = &ty.kind {
            (payload, "stream")
        } else if let TypeDefKind::Future(Some(payload)) = &ty.kind {
            (payload, "future")
        } else {
            continue;
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
