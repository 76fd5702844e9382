//! Ids: numbers that name things in a store, and the two among them that a host holds, [`Instance`] and [`Func`].

/// One of the engine stores of a store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DomainId(pub(crate) u32);

/// An instance of a component, in a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instance {
    /// The number of the store.
    pub(crate) store: u32,
    pub(crate) root: RootIndex,
}

/// A function of an instance, in a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Func {
    /// The number of the store.
    pub(crate) store: u32,
    pub(crate) root: RootIndex,
    /// Its index among the functions of its root instance.
    pub(crate) index: u32,
}

/// A root instance: a component that the host has instantiated, with all instances nested in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RootIndex(pub(crate) u32);

/// A component instance, by its handle table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TableIndex(pub(crate) u32);

/// The scope of a call that may lend handles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ScopeIndex(pub(crate) u32);

/// A runtime resource type: one for each definition in each instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ResourceType(pub(crate) u32);

/// A call in which the host calls a function of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct HostCallIndex(pub(crate) u32);
