//! Handles: the tables of component instances, the host's own, and the calls that lend
//! (`CanonicalABI.md#table-state`, `#resource-state`).
//!
//! The tables of the instances are the machine's ([`Machine`]), as are the rules for what is lent and borrowed. Here they meet
//! the resources that the host holds by key.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::num::NonZeroU32;

use witwright_abi_runtime::desc::ResourceDesc;
use witwright_abi_runtime::machine::{self, ElementType, Embedding, Growing, Limits};
use witwright_abi_runtime::trap::Trap;

use crate::error::{Error, HandleError};
use crate::ids::{InstanceId, Place, ResourceType, RootIndex, ScopeIndex, TaskId, WaitableId};
use crate::keys::KeyTable;
use crate::lifted::Binding;
use crate::signal::Signal;
use crate::types::{TypeId, Types};

mod call;
mod ends;
mod host;

pub(crate) use call::CallHandles;
pub(crate) use host::HostEnd;
use host::HostHandle;

/// All handles of a store, and the machine that runs its instances.
pub(crate) struct Tables {
    pub(crate) machine: Machine,
    /// The instance that defines a resource, by runtime type; `None` for the host.
    definers: Vec<Option<InstanceId>>,
    host: KeyTable<HostHandle>,
    /// Ends of streams and futures, and error contexts, that the host holds.
    host_ends: KeyTable<HostEnd>,
    /// The element types of streams and futures, of all instances: equal types have one id.
    types: Types,
    /// The element types that streams and futures have in the component of a root instance, as far as they were asked for.
    elements: BTreeMap<(RootIndex, TypeId), ElementType>,
    /// The element types of descriptions without resources, by address, as far as they were asked for.
    described: BTreeMap<usize, ElementType>,
    /// The resources in the elements of ends that the host holds.
    end_bindings: BTreeMap<WaitableId, Arc<[Binding]>>,
    scopes: Vec<Scope>,
    vacant: Vec<ScopeIndex>,
    /// The handles that a receiver has got with the values being passed.
    given: Vec<Given>,
    /// Whether these are noted, because they may have to be taken back.
    notes_given: bool,
    /// The notes that wakers and dropped keys leave for the store.
    pub(crate) signal: Arc<Signal>,
}

/// The machine of a store.
pub(crate) type Machine = machine::Machine<Guests>;

/// The guests of a store, as the embedder of their machine.
pub(crate) struct Guests;

impl Embedding for Guests {
    type ResourceType = ResourceType;
    type Place = Place;
    type Message = Arc<str>;
    type Room = Growing;
}

/// The runtime type of a resource that a Rust type names.
fn binding(bindings: &[Binding], desc: &'static ResourceDesc) -> Result<Binding, HandleError> {
    bindings.iter().find(|binding| binding.desc.is(desc)).copied().ok_or(HandleError::WrongType)
}

/// A handle that a receiver has got.
struct Given {
    index: u32,
    /// The key that the host had for the resource, if it was the host's.
    key: Option<u64>,
}

/// A call that lends handles.
struct Scope {
    /// The call, as its caller knows it; `None` if the caller is the host.
    subtask: Option<WaitableId>,
    /// The call, as its callee knows it; `None` if the callee is the host.
    task: Option<TaskId>,
    /// Resources that the host holds and has lent to the call.
    host_lenders: Vec<u64>,
    /// Keys of the handles that are lent to the host for the duration of the call.
    host_keys: Vec<u64>,
}

impl Tables {
    /// The tables of a store, all empty; the host may hold this many resources by key.
    pub(crate) fn new(store: NonZeroU32, limits: Limits, held_handles: usize) -> Tables {
        Tables {
            machine: Machine::new(limits),
            definers: Vec::new(),
            host: KeyTable::of_store(held_handles, store.get()),
            host_ends: KeyTable::new(held_handles),
            types: Types::default(),
            elements: BTreeMap::new(),
            described: BTreeMap::new(),
            end_bindings: BTreeMap::new(),
            scopes: Vec::new(),
            vacant: Vec::new(),
            given: Vec::new(),
            notes_given: false,
            signal: Signal::new(),
        }
    }

    /// Notes the handles that a receiver gets from now on, until [`Tables::end_giving`].
    pub(crate) fn begin_giving(&mut self) {
        self.given.clear();
        self.notes_given = true;
    }

    /// Notes a handle that a receiver has got. `key` is that of a resource of the host.
    pub(crate) fn note_given(&mut self, index: u32, key: Option<u64>) {
        if self.notes_given {
            self.given.push(Given { index, key });
        }
    }

    /// Ends [`Tables::begin_giving`]. If the values were not passed, takes back what the receiver has got: the host has its resources
    /// again. Other handles end, ends of streams and futures as dropped; no destructor runs.
    pub(crate) fn end_giving(&mut self, receiver: InstanceId, was_passed: bool) {
        if !core::mem::take(&mut self.notes_given) || was_passed {
            return;
        }
        while let Some(Given { index, key }) = self.given.pop() {
            let resource = self.machine.take_back_handle(receiver, index);
            if let (Some(key), Some((ty, rep))) = (key, resource) {
                self.host.put_back(key, HostHandle { ty, rep, owned: true, lends: 0 });
            }
        }
    }

    pub(crate) fn add_resource(&mut self, definer: Option<InstanceId>) -> ResourceType {
        let ty = ResourceType(self.definers.len() as u32);
        self.definers.push(definer);
        ty
    }

    fn definer(&self, ty: ResourceType) -> Option<InstanceId> {
        self.definers[ty.0 as usize]
    }

    /// Adds a borrowed handle for an instance. The definer of the resource gets the representation instead.
    ///
    /// An instance that stands for the host between the two sides of a call gets an owned handle, which it lends on, and which ends
    /// with the call.
    pub(crate) fn add_borrow(
        &mut self,
        instance: InstanceId,
        ty: ResourceType,
        rep: u64,
        scope: ScopeIndex,
    ) -> Result<u32, Trap> {
        if self.definer(ty) == Some(instance) {
            return Ok(rep as u32);
        }
        let task = self.scope(scope).task;
        match task {
            Some(task) if self.machine.instance_of_task(task) == instance => self.machine.lower_borrow(task, ty, rep),
            Some(_) | None => self.machine.lower_own(instance, ty, rep),
        }
    }

    /// Lends a handle to a call, and returns its representation: one of its caller, or of the instance that stands for the host.
    pub(crate) fn lend(
        &mut self,
        caller: InstanceId,
        ty: ResourceType,
        index: u32,
        scope: ScopeIndex,
    ) -> Result<u64, Trap> {
        let subtask = self.scope(scope).subtask;
        match subtask {
            Some(subtask) if self.machine.caller_of(subtask) == Some(caller) => {
                self.machine.lift_borrow(subtask, ty, index)
            }
            Some(_) | None => self.machine.resource_rep(caller, ty, index),
        }
    }

    /// Opens the scope of a call.
    pub(crate) fn open_scope(&mut self, subtask: Option<WaitableId>, task: Option<TaskId>) -> ScopeIndex {
        if let Some(index) = self.vacant.pop() {
            let scope = self.scope(index);
            (scope.subtask, scope.task) = (subtask, task);
            return index;
        }
        let index = ScopeIndex::at(self.scopes.len());
        self.scopes.push(Scope { subtask, task, host_lenders: Vec::new(), host_keys: Vec::new() });
        index
    }

    fn scope(&mut self, index: ScopeIndex) -> &mut Scope {
        &mut self.scopes[index.place()]
    }

    /// Ends the scope of a call, and with it all loans by the host and to the host.
    pub(crate) fn close_scope(&mut self, index: ScopeIndex) {
        let scope = &mut self.scopes[index.place()];
        for key in scope.host_lenders.drain(..) {
            self.host.unlend(key);
        }
        for key in scope.host_keys.drain(..) {
            self.host.take(key);
        }
        self.vacant.push(index);
    }

    /// Adds a resource that the host now owns, and returns its key.
    pub(crate) fn host_own(&mut self, ty: ResourceType, rep: u64) -> Result<u64, Error> {
        Ok(self.host.add(HostHandle { ty, rep, owned: true, lends: 0 })?)
    }

    /// Adds a resource that is lent to the host for the duration of a call, and returns its key.
    pub(crate) fn host_borrow(&mut self, ty: ResourceType, rep: u64, scope: ScopeIndex) -> Result<u64, Error> {
        let key = self.host.add(HostHandle { ty, rep, owned: false, lends: 0 })?;
        self.scope(scope).host_keys.push(key);
        Ok(key)
    }

    /// The representation of a resource that the host holds.
    pub(crate) fn host_rep(&mut self, ty: ResourceType, key: u64) -> Result<u64, Error> {
        Ok(self.host.resource(Some(ty), key)?.rep)
    }

    /// Takes a resource that the host gives away, and returns its representation.
    pub(crate) fn host_take(&mut self, ty: Option<ResourceType>, key: u64) -> Result<(ResourceType, u64), Error> {
        let handle = self.host.resource(ty, key)?;
        if !handle.owned {
            return Err(HandleError::NotOwned.into());
        }
        if handle.lends > 0 {
            return Err(HandleError::Lent.into());
        }
        let taken = (handle.ty, handle.rep);
        self.host.take(key);
        Ok(taken)
    }

    /// Lends a resource of the host to a call, and returns its representation.
    pub(crate) fn host_lend(&mut self, ty: ResourceType, key: u64, scope: ScopeIndex) -> Result<u64, Error> {
        let handle = self.host.resource(Some(ty), key)?;
        handle.lends += 1;
        let rep = handle.rep;
        self.scope(scope).host_lenders.push(key);
        Ok(rep)
    }
}
