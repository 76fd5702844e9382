//! The rules for a Model; each has a file.
//!
//! The Model may hold the error type, about which the rules report nothing.

mod accessors;
mod borrows;
mod collisions;
mod contents;
mod duplicates;
mod empty;
mod flags;
mod lengths;
mod map_keys;
mod map_values;
mod resource_funcs;
mod scopes;
mod sizes;
mod streams;

use alloc::vec::Vec;

use witwright_front::Diagnostic;

use crate::misspelt::Misspelt;
use crate::model::{Func, Model, Type, TypeId, WorldItemKind};

/// Applies every rule.
pub(crate) fn check(model: &Model, error: Option<TypeId>, misspelt: &Misspelt, diagnostics: &mut Vec<Diagnostic>) {
    let mut cx = Check { model, error, misspelt, diagnostics };
    let conflicts = scopes::conflicts(&cx);
    duplicates::check(&mut cx, &conflicts);
    collisions::check(&mut cx, &conflicts);
    empty::check(&mut cx);
    flags::check(&mut cx);
    borrows::check(&mut cx);
    map_keys::check(&mut cx);
    map_values::check(&mut cx);
    streams::check(&mut cx);
    lengths::check(&mut cx);
    sizes::check(&mut cx);
    resource_funcs::check(&mut cx);
    accessors::check(&mut cx);
}

/// The input of the rules, and their diagnostics.
struct Check<'c> {
    model: &'c Model,
    error: Option<TypeId>,
    misspelt: &'c Misspelt,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl<'c> Check<'c> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn is_error(&self, ty: Type) -> bool {
        matches!(self.model.dealias(ty), Type::Id(id) if Some(id) == self.error)
    }

    /// All functions: those of interfaces, then those of worlds.
    fn funcs(&self) -> impl Iterator<Item = &'c Func> + use<'c> {
        let model = self.model;
        let of_interfaces = model.interfaces.iter().flat_map(|(_, interface)| &interface.funcs);
        let items = model.worlds.iter().flat_map(|(_, world)| world.imports.iter().chain(&world.exports));
        let of_worlds = items.filter_map(|item| match &item.kind {
            WorldItemKind::Func(func) => Some(func),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
        });
        of_interfaces.chain(of_worlds)
    }
}
