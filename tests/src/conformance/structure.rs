//! Models, ours and those that wit-parser writes as JSON, as one line for each definition, so that they can be compared. The
//! lines have names, types and gates, but not documentation and the order of definitions.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use witwright_resolver::Model;
use witwright_resolver::model::{
    Accessor, Func, FuncKind, Gate, InterfaceId, Stability, Type, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldItem,
    WorldItemKind, WorldKey,
};

/// The lines of a Model.
pub(super) fn of_model(model: &Model) -> BTreeSet<String> {
    let ours = Ours { model };
    let mut lines = BTreeSet::new();
    for (_, package) in model.packages.iter() {
        lines.insert(format!("package {}", package.name));
        for &id in &package.interfaces {
            let path = ours.interface(id);
            lines.insert(format!("interface {path}{}", gate(&model.interfaces[id].gate)));
            ours.contents(id, &path, &mut lines);
        }
        for &id in &package.worlds {
            let world = &model.worlds[id];
            let path = package.name.qualify(&world.name);
            lines.insert(format!("world {path}{}", gate(&world.gate)));
            for (verb, items) in [("import", &world.imports), ("export", &world.exports)] {
                items.iter().for_each(|item| ours.item(item, &format!("{path} {verb}"), &mut lines));
            }
        }
    }
    lines
}

struct Ours<'m> {
    model: &'m Model,
}

impl Ours<'_> {
    /// The name of an interface. The name of an inline interface begins with its world.
    fn interface(&self, id: InterfaceId) -> String {
        if let Some(name) = self.model.interface_name(id) {
            return name;
        }
        for (_, world) in self.model.worlds.iter() {
            let path = self.model.packages[world.package].name.qualify(&world.name);
            for (verb, items) in [("import", &world.imports), ("export", &world.exports)] {
                let is_it =
                    |item: &&WorldItem| matches!(item.kind, WorldItemKind::Interface { id: other, .. } if other == id);
                if let Some(item) = items.iter().find(is_it) {
                    return format!("{path} {verb} {}", self.model.key_name(&item.key));
                }
            }
        }
        "nowhere".to_owned()
    }

    fn contents(&self, id: InterfaceId, path: &str, lines: &mut BTreeSet<String>) {
        let interface = &self.model.interfaces[id];
        for &ty in &interface.types {
            lines.insert(self.definition(ty, path));
        }
        for func in &interface.funcs {
            lines.insert(format!("{path} {}", self.func(func)));
        }
    }

    fn item(&self, item: &WorldItem, path: &str, lines: &mut BTreeSet<String>) {
        match &item.kind {
            WorldItemKind::Interface { id, implements } => {
                let name = self.model.key_name(&item.key);
                let of = match (&item.key, implements) {
                    (WorldKey::Name(_), Some(original)) => format!(" = {}", self.interface(*original)),
                    (WorldKey::Name(_) | WorldKey::Interface(_), _) => String::new(),
                };
                lines.insert(format!("{path} {name}{of}{}", gate(&item.gate)));
                if self.model.interfaces[*id].name.is_none() && implements.is_none() {
                    self.contents(*id, &format!("{path} {name}"), lines);
                }
            }
            WorldItemKind::Func(func) => {
                lines.insert(format!("{path} {}", self.func(func)));
            }
            WorldItemKind::Type(ty) => {
                lines.insert(self.definition(*ty, path));
            }
        }
    }

    fn definition(&self, id: TypeId, path: &str) -> String {
        let def = &self.model.types[id];
        format!("{path} type {} = {}{}", def.name.as_deref().unwrap_or_default(), self.kind(&def.kind), gate(&def.gate))
    }

    fn func(&self, func: &Func) -> String {
        let (sort, resource) = match func.kind {
            FuncKind::Free => ("freestanding", None),
            FuncKind::Method(id) => ("method", Some(id)),
            FuncKind::Static(id) => ("static", Some(id)),
            FuncKind::Constructor(id) => ("constructor", Some(id)),
        };
        let accessor = func.accessor.map(|accessor| match accessor {
            Accessor::Get => "getter",
            Accessor::Set => "setter",
        });
        let sort = match (sort, accessor) {
            (sort, None) => sort.to_owned(),
            ("freestanding", Some(accessor)) => accessor.to_owned(),
            (sort, Some(accessor)) => format!("{sort}-{accessor}"),
        };
        let sort = if func.async_ { format!("async-{sort}") } else { sort };
        let resource = resource.map(|id| format!(" {}", self.named(id))).unwrap_or_default();
        let params: Vec<String> =
            func.params.iter().map(|param| format!("{}: {}", param.name, self.reference(&param.ty))).collect();
        let result = func.result.as_ref().map(|ty| format!(" -> {}", self.reference(ty))).unwrap_or_default();
        let name = func.extern_name(self.model);
        format!("{name}: {sort}{resource}({}){result}{}", params.join(", "), gate(&func.gate))
    }

    fn reference(&self, ty: &TypeRef) -> String {
        match ty.ty {
            Type::Id(id) if self.model.types[id].name.is_some() => self.named(id),
            Type::Id(id) => self.kind(&self.model.types[id].kind),
            Type::ErrorContext => "error-context".to_owned(),
            primitive @ (Type::Bool
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
            | Type::String) => format!("{primitive:?}").to_lowercase(),
        }
    }

    fn named(&self, id: TypeId) -> String {
        let def = &self.model.types[id];
        let owner = match def.owner {
            Some(TypeOwner::Interface(id)) => self.interface(id),
            Some(TypeOwner::World(id)) => {
                let world = &self.model.worlds[id];
                self.model.packages[world.package].name.qualify(&world.name)
            }
            None => String::new(),
        };
        format!("{owner}.{}", def.name.as_deref().unwrap_or_default())
    }

    fn kind(&self, kind: &TypeDefKind) -> String {
        let ty = |ty: &TypeRef| self.reference(ty);
        let optional = |ty: &Option<TypeRef>| ty.as_ref().map_or("_".to_owned(), |ty| self.reference(ty));
        match kind {
            TypeDefKind::Alias(target) => ty(target),
            TypeDefKind::Record(fields) => {
                list("record", fields.iter().map(|field| format!("{}: {}", field.name, ty(&field.ty))))
            }
            TypeDefKind::Variant(cases) => {
                list("variant", cases.iter().map(|case| format!("{}: {}", case.name, optional(&case.ty))))
            }
            TypeDefKind::Enum(labels) => list("enum", labels.iter().map(|label| label.name.clone())),
            TypeDefKind::Flags(labels) => list("flags", labels.iter().map(|label| label.name.clone())),
            TypeDefKind::Resource => "resource".to_owned(),
            TypeDefKind::Own(id) => list("own", [self.named(*id)]),
            TypeDefKind::Borrow(id) => list("borrow", [self.named(*id)]),
            TypeDefKind::Tuple(types) => list("tuple", types.iter().map(ty)),
            TypeDefKind::List(element, None) => list("list", [ty(element)]),
            TypeDefKind::List(element, Some(length)) => list("fixed-length-list", [ty(element), length.to_string()]),
            TypeDefKind::Option(inner) => list("option", [ty(inner)]),
            TypeDefKind::Result(ok, err) => list("result", [optional(ok), optional(err)]),
            TypeDefKind::Map(key, value) => list("map", [ty(key), ty(value)]),
            TypeDefKind::Future(inner) => list("future", [optional(inner)]),
            TypeDefKind::Stream(inner) => list("stream", [optional(inner)]),
        }
    }
}

fn list(sort: &str, parts: impl IntoIterator<Item = String>) -> String {
    format!("{sort}<{}>", parts.into_iter().collect::<Vec<_>>().join(", "))
}

fn gate(gate: &Gate) -> String {
    let stability = match &gate.stability {
        None => String::new(),
        Some(Stability::Since(version)) => format!(" @since {version}"),
        Some(Stability::Unstable(feature)) => format!(" @unstable {feature}"),
    };
    let deprecated = gate.deprecated.as_ref().map(|version| format!(" @deprecated {version}")).unwrap_or_default();
    stability + &deprecated
}

/// The lines of wit-parser's JSON.
///
/// # Panics
/// If it has another form.
pub(super) fn of_json(json: &Value) -> BTreeSet<String> {
    let theirs = Theirs { json };
    let mut lines = BTreeSet::new();
    for package in array(json, "packages") {
        let name = text(package, "name");
        lines.insert(format!("package {name}"));
        for id in object(package, "interfaces").values() {
            let interface = theirs.entry("interfaces", id);
            let path = theirs.interface(id);
            lines.insert(format!("interface {path}{}", json_gate(interface)));
            theirs.contents(interface, &path, &mut lines);
        }
        for id in object(package, "worlds").values() {
            let world = theirs.entry("worlds", id);
            let path = theirs.world(id);
            lines.insert(format!("world {path}{}", json_gate(world)));
            for (verb, items) in [("import", "imports"), ("export", "exports")] {
                for (key, item) in object(world, items) {
                    theirs.item(key, item, &format!("{path} {verb}"), &mut lines);
                }
            }
        }
    }
    lines
}

struct Theirs<'j> {
    json: &'j Value,
}

impl<'j> Theirs<'j> {
    fn entry(&self, arena: &str, id: &Value) -> &'j Value {
        let place = id.as_u64().and_then(|id| usize::try_from(id).ok()).expect("an id");
        &array(self.json, arena)[place]
    }

    fn qualified(&self, package: &Value, name: &str) -> String {
        let package = text(self.entry("packages", package), "name");
        match package.split_once('@') {
            Some((package, version)) => format!("{package}/{name}@{version}"),
            None => format!("{package}/{name}"),
        }
    }

    fn world(&self, id: &Value) -> String {
        let world = self.entry("worlds", id);
        self.qualified(&world["package"], text(world, "name"))
    }

    fn interface(&self, id: &Value) -> String {
        let interface = self.entry("interfaces", id);
        if let Some(name) = interface["name"].as_str() {
            return self.qualified(&interface["package"], name);
        }
        for (place, world) in array(self.json, "worlds").iter().enumerate() {
            for (verb, items) in [("import", "imports"), ("export", "exports")] {
                let is_it = |(_, item): &(&String, &Value)| item["interface"]["id"] == *id;
                if let Some((key, _)) = object(world, items).iter().find(is_it) {
                    return format!("{} {verb} {key}", self.world(&Value::from(place)));
                }
            }
        }
        "nowhere".to_owned()
    }

    fn contents(&self, interface: &Value, path: &str, lines: &mut BTreeSet<String>) {
        for id in object(interface, "types").values() {
            lines.insert(self.definition(id, path));
        }
        for func in object(interface, "functions").values() {
            lines.insert(format!("{path} {}", self.func(func)));
        }
    }

    fn item(&self, key: &str, item: &Value, path: &str, lines: &mut BTreeSet<String>) {
        if let Some(interface) = item.get("interface") {
            let id = &interface["id"];
            let definition = self.entry("interfaces", id);
            let is_named = definition["name"].is_string();
            // An interface of a package has a key of this form, unless it has a plain name.
            let name = match is_named && key.starts_with("interface-") {
                true => self.interface(id),
                false if is_named => format!("{key} = {}", self.interface(id)),
                false => key.to_owned(),
            };
            lines.insert(format!("{path} {name}{}", json_gate(interface)));
            if !is_named {
                self.contents(definition, &format!("{path} {key}"), lines);
            }
        } else if let Some(func) = item.get("function") {
            lines.insert(format!("{path} {}", self.func(func)));
        } else {
            lines.insert(self.definition(&item["type"], path));
        }
    }

    fn definition(&self, id: &Value, path: &str) -> String {
        let def = self.entry("types", id);
        format!("{path} type {} = {}{}", text(def, "name"), self.kind(&def["kind"]), json_gate(def))
    }

    fn func(&self, func: &Value) -> String {
        let kind = if let Some(kind) = func["kind"].as_object() {
            let (sort, resource) = kind.iter().next().expect("a kind");
            format!("{sort} {}", self.ty(resource))
        } else {
            func["kind"].as_str().expect("a kind").to_owned()
        };
        let params: Vec<String> = array(func, "params")
            .iter()
            .map(|param| format!("{}: {}", text(param, "name"), self.ty(&param["type"])))
            .collect();
        let result = func.get("result").map(|ty| format!(" -> {}", self.ty(ty))).unwrap_or_default();
        format!("{}: {kind}({}){result}{}", text(func, "name"), params.join(", "), json_gate(func))
    }

    fn ty(&self, ty: &Value) -> String {
        if let Some(primitive) = ty.as_str() {
            return primitive.to_owned();
        }
        if ty.is_null() {
            return "_".to_owned();
        }
        let def = self.entry("types", ty);
        let Some(name) = def["name"].as_str() else { return self.kind(&def["kind"]) };
        let owner = &def["owner"];
        let owner = match owner.get("interface") {
            Some(id) => self.interface(id),
            None => self.world(&owner["world"]),
        };
        format!("{owner}.{name}")
    }

    fn kind(&self, kind: &Value) -> String {
        let Value::Object(kind) = kind else { return kind.as_str().expect("a kind").to_owned() };
        let (sort, of) = kind.iter().next().expect("a kind");
        let named = |part: &Value| text(part, "name").to_owned();
        let typed = |part: &Value| format!("{}: {}", text(part, "name"), self.ty(&part["type"]));
        match sort.as_str() {
            "type" => self.ty(of),
            "record" => list(sort, array(of, "fields").iter().map(typed)),
            "variant" => list(sort, array(of, "cases").iter().map(typed)),
            "enum" => list(sort, array(of, "cases").iter().map(named)),
            "flags" => list(sort, array(of, "flags").iter().map(named)),
            "handle" => {
                let (sort, resource) = of.as_object().and_then(|of| of.iter().next()).expect("a handle");
                list(sort, [self.ty(resource)])
            }
            "tuple" => list(sort, array(of, "types").iter().map(|ty| self.ty(ty))),
            "result" => list(sort, [self.ty(&of["ok"]), self.ty(&of["err"])]),
            "fixed-length-list" => list(sort, [self.ty(&of[0]), of[1].to_string()]),
            "map" => list(sort, [self.ty(&of[0]), self.ty(&of[1])]),
            _ => list(sort, [self.ty(of)]),
        }
    }
}

fn json_gate(item: &Value) -> String {
    let Some(stability) = item.get("stability") else { return String::new() };
    let (since, feature) = (&stability["stable"], &stability["unstable"]);
    let part = |of: &Value, key: &str, mark: &str| {
        of.get(key).and_then(Value::as_str).map(|value| format!(" {mark} {value}")).unwrap_or_default()
    };
    part(since, "since", "@since")
        + &part(feature, "feature", "@unstable")
        + &part(since, "deprecated", "@deprecated")
        + &part(feature, "deprecated", "@deprecated")
}

fn array<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of[key].as_array().unwrap_or_else(|| panic!("`{key}` is not an array"))
}

fn object<'v>(of: &'v Value, key: &str) -> &'v Map<String, Value> {
    of[key].as_object().unwrap_or_else(|| panic!("`{key}` is not an object"))
}

fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of[key].as_str().unwrap_or_else(|| panic!("`{key}` is not a string"))
}
