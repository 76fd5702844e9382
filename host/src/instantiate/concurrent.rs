//! Core functions for the built-ins of concurrency (`Explainer.md#canonical-built-ins`).

use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::machine::{ElementType, EndOf, Outcome, Side};
use witwright_abi_runtime::trap::Trap;

use super::{InstancePlace, Run, missing};
use crate::call::built_ins::{self, CopyBuiltIn, ThreadTable};
use crate::component::plan::{BuiltIn, CanonOptions, EndType, InstanceIndex};
use crate::engine::{Blocking, CoreEngine, Extern, Flow};
use crate::error::Error;
use crate::handles::Machine;
use crate::lifted::Memory;
use crate::store::StoreContextMut;
use crate::task::CopySite;

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    #[expect(clippy::too_many_lines, reason = "one arm for each built-in")]
    pub(super) fn concurrent(&mut self, index: InstanceIndex, built_in: &BuiltIn) -> Result<E::Func, Error> {
        let place = self.instance(index);
        let id = place.id;
        match built_in {
            BuiltIn::ContextGet(word) => {
                let word = *word as usize;
                self.define(place, built_in, move |cx, slots| {
                    built_ins::context_get(cx, word, slots);
                    Ok(Flow::Return)
                })
            }
            BuiltIn::ContextSet(word) => {
                let word = *word as usize;
                self.define(place, built_in, move |cx, slots| {
                    built_ins::context_set(cx, word, slots);
                    Ok(Flow::Return)
                })
            }
            BuiltIn::BackpressureInc => {
                self.decide(place, built_in, move |machine, _| Ok(machine.backpressure_inc(id)?))
            }
            BuiltIn::BackpressureDec => {
                self.decide(place, built_in, move |machine, _| Ok(machine.backpressure_dec(id)?))
            }
            BuiltIn::TaskCancel => self.define(place, built_in, move |cx, _| built_ins::task_cancel(cx, id)),
            BuiltIn::SubtaskCancel { async_ } => {
                let async_ = *async_;
                self.define(place, built_in, move |cx, slots| built_ins::subtask_cancel(cx, id, async_, slots))
            }
            BuiltIn::SubtaskDrop => {
                self.decide(place, built_in, move |machine, slots| Ok(machine.subtask_drop(id, slots[0] as u32)?))
            }
            BuiltIn::WaitableSetNew => self.decide(place, built_in, move |machine, slots| {
                slots[0] = machine.waitable_set_new(id)?.into();
                Ok(())
            }),
            BuiltIn::WaitableSetWait(memory) => {
                let memory = Memory::Guest { domain: place.domain, memory: Some(self.memory(*memory)?), realloc: None };
                self.define(place, built_in, move |cx, slots| built_ins::waitable_set_wait(cx, id, memory, slots))
            }
            BuiltIn::WaitableSetPoll(memory) => {
                let memory = Memory::Guest { domain: place.domain, memory: Some(self.memory(*memory)?), realloc: None };
                self.define(place, built_in, move |cx, slots| built_ins::waitable_set_poll(cx, id, memory, slots))
            }
            BuiltIn::WaitableSetDrop => {
                self.decide(place, built_in, move |machine, slots| Ok(machine.waitable_set_drop(id, slots[0] as u32)?))
            }
            BuiltIn::WaitableJoin => self.decide(place, built_in, move |machine, slots| {
                Ok(machine.waitable_join(id, slots[0] as u32, slots[1] as u32)?)
            }),
            BuiltIn::EndNew(ty) => {
                let (kind, ty) = (ty.kind, self.element(*ty));
                self.define(place, built_in, move |cx, slots| built_ins::end_new(cx, id, kind, ty, slots))
            }
            BuiltIn::EndCopy { ty, side, options } => {
                let copy = self.copy(index, *ty, *side, options)?;
                self.define(place, built_in, move |cx, slots| copy.call(cx, slots))
            }
            BuiltIn::EndCancel { ty, side, async_ } => {
                let (of, async_) = (self.end(*ty, *side), *async_);
                self.define(place, built_in, move |cx, slots| built_ins::end_cancel(cx, id, of, async_, slots))
            }
            BuiltIn::EndDrop { ty, side } => {
                let of = self.end(*ty, *side);
                self.decide(place, built_in, move |machine, slots| Ok(machine.end_drop(id, slots[0] as u32, of)?))
            }
            BuiltIn::EndForward(ty) => {
                let (kind, ty) = (ty.kind, self.element(*ty));
                self.define(place, built_in, move |cx, slots| built_ins::end_forward(cx, id, kind, ty, slots))
            }
            BuiltIn::ErrorContextNew(options) => {
                let options = self.options(index, options)?;
                self.define(place, built_in, move |cx, slots| built_ins::error_context_new(cx, options, slots))
            }
            BuiltIn::ErrorContextDebugMessage(options) => {
                let options = self.options(index, options)?;
                self.define(place, built_in, move |cx, slots| {
                    built_ins::error_context_debug_message(cx, options, slots)
                })
            }
            BuiltIn::ErrorContextDrop => {
                self.decide(place, built_in, move |machine, slots| Ok(machine.error_context_drop(id, slots[0] as u32)?))
            }
            BuiltIn::ThreadIndex => self.decide(place, built_in, move |machine, slots| {
                slots[0] = machine.thread_index(id)?.into();
                Ok(())
            }),
            BuiltIn::ThreadNewIndirect(table) => {
                let Extern::Table(table) = self.core(table)? else { return Err(missing("table")) };
                let table = ThreadTable { domain: place.domain, table };
                self.define(place, built_in, move |cx, slots| table.new_thread(cx, id, slots))
            }
            BuiltIn::ThreadResumeLater => self
                .decide(place, built_in, move |machine, slots| Ok(machine.thread_resume_later(id, slots[0] as u32)?)),
            BuiltIn::ThreadSuspend => self.switch(place, built_in, move |machine, _| machine.thread_suspend(id)),
            BuiltIn::ThreadYield => self.switch(place, built_in, move |machine, _| machine.thread_yield(id)),
            BuiltIn::ThreadSuspendThenResume => {
                self.switch(place, built_in, move |machine, other| machine.thread_suspend_then_resume(id, other))
            }
            BuiltIn::ThreadYieldThenResume => {
                self.switch(place, built_in, move |machine, other| machine.thread_yield_then_resume(id, other))
            }
            BuiltIn::ThreadSuspendThenPromote => {
                self.switch(place, built_in, move |machine, other| machine.thread_suspend_then_promote(id, other))
            }
            BuiltIn::ThreadYieldThenPromote => {
                self.switch(place, built_in, move |machine, other| machine.thread_yield_then_promote(id, other))
            }
        }
    }

    fn element(&mut self, ty: EndType) -> ElementType {
        let root = self.root;
        self.cx.state_mut().element_type(root, ty.element)
    }

    fn end(&mut self, ty: EndType, side: Side) -> EndOf {
        EndOf { kind: ty.kind, side, ty: self.element(ty) }
    }

    fn copy(
        &mut self,
        index: InstanceIndex,
        ty: EndType,
        side: Side,
        options: &CanonOptions,
    ) -> Result<CopyBuiltIn<E>, Error> {
        let async_ = options.async_;
        let options = self.options(index, options)?;
        let of = self.end(ty, side);
        let types = &self.linked.component.plan().types;
        let element = ty.element.map_or(TypeAbi::UNIT, |ty| types[ty].abi);
        let site = CopySite { options, root: self.root, element: ty.element };
        let site = self.cx.state_mut().tasks.add_copy_site(site);
        Ok(CopyBuiltIn { site, options, of, element, async_ })
    }

    /// A built-in that is performed.
    fn define(
        &mut self,
        place: InstancePlace,
        built_in: &BuiltIn,
        f: impl Fn(&mut StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Error> + Send + Sync + 'static,
    ) -> Result<E::Func, Error> {
        let blocking = if built_in.blocks() { Blocking::May } else { Blocking::Never };
        self.host_func(place, &built_in.entry().signature(), blocking, move |mut cx, slots| f(&mut cx, slots))
    }

    /// A built-in that the machine answers at once.
    fn decide(
        &mut self,
        place: InstancePlace,
        built_in: &BuiltIn,
        f: impl Fn(&mut Machine, &mut [u64]) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Result<E::Func, Error> {
        self.define(place, built_in, move |cx, slots| {
            f(&mut cx.state_mut().tables.machine, slots)?;
            Ok(Flow::Return)
        })
    }

    /// A built-in that parks the current thread.
    fn switch(
        &mut self,
        place: InstancePlace,
        built_in: &BuiltIn,
        f: impl Fn(&mut Machine, u32) -> Result<Outcome, Trap> + Send + Sync + 'static,
    ) -> Result<E::Func, Error> {
        self.define(place, built_in, move |cx, slots| built_ins::switch(cx, slots, &f))
    }
}
