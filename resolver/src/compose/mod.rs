//! Composition: several components, connected to one another, make one component (`Explainer.md#instance-definitions`).
//!
//! An import of one part, the *importer*, is connected to an export of another, the *exporter*, that has the same name or a
//! compatible version. The part from which no other part imports is the *main part*. The result has its exports, before them the
//! interfaces whose types they use, and the imports that no part exports.

mod error;
mod resources;
mod unsatisfied;
mod wires;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use error::{ComposeError, OpenImport, ResourceInside, TakenImport, UnusedPart};
use unsatisfied::Unsatisfied;
use wires::{Wire, order, wire_of, wires};

use crate::binary::{self, Argument, Composition, Decoded, Provider, decode_component};
use crate::model::{Func, InterfaceId, Model, TypeId, TypeOwner, WorldId, WorldItem, WorldItemKind};
use crate::targets::{Words, WorldOf, connects};

/// A component to be composed, and its name in messages.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The name in messages, for example a path.
    pub name: &'a str,
    /// The binary.
    pub bytes: &'a [u8],
}

/// A connection that the user states because names alone do not decide it.
#[derive(Clone, Copy, Debug)]
pub struct Connection<'a> {
    /// The name of the part that imports.
    pub importer: &'a str,
    /// The name of its import.
    pub import: &'a str,
    /// The name of the part that exports it.
    pub exporter: &'a str,
}

/// A decoded part.
struct Component<'a> {
    part: Part<'a>,
    model: Model,
    world: WorldId,
}

impl Component<'_> {
    fn imports(&self) -> &[WorldItem] {
        &self.model.worlds[self.world].imports
    }

    fn exports(&self) -> &[WorldItem] {
        &self.model.worlds[self.world].exports
    }

    fn name(&self, item: &WorldItem) -> String {
        self.model.item_name(item)
    }

    fn world_of(&self) -> WorldOf<'_> {
        WorldOf { model: &self.model, world: self.world }
    }
}

/// Composes parts into one component. If no part imports from another, the first is the main part.
///
/// # Errors
/// If two parts have one name; if a binary is not a valid component, or WIT cannot express its type; if no import is connected to
/// a part, two parts export the item that one import needs, or types differ.
pub fn compose(parts: &[Part<'_>], given: &[Connection<'_>]) -> Result<Vec<u8>, ComposeError> {
    let is_second = |(index, part): &(usize, &Part<'_>)| parts[..*index].iter().any(|other| other.name == part.name);
    if let Some((_, part)) = parts.iter().enumerate().find(is_second) {
        return Err(ComposeError::SamePart { part: part.name.into() });
    }
    let components = parts.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
    let mut wires = wires(&components, given)?;
    let order = order(&components, &wires)?;
    let place = |part: usize| order.iter().position(|other| *other == part).unwrap_or(part);
    for wire in &mut wires {
        (wire.importer, wire.exporter) = (place(wire.importer), place(wire.exporter));
    }
    let mut components: Vec<_> = components.into_iter().enumerate().collect();
    components.sort_by_key(|(part, _)| place(*part));
    let components: Vec<Component<'_>> = components.into_iter().map(|(_, component)| component).collect();
    check_types(&components, &wires)?;
    resources::check(&components, &wires)?;
    let unsatisfied = Unsatisfied::of(&components, &wires)?;
    let arguments = |index: usize, component: &Component<'_>| {
        let argument = |item: &WorldItem| {
            let name = component.name(item);
            let wire = |import: &str| wire_of(&wires, index, import);
            let provider = if let Some(wire) = wire(&name) {
                Provider::Export { part: wire.exporter, name: wire.export.clone() }
            } else if let Some((interface, ty)) = component.used_resource(item)
                && let Some(wire) = component.import_of(interface).and_then(|import| wire(&import))
            {
                Provider::Type { part: wire.exporter, interface: wire.export.clone(), name: ty }
            } else {
                Provider::Import { name: unsatisfied.name(index, &name) }
            };
            Argument { name, sort: (&item.kind).into(), provider }
        };
        component.imports().iter().map(argument).collect()
    };
    let composition = Composition {
        model: &unsatisfied.model,
        world: unsatisfied.world,
        parts: components.iter().map(|component| component.part.bytes).collect(),
        arguments: components.iter().enumerate().map(|(index, component)| arguments(index, component)).collect(),
        exports: exports(&components, &wires),
    };
    let bytes = composition.encode();
    decode_component(&bytes).map_err(ComposeError::Result)?;
    Ok(bytes)
}

fn decode<'a>(part: &Part<'a>) -> Result<Component<'a>, ComposeError> {
    match binary::decode(part.bytes) {
        Ok(Decoded::Component(model, world)) => Ok(Component { part: *part, model, world }),
        Ok(Decoded::Package(..)) => Err(ComposeError::Package { part: part.name.into() }),
        Err(error) => Err(ComposeError::Invalid { part: part.name.into(), error }),
    }
}

/// Compares the types of wired exports and imports.
fn check_types(components: &[Component<'_>], wires: &[Wire]) -> Result<(), ComposeError> {
    let mut pairs: Vec<_> = wires.iter().map(|wire| (wire.importer, wire.exporter)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let name = |part: usize| format!("`{}`", components[part].part.name);
    let mut reasons = Vec::new();
    for (importer, exporter) in pairs {
        let words = Words { component: &name(exporter), world: &name(importer) };
        let Component { world, .. } = components[importer];
        // The other imports of the importer are other parts' or stay open.
        let mut model = components[importer].model.clone();
        model.worlds[world].imports.retain(|item| {
            let import = components[importer].name(item);
            wires.iter().any(|wire| (wire.importer, wire.exporter, &wire.import) == (importer, exporter, &import))
        });
        reasons.extend(connects(components[exporter].world_of(), WorldOf { model: &model, world }, words));
    }
    if reasons.is_empty() { Ok(()) } else { Err(ComposeError::Types(reasons)) }
}

/// The exports of the main part, which the result has. Before each, the interfaces of other parts whose types it uses: a
/// component exports every type that its exports mention.
fn exports(components: &[Component<'_>], wires: &[Wire]) -> Vec<Argument> {
    let mut exports = Vec::new();
    for item in components.first().map(Component::exports).unwrap_or_default() {
        export(components, wires, (0, item), &mut exports);
    }
    exports
}

fn export(
    components: &[Component<'_>],
    wires: &[Wire],
    (part, item): (usize, &WorldItem),
    exports: &mut Vec<Argument>,
) {
    let component = &components[part];
    let name = component.name(item);
    if exports.iter().any(|export| export.name == name) {
        return;
    }
    for used in component.interfaces_used_by(item) {
        // An item that the part also exports is exported from there. An item that no part exports is an import of the result.
        let import = component.import_of(used);
        let Some(wire) = import.and_then(|import| wire_of(wires, part, &import)) else { continue };
        let exporter = &components[wire.exporter];
        if let Some(item) = exporter.exports().iter().find(|item| exporter.name(item) == wire.export) {
            export(components, wires, (wire.exporter, item), exports);
        }
    }
    exports.push(Argument { name: name.clone(), sort: (&item.kind).into(), provider: Provider::Export { part, name } });
}

fn is_interface(item: &WorldItem, interface: InterfaceId) -> bool {
    matches!(item.kind, WorldItemKind::Interface { id, .. } if id == interface)
}

impl Component<'_> {
    /// The interfaces whose types an item mentions.
    fn interfaces_used_by(&self, item: &WorldItem) -> Vec<InterfaceId> {
        let mut interfaces = Vec::new();
        for id in self.types_mentioned_by(item) {
            if let Some(TypeOwner::Interface(owner)) = self.model.types[id].owner
                && !interfaces.contains(&owner)
                && !is_interface(item, owner)
            {
                interfaces.push(owner);
            }
        }
        interfaces
    }
}

/// The types that a function mentions.
fn mentioned(func: &Func) -> impl Iterator<Item = TypeId> + '_ {
    func.params.iter().map(|param| param.ty).chain(func.result).filter_map(|ty| ty.ty.id())
}
