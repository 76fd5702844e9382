//! Error contexts (`CanonicalABI.md#canon-error-contextnew` and later).

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};

#[cfg_attr(target_arch = "wasm32", path = "error_context/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "error_context/native.rs")]
mod built_in;

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::local::local;
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

local! {
    /// Handles that functions without `async` have returned. Their callers lift them after the functions have ended, and a
    /// `post-return` function may not call built-ins, so they are dropped when the instance gets the next one.
    static RETURNED: RefCell<Vec<u32>> = RefCell::new(Vec::new());
}

/// An error context: a message for people who debug. Components share it.
pub struct ErrorContext {
    handle: u32,
    /// Whether it is in the result of a function without `async`.
    is_returned: AtomicBool,
}

impl ErrorContext {
    /// A new error context. The host may change the message, or forget it.
    #[must_use]
    pub fn new(debug_message: &str) -> ErrorContext {
        ErrorContext::from_handle(built_in::new(debug_message))
    }

    /// The owner of a handle.
    #[doc(hidden)]
    #[must_use]
    pub fn from_handle(handle: u32) -> ErrorContext {
        for returned in RETURNED.with(RefCell::take) {
            built_in::drop(returned);
        }
        ErrorContext { handle, is_returned: AtomicBool::new(false) }
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

impl PartialEq for ErrorContext {
    fn eq(&self, other: &ErrorContext) -> bool {
        self.handle == other.handle
    }
}

impl Eq for ErrorContext {}

impl ErrorContext {
    fn give<C: LowerCx>(&self, cx: &mut C) -> Result<u32, C::Error> {
        if cx.is_result() {
            self.is_returned.store(true, Ordering::Relaxed);
        }
        cx.lower_error_context(self.handle.into())
    }
}

impl Drop for ErrorContext {
    fn drop(&mut self) {
        if *self.is_returned.get_mut() {
            RETURNED.with(|returned| returned.borrow_mut().push(self.handle));
        } else {
            built_in::drop(self.handle);
        }
    }
}

impl ComponentType for ErrorContext {
    const DESC: &'static TypeDesc = &TypeDesc::ErrorContext;
}

impl Lower for ErrorContext {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        let index = self.give(cx)?;
        flat.push(index.into());
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let index = self.give(cx)?;
        cx.write(addr, index.to_le_bytes())
    }
}

impl Lift for ErrorContext {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let handle = cx.lift_error_context(flat.pop() as u32)?;
        Ok(ErrorContext::from_handle(handle as u32))
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let index = u32::from_le_bytes(cx.read(addr)?);
        let handle = cx.lift_error_context(index)?;
        Ok(ErrorContext::from_handle(handle as u32))
    }
}
