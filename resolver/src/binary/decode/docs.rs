//! The `package-docs` section: documentation and gates, added to the items of a Model.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use semver::Version;

use super::error::{DecodeError, DecodeErrorKind};
use super::json::{self, Json};
use crate::binary::DOCS_VERSION;
use crate::model::{Func, Gate, InterfaceId, Model, PackageId, Stability, TypeId, WorldId, WorldItem, WorldItemKind};

type Members = Vec<(String, Json)>;
type Result<T = ()> = core::result::Result<T, DecodeErrorKind>;

/// Applies the section to its package.
pub(super) fn apply(model: &mut Model, package: PackageId, section: &[u8]) -> core::result::Result<(), DecodeError> {
    let Some((&(0 | DOCS_VERSION), text)) = section.split_first() else {
        return Err(DecodeErrorKind::DocsVersion.into());
    };
    let json = core::str::from_utf8(text).ok().and_then(json::parse).ok_or(DecodeErrorKind::Docs)?;
    Ok(package_docs(model, package, json)?)
}

fn package_docs(model: &mut Model, id: PackageId, json: Json) -> Result {
    for (key, value) in object(json)? {
        match key.as_str() {
            "docs" => model.packages[id].docs = text(value)?,
            "worlds" => {
                for (name, value) in object(value)? {
                    let mut worlds = model.packages[id].worlds.iter().copied();
                    let world = worlds.find(|&world| model.worlds[world].name == name);
                    world_docs(model, world.ok_or(DecodeErrorKind::DocsOf(name))?, value)?;
                }
            }
            "interfaces" => {
                for (name, value) in object(value)? {
                    let mut interfaces = model.packages[id].interfaces.iter().copied();
                    let interface = interfaces.find(|&i| model.interfaces[i].name.as_deref() == Some(&*name));
                    interface_docs(model, interface.ok_or(DecodeErrorKind::DocsOf(name))?, value)?;
                }
            }
            _ => return Err(DecodeErrorKind::Docs),
        }
    }
    Ok(())
}

/// The items of a world among which a name is looked up.
#[derive(Clone, Copy)]
enum Among {
    Imports,
    Exports,
    /// Imports, then exports: old writers do not distinguish them.
    Either,
}

fn world_docs(model: &mut Model, id: WorldId, json: Json) -> Result {
    for (key, value) in object(json)? {
        match key.as_str() {
            "docs" => model.worlds[id].docs = text(value)?,
            "stability" => model.worlds[id].gate = gate(value)?,
            "interfaces" => inline_interfaces(model, id, Among::Either, value)?,
            "interface_exports" => inline_interfaces(model, id, Among::Exports, value)?,
            "types" => {
                for (name, value) in object(value)? {
                    let item = world_item(model, id, Among::Imports, &name)?;
                    let WorldItemKind::Type(ty) = item.kind else { return Err(DecodeErrorKind::DocsOf(name)) };
                    type_docs(model, ty, value)?;
                }
            }
            "funcs" => world_funcs(model, id, Among::Either, value)?,
            "func_exports" => world_funcs(model, id, Among::Exports, value)?,
            "interface_import_stability" => each_item(model, id, Among::Imports, value, set_gate)?,
            "interface_export_stability" => each_item(model, id, Among::Exports, value, set_gate)?,
            "interface_import_docs" => each_item(model, id, Among::Imports, value, set_docs)?,
            "interface_export_docs" => each_item(model, id, Among::Exports, value, set_docs)?,
            _ => return Err(DecodeErrorKind::Docs),
        }
    }
    Ok(())
}

fn inline_interfaces(model: &mut Model, world: WorldId, among: Among, json: Json) -> Result {
    for (name, value) in object(json)? {
        let item = world_item(model, world, among, &name)?;
        let WorldItemKind::Interface { id, .. } = item.kind else { return Err(DecodeErrorKind::DocsOf(name)) };
        interface_docs(model, id, value)?;
        let (docs, gate) = (model.interfaces[id].docs.clone(), model.interfaces[id].gate.clone());
        let item = world_item(model, world, among, &name)?;
        (item.docs, item.gate) = (docs, gate);
    }
    Ok(())
}

fn world_funcs(model: &mut Model, world: WorldId, among: Among, json: Json) -> Result {
    for (name, value) in object(json)? {
        let item = world_item(model, world, among, &name)?;
        let WorldItemKind::Func(func) = &mut item.kind else { return Err(DecodeErrorKind::DocsOf(name)) };
        func_docs(func, value)?;
        (item.docs, item.gate) = (func.docs.clone(), func.gate.clone());
    }
    Ok(())
}

fn each_item(
    model: &mut Model,
    world: WorldId,
    among: Among,
    json: Json,
    set: fn(&mut WorldItem, Json) -> Result,
) -> Result {
    for (name, value) in object(json)? {
        set(world_item(model, world, among, &name)?, value)?;
    }
    Ok(())
}

fn set_gate(item: &mut WorldItem, json: Json) -> Result {
    item.gate = gate(json)?;
    Ok(())
}

fn set_docs(item: &mut WorldItem, json: Json) -> Result {
    item.docs = text(json)?;
    Ok(())
}

fn world_item<'m>(model: &'m mut Model, world: WorldId, among: Among, name: &str) -> Result<&'m mut WorldItem> {
    let find = |items: &[WorldItem]| items.iter().position(|item| model.key_name(&item.key) == name);
    let (imports, exports) = (&model.worlds[world].imports, &model.worlds[world].exports);
    let (import, export) = match among {
        Among::Imports => (find(imports), None),
        Among::Exports => (None, find(exports)),
        Among::Either => (find(imports), find(exports)),
    };
    match (import, export) {
        (Some(index), _) => Ok(&mut model.worlds[world].imports[index]),
        (None, Some(index)) => Ok(&mut model.worlds[world].exports[index]),
        (None, None) => Err(DecodeErrorKind::DocsOf(name.to_string())),
    }
}

fn interface_docs(model: &mut Model, id: InterfaceId, json: Json) -> Result {
    for (key, value) in object(json)? {
        match key.as_str() {
            "docs" => model.interfaces[id].docs = text(value)?,
            "stability" => model.interfaces[id].gate = gate(value)?,
            "funcs" => {
                let interface = &model.interfaces[id];
                let names = interface.funcs.iter().map(|func| func.extern_name(model));
                let places: BTreeMap<String, usize> = names.zip(0..).collect();
                for (name, value) in object(value)? {
                    let &place = places.get(&name).ok_or(DecodeErrorKind::DocsOf(name))?;
                    func_docs(&mut model.interfaces[id].funcs[place], value)?;
                }
            }
            "types" => {
                let types = model.interfaces[id].types.iter();
                let places: BTreeMap<String, TypeId> =
                    types.filter_map(|&ty| Some((model.types[ty].name.clone()?, ty))).collect();
                for (name, value) in object(value)? {
                    let &ty = places.get(&name).ok_or(DecodeErrorKind::DocsOf(name))?;
                    type_docs(model, ty, value)?;
                }
            }
            _ => return Err(DecodeErrorKind::Docs),
        }
    }
    Ok(())
}

/// The documentation of a function: an object, or from old writers a string.
fn func_docs(func: &mut Func, json: Json) -> Result {
    let members = match json {
        Json::Null => return Ok(()),
        Json::Text(docs) => {
            func.docs = Some(docs);
            return Ok(());
        }
        Json::Object(members) => members,
    };
    for (key, value) in members {
        match key.as_str() {
            "docs" => func.docs = text(value)?,
            "stability" => func.gate = gate(value)?,
            _ => return Err(DecodeErrorKind::Docs),
        }
    }
    Ok(())
}

fn type_docs(model: &mut Model, id: TypeId, json: Json) -> Result {
    for (key, value) in object(json)? {
        match key.as_str() {
            "docs" => model.types[id].docs = text(value)?,
            "stability" => model.types[id].gate = gate(value)?,
            "items" => {
                for (name, value) in object(value)? {
                    let docs = text(value)?;
                    let Some(member_docs) = model.types[id].kind.member_docs_mut(&name) else {
                        return Err(DecodeErrorKind::DocsOf(name));
                    };
                    *member_docs = docs;
                }
            }
            _ => return Err(DecodeErrorKind::Docs),
        }
    }
    Ok(())
}

/// `"unknown"`, `{"stable": {"since": …}}` or `{"unstable": {"feature": …}}`, the latter two with `"deprecated"` or not.
fn gate(json: Json) -> Result<Gate> {
    let members = match json {
        Json::Text(text) if text == "unknown" => return Ok(Gate::default()),
        Json::Object(members) => members,
        Json::Null | Json::Text(_) => return Err(DecodeErrorKind::Docs),
    };
    let mut members = members.into_iter();
    let (Some((form, value)), None) = (members.next(), members.next()) else { return Err(DecodeErrorKind::Docs) };
    let mut gate = Gate::default();
    for (key, value) in object(value)? {
        let Some(value) = text(value)? else { continue };
        match (form.as_str(), key.as_str()) {
            ("stable", "since") => gate.stability = Some(Stability::Since(version(&value)?)),
            ("unstable", "feature") => gate.stability = Some(Stability::Unstable(value)),
            ("stable" | "unstable", "deprecated") => gate.deprecated = Some(version(&value)?),
            _ => return Err(DecodeErrorKind::Docs),
        }
    }
    if gate.stability.is_some() { Ok(gate) } else { Err(DecodeErrorKind::Docs) }
}

fn version(text: &str) -> Result<Version> {
    Version::parse(text).map_err(|_| DecodeErrorKind::Docs)
}

fn object(json: Json) -> Result<Members> {
    match json {
        Json::Object(members) => Ok(members),
        Json::Null | Json::Text(_) => Err(DecodeErrorKind::Docs),
    }
}

fn text(json: Json) -> Result<Option<String>> {
    match json {
        Json::Null => Ok(None),
        Json::Text(text) => Ok(Some(text)),
        Json::Object(_) => Err(DecodeErrorKind::Docs),
    }
}
