//! The cancellation of a task that ends without a result (`CanonicalABI.md#canon-taskcancel`).

use core::mem;

#[cfg(target_arch = "wasm32")]
mod built_in {
    #[link(wasm_import_module = "[export]$root")]
    unsafe extern "C" {
        #[link_name = "[task-cancel]"]
        pub(super) safe fn cancel();
    }
}

/// A native task has no caller that waits for its result.
#[cfg(not(target_arch = "wasm32"))]
mod built_in {
    pub(super) fn cancel() {}
}

/// A guard of a task. Dropping it cancels the task: its caller learns that there is no result.
#[derive(Debug)]
pub struct TaskCancelOnDrop(());

impl TaskCancelOnDrop {
    /// A guard of the current task, which has no result yet.
    #[expect(clippy::new_without_default, reason = "it is made for one task")]
    #[must_use]
    pub const fn new() -> TaskCancelOnDrop {
        TaskCancelOnDrop(())
    }

    /// Drops the guard without cancelling the task, because the task has a result.
    pub fn forget(self) {
        mem::forget(self);
    }
}

impl Drop for TaskCancelOnDrop {
    fn drop(&mut self) {
        built_in::cancel();
    }
}
