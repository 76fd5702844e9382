//! Resource types and owned handles of a guest (`Explainer.md#handle-types`).

use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::desc::ResourceDesc;
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
use crate::rep::{self, Resource, Types};

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

/// A resource type that a guest defines. Its representation is the address of a Rust value (`rep`).
#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
pub trait ExportedResource: GuestResource {
    /// The Rust types of its representations.
    fn types() -> &'static Types;

    /// `resource.new`. Natively `destructor` is called with the representation; in a component the core export is.
    ///
    /// # Safety
    /// The representation stays valid until the destructor has run.
    unsafe fn new_handle(rep: *mut u8, destructor: fn(u64)) -> u32;

    /// `resource.rep`
    ///
    /// # Safety
    /// The caller owns the handle or borrows it.
    unsafe fn rep(handle: u32) -> *mut u8;
}

/// A handle that a guest owns. Dropping it drops the resource, unless the handle was given away before.
pub struct Own<K: GuestResource> {
    /// 0, which is no handle, after it was given away.
    handle: AtomicU32,
    kind: PhantomData<fn() -> K>,
}

/// As the handles of wit-bindgen.
impl<K: GuestResource> fmt::Debug for Own<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource").field("handle", &self.handle).finish()
    }
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
}

/// A resource type by the public functions of its handles.
pub trait Handles<R> {
    /// The resource type.
    const DESC: &'static ResourceDesc;

    /// The handle, still owned by the resource.
    fn handle(resource: &R) -> u32;

    /// Gives the handle away: the caller owns the result.
    fn take(resource: &R) -> u32;

    /// The handle, for a context that lowers it. If `gives_away` is set, it leaves its owner now.
    #[inline]
    fn leave(resource: &R, gives_away: bool) -> u32 {
        if gives_away { Self::take(resource) } else { Self::handle(resource) }
    }

    /// The owner of a handle.
    ///
    /// # Safety
    /// The handle is one of this resource type, and nothing else owns it.
    unsafe fn owner(handle: u32) -> R;
}

impl<K: GuestResource> Handles<Own<K>> for K {
    const DESC: &'static ResourceDesc = K::DESC;

    #[inline]
    fn handle(resource: &Own<K>) -> u32 {
        resource.handle()
    }

    #[inline]
    fn take(resource: &Own<K>) -> u32 {
        resource.take()
    }

    #[inline]
    unsafe fn owner(handle: u32) -> Own<K> {
        // SAFETY: as the caller promises.
        unsafe { Own::from_handle(handle) }
    }
}

#[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
impl<K: ExportedResource> Own<K> {
    /// The value.
    ///
    /// # Panics
    /// If the value is of another type or was taken.
    #[must_use]
    pub fn get<T: Resource>(&self) -> &T {
        // SAFETY: a handle that we own keeps its representation alive, and it is changed through `&mut self` only.
        unsafe { rep::get(K::types(), self.rep()) }
    }

    /// The value, mutably.
    ///
    /// # Panics
    /// If the value is of another type or was taken.
    #[must_use]
    pub fn value_mut<T: Resource>(&mut self) -> &mut T {
        // SAFETY: a handle that we own keeps its representation alive; while it is lent, `self` is borrowed.
        unsafe { rep::value_mut(K::types(), self.rep()) }
    }

    /// Returns the value, and drops the resource.
    ///
    /// # Panics
    /// If the value is of another type or was taken.
    #[must_use]
    pub fn into_inner<T: Resource>(self) -> T {
        // SAFETY: an owned handle keeps its representation alive, and has one owner.
        unsafe { rep::take(K::types(), self.rep()) }
    }

    /// A borrow of the resource.
    #[must_use]
    pub fn borrow(&self) -> BorrowedRep<'_, K> {
        // SAFETY: the representation lives as long as `self`, which is borrowed.
        unsafe { BorrowedRep::from_rep(self.rep()) }
    }

    fn rep(&self) -> *mut u8 {
        // SAFETY: we own the handle.
        unsafe { K::rep(self.handle()) }
    }
}

/// A borrowed resource in the component that defines it: its representation, valid for `'a`.
#[derive(Debug)]
pub struct BorrowedRep<'a, K> {
    rep: *const u8,
    lent: PhantomData<&'a K>,
}

impl<'a, K> BorrowedRep<'a, K> {
    /// A borrow.
    ///
    /// # Safety
    /// The representation is one of this resource type and lives for `'a`.
    #[must_use]
    #[inline]
    pub const unsafe fn from_rep(rep: *const u8) -> BorrowedRep<'a, K> {
        BorrowedRep { rep, lent: PhantomData }
    }

    /// The representation.
    #[must_use]
    #[inline]
    pub const fn rep(&self) -> *const u8 {
        self.rep
    }

    /// The value.
    ///
    /// # Panics
    /// If the value is of another type or was taken.
    #[cfg(any(all(feature = "alloc", target_arch = "wasm32"), feature = "std"))]
    #[must_use]
    pub fn get<T: Resource>(&self) -> &'a T
    where
        K: ExportedResource,
    {
        // SAFETY: the representation lives for `'a`, during which it is lent and not changed.
        unsafe { rep::get(K::types(), self.rep) }
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
