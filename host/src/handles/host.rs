//! What the host holds by key: resources, ends of streams and futures, and error contexts.

use alloc::vec::Vec;

use crate::error::HandleError;
use crate::ids::{ErrorContextId, ResourceType, WaitableId};

/// Things that the host holds, by key: place and generation.
pub(super) struct KeyTable<V> {
    entries: Vec<(u32, Option<V>)>,
    vacant: Vec<u32>,
    /// How many there may be.
    limit: usize,
}

/// A resource that the host holds and does not define.
pub(super) struct HostHandle {
    pub(super) ty: ResourceType,
    pub(super) rep: u64,
    pub(super) owned: bool,
    pub(super) lends: u32,
}

/// An end of a stream or a future, or an error context, that the host holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HostEnd {
    End(WaitableId),
    ErrorContext(ErrorContextId),
}

impl<V> KeyTable<V> {
    pub(super) fn new(limit: usize) -> KeyTable<V> {
        KeyTable { entries: Vec::new(), vacant: Vec::new(), limit }
    }

    pub(super) fn add(&mut self, value: V) -> Result<u64, HandleError> {
        let index = match self.vacant.pop() {
            Some(index) => index,
            None => {
                let within = self.entries.len() < self.limit;
                let index = u32::try_from(self.entries.len()).ok().filter(|_| within).ok_or(HandleError::Full)?;
                self.entries.push((0, None));
                index
            }
        };
        let (generation, entry) = &mut self.entries[index as usize];
        *entry = Some(value);
        Ok(u64::from(*generation) << 32 | u64::from(index))
    }

    pub(super) fn get(&mut self, key: u64) -> Result<&mut V, HandleError> {
        let entry = self.entries.get_mut(key as u32 as usize).filter(|entry| entry.0 == (key >> 32) as u32);
        entry.and_then(|entry| entry.1.as_mut()).ok_or(HandleError::Stale)
    }

    pub(super) fn take(&mut self, key: u64) -> Option<V> {
        self.get(key).ok()?;
        let (generation, entry) = &mut self.entries[key as u32 as usize];
        // A place whose generations are used up stays vacant for good.
        if let Some(next) = generation.checked_add(1) {
            *generation = next;
            self.vacant.push(key as u32);
        }
        entry.take()
    }
}

impl KeyTable<HostHandle> {
    /// A resource, of a type if one is given.
    pub(super) fn resource(&mut self, ty: Option<ResourceType>, key: u64) -> Result<&mut HostHandle, HandleError> {
        let handle = self.get(key)?;
        if ty.is_some_and(|ty| ty != handle.ty) { Err(HandleError::WrongType) } else { Ok(handle) }
    }

    pub(super) fn unlend(&mut self, key: u64) {
        if let Ok(handle) = self.get(key) {
            handle.lends -= 1;
        }
    }
}
