//! Instantiation: the steps of a plan, run in a store (`Explainer.md#instance-definitions`).

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::machine::LiftMode;
use witwright_abi_runtime::string::StringEncoding;

use crate::call::entry::poison;
use crate::call::task::call_core;
use crate::call::trapped::end_poisoned;
use crate::component::plan::{
    CanonOptions, Concurrency, CoreDef, FuncDef, InstanceIndex, LiftedFunc, ResourceDef, Step, Trampoline,
    TrampolineIndex, TrampolineKind,
};
use crate::engine::{CoreEngine, Extern, Import, no_export};
use crate::error::{Error, HandleError, LimitKind};
use crate::ids::{DomainId, Func, Instance, MemoryId, ReallocId, ResourceType, RootIndex};
use crate::lifted::{GuestFunc, LiftLowerOptions, Memory};
use crate::store::kept::{InstancePlace, Kept, Numbers, SharedFunc};
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
    linked.component.check_engine(cx.engine(), "store")?;
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
    let first = (MemoryId(state.memories.len() as u32), ReallocId(state.reallocs.len() as u32));
    state.memories.resize(state.memories.len() + plan.memories.len(), None);
    state.reallocs.resize(state.reallocs.len() + plan.reallocs.len(), None);
    state.roots.push(Root {
        linked: linked.clone(),
        funcs: Vec::with_capacity(plan.lifted.len() + plan.reexports.len()),
        reexports: BTreeMap::new(),
        resources: Vec::new(),
        named: Arc::default(),
        instances: instances.iter().map(|place| place.id).collect(),
        poisoned: false,
    });
    let store = state.id;
    let mut run = Run {
        cx: cx.as_context_mut(),
        linked,
        numbers: Numbers { root, instances, resources: Vec::with_capacity(plan.resources.len()), first },
        core_instances: Vec::with_capacity(plan.core_instances as usize),
        trampolines: Vec::with_capacity(plan.trampolines.len()),
        made: None,
    };
    match run.run() {
        Ok(()) => Ok(Instance { store, root }),
        Err(error) => {
            poison(&mut cx, root);
            end_poisoned(&mut cx);
            Err(error)
        }
    }
}

/// The part that each component instance takes in concurrency: that of the plan, except that an instance blocks if it calls, without
/// `async`, a host function that may wait, or drops a resource whose destructor may.
fn concurrency<T: 'static, E: CoreEngine>(linked: &Linked<T, E>, cx: &StoreContextMut<'_, T, E>) -> Vec<Concurrency> {
    let plan = linked.component.plan();
    let mut instances = plan.instances.clone();
    for Trampoline { instance, kind } in &plan.trampolines {
        let waits = match kind {
            TrampolineKind::Lower { func: FuncDef::Import(import), options, .. } if !options.async_ => {
                match &linked.funcs[import.0 as usize].func {
                    ProvidedFunc::Host(func) => func.waits,
                    ProvidedFunc::Guest(func, _) => match cx.state().func(*func).map(|data| &data.implementation) {
                        Ok(Implementation::Host(host)) => host.func.waits,
                        Ok(Implementation::Guest(_)) | Err(_) => false,
                    },
                }
            }
            TrampolineKind::ResourceDrop(slot) => linked.async_destructor(*slot).is_some(),
            TrampolineKind::Lower { .. }
            | TrampolineKind::ResourceNew(_)
            | TrampolineKind::ResourceRep(_)
            | TrampolineKind::TaskReturn { .. }
            | TrampolineKind::BuiltIn(_)
            | TrampolineKind::Unsupported { .. } => false,
        };
        if waits {
            instances[instance.0 as usize] = Concurrency::Blocks;
        }
    }
    instances
}

/// An instantiation under way.
struct Run<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    linked: &'a Linked<T, E>,
    numbers: Numbers,
    /// The core instances made until now, and the domain of each.
    core_instances: Vec<(DomainId, E::Instance)>,
    trampolines: Vec<E::Func>,
    /// The host functions made until now, to be kept. `None` if others are.
    made: Option<Vec<Option<SharedFunc<T, E>>>>,
}

/// A host function that was made for a component instance.
enum HostFunc<T, E: CoreEngine> {
    /// It can be kept, since it holds no object of the store.
    Shared(SharedFunc<T, E>),
    Own(E::Func),
}

impl<T, E: CoreEngine> HostFunc<T, E> {
    /// The function to keep, if it can be kept.
    fn shared(self) -> Option<SharedFunc<T, E>> {
        match self {
            HostFunc::Shared(func) => Some(func),
            HostFunc::Own(_) => None,
        }
    }
}

/// The parts of its store that a host function holds.
#[derive(Clone, Copy)]
enum Holds {
    /// Those of [`Numbers`], so that it can be kept.
    Numbers,
    /// Others, too.
    Objects,
}

impl<T: 'static, E: CoreEngine> Run<'_, T, E> {
    fn run(&mut self) -> Result<(), Error> {
        let plan = self.linked.component.plan();
        for (slot, def) in plan.resources.iter().enumerate() {
            let ty = self.resource(slot, def)?;
            self.numbers.resources.push(ty);
        }
        let resources = self.numbers.resources.clone();
        self.cx.state_mut().root_mut(self.numbers.root).set_resources(resources);
        let kept = self.linked.kept.get();
        if kept.is_none() {
            self.made = Some(Vec::with_capacity(plan.trampolines.len()));
        }
        let kept = kept.filter(|kept| kept.numbers == self.numbers);
        for step in &plan.steps {
            self.step(step, kept)?;
        }
        if let Some(funcs) = self.made.take() {
            // An instantiation on another thread may have been faster.
            let _ = self.linked.kept.set(Box::new(Kept { numbers: self.numbers.clone(), funcs }));
        }
        self.reexports();
        Ok(())
    }

    fn step<'p>(&mut self, step: &'p Step, kept: Option<&Kept<T, E>>) -> Result<(), Error> {
        let plan = self.linked.component.plan();
        match step {
            Step::Resource(slot) => self.destructor(*slot, &plan.resources[slot.0 as usize]),
            Step::Memory(index) => {
                let Extern::Memory(memory) = self.core(&plan.memories[index.0 as usize])? else {
                    return Err(no_export("memory").into());
                };
                let MemoryId(id) = self.numbers.memory(*index);
                self.cx.state_mut().memories[id as usize] = Some(memory);
                Ok(())
            }
            Step::Realloc(index) => {
                let func = self.func(&plan.reallocs[index.0 as usize])?;
                let ReallocId(id) = self.numbers.realloc(*index);
                self.cx.state_mut().reallocs[id as usize] = Some(func);
                Ok(())
            }
            Step::Trampoline(index) => self.add_trampoline(*index, kept),
            Step::Lift(index) => self.lift(&plan.lifted[index.0 as usize]),
            Step::Start { instance, func, ty } => self.start(*instance, *func, *ty),
            Step::Instantiate { instance, module, imports } => {
                let import = |import: &'p CoreDef| match import {
                    CoreDef::Trampoline(index) => Import::Extern(Extern::Func(self.trampolines[index.0 as usize])),
                    CoreDef::Export(instance, name) => Import::Export(self.core_instances[instance.0 as usize].1, name),
                };
                let imports = imports.iter().map(import).collect::<Vec<_>>();
                let module = self.linked.component.module(*module);
                let InstancePlace { id, domain, concurrency } = self.numbers.instance(*instance);
                let (made, start) = self.cx.domain(domain).link(module, &imports)?;
                self.core_instances.push((domain, made));
                start.map_or(Ok(()), |start| call_core(&mut self.cx, (domain, id), concurrency, start, None))
            }
        }
    }

    /// Adds the core function of a trampoline: one that is kept, or else a new one.
    fn add_trampoline(&mut self, index: TrampolineIndex, kept: Option<&Kept<T, E>>) -> Result<(), Error> {
        let trampoline = &self.linked.component.plan().trampolines[index.0 as usize];
        let domain = self.numbers.instance(trampoline.instance).domain;
        let func = match kept.and_then(|kept| kept.funcs[index.0 as usize].as_ref()) {
            Some(func) => self.cx.domain(domain).add_host_func(func)?,
            None => {
                let func = self.trampoline(trampoline)?;
                let added = self.add(domain, &func)?;
                if let Some(made) = &mut self.made {
                    made.push(func.shared());
                }
                added
            }
        };
        self.trampolines.push(func);
        Ok(())
    }

    fn add(&mut self, domain: DomainId, func: &HostFunc<T, E>) -> Result<E::Func, Error> {
        match func {
            HostFunc::Own(func) => Ok(*func),
            HostFunc::Shared(func) => Ok(self.cx.domain(domain).add_host_func(func)?),
        }
    }

    fn resource(&mut self, slot: usize, def: &ResourceDef) -> Result<ResourceType, Error> {
        match def {
            ResourceDef::Imported => match &self.linked.resources[slot] {
                Some(ProvidedResource::Host { desc, drop, .. }) => Ok(self.cx.state_mut().host_resource(*desc, drop)),
                Some(ProvidedResource::Guest { store, ty }) if *store == self.cx.state().id => Ok(*ty),
                Some(ProvidedResource::Guest { .. }) => {
                    let name = &self.linked.component.plan().resource_names[slot];
                    Err(Error::from(HandleError::InstanceOfOtherStore)
                        .within(format!("the import of resource `{name}`")))
                }
                None => unreachable!("linking fails unless it finds all imported resources"),
            },
            ResourceDef::Defined { instance, .. } => {
                let InstancePlace { id, domain, concurrency } = self.numbers.instance(*instance);
                let root = self.numbers.root;
                let destructor = Destructor::Guest { root, place: (domain, id), concurrency, dtor: None };
                Ok(self.cx.state_mut().add_resource(Some(id), destructor))
            }
        }
    }

    /// Finds the destructor of a resource.
    fn destructor(&mut self, slot: ResourceSlot, def: &ResourceDef) -> Result<(), Error> {
        let ResourceDef::Defined { dtor: Some(def), .. } = def else { return Ok(()) };
        let func = self.func(def)?;
        let ResourceType(ty) = self.numbers.resources[slot.0 as usize];
        if let Destructor::Guest { dtor, .. } = &mut self.cx.state_mut().destructors[ty as usize] {
            *dtor = Some(func);
        }
        Ok(())
    }

    fn lift(&mut self, lifted: &LiftedFunc) -> Result<(), Error> {
        let InstancePlace { domain, concurrency, .. } = self.numbers.instance(lifted.instance);
        let CanonOptions { async_, callback, memory, .. } = &lifted.options;
        let is_async_type = self.linked.component.plan().types[lifted.ty].ty.async_;
        let guest = GuestFunc {
            core: self.func(&lifted.core)?,
            domain,
            options: self.options(lifted.instance, &lifted.options),
            post_return: lifted.options.post_return.as_ref().map(|func| self.func(func)).transpose()?,
            root: self.numbers.root,
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
        let InstancePlace { id, domain, concurrency } = self.numbers.instance(instance);
        let start = self.lower(instance, func, ty, &options)?;
        let start = self.add(domain, &start)?;
        call_core(&mut self.cx, (domain, id), concurrency, start, None)
    }

    /// Adds a function of the root instance. Returns its name.
    fn push_func(&mut self, ty: FuncTypeId, implementation: Implementation<T, E>) -> Func {
        let lends = self.linked.component.plan().types[ty].borrows;
        let (root, store) = (self.numbers.root, self.cx.state().id);
        let funcs = &mut self.cx.state_mut().root_mut(root).funcs;
        let index = funcs.len() as u32;
        funcs.push(FuncData { implementation, checked: Vec::new(), bindings: None, lends });
        Func { store, root, index }
    }

    /// Adds the imported functions that the component exports, so that they can be called.
    fn reexports(&mut self) {
        let (linked, root) = (self.linked, self.numbers.root);
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

    fn options(&self, instance: InstanceIndex, options: &CanonOptions) -> LiftLowerOptions {
        let InstancePlace { id, domain, .. } = self.numbers.instance(instance);
        let memory = options.memory.map(|index| self.numbers.memory(index));
        let realloc = options.realloc.map(|index| self.numbers.realloc(index));
        LiftLowerOptions {
            instance: id,
            memory: Memory::Guest { domain, memory, realloc },
            lifted_bytes: self.linked.component.limits().lifted_bytes,
            encoding: options.encoding,
        }
    }

    /// A core definition, made by an earlier step.
    fn core(&mut self, def: &CoreDef) -> Result<Extern<E>, Error> {
        match def {
            CoreDef::Trampoline(index) => Ok(Extern::Func(self.trampolines[index.0 as usize])),
            CoreDef::Export(instance, name) => {
                let (domain, instance) = self.core_instances[instance.0 as usize];
                Ok(self.cx.domain(domain).export(instance, name).ok_or_else(|| no_export(name))?)
            }
        }
    }

    fn func(&mut self, def: &CoreDef) -> Result<E::Func, Error> {
        match self.core(def)? {
            Extern::Func(func) => Ok(func),
            Extern::Memory(_) | Extern::Table(_) | Extern::Global(_) | Extern::Tag(_) => {
                Err(no_export("function").into())
            }
        }
    }
}
