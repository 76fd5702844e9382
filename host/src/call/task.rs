//! Tasks of functions lifted `async`, as far as they return without blocking (`CanonicalABI.md#canon-lift`,
//! `#canon-taskreturn`).

use witwright_abi_runtime::codes::CallbackCode;
use witwright_abi_runtime::trap::Trap;

use crate::call::copier::{Copier, LowerResult, Route};
use crate::call::transfer::Transfer;
use crate::engine::CoreEngine;
use crate::error::{Error, Unsupported};
use crate::ids::ScopeIndex;
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::{Receiver, Returned, Task};
use crate::types::TypeId;

/// Calls a function lifted `async`, with its parameters in the slots, until it exits; gives its result.
///
/// # Errors
/// What the call ended in; that it would have to wait.
pub(super) fn run<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    callee: &GuestFunc<E>,
    scope: Option<ScopeIndex>,
    receiver: Receiver<E>,
    slots: &mut [u64],
) -> Result<Returned, Error> {
    let state = cx.state_mut();
    let index = state.tasks.len();
    let component = state.root(callee.root).component().clone();
    state.tasks.push(Task {
        instance: callee.options.table,
        ty: callee.ty,
        component,
        root: callee.root,
        scope,
        receiver: Some(receiver),
        returned: None,
    });
    state.thread.task = Some(index as u32);
    let outcome = until_exit(cx, callee, slots);
    let state = cx.state_mut();
    state.thread.task = None;
    state.tasks.truncate(index + 1);
    let task = state.tasks.pop();
    outcome?;
    Ok(task.and_then(|task| task.returned).ok_or(Trap::TaskNotReturned)?)
}

/// Runs the core function. With a callback, it must exit at once: no other task runs while it yields or waits.
fn until_exit<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    callee: &GuestFunc<E>,
    slots: &mut [u64],
) -> Result<(), Error> {
    cx.domain(callee.domain).call(callee.core, slots)?;
    if !callee.has_callback {
        return Ok(());
    }
    match CallbackCode::unpack(slots[0] as u32)? {
        CallbackCode::Exit => Ok(()),
        CallbackCode::Yield | CallbackCode::Wait { .. } => {
            Err(Unsupported::Async { item: "waiting for another task".into() }.into())
        }
    }
}

/// `task.return`: `from` are its own options, and those of the instance that calls it.
///
/// # Errors
/// When the thread has no task that can return, or the task returns something else; what lifting or lowering ended in.
pub(crate) fn task_return<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    from: LiftLowerOptions<E>,
    result: Option<TypeId>,
    slots: &[u64],
) -> Result<(), Error> {
    let state = cx.state_mut();
    state.tables.check_may_leave(from.table)?;
    let index = state.thread.task.ok_or(Trap::NoTaskToReturn)? as usize;
    let task = &mut state.tasks[index];
    let (component, root, scope) = (task.component.clone(), task.root, task.scope);
    let types = &component.plan().types;
    if task.instance != from.table || types[task.ty].ty.result != result {
        return Err(Trap::InvalidTaskReturn.into());
    }
    let receiver = task.receiver.take().ok_or(Trap::TaskResolvedTwice)?;
    if let Some(scope) = scope {
        state.tables.check_borrows(scope)?;
    }
    let returned = match receiver {
        Receiver::Guest { to, out_ptr } => {
            let mut flat = [0];
            if let Some(ty) = result {
                let to_caller = out_ptr.map_or(LowerResult::Flat(&mut flat), LowerResult::Memory);
                let route = Route { types, root, from, to, scope };
                Copier::new(cx.as_context_mut(), route).task_result(ty, slots, to_caller)?;
            }
            Returned::Guest(flat[0])
        }
        Receiver::Host { lift, bindings } => {
            let transfer = Transfer { options: from, bindings: bindings.as_deref().unwrap_or_default(), scope };
            Returned::Host(transfer.with_lift_view(&mut cx, |view| lift(view, slots))?)
        }
    };
    cx.state_mut().tasks[index].returned = Some(returned);
    Ok(())
}
