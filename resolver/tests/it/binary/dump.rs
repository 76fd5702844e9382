//! A Model as text, for comparison: names, order, types, documentation, gates; no ids and no spans.

use core::fmt::Write;

use witwright_resolver::Model;
use witwright_resolver::model::{
    Func, Gate, InterfaceId, PackageId, Type, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldId, WorldItem,
    WorldItemKind,
};

/// All packages.
pub(crate) fn model(model: &Model) -> String {
    let mut dump = Dump { model, out: String::new() };
    for (id, _) in model.packages.iter() {
        dump.package(id);
    }
    dump.out
}

/// One package.
pub(crate) fn package(model: &Model, id: PackageId) -> String {
    let mut dump = Dump { model, out: String::new() };
    dump.package(id);
    dump.out
}

struct Dump<'m> {
    model: &'m Model,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        writeln!(self.out, "{:indent$}{text}", "").unwrap();
    }

    fn package(&mut self, id: PackageId) {
        let package = &self.model.packages[id];
        self.line(0, &format!("package {}{}", package.name, docs(&package.docs)));
        for &id in &package.interfaces {
            let interface = &self.model.interfaces[id];
            assert_eq!(interface.package, self.model.interfaces[id].package);
            self.line(1, &format!("interface {:?}{}", interface.name, docs(&interface.docs)));
            self.interface(id, 2);
        }
        for &id in &package.worlds {
            self.world(id);
        }
    }

    fn interface(&mut self, id: InterfaceId, indent: usize) {
        let interface = &self.model.interfaces[id];
        self.line(indent, &gate(&interface.gate));
        for &ty in &interface.types {
            self.type_def(ty, indent);
        }
        // Decoders see the functions of resources first, by resource.
        let position = |func: &&Func| {
            use witwright_resolver::model::FuncKind as K;
            match func.kind {
                K::Free => interface.types.len(),
                K::Method(r) | K::Static(r) | K::Constructor(r) => {
                    interface.types.iter().position(|&ty| ty == r).unwrap()
                }
            }
        };
        let mut funcs: Vec<&Func> = interface.funcs.iter().collect();
        funcs.sort_by_key(position);
        for func in funcs {
            self.func(func, indent);
        }
    }

    fn world(&mut self, id: WorldId) {
        let world = &self.model.worlds[id];
        self.line(1, &format!("world {}{}{}", world.name, gate(&world.gate), docs(&world.docs)));
        for item in &world.imports {
            self.world_item("import", item);
        }
        for item in &world.exports {
            self.world_item("export", item);
        }
    }

    fn world_item(&mut self, direction: &str, item: &WorldItem) {
        let key = self.model.key_name(&item.key);
        let what = format!("{direction} {key} {:?} {}", item.external_id, gate(&item.gate));
        match &item.kind {
            WorldItemKind::Interface { id, implements } => {
                let implements = implements.and_then(|id| self.model.interface_name(id));
                let named = self.model.interfaces[*id].name.is_some();
                let docs = if named || implements.is_some() { docs(&item.docs) } else { String::new() };
                self.line(2, &format!("{what} interface {implements:?}{docs}"));
                if !named {
                    let docs = self.model.interfaces[*id].docs.clone();
                    self.line(3, &format!("{docs:?}"));
                    self.interface(*id, 3);
                }
            }
            WorldItemKind::Func(func) => {
                self.line(2, &what);
                self.func(func, 3);
            }
            WorldItemKind::Type(ty) => {
                self.line(2, &format!("{direction} {key} {}", gate(&self.model.types[*ty].gate)));
                self.type_def(*ty, 3);
            }
        }
    }

    fn func(&mut self, func: &Func, indent: usize) {
        let params: Vec<_> = func.params.iter().map(|p| format!("{}: {}", p.name, self.ty(p.ty))).collect();
        let text = format!(
            "{} {:?} {} ({}) -> {} {:?} {}{}",
            func.extern_name(self.model),
            func.name,
            if func.async_ { "async func" } else { "func" },
            params.join(", "),
            self.optional(func.result),
            func.external_id,
            gate(&func.gate),
            docs(&func.docs),
        );
        self.line(indent, &text);
    }

    fn type_def(&mut self, id: TypeId, indent: usize) {
        let def = &self.model.types[id];
        let head = format!("type {:?} {:?} {}{}", def.name, def.external_id, gate(&def.gate), docs(&def.docs));
        self.line(indent, &format!("{head} = {}", self.kind(&def.kind)));
    }

    fn kind(&self, kind: &TypeDefKind) -> String {
        let list = |items: Vec<String>| items.join(", ");
        match kind {
            TypeDefKind::Alias(ty) => format!("alias {}", self.ty(*ty)),
            TypeDefKind::Record(fields) => {
                let fields = fields.iter().map(|f| format!("{}: {}{}", f.name, self.ty(f.ty), docs(&f.docs)));
                format!("record {}", list(fields.collect()))
            }
            TypeDefKind::Variant(cases) => {
                let cases = cases.iter().map(|c| format!("{}({}){}", c.name, self.optional(c.ty), docs(&c.docs)));
                format!("variant {}", list(cases.collect()))
            }
            TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => {
                let form = if matches!(kind, TypeDefKind::Enum(_)) { "enum" } else { "flags" };
                let labels = labels.iter().map(|l| format!("{}{}", l.name, docs(&l.docs)));
                format!("{form} {}", list(labels.collect()))
            }
            TypeDefKind::Resource => "resource".into(),
            TypeDefKind::Own(id) => format!("own<{}>", self.named(*id)),
            TypeDefKind::Borrow(id) => format!("borrow<{}>", self.named(*id)),
            TypeDefKind::Tuple(types) => format!("tuple<{}>", list(types.iter().map(|&ty| self.ty(ty)).collect())),
            TypeDefKind::List(ty, length) => format!("list<{}, {length:?}>", self.ty(*ty)),
            TypeDefKind::Option(ty) => format!("option<{}>", self.ty(*ty)),
            TypeDefKind::Result(ok, err) => format!("result<{}, {}>", self.optional(*ok), self.optional(*err)),
            TypeDefKind::Map(key, value) => format!("map<{}, {}>", self.ty(*key), self.ty(*value)),
            TypeDefKind::Future(ty) => format!("future<{}>", self.optional(*ty)),
            TypeDefKind::Stream(ty) => format!("stream<{}>", self.optional(*ty)),
        }
    }

    fn optional(&self, ty: Option<TypeRef>) -> String {
        ty.map_or("_".into(), |ty| self.ty(ty))
    }

    fn ty(&self, ty: TypeRef) -> String {
        if let Type::Id(id) = ty.ty { self.named(id) } else { format!("{:?}", ty.ty) }
    }

    /// A named type with its place, another type in full.
    fn named(&self, id: TypeId) -> String {
        let def = &self.model.types[id];
        let Some(name) = &def.name else { return self.kind(&def.kind) };
        match def.owner.expect("a named type has an owner") {
            TypeOwner::Interface(id) => {
                format!("{}.{name}", self.model.interface_name(id).unwrap_or("(in place)".into()))
            }
            TypeOwner::World(id) => format!("{}.{name}", self.model.worlds[id].name),
        }
    }
}

fn docs(docs: &Option<String>) -> String {
    docs.as_ref().map_or(String::new(), |docs| format!(" {docs:?}"))
}

fn gate(gate: &Gate) -> String {
    match gate == &Gate::default() {
        true => String::new(),
        false => format!("{:?} {:?}", gate.stability, gate.deprecated),
    }
}
