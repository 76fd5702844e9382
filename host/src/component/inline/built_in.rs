//! Built-ins that this host does not run, and the features that they belong to (`Explainer.md#canonical-built-ins`).

use wasmparser::CanonicalFunction;
use witwright_abi_runtime::built_in::BuiltIn;

use crate::component::plan;

const ASYNC: &str = "async";
const FORWARD: &str = "forward";
const ERROR_CONTEXT: &str = "error-context";
const THREADING: &str = "threading";
const SHARED: &str = "shared-everything-threads";

/// The built-in that a canonical definition makes.
///
/// # Errors
/// Its name, if no host function can have its signature.
pub(super) fn built_in(canon: &CanonicalFunction) -> Result<plan::BuiltIn, &'static str> {
    let built_in = |gate, built_in| Ok(plan::BuiltIn { built_in, gate });
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
        CanonicalFunction::TaskCancel => built_in(ASYNC, BuiltIn::TaskCancel),
        CanonicalFunction::SubtaskDrop => built_in(ASYNC, BuiltIn::SubtaskDrop),
        CanonicalFunction::SubtaskCancel { .. } => built_in(ASYNC, BuiltIn::SubtaskCancel),
        CanonicalFunction::StreamNew { .. } => built_in(ASYNC, BuiltIn::StreamNew),
        CanonicalFunction::StreamRead { .. } => built_in(ASYNC, BuiltIn::StreamRead),
        CanonicalFunction::StreamWrite { .. } => built_in(ASYNC, BuiltIn::StreamWrite),
        CanonicalFunction::StreamCancelRead { .. } => built_in(ASYNC, BuiltIn::StreamCancelRead),
        CanonicalFunction::StreamCancelWrite { .. } => built_in(ASYNC, BuiltIn::StreamCancelWrite),
        CanonicalFunction::StreamDropReadable { .. } => built_in(ASYNC, BuiltIn::StreamDropReadable),
        CanonicalFunction::StreamDropWritable { .. } => built_in(ASYNC, BuiltIn::StreamDropWritable),
        CanonicalFunction::FutureNew { .. } => built_in(ASYNC, BuiltIn::FutureNew),
        CanonicalFunction::FutureRead { .. } => built_in(ASYNC, BuiltIn::FutureRead),
        CanonicalFunction::FutureWrite { .. } => built_in(ASYNC, BuiltIn::FutureWrite),
        CanonicalFunction::FutureCancelRead { .. } => built_in(ASYNC, BuiltIn::FutureCancelRead),
        CanonicalFunction::FutureCancelWrite { .. } => built_in(ASYNC, BuiltIn::FutureCancelWrite),
        CanonicalFunction::FutureDropReadable { .. } => built_in(ASYNC, BuiltIn::FutureDropReadable),
        CanonicalFunction::FutureDropWritable { .. } => built_in(ASYNC, BuiltIn::FutureDropWritable),
        CanonicalFunction::WaitableSetNew => built_in(ASYNC, BuiltIn::WaitableSetNew),
        CanonicalFunction::WaitableSetWait { .. } => built_in(ASYNC, BuiltIn::WaitableSetWait),
        CanonicalFunction::WaitableSetPoll { .. } => built_in(ASYNC, BuiltIn::WaitableSetPoll),
        CanonicalFunction::WaitableSetDrop => built_in(ASYNC, BuiltIn::WaitableSetDrop),
        CanonicalFunction::WaitableJoin => built_in(ASYNC, BuiltIn::WaitableJoin),
        CanonicalFunction::ThreadYield => built_in(ASYNC, BuiltIn::ThreadYield),
        CanonicalFunction::StreamForward { .. } => built_in(FORWARD, BuiltIn::StreamForward),
        CanonicalFunction::FutureForward { .. } => built_in(FORWARD, BuiltIn::FutureForward),
        CanonicalFunction::ErrorContextNew { .. } => built_in(ERROR_CONTEXT, BuiltIn::ErrorContextNew),
        CanonicalFunction::ErrorContextDebugMessage { .. } => {
            built_in(ERROR_CONTEXT, BuiltIn::ErrorContextDebugMessage)
        }
        CanonicalFunction::ErrorContextDrop => built_in(ERROR_CONTEXT, BuiltIn::ErrorContextDrop),
        CanonicalFunction::ThreadIndex => built_in(THREADING, BuiltIn::ThreadIndex),
        CanonicalFunction::ThreadNewIndirect { .. } => built_in(THREADING, BuiltIn::ThreadNewIndirect),
        CanonicalFunction::ThreadResumeLater => built_in(THREADING, BuiltIn::ThreadResumeLater),
        CanonicalFunction::ThreadSuspend => built_in(THREADING, BuiltIn::ThreadSuspend),
        CanonicalFunction::ThreadSuspendThenResume => built_in(THREADING, BuiltIn::ThreadSuspendThenResume),
        CanonicalFunction::ThreadYieldThenResume => built_in(THREADING, BuiltIn::ThreadYieldThenResume),
        CanonicalFunction::ThreadSuspendThenPromote => built_in(THREADING, BuiltIn::ThreadSuspendThenPromote),
        CanonicalFunction::ThreadYieldThenPromote => built_in(THREADING, BuiltIn::ThreadYieldThenPromote),
        CanonicalFunction::ThreadSpawnIndirect { .. } => built_in(SHARED, BuiltIn::ThreadSpawnIndirect),
        CanonicalFunction::ThreadAvailableParallelism => built_in(SHARED, BuiltIn::ThreadAvailableParallelism),
        // Its parameter is a reference to a function, which no slot can hold.
        CanonicalFunction::ThreadSpawnRef { .. } => Err("thread.spawn-ref"),
    }
}
