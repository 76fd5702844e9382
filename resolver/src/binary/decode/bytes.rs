//! The bytes of a binary, which come from memory or from a reader.

use super::error::{DecodeError, DecodeErrorKind};

/// The bytes of a binary from a current place on.
pub(super) trait ByteSource {
    /// How many bytes are left.
    fn remaining(&self) -> u64;

    /// The bytes at the current place: `wanted` or more, unless fewer are left.
    fn peek(&mut self, wanted: usize) -> Result<&[u8], DecodeError>;

    /// Passes over bytes, which need not be read for that.
    fn skip(&mut self, count: u64) -> Result<(), DecodeError>;
}

impl ByteSource for &[u8] {
    fn remaining(&self) -> u64 {
        self.len() as u64
    }

    fn peek(&mut self, _: usize) -> Result<&[u8], DecodeError> {
        Ok(self)
    }

    fn skip(&mut self, count: u64) -> Result<(), DecodeError> {
        let rest = usize::try_from(count).ok().and_then(|count| self.get(count..));
        *self = rest.ok_or(DecodeErrorKind::Truncated)?;
        Ok(())
    }
}
