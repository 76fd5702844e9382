//! The references between items of a Model that may be gated.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use witwright_front::Span;

use crate::model::{
    Func, Gate, InterfaceId, Model, PackageId, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldId, WorldItem,
    WorldItemKind,
};
use crate::worlds::Include;

/// A reference.
pub(super) struct Mention<'m> {
    /// The referring item.
    pub(super) from: Holder<'m>,
    /// The referenced item.
    pub(super) to: Target,
    /// The place.
    pub(super) span: Span,
}

/// A referenced item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    Type(TypeId),
    Interface(InterfaceId),
    World(WorldId),
}

/// A referring item: its gate, and that of the item around it.
#[derive(Clone, Copy)]
pub(super) struct Holder<'m> {
    pub(super) gate: &'m Gate,
    pub(super) outer: &'m Gate,
    pub(super) package: PackageId,
}

/// The properties of a target.
pub(super) struct Facts<'m> {
    pub(super) name: &'m str,
    pub(super) gate: &'m Gate,
    /// The gate of the item around it.
    pub(super) outer: Option<&'m Gate>,
    pub(super) package: Option<PackageId>,
    pub(super) docs: Option<&'m str>,
    pub(super) span: Option<Span>,
}

/// Every reference in a Model.
pub(super) fn all<'m>(model: &'m Model, includes: &'m [(WorldId, Vec<Include<'_>>)]) -> Vec<Mention<'m>> {
    let mut found = Mentions { model, mentions: Vec::new() };
    // An item that is included, or imported under a plain name, is a copy from the same text.
    let mut seen = BTreeSet::new();
    for (id, interface) in model.interfaces.iter() {
        if seen.insert(interface.span) {
            found.interface(id);
        }
    }
    let mut seen = BTreeSet::new();
    for (_, world) in model.worlds.iter() {
        let outer = &world.gate;
        let items = world.imports.iter().map(|item| (true, item)).chain(world.exports.iter().map(|item| (false, item)));
        let stated = items.filter(|(is_import, item)| item.stated && seen.insert((*is_import, item.span)));
        for (_, item) in stated {
            found.world_item(Holder { gate: &item.gate, outer, package: world.package }, item);
        }
    }
    for (id, includes) in includes {
        let world = &model.worlds[*id];
        for include in includes {
            let from = Holder { gate: &include.gate, outer: &world.gate, package: world.package };
            found.add(from, Target::World(include.world), Some(include.item.path.span()));
        }
    }
    found.mentions
}

struct Mentions<'m> {
    model: &'m Model,
    mentions: Vec<Mention<'m>>,
}

impl<'m> Mentions<'m> {
    fn add(&mut self, from: Holder<'m>, to: Target, span: Option<Span>) {
        self.mentions.extend(span.map(|span| Mention { from, to, span }));
    }

    fn interface(&mut self, id: InterfaceId) {
        let interface = &self.model.interfaces[id];
        let (outer, package) = (&interface.gate, interface.package);
        for &ty in &interface.types {
            self.typedef(Holder { gate: &self.model.types[ty].gate, outer, package }, ty);
        }
        for func in &interface.funcs {
            self.func(Holder { gate: &func.gate, outer, package }, func);
        }
    }

    fn world_item(&mut self, from: Holder<'m>, item: &'m WorldItem) {
        match &item.kind {
            WorldItemKind::Interface { id, implements } => {
                let named = implements.or(self.model.interfaces[*id].name.is_some().then_some(*id));
                if let Some(interface) = named {
                    self.add(from, Target::Interface(interface), item.span);
                }
            }
            WorldItemKind::Func(func) => self.func(from, func),
            WorldItemKind::Type(ty) => self.typedef(from, *ty),
        }
    }

    fn typedef(&mut self, from: Holder<'m>, id: TypeId) {
        let def = &self.model.types[id];
        if let (Some(interface), TypeDefKind::Alias(target)) = (self.model.used_from(id), &def.kind) {
            self.add(from, Target::Interface(interface), target.span);
        }
        self.parts(from, &def.kind, def.span);
    }

    fn func(&mut self, from: Holder<'m>, func: &'m Func) {
        // A function of a resource is in the resource, which may be gated.
        let gate = func.kind.resource().map(|resource| &self.model.types[resource].gate);
        let outer = gate.filter(|gate| **gate != Gate::default()).unwrap_or(from.outer);
        let from = Holder { outer, ..from };
        // `self` and the result of a constructor are not written.
        let written = func.params.iter().filter(|param| param.span != func.span).map(|param| &param.ty);
        let result = func.result.iter().filter(|result| result.span != func.span);
        for ty in written.chain(result) {
            self.reference(from, *ty);
        }
    }

    fn reference(&mut self, from: Holder<'m>, reference: TypeRef) {
        let Some(id) = reference.ty.id() else { return };
        let def = &self.model.types[id];
        match def.name {
            Some(_) => self.add(from, Target::Type(id), reference.span),
            None => self.parts(from, &def.kind, reference.span),
        }
    }

    /// The parts of a type at `place`, which is that of a handle's resource too. The parser limits how deeply types nest.
    fn parts(&mut self, from: Holder<'m>, kind: &TypeDefKind, place: Option<Span>) {
        for part in kind.parts() {
            self.reference(from, TypeRef { span: part.span.or(place), ..part });
        }
    }
}

impl Target {
    pub(super) fn facts(self, model: &Model) -> Facts<'_> {
        match self {
            Target::Type(id) => {
                let def = &model.types[id];
                let around = def.owner.map(|owner| match owner {
                    TypeOwner::Interface(id) => (&model.interfaces[id].gate, model.interfaces[id].package),
                    TypeOwner::World(id) => (&model.worlds[id].gate, model.worlds[id].package),
                });
                Facts {
                    name: def.name.as_deref().unwrap_or_default(),
                    gate: &def.gate,
                    outer: around.map(|(gate, _)| gate),
                    package: around.map(|(_, package)| package),
                    docs: def.docs.as_deref(),
                    span: def.span,
                }
            }
            Target::Interface(id) => {
                let interface = &model.interfaces[id];
                Facts {
                    name: interface.name.as_deref().unwrap_or_default(),
                    gate: &interface.gate,
                    outer: None,
                    package: Some(interface.package),
                    docs: interface.docs.as_deref(),
                    span: interface.span,
                }
            }
            Target::World(id) => {
                let world = &model.worlds[id];
                Facts {
                    name: &world.name,
                    gate: &world.gate,
                    outer: None,
                    package: Some(world.package),
                    docs: world.docs.as_deref(),
                    span: world.span,
                }
            }
        }
    }
}
