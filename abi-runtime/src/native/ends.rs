//! Ends of streams and futures in native builds: a table of each thread takes the place of the host
//! (`CanonicalABI.md#stream-and-future-state`).
//!
//! Both ends belong to one program, so elements have their form in Rust and are moved. Events are delivered at once.

use alloc::vec::Vec;
use core::any::TypeId;
use core::cell::RefCell;
use core::mem::{self, ManuallyDrop};

use crate::codes::{BLOCKED, CopyResult, EndPair, StreamResult};
use crate::end::{EndVtable, NO_ENDS};
use crate::local::local;
use crate::table::{Slot, Table};
use crate::trap::Trap;
use crate::waitable::deliver;

/// An end.
struct End {
    element: Element,
    /// The index of the other end, or 0 if that was dropped.
    other: u32,
    is_writable: bool,
    /// The copy that waits for the other end.
    copy: Option<Copy>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Element {
    ty: TypeId,
    size: usize,
    /// Whether the ends are those of a future, which has one element.
    is_future: bool,
}

/// The buffer of a copy in progress.
#[derive(Clone, Copy)]
struct Copy {
    elements: *mut u8,
    len: usize,
}

local! {
    /// It is never dropped, so that ends which a static holds can be dropped when a thread ends.
    static ENDS: RefCell<ManuallyDrop<Table<End, Vec<Slot<End>>>>> = RefCell::new(ManuallyDrop::new(Table::new(Vec::new())));
}

/// The built-ins of streams of a type.
#[must_use]
pub const fn stream_vtable<T: 'static>() -> EndVtable {
    EndVtable { new: new::<T, false>, ..VTABLE }
}

/// The built-ins of futures of a type.
#[must_use]
pub const fn future_vtable<T: 'static>() -> EndVtable {
    EndVtable { new: new::<T, true>, ..VTABLE }
}

const VTABLE: EndVtable = EndVtable {
    new: new::<(), false>,
    read: start_read,
    write: start_write,
    cancel_read: cancel,
    cancel_write: cancel,
    drop_readable: drop_end,
    drop_writable: drop_end,
    ends: || NO_ENDS,
};

/// Checks that the end exists and is readable.
pub(super) fn check(index: u32) -> Result<u32, Trap> {
    let end = ENDS.with_borrow(|ends| ends.get(index).map(|end| end.is_writable));
    if end? { Err(Trap::UnknownHandle(index)) } else { Ok(index) }
}

/// Checks that the elements of an end are of this type: both ends are used by the same bindings.
pub(crate) fn check_element<T: 'static>(index: u32) {
    let is_same = with(index, |end| end.element.ty == TypeId::of::<T>());
    assert!(
        is_same,
        "the elements of an end have another type in Rust where it was made: both sides need the same type"
    );
}

extern "C" fn new<T: 'static, const IS_FUTURE: bool>() -> u64 {
    let element = Element { ty: TypeId::of::<T>(), size: size_of::<T>(), is_future: IS_FUTURE };
    ENDS.with_borrow_mut(|ends| {
        let mut add = |is_writable| {
            let added = ends.add(End { element, other: 0, is_writable, copy: None });
            added.unwrap_or_else(|_| panic!("the thread holds as many ends of streams and futures as a component can"))
        };
        let (readable, writable) = (add(false), add(true));
        for (end, other) in [(readable, writable), (writable, readable)] {
            if let Ok(end) = ends.get_mut(end) {
                end.other = other;
            }
        }
        EndPair { readable, writable }.pack()
    })
}

/// Runs `body` with an end.
fn with<R>(index: u32, body: impl FnOnce(&mut End) -> R) -> R {
    ENDS.with_borrow_mut(|ends| match ends.get_mut(index) {
        Ok(end) => body(end),
        Err(_) => panic!("this thread has no end {index} of a stream or a future: it belongs to another thread"),
    })
}

unsafe extern "C" fn start_read(index: u32, elements: *mut u8, len: usize) -> u32 {
    start(index, Copy { elements, len })
}

unsafe extern "C" fn start_write(index: u32, elements: *const u8, len: usize) -> u32 {
    start(index, Copy { elements: elements.cast_mut(), len })
}

/// Begins a read or a write: copies to or from the buffer that waits at the other end, or waits there itself.
fn start(index: u32, own: Copy) -> u32 {
    let (element, other, is_writable) = with(index, |end| (end.element, end.other, end.is_writable));
    if other == 0 {
        return code(element, CopyResult::Dropped, 0);
    }
    let Some(waiting) = with(other, |end| end.copy) else {
        with(index, |end| end.copy = Some(own));
        return BLOCKED;
    };
    if own.len == 0 && (is_writable || waiting.len > 0) {
        // The other end stays ready for the copy that follows.
        return code(element, CopyResult::Completed, 0);
    }
    let copied = own.len.min(waiting.len);
    let (from, to) = if is_writable { (own, waiting) } else { (waiting, own) };
    if copied > 0 {
        // SAFETY: both buffers have room for as many elements of this type, and belong to operations in progress; the
        // elements are moved, which both operations know by the code that they get.
        unsafe { to.elements.copy_from_nonoverlapping(from.elements, copied * element.size) }
    }
    with(other, |end| end.copy = None);
    deliver(other, code(element, CopyResult::Completed, copied));
    if copied == 0 && own.len > 0 {
        // The other end only waited for this one.
        with(index, |end| end.copy = Some(own));
        return BLOCKED;
    }
    code(element, CopyResult::Completed, copied)
}

fn code(element: Element, result: CopyResult, copied: usize) -> u32 {
    if element.is_future { result.pack() } else { StreamResult { result, progress: copied as u32 }.pack() }
}

unsafe extern "C" fn cancel(index: u32) -> u32 {
    let element = with(index, |end| {
        end.copy = None;
        end.element
    });
    code(element, CopyResult::Cancelled, 0)
}

unsafe extern "C" fn drop_end(index: u32) {
    let Ok(end) = ENDS.with_borrow_mut(|ends| ends.remove(index)) else {
        // It belongs to another thread.
        return;
    };
    if end.other == 0 {
        return;
    }
    let waiting = with(end.other, |other| {
        other.other = 0;
        mem::take(&mut other.copy)
    });
    if waiting.is_some() {
        deliver(end.other, code(end.element, CopyResult::Dropped, 0));
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use crate::codes::EndPair;

    /// The time to make a pair does not depend on the others.
    #[test]
    fn many_can_be_held() {
        let vtable = super::stream_vtable::<u8>();
        // SAFETY: the built-in has no preconditions.
        let held: Vec<u64> = (0..150_000).map(|_| unsafe { (vtable.new)() }).collect();
        for pair in held {
            let EndPair { readable, writable } = EndPair::unpack(pair);
            // SAFETY: both ends exist, and nothing uses them.
            unsafe { (vtable.drop_readable)(readable) }
            // SAFETY: as above.
            unsafe { (vtable.drop_writable)(writable) }
        }
        assert!(super::check(1).is_err());
    }
}
