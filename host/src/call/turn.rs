//! Turns of threads: from the point where one is resumed to the point where it is parked or ends
//! (`CanonicalABI.md#thread-state`, `#canon-lift`).
//!
//! ```text
//!              machine: Step                  core code                machine
//!   begin ───► Start ──► lower the arguments ──► runs ──► returned ──► result, exit
//!   resume ──► Callback ───────────────────────► runs ──► returned ──► callback code: parked, called again, exit
//!          ──► Continue ──► answer the built-in ► runs ──► blocked ───► parked, its stack kept
//!          ──► Begin ──────────────────────────► runs
//! ```

use witwright_abi_runtime::flatten::{Convention, SLOTS, Slots};
use witwright_abi_runtime::machine::{Answer, CallbackOutcome, Called, LiftMode, Step, TaskEnds};
use witwright_abi_runtime::trap::Trap;

use crate::call::copier::{Copier, LowerResult, NotCopied, Route};
use crate::call::entry::{call_without_leaving, poison, poison_because, poison_on_panic, tell_later};
use crate::call::guest_side::{GuestSide, bytes};
use crate::call::host_to_host::end_arguments;
use crate::component::plan::Concurrency;
use crate::engine::{CoreEngine, Fault, FaultKind, Progress};
use crate::error::Error;
use crate::ids::{DomainId, Suspension, TaskId, ThreadId};
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::state::Cause;
use crate::store::{AsContextMut, Domains, StoreContextMut};
use crate::task::{Arguments, Begin, Callee, PendingAnswer, Receiver};
use crate::types::TypeId;

/// The next thing that a thread does on its stack. The slots of the thread's values are beside it.
pub(super) enum Turn<E: CoreEngine> {
    /// Calls a core function with the arguments in the slots.
    Call { domain: DomainId, func: E::Func, blocks: bool },
    /// Continues the suspended stack: the built-in that blocked returns `answer`.
    Continue { stack: Suspension, answer: u64 },
}

/// Resumes a thread and those that it switches to, until one is parked or ends. A thread of a root instance that has trapped is not
/// resumed: it ends when no guest runs.
///
/// # Errors
/// The trap that ended it; its root instance is poisoned.
pub(super) fn resume<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
) -> Result<(), Error> {
    let instance = cx.state().tables.machine.instance_of(thread);
    if cx.state().root_of(instance).is_some_and(|root| cx.state().root(root).poisoned) {
        cx.state_mut().tables.machine.set_aside(thread);
        return Ok(());
    }
    let mut slots = SLOTS;
    let outcome = step(cx, thread, &mut slots).and_then(|turn| match turn {
        Some(turn) => run(cx, thread, turn, &mut slots),
        None => Ok(()),
    });
    outcome.inspect_err(|_| {
        if let Some(root) = cx.state().root_of(instance) {
            poison(cx, root);
        }
    })
}

/// As [`resume`]. A trap is returned by a call that ends because of it, or by the next run of the store.
pub(super) fn resume_told<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, thread: ThreadId) {
    let state = cx.state_mut();
    let machine = &state.tables.machine;
    let instance = machine.instance_of(thread);
    let call = machine.subtask_of(machine.task_of(thread));
    if let Err(error) = resume(cx, thread) {
        match cx.state().root_of(instance) {
            Some(root) => poison_because(cx, root, Cause { error, call }),
            None => tell_later(cx, error),
        }
    }
}

/// Runs a thread, and those that it switches to, until one is parked or ends.
///
/// # Errors
/// The trap that ended it.
pub(super) fn run<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
    turn: Turn<E>,
    slots: &mut Slots,
) -> Result<(), Error> {
    let instance = cx.state().tables.machine.instance_of(thread);
    poison_on_panic(cx, instance, |cx| run_turns(cx, thread, turn, slots))
}

fn run_turns<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    mut thread: ThreadId,
    turn: Turn<E>,
    slots: &mut Slots,
) -> Result<(), Error> {
    let mut next = Some(turn);
    while let Some(turn) = next {
        let progress = match turn {
            Turn::Call { domain, func, blocks: true } => cx.domain(domain).start(func, slots),
            Turn::Call { domain, func, blocks: false } => {
                cx.domain(domain).call(func, slots).map(|()| Progress::Returned)
            }
            Turn::Continue { stack, answer } => cx.resume(stack, &[answer], slots),
        };
        next = match progress.map_err(cannot_block)? {
            Progress::Returned => returned(cx, thread, slots)?,
            Progress::Suspended(stack) => {
                let tasks = &mut cx.state_mut().tasks;
                tasks.thread(thread).stack = Some(stack);
                match tasks.switch.take() {
                    Some(other) => {
                        thread = other;
                        step(cx, thread, slots)?
                    }
                    None => None,
                }
            }
        };
    }
    Ok(())
}

/// The error of a guest that blocks where its stack cannot be suspended.
#[cold]
fn cannot_block(fault: Fault) -> Error {
    if fault.kind() == FaultKind::CannotBlock { Trap::CannotBlock.into() } else { fault.into() }
}

/// Resumes a thread in the machine, and returns the next thing that it does, if it has not ended.
fn step<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
    slots: &mut Slots,
) -> Result<Option<Turn<E>>, Error> {
    let step = cx.state_mut().tables.machine.resume(thread);
    Ok(match &step {
        Ok(Step::Start(task)) => start(cx, (*task, thread), slots)?,
        Ok(Step::CancelledBeforeStart(task)) => {
            end_task(cx, *task);
            None
        }
        Ok(Step::Callback(event)) => {
            let task = cx.state().tables.machine.task_of(thread);
            Some(callback(cx, task, event.pack(), slots)?)
        }
        Ok(Step::Continue(answer)) => Some(go_on(cx, thread, *answer)?),
        Err(trap) => return Err((*trap).into()),
        Ok(Step::Begin) => {
            let begin = &cx.state_mut().tasks.thread(thread).begin;
            let Some(Begin { domain, func, context }) = begin else { unreachable!("a new thread has a function") };
            slots[0] = *context;
            Some(Turn::Call { domain: *domain, func: *func, blocks: true })
        }
    })
}

/// The lifted function of a task.
pub(super) fn guest_of<'a, T: 'static, E: CoreEngine>(
    cx: &'a mut StoreContextMut<'_, T, E>,
    task: TaskId,
) -> Option<&'a GuestFunc<E>> {
    let callee = cx.state_mut().tasks.get(task).callee;
    match callee {
        Callee::Lifted(func) => Some(cx.state().guest(func)),
        Callee::Core => None,
    }
}

/// Starts a call that waited to enter, by lowering its arguments. `None` if they are wrong and the caller is of another root
/// instance: then the caller ends, and the callee goes on.
fn start<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (task, thread): (TaskId, ThreadId),
    slots: &mut Slots,
) -> Result<Option<Turn<E>>, Error> {
    let (Some(guest), Some(arguments)) = (guest_of(cx, task).copied(), cx.state_mut().tasks.take_arguments(task))
    else {
        unreachable!("a call that waited to enter has kept its arguments")
    };
    let Arguments { from, convention, slots: arguments } = arguments;
    let outcome = enter(cx, &guest, task, &from, (convention, &arguments), slots);
    end_arguments(cx, &from);
    let caller = cx.state().root_of(from.instance).filter(|caller| *caller != guest.root);
    match (outcome, caller) {
        (Err(NotCopied { error, is_of_target: false }), Some(caller)) => {
            let machine = &cx.state().tables.machine;
            let Some(subtask) = machine.subtask_of(task) else { unreachable!("a guest that calls has a subtask") };
            take_back(cx, Called { subtask, task, thread, entered: true });
            poison_because(cx, caller, Cause { error, call: None });
            Ok(None)
        }
        (outcome, _) => Ok(Some(outcome?)),
    }
}

/// Takes back a call whose arguments did not reach the callee.
#[cold]
pub(super) fn take_back<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, called: Called) {
    end_task(cx, called.task);
    let state = cx.state_mut();
    state.tasks.end_thread(called.thread);
    state.tables.machine.take_back_call(called);
}

/// Lowers the arguments of a call that has entered into the slots of its thread.
pub(super) fn enter<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    task: TaskId,
    from: &LiftLowerOptions,
    (convention, arguments): (Convention, &[u64]),
    slots: &mut Slots,
) -> Result<Turn<E>, NotCopied> {
    let component = cx.state().root(guest.root).component().clone();
    let types = &component.plan().types;
    let scope = cx.state_mut().tasks.get(task).scope;
    let route = Route { types, root: guest.root, from: *from, to: guest.options, scope };
    Copier::new(cx.as_context_mut(), route).params(&types[guest.ty], convention, arguments, slots)?;
    Ok(first_turn(guest))
}

/// The first turn of a call whose arguments are lowered.
pub(super) fn first_turn<E: CoreEngine>(guest: &GuestFunc<E>) -> Turn<E> {
    Turn::Call { domain: guest.domain, func: guest.core, blocks: guest.concurrency == Concurrency::Blocks }
}

fn callback<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    task: TaskId,
    event: [u32; 3],
    slots: &mut Slots,
) -> Result<Turn<E>, Error> {
    let guest = guest_of(cx, task);
    let Some((guest, callback)) = guest.and_then(|guest| Some((guest, guest.callback?))) else {
        unreachable!("a function lifted with a callback has one")
    };
    for (slot, word) in slots.iter_mut().zip(event) {
        *slot = word.into();
    }
    Ok(Turn::Call { domain: guest.domain, func: callback, blocks: guest.concurrency == Concurrency::Blocks })
}

/// Answers the built-in in which a thread blocked.
fn go_on<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
    answer: Answer,
) -> Result<Turn<E>, Error> {
    let waiting = cx.state_mut().tasks.thread(thread);
    let pending = core::mem::replace(&mut waiting.answer, PendingAnswer::Value);
    let Some(stack) = waiting.stack.take() else { unreachable!("a thread that blocked has a stack") };
    let answer = match (answer, pending) {
        (Answer::Value(value), _) => value.into(),
        (Answer::Event(event), PendingAnswer::Event { memory, ptr }) => {
            let [code, index, payload] = event.pack();
            store_words(bytes(cx, memory), ptr, [index, payload])?;
            code.into()
        }
        (Answer::Resolved, PendingAnswer::Call(subtask)) => cx.state_mut().tasks.flat_result(subtask),
        (Answer::Event(_) | Answer::Resolved, _) => unreachable!("the answer is that of the built-in that blocked"),
    };
    Ok(Turn::Continue { stack, answer })
}

/// Stores the payload of an event.
///
/// # Errors
/// When the address is misaligned or out of bounds.
pub(super) fn store_words(memory: &mut [u8], ptr: u32, words: [u32; 2]) -> Result<(), Trap> {
    if !ptr.is_multiple_of(4) {
        return Err(Trap::UnalignedPointer);
    }
    let room = memory.get_mut(ptr as usize..).and_then(|memory| memory.first_chunk_mut::<8>());
    let room = room.ok_or(Trap::PointerOutOfBounds)?;
    let ([first, second], _) = room.as_chunks_mut::<4>() else { unreachable!("8 bytes are two words") };
    (*first, *second) = (words[0].to_le_bytes(), words[1].to_le_bytes());
    Ok(())
}

/// Handles the return of a thread's core function, and returns the next thing that the thread does, if it has not ended.
fn returned<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
    slots: &mut Slots,
) -> Result<Option<Turn<E>>, Error> {
    let task = cx.state().tables.machine.task_of(thread);
    if !cx.state().tasks.is_implicit(thread) {
        exit(cx, thread, task)?;
        return Ok(None);
    }
    let Some(guest) = guest_of(cx, task) else {
        cx.state_mut().tables.machine.task_returned(task)?;
        exit(cx, thread, task)?;
        return Ok(None);
    };
    match guest.mode {
        LiftMode::Sync | LiftMode::Blocking => {
            let guest = *guest;
            let component = cx.state().root(guest.root).component().clone();
            let result = component.plan().types[guest.ty].ty.result;
            resolve(cx, task, guest.options, Convention::Lift, result, slots)?;
            if let Some(post_return) = guest.post_return {
                call_without_leaving(cx, guest.place(), post_return, &mut [slots[0]])?;
            }
            exit(cx, thread, task)?;
            Ok(None)
        }
        LiftMode::Stackful => {
            exit(cx, thread, task)?;
            Ok(None)
        }
        LiftMode::Callback => match &cx.state_mut().tables.machine.callback_returned(slots[0] as u32) {
            Ok(CallbackOutcome::CallBack(event)) => callback(cx, task, event.pack(), slots).map(Some),
            Ok(CallbackOutcome::Parked) => Ok(None),
            Ok(CallbackOutcome::Exit(ends)) => {
                exited(cx, thread, task, *ends);
                Ok(None)
            }
            Err(trap) => Err((*trap).into()),
        },
    }
}

fn exit<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
    task: TaskId,
) -> Result<(), Error> {
    let ends = cx.state_mut().tables.machine.exit()?;
    exited(cx, thread, task, ends);
    Ok(())
}

fn exited<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    thread: ThreadId,
    task: TaskId,
    TaskEnds(ends): TaskEnds,
) {
    cx.state_mut().tasks.end_thread(thread);
    if ends {
        end_task(cx, task);
    }
}

/// Forgets a task that has ended.
pub(super) fn end_task<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, task: TaskId) {
    if let Some(arguments) = cx.state_mut().tasks.take_arguments(task) {
        end_arguments(cx, &arguments.from);
    }
    let Some(task) = cx.state_mut().tasks.remove(task) else { return };
    if let Some(scope) = task.scope {
        cx.state_mut().tables.close_scope(scope);
    }
}

/// Passes the result of a task to its caller: `from` are the options with which the callee returns it.
///
/// # Errors
/// When the task has resolved or still borrows handles; the callee's error. A caller in another root instance that cannot take the result
/// traps instead.
pub(super) fn resolve<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    task: TaskId,
    from: LiftLowerOptions,
    convention: Convention,
    result: Option<TypeId>,
    slots: &[u64],
) -> Result<(), Error> {
    let state = cx.state_mut();
    state.tables.machine.check_resolvable(task)?;
    let subtask = state.tables.machine.subtask_of(task);
    let record = state.tasks.get(task);
    let (callee, scope) = (record.callee, record.scope);
    let (Some(subtask), Some(receiver)) = (subtask, record.receiver.take()) else {
        return Err(Trap::TaskResolvedTwice.into());
    };
    let Callee::Lifted(func) = callee else { unreachable!("only lifted functions have results") };
    let root = func.root;
    match receiver {
        Receiver::Guest { to, out_ptr } => {
            let mut flat = [0];
            if let Some(ty) = result {
                let component = cx.state().root(root).component().clone();
                let route = Route { types: &component.plan().types, root, from, to: *to, scope };
                let state = cx.state();
                let caller = state.tables.machine.caller_of(subtask).and_then(|caller| state.root_of(caller));
                let caller = caller.filter(|caller| *caller == root || !state.root(*caller).poisoned);
                let mut copier = Copier::new(cx.as_context_mut(), route);
                if let Some(caller) = caller {
                    let to_caller = out_ptr.map_or(LowerResult::Flat(&mut flat), LowerResult::Memory);
                    match copier.result(ty, convention, slots, to_caller)? {
                        None => {}
                        Some(error) if caller == root => return Err(error),
                        Some(error) => poison_because(cx, caller, Cause { error, call: None }),
                    }
                } else {
                    copier.drop_result(ty, convention, slots)?;
                }
            }
            cx.state_mut().tasks.set_flat_result(subtask, flat[0]);
        }
        Receiver::Host(lift) => {
            // Calls with other Rust types may have added some since the call began.
            let bindings = cx.state().func(func)?.bindings.clone();
            let side = GuestSide { options: from, bindings: bindings.as_deref().unwrap_or_default(), scope };
            let result = side.with_lift_view(cx, |view| lift(view, convention, slots))?;
            cx.state_mut().tasks.finish_host_call(subtask, Ok(result));
        }
    }
    cx.state_mut().tables.machine.task_returned(task)?;
    let record = cx.state_mut().tasks.get(task);
    if let Some(scope) = record.scope.take() {
        cx.state_mut().tables.close_scope(scope);
    }
    Ok(())
}
