//! Error contexts (`CanonicalABI.md#canon-error-contextnew` and later).

use alloc::string::String;
use core::fmt;

#[cfg_attr(target_arch = "wasm32", path = "error_context/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "error_context/native.rs")]
mod built_in;

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

/// An error context: a message for people who debug. Components share it.
#[derive(PartialEq, Eq)]
pub struct ErrorContext {
    handle: u32,
}

impl ErrorContext {
    /// A new error context. The host may change the message, or forget it.
    #[must_use]
    pub fn new(debug_message: &str) -> ErrorContext {
        ErrorContext { handle: built_in::new(debug_message) }
    }

    /// The owner of a handle.
    #[doc(hidden)]
    #[must_use]
    pub fn from_handle(handle: u32) -> ErrorContext {
        ErrorContext { handle }
    }

    /// The handle.
    #[doc(hidden)]
    #[must_use]
    pub fn handle(&self) -> u32 {
        self.handle
    }

    /// The message.
    #[must_use]
    pub fn debug_message(&self) -> String {
        built_in::debug_message(self.handle)
    }
}

impl fmt::Debug for ErrorContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorContext").field("debug_message", &self.debug_message()).finish()
    }
}

impl fmt::Display for ErrorContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.debug_message())
    }
}

impl core::error::Error for ErrorContext {}

impl Drop for ErrorContext {
    fn drop(&mut self) {
        built_in::drop(self.handle);
    }
}

impl ComponentType for ErrorContext {
    const DESC: &'static TypeDesc = &TypeDesc::ErrorContext;
}

impl Lower for ErrorContext {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        flat.push(cx.lower_error_context(self.handle.into())?.into());
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let index = cx.lower_error_context(self.handle.into())?;
        cx.write(addr, index.to_le_bytes())
    }
}

impl Lift for ErrorContext {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let handle = cx.lift_error_context(flat.pop() as u32)?;
        Ok(ErrorContext { handle: handle as u32 })
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let index = u32::from_le_bytes(cx.read(addr)?);
        let handle = cx.lift_error_context(index)?;
        Ok(ErrorContext { handle: handle as u32 })
    }
}
