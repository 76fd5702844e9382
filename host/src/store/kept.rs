//! Host functions that a linked component makes once, for its instances in any number of stores.
//!
//! Such a function holds no object of a store: it finds the instance that it serves, its memory and its resource types by their
//! numbers. The first instance in a store has the same numbers in every store, and so it can have the same functions.

use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::component::plan::{Concurrency, InstanceIndex, MemoryIndex, ReallocIndex};
use crate::engine::CoreEngine;
use crate::ids::{DomainId, InstanceId, MemoryId, ReallocId, ResourceType, RootIndex};

/// The host functions of a linked component.
pub(crate) struct Kept<T, E: CoreEngine> {
    /// The numbers that they are made for.
    pub(crate) numbers: Numbers,
    /// By trampoline. `None` for one that holds objects of its store.
    pub(crate) funcs: Vec<Option<SharedFunc<T, E>>>,
}

/// A host function that can be added to the domain with its number in any store whose host has the state `T`.
pub(crate) struct SharedFunc<T, E: CoreEngine> {
    pub(super) raw: E::HostFunc,
    pub(super) domain: DomainId,
    pub(super) state: PhantomData<fn(T)>,
}

/// The numbers of a root instance, and of all that it has, in a store.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) root: RootIndex,
    /// The component instances, in the order of the plan.
    pub(crate) instances: Vec<InstancePlace>,
    /// The runtime resource types, by slot.
    pub(crate) resources: Vec<ResourceType>,
    /// The first of the memories that canonical options name, and the first of the `realloc` functions.
    pub(crate) first: (MemoryId, ReallocId),
}

/// A component instance in a store.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct InstancePlace {
    pub(crate) id: InstanceId,
    pub(crate) domain: DomainId,
    pub(crate) concurrency: Concurrency,
}

impl Numbers {
    pub(crate) fn instance(&self, index: InstanceIndex) -> InstancePlace {
        self.instances[index.0 as usize]
    }

    pub(crate) fn memory(&self, index: MemoryIndex) -> MemoryId {
        MemoryId(self.first.0.0 + index.0)
    }

    pub(crate) fn realloc(&self, index: ReallocIndex) -> ReallocId {
        ReallocId(self.first.1.0 + index.0)
    }
}
