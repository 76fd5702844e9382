//! Error contexts: debug messages that are shared, and counted (`CanonicalABI.md#canon-error-contextnew`).

use super::embedding::Embedding;
use super::parts::ErrorContext;
use super::state::{Machine, full};
use crate::handles::Handle;
use crate::ids::{ErrorContextId, InstanceId};
use crate::trap::{HandleKind, Limit, Trap};

impl<E: Embedding> Machine<E> {
    /// `error-context.new`, with a message that has been lifted.
    ///
    /// # Errors
    /// When the instance may not be left, or a table is full.
    pub fn error_context_new(&mut self, instance: InstanceId, message: E::Message) -> Result<u32, Trap> {
        self.check_may_leave(instance)?;
        let id = self.new_error_context(message)?;
        let index = self.lower_error_context(instance, id);
        self.release_error_context(id);
        index
    }

    /// An error context of the embedder, which has one handle to it.
    ///
    /// # Errors
    /// When a limit of the machine is reached.
    pub fn new_error_context(&mut self, message: E::Message) -> Result<ErrorContextId, Trap> {
        self.error_contexts.add(ErrorContext { message, num_handles: 1 }).map_err(full(Limit::ErrorContexts))
    }

    /// `error-context.debug-message`, to be lowered.
    ///
    /// # Errors
    /// When the instance may not be left, or there is no such error context.
    pub fn error_context_debug_message(&self, instance: InstanceId, index: u32) -> Result<&E::Message, Trap> {
        self.check_may_leave(instance)?;
        Ok(self.error_context_message(self.lift_error_context(instance, index)?))
    }

    /// The debug message of an error context.
    #[must_use]
    pub fn error_context_message(&self, id: ErrorContextId) -> &E::Message {
        &self.error_contexts[id].message
    }

    /// `error-context.drop`
    ///
    /// # Errors
    /// When the instance may not be left, or there is no such error context.
    pub fn error_context_drop(&mut self, instance: InstanceId, index: u32) -> Result<(), Trap> {
        self.check_may_leave(instance)?;
        let id = self.lift_error_context(instance, index)?;
        self.instances[instance].handles.table_mut().remove(index)?;
        self.release_error_context(id);
        Ok(())
    }

    /// `lift_error_context`: the handle stays.
    ///
    /// # Errors
    /// When there is no such error context.
    pub fn lift_error_context(&self, instance: InstanceId, index: u32) -> Result<ErrorContextId, Trap> {
        match self.instances[instance].handles.table().get(index)? {
            Handle::ErrorContext(id) => Ok(*id),
            Handle::Resource(_) | Handle::Waitable(_) | Handle::WaitableSet(_) => {
                Err(Trap::WrongHandleKind { index, expected: HandleKind::ErrorContext })
            }
        }
    }

    /// A handle of the embedder to an error context of an instance, to be released.
    ///
    /// # Errors
    /// When there is no such error context.
    pub fn keep_error_context(&mut self, instance: InstanceId, index: u32) -> Result<ErrorContextId, Trap> {
        let id = self.lift_error_context(instance, index)?;
        self.error_contexts[id].num_handles += 1;
        Ok(id)
    }

    /// `lower_error_context`: a further handle.
    ///
    /// # Errors
    /// When the table of handles is full.
    pub fn lower_error_context(&mut self, instance: InstanceId, id: ErrorContextId) -> Result<u32, Trap> {
        let index = self.instances[instance].handles.table_mut().add(Handle::ErrorContext(id))?;
        self.error_contexts[id].num_handles += 1;
        Ok(index)
    }

    /// Drops a handle of the embedder.
    pub fn release_error_context(&mut self, id: ErrorContextId) {
        self.error_contexts[id].num_handles -= 1;
        if self.error_contexts[id].num_handles == 0 {
            self.error_contexts.remove(id);
        }
    }
}
