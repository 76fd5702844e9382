//! Representations of the resources that a guest exports: the address of a Rust value, which the component model keeps.
//!
//! A value is in a place of its own, a [`Resource::Rep`]. Its address does not state its type, so [`Types`] knows it: access
//! with another type panics instead of reading nonsense.

#[cfg_attr(target_arch = "wasm32", path = "rep/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "rep/native.rs")]
mod types;

pub use types::Types;

/// A Rust type that can represent a resource.
pub trait Resource: Sized + 'static {
    /// The place of a value.
    type Rep: ResourceRep<Self>;
}

impl<T: 'static> Resource for T {
    type Rep = Option<T>;
}

/// The place of a value that represents a resource.
///
/// # Safety
/// The references point to the value of [`rep_new`](Self::rep_new), and nothing else than `rep_take` moves it.
pub unsafe trait ResourceRep<T> {
    /// Puts a value in its place.
    fn rep_new(inner: T) -> Self;

    /// The value.
    ///
    /// # Safety
    /// The place exists for `'a`, its value was not taken, and is not changed meanwhile.
    unsafe fn rep_as_ref<'a>(ptr: *const Self) -> &'a T;

    /// The value, mutably.
    ///
    /// # Safety
    /// The place exists for `'a`, its value was not taken, and nothing else uses it meanwhile.
    unsafe fn rep_as_mut<'a>(ptr: *mut Self) -> &'a mut T;

    /// Takes the value out. The place exists until the resource is dropped.
    ///
    /// # Safety
    /// The place exists, its value was not taken, and nothing else uses it.
    unsafe fn rep_take(ptr: *mut Self) -> T;
}

// SAFETY: the value is that of `Some`, and only `rep_take` moves it.
unsafe impl<T> ResourceRep<T> for Option<T> {
    fn rep_new(inner: T) -> Option<T> {
        Some(inner)
    }

    unsafe fn rep_as_ref<'a>(ptr: *const Option<T>) -> &'a T {
        // SAFETY: as the caller promises.
        present(unsafe { &*ptr }.as_ref())
    }

    unsafe fn rep_as_mut<'a>(ptr: *mut Option<T>) -> &'a mut T {
        // SAFETY: as the caller promises.
        present(unsafe { &mut *ptr }.as_mut())
    }

    unsafe fn rep_take(ptr: *mut Option<T>) -> T {
        // SAFETY: as the caller promises.
        present(unsafe { &mut *ptr }.take())
    }
}

fn present<T>(value: Option<T>) -> T {
    value.expect("the value was taken out of the resource")
}

/// The value of a resource.
///
/// # Safety
/// The representation is one of the resource type with these Rust types. It exists for `'a`, and the value is not changed or taken meanwhile.
///
/// # Panics
/// If the value is of another type or was taken.
#[must_use]
pub unsafe fn get<'a, T: Resource>(types: &'static Types, rep: *const u8) -> &'a T {
    types.check::<T>(rep);
    // SAFETY: as the caller promises; the place is of this type.
    unsafe { T::Rep::rep_as_ref(rep.cast()) }
}

/// The value of a resource, mutably.
///
/// # Safety
/// The representation is one of the resource type with these Rust types. It exists for `'a`, and nothing else uses the value meanwhile.
///
/// # Panics
/// If the value is of another type or was taken.
#[must_use]
pub unsafe fn value_mut<'a, T: Resource>(types: &'static Types, rep: *mut u8) -> &'a mut T {
    types.check::<T>(rep);
    // SAFETY: as the caller promises; the place is of this type.
    unsafe { T::Rep::rep_as_mut(rep.cast()) }
}

/// Takes the value out of a resource.
///
/// # Safety
/// The representation is one of the resource type with these Rust types. It exists, and nothing else uses the value.
///
/// # Panics
/// If the value is of another type or was taken.
#[must_use]
pub unsafe fn take<T: Resource>(types: &'static Types, rep: *mut u8) -> T {
    types.check::<T>(rep);
    // SAFETY: as the caller promises; the place is of this type.
    unsafe { T::Rep::rep_take(rep.cast()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::boxed::Box;

    #[test]
    fn a_value_stays_in_its_place_until_it_is_taken() {
        let mut place = <u32 as Resource>::Rep::rep_new(5);
        // SAFETY: the place exists, and is used by one after the other.
        *unsafe { ResourceRep::rep_as_mut(&raw mut place) } += 1;
        // SAFETY: as above.
        assert_eq!(*unsafe { ResourceRep::rep_as_ref(&raw const place) }, 6);
        // SAFETY: as above.
        assert_eq!(unsafe { ResourceRep::rep_take(&raw mut place) }, 6);
        assert_eq!(place, None);
    }

    #[test]
    #[should_panic = "the resource is represented by another type"]
    fn another_type_is_no_access() {
        static TYPES: Types = Types::new();
        let place = Box::new(5_u32);
        let rep = (&raw const *place).cast();
        TYPES.add::<u32>(rep);
        TYPES.check::<u32>(rep);
        TYPES.check::<&str>(rep);
    }
}
