//! `canon` definitions: lifted functions, and core functions that the host defines
//! (`Explainer.md#canonical-definitions`).

use wasmparser::{CanonicalFunction, CanonicalOption};
use witwright_abi_runtime::string::StringEncoding;

use super::Inliner;
use super::frame::{FrameIndex, FuncSymbol};
use crate::component::plan::{
    CanonOptions, Concurrency, CoreDef, FuncDef, InstanceIndex, LiftedFunc, LiftedIndex, MemoryIndex, ReallocIndex,
    Step, Trampoline, TrampolineIndex, TrampolineKind,
};
use crate::error::{Error, Unsupported};

impl Inliner<'_, '_, '_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "`built_in` names each of the others")]
    pub(super) fn canon(&mut self, frame: FrameIndex, canon: &CanonicalFunction) -> Result<(), Error> {
        let kind = match canon {
            CanonicalFunction::Lift { core_func_index, type_index, options } => {
                self.lift(frame, *core_func_index, *type_index, options);
                return Ok(());
            }
            CanonicalFunction::Lower { func_index, options } => {
                let FuncSymbol { def, ty } = self.frame(frame).funcs[*func_index as usize];
                let options = self.options(frame, options);
                TrampolineKind::Lower { func: def, ty, options }
            }
            CanonicalFunction::ResourceNew { resource } => {
                TrampolineKind::ResourceNew(self.frame(frame).resource_type(*resource))
            }
            CanonicalFunction::ResourceDrop { resource } => {
                TrampolineKind::ResourceDrop(self.frame(frame).resource_type(*resource))
            }
            CanonicalFunction::ResourceRep { resource } => {
                TrampolineKind::ResourceRep(self.frame(frame).resource_type(*resource))
            }
            CanonicalFunction::TaskReturn { result, options } => {
                let result = self.opt_val(frame, *result)?;
                let options = self.options(frame, options);
                TrampolineKind::TaskReturn { result, options }
            }
            _ => self.built_in(frame, canon)?,
        };
        let instance = self.instance_of(frame);
        let concurrency = self.concurrency(&kind);
        self.join(instance, concurrency);
        let index = TrampolineIndex(self.plan.trampolines.len() as u32);
        self.plan.trampolines.push(Trampoline { instance, kind });
        self.plan.steps.push(Step::Trampoline(index));
        self.frame(frame).core_funcs.push(CoreDef::Trampoline(index));
        Ok(())
    }

    fn lift(&mut self, frame: FrameIndex, core_func: u32, ty: u32, options: &[CanonicalOption]) {
        let ty = self.frame(frame).func_type(ty);
        let core = self.frame(frame).core_funcs[core_func as usize].clone();
        let options = self.options(frame, options);
        let instance = self.instance_of(frame);
        // A callback parks without a stack.
        self.join(
            instance,
            match (options.async_, &options.callback) {
                (true, Some(_)) => Concurrency::Tasks,
                (true, None) => Concurrency::Blocks,
                (false, _) if self.types[ty].ty.async_ => Concurrency::Tasks,
                (false, _) => Concurrency::None,
            },
        );
        let index = LiftedIndex(self.plan.lifted.len() as u32);
        self.plan.lifted.push(LiftedFunc { instance, ty, core, options });
        self.plan.steps.push(Step::Lift(index));
        self.frame(frame).funcs.push(FuncSymbol { def: FuncDef::Lifted(index), ty });
    }

    /// The part in concurrency that the caller of a core function of the host takes.
    fn concurrency(&self, kind: &TrampolineKind) -> Concurrency {
        match kind {
            TrampolineKind::Lower { ty, options, .. } if self.types[*ty].ty.async_ => {
                if options.async_ {
                    Concurrency::Tasks
                } else {
                    Concurrency::Blocks
                }
            }
            TrampolineKind::Lower { options, .. } if options.async_ => Concurrency::Tasks,
            TrampolineKind::Lower { .. }
            | TrampolineKind::ResourceNew(_)
            | TrampolineKind::ResourceDrop(_)
            | TrampolineKind::ResourceRep(_)
            | TrampolineKind::Unsupported { .. } => Concurrency::None,
            TrampolineKind::TaskReturn { .. } => Concurrency::Tasks,
            TrampolineKind::BuiltIn(built_in) if built_in.blocks() => Concurrency::Blocks,
            TrampolineKind::BuiltIn(_) => Concurrency::Tasks,
        }
    }

    fn join(&mut self, instance: InstanceIndex, concurrency: Concurrency) {
        let known = &mut self.plan.instances[instance.0 as usize];
        *known = (*known).max(concurrency);
    }

    /// The number of a memory.
    pub(super) fn memory(&mut self, frame: FrameIndex, index: u32) -> MemoryIndex {
        let memory = &self.frames[frame.0].core_memories[index as usize];
        let known = self.plan.memories.iter().position(|known| known == memory);
        MemoryIndex(known.unwrap_or_else(|| {
            let index = self.plan.memories.len();
            self.plan.memories.push(memory.clone());
            self.plan.steps.push(Step::Memory(MemoryIndex(index as u32)));
            index
        }) as u32)
    }

    /// The number of a `realloc` function.
    fn realloc(&mut self, frame: FrameIndex, index: u32) -> ReallocIndex {
        let realloc = &self.frames[frame.0].core_funcs[index as usize];
        let known = self.plan.reallocs.iter().position(|known| known == realloc);
        ReallocIndex(known.unwrap_or_else(|| {
            let index = self.plan.reallocs.len();
            self.plan.reallocs.push(realloc.clone());
            self.plan.steps.push(Step::Realloc(ReallocIndex(index as u32)));
            index
        }) as u32)
    }

    fn core_func(&self, frame: FrameIndex, index: u32) -> CoreDef {
        self.frames[frame.0].core_funcs[index as usize].clone()
    }

    pub(super) fn options(&mut self, at: FrameIndex, options: &[CanonicalOption]) -> CanonOptions {
        let mut made = CanonOptions {
            encoding: StringEncoding::Utf8,
            memory: None,
            realloc: None,
            post_return: None,
            async_: false,
            callback: None,
        };
        for option in options {
            match option {
                CanonicalOption::UTF8 => made.encoding = StringEncoding::Utf8,
                CanonicalOption::UTF16 => made.encoding = StringEncoding::Utf16,
                CanonicalOption::CompactUTF16 => made.encoding = StringEncoding::Latin1OrUtf16,
                CanonicalOption::Memory(index) => made.memory = Some(self.memory(at, *index)),
                CanonicalOption::Realloc(index) => made.realloc = Some(self.realloc(at, *index)),
                CanonicalOption::PostReturn(index) => made.post_return = Some(self.core_func(at, *index)),
                CanonicalOption::Async => made.async_ = true,
                CanonicalOption::Callback(index) => made.callback = Some(self.core_func(at, *index)),
                CanonicalOption::CoreType(_) | CanonicalOption::Gc => {
                    self.plan.unsupported.push(Unsupported::Construct { name: "the `gc` form of the canonical ABI" });
                }
            }
        }
        made
    }
}
