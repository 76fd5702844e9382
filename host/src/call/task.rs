//! Tasks of functions lifted `async`, as far as they return without blocking (`CanonicalABI.md#canon-lift`,
//! `#canon-taskreturn`).

use witwright_abi_runtime::codes::CallbackCode;
use witwright_abi_runtime::trap::Trap;

use crate::call::context::Transfer;
use crate::call::dynamic::Values;
use crate::call::passage::Passage;
use crate::component::Component;
use crate::engine::CoreEngine;
use crate::error::{Error, Unsupported};
use crate::ids::ScopeIndex;
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::{AsContextMut, StoreContextMut};
use crate::task::{Receiver, Task};
use crate::types::TypeId;

/// Calls a function lifted `async`, with its parameters in the slots, until it returns.
///
/// # Errors
/// What the call ended in; that it would have to wait.
pub(crate) fn run<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    callee: &GuestFunc<E>,
    component: &Component<E>,
    scope: Option<ScopeIndex>,
    receiver: Receiver<E>,
    slots: &mut [u64],
) -> Result<Receiver<E>, Error> {
    let state = cx.state_mut();
    let index = state.tasks.len();
    state.tasks.push(Task {
        instance: callee.options.table,
        ty: callee.ty,
        component: component.clone(),
        root: callee.root,
        scope,
        receiver,
        returned: false,
    });
    state.thread.task = Some(index as u32);
    let outcome = until_exit(cx, callee, slots);
    let state = cx.state_mut();
    state.thread.task = None;
    state.tasks.truncate(index + 1);
    let task = state.tasks.pop();
    outcome?;
    match task {
        Some(task) if task.returned => Ok(task.receiver),
        Some(_) | None => Err(Trap::TaskNotReturned.into()),
    }
}

/// Runs the core function. With a callback, it must exit at once: nothing else runs while it yields or waits.
fn until_exit<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    callee: &GuestFunc<E>,
    slots: &mut [u64],
) -> Result<(), Error> {
    cx.domain(callee.options.domain).call(callee.core, slots)?;
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

/// `task.return`: `from` is where its values lie, and its own instance.
pub(crate) fn task_return<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    from: LiftLowerOptions<E>,
    result: Option<TypeId>,
    slots: &[u64],
) -> Result<(), Error> {
    cx.state().tables.check_may_leave(from.table)?;
    let index = cx.state().thread.task.ok_or(Trap::NoTaskToReturn)? as usize;
    let state = cx.state_mut();
    let task = &mut state.tasks[index];
    let component = task.component.clone();
    let types = &component.plan().types;
    let fits = task.instance == from.table && types[task.ty].ty.result == result;
    if !fits {
        return Err(Trap::InvalidTaskReturn.into());
    }
    if core::mem::replace(&mut task.returned, true) {
        return Err(Trap::TaskResolvedTwice.into());
    }
    let (root, scope) = (task.root, task.scope);
    if let Some(scope) = scope {
        state.tables.check_borrows(scope)?;
    }
    let Some(ty) = result else { return Ok(()) };
    let task = &mut cx.state_mut().tasks[index];
    if let Receiver::Guest { to, out_ptr, slots: mut there } = task.receiver {
        let mut passage = Passage::new(cx.as_context_mut(), (types, root), from, to, scope);
        passage.task_result(ty, slots, (&mut there, out_ptr))?;
        if let Receiver::Guest { slots, .. } = &mut cx.state_mut().tasks[index].receiver {
            *slots = there;
        }
        return Ok(());
    }
    let values = Values::new(&cx, component.plan(), root);
    let transfer = Transfer { options: from, bindings: &[], scope };
    let value = transfer.with_lift_view(&mut cx, |view| values.lift_task_result(view, ty, slots))?;
    cx.state_mut().tasks[index].receiver = Receiver::Host(Some(value));
    Ok(())
}
