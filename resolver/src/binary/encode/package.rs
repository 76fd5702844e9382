//! Interfaces of a package as component types (`WIT.md#package-format`).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;

use wasm_encoder::{ComponentType, ComponentTypeRef};

use super::types::{TypeEncoder, extern_name};
use super::world::instance_type;
use crate::model::{InterfaceId, Model, PackageId};
use crate::order;

/// The component type that exports the interface and imports the types of those that it uses.
///
/// Each import lists every type of the used interface, so that all views of one interface agree on its types' order.
pub(super) fn interface_type(model: &Model, id: InterfaceId) -> ComponentType {
    let mut encoder = TypeEncoder::new(model);
    for used in uses(model, id) {
        let instance = encoder.instance(used, |encoder| {
            for &ty in &model.interfaces[used].types {
                encoder.type_index(ty);
            }
        });
        let name = model.interface_name(used).expect("a used interface has a name");
        encoder.import(extern_name(name, None), ComponentTypeRef::Instance(instance));
    }
    let instance = instance_type(&mut encoder, id);
    let name = model.interface_name(id).expect("an interface of a package has a name");
    encoder.export(extern_name(name, None), ComponentTypeRef::Instance(instance));
    encoder.finish()
}

/// The interfaces whose types `id` uses, directly or not, each after those that it uses itself.
fn uses(model: &Model, id: InterfaceId) -> Vec<InterfaceId> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::from([id]);
    let mut path = vec![(id, model.direct_uses(id))];
    while let Some((user, rest)) = path.last_mut() {
        match rest.find(|&used| seen.insert(used)) {
            Some(used) => path.push((used, model.direct_uses(used))),
            None => {
                order.push(*user);
                path.pop();
            }
        }
    }
    order.pop();
    order
}

/// The package's interfaces, each after those that it uses, otherwise in the order of the text.
///
/// Decoders need this order: they assign an interface to another package if they meet it first as a dependency.
pub(super) fn in_order(model: &Model, package: PackageId) -> Vec<InterfaceId> {
    let interfaces = &model.packages[package].interfaces;
    let places: BTreeMap<InterfaceId, usize> = interfaces.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut edges = Vec::new();
    for (place, &id) in interfaces.iter().enumerate() {
        edges.extend(model.direct_uses(id).filter_map(|used| Some((place, *places.get(&used)?))));
    }
    // Interfaces of a Model do not use themselves.
    let (Ok(order) | Err(order)) = order::sort(interfaces.len(), edges.into_iter());
    order.into_iter().map(|place| interfaces[place]).collect()
}
