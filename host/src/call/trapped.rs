//! The end of root instances that trapped, and of all their tasks.

use alloc::vec::Vec;

use witwright_abi_runtime::machine::Ended;
use witwright_abi_runtime::trap::Trap;

use crate::call::entry::poison;
use crate::call::host_task;
use crate::call::turn::end_task;
use crate::engine::CoreEngine;
use crate::store::{Domains, StoreContextMut};

/// Ends the root instances that trapped, and those that wait for them, if no guest runs: until then, their frames may be
/// on the native stack.
pub(crate) fn end_poisoned<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) {
    while !cx.runs_guests()
        && let Some(root) = cx.state_mut().poisoned.pop()
    {
        for instance in core::mem::take(&mut cx.state_mut().root_mut(root).instances) {
            let mut ended = Vec::new();
            cx.state_mut().tables.machine.end_instance(instance, |part| ended.push(part));
            ended.into_iter().for_each(|part| end(cx, part));
        }
    }
}

fn end<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, part: Ended) {
    match part {
        Ended::Thread(thread) => {
            if let Some(stack) = cx.state_mut().tasks.end_thread(thread).stack {
                let dropped = cx.cancel(stack);
                debug_assert!(dropped.is_ok(), "no guest runs");
            }
        }
        Ended::Task(task) => end_task(cx, task),
        Ended::CallOfHost(call) => host_task::forget(cx, call),
        Ended::HostCall(call) => {
            let state = cx.state_mut();
            if state.tasks.has_host_caller(call) {
                state.tasks.finish_host_call(call, Err(Trap::CannotEnter.into()));
            } else if !state.tasks.sync_calls.contains(&call) {
                state.tables.machine.end_host_call(call);
            }
        }
        // What a guest waits for would never come: it traps too.
        Ended::CallOf(caller) => {
            if let Some(root) = cx.state().root_of(caller) {
                poison(cx, root);
            }
        }
    }
}
