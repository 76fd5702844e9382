//! The three string encodings (`CanonicalABI.md#loading`, `#storing`).

#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};
#[cfg(feature = "alloc")]
use core::str::Utf8Error;

#[cfg(feature = "alloc")]
use crate::trap::Trap;

/// How a component encodes its strings: the `string-encoding` option of a canonical definition.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum StringEncoding {
    /// `utf8`
    #[default]
    Utf8,
    /// `utf16`
    Utf16,
    /// `latin1+utf16`: each string in either; [`UTF16_TAG`] tells.
    Latin1OrUtf16,
}

/// Set in the length of a `latin1+utf16` string that is in UTF-16.
pub const UTF16_TAG: u32 = 1 << 31;

/// Text of UTF-8 bytes, checked.
///
/// # Errors
/// When the bytes are not UTF-8.
#[cfg(feature = "alloc")]
pub fn owned_utf8(bytes: Vec<u8>) -> Result<String, Trap> {
    String::from_utf8(bytes).map_err(|error| utf8_trap(error.utf8_error()))
}

#[cfg(feature = "alloc")]
fn utf8_trap(error: Utf8Error) -> Trap {
    match error.error_len() {
        Some(_) => Trap::InvalidUtf8,
        None => Trap::IncompleteUtf8,
    }
}
