//! The component layer's part of a store: instances, functions, resource types, handles.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::num::NonZeroU32;
use core::sync::atomic::{AtomicU32, Ordering};

use witwright_abi_runtime::desc::{ResourceDesc, TypeDesc};
use witwright_abi_runtime::machine::{ElementType, Limits};
use witwright_abi_runtime::trap::Trap;

use super::host_ends::HostEnds;
use super::host_tasks::HostTasks;
use super::host_to_host::HostToHostCalls;
use super::linked::{
    Destructor, HostBuffer, HostDestructor, HostFunc, HostFuture, HostResourceId, Linked, ProvidedResource,
};
use crate::component::Component;
use crate::component::plan::ImportIndex;
use crate::engine::CoreEngine;
use crate::error::{Error, HandleError};
use crate::handles::Tables;
use crate::ids::{Func, Instance, InstanceId, ResourceType, RootIndex, WaitableId};
use crate::lifted::{Binding, GuestFunc, NamedResource};
use crate::task::Tasks;
use crate::types::{FuncTypeId, ResourceSlot, TypeId};

/// The component layer's part of a store; reached by `StoreContextMut::state`.
pub(crate) struct State<T, E: CoreEngine> {
    /// The number of this store among those of the process: handles of another store have another number.
    pub(crate) id: NonZeroU32,
    pub(crate) roots: Vec<Root<T, E>>,
    pub(crate) tables: Tables,
    pub(crate) tasks: Tasks<E>,
    /// The root instance that a component instance is part of, by its index; `None` for one that stands for the host, or has ended.
    instance_roots: Vec<Option<RootIndex>>,
    /// Root instances that trapped, until all that they have has ended.
    pub(crate) poisoned: Vec<Poisoned>,
    /// The first error that no call has returned, until the next run of the store.
    pub(crate) untold: Option<Error>,
    /// Destructors, by runtime resource type.
    pub(crate) destructors: Vec<Destructor<T, E>>,
    /// The memories that canonical options name; `None` until their core instances are made.
    pub(crate) memories: Vec<Option<E::Memory>>,
    /// The `realloc` functions that they name, likewise.
    pub(crate) reallocs: Vec<Option<E::Func>>,
    /// The runtime types of the resources that the host defines, by their identity.
    pub(crate) host_resources: BTreeMap<HostResourceId, ResourceType>,
    /// The calls in which the host calls functions of its own.
    pub(crate) host_to_host: HostToHostCalls,
    /// The futures of host functions.
    pub(crate) host_tasks: HostTasks<dyn HostFuture<T, E>>,
    /// The reads and writes of the host.
    pub(crate) host_ends: HostEnds<dyn HostBuffer<T, E>>,
    /// Bytes being copied from one guest's memory to another's; kept so that its allocation is used again.
    pub(crate) scratch: Vec<u8>,
}

/// A root instance that trapped and has not ended.
pub(crate) struct Poisoned {
    pub(crate) root: RootIndex,
    /// The reason, unless the call that trapped returns the error.
    pub(crate) cause: Option<Cause>,
}

/// The reason why a root instance trapped.
pub(crate) struct Cause {
    pub(crate) error: Error,
    /// The call whose task trapped, if the call was a task.
    pub(crate) call: Option<WaitableId>,
}

/// A root instance: a component instantiated by the host, with all that is nested in it.
pub(crate) struct Root<T, E: CoreEngine> {
    pub(crate) linked: Arc<Linked<T, E>>,
    /// The functions that the plan lifts, then the functions of the host that are exported.
    pub(crate) funcs: Vec<FuncData<T, E>>,
    /// The imported functions that are exported.
    pub(crate) reexports: BTreeMap<ImportIndex, Func>,
    /// The runtime resource types, by slot.
    pub(crate) resources: Vec<ResourceType>,
    /// The runtime types of the resources that definitions of the linker name.
    pub(crate) named: Arc<[Binding]>,
    /// Its component instances, until it has trapped.
    pub(crate) instances: Vec<InstanceId>,
    /// Set by a trap: nothing enters any more.
    pub(crate) poisoned: bool,
}

/// A function of an instance as the host calls it.
pub(crate) struct FuncData<T, E: CoreEngine> {
    pub(crate) implementation: Implementation<T, E>,
    /// The Rust types that it was found to fit, as parameters and as a result.
    pub(crate) checked: Vec<(&'static TypeDesc, &'static TypeDesc)>,
    /// The runtime types of the resources that those name.
    pub(crate) bindings: Option<Arc<[Binding]>>,
    /// Whether its type lends handles.
    pub(crate) lends: bool,
}

/// The implementation of a function that an instance exports.
pub(crate) enum Implementation<T, E: CoreEngine> {
    /// A function that a guest lifts.
    Guest(GuestFunc<E>),
    /// A function of the host, which the component imports and exports again.
    Host(ReexportedFunc<T, E>),
}

/// A function of the host that an instance exports again.
pub(crate) struct ReexportedFunc<T, E: CoreEngine> {
    pub(crate) func: HostFunc<T, E>,
    pub(crate) root: RootIndex,
    pub(crate) ty: FuncTypeId,
    /// The runtime types of the resources that the function's own types name.
    pub(crate) bindings: Arc<[Binding]>,
}

impl<T, E: CoreEngine> FuncData<T, E> {
    /// The root instance that exports it.
    pub(crate) fn root(&self) -> RootIndex {
        match &self.implementation {
            Implementation::Guest(guest) => guest.root,
            Implementation::Host(host) => host.root,
        }
    }

    /// Its type in the component of that instance.
    pub(crate) fn ty(&self) -> FuncTypeId {
        match &self.implementation {
            Implementation::Guest(guest) => guest.ty,
            Implementation::Host(host) => host.ty,
        }
    }
}

impl<T, E: CoreEngine> Clone for ReexportedFunc<T, E> {
    fn clone(&self) -> Self {
        ReexportedFunc { func: self.func.clone(), root: self.root, ty: self.ty, bindings: self.bindings.clone() }
    }
}

impl<T, E: CoreEngine> State<T, E> {
    /// The state of a new store, whose host may hold this many resources by key.
    pub(crate) fn new(limits: Limits, held_handles: usize) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let id = NonZeroU32::MIN.saturating_add(NEXT.fetch_add(1, Ordering::Relaxed));
        State {
            id,
            roots: Vec::new(),
            tables: Tables::new(id, limits, held_handles),
            tasks: Tasks::default(),
            instance_roots: Vec::new(),
            poisoned: Vec::new(),
            untold: None,
            destructors: Vec::new(),
            memories: Vec::new(),
            reallocs: Vec::new(),
            host_resources: BTreeMap::new(),
            host_to_host: HostToHostCalls::default(),
            host_tasks: HostTasks::new(),
            host_ends: HostEnds::new(),
            scratch: Vec::new(),
        }
    }

    /// The root instance that a host names.
    ///
    /// # Errors
    /// When it belongs to another store.
    pub(crate) fn instance(&self, instance: Instance) -> Result<&Root<T, E>, Error> {
        if instance.store == self.id {
            Ok(self.root(instance.root))
        } else {
            Err(HandleError::InstanceOfOtherStore.into())
        }
    }

    /// The function that a host names.
    ///
    /// # Errors
    /// When it belongs to another store.
    #[inline]
    pub(crate) fn func(&self, func: Func) -> Result<&FuncData<T, E>, Error> {
        if func.store != self.id {
            return Err(HandleError::FuncOfOtherStore.into());
        }
        Ok(&self.root(func.root).funcs[func.index as usize])
    }

    /// The guest's function of a task.
    pub(crate) fn guest(&self, func: Func) -> &GuestFunc<E> {
        match &self.root(func.root).funcs[func.index as usize].implementation {
            Implementation::Guest(guest) => guest,
            Implementation::Host(_) => unreachable!("tasks are calls of guests"),
        }
    }

    pub(crate) fn func_mut(&mut self, func: Func) -> Result<&mut FuncData<T, E>, Error> {
        if func.store != self.id {
            return Err(HandleError::FuncOfOtherStore.into());
        }
        Ok(&mut self.root_mut(func.root).funcs[func.index as usize])
    }

    /// The number of component instances that have not ended.
    pub(crate) fn component_instances(&self) -> usize {
        self.instance_roots.iter().flatten().count()
    }

    /// Adds a component instance of a root.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn add_instance(&mut self, root: RootIndex, max_handles: u32) -> Result<InstanceId, Trap> {
        let instance = self.tables.machine.add_instance(max_handles)?;
        let index = instance.index() as usize;
        if index >= self.instance_roots.len() {
            self.instance_roots.resize(index + 1, None);
        }
        self.instance_roots[index] = Some(root);
        Ok(instance)
    }

    /// Notes that a component instance has ended.
    pub(crate) fn forget_root_of(&mut self, instance: InstanceId) {
        self.instance_roots[instance.index() as usize] = None;
    }

    /// The root instance that a component instance is part of; `None` for one that stands for the host, or has ended.
    pub(crate) fn root_of(&self, instance: InstanceId) -> Option<RootIndex> {
        *self.instance_roots.get(instance.index() as usize)?
    }

    /// Whether an instance waits for a sync-typed function of the host.
    pub(crate) fn is_held_up(&self, instance: InstanceId) -> bool {
        self.host_tasks.sync_typed_calls().any(|call| self.tables.machine.caller_of(call) == Some(instance))
    }

    /// The element type of a stream or a future, as the machine compares it.
    pub(crate) fn element_type(&mut self, root: RootIndex, element: Option<TypeId>) -> ElementType {
        let Root { linked, resources, .. } = &self.roots[root.0 as usize];
        self.tables.element_type(root, &linked.component.plan().types, resources, element)
    }

    pub(crate) fn root(&self, index: RootIndex) -> &Root<T, E> {
        &self.roots[index.0 as usize]
    }

    pub(crate) fn root_mut(&mut self, index: RootIndex) -> &mut Root<T, E> {
        &mut self.roots[index.0 as usize]
    }

    pub(crate) fn add_resource(&mut self, definer: Option<InstanceId>, destructor: Destructor<T, E>) -> ResourceType {
        self.destructors.push(destructor);
        self.tables.add_resource(definer)
    }

    /// The runtime type of a resource that the host defines: one for all instances.
    pub(crate) fn host_resource(
        &mut self,
        desc: Option<&'static ResourceDesc>,
        drop: &Arc<HostDestructor<T, E>>,
    ) -> ResourceType {
        let id = HostResourceId::new(desc, drop);
        if let Some(ty) = self.host_resources.get(&id) {
            return *ty;
        }
        let ty = self.add_resource(None, Destructor::Host(drop.clone()));
        self.host_resources.insert(id, ty);
        ty
    }

    /// The destructor of a resource of a plan, if the host defines it. Those of one Rust type may have different ones.
    pub(crate) fn host_destructor(&self, root: RootIndex, slot: ResourceSlot) -> Option<&Arc<HostDestructor<T, E>>> {
        match &self.root(root).linked.resources[slot.0 as usize] {
            Some(ProvidedResource::Host { drop, .. }) => Some(drop),
            Some(ProvidedResource::Guest { .. }) | None => None,
        }
    }

    /// The runtime type of a resource of a plan.
    pub(crate) fn resource(&self, root: RootIndex, slot: ResourceSlot) -> ResourceType {
        self.root(root).resources[slot.0 as usize]
    }
}

impl<T, E: CoreEngine> Root<T, E> {
    pub(crate) fn component(&self) -> &Component<E> {
        &self.linked.component
    }

    /// Sets the runtime resource types.
    pub(crate) fn set_resources(&mut self, resources: Vec<ResourceType>) {
        self.resources = resources;
        self.named = self.linked.named.iter().map(|named| self.binding(named, false)).collect();
    }

    /// The runtime types of the resources that Rust types name: those that definitions of the linker name, which functions share,
    /// and more, which the host knows by keys.
    pub(crate) fn bind(&self, more: &[NamedResource]) -> Arc<[Binding]> {
        match more {
            [] => self.named.clone(),
            more => self.named.iter().copied().chain(more.iter().map(|named| self.binding(named, true))).collect(),
        }
    }

    fn binding(&self, &NamedResource { slot, desc }: &NamedResource, by_key: bool) -> Binding {
        Binding { desc, ty: self.resources[slot.0 as usize], by_key }
    }
}
