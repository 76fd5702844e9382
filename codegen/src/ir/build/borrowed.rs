//! The option `ownership: Borrowing`: values that a guest passes to imports borrow their strings and lists, also within records and
//! variants.
//!
//! A type that functions only take has a lifetime. One that functions also return exists twice if the option says so
//! (`ThingParam<'a>`, `ThingResult`), otherwise once, and is passed by reference.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::Build;
use super::usage::Uses;
use crate::ir::names::{Taken, ident};
use crate::ir::{Case, Def, DefId, DefKind, Field, Holds, RustType};
use crate::options::Ownership;

impl Build<'_> {
    /// Adds the borrowed forms of types.
    pub(super) fn add_borrowed(&mut self, uses: &Uses) {
        let Ownership::Borrowing { duplicate } = self.options.ownership else { return };
        let mut taken: BTreeMap<usize, Taken> = BTreeMap::new();
        let mut added = Vec::new();
        for (key, DefId(owned)) in self.by_declaration() {
            let def = &self.defs[owned];
            let borrows = def.printed
                && def.holds.heap
                && !def.holds.own
                && uses.taken.contains(&key)
                && !self.names_owned(&def.kind);
            let only_taken = !uses.given.contains(&key);
            // Its values are owned somewhere, so a borrowed form of its structure would not take them.
            if !(only_taken || duplicate && uses.taken.contains(&key))
                && let Some(unnamed) = self.unnamed_of(def)
                && !self.is_lent_whole(&unnamed)
            {
                self.lent_whole.push(unnamed);
            }
            if !borrows || !(only_taken || duplicate) {
                continue;
            }
            let names = taken.entry(def.module.0).or_insert_with(|| self.names_of(def));
            let [name, of_owned] = if only_taken { ["", "Owned"] } else { ["Param", "Result"] };
            let mut borrowed = Def { is_borrowed: true, ..def.clone() };
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

    /// The type without a name that this is another name for, if it holds strings or lists.
    fn unnamed_of(&self, def: &Def) -> Option<RustType> {
        let DefKind::Alias(target) = &def.kind else { return None };
        let target = self.followed(target);
        let is_unnamed = !matches!(target, RustType::Def(_) | RustType::String);
        (is_unnamed && def.holds.heap && !def.holds.own).then(|| target.clone())
    }

    fn is_lent_whole(&self, ty: &RustType) -> bool {
        self.lent_whole.iter().any(|whole| self.is_same(whole, ty))
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
        if self.is_lent_whole(ty) {
            return self.by_reference(ty);
        }
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
}
