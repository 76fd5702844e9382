//! Worlds as component types, interfaces as instance types (`WIT.md#package-format`).

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_encoder::{ComponentExternName, ComponentType, ComponentTypeRef};

use super::types::{TypeEncoder, extern_name};
use crate::model::{Func, InterfaceId, Model, TypeId, WorldId, WorldItem, WorldItemKind};

/// The component type with the imports and exports of a world.
pub(super) fn world_type(model: &Model, id: WorldId) -> ComponentType {
    let mut encoder = TypeEncoder::new(model);
    let world = &model.worlds[id];
    imports(&mut encoder, id);
    for item in &world.exports {
        if let WorldItemType::Of(ty) = world_item(&mut encoder, item) {
            encoder.export(world_item_name(model, item), ty);
        }
    }
    encoder.finish()
}

/// Adds the imports of a world. Returns the index of each, by its name, among the imports of its sort in a component.
pub(super) fn imports(encoder: &mut TypeEncoder<'_>, id: WorldId) -> BTreeMap<String, u32> {
    let model = encoder.model();
    let mut indices = BTreeMap::new();
    for item in &model.worlds[id].imports {
        let name = world_item_name(model, item);
        let key = String::from(&*name.name);
        let index = match world_item(encoder, item) {
            WorldItemType::Of(ty) => encoder.import(name, ty),
            WorldItemType::Imported(index) => index,
        };
        indices.insert(key, index);
    }
    indices
}

/// The type of an import or export. A type of the world is imported by its definition.
enum WorldItemType {
    Of(ComponentTypeRef),
    Imported(u32),
}

fn world_item<'m>(encoder: &mut TypeEncoder<'m>, item: &'m WorldItem) -> WorldItemType {
    WorldItemType::Of(match &item.kind {
        WorldItemKind::Interface { id, .. } => ComponentTypeRef::Instance(instance_type(encoder, *id)),
        WorldItemKind::Func(func) => ComponentTypeRef::Func(encoder.func(func)),
        WorldItemKind::Type(id) => return WorldItemType::Imported(encoder.type_index(*id)),
    })
}

fn world_item_name<'m>(model: &'m Model, item: &'m WorldItem) -> ComponentExternName<'m> {
    let implements = match item.kind {
        WorldItemKind::Interface { implements, .. } => implements,
        WorldItemKind::Func(_) | WorldItemKind::Type(_) => None,
    };
    ComponentExternName {
        name: model.item_name(item).into(),
        implements: implements.and_then(|id| model.interface_name(id)).map(Cow::Owned),
        version_suffix: None,
        external_id: external_id(item).map(Cow::Borrowed),
    }
}

fn external_id(item: &WorldItem) -> Option<&str> {
    let of_func = match &item.kind {
        WorldItemKind::Func(func) => func.external_id.as_deref(),
        WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
    };
    of_func.or(item.external_id.as_deref())
}

/// Adds the instance type of a whole interface, and returns its index.
pub(super) fn instance_type(encoder: &mut TypeEncoder<'_>, id: InterfaceId) -> u32 {
    let model = encoder.model();
    let interface = &model.interfaces[id];
    encoder.instance(id, |encoder| {
        for &ty in &interface.types {
            encoder.type_index(ty);
        }
        for func in resources_first(&interface.types, &interface.funcs) {
            let ty = encoder.func(func);
            encoder.export(named(func.extern_name(model), func), ComponentTypeRef::Func(ty));
        }
    })
}

/// Functions in the order of decoders: those of resources come first, by resource.
fn resources_first<'m>(types: &[TypeId], funcs: &'m [Func]) -> Vec<&'m Func> {
    let positions: BTreeMap<TypeId, usize> = types.iter().copied().zip(0..).collect();
    let position = |resource: TypeId| positions.get(&resource).copied().unwrap_or(types.len());
    let mut sorted: Vec<&Func> = funcs.iter().collect();
    sorted.sort_by_key(|func| func.kind.resource().map_or(types.len(), position));
    sorted
}

fn named<'m>(name: String, func: &'m Func) -> ComponentExternName<'m> {
    extern_name(name, func.external_id.as_deref())
}
