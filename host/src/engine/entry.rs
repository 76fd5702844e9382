//! The links between a store and its engine stores, in both directions.
//!
//! A [`Store`](crate::Store) owns its engine stores as *domains*, and the data of each engine store points back to it. This file
//! holds that pointer, and all the rules on which its safety rests:
//!
//! 1. A store lives behind one raw pointer, from [`Owner::new`] until [`Owner`] is dropped. Every reference to it is made from that
//!    pointer, is short, and none is live while a guest runs.
//! 2. The right to make such references is a [`Token`]. There is one that can be used at a time: `Owner::token` borrows the owner, and
//!    [`Token::enter`] borrows the token for as long as the guest runs; the host function that the guest calls gets the next one.
//!    While a future of the host is polled, the driver's token is closed off behind a [`StoreGate`], and the code that enters the gate
//!    has the next one. Only one future can enter at a time, and none can when the driver goes on.
//! 3. An engine store lives behind one raw pointer too, outside of the store's own memory. While a host function runs, the
//!    access that the engine gave it is *parked* in its domain, and every entry into that domain goes through it; nothing makes a second
//!    reference to the engine store. The same holds for the access that waits in a suspended stack.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use super::gate::{CannotEnter, Passed, StoreGate};
use super::{CoreEngine, Fault, Ledger, Progress};
use crate::ids::DomainId;

/// The data of an engine store: the store that owns it, its domain there, and the resources that it may use.
///
/// Only this crate makes one.
pub struct BackPointer {
    owner: NonNull<()>,
    domain: DomainId,
    ledger: Arc<Ledger>,
}

// SAFETY: `owner` is only followed by `enter_host`, while the store is entered on the current thread; `Store` is `Send` only where
// its data is, and moves with all its engine stores.
unsafe impl Send for BackPointer {}

impl BackPointer {
    /// The resources that the engine store may use; all domains of a store share them.
    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// Owns a value behind one raw pointer.
pub(crate) struct Owner<S> {
    raw: NonNull<S>,
    owns: PhantomData<S>,
}

// SAFETY: an `Owner` is a box.
unsafe impl<S: Send> Send for Owner<S> {}

impl<S> Owner<S> {
    pub(crate) fn new(value: S) -> Self {
        Self { raw: NonNull::from(Box::leak(Box::new(value))), owns: PhantomData }
    }

    #[inline]
    pub(crate) fn token(&mut self) -> Token<'_, S> {
        Token { raw: self.raw, borrows: PhantomData }
    }

    pub(crate) fn into_inner(self) -> S {
        let owner = ManuallyDrop::new(self);
        // SAFETY: the pointer comes from a box; the owner is used up, and nothing borrows it any more.
        *unsafe { Box::from_raw(owner.raw.as_ptr()) }
    }

    pub(crate) fn as_ref(&self) -> &S {
        // SAFETY: rule 1; the owner is borrowed, so that no token exists.
        unsafe { self.raw.as_ref() }
    }
}

impl<S> Drop for Owner<S> {
    fn drop(&mut self) {
        // SAFETY: the pointer comes from a box, and nothing borrows the owner any more.
        drop(unsafe { Box::from_raw(self.raw.as_ptr()) });
    }
}

/// The exclusive right to use a value that an [`Owner`] holds.
pub(crate) struct Token<'a, S> {
    raw: NonNull<S>,
    borrows: PhantomData<&'a mut S>,
}

// SAFETY: a token is an exclusive reference to the value.
unsafe impl<S: Send> Send for Token<'_, S> {}

impl<'a, S> Token<'a, S> {
    #[inline]
    pub(crate) fn as_ref(&self) -> &S {
        // SAFETY: rule 2; the token is borrowed for as long as the reference lives.
        unsafe { self.raw.as_ref() }
    }

    #[inline]
    pub(crate) fn as_mut(&mut self) -> &mut S {
        // SAFETY: rule 2; the token is borrowed exclusively for as long as the reference lives.
        unsafe { self.raw.as_mut() }
    }

    #[inline]
    pub(crate) fn into_mut(mut self) -> &'a mut S {
        // SAFETY: rule 2; the token is used up, and its borrow lasts as long as the reference lives.
        unsafe { self.raw.as_mut() }
    }

    #[inline]
    pub(crate) fn reborrow(&mut self) -> Token<'_, S> {
        Token { raw: self.raw, borrows: PhantomData }
    }
}

impl<S> StoreGate<S> {
    /// Enters, to have the token of the store.
    ///
    /// # Errors
    /// When the gate is not open.
    pub(crate) fn enter(&self) -> Result<Entered<'_, S>, CannotEnter> {
        self.pass().map(Entered)
    }
}

/// The right to the token of a store whose gate was entered.
pub(crate) struct Entered<'a, S>(Passed<'a, S>);

impl<S> Entered<'_, S> {
    pub(crate) fn token(&mut self) -> Token<'_, S> {
        // Rule 2: the driver's token is borrowed until the gate is closed, which waits for code that has entered; and only one enters.
        Token { raw: self.0.store(), borrows: PhantomData }
    }
}

/// A store that owns engine stores.
pub(crate) trait OwnsDomains: Sized {
    /// The engine of all of them.
    type Engine: CoreEngine;

    /// The gate to the store: the same for as long as the store lives, and not within it.
    fn gate(&self) -> &StoreGate<Self>;

    /// One of the engine stores.
    fn domain_mut(&mut self, domain: DomainId) -> &mut CoreStore<Self::Engine>;
}

/// Access to an engine store of `S`.
type Context<'a, S> = <<S as OwnsDomains>::Engine as CoreEngine>::Context<'a>;

impl<'a, S: OwnsDomains> Token<'a, S> {
    /// The data of a new engine store of this store.
    pub(crate) fn back_pointer(&self, domain: DomainId, ledger: Arc<Ledger>) -> BackPointer {
        BackPointer { owner: self.raw.cast(), domain, ledger }
    }

    /// Opens the gate to the store while `f` runs. Code that has entered may open it too: it holds the token, and waits meanwhile.
    pub(crate) fn open<R>(&mut self, f: impl FnOnce() -> R) -> R {
        let gate: *const StoreGate<S> = self.as_ref().gate();
        // SAFETY: the store keeps its gate, and lives for as long as the token is borrowed.
        unsafe { &*gate }.open_to(self.raw, f)
    }

    /// Runs `f` with access to a domain. Guests may run in it, and come back through [`enter_host`].
    #[inline]
    pub(crate) fn enter<R>(&mut self, domain: DomainId, f: impl FnOnce(Context<'_, S>) -> R) -> R {
        let access = self.as_mut().domain_mut(domain).access();
        // SAFETY: rule 3; the token is borrowed until `f` has returned, so that nothing else can enter the domain but the host
        // functions that `f` reaches, which park what they got.
        let cx = unsafe { access.detach() };
        f(cx)
    }

    /// Calls a function on a stack that can be suspended. A suspended stack is kept in the domain, and its index is returned.
    pub(crate) fn start(
        &mut self,
        domain: DomainId,
        func: <S::Engine as CoreEngine>::Func,
        slots: &mut [u64],
    ) -> Result<Progress<usize>, Fault> {
        let progress = self.enter(domain, |cx| {
            // SAFETY: the domain keeps the stack, drops it before the engine store, and enters through the access that waits in it.
            unsafe { S::Engine::start(cx, func, slots) }
        })?;
        Ok(self.keep(domain, progress))
    }

    /// Continues a stack that the domain keeps.
    pub(crate) fn resume(
        &mut self,
        domain: DomainId,
        place: usize,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<usize>, Fault> {
        let stack = self.as_mut().domain_mut(domain).take(place);
        let stack = stack.ok_or_else(|| Fault::misuse("this suspended stack cannot be resumed here"))?;
        let progress = if S::Engine::waiting(&stack).is_some() {
            S::Engine::resume(None, stack, answer, slots)?
        } else {
            self.enter(domain, |cx| S::Engine::resume(Some(cx), stack, answer, slots))?
        };
        Ok(self.keep(domain, progress))
    }

    fn keep(&mut self, domain: DomainId, progress: Progress<<S::Engine as CoreEngine>::Suspended>) -> Progress<usize> {
        match progress {
            Progress::Returned => Progress::Returned,
            Progress::Suspended(stack) => Progress::Suspended(self.as_mut().domain_mut(domain).keep(stack)),
        }
    }

    /// Access to a domain beside the rest of the store, for operations that run no guest.
    #[inline]
    pub(crate) fn split(self, domain: DomainId) -> (&'a mut S, Context<'a, S>) {
        let store = self.into_mut();
        let access = store.domain_mut(domain).access();
        // SAFETY: rule 3; the token is used up for as long as the access lives. The access leads to memory that is not part of
        // the store, so that the two references are disjoint, and callers run no guest with it.
        let cx = unsafe { access.detach() };
        (store, cx)
    }
}

/// Runs the body of a host function: parks the access that the engine gave it, and gives it the token of the store.
///
/// `S` is the type of the store that the function was defined in.
#[inline]
pub(crate) fn enter_host<S: OwnsDomains, R>(mut cx: Context<'_, S>, f: impl FnOnce(Token<'_, S>) -> R) -> R {
    let BackPointer { owner, domain, .. } = *S::Engine::back_pointer(&cx);
    let mut token = Token::<S> { raw: owner.cast(), borrows: PhantomData };
    let parked = NonNull::from(&mut cx).cast::<Context<'static, S>>();
    let previous = token.as_mut().domain_mut(domain).parked.replace(parked);
    let mut unpark = Unpark { token, domain, previous };
    f(unpark.token.reborrow())
}

/// Restores the access that was parked before, also when a host function panics.
struct Unpark<'a, S: OwnsDomains> {
    token: Token<'a, S>,
    domain: DomainId,
    previous: Option<NonNull<Context<'static, S>>>,
}

impl<S: OwnsDomains> Drop for Unpark<'_, S> {
    #[inline]
    fn drop(&mut self) {
        self.token.as_mut().domain_mut(self.domain).parked = self.previous;
    }
}

/// An engine store that a store owns, with the stacks that are suspended in it.
pub(crate) struct CoreStore<E: CoreEngine> {
    store: NonNull<E::Store>,
    parked: Option<NonNull<E::Context<'static>>>,
    suspended: Vec<Option<E::Suspended>>,
    /// The places of `suspended` that are free.
    vacant: Vec<usize>,
    /// The access that waits in a suspended stack, and the place of that. While there is one, no further stack is suspended.
    waiting: Option<(NonNull<E::Context<'static>>, usize)>,
}

// SAFETY: `store` is a box. `parked` is set only while a host function runs, which borrows the token and so keeps the store where
// it is. `waiting` belongs to a stack in `suspended`, which is `Send`, and stays where it is when that is moved.
unsafe impl<E: CoreEngine> Send for CoreStore<E> {}

impl<E: CoreEngine> CoreStore<E> {
    pub(crate) fn new(store: E::Store) -> Self {
        Self {
            store: NonNull::from(Box::leak(Box::new(store))),
            parked: None,
            suspended: Vec::new(),
            vacant: Vec::new(),
            waiting: None,
        }
    }

    /// Whether a guest of this domain has called the host and waits for it, on this stack or suspended.
    pub(crate) fn is_entered(&self) -> bool {
        self.parked.is_some() || self.vacant.len() < self.suspended.len()
    }

    /// Keeps a suspended stack.
    fn keep(&mut self, suspended: E::Suspended) -> usize {
        let index = self.vacant.pop().unwrap_or_else(|| {
            self.suspended.push(None);
            self.suspended.len() - 1
        });
        if let Some(access) = E::waiting(&suspended) {
            assert!(
                self.waiting.is_none(),
                "an engine store in which a stack waits suspends no other; `Domain::start` checks it"
            );
            self.waiting = Some((access, index));
        }
        self.suspended[index] = Some(suspended);
        index
    }

    /// Takes a suspended stack, to be resumed or dropped.
    ///
    /// `None` if there is none, or if a host function runs that uses the access of this stack.
    pub(crate) fn take(&mut self, index: usize) -> Option<E::Suspended> {
        let waits = self.waiting.is_some_and(|(_, place)| place == index);
        if waits && self.parked.is_some() {
            return None;
        }
        let stack = self.suspended.get_mut(index)?.take()?;
        self.vacant.push(index);
        if waits {
            self.waiting = None;
        }
        Some(stack)
    }

    /// The one access to the engine store: through a parked access, through one that waits in a suspended stack, or directly.
    #[inline]
    fn access(&self) -> EngineAccess<E> {
        match (self.parked, self.waiting) {
            (Some(access), _) | (None, Some((access, _))) => EngineAccess::Through(access),
            (None, None) => EngineAccess::Direct(self.store),
        }
    }
}

impl<E: CoreEngine> Drop for CoreStore<E> {
    fn drop(&mut self) {
        // Suspended stacks may borrow the engine store, so they go first.
        self.suspended.clear();
        // SAFETY: the pointer comes from a box; no guest runs, since the store that owns the domain is being dropped.
        drop(unsafe { Box::from_raw(self.store.as_ptr()) });
    }
}

/// An access to an engine store.
enum EngineAccess<E: CoreEngine> {
    Direct(NonNull<E::Store>),
    Through(NonNull<E::Context<'static>>),
}

impl<E: CoreEngine> EngineAccess<E> {
    /// The engine's own access.
    ///
    /// # Safety
    /// Until the result is gone, nobody uses another access to the domain, unless it was made from this one.
    #[inline]
    unsafe fn detach<'a>(self) -> E::Context<'a> {
        match self {
            // SAFETY: the engine store is alive as long as its domain, and the caller vouches for exclusivity.
            Self::Direct(mut store) => E::context(unsafe { store.as_mut() }),
            // SAFETY: a parked access lives until its host function has returned, a waiting one until its stack, which stays in
            // `suspended`, is resumed or dropped; the caller vouches for exclusivity.
            Self::Through(mut cx) => E::reborrow(unsafe { cx.as_mut() }),
        }
    }
}
