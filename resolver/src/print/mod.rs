//! Model → WIT text (`WIT.md`): formatted packages with documentation and gates.
//!
//! The text is read as the same Model, except for the order of functions: those of a resource are in its body.
//! Items that elaboration adds to worlds are left out, unless the order of others asks for them.

mod imports;
mod text;
mod types;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::FileId;
use witwright_front::fmt::format;

use crate::model::{
    Func, FuncKind, Gate, InterfaceId, Model, PackageId, PackageName, TypeDefKind, TypeId, WorldId, WorldItem,
    WorldItemKind,
};
pub use imports::stated_imports;
use text::{Head, Kind, Text, escaped};
pub use text::{attributes, is_escaped};
pub(crate) use types::{kind_text, type_text};

/// The text of one package.
#[must_use]
pub fn package(model: &Model, id: PackageId) -> String {
    let mut printer = Printer { model, package: id, text: Text::default() };
    printer.main();
    laid_out(printer.text.finish())
}

/// The text of a package, with all other packages of the Model nested after it.
#[must_use]
pub fn document(model: &Model, main: PackageId) -> String {
    let mut printer = Printer { model, package: main, text: Text::default() };
    printer.main();
    for (id, package) in model.packages.iter().filter(|(id, _)| *id != main) {
        printer.package = id;
        let head = Head { docs: package.docs.as_deref(), ..Head::default() };
        printer.text.block(Kind::Package, head, &format!("package {}", package_name(&package.name)));
        printer.items();
        printer.text.end();
    }
    laid_out(printer.text.finish())
}

/// Formats a text, which breaks lines that are too wide. The text of a Model with mistakes may be invalid WIT, and is
/// then left unchanged.
fn laid_out(text: String) -> String {
    format(FileId(0), &text).unwrap_or(text)
}

struct Printer<'m> {
    model: &'m Model,
    package: PackageId,
    text: Text,
}

impl<'m> Printer<'m> {
    fn main(&mut self) {
        let package = &self.model.packages[self.package];
        let head = Head { docs: package.docs.as_deref(), ..Head::default() };
        self.text.item(Kind::Package, head, &format!("package {};", package_name(&package.name)));
        self.items();
    }

    fn items(&mut self) {
        let package = &self.model.packages[self.package];
        self.text.enter(package.name.version.as_ref());
        for &id in &package.interfaces {
            let interface = &self.model.interfaces[id];
            let head = Head { docs: interface.docs.as_deref(), gate: Some(&interface.gate), external_id: None };
            let name = escaped(interface.name.as_deref().unwrap_or_default());
            self.text.block(Kind::Interface, head, &format!("interface {name}"));
            self.interface(id);
            self.text.end();
        }
        for &id in &package.worlds {
            self.world(id);
        }
    }

    fn interface(&mut self, id: InterfaceId) {
        let interface = &self.model.interfaces[id];
        let methods = by_resource(interface.funcs.iter());
        self.types(&interface.types, &methods);
        for func in interface.funcs.iter().filter(|func| matches!(func.kind, FuncKind::Free)) {
            let line = format!("{}: {};", escaped(&func.name), self.func_type(func));
            self.text.item(Kind::Func, func_head(func), &line);
        }
    }

    fn world(&mut self, id: WorldId) {
        let world = &self.model.worlds[id];
        let head = Head { docs: world.docs.as_deref(), gate: Some(&world.gate), external_id: None };
        self.text.block(Kind::World, head, &format!("world {}", escaped(&world.name)));
        let methods = by_resource(world.imports.iter().filter_map(|item| match &item.kind {
            WorldItemKind::Func(func) => Some(func),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
        }));
        let mut types = Vec::new();
        for (item, is_stated) in world.imports.iter().zip(stated_imports(self.model, world)) {
            if let WorldItemKind::Type(id) = item.kind {
                types.push(id);
                continue;
            }
            self.types(&types, &methods);
            types.clear();
            if is_stated {
                self.world_item(Kind::Import, "import", item);
            }
        }
        self.types(&types, &methods);
        for item in world.exports.iter().filter(|item| item.stated) {
            self.world_item(Kind::Export, "export", item);
        }
        self.text.end();
    }

    fn world_item(&mut self, kind: Kind, keyword: &str, item: &WorldItem) {
        let key = self.model.key_name(&item.key);
        let external_id = item.external_id.as_deref();
        let head = Head { docs: item.docs.as_deref(), gate: Some(&item.gate), external_id };
        match &item.kind {
            WorldItemKind::Interface { implements: Some(id), .. } => {
                let line = format!("{keyword} {}: {};", escaped(&key), self.path(*id));
                self.text.item(kind, head, &line);
            }
            WorldItemKind::Interface { id, implements: None } if self.model.interfaces[*id].name.is_some() => {
                self.text.item(kind, head, &format!("{keyword} {};", self.path(*id)));
            }
            WorldItemKind::Interface { id, implements: None } => {
                let interface = &self.model.interfaces[*id];
                let docs = head.docs.or(interface.docs.as_deref());
                let gate = if item.gate == Gate::default() { &interface.gate } else { &item.gate };
                let head = Head { docs, gate: Some(gate), ..head };
                self.text.block(kind, head, &format!("{keyword} {}: interface", escaped(&key)));
                self.interface(*id);
                self.text.end();
            }
            WorldItemKind::Func(func) if matches!(func.kind, FuncKind::Free) => {
                let head = Head { external_id: func.external_id.as_deref().or(external_id), ..func_head(func) };
                let line = format!("{keyword} {}: {};", escaped(&func.name), self.func_type(func));
                self.text.item(kind, head, &line);
            }
            // Functions of resources are written in the resource's body.
            WorldItemKind::Func(_) | WorldItemKind::Type(_) => {}
        }
    }

    /// Types in order; neighbours from one interface share a `use`.
    fn types(&mut self, types: &[TypeId], methods: &BTreeMap<TypeId, Vec<&'m Func>>) {
        let mut types = types.iter().copied().peekable();
        while let Some(id) = types.next() {
            let Some(from) = self.model.used_from(id) else {
                self.typedef(id, methods.get(&id).map(Vec::as_slice).unwrap_or_default());
                continue;
            };
            let def = &self.model.types[id];
            let mut names = alloc::vec![self.used_name(id)];
            let same = |next: &TypeId| {
                let next_def = &self.model.types[*next];
                self.model.used_from(*next) == Some(from) && next_def.gate == def.gate && next_def.docs == def.docs
            };
            while let Some(next) = types.next_if(same) {
                names.push(self.used_name(next));
            }
            let head = Head { docs: def.docs.as_deref(), gate: Some(&def.gate), external_id: None };
            self.text.item(Kind::Use, head, &format!("use {}.{{{}}};", self.path(from), names.join(", ")));
        }
    }

    fn alias_target(&self, id: TypeId) -> Option<TypeId> {
        let TypeDefKind::Alias(target) = self.model.types[id].kind else { return None };
        target.ty.id()
    }

    /// `name`, or `name as other`
    fn used_name(&self, id: TypeId) -> String {
        let name = self.type_name(id);
        match self.alias_target(id).map(|target| self.type_name(target)) {
            Some(original) if original != name => format!("{original} as {name}"),
            Some(_) | None => name,
        }
    }

    /// An interface as this package refers to it.
    fn path(&self, id: InterfaceId) -> String {
        let interface = &self.model.interfaces[id];
        let name = escaped(interface.name.as_deref().unwrap_or_default());
        if interface.package == self.package {
            return name;
        }
        let PackageName { namespace, name: package, version } = &self.model.packages[interface.package].name;
        let path = format!("{}:{}/{name}", text::path(namespace), text::path(package));
        version.as_ref().map_or(path.clone(), |version| format!("{path}@{version}"))
    }
}

/// The functions of each resource.
fn by_resource<'m>(funcs: impl Iterator<Item = &'m Func>) -> BTreeMap<TypeId, Vec<&'m Func>> {
    let mut methods: BTreeMap<TypeId, Vec<&Func>> = BTreeMap::new();
    for func in funcs {
        if let Some(resource) = func.kind.resource() {
            methods.entry(resource).or_default().push(func);
        }
    }
    methods
}

fn func_head(func: &Func) -> Head<'_> {
    Head { docs: func.docs.as_deref(), gate: Some(&func.gate), external_id: func.external_id.as_deref() }
}

fn package_name(name: &PackageName) -> String {
    let version = name.version.as_ref().map_or(String::new(), |version| format!("@{version}"));
    format!("{}:{}{version}", text::path(&name.namespace), text::path(&name.name))
}
