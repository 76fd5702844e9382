//! Handles to resources (`CanonicalABI.md#canon-resourcenew`, `#canon-resourcedrop`, `#canon-resourcerep`).

use super::embedding::Embedding;
use super::state::Machine;
use crate::handles::Dropped;
use crate::ids::InstanceId;
use crate::trap::Trap;

impl<E: Embedding> Machine<E> {
    /// `resource.new`
    ///
    /// # Errors
    /// When the instance may not be left, or its table of handles is full.
    pub fn resource_new(&mut self, instance: InstanceId, rt: E::ResourceType, rep: u64) -> Result<u32, Trap> {
        self.check_may_leave(instance)?;
        self.instances[instance].handles.resource_new(rt, rep)
    }

    /// `resource.rep`
    ///
    /// # Errors
    /// When there is no such handle, or it is of another type.
    pub fn resource_rep(&self, instance: InstanceId, rt: E::ResourceType, index: u32) -> Result<u64, Trap> {
        self.instances[instance].handles.resource_rep(rt, index)
    }

    /// `resource.drop`. Returns the representation, if the destructor is to be called with it.
    ///
    /// # Errors
    /// When the instance may not be left, there is no such handle, it is of another type, or it is lent.
    pub fn resource_drop(
        &mut self,
        instance: InstanceId,
        rt: E::ResourceType,
        index: u32,
    ) -> Result<Option<u64>, Trap> {
        self.check_may_leave(instance)?;
        match self.instances[instance].handles.resource_drop(rt, index)? {
            Dropped::Own { rep } => Ok(Some(rep)),
            Dropped::Borrow { scope } => {
                self.end_borrow(scope);
                Ok(None)
            }
        }
    }

    /// `lift_own`: removes an owned handle from an instance, and returns the representation.
    ///
    /// # Errors
    /// When there is no such handle, it is of another type, it is lent, or it is borrowed.
    pub fn lift_own(&mut self, instance: InstanceId, rt: E::ResourceType, index: u32) -> Result<u64, Trap> {
        self.instances[instance].handles.lift_own(rt, index)
    }

    /// `lower_own`: adds an owned handle to an instance.
    ///
    /// # Errors
    /// When its table of handles is full.
    pub fn lower_own(&mut self, instance: InstanceId, rt: E::ResourceType, rep: u64) -> Result<u32, Trap> {
        self.instances[instance].handles.lower_own(rt, rep)
    }
}
