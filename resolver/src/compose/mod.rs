//! Composition: components plugged into one another make one component (`Explainer.md#instance-definitions`).
//!
//! The first component is the *socket*, the others are *plugs*. The imports of a component are taken from the exports
//! of the plugs after it, of the same name or of a compatible version. The result imports what no plug exports, and
//! exports what the socket exports.

mod error;
mod unsatisfied;
mod wires;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use error::{ComposeError, OpenImport};
use unsatisfied::Unsatisfied;
use wires::{Wire, wires};

use crate::binary::{self, Argument, Composition, Decoded, Provider, decode_component};
use crate::model::{Model, WorldId, WorldItem};
use crate::targets::{Words, WorldOf, plugs};

/// A component to be composed, and its name in messages.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The name in messages, for example a path.
    pub name: &'a str,
    /// The binary.
    pub bytes: &'a [u8],
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

/// Composes a socket, the first part, and the plugs after it into one component.
///
/// # Errors
/// If a binary is not a valid component, or WIT cannot express its type; if a plug fits nowhere, two plugs fit one
/// import, or types differ.
pub fn compose(parts: &[Part<'_>]) -> Result<Vec<u8>, ComposeError> {
    let components = parts.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
    let wires = wires(&components)?;
    check_types(&components, &wires)?;
    let unsatisfied = Unsatisfied::of(&components, &wires)?;
    let arguments = |index: usize, component: &Component<'_>| {
        let argument = |item: &WorldItem| {
            let name = component.name(item);
            let wire = wires.iter().find(|wire| wire.socket == index && wire.import == name);
            let provider = match wire {
                Some(wire) => Provider::Export { part: wire.plug, name: wire.export.clone() },
                None => Provider::Import { name: unsatisfied.name(index, &name) },
            };
            Argument { name, sort: (&item.kind).into(), provider }
        };
        component.imports().iter().map(argument).collect()
    };
    let composition = Composition {
        model: &unsatisfied.model,
        world: unsatisfied.world,
        parts: parts.iter().map(|part| part.bytes).collect(),
        arguments: components.iter().enumerate().map(|(index, component)| arguments(index, component)).collect(),
        exports: exports(&components),
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
    let mut pairs: Vec<_> = wires.iter().map(|wire| (wire.socket, wire.plug)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let name = |part: usize| format!("`{}`", components[part].part.name);
    let mut reasons = Vec::new();
    for (socket, plug) in pairs {
        let words = Words { component: &name(plug), world: &name(socket) };
        reasons.extend(plugs(components[plug].world_of(), components[socket].world_of(), words));
    }
    if reasons.is_empty() { Ok(()) } else { Err(ComposeError::Types(reasons)) }
}

/// The exports of the socket, which the result takes from it.
fn exports(components: &[Component<'_>]) -> Vec<Argument> {
    let export = |socket: &Component<'_>, item: &WorldItem| {
        let name = socket.name(item);
        Argument { name: name.clone(), sort: (&item.kind).into(), provider: Provider::Export { part: 0, name } }
    };
    components
        .first()
        .map(|socket| socket.exports().iter().map(|item| export(socket, item)).collect())
        .unwrap_or_default()
}
