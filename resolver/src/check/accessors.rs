//! Getters and setters (`Binary.md#import-and-export-definitions`), a gated part of the language: a getter returns a
//! value, a setter takes a value of that type and returns nothing or an error, and each setter has a getter.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::equality::Equality;
use crate::errors::types::{self as errors, AccessorRule};
use crate::model::{Accessor, Func, FuncKind, Param, Type, TypeDefKind, TypeId, TypeRef, WorldItem, WorldItemKind};

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
        let own_getter = getters().find(|getter| getter.kind == setter.kind && getter.name == setter.name);
        if let Some(getter) = own_getter {
            same_property(cx, getter, setter);
            continue;
        }
        // Two setters of one property are reported as duplicates.
        let is_second = setters()
            .take(index)
            .any(|other| other.name == setter.name && other.kind.resource() == setter.kind.resource());
        if let (false, Some(span)) = (is_second, setter.span) {
            let near = getters().find_map(|getter| Some((getter.span?, disagreement(getter, setter)?)));
            cx.report(errors::setter_without_getter(span, &setter.name, near));
        }
    }
}

/// Checks that a setter takes the type that its getter returns.
fn same_property(cx: &mut Check<'_>, getter: &Func, setter: &Func) {
    let (Some(given), Some(param)) = (property(cx, getter), own_params(setter).first()) else { return };
    if cx.is_error(given) || cx.is_error(param.ty.ty) {
        return;
    }
    let same_resource = |a: TypeId, b: TypeId| a == b;
    let equality = Equality::new(cx.model, cx.model, &same_resource);
    if let (Err(difference), Some(place), Some(getter)) =
        (equality.types(given, param.ty.ty), param.ty.span, getter.span)
    {
        cx.report(errors::setter_takes_other(place, getter, &difference.between("the getter", "the setter")));
    }
}

/// The type of the property that a getter reads: its result, or the value in a `result`.
fn property(cx: &Check<'_>, getter: &Func) -> Option<Type> {
    let given = getter.result?.ty;
    match result_parts(cx, given) {
        Some((value, _)) => value.map(|value| value.ty),
        None => Some(given),
    }
}

/// The value and the error of a `result`.
fn result_parts(cx: &Check<'_>, ty: Type) -> Option<(Option<TypeRef>, Option<TypeRef>)> {
    let Type::Id(id) = cx.model.dealias(ty) else { return None };
    let TypeDefKind::Result(value, error) = cx.model.types[id].kind else { return None };
    Some((value, error))
}

/// The parameters without `self`.
fn own_params(func: &Func) -> &[Param] {
    let self_params = usize::from(matches!(func.kind, FuncKind::Method(_)));
    func.params.get(self_params..).unwrap_or_default()
}

/// The reason why a getter that seems meant for a setter is not its getter.
fn disagreement(getter: &Func, setter: &Func) -> Option<String> {
    if getter.kind.resource() != setter.kind.resource() {
        return None;
    }
    let letters = |name: &str| name.replace('-', "").to_ascii_lowercase();
    if getter.name == setter.name {
        let is_static = matches!(getter.kind, FuncKind::Static(_));
        return Some(if is_static { "this getter is `static`" } else { "this getter is not `static`" }.to_string());
    }
    (letters(&getter.name) == letters(&setter.name)).then(|| format!("this getter is called `{}`", getter.name))
}

/// The rule that an accessor breaks, and the place.
fn broken_rule(cx: &Check<'_>, func: &Func, accessor: Accessor, span: Span) -> Option<(Span, AccessorRule)> {
    let params = own_params(func);
    match accessor {
        Accessor::Get => {
            if let Some(param) = params.first() {
                return Some((param.span.unwrap_or(span), AccessorRule::GetterTakesNothing));
            }
            let Some(result) = func.result else { return Some((span, AccessorRule::GetterGives)) };
            let gives_nothing = matches!(result_parts(cx, result.ty), Some((None, _)));
            gives_nothing.then_some((result.span.unwrap_or(span), AccessorRule::GetterResultGives))
        }
        Accessor::Set => {
            if params.len() != 1 {
                let place = params.get(1).and_then(|param| param.span).unwrap_or(span);
                return Some((place, AccessorRule::SetterTakesOne));
            }
            let result = func.result?;
            let fits = cx.is_error(result.ty) || matches!(result_parts(cx, result.ty), Some((None, _)));
            (!fits).then_some((result.span.unwrap_or(span), AccessorRule::SetterGivesNothing))
        }
    }
}
