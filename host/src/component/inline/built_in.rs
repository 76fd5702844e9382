//! Built-ins of concurrency: their operands, and the features of those that this host does not run
//! (`Explainer.md#canonical-built-ins`).

use wasmparser::{CanonicalFunction as Canon, CanonicalOption};
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
    pub(super) fn built_in(&mut self, frame: FrameIndex, canon: &Canon) -> Result<TrampolineKind, Error> {
        let unsupported = |built_in| Ok(TrampolineKind::Unsupported { built_in, gate: SHARED });
        let built_in = match canon {
            Canon::Lift { .. }
            | Canon::Lower { .. }
            | Canon::ResourceNew { .. }
            | Canon::ResourceDrop { .. }
            | Canon::ResourceRep { .. }
            | Canon::TaskReturn { .. } => unreachable!("these have trampolines of their own"),
            Canon::ContextGet { slot, .. } => BuiltIn::ContextGet(*slot),
            Canon::ContextSet { slot, .. } => BuiltIn::ContextSet(*slot),
            Canon::BackpressureInc => BuiltIn::BackpressureInc,
            Canon::BackpressureDec => BuiltIn::BackpressureDec,
            Canon::TaskCancel => BuiltIn::TaskCancel,
            Canon::SubtaskDrop => BuiltIn::SubtaskDrop,
            Canon::SubtaskCancel { async_ } => BuiltIn::SubtaskCancel { async_: *async_ },
            Canon::StreamNew { ty } | Canon::FutureNew { ty } => BuiltIn::EndNew(self.end_type(frame, *ty)),
            Canon::StreamRead { ty, options } | Canon::FutureRead { ty, options } => {
                self.end_copy(frame, *ty, Side::Readable, options)
            }
            Canon::StreamWrite { ty, options } | Canon::FutureWrite { ty, options } => {
                self.end_copy(frame, *ty, Side::Writable, options)
            }
            Canon::StreamCancelRead { ty, async_ } | Canon::FutureCancelRead { ty, async_ } => {
                self.end_cancel(frame, *ty, Side::Readable, *async_)
            }
            Canon::StreamCancelWrite { ty, async_ } | Canon::FutureCancelWrite { ty, async_ } => {
                self.end_cancel(frame, *ty, Side::Writable, *async_)
            }
            Canon::StreamDropReadable { ty } | Canon::FutureDropReadable { ty } => {
                self.end_drop(frame, *ty, Side::Readable)
            }
            Canon::StreamDropWritable { ty } | Canon::FutureDropWritable { ty } => {
                self.end_drop(frame, *ty, Side::Writable)
            }
            Canon::StreamForward { ty } | Canon::FutureForward { ty } => BuiltIn::EndForward(self.end_type(frame, *ty)),
            Canon::WaitableSetNew => BuiltIn::WaitableSetNew,
            Canon::WaitableSetWait { memory } => BuiltIn::WaitableSetWait(self.memory(frame, *memory)),
            Canon::WaitableSetPoll { memory } => BuiltIn::WaitableSetPoll(self.memory(frame, *memory)),
            Canon::WaitableSetDrop => BuiltIn::WaitableSetDrop,
            Canon::WaitableJoin => BuiltIn::WaitableJoin,
            Canon::ErrorContextNew { options } => BuiltIn::ErrorContextNew(self.options(frame, options)),
            Canon::ErrorContextDebugMessage { options } => {
                BuiltIn::ErrorContextDebugMessage(self.options(frame, options))
            }
            Canon::ErrorContextDrop => BuiltIn::ErrorContextDrop,
            Canon::ThreadIndex => BuiltIn::ThreadIndex,
            Canon::ThreadNewIndirect { table_index, .. } => {
                BuiltIn::ThreadNewIndirect(self.frame(frame).core_tables[*table_index as usize].clone())
            }
            Canon::ThreadResumeLater => BuiltIn::ThreadResumeLater,
            Canon::ThreadSuspend => BuiltIn::ThreadSuspend,
            Canon::ThreadYield => BuiltIn::ThreadYield,
            Canon::ThreadSuspendThenResume => BuiltIn::ThreadSuspendThenResume,
            Canon::ThreadYieldThenResume => BuiltIn::ThreadYieldThenResume,
            Canon::ThreadSuspendThenPromote => BuiltIn::ThreadSuspendThenPromote,
            Canon::ThreadYieldThenPromote => BuiltIn::ThreadYieldThenPromote,
            Canon::ThreadSpawnIndirect { .. } => return unsupported(Entry::ThreadSpawnIndirect),
            Canon::ThreadAvailableParallelism => return unsupported(Entry::ThreadAvailableParallelism),
            // Its parameter is a reference to a function, which no slot can hold.
            Canon::ThreadSpawnRef { .. } => {
                return Err(Unsupported::Construct { name: "thread.spawn-ref" }.into());
            }
        };
        Ok(TrampolineKind::BuiltIn(built_in))
    }

    fn end_cancel(&mut self, frame: FrameIndex, ty: u32, side: Side, async_: bool) -> BuiltIn {
        BuiltIn::EndCancel { ty: self.end_type(frame, ty), side, async_ }
    }

    fn end_drop(&mut self, frame: FrameIndex, ty: u32, side: Side) -> BuiltIn {
        BuiltIn::EndDrop { ty: self.end_type(frame, ty), side }
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
