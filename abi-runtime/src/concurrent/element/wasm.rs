//! Elements whose canonical form differs from that in Rust.

use core::ptr;

use super::super::handle::Handle;
use super::{By, Conversion, ElementBy};
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
pub(in crate::concurrent) const fn conversion<S: ElementBy<T>, T: 'static>() -> Option<Conversion<T>> {
    if S::IS_PLAIN {
        return None;
    }
    Some(Conversion {
        store: store::<S, T>,
        load: load::<S, T>,
        give_away: |element| give_away(By::<S, T>::of(element)),
    })
}

unsafe fn store<S: ElementBy<T>, T: 'static>(element: &T, kept: &mut Kept, to: *mut u8) {
    let Ok(()) = S::store(element, &mut kept.0, to as usize as u32);
}

unsafe fn load<S: ElementBy<T>, T: 'static>(from: *const u8, ends: &'static [EndEntry]) -> T {
    // SAFETY: the caller promises that an element is there, which it takes.
    let mut incoming = unsafe { Incoming::new(ends) };
    let Ok(element) = S::load(&mut incoming, from as usize as u32);
    element
}

/// The end that a key names: the key holds its index, and the address of the built-ins of its type.
pub(in crate::concurrent) fn stream_end<T>(key: u64) -> Handle {
    let vtable: *const EndVtable = ptr::with_exposed_provenance((key >> u32::BITS) as usize);
    // SAFETY: only the context of a guest lifts values on `wasm32`, and it puts the address there.
    Handle::new(key as u32, unsafe { &*vtable })
}

pub(in crate::concurrent) use stream_end as future_end;
