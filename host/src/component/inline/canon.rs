//! `canon` definitions: lifted functions, and the core functions that the host makes
//! (`Explainer.md#canonical-definitions`).

use wasmparser::{CanonicalFunction, CanonicalOption};

use super::{FrameIndex, Func, Inliner, Type};
use crate::component::plan::{
    CanonOptions, CoreDef, FuncDef, Lifted, LiftedIndex, Step, StringEncoding, Trampoline, TrampolineIndex,
    TrampolineKind,
};
use crate::error::{Error, Unsupported};

impl Inliner<'_, '_, '_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "`built_in` names each of the others")]
    pub(super) fn canon(&mut self, frame: FrameIndex, canon: &CanonicalFunction) -> Result<(), Error> {
        let kind = match canon {
            CanonicalFunction::Lift { core_func_index, type_index, options } => {
                return self.lift(frame, *core_func_index, *type_index, options);
            }
            CanonicalFunction::Lower { func_index, options } => {
                let Func { def, ty } = self.frame(frame).funcs[*func_index as usize];
                let options = self.options(frame, options, "a function lowered `async`");
                TrampolineKind::Lower { func: def, ty, options }
            }
            CanonicalFunction::ResourceNew { resource } => {
                TrampolineKind::ResourceNew(self.resource(frame, *resource)?)
            }
            CanonicalFunction::ResourceDrop { resource } => {
                TrampolineKind::ResourceDrop(self.resource(frame, *resource)?)
            }
            CanonicalFunction::ResourceRep { resource } => {
                TrampolineKind::ResourceRep(self.resource(frame, *resource)?)
            }
            _ => {
                let (name, gate) = built_in(canon);
                self.plan.unsupported.push(Unsupported::BuiltIn { name, gate });
                TrampolineKind::Unsupported
            }
        };
        let instance = self.instance_of(frame);
        let index = TrampolineIndex(self.plan.trampolines.len() as u32);
        self.plan.trampolines.push(Trampoline { instance, kind });
        self.plan.steps.push(Step::Trampoline(index));
        self.frame(frame).core_funcs.push(CoreDef::Trampoline(index));
        Ok(())
    }

    fn lift(&mut self, frame: FrameIndex, core_func: u32, ty: u32, options: &[CanonicalOption]) -> Result<(), Error> {
        let Type::Func(ty) = self.frame(frame).types[ty as usize] else {
            return Err(Error::invalid("a function's type is none", 0));
        };
        let core = self.frame(frame).core_funcs[core_func as usize].clone();
        let options = self.options(frame, options, "a function lifted `async`");
        let instance = self.instance_of(frame);
        let index = LiftedIndex(self.plan.lifted.len() as u32);
        self.plan.lifted.push(Lifted { instance, ty, core, options });
        self.plan.steps.push(Step::Lift(index));
        self.frame(frame).funcs.push(Func { def: FuncDef::Lifted(index), ty });
        Ok(())
    }

    fn options(&mut self, frame: FrameIndex, options: &[CanonicalOption], what: &'static str) -> CanonOptions {
        let mut made = CanonOptions { encoding: StringEncoding::Utf8, memory: None, realloc: None, post_return: None };
        let mut asynchronous = false;
        for option in options {
            let frame = self.frame(frame);
            let func = |index: &u32| Some(frame.core_funcs[*index as usize].clone());
            match option {
                CanonicalOption::UTF8 => made.encoding = StringEncoding::Utf8,
                CanonicalOption::UTF16 => made.encoding = StringEncoding::Utf16,
                CanonicalOption::CompactUTF16 => made.encoding = StringEncoding::Latin1OrUtf16,
                CanonicalOption::Memory(index) => made.memory = Some(frame.core_memories[*index as usize].clone()),
                CanonicalOption::Realloc(index) => made.realloc = func(index),
                CanonicalOption::PostReturn(index) => made.post_return = func(index),
                CanonicalOption::Async | CanonicalOption::Callback(_) => asynchronous = true,
                CanonicalOption::CoreType(_) | CanonicalOption::Gc => {
                    self.plan.unsupported.push(Unsupported::Construct { name: "the `gc` form of the canonical ABI" });
                }
            }
        }
        if asynchronous {
            self.plan.unsupported.push(Unsupported::Async { item: what.into() });
        }
        made
    }
}

/// The name of a built-in that this host does not run, and the feature it belongs to (`Explainer.md#gated-features`).
fn built_in(canon: &CanonicalFunction) -> (&'static str, &'static str) {
    match canon {
        CanonicalFunction::Lift { .. } => ("lift", ""),
        CanonicalFunction::Lower { .. } => ("lower", ""),
        CanonicalFunction::ResourceNew { .. } => ("resource.new", ""),
        CanonicalFunction::ResourceDrop { .. } => ("resource.drop", ""),
        CanonicalFunction::ResourceRep { .. } => ("resource.rep", ""),
        CanonicalFunction::BackpressureInc => ("backpressure.inc", "async"),
        CanonicalFunction::BackpressureDec => ("backpressure.dec", "async"),
        CanonicalFunction::TaskReturn { .. } => ("task.return", "async"),
        CanonicalFunction::TaskCancel => ("task.cancel", "async"),
        CanonicalFunction::ContextGet { .. } => ("context.get", "async"),
        CanonicalFunction::ContextSet { .. } => ("context.set", "async"),
        CanonicalFunction::SubtaskDrop => ("subtask.drop", "async"),
        CanonicalFunction::SubtaskCancel { .. } => ("subtask.cancel", "async"),
        CanonicalFunction::StreamNew { .. } => ("stream.new", "async"),
        CanonicalFunction::StreamRead { .. } => ("stream.read", "async"),
        CanonicalFunction::StreamWrite { .. } => ("stream.write", "async"),
        CanonicalFunction::StreamCancelRead { .. } => ("stream.cancel-read", "async"),
        CanonicalFunction::StreamCancelWrite { .. } => ("stream.cancel-write", "async"),
        CanonicalFunction::StreamDropReadable { .. } => ("stream.drop-readable", "async"),
        CanonicalFunction::StreamDropWritable { .. } => ("stream.drop-writable", "async"),
        CanonicalFunction::FutureNew { .. } => ("future.new", "async"),
        CanonicalFunction::FutureRead { .. } => ("future.read", "async"),
        CanonicalFunction::FutureWrite { .. } => ("future.write", "async"),
        CanonicalFunction::FutureCancelRead { .. } => ("future.cancel-read", "async"),
        CanonicalFunction::FutureCancelWrite { .. } => ("future.cancel-write", "async"),
        CanonicalFunction::FutureDropReadable { .. } => ("future.drop-readable", "async"),
        CanonicalFunction::FutureDropWritable { .. } => ("future.drop-writable", "async"),
        CanonicalFunction::WaitableSetNew => ("waitable-set.new", "async"),
        CanonicalFunction::WaitableSetWait { .. } => ("waitable-set.wait", "async"),
        CanonicalFunction::WaitableSetPoll { .. } => ("waitable-set.poll", "async"),
        CanonicalFunction::WaitableSetDrop => ("waitable-set.drop", "async"),
        CanonicalFunction::WaitableJoin => ("waitable.join", "async"),
        CanonicalFunction::ThreadYield => ("thread.yield", "async"),
        CanonicalFunction::StreamForward { .. } => ("stream.forward", "forward"),
        CanonicalFunction::FutureForward { .. } => ("future.forward", "forward"),
        CanonicalFunction::ErrorContextNew { .. } => ("error-context.new", "error-context"),
        CanonicalFunction::ErrorContextDebugMessage { .. } => ("error-context.debug-message", "error-context"),
        CanonicalFunction::ErrorContextDrop => ("error-context.drop", "error-context"),
        CanonicalFunction::ThreadIndex => ("thread.index", "threading"),
        CanonicalFunction::ThreadNewIndirect { .. } => ("thread.new-indirect", "threading"),
        CanonicalFunction::ThreadResumeLater => ("thread.resume-later", "threading"),
        CanonicalFunction::ThreadSuspend => ("thread.suspend", "threading"),
        CanonicalFunction::ThreadSuspendThenResume => ("thread.suspend-then-resume", "threading"),
        CanonicalFunction::ThreadYieldThenResume => ("thread.yield-then-resume", "threading"),
        CanonicalFunction::ThreadSuspendThenPromote => ("thread.suspend-then-promote", "threading"),
        CanonicalFunction::ThreadYieldThenPromote => ("thread.yield-then-promote", "threading"),
        CanonicalFunction::ThreadSpawnRef { .. } => ("thread.spawn-ref", "shared-everything-threads"),
        CanonicalFunction::ThreadSpawnIndirect { .. } => ("thread.spawn-indirect", "shared-everything-threads"),
        CanonicalFunction::ThreadAvailableParallelism => ("thread.available-parallelism", "shared-everything-threads"),
    }
}
