//! The end of root instances that trapped, and of all their tasks.

use alloc::vec::Vec;

use witwright_abi_runtime::machine::Ended;
use witwright_abi_runtime::trap::Trap;

use crate::call::entry::{poison, poison_because, tell_later};
use crate::call::host_task;
use crate::call::turn::end_task;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{RootIndex, WaitableId};
use crate::store::state::{Cause, Poisoned};
use crate::store::{Domains, StoreContextMut};

/// Ends the root instances that trapped, with those that wait for them, if no guest runs: until then, frames of theirs may be
/// on the native stack. The cause is returned by the call that trapped, or else by another that ends because of it.
pub(crate) fn end_poisoned<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) {
    while !cx.runs_guests()
        && let Some(Poisoned { root, cause }) = cx.state_mut().poisoned.pop()
    {
        let mut untold = None;
        if let Some(Cause { error, call }) = cause {
            match call.filter(|call| waits(cx, *call)) {
                Some(call) => cx.state_mut().tasks.finish_host_call(call, Err(error)),
                None => untold = Some(error),
            }
        }
        let mut ended = Vec::new();
        for instance in core::mem::take(&mut cx.state_mut().root_mut(root).instances) {
            let state = cx.state_mut();
            state.tables.machine.end_instance(instance, |part| ended.push(part));
            state.forget_root_of(instance);
        }
        let mut callers = Vec::new();
        let mut futures = Vec::new();
        for part in ended {
            if let Ended::CallOfHost(call) = part {
                futures.extend(host_task::take(cx, call));
            } else {
                end(cx, part, &mut untold, &mut callers);
            }
        }
        for caller in callers {
            match untold.take() {
                Some(error) => poison_because(cx, caller, Cause { error, call: None }),
                None => poison(cx, caller),
            }
        }
        if let Some(error) = untold {
            tell_later(cx, error);
        }
        // Last, since it may panic.
        drop(futures);
    }
}

/// Whether the host waits for a call that has no outcome.
fn waits<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, call: WaitableId) -> bool {
    let tasks = &cx.state_mut().tasks;
    tasks.is_awaited(call) || tasks.sync_calls.contains(&call) && !tasks.has_host_result(call)
}

fn end<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    part: Ended,
    untold: &mut Option<Error>,
    callers: &mut Vec<RootIndex>,
) {
    match part {
        Ended::Thread(thread) => {
            if let Some(stack) = cx.state_mut().tasks.end_thread(thread).and_then(|thread| thread.stack) {
                let dropped = cx.cancel(stack);
                debug_assert!(dropped.is_ok(), "no guest runs");
            }
        }
        Ended::Task(task) => end_task(cx, task),
        // Its future is dropped after all else.
        Ended::CallOfHost(_) => {}
        Ended::HostCall(call) => {
            if waits(cx, call) {
                let error = untold.take().unwrap_or_else(|| Trap::CannotEnter.into());
                cx.state_mut().tasks.finish_host_call(call, Err(error));
                return;
            }
            let state = cx.state_mut();
            // The store forgets an abandoned call when it reads its notes.
            if !state.tasks.has_host_result(call) && !state.tasks.is_abandoned(call) {
                state.tables.machine.end_host_call(call);
            }
        }
        // A guest that waits for the instance would wait forever: it traps too.
        Ended::CallOf(caller) => callers.extend(cx.state().root_of(caller)),
    }
}
