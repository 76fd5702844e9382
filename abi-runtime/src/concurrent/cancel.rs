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

/// Natively nobody waits for the result.
#[cfg(not(target_arch = "wasm32"))]
mod built_in {
    pub(super) fn cancel() {}
}

/// A guard of a task: when it is dropped, the caller of the task is told that there is no result.
#[derive(Debug)]
pub struct TaskCancelOnDrop(());

impl TaskCancelOnDrop {
    /// The task has no result yet.
    #[expect(clippy::new_without_default, reason = "it is made for one task")]
    #[must_use]
    pub const fn new() -> TaskCancelOnDrop {
        TaskCancelOnDrop(())
    }

    /// The task has a result.
    pub fn forget(self) {
        mem::forget(self);
    }
}

impl Drop for TaskCancelOnDrop {
    fn drop(&mut self) {
        built_in::cancel();
    }
}
