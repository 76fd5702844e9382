//! A table of host values that resources stand for: keys are representations.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt;

use super::{HostResource, Resource};
use crate::error::{Error, HandleError};

/// The values behind the resources that a host defines, by representation.
///
/// A value is of the type that the option `with` of the bindings gives its resource.
///
/// A representation is used once: when a value is deleted, its place is used again with another generation. So a stale
/// resource is an error, and never names another value. A resource of another table is not recognized: it may name a value of this
/// one. A value that was added as a child of another one is deleted before it.
#[derive(Default)]
pub struct ResourceTable {
    entries: Vec<Entry>,
    /// Vacant places, the latest last.
    vacant: Vec<u32>,
}

struct Entry {
    generation: u32,
    value: Option<Box<dyn Any + Send>>,
    /// The place of the value that this one is a child of.
    parent: Option<usize>,
    /// The number of children.
    children: u32,
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
    pub fn push<T: Any + Send>(&mut self, value: T) -> Result<Resource<T>, Error> {
        let index = match self.vacant.pop() {
            Some(index) => index,
            None => {
                let index = u32::try_from(self.entries.len()).map_err(|_| HandleError::Full)?;
                self.entries.push(Entry { generation: 0, value: None, parent: None, children: 0 });
                index
            }
        };
        let entry = &mut self.entries[index as usize];
        entry.value = Some(Box::new(value));
        Ok(Resource::new_own(u64::from(entry.generation) << 32 | u64::from(index)))
    }

    /// Adds a value as a child of another one, which cannot be deleted before it.
    ///
    /// # Errors
    /// When the table is full, or the parent was deleted.
    pub fn push_child<T: Any + Send>(&mut self, value: T, parent: &impl HostResource) -> Result<Resource<T>, Error> {
        let (parent, generation) = split(parent.rep());
        let place = self.entries.get(parent).filter(|entry| entry.generation == generation);
        if place.is_none_or(|entry| entry.value.is_none()) {
            return Err(HandleError::Stale.into());
        }
        let resource = self.push(value)?;
        self.entries[parent].children += 1;
        let (index, _) = split(resource.rep());
        self.entries[index].parent = Some(parent);
        Ok(resource)
    }

    /// The value that a resource stands for.
    ///
    /// # Errors
    /// When it was deleted, or its place holds a value of another type.
    pub fn get<T: Any + Send>(&self, resource: &impl HostResource<Kind = T>) -> Result<&T, Error> {
        let (index, generation) = split(resource.rep());
        let entry = self.entries.get(index).filter(|entry| entry.generation == generation);
        let value = entry.and_then(|entry| entry.value.as_ref()).ok_or(HandleError::Stale)?;
        Ok(value.downcast_ref().ok_or(HandleError::WrongType)?)
    }

    /// The value that a resource stands for, mutably.
    ///
    /// # Errors
    /// When it was deleted, or its place holds a value of another type.
    pub fn get_mut<T: Any + Send>(&mut self, resource: &impl HostResource<Kind = T>) -> Result<&mut T, Error> {
        let (index, generation) = split(resource.rep());
        let entry = self.entries.get_mut(index).filter(|entry| entry.generation == generation);
        let value = entry.and_then(|entry| entry.value.as_mut()).ok_or(HandleError::Stale)?;
        Ok(value.downcast_mut().ok_or(HandleError::WrongType)?)
    }

    /// Removes the value that a resource stands for, and returns it.
    ///
    /// # Errors
    /// When it was deleted, its place holds a value of another type, or it has children.
    pub fn delete<T: Any + Send>(&mut self, resource: impl HostResource<Kind = T>) -> Result<T, Error> {
        self.get(&resource)?;
        let (index, _) = split(resource.rep());
        let entry = &mut self.entries[index];
        if entry.children > 0 {
            return Err(HandleError::HasChildren.into());
        }
        let value = entry.value.take().ok_or(HandleError::Stale)?;
        let parent = entry.parent.take();
        // A place whose generations are used up stays vacant for good.
        if let Some(next) = entry.generation.checked_add(1) {
            entry.generation = next;
            self.vacant.push(index as u32);
        }
        if let Some(parent) = parent {
            self.entries[parent].children -= 1;
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
    fn stale_resources_and_those_of_another_type_are_errors() {
        let mut table = ResourceTable::new();
        let first = table.push(7_u32).unwrap();
        assert_eq!(*table.get(&first).unwrap(), 7);
        assert!(table.get(&Resource::<char>::new_own(first.rep())).is_err());
        assert_eq!(table.delete(first).unwrap(), 7);
        let second = table.push(8_u32).unwrap();
        assert_ne!(first.rep(), second.rep());
        assert!(table.get(&first).is_err());
        assert_eq!(*table.get_mut(&second).unwrap(), 8);
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn a_parent_outlives_its_children() {
        let mut table = ResourceTable::new();
        let parent = table.push('p').unwrap();
        let child = table.push_child('c', &parent).unwrap();
        let grandchild = table.push_child('g', &child).unwrap();
        assert!(table.delete(parent).is_err());
        assert!(table.delete(child).is_err());
        for resource in [grandchild, child, parent] {
            table.delete(resource).unwrap();
        }
        assert!(table.is_empty());
        assert!(table.push_child('c', &parent).is_err(), "the parent was deleted");
    }
}
