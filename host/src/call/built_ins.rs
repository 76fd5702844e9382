//! Built-ins of concurrency: they perform the machine's decisions (`CanonicalABI.md#canonical-definitions`).
//!
//! Each takes its parameters from the slots, and stores its result there. If it blocks, the machine has parked
//! the thread; its stack is suspended, and `turn` continues it with the answer.

use alloc::string::String;
use alloc::sync::Arc;

use witwright_abi_runtime::codes::{EndPair, Event};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::machine::{CancelRequest, Copied, ElementType, EndKind, EndOf, Outcome, Side};
use witwright_abi_runtime::transfer::LiftCx as _;
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::check_buffer;

use crate::call::elements::copy;
use crate::call::guest_side::{GuestSide, bytes};
use crate::call::host_copies::tell_ends;
use crate::call::host_elements::not_copied;
use crate::call::host_task;
use crate::call::task::CurrentThread;
use crate::call::turn::{end_task, resolve, resume, store_words};
use crate::component::plan::MemoryIndex;
use crate::engine::{CoreEngine, Flow, FuncType, ValType};
use crate::error::Error;
use crate::handles::Machine;
use crate::ids::{CopySiteIndex, DomainId, InstanceId, Place};
use crate::lifted::{LiftLowerOptions, Memory};
use crate::store::{Domains, StoreContextMut};
use crate::task::{Begin, Callee, PendingAnswer};
use crate::types::TypeId;

/// Stores a result in the slots, which held the parameters; or suspends the stack of the current thread, which has been parked.
fn flow<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, outcome: Outcome, slots: &mut [u64]) -> Flow {
    match outcome {
        Outcome::Done(value) => {
            slots[0] = value.into();
            Flow::Return
        }
        Outcome::Blocked => Flow::Block,
        Outcome::Switch(thread) => {
            cx.state_mut().tasks.switch = Some(thread);
            Flow::Block
        }
    }
}

/// `context.get`
///
/// # Errors
/// None; the type of the result is that of all built-ins.
pub(crate) fn context_get<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    word: u32,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    slots[0] = cx.state().tables.machine.context_get(word as usize);
    Ok(Flow::Return)
}

/// `context.set`
///
/// # Errors
/// None; the type of the result is that of all built-ins.
pub(crate) fn context_set<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    word: u32,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    cx.state_mut().tables.machine.context_set(word as usize, slots[0]);
    Ok(Flow::Return)
}

/// `task.return`: `from` are its own options, and those of the instance that calls it.
///
/// # Errors
/// When the thread has no task that can return, or the task returns another type; the error of lifting or lowering the result.
pub(crate) fn task_return<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    from: LiftLowerOptions,
    memory: Option<MemoryIndex>,
    result: Option<TypeId>,
    slots: &[u64],
) -> Result<Flow, Error> {
    let state = cx.state_mut();
    let task = state.tables.machine.check_task_return(from.instance)?;
    let Callee::Lifted(func) = state.tasks.get(task).callee else { return Err(Trap::NoTaskToReturn.into()) };
    let guest = state.guest(func);
    let expected = state.root(guest.root).component().plan().types[guest.ty].ty.result;
    // The result is lifted in the same way (`LiftOptions.equal`). A memory may be missing here, as the official suite has it:
    // the function has one for its parameters, and the result needs none.
    let is_same = guest.options.instance == from.instance
        && expected == result
        && guest.options.encoding == from.encoding
        && (memory.is_none() || guest.memory == memory);
    if !is_same {
        return Err(Trap::InvalidTaskReturn.into());
    }
    resolve(cx, task, from, Convention::LiftStackful, result, slots)?;
    Ok(Flow::Return)
}

/// `task.cancel`
///
/// # Errors
/// The traps of the machine.
pub(crate) fn task_cancel<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
) -> Result<Flow, Error> {
    let state = cx.state_mut();
    state.tables.machine.task_cancel(instance)?;
    if let Some(thread) = state.tables.machine.current() {
        let task = state.tables.machine.task_of(thread);
        state.tasks.get(task).receiver = None;
    }
    Ok(Flow::Return)
}

/// `subtask.cancel`
///
/// # Errors
/// The traps of the machine, and that of a thread that runs meanwhile.
pub(crate) fn subtask_cancel<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    async_: bool,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let request = cx.state_mut().tables.machine.subtask_cancel(instance, slots[0] as u32)?;
    let subtask = match request {
        CancelRequest::Done(result) => {
            slots[0] = result.into();
            return Ok(Flow::Return);
        }
        CancelRequest::NeverStarted { subtask, task } => {
            end_task(cx, task);
            subtask
        }
        CancelRequest::Run { subtask, task, instance: callee } => {
            let mut current = CurrentThread::save(cx);
            let machine = &mut current.cx.state_mut().tables.machine;
            if let Some(thread) = machine.ready_thread_of(task).or_else(|| machine.next_ready_in(callee)) {
                resume(&mut current.cx, thread)?;
            }
            subtask
        }
        CancelRequest::Host { subtask } => {
            host_task::cancel(cx, subtask);
            subtask
        }
    };
    let outcome = cx.state_mut().tables.machine.subtask_cancel_go_on(subtask, async_);
    Ok(flow(cx, outcome, slots))
}

/// `waitable-set.wait`
///
/// # Errors
/// The traps of the machine; an address for the event that is out of bounds.
pub(crate) fn waitable_set_wait<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    memory: Memory,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let [set, ptr] = [slots[0] as u32, slots[1] as u32];
    let state = cx.state_mut();
    let thread = state.tables.machine.current();
    match state.tables.machine.waitable_set_wait(instance, set)? {
        Outcome::Done(event) => give_event(cx, memory, ptr, event, slots),
        Outcome::Blocked | Outcome::Switch(_) => {
            if let Some(thread) = thread {
                state.tasks.thread(thread).answer = PendingAnswer::Event { memory, ptr };
            }
            Ok(Flow::Block)
        }
    }
}

/// `waitable-set.poll`
///
/// # Errors
/// The traps of the machine; an address for the event that is out of bounds.
pub(crate) fn waitable_set_poll<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    memory: Memory,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let [set, ptr] = [slots[0] as u32, slots[1] as u32];
    let event = cx.state_mut().tables.machine.waitable_set_poll(instance, set)?;
    give_event(cx, memory, ptr, event, slots)
}

fn give_event<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    memory: Memory,
    ptr: u32,
    event: Event,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let [code, index, payload] = event.pack();
    store_words(bytes(cx, memory), ptr, [index, payload])?;
    slots[0] = code.into();
    Ok(Flow::Return)
}

/// A built-in that reads or writes the elements of a stream or a future.
pub(crate) struct CopyBuiltIn {
    pub(crate) site: CopySiteIndex,
    pub(crate) options: LiftLowerOptions,
    pub(crate) of: EndOf,
    pub(crate) element: TypeAbi,
    pub(crate) async_: bool,
}

impl CopyBuiltIn {
    /// `stream.read`, `stream.write`, `future.read`, `future.write`
    ///
    /// # Errors
    /// The traps of the machine; a buffer that is out of bounds; the error of copying.
    pub(crate) fn call<T: 'static, E: CoreEngine>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        slots: &mut [u64],
    ) -> Result<Flow, Error> {
        let [index, ptr] = [slots[0] as u32, slots[1] as u32];
        let length = match self.of.kind {
            EndKind::Stream => slots[2] as u32,
            EndKind::Future => 1,
        };
        let machine = &mut cx.state_mut().tables.machine;
        let end = machine.end_to_copy(self.options.instance, index, self.of, self.async_)?;
        if length > 0 && self.element.size > 0 {
            check_buffer(bytes(cx, self.options.memory).len(), ptr, length, &self.element)?;
        }
        let place = Place::Guest { site: self.site, ptr };
        let machine = &mut cx.state_mut().tables.machine;
        let Copied { elements, mut outcome } = machine.copy(end, place, length, self.async_)?;
        if let Some(elements) = elements {
            if let Err(error) = copy(cx, elements) {
                not_copied(cx, (Some(end), Some(self.options.instance)), elements, error)?;
                if self.of.side == Side::Readable {
                    // The writer has no elements left, so the read waits.
                    outcome = cx.state_mut().tables.machine.copy(end, place, length, self.async_)?.outcome;
                }
            }
            // A read of the host may begin again by itself, before the guest goes on.
            tell_ends(cx);
        }
        Ok(flow(cx, outcome, slots))
    }
}

/// `stream.cancel-read`, `stream.cancel-write`, `future.cancel-read`, `future.cancel-write`
///
/// # Errors
/// The traps of the machine.
pub(crate) fn end_cancel<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    of: EndOf,
    async_: bool,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let outcome = cx.state_mut().tables.machine.end_cancel(instance, slots[0] as u32, of, async_)?;
    Ok(flow(cx, outcome, slots))
}

/// `stream.drop-readable`, `stream.drop-writable`, `future.drop-readable`, `future.drop-writable`. If the host holds the other end, it is woken at once.
///
/// # Errors
/// The traps of the machine.
pub(crate) fn end_drop<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    of: EndOf,
    slots: &[u64],
) -> Result<Flow, Error> {
    cx.state_mut().tables.machine.end_drop(instance, slots[0] as u32, of)?;
    tell_ends(cx);
    Ok(Flow::Return)
}

/// `stream.new`, `future.new`
///
/// # Errors
/// The traps of the machine.
pub(crate) fn end_new<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    kind: EndKind,
    ty: ElementType,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let pair: EndPair = cx.state_mut().tables.machine.end_new(instance, kind, ty)?;
    slots[0] = pair.pack();
    Ok(Flow::Return)
}

/// `stream.forward`, `future.forward`. If the host holds an end whose read or write has ended, or whose other end is gone, it is
/// woken at once.
///
/// # Errors
/// The traps of the machine; the error of copying.
pub(crate) fn end_forward<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    instance: InstanceId,
    kind: EndKind,
    ty: ElementType,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let ends = [slots[0] as u32, slots[1] as u32];
    if let Some(elements) = cx.state_mut().tables.machine.end_forward(instance, ends, kind, ty)?
        && let Err(error) = copy(cx, elements)
    {
        not_copied(cx, (None, Some(instance)), elements, error)?;
    }
    tell_ends(cx);
    Ok(Flow::Return)
}

/// The bytes of the message of an error context that are kept (`host_defined_transformation` in `canon_error_context_new`): a guest may
/// have very many.
const MESSAGE_BYTES: usize = 4 << 10;

/// `error-context.new`
///
/// # Errors
/// The traps of the machine; a message that is not a string.
pub(crate) fn error_context_new<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    options: LiftLowerOptions,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    cx.state().tables.machine.check_may_leave(options.instance)?;
    let [ptr, units] = [slots[0] as u32, slots[1] as u32];
    let side = GuestSide { options, bindings: &[], scope: None };
    let mut message: String = side.with_lift_view(cx, |view| view.lift_string(ptr, units))?;
    message.truncate(message.floor_char_boundary(MESSAGE_BYTES));
    let machine = &mut cx.state_mut().tables.machine;
    slots[0] = machine.error_context_new(options.instance, message.into())?.into();
    Ok(Flow::Return)
}

/// `error-context.debug-message`
///
/// # Errors
/// The traps of the machine; the error of lowering the message.
pub(crate) fn error_context_debug_message<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    options: LiftLowerOptions,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let [index, ptr] = [slots[0] as u32, slots[1] as u32];
    let message: Arc<str> = cx.state().tables.machine.error_context_debug_message(options.instance, index)?.clone();
    let side = GuestSide { options, bindings: &[], scope: None };
    side.lower(cx, &*message, 0, &mut FlatWriter::new(&mut []), Some(ptr))?;
    Ok(Flow::Return)
}

/// A table that `thread.new-indirect` takes functions from.
pub(crate) struct ThreadTable<E: CoreEngine> {
    pub(crate) domain: DomainId,
    pub(crate) table: E::Table,
}

impl<E: CoreEngine> ThreadTable<E> {
    /// `thread.new-indirect`
    ///
    /// # Errors
    /// The traps of the machine; a function that does not exist, or is of another type.
    pub(crate) fn new_thread<T: 'static>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        instance: InstanceId,
        slots: &mut [u64],
    ) -> Result<Flow, Error> {
        cx.state().tables.machine.check_may_leave(instance)?;
        let mut domain = cx.domain(self.domain);
        let func = domain.table_func(self.table, slots[0]).ok_or(Trap::NoThreadFunction)?;
        let ty = domain.func_type(func);
        if ty != FuncType::new([ValType::I32], []) {
            return Err(Trap::WrongThreadFunction.into());
        }
        let state = cx.state_mut();
        let (thread, index) = state.tables.machine.thread_new_indirect(instance)?;
        state.tasks.thread(thread).begin = Some(Begin { domain: self.domain, func, context: slots[1] });
        slots[0] = index.into();
        Ok(Flow::Return)
    }
}

/// A built-in that suspends the current thread, or yields, and may switch to another.
///
/// # Errors
/// The traps of the machine.
pub(crate) fn switch<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    slots: &mut [u64],
    built_in: impl FnOnce(&mut Machine, u32) -> Result<Outcome, Trap>,
) -> Result<Flow, Error> {
    let outcome = built_in(&mut cx.state_mut().tables.machine, slots[0] as u32)?;
    Ok(flow(cx, outcome, slots))
}
