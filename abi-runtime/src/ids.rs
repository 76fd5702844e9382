//! The ids of the parts of a [`Machine`](crate::machine::Machine).

use crate::arena::ids;

ids! {
    /// A component instance.
    InstanceId: "component instance";
    /// A thread.
    ThreadId: "thread";
    /// A task.
    TaskId: "task";
    /// A subtask, or an end of a stream or a future.
    WaitableId: "waitable";
    /// An end of a stream or a future, apart from what all waitables have.
    EndId: "end";
    /// A waitable set.
    SetId: "waitable set";
    /// An error context.
    ErrorContextId: "error context";
    /// A handle that a call has lent.
    LendId: "lend";
}
