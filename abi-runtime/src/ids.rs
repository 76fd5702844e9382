//! The ids of the parts of a [`Machine`](crate::machine::Machine).

use crate::arena::ids;

ids! {
    /// A component instance.
    pub InstanceId: "component instance";
    /// A thread.
    pub ThreadId: "thread";
    /// A task.
    pub TaskId: "task";
    /// A subtask, or an end of a stream or a future.
    pub WaitableId: "waitable";
    /// The state of an end of a stream or a future, in a table beside that of waitables.
    pub(crate) EndId: "end";
    /// A waitable set.
    pub SetId: "waitable set";
    /// An error context.
    pub ErrorContextId: "error context";
    /// A handle that a call has lent.
    pub LendId: "lend";
}
