//! The binary form of every package and world of the corpora, compared with `wit-component`'s.

mod components;
pub(crate) mod corpus;
mod decode;
pub(crate) mod encode;
mod malformed;
pub(crate) mod peer;
mod pipeline;
mod stream;

use witwright_resolver::Model;
use witwright_resolver::model::FuncKind;

/// The Model with the functions of resources first, by resource, where binaries and printed texts have them.
pub(crate) fn resources_first(mut model: Model) -> Model {
    for id in model.interfaces.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        let interface = &mut model.interfaces[id];
        let types = &interface.types;
        interface.funcs.sort_by_key(|func| match func.kind {
            FuncKind::Free => types.len(),
            FuncKind::Method(r) | FuncKind::Static(r) | FuncKind::Constructor(r) => {
                types.iter().position(|&ty| ty == r).unwrap()
            }
        });
    }
    model
}

/// The Model with the types and functions of interfaces in alphabetical order: binaries state a `use` where it is first
/// needed, texts before all types.
pub(crate) fn by_name(mut model: Model) -> Model {
    for id in model.interfaces.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        let mut interface = model.interfaces[id].clone();
        interface.types.sort_by_key(|&ty| model.types[ty].name.clone());
        interface.funcs.sort_by_key(|func| func.extern_name(&model));
        model.interfaces[id] = interface;
    }
    model
}
