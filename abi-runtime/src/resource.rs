//! Resource types and owned handles of a guest (`Explainer.md#handle-types`).

use core::marker::PhantomData;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::desc::ResourceDesc;

/// The Rust type that stands for a resource type.
pub trait ResourceKind: 'static {
    /// The resource type.
    const DESC: &'static ResourceDesc;
}

/// A resource type whose handles a guest holds, imported or its own.
pub trait GuestResource: ResourceKind + Sized {
    /// `resource.drop`
    ///
    /// # Safety
    /// The caller owns the handle and does not use it again.
    unsafe fn drop_handle(handle: u32);

    /// The owner of a handle.
    ///
    /// # Safety
    /// The handle is one of this resource type, and nothing else owns it.
    unsafe fn from_handle(handle: u32) -> Self;
}

/// A resource type that a guest defines. Its representation is the address of a boxed Rust value.
pub trait ExportedResource: GuestResource {
    /// `resource.new`
    ///
    /// # Safety
    /// The representation stays valid until the destructor has run.
    unsafe fn new_handle(rep: usize) -> u32;

    /// `resource.rep`
    ///
    /// # Safety
    /// The caller owns the handle or borrows it.
    unsafe fn rep(handle: u32) -> usize;
}

/// A handle that a guest owns. Dropping it drops the resource, unless the handle was given away before.
#[derive(Debug)]
pub struct Own<K: GuestResource> {
    /// 0, which is no handle, after it was given away.
    handle: AtomicU32,
    kind: PhantomData<fn() -> K>,
}

impl<K: GuestResource> Own<K> {
    /// The owner of a handle.
    ///
    /// # Safety
    /// The handle is one of this resource type, and nothing else owns it.
    #[must_use]
    #[inline]
    pub const unsafe fn from_handle(handle: u32) -> Own<K> {
        Own { handle: AtomicU32::new(handle), kind: PhantomData }
    }

    /// The handle, still owned by `self`.
    #[must_use]
    #[inline]
    pub fn handle(&self) -> u32 {
        self.handle.load(Ordering::Relaxed)
    }

    /// Gives the handle away: the caller owns the result, and `self` is empty.
    ///
    /// It takes a shared reference, because values are lowered by reference and give their handles away then.
    #[inline]
    pub fn take(&self) -> u32 {
        self.handle.swap(0, Ordering::Relaxed)
    }

    /// The handle, which leaves its owner if it is given away now.
    #[inline]
    pub(crate) fn leave(&self, gives_away: bool) -> u32 {
        if gives_away { self.take() } else { self.handle() }
    }
}

#[cfg(feature = "alloc")]
impl<K: ExportedResource> Own<K> {
    /// Makes a resource of a value.
    #[must_use]
    pub fn new<T: 'static>(value: T) -> Own<K> {
        // SAFETY: the value stays in its box until the destructor runs.
        let handle = unsafe { K::new_handle(crate::rep::new(value)) };
        // SAFETY: the handle is new.
        unsafe { Own::from_handle(handle) }
    }

    /// The value.
    ///
    /// # Panics
    /// When the value is of another type.
    #[must_use]
    pub fn get<T: 'static>(&self) -> &T {
        // SAFETY: a handle that we own keeps its representation alive, and it is changed through `&mut self` only.
        unsafe { crate::rep::get(self.rep()) }
    }

    /// The value, mutably.
    ///
    /// # Panics
    /// When the value is of another type.
    #[must_use]
    pub fn value_mut<T: 'static>(&mut self) -> &mut T {
        // SAFETY: a handle that we own keeps its representation alive; while it is lent, `self` is borrowed.
        unsafe { crate::rep::value_mut(self.rep()) }
    }

    /// Returns the value, and drops the resource.
    ///
    /// # Panics
    /// When the value is of another type.
    #[must_use]
    pub fn into_inner<T: 'static>(self) -> T {
        // SAFETY: an owned handle keeps its representation alive, and has one owner.
        unsafe { crate::rep::take(self.rep()) }
    }

    /// A borrow of the resource.
    #[must_use]
    pub fn borrow(&self) -> BorrowedRep<'_, K> {
        // SAFETY: the representation lives as long as `self`, which is borrowed.
        unsafe { BorrowedRep::from_rep(self.rep()) }
    }

    fn rep(&self) -> usize {
        // SAFETY: we own the handle.
        unsafe { K::rep(self.handle()) }
    }
}

/// A borrowed resource in the component that defines it: its representation, valid for `'a`.
#[derive(Debug)]
pub struct BorrowedRep<'a, K> {
    rep: usize,
    lent: PhantomData<&'a K>,
}

impl<'a, K> BorrowedRep<'a, K> {
    /// A borrow.
    ///
    /// # Safety
    /// The representation is one of this resource type and lives for `'a`.
    #[must_use]
    #[inline]
    pub const unsafe fn from_rep(rep: usize) -> BorrowedRep<'a, K> {
        BorrowedRep { rep, lent: PhantomData }
    }

    /// The representation.
    #[must_use]
    #[inline]
    pub const fn rep(&self) -> usize {
        self.rep
    }

    /// The value.
    ///
    /// # Panics
    /// When the value is of another type.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn get<T: 'static>(&self) -> &'a T {
        // SAFETY: the representation lives for `'a`, during which it is lent and not changed.
        unsafe { crate::rep::get(self.rep) }
    }
}

impl<K: GuestResource> Drop for Own<K> {
    #[inline]
    fn drop(&mut self) {
        let handle = *self.handle.get_mut();
        if handle != 0 {
            // SAFETY: `self` owned the handle, and is gone.
            unsafe { K::drop_handle(handle) }
        }
    }
}
