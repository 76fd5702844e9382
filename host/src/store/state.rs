//! What the component layer keeps in a store: instances, functions, resource types, handles.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use witwright_abi_runtime::desc::{ResourceDesc, TypeDesc};

use super::linked::{Destructor, HostDestructor, Linked};
use crate::component::Component;
use crate::component::plan::ImportIndex;
use crate::engine::CoreEngine;
use crate::error::{Error, HandleError};
use crate::handles::Tables;
use crate::ids::{DomainId, Func, Instance, ResourceType, RootIndex, TableIndex};
use crate::lifted::{Binding, Bound, GuestFunc};
use crate::task::{Task, Thread};
use crate::types::ResourceSlot;

/// The component layer's part of a store; reached by `StoreContextMut::state`.
pub(crate) struct State<T, E: CoreEngine> {
    /// Tells the stores of a process apart, so that what one gave out is not taken for another's.
    pub(crate) id: u32,
    pub(crate) roots: Vec<Root<T, E>>,
    pub(crate) tables: Tables,
    /// The guest's thread that runs.
    pub(crate) thread: Thread,
    /// The calls of functions lifted `async` that run, innermost last.
    pub(crate) tasks: Vec<Task<E>>,
    /// Destructors, by runtime resource type.
    pub(crate) destructors: Vec<Destructor<T, E>>,
    /// The runtime types of the host's resources, by the address of the destructor, which is their identity.
    pub(crate) host_resources: BTreeMap<usize, ResourceType>,
    /// Through which the host calls functions of its own; made when the first is exported.
    pub(crate) staging: Option<Staging<E>>,
    /// Bytes on their way from one guest's memory to another's; kept for its room.
    pub(crate) scratch: Vec<u8>,
}

/// A root instance: a component instantiated by the host, with all that is nested in it.
pub(crate) struct Root<T, E: CoreEngine> {
    pub(crate) linked: Arc<Linked<T, E>>,
    /// The functions that the plan lifts, then those of the host's that are exported.
    pub(crate) funcs: Vec<FuncData<E>>,
    /// The imported functions that are exported.
    pub(crate) reexports: BTreeMap<ImportIndex, Func>,
    /// The runtime resource types, by slot.
    pub(crate) resources: Vec<ResourceType>,
    /// Set by a trap: nothing enters any more.
    pub(crate) poisoned: bool,
}

/// The staging memory: through it the host calls functions of its own.
pub(crate) struct Staging<E: CoreEngine> {
    pub(crate) domain: DomainId,
    pub(crate) memory: E::Memory,
    pub(crate) realloc: E::Func,
    pub(crate) next: E::Global,
}

/// A function of a guest as the host calls it.
pub(crate) struct FuncData<E: CoreEngine> {
    pub(crate) guest: GuestFunc<E>,
    /// The Rust types that it was found to fit, as parameters and as a result.
    pub(crate) checked: Vec<(&'static TypeDesc, &'static TypeDesc)>,
    /// The runtime types of the resources that those name.
    pub(crate) bindings: Option<Arc<[Binding]>>,
    /// Whether its type lends handles.
    pub(crate) lends: bool,
}

impl<T, E: CoreEngine> State<T, E> {
    /// The state of a new store, whose host may hold this many resources by key.
    pub(crate) fn new(held_resources: usize) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        State {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            roots: Vec::new(),
            tables: Tables::new(held_resources),
            thread: Thread::default(),
            tasks: Vec::new(),
            destructors: Vec::new(),
            host_resources: BTreeMap::new(),
            staging: None,
            scratch: Vec::new(),
        }
    }

    /// The root instance that a host names.
    ///
    /// # Errors
    /// When it belongs to another store.
    pub(crate) fn instance(&self, instance: Instance) -> Result<&Root<T, E>, Error> {
        if instance.store == self.id { Ok(self.root(instance.root)) } else { Err(HandleError::Stale.into()) }
    }

    /// The function that a host names.
    ///
    /// # Errors
    /// When it belongs to another store.
    #[inline]
    pub(crate) fn func(&self, func: Func) -> Result<&FuncData<E>, Error> {
        if func.store != self.id {
            return Err(HandleError::Stale.into());
        }
        Ok(&self.root(func.root).funcs[func.index as usize])
    }

    pub(crate) fn func_mut(&mut self, func: Func) -> Result<&mut FuncData<E>, Error> {
        if func.store != self.id {
            return Err(HandleError::Stale.into());
        }
        Ok(&mut self.root_mut(func.root).funcs[func.index as usize])
    }

    pub(crate) fn root(&self, index: RootIndex) -> &Root<T, E> {
        &self.roots[index.0 as usize]
    }

    pub(crate) fn root_mut(&mut self, index: RootIndex) -> &mut Root<T, E> {
        &mut self.roots[index.0 as usize]
    }

    pub(crate) fn add_resource(&mut self, definer: Option<TableIndex>, destructor: Destructor<T, E>) -> ResourceType {
        self.destructors.push(destructor);
        self.tables.add_resource(definer)
    }

    /// The runtime type of a resource that the host defines: one for all instances.
    pub(crate) fn host_resource(&mut self, drop: &Arc<HostDestructor<T, E>>) -> ResourceType {
        let address = Arc::as_ptr(drop).addr();
        if let Some(ty) = self.host_resources.get(&address) {
            return *ty;
        }
        let ty = self.add_resource(None, Destructor::Host(drop.clone()));
        self.host_resources.insert(address, ty);
        ty
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

    /// The runtime types of the resources that a world names.
    pub(crate) fn bind(&self, bound: &Bound) -> Box<[Binding]> {
        // A resource may not be made yet; then the functions that are bound before it do not use it.
        let made = bound.0.iter().filter(|(_, slot)| (slot.0 as usize) < self.resources.len());
        let bind = |&(desc, slot): &(&'static ResourceDesc, ResourceSlot)| {
            let by_key = !self.linked.named.iter().any(|named| named.slot == slot && named.desc.is(desc));
            Binding { desc, ty: self.resources[slot.0 as usize], by_key }
        };
        made.map(bind).collect()
    }
}
