//! Core functions that the host makes for guests: lowered functions and built-ins (`Explainer.md#canonical-definitions`).

use alloc::vec::Vec;

use witwright_abi_runtime::layout::{FlatType, TypeAbi};

use super::Run;
use crate::call::between::Between;
use crate::call::import::{CallSite, MaxFlat};
use crate::call::resource::{resource_drop, resource_new, resource_rep};
use crate::call::task::task_return;
use crate::component::plan::{
    self, BuiltIn, CanonOptions, FuncDef, ImportIndex, InstanceIndex, LiftedIndex, TrampolineKind,
};
use crate::engine::{Blocking, CoreEngine, Fault, Flow, FuncType, ValType};
use crate::error::{Error, Unsupported};
use crate::handles::TableIndex;
use crate::instance::Func;
use crate::linker::ProvidedFunc;
use crate::state::LiftLowerOptions;
use crate::store::StoreContextMut;
use crate::types::{CoreSignature, FuncTypeId};

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    pub(super) fn trampoline(&mut self, trampoline: &plan::Trampoline) -> Result<E::Func, Error> {
        let table = self.table(trampoline.instance);
        match &trampoline.kind {
            TrampolineKind::Lower { func, ty, options } => self.lower(trampoline.instance, *func, *ty, options),
            TrampolineKind::ResourceNew(slot) => {
                let ty = self.cx.state().resource(self.root, *slot);
                self.host_func(&index_to_index(), move |cx, slots| resource_new(cx, table, ty, slots))
            }
            TrampolineKind::ResourceRep(slot) => {
                let ty = self.cx.state().resource(self.root, *slot);
                self.host_func(&index_to_index(), move |cx, slots| resource_rep(cx, table, ty, slots))
            }
            TrampolineKind::ResourceDrop(slot) => {
                let ty = self.cx.state().resource(self.root, *slot);
                let signature = CoreSignature { results: Vec::new(), ..index_to_index() };
                self.host_func(&signature, move |cx, slots| resource_drop(cx, table, ty, slots))
            }
            TrampolineKind::ContextGet(slot) => {
                let slot = *slot as usize;
                let signature = CoreSignature { params: Vec::new(), ..index_to_index() };
                self.host_func(&signature, move |cx, slots| {
                    slots[0] = cx.state().thread.context[slot].into();
                    Ok(())
                })
            }
            TrampolineKind::ContextSet(slot) => {
                let slot = *slot as usize;
                let signature = CoreSignature { results: Vec::new(), ..index_to_index() };
                self.host_func(&signature, move |mut cx, slots| {
                    cx.state_mut().thread.context[slot] = slots[0] as u32;
                    Ok(())
                })
            }
            TrampolineKind::BackpressureInc => self.host_func(&CoreSignature::default(), move |mut cx, _| {
                Ok(cx.state_mut().tables.raise_backpressure(table)?)
            }),
            TrampolineKind::BackpressureDec => self.host_func(&CoreSignature::default(), move |mut cx, _| {
                Ok(cx.state_mut().tables.lower_backpressure(table)?)
            }),
            TrampolineKind::TaskReturn { result, options } => {
                let options = self.options(trampoline.instance, options)?;
                let result = *result;
                let types = &self.linked.component.plan().types;
                let params = types.flat_params(result.map_or(&TypeAbi::UNIT, |ty| &types[ty].abi));
                let signature = CoreSignature { params, results: Vec::new() };
                self.host_func(&signature, move |cx, slots| task_return(cx, options, result, slots))
            }
            TrampolineKind::BuiltIn(BuiltIn { name, gate, signature }) => {
                self.unsupported(table, name, gate, signature)
            }
        }
    }

    /// `canon lower`
    pub(super) fn lower(
        &mut self,
        instance: InstanceIndex,
        func: FuncDef,
        ty: FuncTypeId,
        options: &CanonOptions,
    ) -> Result<E::Func, Error> {
        let async_ = options.async_;
        let options = self.options(instance, options)?;
        match func {
            FuncDef::Lifted(LiftedIndex(index)) => {
                let func = Func { store: self.cx.state().id, root: self.root, index };
                self.lower_guest(func, ty, options, async_)
            }
            FuncDef::Import(import) => self.lower_import(import, ty, options, async_),
        }
    }

    pub(super) fn lower_import(
        &mut self,
        import: ImportIndex,
        ty: FuncTypeId,
        options: LiftLowerOptions<E>,
        async_: bool,
    ) -> Result<E::Func, Error> {
        let linked = &self.linked.funcs[import.0 as usize];
        let func = match &linked.func {
            ProvidedFunc::Host(func) => func.clone(),
            ProvidedFunc::Guest(func, _) => return self.lower_guest(*func, ty, options, async_),
        };
        let site = CallSite {
            component: self.linked.component.clone(),
            root: self.root,
            options,
            ty,
            bindings: self.cx.state().root(self.root).bind(&linked.bound),
            lends: self.linked.component.plan().types[ty].borrows,
            max_flat: if async_ { MaxFlat::ASYNC } else { MaxFlat::SYNC },
        };
        let signature = self.lowered(ty, async_);
        self.host_func(&signature, move |cx, slots| func.call(cx, &site, slots))
    }

    fn lower_guest(
        &mut self,
        func: Func,
        ty: FuncTypeId,
        options: LiftLowerOptions<E>,
        async_: bool,
    ) -> Result<E::Func, Error> {
        let state = self.cx.state();
        let callee = state.func(func)?.guest;
        let component = state.root(callee.root).component().clone();
        let between = Between::new(component, options, callee, async_, callee.root != self.root);
        let signature = self.lowered(ty, async_);
        self.host_func(&signature, move |cx, slots| between.call(cx, slots))
    }

    fn lowered(&self, ty: FuncTypeId, async_: bool) -> CoreSignature {
        let types = &self.linked.component.plan().types;
        if async_ { types.lowered_async(ty) } else { types[ty].lowered() }
    }

    /// A built-in that traps when it is called.
    fn unsupported(
        &mut self,
        table: TableIndex,
        name: &'static str,
        gate: &'static str,
        signature: &CoreSignature,
    ) -> Result<E::Func, Error> {
        self.host_func(signature, move |cx, _| {
            cx.state().tables.check_may_leave(table)?;
            Err(Unsupported::BuiltIn { name, gate }.into())
        })
    }

    fn host_func(
        &mut self,
        signature: &CoreSignature,
        f: impl Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Result<E::Func, Error> {
        let types = |flat: &[FlatType]| -> Vec<ValType> {
            let core = |ty: &FlatType| match ty {
                FlatType::I32 => ValType::I32,
                FlatType::I64 => ValType::I64,
                FlatType::F32 => ValType::F32,
                FlatType::F64 => ValType::F64,
            };
            flat.iter().map(core).collect()
        };
        let ty = FuncType::new(types(&signature.params), types(&signature.results));
        let func = self.cx.domain(self.domain).host_func(&ty, Blocking::Never, move |cx, slots| {
            f(cx, slots).map(|()| Flow::Return).map_err(Fault::from)
        })?;
        Ok(func)
    }
}

/// The signature of `resource.new` and `resource.rep`.
fn index_to_index() -> CoreSignature {
    CoreSignature { params: alloc::vec![FlatType::I32], results: alloc::vec![FlatType::I32] }
}
