//! Completion of worlds: included items and transitive imports (`WIT.md#transitive-imports-and-worlds`).
//!
//! Imports and exports have the order of the reference implementation, which compares and prints worlds in that order:
//! interfaces, types from interfaces, types of the world, functions, functions of resources.

pub(crate) mod accessors;
pub(crate) mod copy;
mod exports;
mod imports;
mod include;
mod turn;
mod union;
mod versions;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use witwright_front::Diagnostic;

use crate::model::{Func, FuncKind, InterfaceId, Model, TypeId, WorldId, WorldItem, WorldItemKind, WorldKey};
use accessors::getters_first;
pub(crate) use include::Include;
pub use turn::TurnError;
pub use versions::VersionsError;

/// Completes each world, included ones first.
pub(crate) fn complete(
    model: &mut Model,
    worlds: &[(WorldId, Vec<Include<'_>>)],
    error: Option<TypeId>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (world, includes) in worlds {
        for (place, include) in includes.iter().enumerate() {
            include::include(model, *world, include, &includes[..place], error, diagnostics);
        }
        elaborate(model, *world, diagnostics);
    }
}

/// Adds the dependences of a world's items, and orders the items.
pub(crate) fn elaborate(model: &mut Model, world: WorldId, diagnostics: &mut Vec<Diagnostic>) {
    let mut imports = imports::with_dependences(model, world);
    let exports = exports::with_dependences(model, world, &mut imports, diagnostics);
    imports.sort(model);
    let world = &mut model.worlds[world];
    world.imports = getters_first(imports.items, func_of);
    world.exports = getters_first(exports.items, func_of);
}

/// The imports or exports of a world, with their places by name.
#[derive(Default)]
struct Items {
    items: Vec<WorldItem>,
    places: BTreeMap<WorldKey, usize>,
}

impl Items {
    fn has(&self, key: &WorldKey) -> bool {
        self.places.contains_key(key)
    }

    fn item(&self, key: &WorldKey) -> Option<&WorldItem> {
        self.places.get(key).map(|&place| &self.items[place])
    }

    fn item_mut(&mut self, key: &WorldKey) -> Option<&mut WorldItem> {
        self.places.get(key).map(|&place| &mut self.items[place])
    }

    /// Adds an item, unless its name is taken.
    fn add(&mut self, item: WorldItem) {
        let place = self.items.len();
        if *self.places.entry(item.key.clone()).or_insert(place) == place {
            self.items.push(item);
        }
    }

    /// Sorts complete imports.
    fn sort(&mut self, model: &Model) {
        self.items.sort_by_key(|item| rank(model, item));
        self.places = self.items.iter().enumerate().map(|(place, item)| (item.key.clone(), place)).collect();
    }
}

impl FromIterator<WorldItem> for Items {
    fn from_iter<I: IntoIterator<Item = WorldItem>>(items: I) -> Items {
        let mut collected = Items::default();
        items.into_iter().for_each(|item| collected.add(item));
        collected
    }
}

/// The rank of an import among the others.
fn rank(model: &Model, item: &WorldItem) -> u8 {
    match &item.kind {
        WorldItemKind::Interface { .. } => 0,
        WorldItemKind::Type(ty) if model.used_from(*ty).is_some() => 1,
        WorldItemKind::Type(_) => 2,
        WorldItemKind::Func(func) => match func.kind {
            FuncKind::Free => 3,
            FuncKind::Method(_) | FuncKind::Static(_) | FuncKind::Constructor(_) => 4,
        },
    }
}

/// The interfaces whose types an interface uses, in the order of the types.
fn used_by(model: &Model, interface: InterfaceId) -> Vec<InterfaceId> {
    let mut seen = BTreeSet::new();
    model.direct_uses(interface).filter(|other| seen.insert(*other)).collect()
}

fn func_of(item: &WorldItem) -> Option<&Func> {
    match &item.kind {
        WorldItemKind::Func(func) => Some(func),
        WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
    }
}
