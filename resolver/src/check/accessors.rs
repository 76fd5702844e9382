//! Getters and setters (`WIT.md#getters-and-setters`), a gated part of the language: a getter gives a value, a setter takes one and
//! gives nothing but an error, and each setter has a getter.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::errors::types::{self as errors, AccessorRule};
use crate::model::{Accessor, Func, FuncKind, Type, TypeDefKind, TypeId, WorldItem, WorldItemKind};

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
            cx.report(errors::accessor_type(place, &func.name, rule));
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
    let setters = || funcs.iter().copied().filter(|func| func.accessor == Some(Accessor::Set));
    for (index, setter) in setters().enumerate() {
        let getters = || funcs.iter().copied().filter(|func| func.accessor == Some(Accessor::Get));
        let has_getter = getters().any(|getter| getter.kind == setter.kind && getter.name == setter.name);
        // Of two setters, that they are two is said elsewhere.
        let is_second =
            setters().take(index).any(|other| other.name == setter.name && resource(other) == resource(setter));
        if let (false, false, Some(span)) = (has_getter, is_second, setter.span) {
            let near = getters().find_map(|getter| Some((getter.span?, disagreement(getter, setter)?)));
            cx.report(errors::setter_without_getter(span, &setter.name, near));
        }
    }
}

fn resource(func: &Func) -> Option<TypeId> {
    match func.kind {
        FuncKind::Method(resource) | FuncKind::Static(resource) | FuncKind::Constructor(resource) => Some(resource),
        FuncKind::Free => None,
    }
}

/// Why a getter that was meant for a setter is not its getter.
fn disagreement(getter: &Func, setter: &Func) -> Option<String> {
    if resource(getter) != resource(setter) {
        return None;
    }
    let letters = |name: &str| name.replace('-', "").to_ascii_lowercase();
    if getter.name == setter.name {
        let is_static = matches!(getter.kind, FuncKind::Static(_));
        return Some(if is_static { "this getter is `static`" } else { "this getter is not `static`" }.to_string());
    }
    (letters(&getter.name) == letters(&setter.name)).then(|| format!("this getter is called `{}`", getter.name))
}

/// The rule that an accessor breaks, and where.
fn broken_rule(cx: &Check<'_>, func: &Func, accessor: Accessor, span: Span) -> Option<(Span, AccessorRule)> {
    let self_params = usize::from(matches!(func.kind, FuncKind::Method(_)));
    let params = func.params.get(self_params..).unwrap_or_default();
    match accessor {
        Accessor::Get => {
            if let Some(param) = params.first() {
                return Some((param.span.unwrap_or(span), AccessorRule::GetterTakesNothing));
            }
            func.result.is_none().then_some((span, AccessorRule::GetterGives))
        }
        Accessor::Set => {
            if params.len() != 1 {
                let place = params.get(1).and_then(|param| param.span).unwrap_or(span);
                return Some((place, AccessorRule::SetterTakesOne));
            }
            let result = func.result?;
            let fits = cx.is_error(result.ty)
                || matches!(cx.model.dealias(result.ty), Type::Id(id)
                    if matches!(cx.model.types[id].kind, TypeDefKind::Result(None, _)));
            (!fits).then_some((result.span.unwrap_or(span), AccessorRule::SetterGivesNothing))
        }
    }
}
