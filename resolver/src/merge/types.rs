//! The types of the merged Model: those with names are known by their owners and names.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{Source, adopt};
use crate::model::{Model, TypeDef, TypeId, TypeOwner};
use crate::order;

/// Adds the types of all sources, each after those that it consists of.
pub(super) fn add<'m>(sources: &mut [Source<'m>], merged: &mut Model) {
    let mut named: BTreeMap<(TypeOwner, &'m str), TypeId> = BTreeMap::new();
    for source in sources {
        for id in in_order(source.model) {
            let def = &source.model.types[id];
            let owner = def.owner.map(|owner| source.owner(owner));
            let key = owner.zip(def.name.as_deref());
            let new = match key.and_then(|key| named.get(&key)) {
                Some(&first) => {
                    let into = &mut merged.types[first];
                    adopt(&mut into.gate, &mut into.docs, &def.gate, def.docs.as_ref());
                    first
                }
                None => merged.types.add(source.type_def(def, owner)),
            };
            named.extend(key.map(|key| (key, new)));
            source.types.insert(id, new);
        }
    }
}

/// The types of a Model, each after those that it consists of.
fn in_order(model: &Model) -> Vec<TypeId> {
    let ids: Vec<TypeId> = model.types.ids().collect();
    let parts =
        model.types.iter().flat_map(|(id, def)| def.kind.part_ids().map(move |part| (id.index(), part.index())));
    // Types do not contain themselves: there is an order.
    let (Ok(order) | Err(order)) = order::sort(ids.len(), parts.collect::<Vec<_>>().into_iter());
    order.into_iter().map(|place| ids[place]).collect()
}

impl Source<'_> {
    fn owner(&self, owner: TypeOwner) -> TypeOwner {
        match owner {
            TypeOwner::Interface(id) => TypeOwner::Interface(self.interfaces[&id]),
            TypeOwner::World(id) => TypeOwner::World(self.worlds[&id]),
        }
    }

    /// A type that refers to the merged types.
    fn type_def(&self, def: &TypeDef, owner: Option<TypeOwner>) -> TypeDef {
        let mut def = TypeDef { owner, ..def.clone() };
        for part in def.kind.part_ids_mut() {
            *part = self.types.get(part).copied().unwrap_or(*part);
        }
        if !self.is_first {
            def.span = None;
            def.kind.forget_places();
        }
        def
    }
}
