//! Instantiation: the steps of a plan, run in a store (`Explainer.md#instance-definitions`).

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::string::StringEncoding;

use crate::component::plan::{CanonOptions, CoreDef, FuncDef, InstanceIndex, Lifted, ResourceDef, Step};
use crate::engine::{CoreEngine, Extern, Fault, FaultKind};
use crate::error::{Error, HandleError, LimitKind};
use crate::ids::{DomainId, Func, Instance, RootIndex, TableIndex};
use crate::lifted::{GuestFunc, LiftLowerOptions, Memory};
use crate::store::linked::{Destructor, Linked, LinkedFunc, ProvidedFunc, ProvidedResource};
use crate::store::state::{Callee, FuncData, HostCallee, Root};
use crate::store::{AsContextMut, StoreContextMut};
use crate::types::{FuncTypeId, ResourceSlot};

mod trampoline;

/// Makes an instance.
///
/// # Errors
/// When a limit is reached, or a start function traps. What was made until then is never entered.
pub(crate) fn instantiate<T: 'static, E: CoreEngine>(
    linked: &Arc<Linked<T, E>>,
    mut cx: StoreContextMut<'_, T, E>,
) -> Result<Instance, Error> {
    let domain = cx.domain_for(false)?;
    let plan = linked.component.plan();
    let limit = cx.limits().component_instances;
    let state = cx.state_mut();
    if state.component_instances() + plan.instances as usize > limit {
        return Err(LimitKind::Instances.into());
    }
    let root = RootIndex(state.roots.len() as u32);
    let handles = linked.component.limits().handles;
    let first_table = state.tables.add_instance(handles);
    for _ in 1..plan.instances {
        state.tables.add_instance(handles);
    }
    state.roots.push(Root {
        linked: linked.clone(),
        funcs: Vec::with_capacity(plan.lifted.len() + plan.reexports.len()),
        reexports: BTreeMap::new(),
        resources: Vec::with_capacity(plan.resources.len()),
        poisoned: false,
    });
    let store = state.id;
    let mut run = Run {
        cx: cx.as_context_mut(),
        linked,
        root,
        domain,
        first_table,
        core_instances: Vec::new(),
        trampolines: Vec::new(),
    };
    match plan.steps.iter().try_for_each(|step| run.step(step)) {
        Ok(()) => {
            run.reexports();
            Ok(Instance { store, root })
        }
        Err(error) => {
            cx.state_mut().root_mut(root).poisoned = true;
            Err(error)
        }
    }
}

/// An instantiation under way.
struct Run<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    linked: &'a Linked<T, E>,
    root: RootIndex,
    domain: DomainId,
    first_table: TableIndex,
    core_instances: Vec<E::Instance>,
    trampolines: Vec<E::Func>,
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
            Step::Instantiate { module, imports } => {
                let mut externs = Vec::with_capacity(imports.len());
                for import in imports {
                    externs.push(self.core(import)?);
                }
                let module = self.linked.component.module(*module);
                let instance = self.cx.domain(self.domain).instantiate(module, &externs)?;
                self.core_instances.push(instance);
                Ok(())
            }
        }
    }

    fn table(&self, instance: InstanceIndex) -> TableIndex {
        TableIndex(self.first_table.0 + instance.0)
    }

    fn resource(&mut self, slot: ResourceSlot, def: &ResourceDef) -> Result<(), Error> {
        let ty = match def {
            ResourceDef::Imported => match &self.linked.resources[slot.0 as usize] {
                Some(ProvidedResource::Host(drop)) => self.cx.state_mut().host_resource(drop),
                Some(ProvidedResource::Guest { store, ty }) if *store == self.cx.state().id => *ty,
                Some(ProvidedResource::Guest { .. }) => return Err(HandleError::Stale.into()),
                None => return Err(Error::invalid("a resource is imported that linking did not see", 0)),
            },
            ResourceDef::Defined { instance, dtor } => {
                let dtor = dtor.as_ref().map(|dtor| self.func(dtor)).transpose()?;
                let (root, domain) = (self.root, self.domain);
                let definer = Some(self.table(*instance));
                self.cx.state_mut().add_resource(definer, Destructor::Guest { root, domain, dtor })
            }
        };
        let root = self.root;
        self.cx.state_mut().root_mut(root).resources.push(ty);
        Ok(())
    }

    fn lift(&mut self, lifted: &Lifted) -> Result<(), Error> {
        let guest = GuestFunc {
            core: self.func(&lifted.core)?,
            domain: self.domain,
            options: self.options(lifted.instance, &lifted.options)?,
            post_return: lifted.options.post_return.as_ref().map(|func| self.func(func)).transpose()?,
            root: self.root,
            ty: lifted.ty,
            async_: lifted.options.async_,
            has_callback: lifted.options.callback.is_some(),
        };
        self.push_func(lifted.ty, Callee::Guest(guest));
        Ok(())
    }

    /// Calls a start function, as a guest would that imports it.
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
        Ok(self.cx.domain(self.domain).call(start, &mut [])?)
    }

    /// Adds a function of the root instance; gives its name.
    fn push_func(&mut self, ty: FuncTypeId, callee: Callee<T, E>) -> Func {
        let lends = self.linked.component.plan().types[ty].borrows;
        let (root, store) = (self.root, self.cx.state().id);
        let funcs = &mut self.cx.state_mut().root_mut(root).funcs;
        let index = funcs.len() as u32;
        funcs.push(FuncData { callee, checked: Vec::new(), bindings: None, lends });
        Func { store, root, index }
    }

    /// Makes the imported functions callable that the component exports.
    fn reexports(&mut self) {
        let (linked, root) = (self.linked, self.root);
        let plan = linked.component.plan();
        for import in &plan.reexports {
            let LinkedFunc { func, resources } = &linked.funcs[import.0 as usize];
            let func = match func {
                ProvidedFunc::Guest(func, _) => *func,
                ProvidedFunc::Host(func) => {
                    let ty = plan.import_funcs[import.0 as usize].ty;
                    let bindings = self.cx.state().root(root).bind(resources).into();
                    let callee = HostCallee { func: func.clone(), root, ty, bindings };
                    self.push_func(ty, Callee::Host(callee))
                }
            };
            self.cx.state_mut().root_mut(root).reexports.insert(*import, func);
        }
    }

    fn options(&mut self, instance: InstanceIndex, options: &CanonOptions) -> Result<LiftLowerOptions<E>, Error> {
        let memory = match &options.memory {
            None => None,
            Some(def) => match self.core(def)? {
                Extern::Memory(memory) => Some(memory),
                Extern::Func(_) | Extern::Table(_) | Extern::Global(_) | Extern::Tag(_) => {
                    return Err(missing("memory"));
                }
            },
        };
        Ok(LiftLowerOptions {
            table: self.table(instance),
            memory: Memory::Guest {
                domain: self.domain,
                memory,
                realloc: options.realloc.as_ref().map(|func| self.func(func)).transpose()?,
            },
            lifted_bytes: self.linked.component.limits().lifted_bytes,
            encoding: options.encoding,
        })
    }

    /// A core definition, made by an earlier step.
    fn core(&mut self, def: &CoreDef) -> Result<Extern<E>, Error> {
        match def {
            CoreDef::Trampoline(index) => Ok(Extern::Func(self.trampolines[index.0 as usize])),
            CoreDef::Export(instance, name) => {
                let instance = self.core_instances[instance.0 as usize];
                self.cx.domain(self.domain).export(instance, name).ok_or_else(|| missing(name))
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
