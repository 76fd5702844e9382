//! The `package-docs` section: documentation and gates as JSON, in the form that `wit-component` reads.
//!
//! Empty objects and absent values are left out; keys come in a fixed order, so that equal packages give equal bytes.

use alloc::string::{String, ToString};
use core::fmt::Write;

use crate::model::{Func, Gate, InterfaceId, Model, PackageId, Stability, TypeId, WorldId, WorldItem};
use crate::model::{WorldItemKind, WorldKey};

/// The JSON of a package's documentation and gates.
pub(super) fn package_docs(model: &Model, id: PackageId) -> String {
    let package = &model.packages[id];
    let mut worlds = Object::default();
    for &world in &package.worlds {
        worlds.object(&model.worlds[world].name, world_docs(model, world));
    }
    let mut interfaces = Object::default();
    for &interface in &package.interfaces {
        let name = model.interfaces[interface].name.as_deref().unwrap_or_default();
        interfaces.object(name, interface_docs(model, interface));
    }
    let mut object = Object::default();
    object.text("docs", package.docs.as_deref());
    object.object("worlds", worlds);
    object.object("interfaces", interfaces);
    object.json()
}

/// The documentation and gates of the imports or exports of a world.
#[derive(Default)]
struct ItemDocs {
    interfaces: Object,
    types: Object,
    funcs: Object,
    stability: Object,
    docs: Object,
}

fn world_docs(model: &Model, id: WorldId) -> Object {
    let world = &model.worlds[id];
    let imports = item_docs(model, &world.imports);
    let exports = item_docs(model, &world.exports);
    let mut object = Object::default();
    object.text("docs", world.docs.as_deref());
    object.gate(&world.gate);
    object.object("interfaces", imports.interfaces);
    object.object("types", imports.types);
    object.object("funcs", imports.funcs);
    object.object("interface_exports", exports.interfaces);
    object.object("func_exports", exports.funcs);
    object.object("interface_import_stability", imports.stability);
    object.object("interface_export_stability", exports.stability);
    object.object("interface_import_docs", imports.docs);
    object.object("interface_export_docs", exports.docs);
    object
}

fn item_docs(model: &Model, items: &[WorldItem]) -> ItemDocs {
    let mut of = ItemDocs::default();
    for item in items {
        match (&item.kind, &item.key) {
            (WorldItemKind::Interface { id, implements: None }, WorldKey::Name(name)) => {
                of.interfaces.object(name, inline_docs(model, item, *id));
            }
            (WorldItemKind::Interface { .. }, WorldKey::Name(_) | WorldKey::Interface(_)) => {
                let name = model.key_name(&item.key);
                of.stability.raw(&name, gate_json(&item.gate));
                of.docs.text(&name, item.docs.as_deref());
            }
            (WorldItemKind::Func(func), _) => of.funcs.object(&func.extern_name(model), func_docs(func)),
            (WorldItemKind::Type(ty), _) => of.types.object(&model.key_name(&item.key), type_docs(model, *ty)),
        }
    }
    of
}

/// The documentation of an interface written in place: it has the documentation and the gate of its item.
fn inline_docs(model: &Model, item: &WorldItem, id: InterfaceId) -> Object {
    let interface = &model.interfaces[id];
    let mut object = Object::default();
    object.text("docs", item.docs.as_deref().or(interface.docs.as_deref()));
    object.gate(if item.gate == Gate::default() { &interface.gate } else { &item.gate });
    members(model, id, &mut object);
    object
}

fn interface_docs(model: &Model, id: InterfaceId) -> Object {
    let interface = &model.interfaces[id];
    let mut object = Object::default();
    object.text("docs", interface.docs.as_deref());
    object.gate(&interface.gate);
    members(model, id, &mut object);
    object
}

fn members(model: &Model, id: InterfaceId, object: &mut Object) {
    let interface = &model.interfaces[id];
    let mut funcs = Object::default();
    for func in &interface.funcs {
        funcs.object(&func.extern_name(model), func_docs(func));
    }
    let mut types = Object::default();
    for &ty in &interface.types {
        types.object(model.types[ty].name.as_deref().unwrap_or_default(), type_docs(model, ty));
    }
    object.object("funcs", funcs);
    object.object("types", types);
}

fn func_docs(func: &Func) -> Object {
    let mut object = Object::default();
    object.text("docs", func.docs.as_deref());
    object.gate(&func.gate);
    object
}

fn type_docs(model: &Model, id: TypeId) -> Object {
    let def = &model.types[id];
    let mut items = Object::default();
    def.kind.members().for_each(|member| items.text(member.name, member.docs));
    let mut object = Object::default();
    object.text("docs", def.docs.as_deref());
    object.gate(&def.gate);
    object.object("items", items);
    object
}

/// `{"stable":{"since":…}}` or `{"unstable":{"feature":…}}`; `@deprecated` goes with either, never alone.
fn gate_json(gate: &Gate) -> Option<String> {
    let mut inner = Object::default();
    let name = match gate.stability.as_ref()? {
        Stability::Since(version) => {
            inner.text("since", Some(&version.to_string()));
            "stable"
        }
        Stability::Unstable(feature) => {
            inner.text("feature", Some(feature));
            "unstable"
        }
    };
    let deprecated = gate.deprecated.as_ref().map(ToString::to_string);
    inner.text("deprecated", deprecated.as_deref());
    let mut outer = Object::default();
    outer.object(name, inner);
    Some(outer.json())
}

/// A JSON object under construction: its members, separated by commas.
#[derive(Default)]
struct Object {
    members: String,
}

impl Object {
    /// Adds a string, if there is one.
    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.key(key);
            write_string(&mut self.members, value);
        }
    }

    /// Adds an object, unless it is empty.
    fn object(&mut self, key: &str, value: Object) {
        if !value.members.is_empty() {
            self.key(key);
            self.members.push_str(&value.json());
        }
    }

    /// Adds JSON, if it is not empty.
    fn raw(&mut self, key: &str, json: Option<String>) {
        if let Some(json) = json {
            self.key(key);
            self.members.push_str(&json);
        }
    }

    /// Adds `"stability"`, if the gate states one.
    fn gate(&mut self, gate: &Gate) {
        self.raw("stability", gate_json(gate));
    }

    fn key(&mut self, key: &str) {
        if !self.members.is_empty() {
            self.members.push(',');
        }
        write_string(&mut self.members, key);
        self.members.push(':');
    }

    fn json(&self) -> String {
        alloc::format!("{{{}}}", self.members)
    }
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => write!(out, "\\u{:04x}", u32::from(c)).expect("a String takes every write"),
            c => out.push(c),
        }
    }
    out.push('"');
}
