//! Arenas: tables whose entries are named by ids of a type of their own, for the machine's use.
//!
//! An id that the machine returns is valid until its entry ends, so a missing entry is a mistake of the
//! embedder, and not of a component.

use core::marker::PhantomData;
use core::ops::{Index, IndexMut};

use crate::table::{Slots, Table};

/// The id of an entry of an arena.
pub(crate) trait Id: Copy + PartialEq + 'static {
    /// The noun for such an entry, in the message for an id that names none.
    const NOUN: &'static str;

    /// The id of the entry at an index of the table.
    fn new(index: u32) -> Self;

    /// The index of the entry in the table.
    fn index(self) -> u32;
}

/// Defines ids.
macro_rules! ids {
    ($($(#[$doc:meta])* $vis:vis $name:ident: $noun:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        $vis struct $name(core::num::NonZeroU32);

        impl $name {
            /// The index of the entry. It is used again after the entry has ended.
            #[must_use]
            #[inline]
            $vis const fn index(self) -> u32 {
                self.0.get()
            }
        }

        impl $crate::arena::Id for $name {
            const NOUN: &'static str = $noun;

            #[inline]
            fn new(index: u32) -> Self {
                match core::num::NonZeroU32::new(index) {
                    Some(index) => $name(index),
                    None => unreachable!("the indices of a table begin with 1"),
                }
            }

            #[inline]
            fn index(self) -> u32 {
                $name::index(self)
            }
        }
    )*};
}
pub(crate) use ids;

/// A table whose entries are named by ids.
#[derive(Debug)]
pub(crate) struct Arena<I, T, S> {
    table: Table<T, S>,
    ids: PhantomData<fn() -> I>,
}

/// An arena has no room for one more entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Full;

impl<I: Id, T, S: Slots<T> + Default> Arena<I, T, S> {
    /// An arena that holds at most this many entries.
    pub(crate) fn new(max_entries: u32) -> Arena<I, T, S> {
        Arena { table: Table::with_max_index(S::default(), max_entries), ids: PhantomData }
    }

    /// Sets the number of entries that it holds at most, if it does not hold more already.
    pub(crate) const fn set_max_entries(&mut self, max_entries: u32) {
        self.table.set_max_index(max_entries);
    }

    #[inline]
    pub(crate) fn add(&mut self, entry: T) -> Result<I, Full> {
        match self.table.add(entry) {
            Ok(index) => Ok(I::new(index)),
            Err(_) => Err(Full),
        }
    }

    #[inline]
    pub(crate) fn remove(&mut self, id: I) -> T {
        match self.table.remove(id.index()) {
            Ok(entry) => entry,
            Err(_) => missing::<I>(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// The entry of an id, if it has not ended.
    pub(crate) fn get(&self, id: I) -> Option<&T> {
        self.table.get(id.index()).ok()
    }

    /// The ids of all places that have been used, also of those without an entry now. Later changes are not seen.
    pub(crate) fn ids(&self) -> impl Iterator<Item = I> + use<I, T, S> {
        (1..=self.table.last_index()).map(I::new)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.table.iter().map(|(index, entry)| (I::new(index), entry))
    }
}

impl<I: Id, T, S: Slots<T>> Index<I> for Arena<I, T, S> {
    type Output = T;

    #[inline]
    fn index(&self, id: I) -> &T {
        match self.table.get(id.index()) {
            Ok(entry) => entry,
            Err(_) => missing::<I>(),
        }
    }
}

impl<I: Id, T, S: Slots<T>> IndexMut<I> for Arena<I, T, S> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        match self.table.get_mut(id.index()) {
            Ok(entry) => entry,
            Err(_) => missing::<I>(),
        }
    }
}

#[cold]
fn missing<I: Id>() -> ! {
    panic!("this {} has ended", I::NOUN)
}
