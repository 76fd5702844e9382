//! Subtyping between worlds: whether a component of one world can run where another world is offered (`Subtyping.md`,
//! `WIT.md#wit-worlds`).
//!
//! It may import only items that are offered, and must export all items that are expected. An offered interface may have more
//! items than needed; items that both have must be equal. Each reason against it is a diagnostic.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::{Diagnostic, Span};

use crate::equality::{Difference, Equality};
use crate::errors::targets as errors;
pub use crate::errors::targets::Words;
use crate::model::{InterfaceId, Model, Type, TypeId, TypeOwner, World, WorldId, WorldItem, WorldItemKind, WorldKey};
use crate::versions;

/// A world of a Model.
#[derive(Clone, Copy, Debug)]
pub struct WorldOf<'m> {
    /// The Model.
    pub model: &'m Model,
    /// The world in it.
    pub world: WorldId,
}

/// The rule for matching names of interfaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Versions {
    /// Versions must be equal.
    Exact,
    /// Versions must be compatible, as when a host links.
    Compatible,
}

/// The rules of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
    /// The rule for matching names of interfaces.
    pub versions: Versions,
    /// Whether the place that offers the world provides WASI too: an import of a package `wasi:*` that the world does not
    /// mention, in any version, is not compared.
    pub wasi: bool,
}

impl From<Versions> for Rules {
    /// Every import is compared.
    fn from(versions: Versions) -> Rules {
        Rules { versions, wasi: false }
    }
}

/// Every reason why a component of the world `component` cannot run where the world `target` is offered. Places are in
/// the text of `target`.
#[must_use]
pub fn targets(component: WorldOf<'_>, target: WorldOf<'_>, rules: impl Into<Rules>) -> Vec<Diagnostic> {
    let Rules { versions, wasi } = rules.into();
    let component = Side::new(component, versions);
    let target = Side::new(target, versions);
    let words = Words::default();
    let (mut found, mut of_wasi) = (Vec::new(), Vec::new());
    for item in &component.world().imports {
        match target.imports.get(&component.matched_name(&item.key)) {
            Some(there) => {
                Pair { wanted: (&component, item), found: (&target, there), is_import: true, words }.check(&mut found)
            }
            None => {
                let name = component.name(item);
                let versions = target.other_versions(&target.world().imports, &name);
                if versions.is_empty() && errors::is_wasi(&name) {
                    of_wasi.push(name);
                } else {
                    found.push(errors::import_not_offered(&name, target.world().span, &versions));
                }
            }
        }
    }
    if !wasi && !of_wasi.is_empty() {
        found.push(errors::wasi_not_offered(&of_wasi, target.world().span));
    }
    for item in &target.world().exports {
        match component.exports.get(&target.matched_name(&item.key)) {
            Some(there) => {
                Pair { wanted: (&target, item), found: (&component, there), is_import: false, words }.check(&mut found)
            }
            None => found.push(errors::export_missing(
                &target.name(item),
                item.span,
                &component.other_versions(&component.world().exports, &target.name(item)),
            )),
        }
    }
    found
}

/// Every reason why the exports of one component, the exporter, do not fit the imports of another, the importer, that have the same
/// names and compatible versions. In `words`, the world is the importer.
#[must_use]
pub fn connects(exporter: WorldOf<'_>, importer: WorldOf<'_>, words: Words<'_>) -> Vec<Diagnostic> {
    let exporter = Side::new(exporter, Versions::Compatible);
    let mut importer = Side::new(importer, Versions::Compatible);
    // The exporter must export the imports of the importer.
    importer.exports = core::mem::take(&mut importer.imports);
    importer.exports.retain(|name, _| exporter.exports.contains_key(name));
    let mut found = Vec::new();
    for (name, item) in &importer.exports {
        Pair { wanted: (&importer, item), found: (&exporter, exporter.exports[name]), is_import: false, words }
            .check(&mut found);
    }
    found
}

/// One of the two worlds.
struct Side<'m> {
    model: &'m Model,
    id: WorldId,
    versions: Versions,
    /// The imports and exports by the names to match; of several compatible versions the latest one.
    imports: BTreeMap<String, &'m WorldItem>,
    exports: BTreeMap<String, &'m WorldItem>,
}

impl<'m> Side<'m> {
    fn new(world: WorldOf<'m>, versions: Versions) -> Side<'m> {
        let WorldOf { model, world: id } = world;
        let mut side = Side { model, id, versions, imports: BTreeMap::new(), exports: BTreeMap::new() };
        let world = &model.worlds[id];
        side.imports = side.by_name(&world.imports);
        side.exports = side.by_name(&world.exports);
        side
    }

    fn world(&self) -> &'m World {
        &self.model.worlds[self.id]
    }

    fn by_name(&self, items: &'m [WorldItem]) -> BTreeMap<String, &'m WorldItem> {
        let mut by_name: BTreeMap<String, &'m WorldItem> = BTreeMap::new();
        for item in items {
            let name = self.matched_name(&item.key);
            let is_later = by_name.get(&name).is_none_or(|other| self.version(item) > self.version(other));
            if is_later {
                by_name.insert(name, item);
            }
        }
        by_name
    }

    fn version(&self, item: &WorldItem) -> Option<&'m semver::Version> {
        let WorldKey::Interface(id) = item.key else { return None };
        self.model.packages[self.model.interfaces[id].package].name.version.as_ref()
    }

    fn name(&self, item: &WorldItem) -> String {
        self.model.key_name(&item.key)
    }

    fn matched_name(&self, key: &WorldKey) -> String {
        match key {
            WorldKey::Name(name) => name.clone(),
            WorldKey::Interface(id) => self.interface_name(*id),
        }
    }

    /// The name of a package's interface, with the part of its version that must match.
    fn interface_name(&self, id: InterfaceId) -> String {
        let interface = &self.model.interfaces[id];
        let package = &self.model.packages[interface.package].name;
        let name = format!("{}:{}/{}", package.namespace, package.name, interface.name.as_deref().unwrap_or_default());
        match (&package.version, self.versions) {
            (None, _) => name,
            (Some(version), Versions::Exact) => format!("{name}@{version}"),
            (Some(version), Versions::Compatible) => format!("{name}@{}", versions::canonical(version)),
        }
    }

    /// The names of items that differ from a name only in the version.
    fn other_versions(&self, items: &[WorldItem], name: &str) -> Vec<String> {
        let plain = |name: &str| name.split('@').next().map(String::from);
        items.iter().map(|item| self.name(item)).filter(|other| plain(other) == plain(name)).collect()
    }

    /// The identity of a resource to the outside: whether it is imported, the name of its interface, its own name.
    fn identity(&self, resource: TypeId, at: &WorldItem, is_import: bool) -> (bool, String, Option<&'m str>) {
        let def = &self.model.types[resource];
        let name = def.name.as_deref();
        match def.owner {
            Some(TypeOwner::Interface(id)) => {
                let is_own = matches!(at.kind, WorldItemKind::Interface { id: here, .. } if here == id);
                if is_own {
                    return (is_import, self.matched_name(&at.key), name);
                }
                let key = WorldKey::Interface(id);
                // An interface that an export uses is exported if the world exports it.
                let is_exported = !is_import && self.exports.contains_key(&self.matched_name(&key));
                (!is_exported, self.matched_name(&key), name)
            }
            Some(TypeOwner::World(_)) | None => (true, String::new(), name),
        }
    }
}

/// Two items of one name: the wanted one and the found one.
struct Pair<'p, 'm> {
    wanted: (&'p Side<'m>, &'p WorldItem),
    found: (&'p Side<'m>, &'p WorldItem),
    is_import: bool,
    words: Words<'p>,
}

impl Pair<'_, '_> {
    fn check(&self, diagnostics: &mut Vec<Diagnostic>) {
        let ((wanted, a), (found, b)) = (self.wanted, self.found);
        let same_resource =
            |x: TypeId, y: TypeId| wanted.identity(x, a, self.is_import) == found.identity(y, b, self.is_import);
        let equality = Equality::new(wanted.model, found.model, &same_resource);
        let name = wanted.name(a);
        match (&a.kind, &b.kind) {
            (WorldItemKind::Interface { id: x, .. }, WorldItemKind::Interface { id: y, .. }) => {
                self.interfaces(&equality, *x, *y, diagnostics);
            }
            (WorldItemKind::Func(x), WorldItemKind::Func(y)) => {
                if let Err(difference) = equality.funcs(x, y) {
                    diagnostics.push(errors::differs(self.words, &name, None, &self.told(&difference), self.place()));
                }
            }
            (WorldItemKind::Type(x), WorldItemKind::Type(y)) => {
                if let Err(difference) = equality.types(Type::Id(*x), Type::Id(*y)) {
                    diagnostics.push(errors::differs(self.words, &name, None, &self.told(&difference), self.place()));
                }
            }
            (WorldItemKind::Interface { .. } | WorldItemKind::Func(_) | WorldItemKind::Type(_), _) => {
                let (component, world) = if self.is_import { (a, b) } else { (b, a) };
                diagnostics.push(errors::other_sort(self.words, &name, (sort(component), sort(world)), self.place()));
            }
        }
    }

    /// The found interface must have all items of the wanted one.
    fn interfaces(
        &self,
        equality: &Equality<'_>,
        wanted: InterfaceId,
        found: InterfaceId,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let (a, b) = (self.wanted.0.model, self.found.0.model);
        let name = self.wanted.0.name(self.wanted.1);
        let (wanted, found) = (&a.interfaces[wanted], &b.interfaces[found]);
        let offered = self.found.0.name(self.found.1);
        let types: BTreeMap<_, TypeId> = found.types.iter().map(|id| (b.types[*id].name.as_deref(), *id)).collect();
        for &id in &wanted.types {
            let def = &a.types[id];
            let text = def.name.as_deref().unwrap_or_default();
            let place = if self.is_import { found.span } else { def.span };
            let Some(&there) = types.get(&def.name.as_deref()) else {
                diagnostics.push(self.item_missing(("type", text), &offered, place));
                continue;
            };
            let place = if self.is_import { b.types[there].span } else { def.span };
            if let Err(difference) = equality.types(Type::Id(id), Type::Id(there)) {
                // Types that refer to it are not reported too.
                equality.excuse(Type::Id(id), Type::Id(there));
                diagnostics.push(errors::differs(self.words, &name, Some(text), &self.told(&difference), place));
            }
        }
        let funcs: BTreeMap<String, _> = found.funcs.iter().map(|func| (func.extern_name(b), func)).collect();
        for func in &wanted.funcs {
            let text = func.extern_name(a);
            let place = if self.is_import { found.span } else { func.span };
            let Some(there) = funcs.get(&text) else {
                diagnostics.push(self.item_missing(("function", &text), &offered, place));
                continue;
            };
            let place = if self.is_import { there.span } else { func.span };
            if let Err(difference) = equality.funcs(func, there) {
                diagnostics.push(errors::differs(self.words, &name, Some(&text), &self.told(&difference), place));
            }
        }
    }

    fn item_missing(&self, item: (&str, &str), found: &str, place: Option<Span>) -> Diagnostic {
        let interface = self.wanted.0.name(self.wanted.1);
        errors::item_missing(self.words, &interface, item, found, self.is_import, place)
    }

    /// The message of a difference, with the words for the two sides.
    fn told(&self, difference: &Difference) -> String {
        let Words { component, world } = self.words;
        if self.is_import { difference.between(component, world) } else { difference.between(world, component) }
    }

    /// The place in the target's text.
    fn place(&self) -> Option<Span> {
        if self.is_import { self.found.1.span } else { self.wanted.1.span }
    }
}

fn sort(item: &WorldItem) -> &'static str {
    match item.kind {
        WorldItemKind::Interface { .. } => "an interface",
        WorldItemKind::Func(_) => "a function",
        WorldItemKind::Type(_) => "a type",
    }
}
