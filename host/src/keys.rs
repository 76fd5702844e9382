//! Tables of values that the host names by keys. A key consists of a place in the table and a generation, and may be mixed with a
//! number of the table, so that another table does not know it.

use alloc::vec::Vec;

use crate::by_index::ByIndex;
use crate::error::HandleError;

/// A key that names nothing, because its thing was dropped or given away.
pub(crate) const STALE_KEY: u64 = u64::MAX;

/// A key that names nothing, because its thing belongs to another store.
pub(crate) const OTHER_STORE_KEY: u64 = u64::MAX - 1;

/// A key that names nothing, because its thing is being read.
pub(crate) const BUSY_KEY: u64 = u64::MAX - 2;

/// Values by key. A key never names a second value: a place that became free is used again with the next generation.
pub(crate) struct KeyTable<V> {
    /// The value at each place.
    values: ByIndex<Option<V>>,
    /// The generation of each place.
    generations: ByIndex<u32>,
    vacant: Vec<u32>,
    /// The number of values.
    used: usize,
    /// The largest number of values.
    limit: usize,
    /// The number that each key is mixed with.
    salt: u64,
}

impl<V> KeyTable<V> {
    pub(crate) fn new(limit: usize) -> KeyTable<V> {
        Self::of_store(limit, 0)
    }

    /// A table whose keys other stores do not know. Stores have different numbers.
    pub(crate) fn of_store(limit: usize, store: u32) -> KeyTable<V> {
        // A product of consecutive numbers and this odd one differs in both halves.
        let salt = u64::from(store).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        KeyTable {
            values: ByIndex::default(),
            generations: ByIndex::default(),
            vacant: Vec::new(),
            used: 0,
            limit,
            salt,
        }
    }

    pub(crate) fn add(&mut self, value: V) -> Result<u64, HandleError> {
        self.add_with(|_| value)
    }

    /// Adds a value that is made with its key.
    pub(crate) fn add_with(&mut self, value: impl FnOnce(u64) -> V) -> Result<u64, HandleError> {
        let index = match self.vacant.pop() {
            Some(index) => index,
            None => {
                let within = self.values.len() < self.limit;
                u32::try_from(self.values.len()).ok().filter(|_| within).ok_or(HandleError::Full)?
            }
        };
        let key = u64::from(*self.generations.entry(index)) << 32 | u64::from(index);
        let key = key ^ self.salt;
        *self.values.entry(index) = Some(value(key));
        self.used += 1;
        Ok(key)
    }

    pub(crate) fn get(&mut self, key: u64) -> Result<&mut V, HandleError> {
        let place = key ^ self.salt;
        let generation = self.generations.get(place as u32).filter(|generation| **generation == (place >> 32) as u32);
        let value = generation.and_then(|_| self.values.get_mut(place as u32)?.as_mut());
        value.ok_or(match key {
            OTHER_STORE_KEY => HandleError::OtherStore,
            BUSY_KEY => HandleError::Busy,
            _ => HandleError::Stale,
        })
    }

    pub(crate) fn take(&mut self, key: u64) -> Option<V> {
        self.get(key).ok()?;
        let index = (key ^ self.salt) as u32;
        let generation = self.generations.entry(index);
        self.used -= 1;
        // A place whose generations are used up stays vacant for good.
        if let Some(next) = generation.checked_add(1) {
            *generation = next;
            self.vacant.push(index);
        }
        self.values.entry(index).take()
    }

    /// Puts a value back under its key. Of those taken, it is the last that is not back.
    pub(crate) fn put_back(&mut self, key: u64, value: V) {
        let index = (key ^ self.salt) as u32;
        if self.vacant.pop_if(|vacant| *vacant == index).is_some() {
            *self.generations.entry(index) -= 1;
        }
        *self.values.entry(index) = Some(value);
        self.used += 1;
        debug_assert!(self.get(key).is_ok(), "nothing was added since it was taken");
    }

    /// All values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.values.iter().flatten()
    }

    /// Whether the table is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.used == 0
    }
}
