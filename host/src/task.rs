//! Tasks and threads as a store keeps them (`CanonicalABI.md#task-state`, `#thread-state`).

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::any::Any;

use witwright_abi_runtime::view::LiftView;

use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::CallHandles;
use crate::ids::{RootIndex, ScopeIndex, TableIndex};
use crate::lifted::{Binding, LiftLowerOptions};
use crate::types::FuncTypeId;

/// A call of a function lifted `async`.
///
/// ```text
/// started ── task.return: the receiver takes the result ──► returned ── the core function returns ──► exited
/// ```
pub(crate) struct Task<E: CoreEngine> {
    pub(crate) instance: TableIndex,
    pub(crate) ty: FuncTypeId,
    pub(crate) component: Component<E>,
    pub(crate) root: RootIndex,
    pub(crate) scope: Option<ScopeIndex>,
    /// Who gets the result; `None` once `task.return` was called.
    pub(crate) receiver: Option<Receiver<E>>,
    /// The result as its receiver got it; `None` until `task.return` has passed it.
    pub(crate) returned: Option<Returned>,
}

/// Who gets the result of a task.
pub(crate) enum Receiver<E: CoreEngine> {
    /// A guest: in its memory, at an address that it gave, or else flat.
    Guest { to: LiftLowerOptions<E>, out_ptr: Option<u32> },
    /// The host.
    Host { lift: LiftResult, bindings: Option<Arc<[Binding]>> },
}

/// Lifts the flat values of a result to the type that the host expects.
pub(crate) type LiftResult =
    Box<dyn FnOnce(&mut LiftView<'_, CallHandles<'_>>, &[u64]) -> Result<Box<dyn Any + Send>, Error> + Send>;

/// The result of a task.
pub(crate) enum Returned {
    /// A guest's, flat; 0 if it is in memory or there is none.
    Guest(u64),
    /// The host's, of the type that its receiver lifts to.
    Host(Box<dyn Any + Send>),
}

/// The guest's thread that runs.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Thread {
    /// The values of `context.get` and `context.set`.
    pub(crate) context: [u32; 2],
    /// The task that `task.return` resolves, by its index among the store's tasks; `None` in a function lifted without
    /// `async`.
    pub(crate) task: Option<u32>,
}
