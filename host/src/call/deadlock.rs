//! The error of a deadlock: the threads that wait.

use alloc::string::String;
use alloc::vec::Vec;

use witwright_abi_runtime::machine::{Callee as CalledBy, Until};

use crate::component::display_name;
use crate::deadlock::{Condition, Waiting};
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::ids::{TaskId, WaitableId};
use crate::store::StoreContextMut;
use crate::task::Callee;

/// The error of a call that waits when nothing can happen any more.
#[cold]
pub(super) fn deadlock<T: 'static, E: CoreEngine>(cx: &StoreContextMut<'_, T, E>) -> Error {
    let machine = &cx.state().tables.machine;
    let waiting = machine.waiting().map(|(thread, until)| (thread, condition(cx, until)));
    let suspended = machine.suspended_threads().map(|thread| (thread, Condition::Resumed));
    let all = waiting.chain(suspended);
    let all: Vec<Waiting> =
        all.map(|(thread, condition)| Waiting::new(name(cx, machine.task_of(thread)), condition)).collect();
    ErrorKind::Deadlock(all).into()
}

fn condition<T: 'static, E: CoreEngine>(cx: &StoreContextMut<'_, T, E>, until: Until) -> Condition {
    let machine = &cx.state().tables.machine;
    match until {
        Until::Entered => Condition::Entry,
        Until::Now | Until::Unlocked => Condition::Unlocked,
        Until::Event(set) | Until::UnlockedEvent(set) => Condition::Event { members: machine.members_of(set) },
        Until::Pending(end) => {
            let of = machine.end_kind(end);
            Condition::OtherEnd { kind: of.kind, side: of.side }
        }
        Until::Resolved(call) | Until::Cancelled(call) => Condition::Call { func: callee(cx, call) },
    }
}

/// The name of the function that a call calls.
fn callee<T: 'static, E: CoreEngine>(cx: &StoreContextMut<'_, T, E>, call: WaitableId) -> Option<String> {
    match cx.state().tables.machine.callee_of(call) {
        CalledBy::Guest(task) => name(cx, task),
        CalledBy::Host => None,
    }
}

/// The name of the function of a task.
fn name<T: 'static, E: CoreEngine>(cx: &StoreContextMut<'_, T, E>, task: TaskId) -> Option<String> {
    let Callee::Lifted(func) = cx.state().tasks.callee_of(task)? else { return None };
    let (interface, name) = cx.state().root(func.root).name_of(func);
    Some(display_name(interface.as_deref(), &name?))
}
