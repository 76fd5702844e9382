//! Core functions for the built-ins of concurrency (`Explainer.md#canonical-built-ins`).

use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::machine::{ElementType, EndOf, Outcome, Side};
use witwright_abi_runtime::trap::Trap;

use super::{Holds, HostFunc, Run};
use crate::call::built_ins::{self, CopyBuiltIn, ThreadTable};
use crate::component::plan::{BuiltIn, CanonOptions, CoreDef, EndType, InstanceIndex, MemoryIndex};
use crate::engine::{Blocking, CoreEngine, Extern, Flow, no_export};
use crate::error::Error;
use crate::handles::Machine;
use crate::lifted::Memory;
use crate::store::StoreContextMut;
use crate::store::kept::InstancePlace;
use crate::task::CopySite;

/// A built-in of concurrency that becomes a core function of a component instance.
struct Site<'r, 'a, T: 'static, E: CoreEngine> {
    run: &'r mut Run<'a, T, E>,
    index: InstanceIndex,
    place: InstancePlace,
    built_in: &'r BuiltIn,
}

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    /// The core function of a built-in: one that the machine decides, switches by, or has the host perform.
    #[expect(clippy::too_many_lines, reason = "one arm for each built-in")]
    pub(super) fn concurrent(&mut self, index: InstanceIndex, built_in: &BuiltIn) -> Result<HostFunc<T, E>, Error> {
        let place = self.numbers.instance(index);
        let id = place.id;
        let mut site = Site { run: self, index, place, built_in };
        match built_in {
            &BuiltIn::ContextGet(word) => site.perform(move |cx, slots| built_ins::context_get(cx, word, slots)),
            &BuiltIn::ContextSet(word) => site.perform(move |cx, slots| built_ins::context_set(cx, word, slots)),
            BuiltIn::BackpressureInc => site.decide(move |machine, _| machine.backpressure_inc(id)),
            BuiltIn::BackpressureDec => site.decide(move |machine, _| machine.backpressure_dec(id)),
            BuiltIn::TaskCancel => site.perform(move |cx, _| built_ins::task_cancel(cx, id)),
            &BuiltIn::SubtaskCancel { async_ } => {
                site.perform(move |cx, slots| built_ins::subtask_cancel(cx, id, async_, slots))
            }
            BuiltIn::SubtaskDrop => site.decide(move |machine, slots| machine.subtask_drop(id, slots[0] as u32)),
            BuiltIn::WaitableSetNew => site.decide_value(move |machine| machine.waitable_set_new(id)),
            &BuiltIn::WaitableSetWait(memory) => {
                let memory = site.memory(memory);
                site.perform(move |cx, slots| built_ins::waitable_set_wait(cx, id, memory, slots))
            }
            &BuiltIn::WaitableSetPoll(memory) => {
                let memory = site.memory(memory);
                site.perform(move |cx, slots| built_ins::waitable_set_poll(cx, id, memory, slots))
            }
            BuiltIn::WaitableSetDrop => {
                site.decide(move |machine, slots| machine.waitable_set_drop(id, slots[0] as u32))
            }
            BuiltIn::WaitableJoin => {
                site.decide(move |machine, slots| machine.waitable_join(id, slots[0] as u32, slots[1] as u32))
            }
            &BuiltIn::EndNew(ty) => {
                let element = site.element(ty);
                site.perform_own(move |cx, slots| built_ins::end_new(cx, id, ty.kind, element, slots))
            }
            BuiltIn::EndCopy { ty, side, options } => {
                let copy = site.copy(*ty, *side, options)?;
                site.perform_own(move |cx, slots| copy.call(cx, slots))
            }
            &BuiltIn::EndCancel { ty, side, async_ } => {
                let of = site.end(ty, side);
                site.perform_own(move |cx, slots| built_ins::end_cancel(cx, id, of, async_, slots))
            }
            &BuiltIn::EndDrop { ty, side } => {
                let of = site.end(ty, side);
                site.perform_own(move |cx, slots| built_ins::end_drop(cx, id, of, slots))
            }
            &BuiltIn::EndForward(ty) => {
                let element = site.element(ty);
                site.perform_own(move |cx, slots| built_ins::end_forward(cx, id, ty.kind, element, slots))
            }
            BuiltIn::ErrorContextNew(options) => {
                let options = site.run.options(index, options);
                site.perform(move |cx, slots| built_ins::error_context_new(cx, options, slots))
            }
            BuiltIn::ErrorContextDebugMessage(options) => {
                let options = site.run.options(index, options);
                site.perform(move |cx, slots| built_ins::error_context_debug_message(cx, options, slots))
            }
            BuiltIn::ErrorContextDrop => {
                site.decide(move |machine, slots| machine.error_context_drop(id, slots[0] as u32))
            }
            BuiltIn::ThreadIndex => site.decide_value(move |machine| machine.thread_index(id)),
            BuiltIn::ThreadNewIndirect(table) => {
                let table = site.table(table)?;
                site.perform_own(move |cx, slots| table.new_thread(cx, id, slots))
            }
            BuiltIn::ThreadResumeLater => {
                site.decide(move |machine, slots| machine.thread_resume_later(id, slots[0] as u32))
            }
            BuiltIn::ThreadSuspend => site.switch(move |machine, _| machine.thread_suspend(id)),
            BuiltIn::ThreadYield => site.switch(move |machine, _| machine.thread_yield(id)),
            BuiltIn::ThreadSuspendThenResume => {
                site.switch(move |machine, other| machine.thread_suspend_then_resume(id, other))
            }
            BuiltIn::ThreadYieldThenResume => {
                site.switch(move |machine, other| machine.thread_yield_then_resume(id, other))
            }
            BuiltIn::ThreadSuspendThenPromote => {
                site.switch(move |machine, other| machine.thread_suspend_then_promote(id, other))
            }
            BuiltIn::ThreadYieldThenPromote => {
                site.switch(move |machine, other| machine.thread_yield_then_promote(id, other))
            }
        }
    }
}

impl<T: 'static, E: CoreEngine> Site<'_, '_, T, E> {
    fn memory(&self, memory: MemoryIndex) -> Memory {
        Memory::Guest { domain: self.place.domain, memory: Some(self.run.numbers.memory(memory)), realloc: None }
    }

    fn table(&mut self, table: &CoreDef) -> Result<ThreadTable<E>, Error> {
        let Extern::Table(table) = self.run.core(table)? else { return Err(no_export("table").into()) };
        Ok(ThreadTable { domain: self.place.domain, table })
    }

    fn element(&mut self, ty: EndType) -> ElementType {
        let root = self.run.numbers.root;
        self.run.cx.state_mut().element_type(root, ty.element)
    }

    fn end(&mut self, ty: EndType, side: Side) -> EndOf {
        EndOf { kind: ty.kind, side, ty: self.element(ty) }
    }

    fn copy(&mut self, ty: EndType, side: Side, options: &CanonOptions) -> Result<CopyBuiltIn, Error> {
        let async_ = options.async_;
        let options = self.run.options(self.index, options);
        let of = self.end(ty, side);
        let types = &self.run.linked.component.plan().types;
        let element = ty.element.map_or(TypeAbi::UNIT, |ty| types[ty].abi);
        let site = CopySite { options, root: self.run.numbers.root, element: ty.element };
        let site = self.run.cx.state_mut().tasks.add_copy_site(site);
        Ok(CopyBuiltIn { site, options, of, element, async_ })
    }

    /// A built-in that the host performs.
    fn perform(
        self,
        f: impl Fn(&mut StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Error> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        let (blocking, signature) = (self.blocking(), self.built_in.entry().signature());
        self.run.host_func(self.place, Holds::Numbers, &signature, blocking, move |mut cx, slots| f(&mut cx, slots))
    }

    /// A built-in that the host performs, with numbers of types or objects that only its store has.
    fn perform_own(
        self,
        f: impl Fn(&mut StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Error> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        let (blocking, signature) = (self.blocking(), self.built_in.entry().signature());
        self.run.host_func(self.place, Holds::Objects, &signature, blocking, move |mut cx, slots| f(&mut cx, slots))
    }

    fn blocking(&self) -> Blocking {
        if self.built_in.blocks() { Blocking::May } else { Blocking::Never }
    }

    /// A built-in without a result, which the machine alone decides.
    fn decide(
        self,
        f: impl Fn(&mut Machine, &[u64]) -> Result<(), Trap> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        self.perform(move |cx, slots| {
            f(&mut cx.state_mut().tables.machine, slots)?;
            Ok(Flow::Return)
        })
    }

    /// A built-in without parameters, whose result the machine alone decides.
    fn decide_value(
        self,
        f: impl Fn(&mut Machine) -> Result<u32, Trap> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        self.perform(move |cx, slots| {
            slots[0] = f(&mut cx.state_mut().tables.machine)?.into();
            Ok(Flow::Return)
        })
    }

    /// A built-in that parks the current thread, and may switch to another.
    fn switch(
        self,
        f: impl Fn(&mut Machine, u32) -> Result<Outcome, Trap> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        self.perform(move |cx, slots| built_ins::switch(cx, slots, &f))
    }
}
