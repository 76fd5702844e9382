//! Random Models: a main package and packages that it uses. With rare exceptions they are correct.

use std::collections::BTreeSet;

use fastrand::Rng;
use semver::{Prerelease, Version};
use witwright_resolver::Model;
use witwright_resolver::model::{
    Accessor, Case, Field, Func, FuncKind, Gate, Interface, InterfaceId, Label, Package, PackageId, PackageName, Param,
    Stability, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef, World, WorldItem, WorldItemKind, WorldKey,
};

use super::Choose as _;

const WORDS: [&str; 16] = [
    "a",
    "blob",
    "c1",
    "door",
    "e-mail",
    "type",
    "world",
    "map",
    "error-context",
    "URL",
    "list",
    "x",
    "last-MODIFIED",
    "async",
    "f32",
    "r",
];
const DOCS: [&str; 5] = ["One line.", "Two\nlines.", "With `code` and \"quotes\".", "  indented", "a\n\nb"];
const PRIMITIVES: [Type; 14] = [
    Type::Bool,
    Type::S8,
    Type::U8,
    Type::S16,
    Type::U16,
    Type::S32,
    Type::U32,
    Type::S64,
    Type::U64,
    Type::F32,
    Type::F64,
    Type::Char,
    Type::String,
    Type::ErrorContext,
];

/// A Model, and its package that uses the others.
pub(super) fn generate(random: &mut Rng) -> (Model, PackageId) {
    let mut generator = Generator { random, model: Model::default(), interfaces: Vec::new(), version: None };
    for _ in 0..generator.random.usize(..4) {
        // Several versions of one package, and the package without a version.
        let name = *generator.random.pick(&["dep", "dep", "other"]);
        generator.package(name, false);
    }
    let main = generator.package("main", true);
    (generator.model, main)
}

struct Generator<'r> {
    random: &'r mut Rng,
    model: Model,
    /// The interfaces that may be used, because they are complete.
    interfaces: Vec<InterfaceId>,
    /// The version of the current package.
    version: Option<Version>,
}

/// The interface or world whose types and functions are being defined.
struct Scope {
    owner: TypeOwner,
    names: BTreeSet<String>,
    /// The types that may be mentioned.
    types: Vec<TypeId>,
}

impl Scope {
    fn new(owner: TypeOwner) -> Self {
        Scope { owner, names: BTreeSet::new(), types: Vec::new() }
    }
}

impl Generator<'_> {
    fn package(&mut self, name: &str, is_main: bool) -> PackageId {
        let name = loop {
            let version = self.random.percent(60).then(|| self.version());
            let name = PackageName { namespace: "test".into(), name: name.into(), version };
            let is_taken = self.model.packages.iter().any(|(_, package)| package.name == name);
            if !is_taken || self.random.percent(1) {
                break name;
            }
        };
        self.version.clone_from(&name.version);
        let docs = self.docs();
        let package = self.model.packages.add(Package::new(name).with_docs(docs));
        let mut names = BTreeSet::new();
        for _ in 0..1 + self.random.usize(..3) {
            let name = self.name(&mut names);
            let gate = self.gate();
            let interface = self.interface(Some(name), package, gate);
            self.model.packages[package].interfaces.push(interface);
            self.interfaces.push(interface);
        }
        let worlds = if is_main { self.random.usize(..4) } else { self.random.usize(..6).saturating_sub(4) };
        for _ in 0..worlds {
            let name = self.name(&mut names);
            self.world(name, package);
        }
        package
    }

    fn version(&mut self) -> Version {
        let mut version = Version::new(*self.random.pick(&[0, 1, 1]), 2, self.random.usize(..3) as u64);
        if self.random.percent(10) {
            version.pre = Prerelease::new("rc-1").unwrap();
        }
        version
    }

    fn interface(&mut self, name: Option<String>, package: PackageId, gate: Gate) -> InterfaceId {
        let docs = self.docs();
        let id = self.model.interfaces.add(Interface::new(name, package).with_docs(docs).with_gate(gate));
        let mut scope = Scope::new(TypeOwner::Interface(id));
        for _ in 0..self.random.usize(..5) {
            let (ty, mut funcs) = self.named_type(&mut scope);
            self.model.interfaces[id].types.push(ty);
            self.model.interfaces[id].funcs.append(&mut funcs);
        }
        for _ in 0..self.random.usize(..3) {
            let name = self.name(&mut scope.names);
            let func = self.func(&scope, FuncKind::Free, name);
            let setter = self.setter(&func);
            self.model.interfaces[id].funcs.extend([Some(func), setter].into_iter().flatten());
        }
        id
    }

    fn world(&mut self, name: String, package: PackageId) {
        let (docs, gate) = (self.docs(), self.gate());
        let id = self.model.worlds.add(World::new(name, package).with_docs(docs).with_gate(gate));
        self.model.packages[package].worlds.push(id);
        let mut scope = Scope::new(TypeOwner::World(id));
        for _ in 0..self.random.usize(..3) {
            let (ty, funcs) = self.named_type(&mut scope);
            let name = self.model.types[ty].name.clone().unwrap();
            let mut items = vec![WorldItem::new(WorldKey::Name(name), WorldItemKind::Type(ty))];
            for func in funcs {
                items.push(WorldItem::new(WorldKey::Name(func.extern_name(&self.model)), WorldItemKind::Func(func)));
            }
            self.model.worlds[id].imports.append(&mut items);
        }
        let mut export_names = BTreeSet::new();
        let mut interfaces = [BTreeSet::new(), BTreeSet::new()];
        for _ in 0..self.random.usize(..6) {
            let is_export = self.random.percent(50);
            let names = if is_export { &mut export_names } else { &mut scope.names };
            let mut names = core::mem::take(names);
            let new = self.world_item(&scope, &mut names, &mut interfaces[usize::from(is_export)], package);
            *(if is_export { &mut export_names } else { &mut scope.names }) = names;
            let world = &mut self.model.worlds[id];
            if is_export { world.exports.extend(new) } else { world.imports.extend(new) }
        }
    }

    /// An import or export. `None` if the world already has that interface.
    fn world_item(
        &mut self,
        scope: &Scope,
        names: &mut BTreeSet<String>,
        interfaces: &mut BTreeSet<InterfaceId>,
        package: PackageId,
    ) -> Option<WorldItem> {
        let mut new = match self.random.usize(..5) {
            0 | 1 => {
                let id = *self.random.pick(&self.interfaces);
                if !interfaces.insert(id) && !self.random.percent(3) {
                    return None;
                }
                WorldItem::new(WorldKey::Interface(id), WorldItemKind::Interface { id, implements: None })
            }
            2 => {
                let name = self.name(names);
                let id = self.interface(None, package, Gate::default());
                WorldItem::new(WorldKey::Name(name), WorldItemKind::Interface { id, implements: None })
            }
            3 => {
                let name = self.name(names);
                let id = *self.random.pick(&self.interfaces);
                WorldItem::new(WorldKey::Name(name), WorldItemKind::Interface { id, implements: Some(id) })
            }
            _ => {
                let name = self.name(names);
                let mut func = self.func(scope, FuncKind::Free, name);
                // An accessor in a world cannot have a name of its own.
                func.accessor = None;
                WorldItem::new(WorldKey::Name(func.name.clone()), WorldItemKind::Func(func))
            }
        };
        if !matches!(new.kind, WorldItemKind::Func(_)) {
            new.gate = self.gate();
        }
        Some(new)
    }

    /// A definition with the functions of a resource, or a type that `use` brings in.
    fn named_type(&mut self, scope: &mut Scope) -> (TypeId, Vec<Func>) {
        let used = self.random.percent(25).then(|| self.usable()).flatten();
        let mut is_resource = false;
        let kind = match used {
            Some(target) => TypeDefKind::Alias(type_ref(Type::Id(target))),
            None => match self.random.usize(..8) {
                0 | 1 => TypeDefKind::Record(self.fields(scope)),
                2 => TypeDefKind::Variant(self.cases(scope)),
                3 => TypeDefKind::Enum(self.labels(4)),
                4 => TypeDefKind::Flags(self.labels(33)),
                5 => {
                    is_resource = true;
                    TypeDefKind::Resource
                }
                _ => TypeDefKind::Alias(self.ty(scope, 0)),
            },
        };
        let name = match used.filter(|_| self.random.percent(50)) {
            Some(target) if scope.names.insert(self.model.types[target].name.clone().unwrap()) => {
                self.model.types[target].name.clone().unwrap()
            }
            Some(_) | None => self.name(&mut scope.names),
        };
        let (docs, gate) = if used.is_some() { (None, Gate::default()) } else { (self.docs(), self.gate()) };
        let def = TypeDef::named(name, scope.owner, kind).with_docs(docs).with_gate(gate);
        let id = self.model.types.add(def);
        scope.types.push(id);
        let funcs = if is_resource { self.resource_funcs(scope, id) } else { Vec::new() };
        (id, funcs)
    }

    /// A named type of a complete interface.
    fn usable(&mut self) -> Option<TypeId> {
        let from = self.interfaces.get(self.random.usize(..self.interfaces.len().max(1)))?;
        let types = &self.model.interfaces[*from].types;
        types.get(self.random.usize(..types.len().max(1))).copied()
    }

    fn resource_funcs(&mut self, scope: &Scope, resource: TypeId) -> Vec<Func> {
        let mut names = BTreeSet::from([self.model.types[resource].name.as_ref().unwrap().to_lowercase()]);
        let mut funcs = Vec::new();
        for index in 0..self.random.usize(..4) {
            let kind = match self.random.usize(..3) {
                0 if index == 0 => FuncKind::Constructor(resource),
                0 | 1 => FuncKind::Method(resource),
                _ => FuncKind::Static(resource),
            };
            let name = match kind {
                FuncKind::Constructor(_) => "constructor".to_owned(),
                FuncKind::Free | FuncKind::Method(_) | FuncKind::Static(_) => self.name(&mut names),
            };
            let func = self.func(scope, kind, name);
            let setter = self.setter(&func);
            funcs.extend([Some(func), setter].into_iter().flatten());
        }
        funcs
    }

    fn func(&mut self, scope: &Scope, kind: FuncKind, name: String) -> Func {
        let mut names = BTreeSet::from(["self".to_owned()]);
        let mut params = Vec::new();
        for _ in 0..self.random.usize(..3) {
            let name = self.name(&mut names);
            params.push(Param::new(name, self.param_type(scope)));
        }
        let mut result = self.random.percent(60).then(|| self.ty(scope, 0));
        let mut async_ = self.random.percent(20);
        match kind {
            FuncKind::Method(resource) => {
                let ty = self.unnamed(TypeDefKind::Borrow(resource));
                params.insert(0, Param::new("self", ty));
            }
            FuncKind::Constructor(resource) => {
                async_ = false;
                result = Some(self.unnamed(TypeDefKind::Own(resource)));
            }
            FuncKind::Free | FuncKind::Static(_) => {}
        }
        let mut accessor = None;
        if self.random.percent(6) && !async_ && !matches!(kind, FuncKind::Constructor(_)) {
            accessor = Some(Accessor::Get);
            params.truncate(usize::from(matches!(kind, FuncKind::Method(_))));
            result = Some(self.plain());
        }
        let external_id = self.random.percent(5).then(|| (*self.random.pick(&["id", "a \"b\"", "é\\"])).to_owned());
        let mut func = Func::new(name, kind).with_docs(self.docs()).with_gate(self.gate());
        (func.accessor, func.async_, func.external_id) = (accessor, async_, external_id);
        (func.params, func.result) = (params, result);
        func
    }

    /// The setter of a getter. Only some getters have one.
    fn setter(&mut self, func: &Func) -> Option<Func> {
        let getter = (func.accessor == Some(Accessor::Get) && self.random.percent(50)).then_some(func)?;
        let mut setter = getter.clone().with_docs(self.docs());
        (setter.accessor, setter.result) = (Some(Accessor::Set), None);
        setter.params.push(Param::new("value", getter.result?));
        Some(setter)
    }

    fn fields(&mut self, scope: &Scope) -> Vec<Field> {
        let mut names = BTreeSet::new();
        let fields = 0..1 + self.random.usize(..4);
        fields
            .map(|_| self.name(&mut names))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|name| self.field(scope, name))
            .collect()
    }

    fn field(&mut self, scope: &Scope, name: String) -> Field {
        Field::new(name, self.ty(scope, 0)).with_docs(self.docs())
    }

    fn cases(&mut self, scope: &Scope) -> Vec<Case> {
        let labels = self.labels(4).into_iter();
        labels.map(|Label { name, docs, .. }| self.case(scope, name, docs)).collect()
    }

    fn case(&mut self, scope: &Scope, name: String, docs: Option<String>) -> Case {
        let ty = self.random.percent(50).then(|| self.ty(scope, 0));
        Case::new(name, ty).with_docs(docs)
    }

    fn labels(&mut self, most: usize) -> Vec<Label> {
        let mut names = BTreeSet::new();
        let count = if most > 4 && self.random.percent(95) { 4 } else { most };
        (0..1 + self.random.usize(..count)).map(|_| Label::new(self.name(&mut names)).with_docs(self.docs())).collect()
    }

    /// A type for a parameter. Only parameters may have borrows.
    fn param_type(&mut self, scope: &Scope) -> TypeRef {
        let resources: Vec<TypeId> = scope.types.iter().copied().filter(|&id| self.is_resource(id)).collect();
        if !resources.is_empty() && self.random.percent(40) {
            let resource = *self.random.pick(&resources);
            return self.unnamed(TypeDefKind::Borrow(resource));
        }
        self.ty(scope, 0)
    }

    fn is_resource(&self, id: TypeId) -> bool {
        matches!(self.model.types[self.model.dealias_id(id)].kind, TypeDefKind::Resource)
    }

    /// A type, nested at most three deep.
    fn ty(&mut self, scope: &Scope, depth: usize) -> TypeRef {
        match self.random.usize(..10) {
            0..4 => type_ref(*self.random.pick(&PRIMITIVES)),
            4..7 if !scope.types.is_empty() => {
                let id = *self.random.pick(&scope.types);
                if self.is_resource(id) { self.unnamed(TypeDefKind::Own(id)) } else { type_ref(Type::Id(id)) }
            }
            _ if depth < 3 => {
                let kind = self.container(scope, depth + 1);
                self.unnamed(kind)
            }
            _ => type_ref(Type::U32),
        }
    }

    fn container(&mut self, scope: &Scope, depth: usize) -> TypeDefKind {
        match self.random.usize(..9) {
            0 | 1 => TypeDefKind::List(self.ty(scope, depth), None),
            2 => TypeDefKind::List(self.ty(scope, depth), Some(1 + self.random.usize(..4) as u32)),
            3 => TypeDefKind::Option(self.ty(scope, depth)),
            4 => TypeDefKind::Result(self.optional(scope, depth), self.optional(scope, depth)),
            5 => TypeDefKind::Tuple((0..1 + self.random.usize(..3)).map(|_| self.ty(scope, depth)).collect()),
            6 => {
                let keys = [Type::Bool, Type::U8, Type::S64, Type::Char, Type::String];
                let key = type_ref(*self.random.pick(&keys));
                let value = if self.random.percent(90) { self.plain() } else { self.ty(scope, depth) };
                TypeDefKind::Map(key, value)
            }
            7 => TypeDefKind::Future(self.optional(scope, depth)),
            _ => TypeDefKind::Stream(self.optional(scope, depth).filter(|ty| ty.ty != Type::Char)),
        }
    }

    /// A type without names and handles.
    fn plain(&mut self) -> TypeRef {
        let primitive = type_ref(*self.random.pick(&PRIMITIVES[..13]));
        match self.random.usize(..4) {
            0 => self.unnamed(TypeDefKind::List(primitive, None)),
            1 => self.unnamed(TypeDefKind::Option(primitive)),
            _ => primitive,
        }
    }

    fn optional(&mut self, scope: &Scope, depth: usize) -> Option<TypeRef> {
        self.random.percent(70).then(|| self.ty(scope, depth))
    }

    fn unnamed(&mut self, kind: TypeDefKind) -> TypeRef {
        type_ref(Type::Id(self.model.types.add(TypeDef::unnamed(kind))))
    }

    /// A name that is not yet taken, with rare exceptions.
    fn name(&mut self, taken: &mut BTreeSet<String>) -> String {
        loop {
            let word = *self.random.pick(&WORDS);
            let name = if self.random.percent(50) { word.to_owned() } else { format!("{word}-x{}", taken.len()) };
            let is_new = taken.insert(name.to_lowercase());
            if is_new || self.random.usize(..400) == 0 {
                return name;
            }
        }
    }

    fn docs(&mut self) -> Option<String> {
        self.random.percent(10).then(|| (*self.random.pick(&DOCS)).to_owned())
    }

    fn gate(&mut self) -> Gate {
        if !self.random.percent(8) {
            return Gate::default();
        }
        let stability = match &self.version {
            Some(version) if self.random.percent(60) => {
                let minor = version.minor + u64::from(self.random.percent(2));
                Stability::Since(Version::new(version.major, minor.min(self.random.usize(..4) as u64), 0))
            }
            Some(_) | None => Stability::Unstable((*self.random.pick(&super::FEATURES)).to_owned()),
        };
        let deprecated = self.random.percent(20).then(|| Version::new(1, 2, 0));
        Gate::new(stability, deprecated)
    }
}

pub(super) fn type_ref(ty: Type) -> TypeRef {
    TypeRef { ty, span: None }
}
