//! `wit_parser::Resolve` → Model, so that the binary form is tested without the pipeline.

use std::collections::{BTreeMap, HashMap};

use wit_parser as wp;
use witwright_resolver::Model;
use witwright_resolver::model::{
    Accessor, Case, Field, Func, FuncKind, Gate, Interface, InterfaceId, Label, Package, PackageId, PackageName, Param,
    Stability, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef, World, WorldId, WorldItem, WorldItemKind,
    WorldKey,
};

/// The Model, and the new ids of packages and worlds.
pub(crate) fn model(resolve: &wp::Resolve) -> Peer<'_> {
    let mut peer = Peer {
        resolve,
        model: Model::default(),
        packages: BTreeMap::new(),
        worlds: BTreeMap::new(),
        interfaces: HashMap::new(),
        types: HashMap::new(),
        owners: HashMap::new(),
    };
    for id in resolve.topological_packages() {
        peer.package(id);
    }
    peer
}

pub(crate) struct Peer<'r> {
    resolve: &'r wp::Resolve,
    pub(crate) model: Model,
    pub(crate) packages: BTreeMap<wp::PackageId, PackageId>,
    pub(crate) worlds: BTreeMap<wp::WorldId, WorldId>,
    interfaces: HashMap<wp::InterfaceId, InterfaceId>,
    types: HashMap<wp::TypeId, TypeId>,
    owners: HashMap<wp::TypeOwner, TypeOwner>,
}

impl Peer<'_> {
    fn package(&mut self, from: wp::PackageId) {
        let package = &self.resolve.packages[from];
        let name = PackageName {
            namespace: package.name.namespace.clone(),
            name: package.name.name.clone(),
            version: package.name.version.clone(),
        };
        let id = self.model.packages.add(Package::new(name).with_docs(package.docs.contents.clone()));
        self.packages.insert(from, id);
        let interfaces = package.interfaces.values().map(|&i| self.interface(i)).collect();
        self.model.packages[id].interfaces = interfaces;
        let worlds = package.worlds.values().map(|&w| self.world(w)).collect();
        self.model.packages[id].worlds = worlds;
    }

    fn interface(&mut self, from: wp::InterfaceId) -> InterfaceId {
        if let Some(&id) = self.interfaces.get(&from) {
            return id;
        }
        let id = self.fill(from, self.resolve.interfaces[from].name.clone());
        self.interfaces.insert(from, id);
        id
    }

    /// An interface under `id: use-path` has its own types in the Model, but not in `wit-parser`.
    fn copy(&mut self, from: wp::InterfaceId) -> InterfaceId {
        let (types, owners) = (self.types.clone(), self.owners.clone());
        let resolve = self.resolve;
        self.types.retain(|&ty, _| {
            let def = &resolve.types[ty];
            def.name.is_some() && def.owner != wp::TypeOwner::Interface(from)
        });
        let id = self.fill(from, None);
        self.types = types;
        self.owners = owners;
        id
    }

    fn fill(&mut self, from: wp::InterfaceId, name: Option<String>) -> InterfaceId {
        for dep in self.resolve.interface_direct_deps(from) {
            self.interface(dep);
        }
        let interface = &self.resolve.interfaces[from];
        let made = Interface::new(name, self.packages[&interface.package.unwrap()])
            .with_docs(interface.docs.contents.clone())
            .with_gate(gate(&interface.stability));
        let id = self.model.interfaces.add(made);
        self.owners.insert(wp::TypeOwner::Interface(from), TypeOwner::Interface(id));
        let types = interface.types.values().map(|&ty| self.type_id(ty)).collect();
        self.model.interfaces[id].types = types;
        let funcs = interface.functions.values().map(|f| self.func(f)).collect();
        self.model.interfaces[id].funcs = funcs;
        id
    }

    fn world(&mut self, from: wp::WorldId) -> WorldId {
        let world = &self.resolve.worlds[from];
        let made = World::new(&world.name, self.packages[&world.package.unwrap()])
            .with_docs(world.docs.contents.clone())
            .with_gate(gate(&world.stability));
        let id = self.model.worlds.add(made);
        self.worlds.insert(from, id);
        self.owners.insert(wp::TypeOwner::World(from), TypeOwner::World(id));
        let imports = world.imports.iter().map(|(k, i)| self.world_item(k, i)).collect();
        let exports = world.exports.iter().map(|(k, i)| self.world_item(k, i)).collect();
        self.model.worlds[id].imports = imports;
        self.model.worlds[id].exports = exports;
        id
    }

    fn world_item(&mut self, key: &wp::WorldKey, item: &wp::WorldItem) -> WorldItem {
        let (kind, docs, external_id) = match item {
            wp::WorldItem::Interface { id, docs, external_id, .. } => {
                let implements = self.resolve.implements_interface(key, item).map(|i| self.interface(i));
                let id = if implements.is_some() { self.copy(*id) } else { self.interface(*id) };
                (WorldItemKind::Interface { id, implements }, docs.contents.clone(), external_id.clone())
            }
            wp::WorldItem::Function(func) => {
                (WorldItemKind::Func(self.func(func)), func.docs.contents.clone(), func.external_id.clone())
            }
            wp::WorldItem::Type { id, .. } => {
                let def = &self.resolve.types[*id];
                (WorldItemKind::Type(self.type_id(*id)), def.docs.contents.clone(), def.external_id.clone())
            }
        };
        let key = match key {
            wp::WorldKey::Name(name) => WorldKey::Name(name.clone()),
            wp::WorldKey::Interface(id) => WorldKey::Interface(self.interface(*id)),
        };
        let mut made = WorldItem::new(key, kind).with_docs(docs).with_gate(gate(item.stability(self.resolve)));
        made.external_id = external_id;
        made
    }

    fn func(&mut self, func: &wp::Function) -> Func {
        use wp::FunctionKind as K;
        let kind = match &func.kind {
            K::Freestanding | K::AsyncFreestanding | K::Getter | K::Setter => FuncKind::Free,
            K::Method(r) | K::AsyncMethod(r) | K::MethodGetter(r) | K::MethodSetter(r) => {
                FuncKind::Method(self.type_id(*r))
            }
            K::Static(r) | K::AsyncStatic(r) | K::StaticGetter(r) | K::StaticSetter(r) => {
                FuncKind::Static(self.type_id(*r))
            }
            K::Constructor(r) => FuncKind::Constructor(self.type_id(*r)),
        };
        let accessor = func.kind.accessor().map(|accessor| match accessor {
            wp::AccessorKind::Getter => Accessor::Get,
            wp::AccessorKind::Setter => Accessor::Set,
        });
        let mut made =
            Func::new(func.item_name(), kind).with_docs(func.docs.contents.clone()).with_gate(gate(&func.stability));
        (made.accessor, made.async_, made.external_id) = (accessor, func.kind.is_async(), func.external_id.clone());
        made.params = func.params.iter().map(|p| Param::new(&p.name, self.ty(p.ty))).collect();
        made.result = func.result.map(|ty| self.ty(ty));
        made
    }

    fn type_id(&mut self, from: wp::TypeId) -> TypeId {
        if let Some(&id) = self.types.get(&from) {
            return id;
        }
        let def = &self.resolve.types[from];
        if let wp::TypeOwner::Interface(owner) = def.owner
            && !self.owners.contains_key(&def.owner)
        {
            self.interface(owner);
            return self.type_id(from);
        }
        let kind = self.kind(&def.kind);
        let mut made = TypeDef::unnamed(kind).with_docs(def.docs.contents.clone());
        (made.name, made.owner) = (def.name.clone(), self.owners.get(&def.owner).copied());
        made.gate = if def.name.is_some() { gate(&def.stability) } else { Gate::default() };
        made.external_id = def.external_id.clone();
        let id = self.model.types.add(made);
        self.types.insert(from, id);
        id
    }

    fn kind(&mut self, kind: &wp::TypeDefKind) -> TypeDefKind {
        use wp::TypeDefKind as K;
        let label = |name: &str, docs: &wp::Docs| Label::new(name).with_docs(docs.contents.clone());
        match kind {
            K::Record(r) => TypeDefKind::Record(
                r.fields
                    .iter()
                    .map(|f| Field::new(&f.name, self.ty(f.ty)).with_docs(f.docs.contents.clone()))
                    .collect(),
            ),
            K::Variant(v) => TypeDefKind::Variant(
                v.cases
                    .iter()
                    .map(|c| Case::new(&c.name, c.ty.map(|ty| self.ty(ty))).with_docs(c.docs.contents.clone()))
                    .collect(),
            ),
            K::Resource => TypeDefKind::Resource,
            K::Handle(wp::Handle::Own(r)) => TypeDefKind::Own(self.type_id(*r)),
            K::Handle(wp::Handle::Borrow(r)) => TypeDefKind::Borrow(self.type_id(*r)),
            K::Flags(f) => TypeDefKind::Flags(f.flags.iter().map(|f| label(&f.name, &f.docs)).collect()),
            K::Enum(e) => TypeDefKind::Enum(e.cases.iter().map(|c| label(&c.name, &c.docs)).collect()),
            K::Tuple(t) => TypeDefKind::Tuple(t.types.iter().map(|&ty| self.ty(ty)).collect()),
            K::Option(ty) => TypeDefKind::Option(self.ty(*ty)),
            K::Result(r) => TypeDefKind::Result(r.ok.map(|ty| self.ty(ty)), r.err.map(|ty| self.ty(ty))),
            K::List(ty) => TypeDefKind::List(self.ty(*ty), None),
            K::FixedLengthList(ty, length) => TypeDefKind::List(self.ty(*ty), Some(*length)),
            K::Map(key, value) => TypeDefKind::Map(self.ty(*key), self.ty(*value)),
            K::Future(ty) => TypeDefKind::Future(ty.map(|ty| self.ty(ty))),
            K::Stream(ty) => TypeDefKind::Stream(ty.map(|ty| self.ty(ty))),
            K::Type(ty) => TypeDefKind::Alias(self.ty(*ty)),
            K::Unknown => unreachable!("resolved"),
        }
    }

    fn ty(&mut self, ty: wp::Type) -> TypeRef {
        let ty = match ty {
            wp::Type::Bool => Type::Bool,
            wp::Type::U8 => Type::U8,
            wp::Type::U16 => Type::U16,
            wp::Type::U32 => Type::U32,
            wp::Type::U64 => Type::U64,
            wp::Type::S8 => Type::S8,
            wp::Type::S16 => Type::S16,
            wp::Type::S32 => Type::S32,
            wp::Type::S64 => Type::S64,
            wp::Type::F32 => Type::F32,
            wp::Type::F64 => Type::F64,
            wp::Type::Char => Type::Char,
            wp::Type::String => Type::String,
            wp::Type::ErrorContext => Type::ErrorContext,
            wp::Type::Id(id) => Type::Id(self.type_id(id)),
        };
        TypeRef { ty, span: None }
    }
}

fn gate(stability: &wp::Stability) -> Gate {
    match stability {
        wp::Stability::Unknown => Gate::default(),
        wp::Stability::Unstable { feature, deprecated } => {
            Gate::new(Stability::Unstable(feature.clone()), deprecated.clone())
        }
        wp::Stability::Stable { since, deprecated } => Gate::new(Stability::Since(since.clone()), deprecated.clone()),
    }
}
