//! The Model as JSON, for editors and other tools; `docs/model.schema.json` is its schema.
//!
//! A named object has an `id` made of names, by which other objects refer to it. The id stays the same when other
//! objects are added, moved or removed:
//!
//! | object | its id |
//! |---|---|
//! | a package | `ns:name@version` |
//! | an interface, a world | `ns:name/item@version` |
//! | an import or export of a world, and what is written in it | `WORLD#import:NAME`, `WORLD#export:NAME` |
//! | a type, a function of an interface | `INTERFACE#NAME`, with a function's name in a component |

mod types;
mod writer;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};

use witwright_front::SourceMap;

use crate::model::{
    Direction, Func, FuncKind, Gate, InterfaceId, Model, PackageId, Stability, TypeId, TypeOwner, WorldId, WorldItem,
    WorldItemKind,
};
use writer::Writer;

/// The version of the format. It changes when the meaning of a member changes or a member is removed.
const FORMAT: usize = 1;

/// A Model as one line of JSON, without the newline: its packages, and which of them are main ones.
///
/// `sources` are the texts of the Model's spans; without them all spans are `null`.
#[must_use]
pub fn render(model: &Model, main: &[PackageId], sources: Option<&SourceMap>) -> String {
    let mut json = Json { model, in_place: in_place(model), out: Writer::new(sources) };
    json.out.begin_object();
    json.out.key("format").number(FORMAT);
    json.out.key("main").begin_array();
    for &id in main {
        json.out.string(&model.packages[id].name.to_string());
    }
    json.out.end_array();
    json.out.key("packages").begin_array();
    for (id, _) in model.packages.iter() {
        json.package(id);
    }
    json.out.end_array();
    json.out.end_object();
    json.out.finish()
}

struct Json<'m> {
    model: &'m Model,
    /// The ids of the interfaces written in place in worlds.
    in_place: BTreeMap<InterfaceId, String>,
    out: Writer<'m>,
}

fn in_place(model: &Model) -> BTreeMap<InterfaceId, String> {
    let mut ids = BTreeMap::new();
    for (world, def) in model.worlds.iter() {
        let imports = def.imports.iter().map(|item| (Direction::Import, item));
        for (direction, item) in imports.chain(def.exports.iter().map(|item| (Direction::Export, item))) {
            if let WorldItemKind::Interface { id, .. } = item.kind
                && model.interfaces[id].name.is_none()
            {
                ids.entry(id).or_insert_with(|| world_item_id(model, world, direction, item));
            }
        }
    }
    ids
}

fn world_id(model: &Model, id: WorldId) -> String {
    let world = &model.worlds[id];
    model.packages[world.package].name.qualify(&world.name)
}

fn world_item_id(model: &Model, world: WorldId, direction: Direction, item: &WorldItem) -> String {
    format!("{}#{direction}:{}", world_id(model, world), model.key_name(&item.key))
}

impl Json<'_> {
    fn package(&mut self, id: PackageId) {
        let package = &self.model.packages[id];
        self.out.begin_object();
        self.out.key("id").string(&package.name.to_string());
        self.out.key("namespace").string(&package.name.namespace);
        self.out.key("name").string(&package.name.name);
        let version = package.name.version.as_ref().map(ToString::to_string);
        self.out.key("version").optional_string(version.as_deref());
        self.out.key("docs").optional_string(package.docs.as_deref());
        self.out.key("span").span(package.span);
        self.out.key("interfaces").begin_array();
        for &interface in &package.interfaces {
            self.interface(interface);
        }
        self.out.end_array();
        self.out.key("worlds").begin_array();
        for &world in &package.worlds {
            self.world(world);
        }
        self.out.end_array();
        self.out.end_object();
    }

    fn interface(&mut self, id: InterfaceId) {
        let interface = &self.model.interfaces[id];
        let own_id = self.interface_id(id);
        self.out.begin_object();
        self.out.key("id").string(&own_id);
        self.out.key("name").optional_string(interface.name.as_deref());
        self.out.key("docs").optional_string(interface.docs.as_deref());
        self.gate(&interface.gate);
        self.out.key("span").span(interface.span);
        self.out.key("types").begin_array();
        for &ty in &interface.types {
            self.type_def(ty);
        }
        self.out.end_array();
        self.out.key("functions").begin_array();
        for func in &interface.funcs {
            self.func(&format!("{own_id}#{}", func.extern_name(self.model)), func);
        }
        self.out.end_array();
        self.out.end_object();
    }

    fn world(&mut self, id: WorldId) {
        let world = &self.model.worlds[id];
        self.out.begin_object();
        self.out.key("id").string(&world_id(self.model, id));
        self.out.key("name").string(&world.name);
        self.out.key("docs").optional_string(world.docs.as_deref());
        self.gate(&world.gate);
        self.out.key("span").span(world.span);
        for (direction, name, items) in
            [(Direction::Import, "imports", &world.imports), (Direction::Export, "exports", &world.exports)]
        {
            self.out.key(name).begin_array();
            for item in items {
                self.world_item(&world_item_id(self.model, id, direction, item), item);
            }
            self.out.end_array();
        }
        self.out.end_object();
    }

    fn world_item(&mut self, id: &str, item: &WorldItem) {
        self.out.begin_object();
        self.out.key("id").string(id);
        self.out.key("name").string(&self.model.key_name(&item.key));
        self.out.key("docs").optional_string(item.docs.as_deref());
        self.gate(&item.gate);
        self.out.key("external_id").optional_string(item.external_id.as_deref());
        self.out.key("stated").bool(item.stated);
        self.out.key("span").span(item.span);
        match &item.kind {
            WorldItemKind::Interface { id, implements } => {
                self.out.key("kind").string("interface");
                let interface = self.interface_id(*id);
                self.out.key("interface").string(&interface);
                let implements = implements.map(|id| self.interface_id(id));
                self.out.key("implements").optional_string(implements.as_deref());
                self.out.key("body");
                if self.model.interfaces[*id].name.is_none() { self.interface(*id) } else { self.out.null() }
            }
            WorldItemKind::Func(func) => {
                self.out.key("kind").string("function");
                self.out.key("function");
                self.func(id, func);
            }
            WorldItemKind::Type(ty) => {
                self.out.key("kind").string("type");
                self.out.key("type");
                self.type_def(*ty);
            }
        }
        self.out.end_object();
    }

    fn func(&mut self, id: &str, func: &Func) {
        let (kind, resource) = match func.kind {
            FuncKind::Free => ("free", None),
            FuncKind::Method(resource) => ("method", Some(resource)),
            FuncKind::Static(resource) => ("static", Some(resource)),
            FuncKind::Constructor(resource) => ("constructor", Some(resource)),
        };
        self.out.begin_object();
        self.out.key("id").string(id);
        self.out.key("name").string(&func.name);
        self.out.key("extern_name").string(&func.extern_name(self.model));
        self.out.key("kind").string(kind);
        let resource = resource.map(|resource| self.type_id(resource));
        self.out.key("resource").optional_string(resource.as_deref());
        self.func_type(func);
        self.out.key("docs").optional_string(func.docs.as_deref());
        self.gate(&func.gate);
        self.out.key("external_id").optional_string(func.external_id.as_deref());
        self.out.key("span").span(func.span);
        self.out.end_object();
    }

    /// A gate; `null` if it is empty.
    fn gate(&mut self, gate: &Gate) {
        self.out.key("gate");
        if *gate == Gate::default() {
            return self.out.null();
        }
        let (since, unstable) = match &gate.stability {
            Some(Stability::Since(version)) => (Some(version.to_string()), None),
            Some(Stability::Unstable(feature)) => (None, Some(feature.as_str())),
            None => (None, None),
        };
        let deprecated = gate.deprecated.as_ref().map(ToString::to_string);
        self.out.begin_object();
        self.out.key("since").optional_string(since.as_deref());
        self.out.key("unstable").optional_string(unstable);
        self.out.key("deprecated").optional_string(deprecated.as_deref());
        self.out.end_object();
    }

    fn interface_id(&self, id: InterfaceId) -> String {
        let named = self.model.interface_name(id);
        named.or_else(|| self.in_place.get(&id).cloned()).unwrap_or_default()
    }

    fn type_id(&self, id: TypeId) -> String {
        let def = &self.model.types[id];
        let name = def.name.as_deref().unwrap_or_default();
        match def.owner {
            Some(TypeOwner::Interface(interface)) => format!("{}#{name}", self.interface_id(interface)),
            Some(TypeOwner::World(world)) => format!("{}#import:{name}", world_id(self.model, world)),
            None => name.to_string(),
        }
    }
}
