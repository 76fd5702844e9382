//! The unsatisfied imports of all parts, as one world. Of compatible versions it has the latest, as with linkers.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;

use super::wires::{Wire, wire_of};
use super::{Component, ComposeError};
use crate::binary::{EncodingOptions, decode_world, encode_world};
use crate::equality::Equality;
use crate::merge::{MergeError, MergeReason, merge};
use crate::model::{
    Gate, Model, Package, PackageName, Type, TypeOwner, World, WorldId, WorldItem, WorldItemKind, WorldKey,
};
use crate::worlds::copy::Copier;
use crate::{versions, worlds};

/// The imports of the result.
pub(super) struct Unsatisfied {
    pub(super) model: Model,
    pub(super) world: WorldId,
    /// For each part, the names in `world` of its imports.
    names: Vec<BTreeMap<String, String>>,
}

/// A line of compatible versions of a package.
type VersionLine = (String, String, String);

/// The unsatisfied imports of one part, as a world.
struct PartWorld {
    model: Model,
    world: WorldId,
}

const WORLD: &str = "composed";

impl Unsatisfied {
    /// # Errors
    /// If parts have imports of one name whose types differ.
    pub(super) fn of(components: &[Component<'_>], wires: &[Wire]) -> Result<Unsatisfied, ComposeError> {
        let mut parts: Vec<PartWorld> = components
            .iter()
            .enumerate()
            .map(|(index, component)| PartWorld::of(component, index, |name| wire_of(wires, index, name).is_some()))
            .collect();
        let latest = latest(&parts);
        let mut names = Vec::with_capacity(parts.len());
        let mut merged: Option<Model> = None;
        for part in &mut parts {
            names.push(part.rename(&latest));
            let model = part.alone().map_err(ComposeError::Result)?;
            merged = Some(match merged {
                None => model,
                Some(merged) => merge(&merged, &model).map_err(ComposeError::Imports)?,
            });
        }
        let mut model = merged.unwrap_or_default();
        let world = union(&mut model, parts.len());
        check_items(&model, world).map_err(ComposeError::Imports)?;
        Ok(Unsatisfied { model, world, names })
    }

    /// The name in the world of a part's import.
    pub(super) fn name(&self, part: usize, import: &str) -> String {
        self.names[part].get(import).cloned().unwrap_or_else(|| import.into())
    }
}

/// The latest version of each line that is imported.
fn latest(parts: &[PartWorld]) -> BTreeMap<VersionLine, Version> {
    let mut latest = BTreeMap::<VersionLine, Version>::new();
    for PartWorld { model, world } in parts {
        for item in &model.worlds[*world].imports {
            let WorldKey::Interface(id) = item.key else { continue };
            let name = &model.packages[model.interfaces[id].package].name;
            if let (Some(line), Some(version)) = (line(name), &name.version) {
                let known = latest.entry(line).or_insert_with(|| version.clone());
                *known = version.clone().max(known.clone());
            }
        }
    }
    latest
}

fn line(name: &PackageName) -> Option<VersionLine> {
    let version = versions::canonical(name.version.as_ref()?);
    Some((name.namespace.clone(), name.name.clone(), version))
}

impl PartWorld {
    fn of(component: &Component<'_>, index: usize, is_wired: impl Fn(&str) -> bool) -> PartWorld {
        let mut model = component.model.clone();
        let is_inside = |item: &WorldItem| {
            let used = component.used_resource(item).and_then(|(interface, _)| component.import_of(interface));
            used.is_some_and(|import| is_wired(&import))
        };
        let is_open = |item: &&WorldItem| !is_wired(&component.name(item)) && !is_inside(item);
        let world = &mut model.worlds[component.world];
        world.imports = component.imports().iter().filter(is_open).cloned().collect();
        world.exports.clear();
        world.name = part_name(index);
        // Unsatisfied imports may use types of satisfied ones: these are imported too.
        worlds::elaborate(&mut model, component.world, &mut Vec::new());
        PartWorld { model, world: component.world }
    }

    fn items(&self) -> Vec<String> {
        self.model.worlds[self.world].imports.iter().map(|item| self.model.item_name(item)).collect()
    }

    /// Gives packages the latest version of their line. A part that uses two versions of one line keeps both.
    fn rename(&mut self, latest: &BTreeMap<VersionLine, Version>) -> BTreeMap<String, String> {
        let before = self.items();
        let lines: Vec<_> = self.model.packages.iter().map(|(id, package)| (id, line(&package.name))).collect();
        for (id, line) in &lines {
            let is_only = lines.iter().filter(|(_, other)| other == line).count() == 1;
            let version = line.as_ref().and_then(|line| latest.get(line));
            if let (true, Some(version)) = (is_only, version) {
                self.model.packages[*id].name.version = Some(version.clone());
            }
        }
        before.into_iter().zip(self.items()).collect()
    }

    /// A Model that has only what the world uses: the binary form leaves out the rest.
    fn alone(&self) -> Result<Model, crate::binary::DecodeError> {
        let payload = encode_world(&self.model, self.world, EncodingOptions::default());
        decode_world(&payload).map(|(model, ..)| model)
    }
}

fn part_name(index: usize) -> String {
    format!("part{index}")
}

/// Compares functions and types that several parts import under one name; merging has compared the interfaces.
fn check_items(model: &Model, world: WorldId) -> Result<(), MergeError> {
    // Resources of one name are one import, and so one resource.
    let name = |id| {
        let def = &model.types[id];
        def.name.as_ref().filter(|_| matches!(def.owner, Some(TypeOwner::World(_))))
    };
    let same_resource = |one, other| one == other || name(one).is_some_and(|one| name(other) == Some(one));
    let equality = Equality::new(model, model, &same_resource);
    for item in &model.worlds[world].imports {
        let all = model.worlds.iter().flat_map(|(_, world)| &world.imports);
        for other in all.filter(|other| other.key == item.key) {
            let equal = match (&item.kind, &other.kind) {
                (WorldItemKind::Func(item), WorldItemKind::Func(other)) => equality.funcs(item, other),
                (WorldItemKind::Type(item), WorldItemKind::Type(other)) => {
                    equality.types(Type::Id(*item), Type::Id(*other))
                }
                (_, WorldItemKind::Func(_) | WorldItemKind::Type(_) | WorldItemKind::Interface { .. }) => Ok(()),
            };
            if let Err(difference) = equal {
                let name = model.item_name(item);
                let difference = Some(Box::new(difference));
                return Err(MergeError { item: name.clone(), reason: MergeReason::Differs { name, difference } });
            }
        }
    }
    Ok(())
}

/// Adds a world with the imports of all parts.
fn union(model: &mut Model, parts: usize) -> WorldId {
    let named = |name: &str| model.worlds.iter().find(|(_, world)| world.name == name).map(|(id, _)| id);
    let worlds: Vec<WorldId> = (0..parts).filter_map(|part| named(&part_name(part))).collect();
    let package = match worlds.first() {
        Some(world) => model.worlds[*world].package,
        None => model.packages.add(Package {
            name: PackageName { namespace: "root".into(), name: "component".into(), version: None },
            docs: None,
            interfaces: Vec::new(),
            worlds: Vec::new(),
            span: None,
        }),
    };
    let world = model.worlds.add(World {
        name: WORLD.into(),
        package,
        docs: None,
        gate: Gate::default(),
        imports: Vec::new(),
        exports: Vec::new(),
        span: None,
    });
    let mut imports: Vec<WorldItem> = Vec::new();
    for part in worlds {
        // Types of worlds that have one name become one type, which the functions of all parts mention.
        let mut copier = Copier::new(TypeOwner::World(part), TypeOwner::World(world), None);
        for item in model.worlds[part].imports.clone() {
            match (imports.iter().find(|known| known.key == item.key), &item.kind) {
                (Some(WorldItem { kind: WorldItemKind::Type(known), .. }), WorldItemKind::Type(id)) => {
                    copier.replace(*id, *known);
                }
                (Some(_), _) => {}
                (None, WorldItemKind::Interface { .. }) => imports.push(item),
                (None, WorldItemKind::Type(_) | WorldItemKind::Func(_)) => {
                    imports.push(copier.item(model, &item, package))
                }
            }
        }
    }
    model.worlds[world].imports = imports;
    model.packages[package].worlds.push(world);
    worlds::elaborate(model, world, &mut Vec::new());
    world
}
