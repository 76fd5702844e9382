//! How a guest ends itself.

use core::fmt;

/// The guest ended itself with this code; 0 is success.
///
/// It is the error that `wasi:cli/exit` ends the guest with: `error.downcast_host::<I32Exit>()`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct I32Exit(pub i32);

impl fmt::Display for I32Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the guest exited with code {}", self.0)
    }
}

impl core::error::Error for I32Exit {}
