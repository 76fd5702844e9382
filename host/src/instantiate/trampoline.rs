//! Core functions that the host makes for guests: lowered functions and built-ins (`Explainer.md#canonical-definitions`).

use alloc::vec::Vec;

use witwright_abi_runtime::built_in::BuiltIn;
use witwright_abi_runtime::flatten::{Convention, CoreSignature};
use witwright_abi_runtime::layout::{FlatType, TypeAbi};

use super::Run;
use crate::call::between::Between;
use crate::call::resource::{resource_drop, resource_new, resource_rep};
use crate::call::task::task_return;
use crate::component::plan::{self, CanonOptions, FuncDef, ImportIndex, InstanceIndex, LiftedIndex, TrampolineKind};
use crate::engine::{Blocking, CoreEngine, Fault, Flow, FuncType, ValType};
use crate::error::{Error, Unsupported};
use crate::ids::{Func, TableIndex};
use crate::lifted::{CallSite, LiftLowerOptions};
use crate::store::StoreContextMut;
use crate::store::linked::ProvidedFunc;
use crate::types::FuncTypeId;

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    pub(super) fn trampoline(&mut self, trampoline: &plan::Trampoline) -> Result<E::Func, Error> {
        let table = self.table(trampoline.instance);
        match &trampoline.kind {
            TrampolineKind::Lower { func, ty, options } => self.lower(trampoline.instance, *func, *ty, options),
            TrampolineKind::ResourceNew(slot) => {
                let ty = self.cx.state().resource(self.root, *slot);
                self.built_in(BuiltIn::ResourceNew, move |cx, slots| resource_new(cx, table, ty, slots))
            }
            TrampolineKind::ResourceRep(slot) => {
                let ty = self.cx.state().resource(self.root, *slot);
                self.built_in(BuiltIn::ResourceRep, move |cx, slots| resource_rep(cx, table, ty, slots))
            }
            TrampolineKind::ResourceDrop(slot) => {
                let ty = self.cx.state().resource(self.root, *slot);
                self.built_in(BuiltIn::ResourceDrop, move |cx, slots| resource_drop(cx, table, ty, slots))
            }
            TrampolineKind::ContextGet(slot) => {
                let slot = *slot as usize;
                self.built_in(BuiltIn::ContextGet, move |cx, slots| {
                    slots[0] = cx.state().thread.context[slot].into();
                    Ok(())
                })
            }
            TrampolineKind::ContextSet(slot) => {
                let slot = *slot as usize;
                self.built_in(BuiltIn::ContextSet, move |mut cx, slots| {
                    cx.state_mut().thread.context[slot] = slots[0] as u32;
                    Ok(())
                })
            }
            TrampolineKind::BackpressureInc => self.built_in(BuiltIn::BackpressureInc, move |mut cx, _| {
                Ok(cx.state_mut().tables.raise_backpressure(table)?)
            }),
            TrampolineKind::BackpressureDec => self.built_in(BuiltIn::BackpressureDec, move |mut cx, _| {
                Ok(cx.state_mut().tables.lower_backpressure(table)?)
            }),
            TrampolineKind::TaskReturn { result, options } => {
                let options = self.options(trampoline.instance, options)?;
                let result = *result;
                let types = &self.linked.component.plan().types;
                let signature = CoreSignature::task_return(result.map_or(&TypeAbi::UNIT, |ty| &types[ty].abi));
                self.host_func(&signature, move |cx, slots| task_return(cx, options, result, slots))
            }
            TrampolineKind::BuiltIn(plan::BuiltIn { built_in, gate }) => self.unsupported(table, *built_in, gate),
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
        let convention = if options.async_ { Convention::LowerAsync } else { Convention::Lower };
        let options = self.options(instance, options)?;
        match func {
            FuncDef::Lifted(LiftedIndex(index)) => {
                let func = Func { store: self.cx.state().id, root: self.root, index };
                self.lower_guest(func, ty, options, convention)
            }
            FuncDef::Import(import) => self.lower_import(import, ty, options, convention),
        }
    }

    pub(super) fn lower_import(
        &mut self,
        import: ImportIndex,
        ty: FuncTypeId,
        options: LiftLowerOptions<E>,
        convention: Convention,
    ) -> Result<E::Func, Error> {
        let linked = &self.linked.funcs[import.0 as usize];
        let func = match &linked.func {
            ProvidedFunc::Host(func) => func.clone(),
            ProvidedFunc::Guest(func, _) => return self.lower_guest(*func, ty, options, convention),
        };
        let site = CallSite {
            component: self.linked.component.clone(),
            root: self.root,
            options,
            ty,
            bindings: self.cx.state().root(self.root).bind(&linked.bound),
            lends: self.linked.component.plan().types[ty].borrows,
            convention,
        };
        let signature = self.linked.component.plan().types[ty].abi.signature(convention);
        self.host_func(&signature, move |cx, slots| func.call(cx, &site, slots))
    }

    fn lower_guest(
        &mut self,
        func: Func,
        ty: FuncTypeId,
        options: LiftLowerOptions<E>,
        convention: Convention,
    ) -> Result<E::Func, Error> {
        let state = self.cx.state();
        let callee = state.func(func)?.guest;
        let component = state.root(callee.root).component().clone();
        let between = Between::new(component, options, callee, convention, callee.root != self.root);
        let signature = self.linked.component.plan().types[ty].abi.signature(convention);
        self.host_func(&signature, move |cx, slots| between.call(cx, slots))
    }

    /// A built-in that traps when it is called.
    fn unsupported(&mut self, table: TableIndex, built_in: BuiltIn, gate: &'static str) -> Result<E::Func, Error> {
        self.built_in(built_in, move |cx, _| {
            cx.state().tables.check_may_leave(table)?;
            Err(Unsupported::BuiltIn { name: built_in.name(), gate }.into())
        })
    }

    fn built_in(
        &mut self,
        built_in: BuiltIn,
        f: impl Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Result<E::Func, Error> {
        self.host_func(&built_in.signature(), f)
    }

    fn host_func(
        &mut self,
        signature: &CoreSignature,
        f: impl Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Result<E::Func, Error> {
        let core = |ty: &FlatType| match ty {
            FlatType::I32 => ValType::I32,
            FlatType::I64 => ValType::I64,
            FlatType::F32 => ValType::F32,
            FlatType::F64 => ValType::F64,
        };
        let params: Vec<ValType> = signature.params().iter().map(core).collect();
        let results: Vec<ValType> = signature.result().iter().map(core).collect();
        let ty = FuncType::new(params, results);
        let func = self.cx.domain(self.domain).host_func(&ty, Blocking::Never, move |cx, slots| {
            f(cx, slots).map(|()| Flow::Return).map_err(Fault::from)
        })?;
        Ok(func)
    }
}
