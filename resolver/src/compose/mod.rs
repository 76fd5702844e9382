//! Composition: components plugged into one another make one component (`Explainer.md#instance-definitions`).
//!
//! The first component is the *socket*, the others are *plugs*. What a component imports is taken from the exports of a plug
//! behind it, of the very name or else of a compatible version; what none of them exports, the result imports. It exports
//! what the socket does.

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

/// A component to be composed, and the name that messages call it by.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// A path, for example.
    pub name: &'a str,
    /// The binary.
    pub bytes: &'a [u8],
}

/// A part whose world is known.
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

/// Makes one component of a socket, which comes first, and of what is plugged into it.
///
/// # Errors
/// When a binary is no valid component, or has what WIT cannot say; when a plug fits nowhere, two fit in one place, or types
/// do not fit.
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

/// Compares the types of what is wired.
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

/// What the socket exports, from itself.
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
