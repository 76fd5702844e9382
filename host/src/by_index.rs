//! Values by the index of an id of the machine's.

use alloc::vec::Vec;

use witwright_abi_runtime::table::reserve_one;

/// A value for each index that has been used, and for those below it. What was never set is the default.
pub(crate) struct ByIndex<V>(Vec<V>);

impl<V> Default for ByIndex<V> {
    fn default() -> ByIndex<V> {
        ByIndex(Vec::new())
    }
}

impl<V: Default> ByIndex<V> {
    /// The value at an index, if one was set there or above.
    pub(crate) fn get(&self, index: u32) -> Option<&V> {
        self.0.get(index as usize)
    }

    /// The same, mutably.
    pub(crate) fn get_mut(&mut self, index: u32) -> Option<&mut V> {
        self.0.get_mut(index as usize)
    }

    /// The number of values, from index 0.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// All values, by index.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &V> {
        self.0.iter()
    }

    /// The value at an index, to use or to set.
    pub(crate) fn entry(&mut self, index: u32) -> &mut V {
        let index = index as usize;
        if index >= self.0.len() {
            self.grow(index);
        }
        &mut self.0[index]
    }

    #[cold]
    fn grow(&mut self, index: usize) {
        while index >= self.0.len() {
            reserve_one(&mut self.0);
            self.0.push(V::default());
        }
    }
}
