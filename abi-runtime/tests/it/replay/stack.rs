//! A stack of a fixed size.

use core::fmt;

/// At most `N` items.
pub(super) struct Stack<T, const N: usize> {
    items: [Option<T>; N],
    len: usize,
}

impl<T: Copy, const N: usize> Stack<T, N> {
    pub(super) const fn new() -> Stack<T, N> {
        Stack { items: [None; N], len: 0 }
    }

    pub(super) fn push(&mut self, item: T) {
        self.items[self.len] = Some(item);
        self.len += 1;
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        self.len = self.len.checked_sub(1)?;
        self.items[self.len].take()
    }

    pub(super) fn last(&self) -> Option<T> {
        self.iter().last()
    }

    /// The item at a place, from the bottom.
    pub(super) fn at(&self, place: usize) -> T {
        self.items[place].expect("there is an item at this place")
    }

    /// Takes out the item for which `is_it` returns `true`; the last one takes its place.
    pub(super) fn take(&mut self, is_it: impl Fn(&T) -> bool) -> Option<T> {
        let place = self.iter().position(|item| is_it(&item))?;
        self.len -= 1;
        self.items.swap(place, self.len);
        self.items[self.len].take()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.items[..self.len].iter().copied().flatten()
    }
}

impl<T: Copy + Ord, const N: usize> Stack<T, N> {
    pub(super) fn sort(&mut self) {
        self.items[..self.len].sort_unstable();
    }
}

impl<T: Copy + PartialEq, const N: usize> PartialEq for Stack<T, N> {
    fn eq(&self, other: &Stack<T, N>) -> bool {
        self.items[..self.len] == other.items[..other.len]
    }
}

impl<T: Copy + fmt::Debug, const N: usize> fmt::Debug for Stack<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
