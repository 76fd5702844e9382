//! The option `ownership: Borrowing`: values that a guest passes to imports borrow their strings and lists, also within records and
//! variants.
//!
//! A type that functions only take has a lifetime. One that functions also return exists twice if the option says so
//! (`ThingParam<'a>`, `ThingResult`), otherwise once, and is passed by reference. As in `wit_bindgen`, all worlds of all packages
//! count, not only the one that the bindings are for.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use witwright_resolver::model::{Func, Type, TypeId, TypeOwner, World, WorldItem, WorldItemKind};

use super::Build;
use crate::ir::names::{Taken, ident};
use crate::ir::{Case, Def, DefId, DefKind, Direction, Field, Holds, RustType};
use crate::options::Ownership;

/// The use of a type by functions: as a parameter, as a result.
#[derive(Default)]
struct Uses {
    taken: BTreeSet<TypeId>,
    given: BTreeSet<TypeId>,
}

impl Build<'_> {
    /// Adds the borrowed forms of types.
    pub(super) fn add_borrowed(&mut self) {
        let Ownership::Borrowing { duplicate } = self.options.ownership else { return };
        let uses = self.uses();
        let ids: Vec<_> = self.ids.iter().map(|(key, def)| (*key, *def)).collect();
        let mut taken: BTreeMap<usize, Taken> = BTreeMap::new();
        let mut added = Vec::new();
        for ((direction, id), DefId(owned)) in ids {
            let def = &self.defs[owned];
            let borrows = def.printed
                && def.holds.heap
                && !def.holds.own
                && uses.taken.contains(&id)
                && !self.names_owned(&def.kind);
            let only_taken = !uses.given.contains(&id);
            if !borrows || !(only_taken || duplicate) || self.is_exported_again(direction, id) {
                continue;
            }
            let names = taken.entry(def.module.0).or_insert_with(|| self.names_of(def));
            let [name, of_owned] = if only_taken { ["", "Owned"] } else { ["Param", "Result"] };
            let mut borrowed = Def { is_error: false, is_borrowed: true, ..def.clone() };
            let with = |suffix: &str| ident(&format!("{}{suffix}", def.name));
            let new_name = |names: &mut Taken, name: Ident| if name == def.name { name } else { names.take(&name) };
            let owned_name = new_name(names, with(of_owned));
            borrowed.name = new_name(names, with(name));
            let borrowed_id = DefId(self.defs.len());
            let module = def.module.0;
            self.defs[owned].name = owned_name;
            self.defs[owned].borrowed = Some(borrowed_id);
            self.defs.push(borrowed);
            self.modules[module].defs.push(borrowed_id);
            added.push((owned, borrowed_id));
        }
        for (owned, DefId(borrowed)) in added {
            self.defs[borrowed].kind = self.borrowed_kind(&self.defs[owned].kind);
        }
    }

    /// Whether this is another name for a type that has no borrowed form.
    fn names_owned(&self, kind: &DefKind) -> bool {
        matches!(kind, DefKind::Alias(RustType::Def(id)) if self.defs[id.0].borrowed.is_none())
    }

    /// Whether a type is of an interface that the world exports, and imports too: there it has its values.
    fn is_exported_again(&self, direction: Direction, id: TypeId) -> bool {
        let Some(TypeOwner::Interface(interface)) = self.model.types[id].owner else { return false };
        direction == Direction::Export && self.interfaces.contains_key(&(Direction::Import, interface))
    }

    fn names_of(&self, def: &Def) -> Taken {
        let mut names = Taken::with(self.always_there());
        for id in &self.modules[def.module.0].defs {
            names.take(&self.defs[id.0].name);
        }
        names
    }

    /// A parameter's type for a caller, who keeps all strings and lists of the value.
    pub(super) fn lent(&self, owned: &RustType, holds: Holds) -> RustType {
        if holds.own || (!holds.heap && !holds.borrow) { owned.clone() } else { self.borrowed(owned) }
    }

    fn borrowed_kind(&self, kind: &DefKind) -> DefKind {
        match kind {
            DefKind::Record(fields) => {
                let field = |field: &Field| Field { ty: self.borrowed(&field.ty), ..field.clone() };
                DefKind::Record(fields.iter().map(field).collect())
            }
            DefKind::Variant(cases) => {
                let case = |case: &Case| Case { ty: case.ty.as_ref().map(|ty| self.borrowed(ty)), ..case.clone() };
                DefKind::Variant(cases.iter().map(case).collect())
            }
            DefKind::Alias(target) => DefKind::Alias(self.borrowed(target)),
            DefKind::Enum(_) | DefKind::Flags(_) | DefKind::Resource | DefKind::ResourceAlias(_) => {
                unreachable!("only records, variants and aliases hold strings and lists")
            }
        }
    }

    fn borrowed(&self, ty: &RustType) -> RustType {
        let part = |ty: &RustType| Box::new(self.borrowed(ty));
        match ty {
            RustType::String => RustType::Str,
            RustType::Vec(element) => RustType::Slice(part(element)),
            RustType::Map(key, value) => RustType::Ref(Box::new(RustType::Map(part(key), part(value)))),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(|ty| self.borrowed(ty)).collect()),
            RustType::Option(some) => RustType::Option(part(some)),
            RustType::Result(ok, err) => RustType::Result(ok.as_deref().map(part), err.as_deref().map(part)),
            RustType::Def(id) => match (self.string_or_list(*id), self.defs[id.0].borrowed) {
                (Some(target), Some(_)) => self.borrowed(target),
                (Some(target), None) => self.by_reference(target),
                (None, Some(borrowed)) => RustType::Def(borrowed),
                (None, None) if self.defs[id.0].holds.heap => RustType::Ref(Box::new(ty.clone())),
                (None, None) => ty.clone(),
            },
            RustType::Primitive(_)
            | RustType::Array(..)
            | RustType::Str
            | RustType::Slice(_)
            | RustType::Ref(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::Stream(_)
            | RustType::Future(_)
            | RustType::ErrorContext => ty.clone(),
        }
    }

    /// The use of types by the functions of all worlds. The values of an exported function are all owned.
    fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        for (_, world) in self.model.worlds.iter() {
            for (direction, items) in [(Direction::Import, &world.imports), (Direction::Export, &world.exports)] {
                let is_imported = |item: &&WorldItem| direction == Direction::Export && imports(world, item);
                let items = items.iter().filter(|item| !is_imported(item));
                for func in items.flat_map(|item| self.funcs_of(item)) {
                    let params = match direction {
                        Direction::Import => &mut uses.taken,
                        Direction::Export => &mut uses.given,
                    };
                    func.params.iter().for_each(|param| self.use_type(params, param.ty.ty));
                    func.result.iter().for_each(|result| self.use_type(&mut uses.given, result.ty));
                }
            }
        }
        uses
    }

    fn funcs_of<'m>(&'m self, item: &'m WorldItem) -> &'m [Func] {
        match &item.kind {
            WorldItemKind::Func(func) => core::slice::from_ref(func),
            WorldItemKind::Interface { id, .. } => &self.model.interfaces[*id].funcs,
            WorldItemKind::Type(_) => &[],
        }
    }

    fn use_type(&self, used: &mut BTreeSet<TypeId>, ty: Type) {
        let Type::Id(id) = ty else { return };
        if used.insert(id) {
            self.model.types[id].kind.parts().for_each(|part| self.use_type(used, part.ty));
        }
    }
}

/// Whether a world imports the interface of an item.
fn imports(world: &World, item: &WorldItem) -> bool {
    let interface = |item: &WorldItem| match item.kind {
        WorldItemKind::Interface { id, .. } => Some(id),
        WorldItemKind::Func(_) | WorldItemKind::Type(_) => None,
    };
    interface(item).is_some_and(|id| world.imports.iter().any(|item| interface(item) == Some(id)))
}
