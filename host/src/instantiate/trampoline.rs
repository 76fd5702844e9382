//! Core functions that the host makes for guests: lowered functions and built-ins (`Explainer.md#canonical-definitions`).

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use once_cell::race::OnceBox;
use witwright_abi_runtime::built_in::BuiltIn;
use witwright_abi_runtime::flatten::{Convention, CoreSignature};
use witwright_abi_runtime::layout::{FlatType, TypeAbi};
use witwright_abi_runtime::string::StringEncoding;

use super::{Holds, HostFunc, Run};
use crate::call::built_ins;
use crate::call::entry::check_may_go_on;
use crate::call::guest_to_guest::GuestToGuest;
use crate::call::resource::{resource_drop, resource_drop_async, resource_new, resource_rep};
use crate::component::display_name;
use crate::component::plan::{
    self, CanonOptions, FuncDef, ImportFunc, ImportIndex, InstanceIndex, LiftedIndex, TrampolineKind,
};
use crate::engine::{Blocking, CoreEngine, Fault, Flow, FuncType, ValType};
use crate::error::{Error, Unsupported};
use crate::ids::Func;
use crate::lifted::{Binding, CallSite, CalleeName, LiftLowerOptions, Memory};
use crate::store::kept::InstancePlace;
use crate::store::kept::SharedFunc;
use crate::store::linked::{self, LinkedFunc, ProvidedFunc};
use crate::store::state::Implementation;
use crate::store::{AsContextMut as _, Domains, StoreContextMut};
use crate::types::{FuncTypeId, ResourceSlot};

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    pub(super) fn trampoline(&mut self, trampoline: &plan::Trampoline) -> Result<HostFunc<T, E>, Error> {
        let instance = self.numbers.instance(trampoline.instance);
        let id = instance.id;
        match &trampoline.kind {
            TrampolineKind::Lower { func, ty, options } => self.lower(trampoline.instance, *func, *ty, options),
            TrampolineKind::ResourceNew(slot) => {
                let ty = self.numbers.resources[slot.0 as usize];
                self.built_in(instance, BuiltIn::ResourceNew, move |cx, slots| resource_new(cx, id, ty, slots))
            }
            TrampolineKind::ResourceRep(slot) => {
                let ty = self.numbers.resources[slot.0 as usize];
                self.built_in(instance, BuiltIn::ResourceRep, move |cx, slots| resource_rep(cx, id, ty, slots))
            }
            TrampolineKind::ResourceDrop(slot) => self.resource_drop(trampoline.instance, *slot),
            TrampolineKind::TaskReturn { result, options } => {
                let memory = options.memory;
                let options = self.options(trampoline.instance, options);
                let result = *result;
                let types = &self.linked.component.plan().types;
                let signature = CoreSignature::task_return(result.map_or(&TypeAbi::UNIT, |ty| &types[ty].abi));
                self.host_func(instance, Holds::Numbers, &signature, Blocking::Never, move |mut cx, slots| {
                    built_ins::task_return(&mut cx, options, memory, result, slots)
                })
            }
            TrampolineKind::BuiltIn(built_in) => self.concurrent(trampoline.instance, built_in),
            TrampolineKind::Unsupported { built_in, gate } => self.unsupported(instance, *built_in, gate),
        }
    }

    /// `canon resource.drop`
    fn resource_drop(&mut self, instance: InstanceIndex, slot: ResourceSlot) -> Result<HostFunc<T, E>, Error> {
        let place = self.numbers.instance(instance);
        let resource = (self.numbers.root, slot, self.numbers.resources[slot.0 as usize]);
        let (id, built_in) = (place.id, BuiltIn::ResourceDrop);
        let Some(destructor) = self.linked.async_destructor(slot).cloned() else {
            return self.built_in(place, built_in, move |cx, slots| resource_drop(cx, id, resource, slots));
        };
        let memory = Memory::Guest { domain: place.domain, memory: None, realloc: None };
        let site = Arc::new(CallSite {
            component: self.linked.component.clone(),
            root: self.numbers.root,
            options: LiftLowerOptions { instance: id, memory, encoding: StringEncoding::Utf8, lifted_bytes: 0 },
            callee: CalleeName::Destructor(slot),
            ty: None,
            bindings: Arc::new([]),
            lends: false,
            convention: Convention::Lower,
            reflected: OnceBox::new(),
        });
        self.host_func(place, Holds::Numbers, &built_in.signature(), Blocking::May, move |cx, slots| {
            resource_drop_async(cx, &site, resource.2, &destructor, slots)
        })
    }

    /// `canon lower`
    pub(super) fn lower(
        &mut self,
        instance: InstanceIndex,
        func: FuncDef,
        ty: FuncTypeId,
        options: &CanonOptions,
    ) -> Result<HostFunc<T, E>, Error> {
        let place = self.numbers.instance(instance);
        let convention = if options.async_ { Convention::LowerAsync } else { Convention::Lower };
        let options = self.options(instance, options);
        match func {
            FuncDef::Lifted(LiftedIndex(index)) => {
                let func = Func { store: self.cx.state().id, root: self.numbers.root, index };
                self.lower_func(place, (func, CalleeName::Export), ty, options, convention)
            }
            FuncDef::Import(import) => self.lower_import(place, import, ty, options, convention),
        }
    }

    fn lower_import(
        &mut self,
        place: InstancePlace,
        import: ImportIndex,
        ty: FuncTypeId,
        options: LiftLowerOptions,
        convention: Convention,
    ) -> Result<HostFunc<T, E>, Error> {
        let LinkedFunc { func, resources } = &self.linked.funcs[import.0 as usize];
        match func {
            ProvidedFunc::Host(func) => {
                let bindings = self.cx.state().root(self.numbers.root).bind(resources);
                let callee = (func.clone(), CalleeName::Import(import));
                self.lower_host((place, Holds::Numbers), callee, bindings, ty, options, convention)
            }
            ProvidedFunc::Guest(func, _) => {
                self.lower_func(place, (*func, CalleeName::Import(import)), ty, options, convention)
            }
        }
    }

    /// Lowers a function of an instance.
    fn lower_func(
        &mut self,
        place: InstancePlace,
        (func, name): (Func, CalleeName),
        ty: FuncTypeId,
        options: LiftLowerOptions,
        convention: Convention,
    ) -> Result<HostFunc<T, E>, Error> {
        let state = self.cx.state();
        let found = state.func(func).map_err(|error| match name {
            CalleeName::Import(ImportIndex(index)) => {
                let ImportFunc { interface, name, .. } = &self.linked.component.plan().import_funcs[index as usize];
                error.within(format!("the import of {}", display_name(interface.as_deref(), name)))
            }
            CalleeName::Destructor(_) | CalleeName::Export => error,
        });
        let callee = match &found?.implementation {
            Implementation::Guest(guest) => *guest,
            Implementation::Host(host) => {
                let (callee, bindings) = ((host.func.clone(), name), host.bindings.clone());
                return self.lower_host((place, Holds::Objects), callee, bindings, ty, options, convention);
            }
        };
        let component = state.root(callee.root).component().clone();
        let crosses_roots = callee.root != self.numbers.root;
        let guest_to_guest = GuestToGuest::new(component, options, (func, callee), convention, crosses_roots);
        let info = &self.linked.component.plan().types[ty];
        let blocks = info.ty.async_ && convention == Convention::Lower;
        let blocking = if blocks { Blocking::May } else { Blocking::Never };
        self.host_func(place, Holds::Objects, &info.abi.signature(convention), blocking, move |cx, slots| {
            guest_to_guest.call(cx, slots)
        })
    }

    fn lower_host(
        &mut self,
        (place, holds): (InstancePlace, Holds),
        (func, callee): (linked::HostFunc<T, E>, CalleeName),
        bindings: Arc<[Binding]>,
        ty: FuncTypeId,
        options: LiftLowerOptions,
        convention: Convention,
    ) -> Result<HostFunc<T, E>, Error> {
        let component = self.linked.component.clone();
        let lends = component.plan().types[ty].borrows;
        let (root, of_ty) = (self.numbers.root, Some(ty));
        let site = Arc::new(CallSite {
            component,
            root,
            options,
            callee,
            ty: of_ty,
            bindings,
            lends,
            convention,
            reflected: OnceBox::new(),
        });
        let signature = self.linked.component.plan().types[ty].abi.signature(convention);
        let blocks = func.waits && convention == Convention::Lower;
        let blocking = if blocks { Blocking::May } else { Blocking::Never };
        self.host_func(place, holds, &signature, blocking, move |cx, slots| func.call(cx, &site, slots))
    }

    /// A built-in that traps when it is called.
    fn unsupported(
        &mut self,
        instance: InstancePlace,
        built_in: BuiltIn,
        gate: &'static str,
    ) -> Result<HostFunc<T, E>, Error> {
        self.built_in(instance, built_in, move |cx, _| {
            cx.state().tables.machine.check_may_leave(instance.id)?;
            Err(Unsupported::BuiltIn { name: built_in.name(), gate }.into())
        })
    }

    fn built_in(
        &mut self,
        instance: InstancePlace,
        built_in: BuiltIn,
        f: impl Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        self.host_func(instance, Holds::Numbers, &built_in.signature(), Blocking::Never, move |cx, slots| {
            f(cx, slots)?;
            Ok(Flow::Return)
        })
    }

    pub(super) fn host_func(
        &mut self,
        instance: InstancePlace,
        holds: Holds,
        signature: &CoreSignature,
        blocking: Blocking,
        f: impl Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Error> + Send + Sync + 'static,
    ) -> Result<HostFunc<T, E>, Error> {
        let ty = func_type(signature);
        let id = instance.id;
        let f = move |mut cx: StoreContextMut<'_, T, E>, slots: &mut [u64]| {
            let flow = f(cx.as_context_mut(), slots)?;
            if flow == Flow::Return {
                check_may_go_on(&mut cx, id)?;
            }
            Ok::<_, Fault>(flow)
        };
        Ok(match holds {
            Holds::Numbers if self.made.is_some() => {
                HostFunc::Shared(SharedFunc::new((self.cx.engine(), instance.domain), &ty, blocking, f)?)
            }
            Holds::Numbers | Holds::Objects => {
                HostFunc::Own(self.cx.domain(instance.domain).host_func(&ty, blocking, f)?)
            }
        })
    }
}

fn func_type(signature: &CoreSignature) -> FuncType {
    let core = |ty: &FlatType| match ty {
        FlatType::I32 => ValType::I32,
        FlatType::I64 => ValType::I64,
        FlatType::F32 => ValType::F32,
        FlatType::F64 => ValType::F64,
    };
    let params: Vec<ValType> = signature.params().iter().map(core).collect();
    let results: Vec<ValType> = signature.result().iter().map(core).collect();
    FuncType::new(params, results)
}
