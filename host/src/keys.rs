//! Tables of values that the host names by keys. A key consists of a place in the table and a generation.

use alloc::vec::Vec;

use crate::by_index::ByIndex;
use crate::error::HandleError;

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
}

impl<V> KeyTable<V> {
    pub(crate) fn new(limit: usize) -> KeyTable<V> {
        KeyTable { values: ByIndex::default(), generations: ByIndex::default(), vacant: Vec::new(), used: 0, limit }
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
        *self.values.entry(index) = Some(value(key));
        self.used += 1;
        Ok(key)
    }

    pub(crate) fn get(&mut self, key: u64) -> Result<&mut V, HandleError> {
        let generation = self.generations.get(key as u32).filter(|generation| **generation == (key >> 32) as u32);
        let value = generation.and_then(|_| self.values.get_mut(key as u32)?.as_mut());
        value.ok_or(HandleError::Stale)
    }

    pub(crate) fn take(&mut self, key: u64) -> Option<V> {
        self.get(key).ok()?;
        let generation = self.generations.entry(key as u32);
        self.used -= 1;
        // A place whose generations are used up stays vacant for good.
        if let Some(next) = generation.checked_add(1) {
            *generation = next;
            self.vacant.push(key as u32);
        }
        self.values.entry(key as u32).take()
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
