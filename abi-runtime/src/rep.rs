//! Representations of the resources that a guest exports: a boxed Rust value whose address the component model keeps.
//!
//! The type of the value is stored before it. So access with another type panics instead of reading nonsense, and
//! the destructor needs no type.

use alloc::boxed::Box;
use core::any::TypeId;

/// A value and its type.
#[repr(C)]
struct Boxed<T> {
    kind: &'static Kind,
    /// `None` if the value was taken out; the handle exists until it is dropped.
    value: Option<T>,
}

/// A Rust type that represents a resource.
struct Kind {
    id: fn() -> TypeId,
    drop: unsafe fn(usize),
}

/// Boxes a value, and returns its representation.
#[must_use]
pub fn new<T: 'static>(value: T) -> usize {
    let kind = const { &Kind { id: TypeId::of::<T>, drop: drop_boxed::<T> } };
    Box::into_raw(Box::new(Boxed { kind, value: Some(value) })) as usize
}

/// The value.
///
/// # Safety
/// The representation came from [`new`] and was not dropped; the value is not changed or taken during `'a`.
///
/// # Panics
/// When the value is of another type or was taken.
#[must_use]
pub unsafe fn get<'a, T: 'static>(rep: usize) -> &'a T {
    // SAFETY: as the caller promises.
    let boxed = unsafe { boxed::<T>(rep) };
    // SAFETY: it points to the value that `new` boxed; the caller promises how it is used meanwhile.
    let boxed = unsafe { &*boxed };
    present(boxed.value.as_ref())
}

/// The value, mutably.
///
/// # Safety
/// The representation came from [`new`] and was not dropped; nothing else uses the value during `'a`.
///
/// # Panics
/// When the value is of another type or was taken.
#[must_use]
pub unsafe fn value_mut<'a, T: 'static>(rep: usize) -> &'a mut T {
    // SAFETY: as the caller promises.
    let boxed = unsafe { boxed::<T>(rep) };
    // SAFETY: it points to the value that `new` boxed; the caller promises how it is used meanwhile.
    let boxed = unsafe { &mut *boxed };
    present(boxed.value.as_mut())
}

/// Takes the value out.
///
/// # Safety
/// The representation came from [`new`] and was not dropped; nothing else uses the value.
///
/// # Panics
/// When the value is of another type or was taken.
#[must_use]
pub unsafe fn take<T: 'static>(rep: usize) -> T {
    // SAFETY: as the caller promises.
    let boxed = unsafe { boxed::<T>(rep) };
    // SAFETY: it points to the value that `new` boxed; the caller promises how it is used meanwhile.
    let boxed = unsafe { &mut *boxed };
    present(boxed.value.take())
}

/// Drops the value: the destructor of the resource.
///
/// # Safety
/// The representation came from [`new`] and is not used again.
pub unsafe fn drop(rep: usize) {
    // SAFETY: every representation starts with its kind.
    let kind = unsafe { kind(rep) };
    // SAFETY: as the caller promises; the kind is that of the value.
    unsafe { (kind.drop)(rep) }
}

/// # Safety
/// The representation came from [`new`] and was not dropped.
unsafe fn kind(rep: usize) -> &'static Kind {
    // SAFETY: `Boxed` is `repr(C)`, and its first field is the kind whatever the value is.
    unsafe { *(rep as *const &'static Kind) }
}

/// # Safety
/// The representation came from [`new`] and was not dropped.
unsafe fn boxed<T: 'static>(rep: usize) -> *mut Boxed<T> {
    // SAFETY: as the caller promises.
    let kind = unsafe { kind(rep) };
    assert!((kind.id)() == TypeId::of::<T>(), "the resource is represented by another type");
    rep as *mut Boxed<T>
}

/// # Safety
/// The representation came from [`new`] with this type and is not used again.
unsafe fn drop_boxed<T: 'static>(rep: usize) {
    // SAFETY: as the caller promises; `new` made the box.
    core::mem::drop(unsafe { Box::from_raw(rep as *mut Boxed<T>) });
}

fn present<T>(value: Option<T>) -> T {
    value.expect("the value was taken out of the resource")
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::rc::Rc;

    #[test]
    fn a_value_lives_until_its_destructor_runs() {
        let value = Rc::new(5);
        let rep = new(Rc::clone(&value));
        // SAFETY: the representation is new, and used by one after the other.
        assert_eq!(**unsafe { get::<Rc<i32>>(rep) }, 5);
        // SAFETY: as above.
        *unsafe { value_mut::<Rc<i32>>(rep) } = Rc::new(6);
        assert_eq!(Rc::strong_count(&value), 1);
        // SAFETY: as above.
        assert_eq!(*unsafe { take::<Rc<i32>>(rep) }, 6);
        // SAFETY: as above, and it is the last use.
        unsafe { drop(rep) }
    }

    #[test]
    #[should_panic = "the resource is represented by another type"]
    fn another_type_is_no_access() {
        // SAFETY: the representation is new.
        let _ = unsafe { get::<u32>(new("text")) };
    }
}
