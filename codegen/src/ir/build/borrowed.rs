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
            // The bindings that stand for an interface have both forms too.
            let is_elsewhere = self.modules[def.module.0].remapped && def.remapped.is_none();
            let borrows = (def.printed || is_elsewhere)
                && def.holds.heap
                && !def.holds.own
                && uses.taken.contains(&key)
                && !self.names_owned(&def.kind);
            let only_lent = !uses.given.contains(&key);
            // Its values are owned somewhere, so a borrowed form of its structure would not take them.
            if !(only_lent || duplicate && uses.taken.contains(&key))
                && let Some(unnamed) = self.unnamed_of(def)
            {
                let number = self.number(&unnamed);
                self.lent_whole.insert(number);
            }
            if !borrows || !(only_lent || duplicate) {
                continue;
            }
            let def = &self.defs[owned];
            let names = taken.entry(def.module.0).or_insert_with(|| self.names_of(def));
            let [name, of_owned] = if only_lent { ["", "Owned"] } else { ["Param", "Result"] };
            let mut borrowed = Def { is_borrowed: true, ..def.clone() };
            // A keyword needs no `_` within a longer name.
            let base = if def.name == "Self_" { "Self".to_owned() } else { def.name.to_string() };
            let with =
                |suffix: &str| if suffix.is_empty() { def.name.clone() } else { ident(&format!("{base}{suffix}")) };
            let new_name = |names: &mut Taken, name: Ident| if name == def.name { name } else { names.take(&name) };
            let owned_name = new_name(names, with(of_owned));
            borrowed.name = new_name(names, with(name));
            let borrowed_id = DefId(self.defs.len());
            let module = def.module.0;
            self.defs[owned].name = owned_name;
            self.defs[owned].borrowed = Some(borrowed_id);
            if only_lent {
                self.only_lent.insert(DefId(owned));
            }
            self.defs.push(borrowed);
            self.modules[module].defs.push(borrowed_id);
            added.push(borrowed_id);
        }
        for DefId(borrowed) in added {
            // The kind is a copy of the owned form's until here.
            let kind = core::mem::replace(&mut self.defs[borrowed].kind, DefKind::Resource);
            self.defs[borrowed].kind = self.borrowed_kind(&kind);
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
        (is_unnamed && def.holds.heap && !def.holds.own && !def.holds.borrow).then(|| target.clone())
    }

    fn names_of(&self, def: &Def) -> Taken {
        let mut names = Taken::with(self.always_there());
        for id in &self.modules[def.module.0].defs {
            names.take(&self.defs[id.0].name);
        }
        names
    }

    /// A parameter's type for a caller who gives handles away. As in the bindings of `wit_bindgen`, a list that holds handles of
    /// both sorts is a slice: its owned handles leave their owners.
    pub(super) fn given_away(&self, owned: &RustType, holds: Holds) -> RustType {
        if let RustType::Vec(element) = self.followed(owned)
            && holds.borrow
        {
            return RustType::Slice(Box::new(self.in_one_form(element)));
        }
        self.in_one_form(owned)
    }

    /// A type in which those that functions only take have their borrowed form, which has the name.
    fn in_one_form(&self, ty: &RustType) -> RustType {
        if let RustType::Def(id) = ty
            && self.only_lent.contains(id)
        {
            return RustType::Def(self.defs[id.0].borrowed.unwrap_or(*id));
        }
        if let RustType::Stream(_) | RustType::Future(_) = ty {
            return ty.clone();
        }
        ty.with_parts(|part| self.in_one_form(part))
    }

    fn borrowed_kind(&mut self, kind: &DefKind) -> DefKind {
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

    /// A parameter's type for a caller, who keeps all strings and lists of the value.
    pub(super) fn borrowed(&mut self, ty: &RustType) -> RustType {
        let number = self.number(ty);
        if self.lent_whole.contains(&number) {
            return self.by_reference(ty);
        }
        let mut part = |ty: &RustType| Box::new(self.borrowed(ty));
        match ty {
            RustType::String => RustType::Str,
            RustType::Vec(element) => RustType::Slice(part(element)),
            RustType::Map(key, value) => RustType::Ref(Box::new(RustType::Map(part(key), part(value)))),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(|ty| self.borrowed(ty)).collect()),
            RustType::Option(some) => RustType::Option(part(some)),
            RustType::Result(ok, err) => RustType::Result(ok.as_deref().map(&mut part), err.as_deref().map(part)),
            RustType::Def(id) => self.borrowed_def(*id),
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

    fn borrowed_def(&mut self, id: DefId) -> RustType {
        let Def { holds, borrowed, .. } = self.defs[id.0];
        // A type that holds borrowed handles is never owned elsewhere than in a call.
        let is_lent = borrowed.is_some() || holds.borrow;
        match self.string_or_list(id).cloned() {
            Some(target) if is_lent => self.borrowed(&target),
            Some(target) => self.by_reference(&target),
            None if is_lent || !holds.heap => RustType::Def(borrowed.unwrap_or(id)),
            None => RustType::Ref(Box::new(RustType::Def(id))),
        }
    }
}
