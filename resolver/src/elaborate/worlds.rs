//! Worlds as stated (`WIT.md#item-world`); included and transitive items are added later.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use witwright_front::Span;
use witwright_front::ast::{ExternItem, ExternKind, UsePath, WorldDecl, WorldMember};

use super::Elaborator;
use super::interfaces::InterfaceHead;
use super::scope::Scope;
use crate::errors::worlds as errors;
use crate::gates;
use crate::model::{
    Direction, Func, InterfaceId, PackageId, TypeId, TypeOwner, World, WorldId, WorldItem, WorldItemKind, WorldKey,
};
use crate::names::ItemIndex;
use crate::worlds::{Include, copy};

/// The imports or the exports of a world, each under a name of its own.
struct Side {
    items: Vec<WorldItem>,
    /// The places of each name, in the order of elaboration.
    places: BTreeMap<WorldKey, Vec<Span>>,
    direction: Direction,
}

impl<'a> Elaborator<'a, '_> {
    pub(super) fn world(&mut self, package: PackageId, item: ItemIndex, ast: &'a WorldDecl) -> WorldId {
        let id = self.model.worlds.add(World {
            name: (&ast.name.name).into(),
            package,
            docs: ast.docs.text.clone(),
            gate: self.view.gate(&ast.attributes),
            imports: Vec::new(),
            exports: Vec::new(),
            span: Some(ast.name.span),
        });
        self.unknown_types.clear();
        let mut imports = Side::new(Direction::Import);
        let mut exports = Side::new(Direction::Export);
        let scope = self.world_types(id, ast, &mut imports);
        let mut includes = Vec::new();
        for member in &ast.items {
            match member {
                WorldMember::Import(item) => self.extern_item(&scope, package, item, &mut imports),
                WorldMember::Export(item) => self.extern_item(&scope, package, item, &mut exports),
                WorldMember::Type(item) => {
                    for func in self.resource_funcs(&scope, item) {
                        let item = self.func_item(func);
                        imports.add(item);
                    }
                }
                WorldMember::Include(item) => {
                    if !self.view.shows(&item.attributes) {
                        continue;
                    }
                    let target = self.names.target(&item.path);
                    // A world that is not yet elaborated is in a cycle, which has been reported.
                    if let Some(world) = target.and_then(|target| self.worlds[target]) {
                        includes.push(Include { world, gate: self.view.gate(&item.attributes), item });
                    }
                }
                WorldMember::Use(_) => {}
            }
        }
        self.report_duplicates(&imports);
        self.report_duplicates(&exports);
        let world = &mut self.model.worlds[id];
        world.imports = imports.items;
        world.exports = exports.items;
        self.worlds[item] = Some(id);
        self.includes.push((id, includes));
        id
    }

    /// Defines the types of a world; each is one of its imports.
    fn world_types(&mut self, id: WorldId, ast: &'a WorldDecl, imports: &mut Side) -> Scope<'a> {
        let owner = TypeOwner::World(id);
        let mut scope = Scope::default();
        let mut types = Vec::new();
        let mut typedefs = Vec::new();
        for member in &ast.items {
            match member {
                WorldMember::Use(item) => self.use_item(&mut scope, owner, item, &mut types),
                WorldMember::Type(item) => typedefs.push(item),
                WorldMember::Import(_) | WorldMember::Export(_) | WorldMember::Include(_) => {}
            }
        }
        self.reserve(&mut scope, &typedefs);
        types.extend(self.typedefs(&mut scope, owner, &typedefs));
        for ty in types {
            let item = self.type_item(ty);
            imports.add(item);
        }
        scope
    }

    fn type_item(&self, ty: TypeId) -> WorldItem {
        let def = &self.model.types[ty];
        WorldItem {
            key: WorldKey::Name(def.name.clone().unwrap_or_default()),
            kind: WorldItemKind::Type(ty),
            docs: def.docs.clone(),
            gate: def.gate.clone(),
            external_id: def.external_id.clone(),
            stated: true,
            span: def.span,
        }
    }

    fn func_item(&self, func: Func) -> WorldItem {
        WorldItem {
            key: WorldKey::Name(func.extern_name(&self.model)),
            docs: func.docs.clone(),
            gate: func.gate.clone(),
            external_id: func.external_id.clone(),
            stated: true,
            span: func.span,
            kind: WorldItemKind::Func(func),
        }
    }

    fn extern_item(&mut self, scope: &Scope<'a>, package: PackageId, item: &'a ExternItem, side: &mut Side) {
        if !self.view.shows(&item.attributes) {
            return;
        }
        let (key, kind, span) = match &item.kind {
            ExternKind::Func(name, ty) => {
                let func = self.named_func(scope, name, &item.docs, &item.attributes, ty);
                let item = self.func_item(func);
                side.add(item);
                return;
            }
            ExternKind::Interface(name, items) => {
                let head = InterfaceHead {
                    name: None,
                    package,
                    docs: item.docs.text.clone(),
                    gate: self.view.gate(&item.attributes),
                    span: name.span,
                };
                let (id, _) = self.interface_items(head, items);
                (WorldKey::Name((&name.name).into()), WorldItemKind::Interface { id, implements: None }, name.span)
            }
            ExternKind::Path(path) => {
                let Some(id) = self.interface_at(path) else { return };
                (WorldKey::Interface(id), WorldItemKind::Interface { id, implements: None }, path.span())
            }
            ExternKind::Named(name, path) => {
                let Some(original) = self.interface_at(path) else { return };
                let id = copy::interface(&mut self.model, original, package, self.error);
                let kind = WorldItemKind::Interface { id, implements: Some(original) };
                (WorldKey::Name((&name.name).into()), kind, name.span)
            }
        };
        let item = WorldItem {
            key,
            kind,
            docs: item.docs.text.clone(),
            gate: self.view.gate(&item.attributes),
            external_id: gates::external_id(&item.attributes),
            stated: true,
            span: Some(span),
        };
        side.add(item);
    }

    fn interface_at(&self, path: &UsePath) -> Option<InterfaceId> {
        self.interfaces[self.names.target(path)?]
    }

    /// Reports names that are stated more than once. The item that is written first has the name.
    fn report_duplicates(&mut self, side: &Side) {
        for (key, places) in side.places.iter().filter(|(_, places)| places.len() > 1) {
            let name = self.model.key_name(key);
            // A name that could not be read is empty.
            if name.is_empty() {
                continue;
            }
            let mut places = places.clone();
            places.sort_by_key(|place| (self.misspelt.has(*place), *place));
            for second in &places[1..] {
                self.diagnostics.push(match key {
                    WorldKey::Interface(_) => errors::interface_twice(places[0], *second, side.direction, &name),
                    WorldKey::Name(_) => errors::name_taken(places[0], *second, side.direction, &name),
                });
            }
        }
    }
}

impl Side {
    fn new(direction: Direction) -> Side {
        Side { items: Vec::new(), places: BTreeMap::new(), direction }
    }

    /// Adds an item, unless its name is taken.
    fn add(&mut self, item: WorldItem) {
        let places = self.places.entry(item.key.clone()).or_default();
        let is_taken = !places.is_empty();
        places.extend(item.span);
        if !is_taken {
            self.items.push(item);
        }
    }
}
