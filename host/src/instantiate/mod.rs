//! Instantiation: the steps of a plan, run in a store (`Explainer.md#instance-definitions`).

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::machine::LiftMode;
use witwright_abi_runtime::string::StringEncoding;

use crate::call::entry::poison;
use crate::call::task::call_core;
use crate::call::trapped::end_poisoned;
use crate::component::plan::{
    CanonOptions, Concurrency, CoreDef, FuncDef, InstanceIndex, LiftedFunc, MemoryIndex, ResourceDef, Step, Trampoline,
    TrampolineKind,
};
use crate::engine::{CoreEngine, Extern, Fault, FaultKind};
use crate::error::{Error, HandleError, LimitKind};
use crate::ids::{DomainId, Func, Instance, InstanceId, RootIndex};
use crate::lifted::{GuestFunc, LiftLowerOptions, Memory};
use crate::store::linked::{Destructor, Linked, LinkedFunc, ProvidedFunc, ProvidedResource};
use crate::store::state::{FuncData, Implementation, ReexportedFunc, Root};
use crate::store::{AsContextMut, Domains, StoreContextMut};
use crate::types::{FuncTypeId, ResourceSlot};

mod concurrent;
mod trampoline;

/// Makes an instance.
///
/// # Errors
/// When a limit is reached, or a start function traps. What was made until then is never entered.
pub(crate) fn instantiate<T: 'static, E: CoreEngine>(
    linked: &Arc<Linked<T, E>>,
    mut cx: StoreContextMut<'_, T, E>,
) -> Result<Instance, Error> {
    let plan = linked.component.plan();
    let limit = cx.limits().component_instances;
    if cx.state().component_instances() + plan.instances.len() > limit {
        return Err(LimitKind::Instances.into());
    }
    let root = RootIndex(cx.state().roots.len() as u32);
    let handles = linked.component.limits().handles;
    let mut instances = Vec::with_capacity(plan.instances.len());
    for concurrency in concurrency(linked, &cx) {
        let domain = cx.domain_for(concurrency == Concurrency::Blocks)?;
        let id = cx.state_mut().add_instance(root, handles)?;
        instances.push(InstancePlace { id, domain, concurrency });
    }
    let state = cx.state_mut();
    state.roots.push(Root {
        linked: linked.clone(),
        funcs: Vec::with_capacity(plan.lifted.len() + plan.reexports.len()),
        reexports: BTreeMap::new(),
        resources: Vec::with_capacity(plan.resources.len()),
        named: (Arc::default(), 0),
        instances: instances.iter().map(|place| place.id).collect(),
        poisoned: false,
    });
    let store = state.id;
    let mut run = Run {
        cx: cx.as_context_mut(),
        linked,
        root,
        instances,
        core_instances: Vec::new(),
        trampolines: Vec::new(),
        memories: alloc::vec![None; plan.memories.len()],
        realloc: None,
    };
    match plan.steps.iter().try_for_each(|step| run.step(step)) {
        Ok(()) => {
            run.reexports();
            Ok(Instance { store, root })
        }
        Err(error) => {
            poison(&mut cx, root);
            end_poisoned(&mut cx);
            Err(error)
        }
    }
}

/// The part that each component instance takes in concurrency: that of the plan, except that an instance blocks if it calls, without
/// `async`, a host function that may wait.
fn concurrency<T: 'static, E: CoreEngine>(linked: &Linked<T, E>, cx: &StoreContextMut<'_, T, E>) -> Vec<Concurrency> {
    let plan = linked.component.plan();
    let mut instances = plan.instances.clone();
    for Trampoline { instance, kind } in &plan.trampolines {
        let TrampolineKind::Lower { func: FuncDef::Import(import), options, .. } = kind else { continue };
        let waits = match &linked.funcs[import.0 as usize].func {
            ProvidedFunc::Host(func) => func.waits,
            ProvidedFunc::Guest(func, _) => match cx.state().func(*func).map(|data| &data.implementation) {
                Ok(Implementation::Host(host)) => host.func.waits,
                Ok(Implementation::Guest(_)) | Err(_) => false,
            },
        };
        if waits && !options.async_ {
            instances[instance.0 as usize] = Concurrency::Blocks;
        }
    }
    instances
}

/// An instantiation under way.
struct Run<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    linked: &'a Linked<T, E>,
    root: RootIndex,
    /// The component instances, in the order of the plan.
    instances: Vec<InstancePlace>,
    /// The core instances made until now, and the domain of each.
    core_instances: Vec<(DomainId, E::Instance)>,
    trampolines: Vec<E::Func>,
    /// The memories of canonical options that were looked up, by number.
    memories: Vec<Option<E::Memory>>,
    /// The `realloc` of canonical options that was looked up last: most have the same.
    realloc: Option<(CoreDef, E::Func)>,
}

/// A component instance that is being made.
#[derive(Clone, Copy)]
struct InstancePlace {
    id: InstanceId,
    domain: DomainId,
    concurrency: Concurrency,
}

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    fn step(&mut self, step: &Step) -> Result<(), Error> {
        let plan = self.linked.component.plan();
        match step {
            Step::Resource(slot) => self.resource(*slot, &plan.resources[slot.0 as usize]),
            Step::Trampoline(index) => {
                let func = self.trampoline(&plan.trampolines[index.0 as usize])?;
                self.trampolines.push(func);
                Ok(())
            }
            Step::Lift(index) => self.lift(&plan.lifted[index.0 as usize]),
            Step::Start { instance, func, ty } => self.start(*instance, *func, *ty),
            Step::Instantiate { instance, module, imports } => {
                let mut externs = Vec::with_capacity(imports.len());
                for import in imports {
                    externs.push(self.core(import)?);
                }
                let module = self.linked.component.module(*module);
                let InstancePlace { id, domain, concurrency } = self.instance(*instance);
                let (made, start) = self.cx.domain(domain).instantiate_unstarted(module, &externs)?;
                self.core_instances.push((domain, made));
                start.map_or(Ok(()), |start| call_core(&mut self.cx, (domain, id), concurrency, start, None))
            }
        }
    }

    fn instance(&self, instance: InstanceIndex) -> InstancePlace {
        self.instances[instance.0 as usize]
    }

    fn resource(&mut self, slot: ResourceSlot, def: &ResourceDef) -> Result<(), Error> {
        let ty = match def {
            ResourceDef::Imported => match &self.linked.resources[slot.0 as usize] {
                Some(ProvidedResource::Host(drop)) => self.cx.state_mut().host_resource(drop),
                Some(ProvidedResource::Guest { store, ty }) if *store == self.cx.state().id => *ty,
                Some(ProvidedResource::Guest { .. }) => return Err(HandleError::OtherStore.into()),
                None => unreachable!("linking fails unless it finds all imported resources"),
            },
            ResourceDef::Defined { instance, dtor } => {
                let dtor = dtor.as_ref().map(|dtor| self.func(dtor)).transpose()?;
                let InstancePlace { id, domain, concurrency } = self.instance(*instance);
                let destructor = Destructor::Guest { root: self.root, place: (domain, id), concurrency, dtor };
                self.cx.state_mut().add_resource(Some(id), destructor)
            }
        };
        let root = self.root;
        self.cx.state_mut().root_mut(root).resources.push(ty);
        Ok(())
    }

    fn lift(&mut self, lifted: &LiftedFunc) -> Result<(), Error> {
        let InstancePlace { domain, concurrency, .. } = self.instance(lifted.instance);
        let CanonOptions { async_, callback, memory, .. } = &lifted.options;
        let is_async_type = self.linked.component.plan().types[lifted.ty].ty.async_;
        let guest = GuestFunc {
            core: self.func(&lifted.core)?,
            domain,
            options: self.options(lifted.instance, &lifted.options)?,
            post_return: lifted.options.post_return.as_ref().map(|func| self.func(func)).transpose()?,
            root: self.root,
            ty: lifted.ty,
            mode: match (async_, callback) {
                (true, Some(_)) => LiftMode::Callback,
                (true, None) => LiftMode::Stackful,
                (false, _) if is_async_type => LiftMode::Blocking,
                (false, _) => LiftMode::Sync,
            },
            callback: callback.as_ref().map(|func| self.func(func)).transpose()?,
            memory: *memory,
            concurrency,
        };
        self.push_func(lifted.ty, Implementation::Guest(guest));
        Ok(())
    }

    /// Calls a start function, as a guest that imports it would.
    fn start(&mut self, instance: InstanceIndex, func: FuncDef, ty: FuncTypeId) -> Result<(), Error> {
        let options = CanonOptions {
            encoding: StringEncoding::Utf8,
            memory: None,
            realloc: None,
            post_return: None,
            async_: false,
            callback: None,
        };
        let start = self.lower(instance, func, ty, &options)?;
        let InstancePlace { id, domain, concurrency } = self.instance(instance);
        call_core(&mut self.cx, (domain, id), concurrency, start, None)
    }

    /// Adds a function of the root instance. Returns its name.
    fn push_func(&mut self, ty: FuncTypeId, implementation: Implementation<T, E>) -> Func {
        let lends = self.linked.component.plan().types[ty].borrows;
        let (root, store) = (self.root, self.cx.state().id);
        let funcs = &mut self.cx.state_mut().root_mut(root).funcs;
        let index = funcs.len() as u32;
        funcs.push(FuncData { implementation, checked: Vec::new(), bindings: None, lends });
        Func { store, root, index }
    }

    /// Adds the imported functions that the component exports, so that they can be called.
    fn reexports(&mut self) {
        let (linked, root) = (self.linked, self.root);
        let plan = linked.component.plan();
        for import in &plan.reexports {
            let LinkedFunc { func, resources } = &linked.funcs[import.0 as usize];
            let func = match func {
                ProvidedFunc::Guest(func, _) => *func,
                ProvidedFunc::Host(func) => {
                    let ty = plan.import_funcs[import.0 as usize].ty;
                    let bindings = self.cx.state_mut().root_mut(root).bind(resources);
                    let reexported = ReexportedFunc { func: func.clone(), root, ty, bindings };
                    self.push_func(ty, Implementation::Host(reexported))
                }
            };
            self.cx.state_mut().root_mut(root).reexports.insert(*import, func);
        }
    }

    fn options(&mut self, instance: InstanceIndex, options: &CanonOptions) -> Result<LiftLowerOptions<E>, Error> {
        let memory = options.memory.map(|memory| self.memory(memory)).transpose()?;
        let InstancePlace { id, domain, .. } = self.instance(instance);
        Ok(LiftLowerOptions {
            instance: id,
            memory: Memory::Guest {
                domain,
                memory,
                realloc: options.realloc.as_ref().map(|func| self.realloc(func)).transpose()?,
            },
            lifted_bytes: self.linked.component.limits().lifted_bytes,
            encoding: options.encoding,
        })
    }

    /// A memory that canonical options name.
    fn memory(&mut self, index: MemoryIndex) -> Result<E::Memory, Error> {
        if let Some(known) = self.memories[index.0 as usize] {
            return Ok(known);
        }
        match self.core(&self.linked.component.plan().memories[index.0 as usize])? {
            Extern::Memory(memory) => Ok(*self.memories[index.0 as usize].insert(memory)),
            Extern::Func(_) | Extern::Table(_) | Extern::Global(_) | Extern::Tag(_) => Err(missing("memory")),
        }
    }

    fn realloc(&mut self, def: &CoreDef) -> Result<E::Func, Error> {
        match &self.realloc {
            Some((known, func)) if known == def => Ok(*func),
            Some(_) | None => {
                let func = self.func(def)?;
                self.realloc = Some((def.clone(), func));
                Ok(func)
            }
        }
    }

    /// A core definition, made by an earlier step.
    fn core(&mut self, def: &CoreDef) -> Result<Extern<E>, Error> {
        match def {
            CoreDef::Trampoline(index) => Ok(Extern::Func(self.trampolines[index.0 as usize])),
            CoreDef::Export(instance, name) => {
                let (domain, instance) = self.core_instances[instance.0 as usize];
                self.cx.domain(domain).export(instance, name).ok_or_else(|| missing(name))
            }
        }
    }

    fn func(&mut self, def: &CoreDef) -> Result<E::Func, Error> {
        match self.core(def)? {
            Extern::Func(func) => Ok(func),
            Extern::Memory(_) | Extern::Table(_) | Extern::Global(_) | Extern::Tag(_) => Err(missing("function")),
        }
    }
}

#[cold]
fn missing(what: &str) -> Error {
    Fault::new(FaultKind::Link, alloc::format!("a core module does not export `{what}` as it should")).into()
}
