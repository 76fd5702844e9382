//! The use of types: the kinds of values that they hold, and whether functions mention them, also as errors.

use std::collections::BTreeSet;

use witwright_resolver::model::{Func, Type, TypeDefKind, TypeId, WorldItemKind};

use super::Build;
use crate::ir::{Direction, Holds};

impl Build<'_> {
    /// The kinds of values that a type's values may hold.
    pub(super) fn holds(&self, ty: Type) -> Holds {
        match ty.id() {
            Some(id) => self.holds_id(id),
            None => Holds { heap: ty == Type::String, own: ty == Type::ErrorContext, ..Holds::default() },
        }
    }

    fn holds_id(&self, id: TypeId) -> Holds {
        let kind = &self.model.types[id].kind;
        let parts = kind.parts().fold(Holds::default(), |holds, part| holds.or(self.holds(part.ty)));
        match kind {
            TypeDefKind::Resource | TypeDefKind::Own(_) => Holds { own: true, ..Holds::default() },
            TypeDefKind::Future(_) | TypeDefKind::Stream(_) => Holds { own: true, ends: true, ..Holds::default() },
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
        }
    }

    /// Decides which definitions are printed and which are errors.
    pub(super) fn mark_used(&mut self) {
        let mut used = BTreeSet::new();
        let (model, world) = (self.model, self.world);
        let interfaces: Vec<_> = self.interfaces.keys().copied().collect();
        for (direction, interface) in interfaces {
            for func in &model.interfaces[interface].funcs {
                self.mark_func(&mut used, direction, func);
            }
        }
        for item in world.imports.iter().chain(&world.exports) {
            if let WorldItemKind::Func(func) = &item.kind {
                self.mark_func(&mut used, Direction::Import, func);
            }
        }
        if self.options.generate_unused_types {
            return;
        }
        // A type comes after its parts.
        let ids: Vec<_> = self.ids.iter().map(|(key, def)| (*key, *def)).collect();
        for ((direction, id), def) in ids {
            let kind = &model.types[id].kind;
            // An alias of a printed type adds no code.
            let names_printed = matches!(kind, TypeDefKind::Alias(target) if self.is_printed(direction, target.ty));
            // They hold no other types.
            let is_always = kind.is_resource() || matches!(kind, TypeDefKind::Flags(_));
            let is_used = is_always || names_printed || used.contains(&(direction, id));
            self.defs[def.0].printed &= is_used;
        }
    }

    /// Whether a type is a named one that is printed.
    fn is_printed(&self, direction: Direction, ty: Type) -> bool {
        let Type::Id(id) = ty else { return false };
        self.model.types[id].name.is_some() && self.defs[self.def_id(direction, id).0].printed
    }

    fn mark_func(&mut self, used: &mut BTreeSet<(Direction, TypeId)>, direction: Direction, func: &Func) {
        if self.skips(&func.extern_name(self.model)) {
            return;
        }
        for param in &func.params {
            self.mark_type(used, direction, param.ty.ty);
        }
        let Some(result) = func.result else { return };
        self.mark_type(used, direction, result.ty);
        let Type::Id(id) = result.ty else { return };
        if let TypeDefKind::Result(_, Some(err)) = &self.model.types[id].kind
            && let Type::Id(err) = self.model.dealias(err.ty)
            && self.model.types[err].name.is_some()
        {
            let def = self.def_id(direction, err);
            self.defs[def.0].is_error = true;
        }
    }

    fn mark_type(&self, used: &mut BTreeSet<(Direction, TypeId)>, direction: Direction, ty: Type) {
        let Type::Id(id) = ty else { return };
        let ty = &self.model.types[id];
        // The parts of a type are mentioned from the interface that defines it.
        let mut direction = direction;
        if ty.name.is_some() {
            let def = self.def_id(direction, id);
            direction = self.modules[self.defs[def.0].module.0].direction;
            if !used.insert((direction, id)) {
                return;
            }
        }
        for part in ty.kind.parts() {
            self.mark_type(used, direction, part.ty);
        }
    }
}
