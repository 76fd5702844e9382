//! `include`: the imports and exports of another world, whose plain names `with` may change
//! (`WIT.md#union-of-worlds-with-include`).

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::mem;

use witwright_front::ast::{AsName, IncludeItem};
use witwright_front::{Diagnostic, Span};

use super::Items;
use super::copy::Copier;
use crate::errors::{candidates, gates as gate_errors, worlds as errors};
use crate::model::{
    Direction, FuncKind, Gate, Model, Stability, TypeId, TypeOwner, WorldId, WorldItem, WorldItemKind, WorldKey,
};

/// An `include` whose world is known.
pub(crate) struct Include<'a> {
    pub(crate) world: WorldId,
    pub(crate) gate: Gate,
    pub(crate) item: &'a IncludeItem,
}

/// Adds the imports and exports of another world. `earlier` are the includes before this one.
pub(super) fn include(
    model: &mut Model,
    world: WorldId,
    include: &Include<'_>,
    earlier: &[Include<'_>],
    error: Option<TypeId>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let other = model.worlds[include.world].clone();
    let mut renames = Renames::new(&include.item.with, diagnostics);
    let imports: Items = mem::take(&mut model.worlds[world].imports).into_iter().collect();
    let exports: Items = mem::take(&mut model.worlds[world].exports).into_iter().collect();
    let mut includer = Includer {
        twin: earlier.iter().find(|earlier| earlier.world == include.world).map(|twin| twin.item.path.span()),
        is_reported: false,
        is_foreign: model.worlds[world].package != other.package,
        copier: Copier::new(TypeOwner::World(include.world), TypeOwner::World(world), error),
        package: model.worlds[world].package,
        model,
        include,
        diagnostics,
    };
    let imports = includer.side(imports, &other.imports, Direction::Import, &mut renames);
    let exports = includer.side(exports, &other.exports, Direction::Export, &mut renames);
    for name in renames.unused() {
        let names = other.imports.iter().chain(&other.exports).filter_map(|item| match &item.key {
            WorldKey::Name(name) if !name.starts_with('[') => Some(name.as_str()),
            WorldKey::Name(_) | WorldKey::Interface(_) => None,
        });
        let names = candidates(includer.diagnostics, names);
        includer.diagnostics.push(errors::nothing_to_rename(name.name.span, &name.name.name, &other.name, names));
    }
    let world = &mut model.worlds[world];
    world.imports = imports.items;
    world.exports = exports.items;
}

struct Includer<'i> {
    model: &'i mut Model,
    copier: Copier,
    package: crate::model::PackageId,
    include: &'i Include<'i>,
    /// The place of an earlier include of the same world.
    twin: Option<Span>,
    /// Whether a conflict with that include has been reported.
    is_reported: bool,
    is_foreign: bool,
    diagnostics: &'i mut Vec<Diagnostic>,
}

impl Includer<'_> {
    fn side(
        &mut self,
        mut items: Items,
        others: &[WorldItem],
        direction: Direction,
        renames: &mut Renames<'_>,
    ) -> Items {
        for other in others {
            match &other.key {
                WorldKey::Name(name) => {
                    let item = self.renamed(other, name, renames);
                    match items.item(&item.key) {
                        Some(first) => self.report_conflict(first, other, direction),
                        None => items.add(item),
                    }
                }
                WorldKey::Interface(_) => {
                    if !items.has(&other.key) {
                        items.add(other.clone());
                    }
                    if let Some(item) = items.item_mut(&other.key) {
                        self.merge(item, other);
                    }
                }
            }
        }
        items
    }

    /// Reports that the included `other` has the name of `first`. Of a world that is included twice one report is enough.
    fn report_conflict(&mut self, first: &WorldItem, other: &WorldItem, direction: Direction) {
        let path = self.include.item.path.span();
        let name = self.model.key_name(&first.key);
        match self.twin {
            Some(twin) if first.span == other.span => {
                if !self.is_reported {
                    let world = &self.model.worlds[self.include.world].name;
                    self.diagnostics.push(errors::included_twice(twin, path, world, &name));
                }
                self.is_reported = true;
            }
            Some(_) | None => {
                self.diagnostics.push(errors::include_conflicts(path, first.span, other.span, direction, &name));
            }
        }
    }

    /// A copy of an item with a plain name, under its name in the including world.
    fn renamed(&mut self, other: &WorldItem, name: &str, renames: &mut Renames<'_>) -> WorldItem {
        let mut item = self.copier.item(self.model, other, self.package);
        let mut renamed = || renames.of(name).map_or_else(|| name.to_string(), ToString::to_string);
        item.key = match &mut item.kind {
            WorldItemKind::Interface { .. } => WorldKey::Name(renamed()),
            WorldItemKind::Type(id) => {
                let name = renamed();
                self.model.types[*id].name = Some(name.clone());
                WorldKey::Name(name)
            }
            WorldItemKind::Func(func) => {
                // A function of a resource has the new name of the resource, which comes before it.
                if func.kind == FuncKind::Free {
                    func.name = renames.of(&func.name).map_or_else(|| func.name.clone(), ToString::to_string);
                }
                WorldKey::Name(func.extern_name(self.model))
            }
        };
        item
    }

    /// Merges the gates of an interface that both worlds have.
    fn merge(&mut self, item: &mut WorldItem, other: &WorldItem) {
        item.stated |= other.stated;
        if self.is_foreign && matches!(other.gate.stability, Some(Stability::Since(_))) {
            // Versions of another package have no meaning in this one.
            item.gate = Gate::default();
        } else if item.gate != other.gate && other.gate != Gate::default() {
            if item.gate == Gate::default() {
                item.gate = other.gate.clone();
                return;
            }
            let name = self.model.key_name(&item.key);
            let path = self.include.item.path.span();
            self.diagnostics.push(gate_errors::include_disagrees(path, &name, item.span));
        }
    }
}

/// `with { a as b }`
struct Renames<'a> {
    names: BTreeMap<&'a str, (&'a AsName, bool)>,
}

impl<'a> Renames<'a> {
    /// Of several new names for one item the first one counts.
    fn new(with: &'a [AsName], diagnostics: &mut Vec<Diagnostic>) -> Renames<'a> {
        let mut names: BTreeMap<&str, (&AsName, bool)> = BTreeMap::new();
        for rename in with {
            let (first, _) = *names.entry(rename.name.name.as_str()).or_insert((rename, false));
            if first.name.span != rename.name.span && !rename.name.name.is_empty() {
                diagnostics.push(errors::renamed_twice(first.name.span, rename.name.span, &rename.name.name));
            }
        }
        Renames { names }
    }

    /// The new name of an item, if it has one.
    fn of(&mut self, name: &str) -> Option<&'a str> {
        let (rename, used) = self.names.get_mut(name)?;
        *used = true;
        rename.as_.as_ref().map(|as_| as_.name.as_str())
    }

    fn unused(&self) -> impl Iterator<Item = &'a AsName> {
        self.names.values().filter(|(rename, used)| !used && !rename.name.name.is_empty()).map(|(rename, _)| *rename)
    }
}
