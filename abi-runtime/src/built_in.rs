//! Canonical built-ins: their names and core signatures (`Explainer.md#canonical-built-ins`).
//!
//! Two are not here: `task.return`, whose signature depends on its type ([`CoreSignature::task_return`]), and
//! `thread.spawn-ref`, which has a parameter that is a reference.

use crate::flatten::CoreSignature;
use crate::layout::FlatType::{self, I32, I64};

/// A built-in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is called as in the text format, which `name` gives")]
pub enum BuiltIn {
    ResourceNew,
    ResourceDrop,
    ResourceRep,
    ContextGet,
    ContextSet,
    BackpressureInc,
    BackpressureDec,
    TaskCancel,
    SubtaskCancel,
    SubtaskDrop,
    WaitableSetNew,
    WaitableSetWait,
    WaitableSetPoll,
    WaitableSetDrop,
    WaitableJoin,
    StreamNew,
    StreamRead,
    StreamWrite,
    StreamCancelRead,
    StreamCancelWrite,
    StreamDropReadable,
    StreamDropWritable,
    StreamForward,
    FutureNew,
    FutureRead,
    FutureWrite,
    FutureCancelRead,
    FutureCancelWrite,
    FutureDropReadable,
    FutureDropWritable,
    FutureForward,
    ErrorContextNew,
    ErrorContextDebugMessage,
    ErrorContextDrop,
    ThreadIndex,
    ThreadNewIndirect,
    ThreadResumeLater,
    ThreadSuspend,
    ThreadYield,
    ThreadSuspendThenResume,
    ThreadYieldThenResume,
    ThreadSuspendThenPromote,
    ThreadYieldThenPromote,
    ThreadSpawnIndirect,
    ThreadAvailableParallelism,
}

impl BuiltIn {
    /// Its name in the text format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.entry().0
    }

    /// Its core signature.
    #[must_use]
    pub const fn signature(self) -> CoreSignature {
        let (_, params, result) = self.entry();
        CoreSignature::new(params, result)
    }

    const fn entry(self) -> (&'static str, &'static [FlatType], Option<FlatType>) {
        match self {
            BuiltIn::ResourceNew => ("resource.new", &[I32], Some(I32)),
            BuiltIn::ResourceDrop => ("resource.drop", &[I32], None),
            BuiltIn::ResourceRep => ("resource.rep", &[I32], Some(I32)),
            BuiltIn::ContextGet => ("context.get", &[], Some(I32)),
            BuiltIn::ContextSet => ("context.set", &[I32], None),
            BuiltIn::BackpressureInc => ("backpressure.inc", &[], None),
            BuiltIn::BackpressureDec => ("backpressure.dec", &[], None),
            BuiltIn::TaskCancel => ("task.cancel", &[], None),
            BuiltIn::SubtaskCancel => ("subtask.cancel", &[I32], Some(I32)),
            BuiltIn::SubtaskDrop => ("subtask.drop", &[I32], None),
            BuiltIn::WaitableSetNew => ("waitable-set.new", &[], Some(I32)),
            BuiltIn::WaitableSetWait => ("waitable-set.wait", &[I32; 2], Some(I32)),
            BuiltIn::WaitableSetPoll => ("waitable-set.poll", &[I32; 2], Some(I32)),
            BuiltIn::WaitableSetDrop => ("waitable-set.drop", &[I32], None),
            BuiltIn::WaitableJoin => ("waitable.join", &[I32; 2], None),
            BuiltIn::StreamNew => ("stream.new", &[], Some(I64)),
            BuiltIn::StreamRead => ("stream.read", &[I32; 3], Some(I32)),
            BuiltIn::StreamWrite => ("stream.write", &[I32; 3], Some(I32)),
            BuiltIn::StreamCancelRead => ("stream.cancel-read", &[I32], Some(I32)),
            BuiltIn::StreamCancelWrite => ("stream.cancel-write", &[I32], Some(I32)),
            BuiltIn::StreamDropReadable => ("stream.drop-readable", &[I32], None),
            BuiltIn::StreamDropWritable => ("stream.drop-writable", &[I32], None),
            BuiltIn::StreamForward => ("stream.forward", &[I32; 2], None),
            BuiltIn::FutureNew => ("future.new", &[], Some(I64)),
            BuiltIn::FutureRead => ("future.read", &[I32; 2], Some(I32)),
            BuiltIn::FutureWrite => ("future.write", &[I32; 2], Some(I32)),
            BuiltIn::FutureCancelRead => ("future.cancel-read", &[I32], Some(I32)),
            BuiltIn::FutureCancelWrite => ("future.cancel-write", &[I32], Some(I32)),
            BuiltIn::FutureDropReadable => ("future.drop-readable", &[I32], None),
            BuiltIn::FutureDropWritable => ("future.drop-writable", &[I32], None),
            BuiltIn::FutureForward => ("future.forward", &[I32; 2], None),
            BuiltIn::ErrorContextNew => ("error-context.new", &[I32; 2], Some(I32)),
            BuiltIn::ErrorContextDebugMessage => ("error-context.debug-message", &[I32; 2], None),
            BuiltIn::ErrorContextDrop => ("error-context.drop", &[I32], None),
            BuiltIn::ThreadIndex => ("thread.index", &[], Some(I32)),
            BuiltIn::ThreadNewIndirect => ("thread.new-indirect", &[I32; 2], Some(I32)),
            BuiltIn::ThreadResumeLater => ("thread.resume-later", &[I32], None),
            BuiltIn::ThreadSuspend => ("thread.suspend", &[], Some(I32)),
            BuiltIn::ThreadYield => ("thread.yield", &[], Some(I32)),
            BuiltIn::ThreadSuspendThenResume => ("thread.suspend-then-resume", &[I32], Some(I32)),
            BuiltIn::ThreadYieldThenResume => ("thread.yield-then-resume", &[I32], Some(I32)),
            BuiltIn::ThreadSuspendThenPromote => ("thread.suspend-then-promote", &[I32], Some(I32)),
            BuiltIn::ThreadYieldThenPromote => ("thread.yield-then-promote", &[I32], Some(I32)),
            BuiltIn::ThreadSpawnIndirect => ("thread.spawn-indirect", &[I32; 2], Some(I32)),
            BuiltIn::ThreadAvailableParallelism => ("thread.available-parallelism", &[], Some(I32)),
        }
    }
}
