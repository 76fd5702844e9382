//! The exit code of a guest.

use core::fmt;

/// The code with which a guest has ended itself; 0 is success.
///
/// `wasi:cli/exit` ends the guest with this as the error: `error.downcast_host::<I32Exit>()`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct I32Exit(pub i32);

impl fmt::Display for I32Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the guest exited with code {}", self.0)
    }
}

impl core::error::Error for I32Exit {}
