//! Ids: numbers that name things in a store, and the two among them that a host holds, [`Instance`] and [`Func`].

use core::num::NonZeroU32;

pub(crate) use witwright_abi_runtime::ids::{ErrorContextId, InstanceId, TaskId, ThreadId, WaitableId};

/// One of the engine stores of a store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DomainId(pub(crate) u32);

/// A guest stack that waits in a store, because a host function answered [`Flow::Block`](crate::core::Flow::Block).
///
/// Without [`Domains::resume`](crate::core::Domains::resume) or [`Domains::cancel`](crate::core::Domains::cancel), it waits
/// until the store is dropped.
#[derive(PartialEq, Eq, Debug)]
pub struct Suspension {
    pub(crate) domain: DomainId,
    pub(crate) index: usize,
}

/// An instance of a component, in a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instance {
    /// The number of the store.
    pub(crate) store: NonZeroU32,
    pub(crate) root: RootIndex,
}

/// A function of an instance, in a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Func {
    /// The number of the store.
    pub(crate) store: NonZeroU32,
    pub(crate) root: RootIndex,
    /// Its index among the functions of its root instance.
    pub(crate) index: u32,
}

/// A root instance: a component that the host has instantiated, with all instances nested in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct RootIndex(pub(crate) u32);

/// A memory that canonical options name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct MemoryId(pub(crate) u32);

/// A `realloc` function that canonical options name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ReallocId(pub(crate) u32);

/// The scope of a call that may lend handles. An `Option` of it has the same size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ScopeIndex(NonZeroU32);

impl ScopeIndex {
    /// The index of the scope at a place in the list.
    pub(crate) fn at(place: usize) -> ScopeIndex {
        ScopeIndex(NonZeroU32::MIN.saturating_add(place as u32))
    }

    /// The place of the scope in the list.
    pub(crate) fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The elements of a copy: where they are read or written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// In a guest's memory, at an address, by the options of a built-in.
    Guest { site: CopySiteIndex, ptr: u32 },
    /// In the buffer of an end that the host holds.
    Host(WaitableId),
}

/// A built-in that reads or writes the elements of a stream or a future.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CopySiteIndex(pub(crate) u32);

/// A runtime resource type: one for each definition in each instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ResourceType(pub(crate) u32);

/// A call in which the host calls a function of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct HostToHostIndex(pub(crate) u32);
