//! Elements whose canonical form differs from that in Rust.

use core::ptr;

use super::super::handle::Handle;
use super::{Conversion, Element};
use crate::end::{EndEntry, EndVtable};
use crate::guest::memory::{Incoming, Outgoing, give_away};

/// The buffers of canonical forms.
#[derive(Debug)]
pub(in crate::concurrent) struct Kept(Outgoing);

impl Kept {
    pub(in crate::concurrent) const fn new() -> Kept {
        Kept(Outgoing::deferred())
    }
}

/// The conversion of elements of a type. `None` if their canonical form is that in Rust.
pub(in crate::concurrent) const fn conversion<T: Element>() -> Option<Conversion<T>> {
    if T::IS_PLAIN {
        return None;
    }
    Some(Conversion { store: store::<T>, load: load::<T>, give_away: give_away::<T> })
}

unsafe fn store<T: Element>(element: &T, kept: &mut Kept, to: *mut u8) {
    let Ok(()) = element.store(&mut kept.0, to as usize as u32);
}

unsafe fn load<T: Element>(from: *const u8, ends: &'static [EndEntry]) -> T {
    // SAFETY: the caller promises that an element is there, which it takes.
    let mut incoming = unsafe { Incoming::new(ends) };
    let Ok(element) = T::load(&mut incoming, from as usize as u32);
    element
}

/// The end that a key names: the key holds its index, and the address of the built-ins of its type.
pub(in crate::concurrent) fn stream_end<T: Element>(key: u64) -> Handle {
    let vtable: *const EndVtable = ptr::with_exposed_provenance((key >> u32::BITS) as usize);
    // SAFETY: only the context of a guest lifts values on `wasm32`, and it puts the address there.
    Handle::new(key as u32, unsafe { &*vtable })
}

pub(in crate::concurrent) use stream_end as future_end;
