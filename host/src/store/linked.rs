//! The result of linking a component: functions, resources and types of the host's own, or of instances.
//!
//! Functions and buffers of the host take their store as a parameter, and a store keeps them. Therefore this file,
//! [`super::state`] and [`super`] use one another.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::{Any, TypeId};
use core::num::NonZeroU32;
use core::pin::Pin;
use core::task::{Context, Poll};

use once_cell::race::OnceBox;
use witwright_abi_runtime::desc::{FuncDesc, ResourceDesc, TypeDesc};
use witwright_abi_runtime::layout::TypeAbi;

use super::StoreContextMut;
use super::kept::Kept;
use crate::component::Component;
use crate::component::plan::Concurrency;
use crate::engine::{CoreEngine, Flow};
use crate::error::Error;
use crate::ids::{DomainId, Func, InstanceId, ResourceType, RootIndex};
use crate::lifted::{Binding, CallSite, LiftLowerOptions, NamedResource};
use crate::types::{FuncTypeId, ResourceSlot};

/// A component with all that it imports.
pub(crate) struct Linked<T, E: CoreEngine> {
    pub(crate) component: Component<E>,
    /// The imported functions, in the order of the plan.
    pub(crate) funcs: Vec<LinkedFunc<T, E>>,
    /// The imported resources, by slot; `None` for those that the component defines.
    pub(crate) resources: Vec<Option<ProvidedResource<T, E>>>,
    /// The resources that definitions of the linker name.
    pub(crate) named: Vec<NamedResource>,
    /// The host functions of its instances, once one has been made.
    pub(crate) kept: OnceBox<Kept<T, E>>,
}

/// An imported function.
pub(crate) struct LinkedFunc<T, E: CoreEngine> {
    pub(crate) func: ProvidedFunc<T, E>,
    /// The resources of the component that its Rust type names, in addition to [`Linked::named`].
    pub(crate) resources: Vec<NamedResource>,
}

/// A function that a linker provides.
pub(crate) enum ProvidedFunc<T, E: CoreEngine> {
    Host(HostFunc<T, E>),
    /// A function of a component instance, in the store that it names.
    Guest(Func, GuestType<T, E, FuncTypeId>),
}

/// A function of the host.
pub(crate) struct HostFunc<T, E: CoreEngine> {
    /// Its type as a world has it, if known.
    pub(crate) desc: Option<&'static FuncDesc>,
    /// Its type as Rust has it: parameters and result. `None` for a dynamic function.
    pub(crate) rust: Option<(&'static TypeDesc, &'static TypeDesc)>,
    /// Its type in the component that exports it, if one does.
    pub(crate) exported: Option<GuestType<T, E, FuncTypeId>>,
    pub(crate) body: Arc<HostFuncBody<T, E>>,
    /// Whether its caller may have to wait.
    pub(crate) waits: bool,
}

/// Lifts the parameters from the slots, runs the function, and lowers the result to the slots.
pub(crate) type HostFuncBody<T, E> =
    dyn Fn(StoreContextMut<'_, T, E>, &Arc<CallSite<E>>, &mut [u64]) -> Result<Flow, Error> + Send + Sync;

/// A future of the host: that of a call of a host function, or one that the host has spawned.
pub(crate) trait HostFuture<T, E: CoreEngine>: Send {
    /// Polls the future. If it is ready, removes it from the store's table, where `key` names it, and passes its result to the
    /// caller, unless the call has ended meanwhile.
    ///
    /// # Errors
    /// The error of the future, or of lowering the result.
    fn poll(
        self: Pin<&mut Self>,
        cx: &mut StoreContextMut<'_, T, E>,
        poll: &mut Context<'_>,
        key: u64,
    ) -> Poll<Result<(), Error>>;
}

/// A resource type that a linker provides.
pub(crate) enum ProvidedResource<T, E: CoreEngine> {
    /// Defined by the host.
    Host {
        /// The description that the Rust type of its handles has; `None` if it has no Rust type.
        desc: Option<&'static ResourceDesc>,
        drop: Arc<HostDestructor<T, E>>,
        /// The destructor for guests, which wait for it; `None` if it never waits.
        drop_async: Option<HostFunc<T, E>>,
    },
    /// Defined by an instance of the store with this number.
    Guest { store: NonZeroU32, ty: ResourceType },
}

impl<T, E: CoreEngine> Linked<T, E> {
    /// The destructor of an imported resource that guests wait for, if it may wait.
    pub(crate) fn async_destructor(&self, slot: ResourceSlot) -> Option<&HostFunc<T, E>> {
        match &self.resources[slot.0 as usize] {
            Some(ProvidedResource::Host { drop_async, .. }) => drop_async.as_ref(),
            Some(ProvidedResource::Guest { .. }) | None => None,
        }
    }
}

/// The identity of a resource type that the host defines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HostResourceId {
    /// That of its Rust type: all resources of one Rust type are one type, and each has its own destructor.
    Rust(TypeId),
    /// That of its destructor, by address.
    Destructor(usize),
}

/// A destructor.
pub(crate) enum Destructor<T, E: CoreEngine> {
    Host(Arc<HostDestructor<T, E>>),
    Guest { root: RootIndex, place: (DomainId, InstanceId), concurrency: Concurrency, dtor: Option<E::Func> },
}

/// A host's destructor; it gets the representation.
pub(crate) type HostDestructor<T, E> = dyn Fn(StoreContextMut<'_, T, E>, u64) -> Result<(), Error> + Send + Sync;

/// A type as the component of an instance states it: `I` is its id there.
pub(crate) struct GuestType<T, E: CoreEngine, I> {
    pub(crate) component: Component<E>,
    /// The provided resources, by slot.
    pub(crate) resources: Arc<[ProvidedResource<T, E>]>,
    pub(crate) ty: I,
}

impl HostResourceId {
    pub(crate) fn new<T, E: CoreEngine>(
        desc: Option<&'static ResourceDesc>,
        drop: &Arc<HostDestructor<T, E>>,
    ) -> HostResourceId {
        match desc {
            Some(ResourceDesc::Rust { ty, .. }) => HostResourceId::Rust(**ty),
            Some(ResourceDesc::World { .. }) | None => HostResourceId::Destructor(Arc::as_ptr(drop).addr()),
        }
    }
}

impl<T, E: CoreEngine> Clone for HostFunc<T, E> {
    fn clone(&self) -> Self {
        HostFunc {
            desc: self.desc,
            rust: self.rust,
            exported: self.exported.clone(),
            body: self.body.clone(),
            waits: self.waits,
        }
    }
}

impl<T, E: CoreEngine> Clone for ProvidedFunc<T, E> {
    fn clone(&self) -> Self {
        match self {
            ProvidedFunc::Host(func) => ProvidedFunc::Host(func.clone()),
            ProvidedFunc::Guest(func, ty) => ProvidedFunc::Guest(*func, ty.clone()),
        }
    }
}

impl<T, E: CoreEngine> Clone for ProvidedResource<T, E> {
    fn clone(&self) -> Self {
        match self {
            ProvidedResource::Host { desc, drop, drop_async } => {
                ProvidedResource::Host { desc: *desc, drop: drop.clone(), drop_async: drop_async.clone() }
            }
            ProvidedResource::Guest { store, ty } => ProvidedResource::Guest { store: *store, ty: *ty },
        }
    }
}

impl<T, E: CoreEngine, I: Copy> Clone for GuestType<T, E, I> {
    fn clone(&self) -> Self {
        GuestType { component: self.component.clone(), resources: self.resources.clone(), ty: self.ty }
    }
}

/// A linked component can be shared between threads.
const _: () = {
    fn shared<S: Send + Sync>() {}
    fn check<T: 'static, E: CoreEngine>() {
        shared::<Arc<Linked<T, E>>>();
    }
    let _ = check::<(), crate::engine::DefaultEngine>;
};

/// Elements of the host, on one side of a copy.
pub(crate) trait HostBuffer<T, E: CoreEngine>: Any + Send {
    /// Copies the next elements to a guest's memory, or appends elements from there.
    ///
    /// # Errors
    /// The error of lifting or lowering a value.
    fn copy(&mut self, cx: &mut StoreContextMut<'_, T, E>, guest: GuestElements<'_>, count: u32) -> Result<(), Error>;

    /// Moves the next elements to another buffer of the host. `false` if that has elements of another Rust type.
    fn give(&mut self, to: &mut dyn Any, count: u32) -> bool;

    /// The layout of an element.
    fn element(&self) -> TypeAbi;

    /// Uses the elements that were copied, if a read is to begin again by itself: returns the most that it reads next.
    fn go_on(&mut self) -> Option<u32>;
}

/// The guest's side of a copy: where its elements are.
#[derive(Clone, Copy)]
pub(crate) struct GuestElements<'a> {
    pub(crate) options: LiftLowerOptions,
    pub(crate) bindings: &'a [Binding],
    pub(crate) ptr: u32,
}
