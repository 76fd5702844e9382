//! The bytes of a binary, which come from memory or from a reader.

use super::error::{DecodeError, DecodeErrorKind};

/// The bytes of a binary from a current position on.
pub(super) trait ByteSource {
    /// The number of bytes left.
    fn remaining(&self) -> u64;

    /// The bytes at the current position: `wanted` or more, unless fewer are left.
    fn peek(&mut self, wanted: usize) -> Result<&[u8], DecodeError>;

    /// Skips bytes without the need to read them.
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
