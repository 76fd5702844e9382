//! The use of types: the kinds of values that they hold, and the functions that mention them.
//!
//! As in `wit_bindgen`, the functions of all worlds of all packages count for a guest, also those that the option `skip`
//! names; for a host, those of its world.

use std::collections::{BTreeMap, BTreeSet};

use witwright_resolver::Model;
use witwright_resolver::model::{Func, InterfaceId, Type, TypeDefKind, TypeId, WorldId, WorldItemKind};

use super::shapes::{Shape, Shapes};
use super::{Build, TypeKey};
use crate::ir::{Direction, Holds};
use crate::options::Target;

/// The use of types by functions.
#[derive(Default)]
pub(super) struct Uses {
    /// Those that imported functions take: their callers keep the values.
    pub(super) taken: BTreeSet<TypeKey>,
    /// Those that functions return, and that exported functions take: their receivers own the values.
    pub(super) given: BTreeSet<TypeKey>,
    /// Those that are errors of results, and other names for them.
    pub(super) errors: BTreeSet<TypeKey>,
    /// Types that are printed because an equal one is used, and their parts.
    pub(super) shown: BTreeSet<TypeKey>,
}

/// The kinds of values that the values of each type may hold.
pub(super) fn holds_of(model: &Model) -> BTreeMap<TypeId, Holds> {
    let mut known = BTreeMap::new();
    // A type comes after its parts.
    for (id, ty) in model.types.iter() {
        let parts = ty.kind.parts().fold(Holds::default(), |holds, part| holds.or(holds_in(&known, part.ty)));
        let holds = match ty.kind {
            TypeDefKind::Resource | TypeDefKind::Own(_) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => {
                Holds { own: true, ..Holds::default() }
            }
            TypeDefKind::Borrow(_) => Holds { borrow: true, ..Holds::default() },
            TypeDefKind::List(_, None) | TypeDefKind::Map(..) => Holds { heap: true, ..parts },
            TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(_, Some(_))
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..) => parts,
        };
        known.insert(id, holds);
    }
    known
}

fn holds_in(known: &BTreeMap<TypeId, Holds>, ty: Type) -> Holds {
    match ty.id() {
        Some(id) => known[&id],
        None => Holds { heap: ty == Type::String, error_context: ty == Type::ErrorContext, ..Holds::default() },
    }
}

impl Build<'_> {
    /// The kinds of values that a type's values may hold.
    pub(super) fn holds(&self, ty: Type) -> Holds {
        holds_in(&self.holds, ty)
    }

    /// Decides which definitions are printed and which are errors, and returns the use of types.
    pub(super) fn mark_used(&mut self) -> Uses {
        let mut uses = self.uses();
        if self.target == Target::Guest {
            self.share_uses(&mut uses);
        }
        // A type comes after its parts.
        let ids: Vec<_> = self.ids.iter().map(|(key, def)| (*key, *def)).collect();
        for (key, def) in ids {
            let kind = &self.model.types[key.1].kind;
            // An alias of a printed type adds no code.
            let names_printed = matches!(kind, TypeDefKind::Alias(target) if self.is_printed(key.0, target.ty));
            // They hold no other types.
            let is_always = matches!(kind, TypeDefKind::Resource | TypeDefKind::Flags(_) | TypeDefKind::Enum(_));
            let is_used = [&uses.taken, &uses.given, &uses.shown].iter().any(|used| used.contains(&key));
            let def = &mut self.defs[def.0];
            def.printed &= is_always || names_printed || is_used || self.options.generate_unused_types;
            def.is_error = uses.errors.contains(&key);
        }
        uses
    }

    /// Whether a type is a named one that is printed.
    fn is_printed(&self, direction: Direction, ty: Type) -> bool {
        let Type::Id(id) = ty else { return false };
        self.model.types[id].name.is_some() && self.defs[self.def_id(direction, id).0].printed
    }

    fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        if self.target == Target::Guest {
            // Of two types that are one in WIT, other worlds mention the first.
            let again = self.exported_again();
            for (id, _) in self.model.worlds.iter().filter(|(id, _)| *id != self.world_id) {
                self.use_world(&mut uses, &again, id);
            }
            for used in [&mut uses.taken, &mut uses.given, &mut uses.errors] {
                used.retain(|key| !self.is_type_of(&again, *key));
            }
        }
        self.use_world(&mut uses, &BTreeSet::new(), self.world_id);
        uses
    }

    /// Adds the types that a world's functions mention. Those of exported interfaces in `again` stand for the imported ones.
    fn use_world(&self, uses: &mut Uses, again: &BTreeSet<InterfaceId>, id: WorldId) {
        let world = &self.model.worlds[id];
        let is_this = id == self.world_id;
        for (direction, items) in [(Direction::Import, &world.imports), (Direction::Export, &world.exports)] {
            for item in items {
                match &item.kind {
                    WorldItemKind::Func(func) => self.use_func(uses, again, direction, Direction::Import, func),
                    WorldItemKind::Interface { id, .. } => {
                        let home = if is_this { direction } else { Direction::Import };
                        let funcs = &self.model.interfaces[*id].funcs;
                        funcs.iter().for_each(|func| self.use_func(uses, again, direction, home, func));
                    }
                    WorldItemKind::Type(_) => {}
                }
            }
        }
    }

    /// Adds the types of a function to those that are used. They are of its module: `home` is the direction of that.
    fn use_func(
        &self,
        uses: &mut Uses,
        again: &BTreeSet<InterfaceId>,
        direction: Direction,
        home: Direction,
        func: &Func,
    ) {
        let params = match direction {
            Direction::Import => &mut uses.taken,
            Direction::Export => &mut uses.given,
        };
        for param in &func.params {
            self.use_type(params, again, home, param.ty.ty);
        }
        let Some(result) = func.result else { return };
        self.use_type(&mut uses.given, again, home, result.ty);
        let Type::Id(id) = result.ty else { return };
        let TypeDefKind::Result(_, Some(err)) = &self.model.types[id].kind else { return };
        let mut err = err.ty;
        while let Type::Id(id) = err {
            let ty = &self.model.types[id];
            if ty.name.is_some() {
                uses.errors.insert(self.type_key(home, id));
            }
            let TypeDefKind::Alias(target) = &ty.kind else { return };
            err = target.ty;
        }
    }

    /// Adds a type that is mentioned from this direction, and its parts.
    fn use_type(&self, used: &mut BTreeSet<TypeKey>, again: &BTreeSet<InterfaceId>, direction: Direction, ty: Type) {
        let Type::Id(id) = ty else { return };
        let ty = &self.model.types[id];
        // The parts of a type are mentioned from the interface that defines it.
        let mut direction = direction;
        if ty.name.is_some() {
            let key = self.type_key(direction, id);
            direction = if self.is_type_of(again, key) { Direction::Import } else { key.0 };
            if !used.insert(key) {
                return;
            }
        }
        for part in ty.kind.parts() {
            self.use_type(used, again, direction, part.ty);
        }
    }

    /// Counts the use of each type for all that are the same in Rust, as `wit_bindgen` does: for its aliases, and for lists,
    /// tuples, options and results of its structure. Of several equal records, the first is taken to be the same as their
    /// aliases; if they are merged, all are.
    fn share_uses(&self, uses: &mut Uses) {
        let mut shapes = Shapes::default();
        let mut same: BTreeMap<Shape, Vec<TypeKey>> = BTreeMap::new();
        for key in self.world_types() {
            let keys = same.entry(shapes.of(self, key.0, Type::Id(key.1))).or_default();
            if keys.is_empty() || self.options.merge_structurally_equal_types || !self.is_new_type(key) {
                keys.push(key);
            }
        }
        for keys in same.values().filter(|keys| keys.len() > 1) {
            for used in [&mut uses.taken, &mut uses.given, &mut uses.errors] {
                if keys.iter().any(|key| used.contains(key)) {
                    used.extend(keys);
                    for (direction, id) in keys {
                        self.use_type(&mut uses.shown, &BTreeSet::new(), *direction, Type::Id(*id));
                    }
                }
            }
        }
    }
}
