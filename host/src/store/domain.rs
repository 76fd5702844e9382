//! Entering the guests of a domain: calls, instantiation, memories; every entry is checked against the budgets.

use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;
use core::num::NonZeroU32;

use super::kept::SharedFunc;
use super::state::State;
use super::{DomainSlot, StoreContextMut, StoreInner};
use crate::engine::{
    Blocking, CoreEngine, CoreStore, Extern, Fault, FaultKind, Flow, FuncType, Import, NativeStack, Progress, Stack,
    Token, enter_host,
};
use crate::ids::{DomainId, Suspension};

/// A memory beside the rest of the store.
pub(crate) struct Split<'a, T, E: CoreEngine> {
    /// All bytes of the memory.
    pub(crate) memory: &'a mut [u8],
    /// The component layer's part of the store.
    pub(crate) state: &'a mut State<T, E>,
}

/// Access to the guests of one domain, made by [`Domains::domain`].
pub struct Domain<'a, T, E: CoreEngine> {
    token: Token<'a, StoreInner<T, E>>,
    id: DomainId,
}

impl<'a, T: 'static, E: CoreEngine> Domain<'a, T, E> {
    fn new(token: Token<'a, StoreInner<T, E>>, id: DomainId) -> Self {
        Self { token, id }
    }

    /// Instantiates a core module with its imports in order, and runs its start function.
    ///
    /// # Errors
    /// An import that does not fit, a limit, or the fault of the start function, which cannot block.
    pub fn instantiate(&mut self, module: &E::Module, imports: &[Extern<E>]) -> Result<E::Instance, Fault> {
        let (made, start) = self.link(module, &imports.iter().map(|item| Import::Extern(*item)).collect::<Vec<_>>())?;
        start.map_or(Ok(()), |start| self.call(start, &mut []))?;
        Ok(made)
    }

    /// Instantiates a core module with its imports in order. Its start function is returned, and remains to be called.
    ///
    /// # Errors
    /// An import that does not fit, or a limit.
    pub(crate) fn link(
        &mut self,
        module: &E::Module,
        imports: &[Import<'_, E>],
    ) -> Result<(E::Instance, Option<E::Func>), Fault> {
        let ledger = &self.token.as_ref().ledger;
        if !ledger.add_core_instance() {
            return Err(Fault::new(FaultKind::Limit, "too many core instances in one store"));
        }
        ledger.clear_refusal();
        let made = self.enter(|cx, stack| E::instantiate(cx, module, imports, stack));
        // An engine may say no more than that a memory or a table could not be made.
        made.map_err(|fault| {
            let refused = fault.kind() == FaultKind::Link && self.token.as_ref().ledger.has_refused();
            if refused { Fault::new(FaultKind::Limit, fault) } else { fault }
        })
    }

    /// An export of a core instance.
    pub fn export(&mut self, instance: E::Instance, name: &str) -> Option<Extern<E>> {
        E::export(self.cx(), instance, name)
    }

    /// Defines a host function for the modules of this domain. `f` gets the parameters in the slots and leaves the results there.
    ///
    /// # Errors
    /// When slots cannot hold the signature.
    pub fn host_func<F>(&mut self, ty: &FuncType, blocking: Blocking, f: F) -> Result<E::Func, Fault>
    where
        F: Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        let body = body(self.id, f);
        E::host_func(self.cx(), ty, blocking, body)
    }

    /// Adds a host function.
    ///
    /// # Errors
    /// When it was made by another engine, or for another domain.
    pub(crate) fn add_host_func(&mut self, func: &SharedFunc<T, E>) -> Result<E::Func, Fault> {
        if func.domain != self.id {
            return Err(Fault::misuse("the host function was made for another domain"));
        }
        E::add_host_func(self.cx(), &func.raw)
    }

    /// The type of a function.
    pub fn func_type(&mut self, func: E::Func) -> FuncType {
        E::func_type(self.cx(), func)
    }

    /// Calls a function: the parameters are in the first slots, the results replace them. A host function that it calls cannot
    /// block.
    ///
    /// # Errors
    /// The fault that the call ended with.
    #[inline]
    pub fn call(&mut self, func: E::Func, slots: &mut [u64]) -> Result<(), Fault> {
        self.enter(|cx, stack| E::call(cx, func, slots, stack))
    }

    /// Calls a function on a stack that can be suspended.
    ///
    /// # Errors
    /// The fault that the call ended with. If the engine holds one such stack in each domain, and the domain is entered already,
    /// the guest cannot block: that is a fault of kind [`FaultKind::OneStack`].
    pub fn start(&mut self, func: E::Func, slots: &mut [u64]) -> Result<Progress<Suspension>, Fault> {
        let inner = self.token.as_ref();
        if inner.engine.domain_per_suspender() && inner.domains[self.id.0 as usize].core.is_entered() {
            let called = self.call(func, slots);
            let cannot_block = called.as_ref().is_err_and(|fault| fault.kind() == FaultKind::CannotBlock);
            let called = if cannot_block { Err(one_stack(E::NAME)) } else { called };
            return called.map(|()| Progress::Returned);
        }
        let id = self.id;
        let mut entered = GuestEntry::suspendable(self.token.reborrow(), id)?;
        let progress = entered.token.start(id, func, slots)?;
        Ok(progress.map(|index| Suspension { domain: id, index }))
    }

    /// All bytes of a memory.
    pub fn memory(self, memory: E::Memory) -> &'a mut [u8] {
        E::memory(self.token.split(self.id).1, memory)
    }

    /// All bytes of a memory, beside the rest of the store.
    pub(crate) fn split(self, memory: E::Memory) -> Split<'a, T, E> {
        let (inner, cx) = self.token.split(self.id);
        Split { memory: E::memory(cx, memory), state: &mut inner.state }
    }

    /// The value of a global. `None` if no slot can hold it.
    pub fn global(&mut self, global: E::Global) -> Option<u64> {
        E::global(self.cx(), global)
    }

    /// Sets a global.
    ///
    /// # Errors
    /// When it is immutable or no slot can hold it.
    pub fn set_global(&mut self, global: E::Global, value: u64) -> Result<(), Fault> {
        E::set_global(self.cx(), global, value)
    }

    /// A function in a table. `None` if the index is out of bounds or the element is null.
    pub fn table_func(&mut self, table: E::Table, index: u64) -> Option<E::Func> {
        E::table_func(self.cx(), table, index)
    }

    /// Stores a function in a table.
    ///
    /// # Errors
    /// When the index is out of bounds, or the table holds no functions.
    pub fn set_table_func(&mut self, table: E::Table, index: u64, func: Option<E::Func>) -> Result<(), Fault> {
        E::set_table_func(self.cx(), table, index, func)
    }

    /// Access for operations that run no guest.
    fn cx(&mut self) -> E::Context<'_> {
        self.token.reborrow().split(self.id).1
    }

    /// Access for operations that run a guest, within the budgets.
    #[inline]
    fn enter<R>(&mut self, f: impl FnOnce(E::Context<'_>, Stack) -> Result<R, Fault>) -> Result<R, Fault> {
        let id = self.id;
        let mut entered = GuestEntry::new(self.token.reborrow(), id)?;
        let stack = entered.stack;
        entered.token.enter(id, |cx| f(cx, stack))
    }
}

impl<T: 'static, E: CoreEngine> SharedFunc<T, E> {
    /// Makes a host function, as [`Domain::host_func`].
    ///
    /// # Errors
    /// When slots cannot hold the signature.
    pub(crate) fn new<F>(
        (engine, domain): (&E, DomainId),
        ty: &FuncType,
        blocking: Blocking,
        f: F,
    ) -> Result<Self, Fault>
    where
        F: Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        let raw = engine.new_host_func(ty, blocking, body(domain, f))?;
        Ok(SharedFunc { raw, domain, state: PhantomData })
    }
}

/// The body of a host function as the engine calls it. It has one type for each `f`, so that the compiler inlines `f` there.
fn body<T: 'static, E: CoreEngine, F>(
    id: DomainId,
    f: F,
) -> impl Fn(E::Context<'_>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static
where
    F: Fn(StoreContextMut<'_, T, E>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
{
    move |cx: E::Context<'_>, slots: &mut [u64]| {
        enter_host::<StoreInner<T, E>, _>(cx, |token| {
            let mut called = HostEntry::new(token, id);
            f(StoreContextMut { token: called.token.reborrow() }, slots)
        })
    }
}

/// The engine layer of a store: its domains, and the stacks that are suspended in them.
pub trait Domains<T, E: CoreEngine> {
    /// The domain for an instance: one of its own if it can suspend and the engine needs that, else the shared one.
    ///
    /// Only an instance in a domain for instances that can suspend is sure to suspend. All that it is linked with, core modules
    /// and host functions alike, must be in its domain.
    ///
    /// # Errors
    /// When the engine has no room for another engine store.
    fn domain_for(&mut self, suspends: bool) -> Result<DomainId, Fault>;

    /// Access to the guests of one domain.
    fn domain(&mut self, id: DomainId) -> Domain<'_, T, E>;

    /// Continues a suspended stack: the host function that blocked returns `answer`. The results of the call that was started
    /// come in the slots.
    ///
    /// # Errors
    /// The fault that the call ended with.
    fn resume(
        &mut self,
        suspension: Suspension,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<Suspension>, Fault>;

    /// Drops a suspended stack; its guest frames end without running any more.
    ///
    /// # Errors
    /// The suspension again, if the host function that asks was called from that very stack.
    fn cancel(&mut self, suspension: Suspension) -> Result<(), Suspension>;
}

impl<T: 'static, E: CoreEngine> Domains<T, E> for StoreContextMut<'_, T, E> {
    fn domain_for(&mut self, suspends: bool) -> Result<DomainId, Fault> {
        domain_for(&mut self.token, suspends)
    }

    #[inline]
    fn domain(&mut self, id: DomainId) -> Domain<'_, T, E> {
        Domain::new(self.token.reborrow(), id)
    }

    fn resume(
        &mut self,
        suspension: Suspension,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<Suspension>, Fault> {
        let Suspension { domain, index } = suspension;
        let mut entered = GuestEntry::suspendable(self.token.reborrow(), domain)?;
        let progress = entered.token.resume(domain, index, answer, slots)?;
        Ok(progress.map(|index| Suspension { domain, index }))
    }

    fn cancel(&mut self, suspension: Suspension) -> Result<(), Suspension> {
        match self.token.as_mut().domains[suspension.domain.0 as usize].core.take(suspension.index) {
            Some(stack) => {
                drop(stack);
                Ok(())
            }
            None => Err(suspension),
        }
    }
}

/// One entry into a guest; leaves it also when a host function panics.
struct GuestEntry<'a, T, E: CoreEngine> {
    token: Token<'a, StoreInner<T, E>>,
    id: DomainId,
    stack: Stack,
    entered_on: Option<NonZeroU32>,
}

impl<'a, T, E: CoreEngine> GuestEntry<'a, T, E> {
    #[inline]
    fn new(token: Token<'a, StoreInner<T, E>>, id: DomainId) -> Result<Self, Fault> {
        let inner = token.as_ref();
        let slot = &inner.domains[id.0 as usize];
        // A store that suspends by fibers, and is entered on one native stack, bounds its guests there, not on another: they get
        // one of their own.
        let moved = slot.entered_on.is_some_and(|number| number != inner.calls.number());
        let native_stack = if moved && inner.engine.domain_per_suspender() {
            inner.engine.native_stack(true)
        } else {
            slot.native_stack
        };
        Self::on(token, id, native_stack)
    }

    /// An entry on a stack that can be suspended.
    fn suspendable(token: Token<'a, StoreInner<T, E>>, id: DomainId) -> Result<Self, Fault> {
        let native_stack = token.as_ref().engine.suspendable_stack();
        Self::on(token, id, native_stack)
    }

    #[inline]
    fn on(mut token: Token<'a, StoreInner<T, E>>, id: DomainId, native_stack: NativeStack) -> Result<Self, Fault> {
        let inner = token.as_mut();
        let slot = &mut inner.domains[id.0 as usize];
        let stack = inner.calls.enter(&inner.limits, native_stack)?;
        let entered_on = slot.entered_on.replace(inner.calls.number());
        if inner.metered {
            lend_fuel(&mut token, id);
        }
        Ok(Self { token, id, stack, entered_on })
    }
}

impl<T, E: CoreEngine> Drop for GuestEntry<'_, T, E> {
    #[inline]
    fn drop(&mut self) {
        if self.token.as_ref().metered {
            collect_fuel(&mut self.token, self.id);
        }
        let inner = self.token.as_mut();
        inner.domains[self.id.0 as usize].entered_on = self.entered_on;
        inner.calls.leave(self.stack);
    }
}

/// A running host function. Until it returns, the fuel is counted in the store.
struct HostEntry<'a, T, E: CoreEngine> {
    token: Token<'a, StoreInner<T, E>>,
    id: DomainId,
}

impl<'a, T, E: CoreEngine> HostEntry<'a, T, E> {
    #[inline]
    fn new(mut token: Token<'a, StoreInner<T, E>>, id: DomainId) -> Self {
        if token.as_ref().metered {
            collect_fuel(&mut token, id);
        }
        Self { token, id }
    }
}

impl<T, E: CoreEngine> Drop for HostEntry<'_, T, E> {
    #[inline]
    fn drop(&mut self) {
        if self.token.as_ref().metered {
            lend_fuel(&mut self.token, self.id);
        }
    }
}

/// Moves the fuel of the store to the engine store whose guest runs next.
fn lend_fuel<T, E: CoreEngine>(token: &mut Token<'_, StoreInner<T, E>>, id: DomainId) {
    let (inner, cx) = token.reborrow().split(id);
    E::set_fuel(cx, inner.fuel);
}

/// Moves the fuel back from the engine store whose guest ran.
fn collect_fuel<T, E: CoreEngine>(token: &mut Token<'_, StoreInner<T, E>>, id: DomainId) {
    let (inner, cx) = token.reborrow().split(id);
    inner.fuel = E::fuel(cx);
}

/// The domain for an instance.
fn domain_for<T, E: CoreEngine>(token: &mut Token<'_, StoreInner<T, E>>, suspends: bool) -> Result<DomainId, Fault> {
    let inner = token.as_mut();
    let own = suspends && inner.engine.domain_per_suspender();
    if let (false, Some(shared)) = (own, inner.shared) {
        return Ok(shared);
    }
    let id = DomainId(u32::try_from(inner.domains.len()).map_err(|_| too_many_domains())?);
    let ledger = inner.ledger.clone();
    let back_pointer = token.back_pointer(id, ledger);
    let inner = token.as_mut();
    let store = inner.engine.new_store(back_pointer, own)?;
    let native_stack = inner.engine.native_stack(own);
    inner.domains.push(DomainSlot { core: CoreStore::new(store), native_stack, entered_on: None });
    if !own {
        inner.shared = Some(id);
    }
    Ok(id)
}

#[cold]
fn one_stack(engine: &str) -> Fault {
    let message = format_args!(
        "{engine} suspends one stack in each instance here, and this instance has one: enable the feature \
         `stack-switching`, on x86-64 Unix, or run the component on wasmi"
    );
    Fault::new(FaultKind::OneStack, message)
}

#[cold]
fn too_many_domains() -> Fault {
    Fault::new(FaultKind::Limit, String::from("too many engine stores in one store"))
}
