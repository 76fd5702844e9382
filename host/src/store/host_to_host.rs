//! Calls in which the host calls functions of its own: ones that it provides and an instance exports.
//!
//! Such a function lifts its parameters from a guest that calls it. Here the host is in the place of that guest: for as long
//! as the call runs, it has a memory of bytes, and the handles of an instance. Both end with the call.

use alloc::vec::Vec;

use witwright_abi_runtime::bytes::ByteMemory;
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::trap::Trap;

use crate::handles::Tables;
use crate::ids::{HostToHostIndex, InstanceId};

/// The encoding of strings in the memory of a host-to-host call.
pub(crate) const ENCODING: StringEncoding = StringEncoding::Utf8;

/// The host-to-host calls of a store; they nest. The places of ended calls are used again.
#[derive(Default)]
pub(crate) struct HostToHostCalls {
    calls: Vec<HostToHostCall>,
    vacant: Vec<HostToHostIndex>,
}

struct HostToHostCall {
    memory: ByteMemory,
    instance: InstanceId,
}

impl HostToHostCalls {
    /// Begins a call. `limit` is the largest index that its handles may use.
    ///
    /// # Errors
    /// When there are too many instances.
    pub(crate) fn begin(&mut self, tables: &mut Tables, limit: u32) -> Result<HostToHostIndex, Trap> {
        if let Some(index) = self.vacant.pop() {
            tables.machine.replace_instance(self.instance(index), limit);
            return Ok(index);
        }
        let instance = tables.machine.add_instance(limit)?;
        let index = HostToHostIndex(self.calls.len() as u32);
        self.calls.push(HostToHostCall { memory: ByteMemory::new(ENCODING), instance });
        Ok(index)
    }

    /// Ends a call, with its bytes and its handles.
    pub(crate) fn end(&mut self, tables: &mut Tables, index: HostToHostIndex) {
        // Handles that are left in its table are dropped: others may wait for them.
        tables.machine.replace_instance(self.instance(index), 0);
        *self.memory(index) = ByteMemory::new(ENCODING);
        self.vacant.push(index);
    }

    pub(crate) fn memory(&mut self, index: HostToHostIndex) -> &mut ByteMemory {
        &mut self.calls[index.0 as usize].memory
    }

    pub(crate) fn instance(&self, index: HostToHostIndex) -> InstanceId {
        self.calls[index.0 as usize].instance
    }
}
