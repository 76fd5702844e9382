//! Built-ins of concurrency: their operands, and the features that those belong to which this host does not run
//! (`Explainer.md#canonical-built-ins`).

use wasmparser::{CanonicalFunction, CanonicalOption};
use witwright_abi_runtime::built_in::BuiltIn as Entry;
use witwright_abi_runtime::machine::{EndKind, Side};

use super::Inliner;
use super::frame::FrameIndex;
use crate::component::plan::{BuiltIn, EndType, TrampolineKind};
use crate::error::{Error, Unsupported};
use crate::types::DefValType;

const SHARED: &str = "shared-everything-threads";

impl Inliner<'_, '_, '_> {
    /// The built-in that a canonical definition makes.
    ///
    /// # Errors
    /// When no host function can have its signature.
    pub(super) fn built_in(&mut self, frame: FrameIndex, canon: &CanonicalFunction) -> Result<TrampolineKind, Error> {
        let unsupported = |built_in| Ok(TrampolineKind::Unsupported { built_in, gate: SHARED });
        let built_in = match canon {
            CanonicalFunction::Lift { .. }
            | CanonicalFunction::Lower { .. }
            | CanonicalFunction::ResourceNew { .. }
            | CanonicalFunction::ResourceDrop { .. }
            | CanonicalFunction::ResourceRep { .. }
            | CanonicalFunction::TaskReturn { .. } => unreachable!("these have trampolines of their own"),
            CanonicalFunction::ContextGet { slot, .. } => BuiltIn::ContextGet(*slot),
            CanonicalFunction::ContextSet { slot, .. } => BuiltIn::ContextSet(*slot),
            CanonicalFunction::BackpressureInc => BuiltIn::BackpressureInc,
            CanonicalFunction::BackpressureDec => BuiltIn::BackpressureDec,
            CanonicalFunction::TaskCancel => BuiltIn::TaskCancel,
            CanonicalFunction::SubtaskDrop => BuiltIn::SubtaskDrop,
            CanonicalFunction::SubtaskCancel { async_ } => BuiltIn::SubtaskCancel { async_: *async_ },
            CanonicalFunction::StreamNew { ty } | CanonicalFunction::FutureNew { ty } => {
                BuiltIn::EndNew(self.end_type(frame, *ty))
            }
            CanonicalFunction::StreamRead { ty, options } | CanonicalFunction::FutureRead { ty, options } => {
                self.end_copy(frame, *ty, Side::Readable, options)
            }
            CanonicalFunction::StreamWrite { ty, options } | CanonicalFunction::FutureWrite { ty, options } => {
                self.end_copy(frame, *ty, Side::Writable, options)
            }
            CanonicalFunction::StreamCancelRead { ty, async_ } | CanonicalFunction::FutureCancelRead { ty, async_ } => {
                BuiltIn::EndCancel { ty: self.end_type(frame, *ty), side: Side::Readable, async_: *async_ }
            }
            CanonicalFunction::StreamCancelWrite { ty, async_ }
            | CanonicalFunction::FutureCancelWrite { ty, async_ } => {
                BuiltIn::EndCancel { ty: self.end_type(frame, *ty), side: Side::Writable, async_: *async_ }
            }
            CanonicalFunction::StreamDropReadable { ty } | CanonicalFunction::FutureDropReadable { ty } => {
                BuiltIn::EndDrop { ty: self.end_type(frame, *ty), side: Side::Readable }
            }
            CanonicalFunction::StreamDropWritable { ty } | CanonicalFunction::FutureDropWritable { ty } => {
                BuiltIn::EndDrop { ty: self.end_type(frame, *ty), side: Side::Writable }
            }
            CanonicalFunction::StreamForward { ty } | CanonicalFunction::FutureForward { ty } => {
                BuiltIn::EndForward(self.end_type(frame, *ty))
            }
            CanonicalFunction::WaitableSetNew => BuiltIn::WaitableSetNew,
            CanonicalFunction::WaitableSetWait { memory } => BuiltIn::WaitableSetWait(self.memory(frame, *memory)),
            CanonicalFunction::WaitableSetPoll { memory } => BuiltIn::WaitableSetPoll(self.memory(frame, *memory)),
            CanonicalFunction::WaitableSetDrop => BuiltIn::WaitableSetDrop,
            CanonicalFunction::WaitableJoin => BuiltIn::WaitableJoin,
            CanonicalFunction::ErrorContextNew { options } => BuiltIn::ErrorContextNew(self.options(frame, options)),
            CanonicalFunction::ErrorContextDebugMessage { options } => {
                BuiltIn::ErrorContextDebugMessage(self.options(frame, options))
            }
            CanonicalFunction::ErrorContextDrop => BuiltIn::ErrorContextDrop,
            CanonicalFunction::ThreadIndex => BuiltIn::ThreadIndex,
            CanonicalFunction::ThreadNewIndirect { table_index, .. } => {
                BuiltIn::ThreadNewIndirect(self.frame(frame).core_tables[*table_index as usize].clone())
            }
            CanonicalFunction::ThreadResumeLater => BuiltIn::ThreadResumeLater,
            CanonicalFunction::ThreadSuspend => BuiltIn::ThreadSuspend,
            CanonicalFunction::ThreadYield => BuiltIn::ThreadYield,
            CanonicalFunction::ThreadSuspendThenResume => BuiltIn::ThreadSuspendThenResume,
            CanonicalFunction::ThreadYieldThenResume => BuiltIn::ThreadYieldThenResume,
            CanonicalFunction::ThreadSuspendThenPromote => BuiltIn::ThreadSuspendThenPromote,
            CanonicalFunction::ThreadYieldThenPromote => BuiltIn::ThreadYieldThenPromote,
            CanonicalFunction::ThreadSpawnIndirect { .. } => return unsupported(Entry::ThreadSpawnIndirect),
            CanonicalFunction::ThreadAvailableParallelism => return unsupported(Entry::ThreadAvailableParallelism),
            // Its parameter is a reference to a function, which no slot can hold.
            CanonicalFunction::ThreadSpawnRef { .. } => {
                return Err(Unsupported::Construct { name: "thread.spawn-ref" }.into());
            }
        };
        Ok(TrampolineKind::BuiltIn(built_in))
    }

    fn end_copy(&mut self, frame: FrameIndex, ty: u32, side: Side, options: &[CanonicalOption]) -> BuiltIn {
        BuiltIn::EndCopy { ty: self.end_type(frame, ty), side, options: self.options(frame, options) }
    }

    /// The stream type or future type at an index.
    fn end_type(&mut self, frame: FrameIndex, index: u32) -> EndType {
        let ty = self.frame(frame).val_type(index);
        if let DefValType::Stream(element) = self.types[ty].ty {
            EndType { kind: EndKind::Stream, element }
        } else if let DefValType::Future(element) = self.types[ty].ty {
            EndType { kind: EndKind::Future, element }
        } else {
            unreachable!("the validator checks that it is a stream type or a future type")
        }
    }
}
