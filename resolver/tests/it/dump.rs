//! A Model as text to read and to compare: everything in it but the places.

use core::fmt::Write as _;

use witwright_resolver::Model;
use witwright_resolver::model::{
    Func, Gate, InterfaceId, PackageId, Stability, Type, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldId, WorldItem,
    WorldItemKind,
};

/// Every package.
pub(crate) fn dump(model: &Model) -> String {
    let packages = model.packages.iter().map(|(id, _)| package(model, id));
    packages.collect::<Vec<String>>().join("\n")
}

/// One package.
pub(crate) fn package(model: &Model, id: PackageId) -> String {
    let mut dump = Dump { model, out: String::new() };
    let package = &model.packages[id];
    dump.docs(0, package.docs.as_deref());
    dump.line(0, &format!("package {}", package.name));
    for &interface in &package.interfaces {
        dump.interface(interface);
    }
    for &world in &package.worlds {
        dump.world(world);
    }
    dump.out
}

struct Dump<'m> {
    model: &'m Model,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.out, "{}{text}", "  ".repeat(depth)).unwrap();
    }

    fn docs(&mut self, depth: usize, docs: Option<&str>) {
        for line in docs.into_iter().flat_map(str::lines) {
            self.line(depth, format!("/// {line}").trim_end());
        }
    }

    fn head(&mut self, depth: usize, docs: Option<&str>, gate: &Gate, external_id: Option<&str>) {
        self.docs(depth, docs);
        match &gate.stability {
            Some(Stability::Since(version)) => self.line(depth, &format!("@since {version}")),
            Some(Stability::Unstable(feature)) => self.line(depth, &format!("@unstable {feature}")),
            None => {}
        }
        if let Some(version) = &gate.deprecated {
            self.line(depth, &format!("@deprecated {version}"));
        }
        if let Some(id) = external_id {
            self.line(depth, &format!("@external-id {id:?}"));
        }
    }

    fn interface(&mut self, id: InterfaceId) {
        let interface = &self.model.interfaces[id];
        self.head(1, interface.docs.as_deref(), &interface.gate, None);
        self.line(1, &format!("interface {}", interface.name.as_deref().unwrap_or("?")));
        self.members(2, id);
    }

    fn members(&mut self, depth: usize, id: InterfaceId) {
        let interface = &self.model.interfaces[id];
        for &ty in &interface.types {
            self.type_def(depth, ty);
        }
        for func in &interface.funcs {
            self.func(depth, "", func);
        }
    }

    fn world(&mut self, id: WorldId) {
        let world = &self.model.worlds[id];
        self.head(1, world.docs.as_deref(), &world.gate, None);
        self.line(1, &format!("world {}", world.name));
        for item in &world.imports {
            self.world_item("import", item);
        }
        for item in &world.exports {
            self.world_item("export", item);
        }
    }

    fn world_item(&mut self, verb: &str, item: &WorldItem) {
        let key = self.model.key_name(&item.key);
        match &item.kind {
            WorldItemKind::Interface { id, implements } => {
                let interface = &self.model.interfaces[*id];
                let in_place = interface.name.is_none() && implements.is_none();
                let docs = if in_place { interface.docs.as_deref() } else { item.docs.as_deref() };
                self.head(2, docs, &item.gate, item.external_id.as_deref());
                let of = implements.and_then(|id| self.model.interface_name(id));
                let of = of.map(|name| format!(": {name}")).unwrap_or_default();
                self.line(2, &format!("{verb} {key}{of}"));
                if interface.name.is_none() {
                    self.members(3, *id);
                }
            }
            WorldItemKind::Func(func) => {
                assert_eq!(key, func.extern_name(self.model), "a function has its own name as its key");
                self.func(2, verb, func);
            }
            WorldItemKind::Type(ty) => {
                assert_eq!(Some(key), self.model.types[*ty].name, "a type has its own name as its key");
                self.type_def(2, *ty);
            }
        }
    }

    fn func(&mut self, depth: usize, verb: &str, func: &Func) {
        self.head(depth, func.docs.as_deref(), &func.gate, func.external_id.as_deref());
        let params = func.params.iter().map(|param| format!("{}: {}", param.name, self.ty(&param.ty)));
        let params = params.collect::<Vec<String>>().join(", ");
        let result = func.result.as_ref().map(|ty| format!(" -> {}", self.ty(ty))).unwrap_or_default();
        let async_ = if func.async_ { "async " } else { "" };
        let text = format!("{verb} {}: {async_}func({params}){result}", func.extern_name(self.model));
        self.line(depth, text.trim_start());
    }

    fn type_def(&mut self, depth: usize, id: TypeId) {
        let ty = &self.model.types[id];
        self.head(depth, ty.docs.as_deref(), &ty.gate, ty.external_id.as_deref());
        let name = ty.name.as_deref().unwrap_or("?");
        match &ty.kind {
            TypeDefKind::Record(fields) => {
                self.line(depth, &format!("record {name}"));
                for field in fields {
                    self.docs(depth + 1, field.docs.as_deref());
                    self.line(depth + 1, &format!("{}: {}", field.name, self.ty(&field.ty)));
                }
            }
            TypeDefKind::Variant(cases) => {
                self.line(depth, &format!("variant {name}"));
                for case in cases {
                    self.docs(depth + 1, case.docs.as_deref());
                    let payload = case.ty.as_ref().map(|ty| format!("({})", self.ty(ty))).unwrap_or_default();
                    self.line(depth + 1, &format!("{}{payload}", case.name));
                }
            }
            TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => {
                let sort = if matches!(ty.kind, TypeDefKind::Enum(_)) { "enum" } else { "flags" };
                self.line(depth, &format!("{sort} {name}"));
                for label in labels {
                    self.docs(depth + 1, label.docs.as_deref());
                    self.line(depth + 1, &label.name);
                }
            }
            TypeDefKind::Resource => self.line(depth, &format!("resource {name}")),
            TypeDefKind::Alias(_)
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => self.line(depth, &format!("type {name} = {}", self.kind(&ty.kind))),
        }
    }

    fn ty(&self, ty: &TypeRef) -> String {
        match ty.ty {
            Type::Id(id) if self.model.types[id].name.is_some() => self.name(id),
            Type::Id(id) => self.kind(&self.model.types[id].kind),
            Type::ErrorContext => "error-context".to_owned(),
            Type::Bool
            | Type::S8
            | Type::U8
            | Type::S16
            | Type::U16
            | Type::S32
            | Type::U32
            | Type::S64
            | Type::U64
            | Type::F32
            | Type::F64
            | Type::Char
            | Type::String => format!("{:?}", ty.ty).to_lowercase(),
        }
    }

    /// The name of a type, with that of its owner.
    fn name(&self, id: TypeId) -> String {
        let ty = &self.model.types[id];
        let owner = match ty.owner {
            Some(TypeOwner::Interface(id)) => self.model.interface_name(id).unwrap_or_else(|| "self".to_owned()),
            Some(TypeOwner::World(id)) => format!("world {}", self.model.worlds[id].name),
            None => "nobody".to_owned(),
        };
        format!("{owner}.{}", ty.name.as_deref().unwrap_or("?"))
    }

    fn kind(&self, kind: &TypeDefKind) -> String {
        let ty = |ty: &TypeRef| self.ty(ty);
        let list = |types: &[TypeRef]| types.iter().map(ty).collect::<Vec<String>>().join(", ");
        let optional = |name: &str, payload: &Option<TypeRef>| match payload {
            Some(payload) => format!("{name}<{}>", ty(payload)),
            None => name.to_owned(),
        };
        match kind {
            TypeDefKind::Alias(target) => ty(target),
            TypeDefKind::Own(id) => format!("own<{}>", self.name(*id)),
            TypeDefKind::Borrow(id) => format!("borrow<{}>", self.name(*id)),
            TypeDefKind::Tuple(types) => format!("tuple<{}>", list(types)),
            TypeDefKind::List(element, None) => format!("list<{}>", ty(element)),
            TypeDefKind::List(element, Some(length)) => format!("list<{}, {length}>", ty(element)),
            TypeDefKind::Option(inner) => format!("option<{}>", ty(inner)),
            TypeDefKind::Result(ok, err) => {
                let part = |part: &Option<TypeRef>| part.as_ref().map_or_else(|| "_".to_owned(), ty);
                format!("result<{}, {}>", part(ok), part(err))
            }
            TypeDefKind::Map(key, value) => format!("map<{}, {}>", ty(key), ty(value)),
            TypeDefKind::Future(payload) => optional("future", payload),
            TypeDefKind::Stream(payload) => optional("stream", payload),
            TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource => unreachable!("these have names"),
        }
    }
}
