//! Canonical definitions as they are in a store: the form of a plan's functions after instantiation
//! (`Explainer.md#canonical-definitions`).

use alloc::sync::Arc;
use alloc::vec::Vec;

use once_cell::race::OnceBox;
use witwright_abi_runtime::desc::ResourceDesc;
use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::machine::LiftMode;
use witwright_abi_runtime::string::StringEncoding;

use crate::component::Component;
use crate::component::plan::{Concurrency, ImportIndex, MemoryIndex};
use crate::engine::CoreEngine;
use crate::ids::{DomainId, HostToHostIndex, InstanceId, MemoryId, ReallocId, ResourceType, RootIndex};
use crate::types::reflect::FuncType;
use crate::types::{FuncTypeId, ResourceSlot};

/// The canonical options of a function: where values are lifted from and lowered to.
#[derive(Clone, Copy)]
pub(crate) struct LiftLowerOptions {
    pub(crate) instance: InstanceId,
    pub(crate) memory: Memory,
    pub(crate) encoding: StringEncoding,
    /// Bytes of strings and lists that one call may lift.
    pub(crate) lifted_bytes: u64,
}

/// The memory of one side of a call.
#[derive(Clone, Copy)]
pub(crate) enum Memory {
    /// The memory of a guest.
    Guest { domain: DomainId, memory: Option<MemoryId>, realloc: Option<ReallocId> },
    /// The bytes of a call in which the host calls a function of its own.
    HostToHost(HostToHostIndex),
}

/// A lifted function: `canon lift`.
pub(crate) struct GuestFunc<E: CoreEngine> {
    pub(crate) domain: DomainId,
    pub(crate) core: E::Func,
    pub(crate) options: LiftLowerOptions,
    pub(crate) post_return: Option<E::Func>,
    pub(crate) root: RootIndex,
    pub(crate) ty: FuncTypeId,
    /// The way in which it is lifted.
    pub(crate) mode: LiftMode,
    pub(crate) callback: Option<E::Func>,
    /// The memory of its options, by number.
    pub(crate) memory: Option<MemoryIndex>,
    /// The part that the code of its instance takes in concurrency.
    pub(crate) concurrency: Concurrency,
}

/// A function of the host, lowered for a component instance: `canon lower`.
pub(crate) struct CallSite<E: CoreEngine> {
    pub(crate) component: Component<E>,
    pub(crate) root: RootIndex,
    pub(crate) options: LiftLowerOptions,
    /// The function, to name it.
    pub(crate) callee: CalleeName,
    /// `None` for a destructor.
    pub(crate) ty: Option<FuncTypeId>,
    pub(crate) bindings: Arc<[Binding]>,
    /// Whether its type lends handles.
    pub(crate) lends: bool,
    /// The way in which the function is lowered.
    pub(crate) convention: Convention,
    /// Its type as dynamic functions see it, from their first call on.
    pub(crate) reflected: OnceBox<Arc<FuncType>>,
}

/// The name of a function of the host: the component at the call site has it.
#[derive(Clone, Copy)]
pub(crate) enum CalleeName {
    Import(ImportIndex),
    Destructor(ResourceSlot),
    /// An instance exports the function, and the host calls it: it has the name of that export.
    Export,
}

impl Memory {
    /// The same side, for values that are not in its memory.
    pub(crate) fn without_bytes(self) -> Memory {
        match self {
            Memory::Guest { domain, .. } => Memory::Guest { domain, memory: None, realloc: None },
            host @ Memory::HostToHost(_) => host,
        }
    }
}

impl<E: CoreEngine> GuestFunc<E> {
    /// The engine store and the instance that its code runs in.
    pub(crate) fn place(&self) -> (DomainId, InstanceId) {
        (self.domain, self.options.instance)
    }
}

impl<E: CoreEngine> Clone for GuestFunc<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CoreEngine> Copy for GuestFunc<E> {}

/// The runtime type of a resource that a Rust type names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    pub(crate) desc: &'static ResourceDesc,
    pub(crate) ty: ResourceType,
    /// Whether the host knows the resource by a key into its own instance, and not by its representation.
    pub(crate) by_key: bool,
}

/// A resource of a component that a Rust type names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedResource {
    pub(crate) slot: ResourceSlot,
    pub(crate) desc: &'static ResourceDesc,
}

/// The resources of a component that descriptions name, as far as they are known. A description has several slots if the component
/// imports several compatible versions of an interface, or a host uses one Rust type for several resources.
#[derive(Clone, Default, Debug)]
pub(crate) struct NamedResources(pub(crate) Vec<NamedResource>);

impl NamedResources {
    /// Whether a described resource can be the one of a slot, since it is not known to be another.
    pub(crate) fn is(&mut self, slot: ResourceSlot, desc: &'static ResourceDesc) -> bool {
        self.known(slot, desc).unwrap_or_else(|| {
            self.0.push(NamedResource { slot, desc });
            true
        })
    }

    /// Whether a described resource is that of a slot. `None` if it is not known.
    pub(crate) fn known(&self, slot: ResourceSlot, desc: &'static ResourceDesc) -> Option<bool> {
        let mut slots = self.0.iter().filter(|known| known.desc.is(desc)).map(|known| known.slot).peekable();
        slots.peek()?;
        Some(slots.any(|known| known == slot))
    }
}
