//! Canonical definitions as they are in a store: what a plan's functions become when it is instantiated
//! (`Explainer.md#canonical-definitions`).

use alloc::boxed::Box;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::ResourceDesc;
use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::string::StringEncoding;

use crate::component::Component;
use crate::engine::CoreEngine;
use crate::ids::{DomainId, ResourceType, RootIndex, TableIndex};
use crate::types::{FuncTypeId, ResourceSlot};

/// The canonical options of a function: where a guest's values are.
pub(crate) struct LiftLowerOptions<E: CoreEngine> {
    pub(crate) domain: DomainId,
    pub(crate) table: TableIndex,
    pub(crate) memory: Option<E::Memory>,
    pub(crate) realloc: Option<E::Func>,
    pub(crate) encoding: StringEncoding,
    /// Bytes of strings and lists that one call may lift.
    pub(crate) lifted_bytes: u64,
}

/// A lifted function: `canon lift`.
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

/// A function of the host's, lowered for a component instance: `canon lower`.
pub(crate) struct CallSite<E: CoreEngine> {
    pub(crate) component: Component<E>,
    pub(crate) root: RootIndex,
    pub(crate) options: LiftLowerOptions<E>,
    pub(crate) ty: FuncTypeId,
    pub(crate) bindings: Box<[Binding]>,
    /// Whether its type lends handles.
    pub(crate) lends: bool,
    /// How the function is lowered.
    pub(crate) convention: Convention,
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

/// The runtime type of a resource that a Rust type names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding {
    pub(crate) desc: &'static ResourceDesc,
    pub(crate) ty: ResourceType,
    /// Whether the host knows the resource by a key into its own table, and not by its representation.
    pub(crate) by_key: bool,
}

/// Which resources of a component the described ones are, as far as that is known.
#[derive(Clone, Default, Debug)]
pub(crate) struct Bound(pub(crate) Vec<(&'static ResourceDesc, ResourceSlot)>);

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
