//! Tables of a component instance, whose entries have indices (`CanonicalABI.md#table-state`).
//!
//! Index 0 is reserved. The index that was freed last is used first, as the reference tests observe: the free indices are a stack,
//! threaded through the free slots.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::trap::Trap;

/// The highest index of a table.
pub const MAX_TABLE_INDEX: u32 = (1 << 28) - 1;

/// A place in a table.
#[derive(Debug)]
pub enum Slot<E> {
    /// Free, with the index that was freed before it, or 0.
    Free(u32),
    /// In use.
    Used(E),
}

/// The storage of a table's slots: a vector, or an array of fixed size without an allocator.
pub trait Slots<E> {
    /// The slots of the indices from 1.
    fn as_slice(&self) -> &[Slot<E>];
    /// The slots of the indices from 1, mutably.
    fn as_mut_slice(&mut self) -> &mut [Slot<E>];
    /// Adds a slot. Returns `false` if there is no room.
    fn push(&mut self, slot: Slot<E>) -> bool;
}

#[cfg(feature = "alloc")]
impl<E> Slots<E> for Vec<Slot<E>> {
    #[inline]
    fn as_slice(&self) -> &[Slot<E>] {
        self
    }

    #[inline]
    fn as_mut_slice(&mut self) -> &mut [Slot<E>] {
        self
    }

    #[inline]
    fn push(&mut self, slot: Slot<E>) -> bool {
        reserve_one(self);
        Vec::push(self, slot);
        true
    }
}

/// Makes room for one more entry. A full vector grows by an eighth, and by 4 at least, so that a long table has little unused room.
#[cfg(feature = "alloc")]
#[inline]
pub fn reserve_one<E>(entries: &mut Vec<E>) {
    if entries.len() == entries.capacity() {
        entries.reserve_exact((entries.len() / 8).max(4));
    }
}

/// Slots for at most `N` entries.
#[derive(Debug)]
pub struct FixedSlots<E, const N: usize> {
    slots: [Slot<E>; N],
    len: usize,
}

impl<E, const N: usize> FixedSlots<E, N> {
    /// No slots in use.
    #[must_use]
    pub const fn new() -> FixedSlots<E, N> {
        FixedSlots { slots: [const { Slot::Free(0) }; N], len: 0 }
    }
}

impl<E, const N: usize> Default for FixedSlots<E, N> {
    fn default() -> Self {
        FixedSlots::new()
    }
}

impl<E, const N: usize> Slots<E> for FixedSlots<E, N> {
    #[inline]
    fn as_slice(&self) -> &[Slot<E>] {
        self.slots.get(..self.len).unwrap_or_default()
    }

    #[inline]
    fn as_mut_slice(&mut self) -> &mut [Slot<E>] {
        self.slots.get_mut(..self.len).unwrap_or_default()
    }

    #[inline]
    fn push(&mut self, slot: Slot<E>) -> bool {
        let Some(place) = self.slots.get_mut(self.len) else { return false };
        *place = slot;
        self.len += 1;
        true
    }
}

/// A table.
#[derive(Debug)]
pub struct Table<E, S> {
    slots: S,
    /// The index freed last, or 0.
    free: u32,
    used: u32,
    max_index: u32,
    entries: PhantomData<E>,
}

impl<E, S: Slots<E>> Table<E, S> {
    /// A table without entries, from storage without slots.
    #[must_use]
    pub const fn new(slots: S) -> Table<E, S> {
        Table::with_max_index(slots, MAX_TABLE_INDEX)
    }

    /// A table with a limit: its highest index is lower than the specification allows.
    #[must_use]
    pub const fn with_max_index(slots: S, max_index: u32) -> Table<E, S> {
        let max_index = if max_index < MAX_TABLE_INDEX { max_index } else { MAX_TABLE_INDEX };
        Table { slots, free: 0, used: 0, max_index, entries: PhantomData }
    }

    /// Sets the highest index for entries that are added from now on.
    pub const fn set_max_index(&mut self, max_index: u32) {
        self.max_index = if max_index < MAX_TABLE_INDEX { max_index } else { MAX_TABLE_INDEX };
    }

    /// The highest index that has been in use.
    #[must_use]
    pub(crate) fn last_index(&self) -> u32 {
        self.slots.as_slice().len() as u32
    }

    /// The number of entries.
    #[must_use]
    #[inline]
    pub const fn len(&self) -> usize {
        self.used as usize
    }

    /// Whether it has no entries.
    #[must_use]
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// The entry at an index.
    ///
    /// # Errors
    /// When no entry has the index.
    #[inline]
    pub fn get(&self, index: u32) -> Result<&E, Trap> {
        match self.slots.as_slice().get(place(index)) {
            Some(Slot::Used(entry)) => Ok(entry),
            Some(Slot::Free(_)) | None => Err(Trap::UnknownHandle(index)),
        }
    }

    /// The entry at an index, mutably.
    ///
    /// # Errors
    /// When no entry has the index.
    #[inline]
    pub fn get_mut(&mut self, index: u32) -> Result<&mut E, Trap> {
        match self.slots.as_mut_slice().get_mut(place(index)) {
            Some(Slot::Used(entry)) => Ok(entry),
            Some(Slot::Free(_)) | None => Err(Trap::UnknownHandle(index)),
        }
    }

    /// Adds an entry and returns its index.
    ///
    /// # Errors
    /// When the table is full.
    #[inline]
    pub fn add(&mut self, entry: E) -> Result<u32, Trap> {
        let index = self.free;
        if let Some(slot @ Slot::Free(_)) = self.slots.as_mut_slice().get_mut(place(index)) {
            let Slot::Free(before) = core::mem::replace(slot, Slot::Used(entry)) else {
                unreachable!("the slot has just been matched")
            };
            self.free = before;
            self.used += 1;
            return Ok(index);
        }
        let index = self.slots.as_slice().len() as u64 + 1;
        if index > u64::from(self.max_index) || !self.slots.push(Slot::Used(entry)) {
            return Err(Trap::HandleTableFull);
        }
        self.used += 1;
        Ok(index as u32)
    }

    /// Removes the entry at an index and returns it.
    ///
    /// # Errors
    /// When no entry has the index.
    #[inline]
    pub fn remove(&mut self, index: u32) -> Result<E, Trap> {
        match self.slots.as_mut_slice().get_mut(place(index)) {
            Some(slot @ Slot::Used(_)) => match core::mem::replace(slot, Slot::Free(self.free)) {
                Slot::Used(entry) => {
                    self.free = index;
                    self.used -= 1;
                    Ok(entry)
                }
                Slot::Free(_) => unreachable!("the slot has just been matched"),
            },
            Some(Slot::Free(_)) | None => Err(Trap::UnknownHandle(index)),
        }
    }

    /// The entries with their indices, from the lowest.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &E)> {
        (1..).zip(self.slots.as_slice()).filter_map(|(index, slot)| match slot {
            Slot::Used(entry) => Some((index, entry)),
            Slot::Free(_) => None,
        })
    }
}

impl<E, S: Slots<E> + Default> Default for Table<E, S> {
    fn default() -> Self {
        Table::new(S::default())
    }
}

/// The place of an index among the slots; that of index 0 is beyond them all.
#[inline]
const fn place(index: u32) -> usize {
    (index as usize).wrapping_sub(1)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::{FixedSlots, Slot, Slots, Table};
    use crate::trap::Trap;

    fn check_reuse<S: Slots<char>>(mut table: Table<char, S>) {
        assert_eq!([table.add('a'), table.add('b'), table.add('c')], [Ok(1), Ok(2), Ok(3)]);
        assert_eq!([table.remove(1), table.remove(2), table.remove(3)], [Ok('a'), Ok('b'), Ok('c')]);
        assert!(table.is_empty());
        assert_eq!([table.add('d'), table.add('e'), table.add('f')], [Ok(3), Ok(2), Ok(1)]);
        assert_eq!(table.iter().collect::<Vec<_>>(), [(1, &'f'), (2, &'e'), (3, &'d')]);
        assert_eq!(table.add('g'), Ok(4));
        assert_eq!(table.len(), 4);
        assert_eq!(table.add('h'), Err(Trap::HandleTableFull));
        assert_eq!(table.get(4), Ok(&'g'));
        assert_eq!(table.get_mut(5), Err(Trap::UnknownHandle(5)));
    }

    #[test]
    fn the_index_freed_last_is_used_first() {
        check_reuse(Table::with_max_index(Vec::<Slot<char>>::new(), 4));
        check_reuse(Table::new(FixedSlots::<char, 4>::new()));
    }

    #[test]
    fn holes_and_the_reserved_index_are_unknown() {
        let mut table = Table::new(Vec::<Slot<u8>>::new());
        assert_eq!(table.add(7), Ok(1));
        assert_eq!(table.remove(1), Ok(7));
        for index in [0, 1, 2, u32::MAX] {
            assert_eq!(table.get(index), Err(Trap::UnknownHandle(index)));
            assert_eq!(table.remove(index), Err(Trap::UnknownHandle(index)));
        }
        assert_eq!(table.add(8), Ok(1), "a failed removal frees nothing");
    }
}
