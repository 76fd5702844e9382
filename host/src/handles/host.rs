//! Handles that the host holds by key: of resources, ends of streams and futures, and error contexts.

use crate::error::HandleError;
use crate::ids::{ErrorContextId, ResourceType, WaitableId};
use crate::keys::KeyTable;

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

impl KeyTable<HostHandle> {
    /// The resource with a key. If a type is given, checks that the resource is of it.
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
