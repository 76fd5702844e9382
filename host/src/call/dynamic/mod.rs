//! Dynamic values: lifted and lowered by a component's types (`CanonicalABI.md#loading`, `#storing`, `#flattening`).

use alloc::vec::Vec;

use crate::component::plan::Plan;
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind, Unsupported};
use crate::ids::{ResourceType, RootIndex};
use crate::store::StoreContextMut;
use crate::types::describe::{TypeText, text};
use crate::types::{ResourceSlot, TypeId, Types};

mod lift;
mod lower;

/// The types of a component and its runtime resource types: what lifts and lowers dynamic values.
pub(crate) struct Values<'a> {
    plan: &'a Plan,
    types: &'a Types,
    resources: Vec<ResourceType>,
}

impl<'a> Values<'a> {
    /// The types of a root instance of this plan.
    pub(crate) fn new<T: 'static, E: CoreEngine>(
        cx: &StoreContextMut<'_, T, E>,
        plan: &'a Plan,
        root: RootIndex,
    ) -> Values<'a> {
        Values { plan, types: &plan.types, resources: cx.state().root(root).resources.clone() }
    }

    #[cold]
    fn mismatch(&self, ty: TypeId, found: &str) -> Error {
        let expected = text(&TypeText(self.plan.type_ref(ty)));
        ErrorKind::Value { expected, found: found.into() }.into()
    }

    fn resource(&self, slot: ResourceSlot) -> ResourceType {
        self.resources[slot.0 as usize]
    }
}

#[cold]
fn asynchronous() -> Error {
    Unsupported::Async { item: "a stream, a future or an error context".into() }.into()
}
