//! Interfaces of a package as component types (`WIT.md#package-format`).

use alloc::vec::Vec;

use wasm_encoder::{ComponentType, ComponentTypeRef};

use super::types::{TypeEncoder, extern_name};
use super::world::instance_type;
use crate::model::{InterfaceId, Model, Type, TypeDefKind, TypeOwner};

/// The component type that exports the interface and imports the types of those that it uses.
///
/// Each import lists every type of the used interface, so that all views of one interface agree on its types' order.
pub(super) fn interface_type(model: &Model, id: InterfaceId) -> ComponentType {
    let mut encoder = TypeEncoder::new(model);
    let mut uses = Vec::new();
    collect_uses(model, id, &mut uses);
    for used in uses {
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

/// Adds the interfaces whose types `id` uses, directly or not, dependencies first.
fn collect_uses(model: &Model, id: InterfaceId, uses: &mut Vec<InterfaceId>) {
    for &ty in &model.interfaces[id].types {
        let TypeDefKind::Alias(target) = &model.types[ty].kind else { continue };
        let Type::Id(target) = target.ty else { continue };
        let Some(TypeOwner::Interface(used)) = model.types[target].owner else { continue };
        if used != id && !uses.contains(&used) {
            collect_uses(model, used, uses);
            uses.push(used);
        }
    }
}
