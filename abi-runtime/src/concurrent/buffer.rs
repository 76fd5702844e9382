//! Buffers of elements that are written to a stream.

use alloc::vec::Vec;
use core::fmt;

use super::element::{Block, Form, Kept};

/// Elements that are written to a stream, with the number of those that the other end has taken.
pub struct Buffer<T: 'static> {
    /// All elements; its length is 0, as those before `sent` are gone.
    elements: Vec<T>,
    len: usize,
    sent: usize,
    form: &'static Form<T>,
    /// The canonical forms of all elements, made when they are first needed.
    lowered: Option<(Block, Kept)>,
}

impl<T: 'static> Buffer<T> {
    pub(super) fn new(mut elements: Vec<T>, form: &'static Form<T>) -> Buffer<T> {
        let len = elements.len();
        // SAFETY: none is left, and those that are not sent are dropped in `drop`.
        unsafe { elements.set_len(0) }
        Buffer { elements, len, sent: 0, form, lowered: None }
    }

    /// The number of elements that have not been sent.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.len - self.sent
    }

    /// The elements that have not been sent.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<T> {
        let rest = self.remaining();
        let mut elements = core::mem::take(&mut self.elements);
        let first = elements.as_mut_ptr();
        if self.sent > 0 {
            // SAFETY: those before `sent` are gone, so that the others can take their places.
            unsafe { first.copy_from(first.wrapping_add(self.sent), rest) }
        }
        // SAFETY: the first `rest` elements are the ones that have not been sent.
        unsafe { elements.set_len(rest) }
        (self.len, self.sent) = (0, 0);
        elements
    }

    /// The address of the first element that has not been sent, in the form in which it is copied.
    pub(super) fn address(&mut self) -> *const u8 {
        let Some(conversion) = &self.form.conversion else {
            return self.elements.as_ptr().wrapping_add(self.sent).cast();
        };
        let size = self.form.size;
        let (block, _) = self.lowered.get_or_insert_with(|| {
            let (block, mut kept) = (self.form.block(self.len), Kept::new());
            let mut to = block.as_ptr().wrapping_add(self.sent * size);
            for index in self.sent..self.len {
                // SAFETY: the element has not been sent.
                let element = unsafe { &*self.elements.as_ptr().wrapping_add(index) };
                // SAFETY: the block has room for all elements.
                unsafe { (conversion.store)(element, &mut kept, to) }
                to = to.wrapping_add(size);
            }
            (block, kept)
        });
        block.as_ptr().wrapping_add(self.sent * size)
    }

    /// Removes the first `count` elements, which the other end has taken.
    pub(super) fn advance(&mut self, count: usize) {
        debug_assert!(count <= self.remaining(), "the other end takes what it was given");
        if let Some(conversion) = &self.form.conversion {
            for index in self.sent..self.sent + count {
                let element = self.elements.as_mut_ptr().wrapping_add(index);
                // SAFETY: the element has not been sent before.
                (conversion.give_away)(unsafe { &*element });
                // SAFETY: the other end has a copy, and values with one owner have left; so this is dropped, once.
                unsafe { element.drop_in_place() }
            }
        }
        self.sent += count;
    }
}

impl<T: 'static> Drop for Buffer<T> {
    fn drop(&mut self) {
        for index in self.sent..self.len {
            // SAFETY: the element has not been sent, and is dropped once.
            unsafe { self.elements.as_mut_ptr().wrapping_add(index).drop_in_place() }
        }
    }
}

impl<T: 'static> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("len", &self.len).field("sent", &self.sent).finish_non_exhaustive()
    }
}
