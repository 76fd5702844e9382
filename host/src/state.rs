//! What the component layer keeps in a store: instances, functions, resource types, handles.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use witwright_abi_runtime::desc::{ResourceDesc, TypeDesc};
use witwright_abi_runtime::string::StringEncoding;

use crate::call::staging::Staging;
use crate::call::task::{Task, Thread};
use crate::component::Component;
use crate::component::plan::ImportIndex;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::{TableIndex, Tables};
use crate::instance::Func;
use crate::linker::Linked;
use crate::store::{DomainId, StoreContextMut};
use crate::types::{FuncTypeId, ResourceSlot};

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
    /// What ends a resource, by runtime resource type.
    pub(crate) destructors: Vec<Destructor<T, E>>,
    /// The runtime types of the host's resources, by the address of what ends them: that is their identity.
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

/// A root instance, by its place in the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RootIndex(pub(crate) u32);

/// A runtime resource type: one for each definition in each instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ResourceType(pub(crate) u32);

/// What ends a resource.
pub(crate) enum Destructor<T, E: CoreEngine> {
    Host(Arc<HostDestructor<T, E>>),
    Guest { root: RootIndex, domain: DomainId, dtor: Option<E::Func> },
}

/// A host's destructor; it gets the representation.
pub(crate) type HostDestructor<T, E> = dyn Fn(StoreContextMut<'_, T, E>, u64) -> Result<(), Error> + Send + Sync;

/// A function of a guest, and where its values lie.
pub(crate) struct GuestFunc<E: CoreEngine> {
    pub(crate) core: E::Func,
    pub(crate) options: LiftLowerOptions<E>,
    pub(crate) post_return: Option<E::Func>,
    pub(crate) root: RootIndex,
    pub(crate) ty: FuncTypeId,
    /// Whether it is a function of the host's, lowered, and none of the guest's.
    pub(crate) lowered: bool,
    /// Whether it is lifted `async`.
    pub(crate) async_: bool,
    /// Whether it is lifted with a callback, which goes on when it has returned.
    pub(crate) has_callback: bool,
}

/// Where a guest's values lie: the canonical options of a function.
pub(crate) struct LiftLowerOptions<E: CoreEngine> {
    pub(crate) domain: DomainId,
    pub(crate) table: TableIndex,
    pub(crate) memory: Option<E::Memory>,
    pub(crate) realloc: Option<E::Func>,
    pub(crate) encoding: StringEncoding,
    /// Bytes of strings and lists that one call may lift.
    pub(crate) lifted_bytes: u64,
}

impl<E: CoreEngine> Clone for GuestFunc<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CoreEngine> Copy for GuestFunc<E> {}

impl<E: CoreEngine> Clone for LiftLowerOptions<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CoreEngine> Copy for LiftLowerOptions<E> {}

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

/// What a resource of a world is in a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    pub(crate) desc: &'static ResourceDesc,
    pub(crate) ty: ResourceType,
    /// Whether the host knows the resource by a key into its own table, and not by its representation.
    pub(crate) by_key: bool,
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

/// Which resources of a component the described ones are, as far as that is known.
#[derive(Clone, Default, Debug)]
pub(crate) struct Bound(Vec<(&'static ResourceDesc, ResourceSlot)>);

impl Bound {
    pub(crate) fn new(named: &[HostNamed]) -> Bound {
        Bound(named.iter().map(|named| (named.desc, named.slot)).collect())
    }

    /// Whether a described resource may be the one of a slot: it is not known as another's.
    pub(crate) fn is(&mut self, slot: ResourceSlot, desc: &'static ResourceDesc) -> bool {
        match self.0.iter().find(|(known, _)| known.is(desc)) {
            Some((_, known)) => *known == slot,
            None => {
                self.0.push((desc, slot));
                true
            }
        }
    }
}

/// A resource that the host defines, and how its bindings name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostNamed {
    pub(crate) slot: ResourceSlot,
    pub(crate) desc: &'static ResourceDesc,
}
