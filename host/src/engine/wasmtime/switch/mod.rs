//! Suspension on wasmtime by core stack switching: any number of guest stacks in one engine store, resumed in any order.
//!
//! A guest that may block runs on a continuation, as the callee of a *worker*: a function that is made here, for each
//! signature, and that loops. Between two calls it is suspended like a guest that blocks, and is used again: the stack of a
//! continuation that returns would not be freed before the store is dropped.
//!
//! ```text
//! host                     base module             worker, on its stack          guest
//! start: arguments ──────► resume ───────────────► load arguments, call ───────► runs
//!                                                                                calls an import that blocks:
//!                          resumed again later ◄── suspend ◄──────────────────── poll the host, suspend
//! Suspended ◄───────────── not done
//! resume: answer ────────► resume ─────────────────────────────────────────────► load the answer, go on
//!                          done ◄───────────────── store results, suspend ◄───── returns
//! Returned: results ◄─────
//! ```
//!
//! Arguments, answers and results are in a memory, a word of 64 bits for each. No frame of the host is between a `suspend` and
//! its `resume`: an import that may block is itself a function of a module made here, which calls the host and suspends after
//! the host has returned. A guest that the host enters in any other way cannot block ([`Switch::can_block`]).

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::sync::{Mutex, PoisonError};

use ::wasmtime as engine;
use engine::{AsContextMut, Ref, StoreContextMut, Val};

use super::values::{cannot_block, too_few_slots};
use super::{CoreFunc, Data, types};
use crate::engine::{Blocking, Fault, FaultKind, Flow, FuncType, Progress, ValType};
use modules::{Purpose, Signature, base_module, import_module, worker_module};

mod modules;

/// Whether stacks can be switched in this build.
pub(super) const AVAILABLE: bool = true;

/// The number of stacks that one engine store may have, of those that are suspended and of those that a trap has left.
const MAX_STACKS: usize = 10_000;

/// The modules that are made here, by purpose; shared by the stores of an engine.
pub(super) type Modules = Arc<Mutex<BTreeMap<Purpose, engine::Module>>>;

/// The parts of an engine store that switch stacks.
pub(super) struct Switch {
    tag: engine::Tag,
    memory: engine::Memory,
    /// The one element is the function that a worker calls next.
    callee: engine::Table,
    done: engine::Global,
    new: engine::Func,
    resume: engine::TypedFunc<u32, u32>,
    /// By signature: the worker, and the continuations of it that are free.
    workers: BTreeMap<Signature, Workers>,
    stacks: usize,
    /// Whether the guest that runs now can be suspended.
    can_block: bool,
    /// The number of values in the answer to the import that blocked last.
    awaited: usize,
}

struct Workers {
    func: engine::Func,
    idle: Vec<u32>,
}

/// A guest stack that waits for a host function to answer.
#[derive(Debug)]
pub struct Stack {
    continuation: u32,
    signature: Signature,
    /// The number of values in the answer that it waits for.
    awaited: usize,
}

/// Enables the features that the modules made here use.
pub(super) fn configure(config: &mut engine::Config) {
    config.wasm_stack_switching(true).wasm_function_references(true);
}

/// A module that is made here, compiled once for an engine.
fn module(cx: &StoreContextMut<'_, Data>, purpose: Purpose) -> Result<engine::Module, Fault> {
    let mut modules = cx.data().modules.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(module) = modules.get(&purpose) {
        return Ok(module.clone());
    }
    let bytes = match &purpose {
        Purpose::Base => base_module(),
        Purpose::Worker(signature) => worker_module(signature),
        Purpose::Import(signature) => import_module(signature),
    };
    let module = engine::Module::from_binary(cx.engine(), &bytes).map_err(made)?;
    modules.insert(purpose, module.clone());
    Ok(module)
}

/// The fault when the engine refuses to make an object.
fn made(error: engine::Error) -> Fault {
    types::fault(error, FaultKind::Limit)
}

fn instantiate(
    cx: &mut StoreContextMut<'_, Data>,
    purpose: Purpose,
    imports: &[engine::Extern],
) -> Result<engine::Instance, Fault> {
    let module = module(cx, purpose)?;
    engine::Instance::new(cx.as_context_mut(), &module, imports).map_err(made)
}

fn exported_func(cx: &mut StoreContextMut<'_, Data>, instance: engine::Instance, name: &str) -> engine::Func {
    let func = instance.get_func(cx.as_context_mut(), name);
    func.unwrap_or_else(|| unreachable!("the module that is made here exports `{name}`"))
}

/// The switch of an engine store, made when it is first used.
fn switch<'a>(cx: &'a mut StoreContextMut<'_, Data>) -> Result<&'a mut Switch, Fault> {
    if cx.data().switch.is_none() {
        let made = Switch::new(cx)?;
        cx.data_mut().switch = Some(Box::new(made));
    }
    match &mut cx.data_mut().switch {
        Some(switch) => Ok(switch),
        None => unreachable!("it was made above"),
    }
}

impl Switch {
    fn new(cx: &mut StoreContextMut<'_, Data>) -> Result<Switch, Fault> {
        let nothing = engine::FuncType::new(cx.engine(), [], []);
        let tag = engine::Tag::new(cx.as_context_mut(), &engine::TagType::new(nothing)).map_err(made)?;
        let memory = engine::Memory::new(cx.as_context_mut(), engine::MemoryType::new(1, None)).map_err(made)?;
        let table = engine::TableType::new(engine::RefType::FUNCREF, 1, None);
        let callee = engine::Table::new(cx.as_context_mut(), table, Ref::Func(None)).map_err(made)?;
        let base = instantiate(cx, Purpose::Base, &[tag.into()])?;
        let new = exported_func(cx, base, "new");
        let resume = exported_func(cx, base, "resume").typed(cx.as_context_mut()).map_err(made)?;
        let done = base.get_global(cx.as_context_mut(), "done");
        let done = done.unwrap_or_else(|| unreachable!("the module that is made here exports `done`"));
        Ok(Switch {
            tag,
            memory,
            callee,
            done,
            new,
            resume,
            workers: BTreeMap::new(),
            stacks: 0,
            can_block: false,
            awaited: 0,
        })
    }
}

/// A continuation of a worker that is free.
fn worker(cx: &mut StoreContextMut<'_, Data>, signature: &Signature) -> Result<u32, Fault> {
    let switch = switch(cx)?;
    let func = match switch.workers.get_mut(signature) {
        Some(workers) => match workers.idle.pop() {
            Some(continuation) => return Ok(continuation),
            None => workers.func,
        },
        None => {
            let imports = [switch.tag.into(), switch.memory.into(), switch.done.into(), switch.callee.into()];
            let instance = instantiate(cx, Purpose::Worker(signature.clone()), &imports)?;
            let func = exported_func(cx, instance, "worker");
            let workers = Workers { func, idle: Vec::new() };
            self::switch(cx)?.workers.insert(signature.clone(), workers);
            func
        }
    };
    let switch = self::switch(cx)?;
    if switch.stacks == MAX_STACKS {
        return Err(Fault::new(FaultKind::Limit, "too many suspended stacks in one store"));
    }
    switch.stacks += 1;
    let new = switch.new;
    let mut place = [Val::I32(0)];
    new.call(cx.as_context_mut(), &[Val::FuncRef(Some(func))], &mut place).map_err(made)?;
    Ok(place[0].unwrap_i32() as u32)
}

/// Calls a function on a stack that can be suspended.
pub(super) fn start(
    mut cx: StoreContextMut<'_, Data>,
    func: CoreFunc,
    slots: &mut [u64],
) -> Result<Progress<Stack>, Fault> {
    let signature = Signature::new(&types::func_type(&func.raw.ty(&cx)))?;
    if slots.len() < signature.params.len() {
        return Err(too_few_slots());
    }
    let continuation = worker(&mut cx, &signature)?;
    let switch = switch(&mut cx)?;
    let callee = switch.callee;
    write(&mut cx, &slots[..signature.params.len()])?;
    callee.set(cx.as_context_mut(), 0, Ref::Func(Some(func.raw))).map_err(made)?;
    run(cx, Stack { continuation, signature, awaited: 0 }, slots)
}

/// Continues a suspended stack.
pub(super) fn resume(
    mut cx: StoreContextMut<'_, Data>,
    stack: Stack,
    answer: &[u64],
    slots: &mut [u64],
) -> Result<Progress<Stack>, Fault> {
    if answer.len() < stack.awaited {
        return Err(too_few_slots());
    }
    write(&mut cx, answer)?;
    run(cx, stack, slots)
}

fn run(mut cx: StoreContextMut<'_, Data>, mut stack: Stack, slots: &mut [u64]) -> Result<Progress<Stack>, Fault> {
    let switch = switch(&mut cx)?;
    let (resume, memory) = (switch.resume.clone(), switch.memory);
    let before = core::mem::replace(&mut switch.can_block, true);
    let done = resume.call(cx.as_context_mut(), stack.continuation);
    let switch = self::switch(&mut cx)?;
    switch.can_block = before;
    let done = done.map_err(|error| types::fault(error, FaultKind::Limit))?;
    if done == 0 {
        stack.awaited = switch.awaited;
        return Ok(Progress::Suspended(stack));
    }
    if let Some(workers) = switch.workers.get_mut(&stack.signature) {
        workers.idle.push(stack.continuation);
    }
    if slots.len() < stack.signature.results.len() {
        return Err(too_few_slots());
    }
    let words = memory.data(&cx).chunks_exact(8).take(stack.signature.results.len());
    for (slot, word) in slots.iter_mut().zip(words) {
        *slot = u64::from_le_bytes(word.try_into().unwrap_or_default());
    }
    Ok(Progress::Returned)
}

fn write(cx: &mut StoreContextMut<'_, Data>, words: &[u64]) -> Result<(), Fault> {
    let memory = switch(cx)?.memory;
    for (room, word) in memory.data_mut(cx.as_context_mut()).chunks_exact_mut(8).zip(words) {
        room.copy_from_slice(&word.to_le_bytes());
    }
    Ok(())
}

/// Runs an entry of the host that cannot be suspended: any but a start.
#[inline]
pub(super) fn without_blocking<R>(
    cx: &mut StoreContextMut<'_, Data>,
    f: impl FnOnce(&mut StoreContextMut<'_, Data>) -> R,
) -> R {
    let Some(switch) = &mut cx.data_mut().switch else { return f(cx) };
    let before = core::mem::replace(&mut switch.can_block, false);
    let result = f(cx);
    if let Some(switch) = &mut cx.data_mut().switch {
        switch.can_block = before;
    }
    result
}

/// A host function that may block.
pub(super) fn blocking_func<F>(mut cx: StoreContextMut<'_, Data>, ty: &FuncType, f: F) -> Result<CoreFunc, Fault>
where
    F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
{
    let signature = Signature::new(ty)?;
    let (params, results) = (ty.params.len(), ty.results.len());
    let poll_ty = FuncType::new(ty.params.clone(), [ValType::I32]);
    let poll = super::func::host_func(cx.as_context_mut(), &poll_ty, Blocking::Never, move |mut cx, slots| {
        let mut long;
        let mut short = [0; 8];
        let count = params.max(results);
        let values = if count <= short.len() {
            &mut short[..count]
        } else {
            long = alloc::vec![0; count];
            &mut long[..]
        };
        values[..params].copy_from_slice(&slots[..params]);
        // While the host function runs, a guest that it enters cannot suspend this one.
        let flow = f(cx.as_context_mut(), values)?;
        slots[0] = match flow {
            Flow::Return => {
                write(&mut cx, &values[..results])?;
                0
            }
            Flow::Block => {
                let switch = switch(&mut cx)?;
                if !switch.can_block {
                    return Err(cannot_block(Blocking::May));
                }
                switch.awaited = results;
                1
            }
        };
        Ok(Flow::Return)
    })?;
    let switch = switch(&mut cx)?;
    let imports = [switch.tag.into(), switch.memory.into(), poll.raw.into()];
    let instance = instantiate(&mut cx, Purpose::Import(signature), &imports)?;
    let import = exported_func(&mut cx, instance, "import");
    Ok(CoreFunc::new(&cx, import))
}
