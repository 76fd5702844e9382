//! A text of a fixed size.

use core::fmt::{Display, Write};

/// The longest text.
const MAX_BYTES: usize = 112;

/// A text whose end is left out where there is no room for it.
#[derive(Debug)]
pub(super) struct Text {
    bytes: [u8; MAX_BYTES],
    len: usize,
}

impl Text {
    pub(super) fn of(value: impl Display) -> Text {
        let mut text = Text { bytes: [0; MAX_BYTES], len: 0 };
        // An error says that the end is left out.
        let _ = write!(text, "{value}");
        text
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Write for Text {
    fn write_str(&mut self, part: &str) -> core::fmt::Result {
        let end = self.len + part.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(core::fmt::Error)?;
        room.copy_from_slice(part.as_bytes());
        self.len = end;
        Ok(())
    }
}
