//! Built-ins that this host does not run yet: their names, features and core signatures (`Explainer.md#built-ins`).

use alloc::vec::Vec;

use wasmparser::CanonicalFunction;
use witwright_abi_runtime::layout::FlatType::{self, I32, I64};

use crate::component::plan::BuiltIn;
use crate::types::CoreSignature;

const ASYNC: &str = "async";
const FORWARD: &str = "forward";
const ERROR_CONTEXT: &str = "error-context";
const THREADING: &str = "threading";
const SHARED: &str = "shared-everything-threads";

/// A built-in; nothing for what is none, or has its own kind of trampoline, or a signature that no host function can have.
pub(super) fn built_in(canon: &CanonicalFunction) -> Result<BuiltIn, &'static str> {
    let built_in = |gate, name, params: &[FlatType], results: &[FlatType]| {
        let signature = CoreSignature { params: Vec::from(params), results: Vec::from(results) };
        Ok(BuiltIn { name, gate, signature })
    };
    match canon {
        CanonicalFunction::Lift { .. }
        | CanonicalFunction::Lower { .. }
        | CanonicalFunction::ResourceNew { .. }
        | CanonicalFunction::ResourceDrop { .. }
        | CanonicalFunction::ResourceRep { .. }
        | CanonicalFunction::BackpressureInc
        | CanonicalFunction::BackpressureDec
        | CanonicalFunction::ContextGet { .. }
        | CanonicalFunction::ContextSet { .. }
        | CanonicalFunction::TaskReturn { .. } => unreachable!("these have trampolines of their own"),
        CanonicalFunction::TaskCancel => built_in(ASYNC, "task.cancel", &[], &[]),
        CanonicalFunction::SubtaskDrop => built_in(ASYNC, "subtask.drop", &[I32], &[]),
        CanonicalFunction::SubtaskCancel { .. } => built_in(ASYNC, "subtask.cancel", &[I32], &[I32]),
        CanonicalFunction::StreamNew { .. } => built_in(ASYNC, "stream.new", &[], &[I64]),
        CanonicalFunction::StreamRead { .. } => built_in(ASYNC, "stream.read", &[I32; 3], &[I32]),
        CanonicalFunction::StreamWrite { .. } => built_in(ASYNC, "stream.write", &[I32; 3], &[I32]),
        CanonicalFunction::StreamCancelRead { .. } => built_in(ASYNC, "stream.cancel-read", &[I32], &[I32]),
        CanonicalFunction::StreamCancelWrite { .. } => built_in(ASYNC, "stream.cancel-write", &[I32], &[I32]),
        CanonicalFunction::StreamDropReadable { .. } => built_in(ASYNC, "stream.drop-readable", &[I32], &[]),
        CanonicalFunction::StreamDropWritable { .. } => built_in(ASYNC, "stream.drop-writable", &[I32], &[]),
        CanonicalFunction::FutureNew { .. } => built_in(ASYNC, "future.new", &[], &[I64]),
        CanonicalFunction::FutureRead { .. } => built_in(ASYNC, "future.read", &[I32; 2], &[I32]),
        CanonicalFunction::FutureWrite { .. } => built_in(ASYNC, "future.write", &[I32; 2], &[I32]),
        CanonicalFunction::FutureCancelRead { .. } => built_in(ASYNC, "future.cancel-read", &[I32], &[I32]),
        CanonicalFunction::FutureCancelWrite { .. } => built_in(ASYNC, "future.cancel-write", &[I32], &[I32]),
        CanonicalFunction::FutureDropReadable { .. } => built_in(ASYNC, "future.drop-readable", &[I32], &[]),
        CanonicalFunction::FutureDropWritable { .. } => built_in(ASYNC, "future.drop-writable", &[I32], &[]),
        CanonicalFunction::WaitableSetNew => built_in(ASYNC, "waitable-set.new", &[], &[I32]),
        CanonicalFunction::WaitableSetWait { .. } => built_in(ASYNC, "waitable-set.wait", &[I32; 2], &[I32]),
        CanonicalFunction::WaitableSetPoll { .. } => built_in(ASYNC, "waitable-set.poll", &[I32; 2], &[I32]),
        CanonicalFunction::WaitableSetDrop => built_in(ASYNC, "waitable-set.drop", &[I32], &[]),
        CanonicalFunction::WaitableJoin => built_in(ASYNC, "waitable.join", &[I32; 2], &[]),
        CanonicalFunction::ThreadYield => built_in(ASYNC, "thread.yield", &[], &[I32]),
        CanonicalFunction::StreamForward { .. } => built_in(FORWARD, "stream.forward", &[I32; 2], &[]),
        CanonicalFunction::FutureForward { .. } => built_in(FORWARD, "future.forward", &[I32; 2], &[]),
        CanonicalFunction::ErrorContextNew { .. } => built_in(ERROR_CONTEXT, "error-context.new", &[I32; 2], &[I32]),
        CanonicalFunction::ErrorContextDebugMessage { .. } => {
            built_in(ERROR_CONTEXT, "error-context.debug-message", &[I32; 2], &[])
        }
        CanonicalFunction::ErrorContextDrop => built_in(ERROR_CONTEXT, "error-context.drop", &[I32], &[]),
        CanonicalFunction::ThreadIndex => built_in(THREADING, "thread.index", &[], &[I32]),
        CanonicalFunction::ThreadNewIndirect { .. } => built_in(THREADING, "thread.new-indirect", &[I32; 2], &[I32]),
        CanonicalFunction::ThreadResumeLater => built_in(THREADING, "thread.resume-later", &[I32], &[]),
        CanonicalFunction::ThreadSuspend => built_in(THREADING, "thread.suspend", &[], &[I32]),
        CanonicalFunction::ThreadSuspendThenResume => built_in(THREADING, "thread.suspend-then-resume", &[I32], &[I32]),
        CanonicalFunction::ThreadYieldThenResume => built_in(THREADING, "thread.yield-then-resume", &[I32], &[I32]),
        CanonicalFunction::ThreadSuspendThenPromote => {
            built_in(THREADING, "thread.suspend-then-promote", &[I32], &[I32])
        }
        CanonicalFunction::ThreadYieldThenPromote => built_in(THREADING, "thread.yield-then-promote", &[I32], &[I32]),
        CanonicalFunction::ThreadSpawnIndirect { .. } => built_in(SHARED, "thread.spawn-indirect", &[I32; 2], &[I32]),
        CanonicalFunction::ThreadAvailableParallelism => built_in(SHARED, "thread.available-parallelism", &[], &[I32]),
        // It gets a reference to a function, which no slot can hold.
        CanonicalFunction::ThreadSpawnRef { .. } => Err("thread.spawn-ref"),
    }
}
