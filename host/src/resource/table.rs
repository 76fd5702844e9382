//! A table of host values that resources stand for: keys are representations.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt;

use super::{HostResource, Resource};
use crate::error::{Error, HandleError};

/// Host values by representation, for the resources that a host defines.
///
/// A representation is used once: when a value is deleted, its place is used again with another generation. So a stale
/// resource is an error, and never names another value.
#[derive(Default)]
pub struct ResourceTable {
    entries: Vec<Entry>,
    /// Vacant places, the latest last.
    vacant: Vec<u32>,
}

struct Entry {
    generation: u32,
    value: Option<Box<dyn Any + Send>>,
}

impl ResourceTable {
    /// An empty table.
    #[must_use]
    pub fn new() -> ResourceTable {
        ResourceTable::default()
    }

    /// Adds a value, and returns the resource that stands for it.
    ///
    /// # Errors
    /// When the table is full.
    pub fn push<K, V: Any + Send>(&mut self, value: V) -> Result<Resource<K>, Error> {
        let index = match self.vacant.pop() {
            Some(index) => index,
            None => {
                let index = u32::try_from(self.entries.len()).map_err(|_| HandleError::Full)?;
                self.entries.push(Entry { generation: 0, value: None });
                index
            }
        };
        let entry = &mut self.entries[index as usize];
        entry.value = Some(Box::new(value));
        Ok(Resource::new_own(u64::from(entry.generation) << 32 | u64::from(index)))
    }

    /// The value that a resource stands for.
    ///
    /// # Errors
    /// When it was deleted, or is not a `V`.
    pub fn get<V: Any + Send>(&self, resource: &impl HostResource) -> Result<&V, Error> {
        let (index, generation) = split(resource.rep());
        let entry = self.entries.get(index).filter(|entry| entry.generation == generation);
        let value = entry.and_then(|entry| entry.value.as_ref()).ok_or(HandleError::Stale)?;
        Ok(value.downcast_ref().ok_or(HandleError::WrongType)?)
    }

    /// The value that a resource stands for, to change.
    ///
    /// # Errors
    /// When it was deleted, or is not a `V`.
    pub fn get_mut<V: Any + Send>(&mut self, resource: &impl HostResource) -> Result<&mut V, Error> {
        let (index, generation) = split(resource.rep());
        let entry = self.entries.get_mut(index).filter(|entry| entry.generation == generation);
        let value = entry.and_then(|entry| entry.value.as_mut()).ok_or(HandleError::Stale)?;
        Ok(value.downcast_mut().ok_or(HandleError::WrongType)?)
    }

    /// Removes the value that a resource stands for, and returns it.
    ///
    /// # Errors
    /// When it was deleted, or is not a `V`.
    pub fn delete<V: Any + Send>(&mut self, resource: impl HostResource) -> Result<V, Error> {
        self.get::<V>(&resource)?;
        let (index, _) = split(resource.rep());
        let entry = &mut self.entries[index];
        let value = entry.value.take().ok_or(HandleError::Stale)?;
        // A place whose generations are used up stays vacant for good.
        if let Some(next) = entry.generation.checked_add(1) {
            entry.generation = next;
            self.vacant.push(index as u32);
        }
        Ok(*value.downcast().map_err(|_| HandleError::WrongType)?)
    }

    /// The number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.iter().filter(|entry| entry.value.is_some()).count()
    }

    /// Whether the table is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn split(rep: u64) -> (usize, u32) {
    (rep as u32 as usize, (rep >> 32) as u32)
}

impl fmt::Debug for ResourceTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResourceTable").field("len", &self.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stale_and_mistyped_resources_are_errors() {
        let mut table = ResourceTable::new();
        let first: Resource<()> = table.push(7_u32).unwrap();
        assert_eq!(*table.get::<u32>(&first).unwrap(), 7);
        assert!(table.get::<i64>(&first).is_err());
        assert_eq!(table.delete::<u32>(first).unwrap(), 7);
        let second: Resource<()> = table.push(8_u32).unwrap();
        assert_ne!(first.rep(), second.rep());
        assert!(table.get::<u32>(&first).is_err());
        assert_eq!(*table.get_mut::<u32>(&second).unwrap(), 8);
        assert_eq!(table.len(), 1);
    }
}
