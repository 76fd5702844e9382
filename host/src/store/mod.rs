//! The store: the host's state, and everything that guests have at run time.
//!
//! A store owns its engine stores, as *domains* ([`DomainId`]). All instances that cannot suspend share one. If the engine needs
//! that (see [`CoreEngine::domain_per_suspender`]), each instance that can suspend has one of its own. Guests of all domains are
//! entered through [`Domain`], where the budgets of the store are checked ([`Limits`]).

pub use witwright_abi_runtime::machine::Census;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::num::NonZeroU32;

use crate::engine::{CoreEngine, CoreStore, DefaultEngine, Ledger, NativeStack, Owner, OwnsDomains, StoreGate, Token};
use crate::ids::DomainId;

mod access;
mod access_link;
mod budget;
mod domain;
pub(crate) mod host_ends;
pub(crate) mod host_tasks;
pub(crate) mod host_to_host;
pub(crate) mod kept;
pub(crate) mod linked;
pub(crate) mod state;
pub(crate) mod task_waker;

pub use access::Access;
use access_link::AccessLink;
use budget::CallStack;
pub use budget::{ConcurrencyLimits, Limits};
pub use domain::{Domain, Domains};
use state::State;

/// The contents of a store: within an [`Owner`], so that the engine stores can point back to them.
pub(crate) struct StoreInner<T, E: CoreEngine> {
    data: T,
    state: State<T, E>,
    engine: E,
    calls: CallStack,
    /// Fuel that is left, on an engine that meters it. While a guest runs, its engine store has the current value.
    fuel: u64,
    limits: Limits,
    ledger: Arc<Ledger>,
    domains: Vec<DomainSlot<E>>,
    /// The domain of all instances that cannot suspend.
    shared: Option<DomainId>,
    /// Whether the engine meters fuel.
    metered: bool,
    /// The link that futures share.
    link: Arc<AccessLink<StoreInner<T, E>>>,
}

/// An engine store, and the native stack that its guests need.
struct DomainSlot<E: CoreEngine> {
    core: CoreStore<E>,
    native_stack: NativeStack,
    /// The number of the native stack that it was entered on last, while it is entered.
    entered_on: Option<NonZeroU32>,
}

impl<T, E: CoreEngine> OwnsDomains for StoreInner<T, E> {
    type Engine = E;

    fn gate(&self) -> &StoreGate<Self> {
        &self.link.gate
    }

    #[inline]
    fn domain_mut(&mut self, id: DomainId) -> &mut CoreStore<E> {
        &mut self.domains[id.0 as usize].core
    }
}

/// The state of the host, `T`, and the guests that run on the engine `E`.
pub struct Store<T, E: CoreEngine = DefaultEngine> {
    inner: Owner<StoreInner<T, E>>,
}

impl<T: 'static, E: CoreEngine> Store<T, E> {
    /// A store with the default limits.
    pub fn new(engine: &E, data: T) -> Self {
        Self::with_limits(engine, data, Limits::default())
    }

    /// A store with the given limits.
    pub fn with_limits(engine: &E, data: T, limits: Limits) -> Self {
        let state = State::new(limits.concurrency, limits.held_handles);
        let inner = Owner::new(StoreInner {
            data,
            link: AccessLink::new(&state.tables.signal),
            state,
            engine: engine.clone(),
            calls: CallStack::new(),
            fuel: limits.fuel.unwrap_or(u64::MAX),
            ledger: Arc::new(Ledger::new(limits.memory_bytes, limits.table_elements, limits.core_instances)),
            limits,
            domains: Vec::new(),
            shared: None,
            metered: engine.consumes_fuel(),
        });
        Self { inner }
    }

    /// The engine that the guests run on.
    pub fn engine(&self) -> &E {
        &self.inner.as_ref().engine
    }

    /// The state of the host.
    pub fn data(&self) -> &T {
        &self.inner.as_ref().data
    }

    /// The state of the host, mutably.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.inner.token().into_mut().data
    }

    /// Ends all guests, and returns the state of the host.
    pub fn into_data(self) -> T {
        self.inner.into_inner().data
    }

    /// The numbers of tasks, threads and other parts of concurrency that exist, for reports and for tests of leaks.
    pub fn census(&self) -> Census {
        self.inner.as_ref().state.tables.machine.census()
    }

    /// Fuel that is left, on an engine that meters it.
    #[doc(alias = "get_fuel")]
    pub fn fuel(&self) -> u64 {
        self.inner.as_ref().fuel
    }

    /// Sets the fuel, on an engine that meters it.
    pub fn set_fuel(&mut self, fuel: u64) {
        self.inner.token().into_mut().fuel = fuel;
    }
}

/// Exclusive access to a store: every host function gets one, and every call takes one.
pub struct StoreContextMut<'a, T, E: CoreEngine = DefaultEngine> {
    token: Token<'a, StoreInner<T, E>>,
}

impl<'a, T: 'static, E: CoreEngine> StoreContextMut<'a, T, E> {
    /// The state of the host.
    pub fn data(&self) -> &T {
        &self.token.as_ref().data
    }

    /// The state of the host, mutably.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.token.as_mut().data
    }

    /// The limits of the store.
    pub fn limits(&self) -> &Limits {
        &self.token.as_ref().limits
    }

    /// Changes the limits of tasks, threads, waitables and other parts of concurrency. Parts that exist stay, even if they exceed them.
    pub fn set_concurrency_limits(&mut self, limits: ConcurrencyLimits) {
        let inner = self.token.as_mut();
        inner.limits.concurrency = limits;
        inner.state.tables.machine.set_limits(limits);
    }

    /// The engine that the store's guests run on.
    pub fn engine(&self) -> &E {
        &self.token.as_ref().engine
    }

    /// The numbers of tasks, threads and the like that exist.
    pub fn census(&self) -> Census {
        self.state().tables.machine.census()
    }

    /// Whether guests run now: they have called the host function that has this access.
    pub(crate) fn runs_guests(&self) -> bool {
        self.token.as_ref().calls.runs_guests()
    }

    /// The component layer's part of the store.
    pub(crate) fn state(&self) -> &State<T, E> {
        &self.token.as_ref().state
    }

    /// The component layer's part of the store, mutably.
    pub(crate) fn state_mut(&mut self) -> &mut State<T, E> {
        &mut self.token.as_mut().state
    }
}

/// A store that a call can use: a [`Store`], a [`StoreContextMut`], or an exclusive reference to one.
pub trait AsContextMut {
    /// The state of the host.
    type Data: 'static;
    /// The engine.
    type Engine: CoreEngine;

    /// Exclusive access to the store.
    fn as_context_mut(&mut self) -> StoreContextMut<'_, Self::Data, Self::Engine>;
}

impl<T: 'static, E: CoreEngine> AsContextMut for Store<T, E> {
    type Data = T;
    type Engine = E;

    fn as_context_mut(&mut self) -> StoreContextMut<'_, T, E> {
        StoreContextMut { token: self.inner.token() }
    }
}

impl<T: 'static, E: CoreEngine> AsContextMut for StoreContextMut<'_, T, E> {
    type Data = T;
    type Engine = E;

    fn as_context_mut(&mut self) -> StoreContextMut<'_, T, E> {
        StoreContextMut { token: self.token.reborrow() }
    }
}

impl<C: AsContextMut> AsContextMut for &mut C {
    type Data = C::Data;
    type Engine = C::Engine;

    fn as_context_mut(&mut self) -> StoreContextMut<'_, C::Data, C::Engine> {
        C::as_context_mut(self)
    }
}
