//! The scopes in which names must differ (`Explainer.md#name-uniqueness`).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use witwright_front::Span;

use super::Check;
use crate::misspelt::Misspelt;
use crate::model::{Accessor, Func, FuncKind, Model, TypeDefKind, TypeId, WorldItem, WorldItemKind, WorldKey};

/// A name in a scope.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'m> {
    /// The name in messages.
    pub(super) name: &'m str,
    /// The part of the prefix in a component that tells names apart.
    prefix: Prefix<'m>,
    /// Its sort, such as `field` or `type`.
    pub(super) sort: &'static str,
    pub(super) span: Span,
}

/// Two names in one scope that are equal to a component, in the order of their places; but one that is misspelt is the second.
pub(super) struct Conflict<'m> {
    pub(super) first: Entry<'m>,
    pub(super) second: Entry<'m>,
    /// Whether the scope is a package.
    pub(super) in_package: bool,
}

/// The prefix of a function's name in a component. It holds only those annotations by which a component tells names
/// apart: `[constructor]r` and `r` differ, as do `[set]p` and `p`; `[method]r.f` and `[static]r.f` do not, nor do
/// `[get]p` and `p`. That `[method]r.r` equals `r` is a rule of its own.
#[derive(Clone, Copy, Default, Debug)]
struct Prefix<'m> {
    annotation: &'static str,
    resource: &'m str,
}

/// Every conflict of names in a Model.
pub(super) fn conflicts<'m>(cx: &Check<'m>) -> Vec<Conflict<'m>> {
    let model = cx.model;
    let mut found = Found { misspelt: cx.misspelt, conflicts: Vec::new(), hashes: Vec::new() };
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
        members(&ty.kind, &mut found);
    }
    for func in cx.funcs() {
        let params = func.params.iter().filter_map(|param| entry(&param.name, "parameter", param.span));
        scope(params, false, &mut found);
    }
    found.conflicts
}

/// The conflicts found so far.
struct Found<'m> {
    misspelt: &'m Misspelt,
    conflicts: Vec<Conflict<'m>>,
    /// Hashes of the names of one scope; kept to reuse the memory.
    hashes: Vec<u64>,
}

/// Compares the names of one scope.
fn scope<'m>(entries: impl Iterator<Item = Entry<'m>> + Clone, in_package: bool, found: &mut Found<'m>) {
    // A name that could not be read is empty.
    let entries = entries.filter(|entry| !entry.name.is_empty());
    if !may_conflict(entries.clone(), &mut found.hashes) {
        return;
    }
    let mut entries: Vec<Entry<'m>> = entries.collect();
    // A name that is misspelt must not hide a conflict of two that are not.
    entries.sort_by_key(|entry| (found.misspelt.has(entry.span), entry.span));
    let mut firsts: BTreeMap<Vec<u8>, Entry<'m>> = BTreeMap::new();
    for entry in entries {
        let first = *firsts.entry(canonical(&entry).collect()).or_insert(entry);
        if first.span != entry.span {
            found.conflicts.push(Conflict { first, second: entry, in_package });
        }
    }
}

/// Whether two of the names may be equal: names with different hashes differ, and in nearly every scope all hashes do.
fn may_conflict<'m>(entries: impl Iterator<Item = Entry<'m>>, hashes: &mut Vec<u64>) -> bool {
    hashes.clear();
    hashes.extend(entries.map(|entry| hash(&entry)));
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair[0] == pair[1])
}

/// A hash of the canonical form of a name.
fn hash(entry: &Entry<'_>) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    canonical(entry).fold(0, |hash: u64, byte| (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(FACTOR))
}

/// The form in which a component compares names: without hyphens and upper case.
fn canonical<'m>(entry: &Entry<'m>) -> impl Iterator<Item = u8> + use<'m> {
    let Entry { name, prefix: Prefix { annotation, resource }, .. } = *entry;
    let dot = if resource.is_empty() { "" } else { "." };
    let letters = [annotation, resource, dot, name].into_iter().flat_map(str::bytes);
    letters.filter(|byte| *byte != b'-').map(|byte| byte.to_ascii_lowercase())
}

/// The fields, cases or flags of a type.
fn members<'m>(kind: &'m TypeDefKind, found: &mut Found<'m>) {
    if let Some(sort) = kind.member_sort() {
        scope(kind.members().filter_map(|member| entry(member.name, sort, member.span)), false, found);
    }
}

fn entry<'m>(name: &'m str, sort: &'static str, span: Option<Span>) -> Option<Entry<'m>> {
    Some(Entry { name, prefix: Prefix::default(), sort, span: span? })
}

fn func_entry<'m>(model: &'m Model, func: &'m Func) -> Option<Entry<'m>> {
    let resource = |id: TypeId| model.types[id].name.as_deref().unwrap_or_default();
    let (name, resource, sort) = match func.kind {
        FuncKind::Free if func.accessor.is_none() => (func.name.as_str(), "", "function"),
        FuncKind::Free => (func.name.as_str(), "", "the property or function"),
        FuncKind::Method(id) => (func.name.as_str(), resource(id), "method"),
        FuncKind::Static(id) => (func.name.as_str(), resource(id), "static function"),
        FuncKind::Constructor(id) => (resource(id), "", "constructor of"),
    };
    let annotation = match (func.kind, func.accessor) {
        (FuncKind::Constructor(_), _) => "[constructor]",
        (_, Some(Accessor::Set)) => "[set]",
        (_, Some(Accessor::Get) | None) => "",
    };
    Some(Entry { name, prefix: Prefix { annotation, resource }, sort, span: func.span? })
}

/// The name of a package's interface does not collide with plain names.
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
    use super::*;

    #[track_caller]
    fn canonical(annotation: &'static str, resource: &str, name: &str) -> Vec<u8> {
        let span = Span::new(witwright_front::FileId(0), 0, 0);
        super::canonical(&Entry { name, prefix: Prefix { annotation, resource }, sort: "", span }).collect()
    }

    #[test]
    fn case_and_hyphens_do_not_count() {
        assert_eq!(canonical("", "", "foo-bar"), canonical("", "", "FOOB-ar"));
        assert_eq!(canonical("", "r-S", "f"), canonical("", "rs", "F"));
    }

    #[test]
    fn prefixes_count() {
        assert_ne!(canonical("[constructor]", "", "r"), canonical("", "", "r"));
        assert_ne!(canonical("", "", "p"), canonical("[set]", "", "p"));
        assert_ne!(canonical("", "r", "p"), canonical("", "", "p"));
    }
}
