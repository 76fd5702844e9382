//! Dynamic values: lifted and lowered by a component's types (`CanonicalABI.md#loading`, `#storing`, `#flattening`).

use crate::component::plan::Plan;
use crate::error::{Error, ErrorKind, Unsupported};
use crate::ids::ResourceType;
use crate::types::describe::{TypeText, text};
use crate::types::{ResourceSlot, TypeId, Types};

mod lift;
mod lower;

/// The types of a component and its runtime resource types: what lifts and lowers dynamic values.
pub(super) struct Values<'a> {
    plan: &'a Plan,
    types: &'a Types,
    /// By slot.
    resources: &'a [ResourceType],
}

impl<'a> Values<'a> {
    /// Values of this plan's types, in a root instance with these resource types.
    pub(super) fn new(plan: &'a Plan, resources: &'a [ResourceType]) -> Values<'a> {
        Values { plan, types: &plan.types, resources }
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
