//! Dynamic values: lifted and lowered by a component's types (`CanonicalABI.md#loading`, `#storing`, `#flattening`).

use witwright_abi_runtime::machine::ElementType;

use crate::component::plan::Plan;
use crate::error::{Error, ErrorKind};
use crate::handles::Tables;
use crate::ids::{ResourceType, RootIndex};
use crate::types::describe::{TypeText, text};
use crate::types::{ResourceSlot, TypeId, Types};

mod lift;
mod lower;

/// The types of a component and its runtime resource types, by which dynamic values are lifted and lowered.
pub(super) struct Values<'a> {
    plan: &'a Plan,
    types: &'a Types,
    /// By slot.
    resources: &'a [ResourceType],
    /// The root instance that they are of.
    root: RootIndex,
}

impl<'a> Values<'a> {
    /// Values of this plan's types, in a root instance with these resource types.
    pub(super) fn new(plan: &'a Plan, resources: &'a [ResourceType], root: RootIndex) -> Values<'a> {
        Values { plan, types: &plan.types, resources, root }
    }

    /// The element type of a stream or a future, as the machine compares it.
    fn element(&self, tables: &mut Tables, element: Option<TypeId>) -> ElementType {
        tables.element_type(self.root, self.types, self.resources, element)
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
