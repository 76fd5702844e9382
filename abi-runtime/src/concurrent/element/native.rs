//! Elements of native builds, which are moved as they are.

use super::super::handle::Handle;
use super::{Conversion, ElementBy};
use crate::native::ends::{check_element, future_vtable, stream_vtable};

/// A type without contents: native builds keep nothing of an element.
#[derive(Debug)]
pub(in crate::concurrent) struct Kept;

impl Kept {
    pub(in crate::concurrent) const fn new() -> Kept {
        Kept
    }
}

/// The conversion of elements of a type: `None`, since they are moved as they are.
pub(in crate::concurrent) const fn conversion<S: ElementBy<T>, T: 'static>() -> Option<Conversion<T>> {
    None
}

/// The end that a key names: the key is its index.
pub(in crate::concurrent) fn stream_end<T: 'static>(key: u64) -> Handle {
    check_element::<T>(key as u32);
    Handle::new(key as u32, const { &stream_vtable::<T>() })
}

/// The end that a key names: the key is its index.
pub(in crate::concurrent) fn future_end<T: 'static>(key: u64) -> Handle {
    check_element::<T>(key as u32);
    Handle::new(key as u32, const { &future_vtable::<T>() })
}
