//! Getters and setters (`WIT.md#getters-and-setters`), a gated part of the language: a getter gives a value, a setter takes one and
//! gives nothing but an error, and each setter has a getter.

use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::errors::types as errors;
use crate::model::{Accessor, Func, FuncKind, Type, TypeDefKind, WorldItem, WorldItemKind};

pub(super) fn check(cx: &mut Check<'_>) {
    let model = cx.model;
    for (_, interface) in model.interfaces.iter() {
        pairs(cx, &interface.funcs.iter().collect::<Vec<&Func>>());
    }
    for (_, world) in model.worlds.iter() {
        for items in [&world.imports, &world.exports] {
            pairs(cx, &items.iter().filter_map(func).collect::<Vec<&Func>>());
        }
    }
    for func in cx.funcs() {
        let (Some(accessor), Some(span)) = (func.accessor, func.span) else { continue };
        if let Some((place, rule)) = broken_rule(cx, func, accessor, span) {
            cx.report(errors::accessor_type(place, rule));
        }
    }
}

fn func(item: &WorldItem) -> Option<&Func> {
    match &item.kind {
        WorldItemKind::Func(func) => Some(func),
        WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
    }
}

fn pairs(cx: &mut Check<'_>, funcs: &[&Func]) {
    for setter in funcs.iter().filter(|func| func.accessor == Some(Accessor::Set)) {
        let is_getter =
            |func: &&Func| func.accessor == Some(Accessor::Get) && func.kind == setter.kind && func.name == setter.name;
        if let (false, Some(span)) = (funcs.iter().copied().any(|func| is_getter(&func)), setter.span) {
            cx.report(errors::setter_without_getter(span, &setter.name));
        }
    }
}

/// The rule that an accessor breaks, and where.
fn broken_rule(cx: &Check<'_>, func: &Func, accessor: Accessor, span: Span) -> Option<(Span, &'static str)> {
    let self_params = usize::from(matches!(func.kind, FuncKind::Method(_)));
    let params = func.params.get(self_params..).unwrap_or_default();
    match accessor {
        Accessor::Get => {
            if let Some(param) = params.first() {
                return Some((param.span.unwrap_or(span), "a getter has no parameters"));
            }
            func.result.is_none().then_some((span, "a getter has a result"))
        }
        Accessor::Set => {
            if params.len() != 1 {
                let place = params.get(1).and_then(|param| param.span).unwrap_or(span);
                return Some((place, "a setter has one parameter"));
            }
            let result = func.result?;
            let fits = cx.is_error(result.ty)
                || matches!(cx.model.dealias(result.ty), Type::Id(id)
                    if matches!(cx.model.types[id].kind, TypeDefKind::Result(None, _)));
            (!fits).then_some((result.span.unwrap_or(span), "a setter has no result, or a `result` without a value"))
        }
    }
}
