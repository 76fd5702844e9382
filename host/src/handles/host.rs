//! Resources that the host holds by key.

use alloc::vec::Vec;

use crate::error::{Error, HandleError};
use crate::ids::ResourceType;

/// Resources that the host holds and does not define, by key: place and generation.
pub(super) struct HostTable {
    entries: Vec<(u32, Option<HostHandle>)>,
    vacant: Vec<u32>,
    /// How many there may be.
    limit: usize,
}

pub(super) struct HostHandle {
    pub(super) ty: ResourceType,
    pub(super) rep: u64,
    pub(super) owned: bool,
    pub(super) lends: u32,
}

impl HostTable {
    pub(super) fn new(limit: usize) -> HostTable {
        HostTable { entries: Vec::new(), vacant: Vec::new(), limit }
    }

    pub(super) fn add(&mut self, handle: HostHandle) -> Result<u64, Error> {
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
        *entry = Some(handle);
        Ok(u64::from(*generation) << 32 | u64::from(index))
    }

    pub(super) fn get(&mut self, ty: Option<ResourceType>, key: u64) -> Result<&mut HostHandle, Error> {
        let entry = self.entries.get_mut(key as u32 as usize).filter(|entry| entry.0 == (key >> 32) as u32);
        let handle = entry.and_then(|entry| entry.1.as_mut()).ok_or(HandleError::Stale)?;
        if ty.is_some_and(|ty| ty != handle.ty) {
            return Err(HandleError::WrongType.into());
        }
        Ok(handle)
    }

    pub(super) fn unlend(&mut self, key: u64) {
        if let Ok(handle) = self.get(None, key) {
            handle.lends -= 1;
        }
    }

    pub(super) fn forget(&mut self, key: u64) {
        if self.get(None, key).is_ok() {
            let (generation, entry) = &mut self.entries[key as u32 as usize];
            *entry = None;
            // A place whose generations are used up stays vacant for good.
            if let Some(next) = generation.checked_add(1) {
                *generation = next;
                self.vacant.push(key as u32);
            }
        }
    }
}
