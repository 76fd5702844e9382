//! Dependences of imports: each interface whose types an import uses is imported before it.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::mem;

use super::{Items, rank, used_by};
use crate::model::{Gate, InterfaceId, Model, WorldId, WorldItem, WorldItemKind, WorldKey};

/// The imports of a world with their dependences.
pub(super) fn with_dependences(model: &mut Model, world: WorldId) -> Items {
    let mut stated = mem::take(&mut model.worlds[world].imports);
    stated.sort_by_key(|item| rank(model, item));
    let of_key: BTreeMap<WorldKey, WorldItem> = stated.iter().map(|item| (item.key.clone(), item.clone())).collect();
    let mut imports = Items::default();
    for item in stated {
        match &item.kind {
            WorldItemKind::Interface { .. } => add_interface(model, &of_key, &mut imports, item),
            WorldItemKind::Type(ty) => {
                if let Some(interface) = model.used_from(*ty) {
                    let needed = implied(interface, &item.gate, &item);
                    add_interface(model, &of_key, &mut imports, needed);
                }
                imports.add(item);
            }
            WorldItemKind::Func(_) => imports.add(item),
        }
    }
    imports
}

/// An import of an interface that another item needs.
pub(super) fn implied(interface: InterfaceId, gate: &Gate, needed_by: &WorldItem) -> WorldItem {
    WorldItem {
        key: WorldKey::Interface(interface),
        kind: WorldItemKind::Interface { id: interface, implements: None },
        docs: None,
        gate: gate.clone(),
        external_id: None,
        stated: false,
        span: needed_by.span,
    }
}

/// Adds an interface after those that it uses, which may be stated after it. Chains of interfaces may be long, so that the path
/// is kept in a list.
fn add_interface(model: &Model, stated: &BTreeMap<WorldKey, WorldItem>, imports: &mut Items, item: WorldItem) {
    if imports.has(&item.key) {
        return;
    }
    let mut way: Vec<(WorldItem, vec::IntoIter<InterfaceId>)> = vec![step(model, item)];
    while let Some((item, needs)) = way.last_mut() {
        match needs.next() {
            Some(interface) => {
                let key = WorldKey::Interface(interface);
                if !imports.has(&key) {
                    let needed = stated.get(&key).cloned().unwrap_or_else(|| implied(interface, &item.gate, item));
                    way.push(step(model, needed));
                }
            }
            None => {
                if let Some((item, _)) = way.pop() {
                    imports.add(item);
                }
            }
        }
    }
}

/// An interface and its dependences.
fn step(model: &Model, item: WorldItem) -> (WorldItem, vec::IntoIter<InterfaceId>) {
    let needs = match item.kind {
        WorldItemKind::Interface { id, .. } => used_by(model, id),
        WorldItemKind::Func(_) | WorldItemKind::Type(_) => Vec::new(),
    };
    (item, needs.into_iter())
}
