//! The scopes in which names must differ (`Explainer.md#name-uniqueness`).

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::model::{Func, FuncKind, Model, TypeDefKind, WorldItem, WorldItemKind, WorldKey};

/// A name in a scope.
#[derive(Clone, Debug)]
pub(super) struct Entry<'m> {
    /// As a person would say it.
    pub(super) name: &'m str,
    /// As a component spells it, with annotations.
    pub(super) extern_name: Cow<'m, str>,
    /// `field`, `type` and so on.
    pub(super) sort: &'static str,
    pub(super) span: Span,
}

/// Two names in one scope that are one to a component, in the order of their places.
pub(super) struct Conflict<'m> {
    pub(super) first: Entry<'m>,
    pub(super) second: Entry<'m>,
    /// Whether the scope is a package.
    pub(super) in_package: bool,
}

/// Every conflict of names in a Model.
pub(super) fn conflicts<'m>(cx: &Check<'m>) -> Vec<Conflict<'m>> {
    let model = cx.model;
    let mut found = Vec::new();
    for (_, package) in model.packages.iter() {
        let interfaces = package.interfaces.iter().map(|id| &model.interfaces[*id]);
        let interfaces =
            interfaces.filter_map(|interface| entry(interface.name.as_deref()?, "interface", interface.span));
        let worlds = package.worlds.iter().map(|id| &model.worlds[*id]);
        let worlds = worlds.filter_map(|world| entry(&world.name, "world", world.span));
        scope(interfaces.chain(worlds), true, &mut found);
    }
    for (_, interface) in model.interfaces.iter() {
        let types = interface.types.iter().map(|id| &model.types[*id]);
        let types = types.filter_map(|ty| entry(ty.name.as_deref()?, "type", ty.span));
        let funcs = interface.funcs.iter().filter_map(|func| func_entry(model, func));
        scope(types.chain(funcs), false, &mut found);
    }
    for (_, world) in model.worlds.iter() {
        for items in [&world.imports, &world.exports] {
            scope(items.iter().filter_map(|item| item_entry(model, item)), false, &mut found);
        }
    }
    for (_, ty) in model.types.iter() {
        parts(&ty.kind, &mut found);
    }
    for func in cx.funcs() {
        let params = func.params.iter().filter_map(|param| entry(&param.name, "parameter", param.span));
        scope(params, false, &mut found);
    }
    found
}

/// Compares the names of one scope.
fn scope<'m>(entries: impl Iterator<Item = Entry<'m>>, in_package: bool, found: &mut Vec<Conflict<'m>>) {
    // A name that could not be read is empty.
    let mut entries: Vec<Entry<'m>> = entries.filter(|entry| !entry.name.is_empty()).collect();
    if entries.len() < 2 {
        return;
    }
    entries.sort_by_key(|entry| entry.span);
    let mut firsts: BTreeMap<String, Entry<'m>> = BTreeMap::new();
    for entry in entries {
        let first = firsts.entry(canonical(&entry.extern_name)).or_insert_with(|| entry.clone());
        if first.span != entry.span {
            found.push(Conflict { first: first.clone(), second: entry, in_package });
        }
    }
}

/// What a component compares names by. Annotations count as far as a component tells names apart by them: `[constructor]r`
/// and `r` differ, as do `[set]p` and `p`; `[method]r.f` and `[static]r.f` do not, nor do `[get]p` and `p`. That
/// `[method]r.r` is `r` is a rule of its own.
fn canonical(extern_name: &str) -> String {
    let mut rest = extern_name;
    let mut kept = String::with_capacity(extern_name.len());
    while let Some((annotation, name)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if matches!(annotation, "constructor" | "set") {
            kept.push_str(annotation);
            kept.push(' ');
        }
        rest = name;
    }
    kept.extend(rest.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()));
    kept
}

/// The fields, cases or flags of a type.
fn parts<'m>(kind: &'m TypeDefKind, found: &mut Vec<Conflict<'m>>) {
    match kind {
        TypeDefKind::Record(fields) => {
            scope(fields.iter().filter_map(|field| entry(&field.name, "field", field.span)), false, found);
        }
        TypeDefKind::Variant(cases) => {
            scope(cases.iter().filter_map(|case| entry(&case.name, "case", case.span)), false, found);
        }
        TypeDefKind::Enum(labels) => {
            scope(labels.iter().filter_map(|label| entry(&label.name, "case", label.span)), false, found);
        }
        TypeDefKind::Flags(labels) => {
            scope(labels.iter().filter_map(|label| entry(&label.name, "flag", label.span)), false, found);
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
        | TypeDefKind::Stream(_) => {}
    }
}

fn entry<'m>(name: &'m str, sort: &'static str, span: Option<Span>) -> Option<Entry<'m>> {
    Some(Entry { name, extern_name: Cow::Borrowed(name), sort, span: span? })
}

fn func_entry<'m>(model: &'m Model, func: &'m Func) -> Option<Entry<'m>> {
    let (name, sort) = match func.kind {
        FuncKind::Free if func.accessor.is_none() => return entry(&func.name, "function", func.span),
        FuncKind::Free => (func.name.as_str(), "property"),
        FuncKind::Method(_) => (func.name.as_str(), "method"),
        FuncKind::Static(_) => (func.name.as_str(), "static function"),
        FuncKind::Constructor(resource) => {
            (model.types[resource].name.as_deref().unwrap_or_default(), "constructor of")
        }
    };
    Some(Entry { name, extern_name: Cow::Owned(func.extern_name(model)), sort, span: func.span? })
}

/// Interfaces of packages have names that no plain name collides with.
fn item_entry<'m>(model: &'m Model, item: &'m WorldItem) -> Option<Entry<'m>> {
    match (&item.kind, &item.key) {
        (_, WorldKey::Interface(_)) => None,
        (WorldItemKind::Func(func), WorldKey::Name(_)) => func_entry(model, func),
        (WorldItemKind::Interface { .. }, WorldKey::Name(name)) => entry(name, "interface", item.span),
        (WorldItemKind::Type(_), WorldKey::Name(name)) => entry(name, "type", item.span),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn case_hyphens_and_most_annotations_do_not_count() {
        assert_eq!(canonical("foo-bar"), canonical("FOOB-ar"));
        assert_eq!(canonical("[method]a.b"), canonical("[static]a.b"));
        assert_eq!(canonical("[get]p"), canonical("p"));
        assert_ne!(canonical("[constructor]r"), canonical("r"));
        assert_ne!(canonical("[get]p"), canonical("[set]p"));
    }
}
