//! Tasks and threads as a store keeps them (`CanonicalABI.md#task-state`, `#thread-state`).

use witwright_abi_runtime::flatten::Slots;

use crate::component::Component;
use crate::engine::CoreEngine;
use crate::ids::{RootIndex, ScopeIndex, TableIndex};
use crate::lifted::LiftLowerOptions;
use crate::types::FuncTypeId;
use crate::val::Val;

/// A call of a function lifted `async`.
pub(crate) struct Task<E: CoreEngine> {
    pub(crate) instance: TableIndex,
    pub(crate) ty: FuncTypeId,
    pub(crate) component: Component<E>,
    pub(crate) root: RootIndex,
    pub(crate) scope: Option<ScopeIndex>,
    pub(crate) receiver: Receiver<E>,
    pub(crate) returned: bool,
}

/// Who gets the result of a task.
pub(crate) enum Receiver<E: CoreEngine> {
    /// A guest: in its slots, or in its memory at the address in the slot after its parameters.
    Guest { to: LiftLowerOptions<E>, out_ptr: Option<u32>, slots: Slots },
    /// The host.
    Host(Option<Val>),
}

/// The guest's thread that runs.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Thread {
    /// The values of `context.get` and `context.set`.
    pub(crate) context: [u32; 2],
    /// The task that `task.return` resolves, by its place in the stack of tasks; `None` in a function lifted without
    /// `async`.
    pub(crate) task: Option<u32>,
}
