//! The binary form, held against `wit-component`'s, for every package and world of the corpora.

mod components;
pub(crate) mod corpus;
mod decode;
mod encode;
mod malformed;
pub(crate) mod peer;
mod pipeline;

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
