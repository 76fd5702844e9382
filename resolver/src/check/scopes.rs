//! The scopes in which names must differ (`Explainer.md#name-uniqueness`).

use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::model::{Func, FuncKind, Model, TypeDefKind, WorldItem, WorldItemKind, WorldKey};

/// A name in a scope.
pub(super) struct Entry {
    /// As a person would say it.
    pub(super) name: String,
    /// As a component spells it, with annotations.
    pub(super) extern_name: String,
    /// `field`, `type` and so on.
    pub(super) sort: &'static str,
    pub(super) span: Span,
}

/// Calls `scope` with the names of each package, in the order of their places.
pub(super) fn each_package(cx: &Check<'_>, scope: &mut dyn FnMut(&[Entry])) {
    let model = cx.model;
    for (_, package) in model.packages.iter() {
        let interfaces = package.interfaces.iter().map(|id| (&model.interfaces[*id].name, model.interfaces[*id].span));
        let mut entries: Vec<Entry> =
            interfaces.filter_map(|(name, span)| entry(name.as_deref()?, "interface", span)).collect();
        let worlds = package.worlds.iter().map(|id| &model.worlds[*id]);
        entries.extend(worlds.filter_map(|world| entry(&world.name, "world", world.span)));
        run(scope, entries);
    }
}

/// Calls `scope` with the names of each other scope, in the order of their places.
pub(super) fn each(cx: &Check<'_>, scope: &mut dyn FnMut(&[Entry])) {
    let model = cx.model;
    for (_, interface) in model.interfaces.iter() {
        let types = interface.types.iter().map(|id| &model.types[*id]);
        let mut entries: Vec<Entry> =
            types.filter_map(|ty| entry(ty.name.as_deref().unwrap_or_default(), "type", ty.span)).collect();
        entries.extend(interface.funcs.iter().filter_map(|func| func_entry(model, func)));
        run(scope, entries);
    }
    for (_, world) in model.worlds.iter() {
        for items in [&world.imports, &world.exports] {
            run(scope, items.iter().filter_map(|item| item_entry(model, item)).collect());
        }
    }
    for (_, ty) in model.types.iter() {
        run(scope, part_entries(&ty.kind));
    }
    for func in cx.funcs() {
        run(scope, func.params.iter().filter_map(|param| entry(&param.name, "parameter", param.span)).collect());
    }
}

fn run(scope: &mut dyn FnMut(&[Entry]), mut entries: Vec<Entry>) {
    // A name that could not be read is empty.
    entries.retain(|entry| !entry.name.is_empty());
    if entries.len() > 1 {
        entries.sort_by_key(|entry| entry.span);
        scope(&entries);
    }
}

fn part_entries(kind: &TypeDefKind) -> Vec<Entry> {
    match kind {
        TypeDefKind::Record(fields) => {
            fields.iter().filter_map(|field| entry(&field.name, "field", field.span)).collect()
        }
        TypeDefKind::Variant(cases) => cases.iter().filter_map(|case| entry(&case.name, "case", case.span)).collect(),
        TypeDefKind::Enum(labels) => labels.iter().filter_map(|label| entry(&label.name, "case", label.span)).collect(),
        TypeDefKind::Flags(labels) => {
            labels.iter().filter_map(|label| entry(&label.name, "flag", label.span)).collect()
        }
        TypeDefKind::Alias(_)
        | TypeDefKind::Resource
        | TypeDefKind::Own(_)
        | TypeDefKind::Borrow(_)
        | TypeDefKind::Tuple(_)
        | TypeDefKind::List(..)
        | TypeDefKind::Option(_)
        | TypeDefKind::Result(..)
        | TypeDefKind::Map(..)
        | TypeDefKind::Future(_)
        | TypeDefKind::Stream(_) => Vec::new(),
    }
}

fn entry(name: &str, sort: &'static str, span: Option<Span>) -> Option<Entry> {
    Some(Entry { name: name.into(), extern_name: name.into(), sort, span: span? })
}

fn func_entry(model: &Model, func: &Func) -> Option<Entry> {
    let sort = match func.kind {
        FuncKind::Free => "function",
        FuncKind::Method(_) => "method",
        FuncKind::Static(_) => "static function",
        FuncKind::Constructor(resource) => {
            let name = model.types[resource].name.clone().unwrap_or_default();
            return Some(Entry {
                name,
                extern_name: func.extern_name(model),
                sort: "constructor of",
                span: func.span?,
            });
        }
    };
    Some(Entry { name: func.name.clone(), extern_name: func.extern_name(model), sort, span: func.span? })
}

/// Interfaces of packages have names that no plain name collides with.
fn item_entry(model: &Model, item: &WorldItem) -> Option<Entry> {
    match (&item.kind, &item.key) {
        (_, WorldKey::Interface(_)) => None,
        (WorldItemKind::Func(func), WorldKey::Name(_)) => func_entry(model, func),
        (WorldItemKind::Interface { .. }, WorldKey::Name(name)) => entry(name, "interface", item.span),
        (WorldItemKind::Type(_), WorldKey::Name(name)) => entry(name, "type", item.span),
    }
}
