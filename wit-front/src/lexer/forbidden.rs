//! Characters that a WIT text must not contain (`WIT.md#lexical-structure`).

use alloc::borrow::Cow;
use alloc::string::String;

/// The reason why a character is forbidden.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Forbidden {
    /// A control code other than newline, carriage return and tab.
    Control,
    /// Changes the direction in which text is shown, so that it looks different from its content.
    Bidirectional,
    /// Deprecated, or its use strongly discouraged, by Unicode.
    Deprecated,
}

/// The reason why this character is forbidden, if it is.
pub(crate) fn reason(char: char) -> Option<Forbidden> {
    match char {
        '\n' | '\r' | '\t' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Forbidden::Bidirectional),
        // The property `Deprecated` of Unicode's PropList.txt, and two letters that its chapter on Khmer discourages.
        '\u{149}'
        | '\u{673}'
        | '\u{f77}'
        | '\u{f79}'
        | '\u{17a3}'
        | '\u{17a4}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{206a}'..='\u{206f}'
        | '\u{2329}'
        | '\u{232a}'
        | '\u{e0001}' => Some(Forbidden::Deprecated),
        _ if char.is_control() => Some(Forbidden::Control),
        _ => None,
    }
}

pub(super) fn is_forbidden(char: char) -> bool {
    reason(char).is_some()
}

/// The forbidden characters of a text with their places, in order.
pub(super) fn find(text: &str) -> impl Iterator<Item = (usize, char, Forbidden)> + '_ {
    let mut at = 0;
    core::iter::from_fn(move || {
        while let Some(distance) = first_suspect(&text.as_bytes()[at..]) {
            at += distance;
            let place = at;
            let char = text[place..].chars().next()?;
            at += char.len_utf8();
            if let Some(reason) = reason(char) {
                return Some((place, char, reason));
            }
        }
        None
    })
}

/// The text for showing: every forbidden character is replaced by a visible one of the same length in bytes.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut copied = 0;
    for (at, char, _) in find(text) {
        masked.push_str(&text[copied..at]);
        masked.push(match char.len_utf8() {
            1 => '?',
            2 => '¿',
            _ => char::REPLACEMENT_CHARACTER,
        });
        copied = at + char.len_utf8();
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[copied..]);
    Cow::Owned(masked)
}

/// The index of the first byte that needs a closer look. Most texts have none, so blocks are judged as a whole: that compiles
/// to a few vector instructions a block.
fn first_suspect(bytes: &[u8]) -> Option<usize> {
    const BLOCK_LEN: usize = 32;
    let is_clean = |block: &[u8; BLOCK_LEN]| !block.iter().fold(false, |found, &byte| found | may_be_forbidden(byte));
    let (blocks, _) = bytes.as_chunks::<BLOCK_LEN>();
    let clean_len = BLOCK_LEN * blocks.iter().take_while(|block| is_clean(block)).count();
    bytes[clean_len..].iter().position(|&byte| may_be_forbidden(byte)).map(|distance| clean_len + distance)
}

/// Whether a character that begins with this byte needs a closer look; nearly none does.
const fn may_be_forbidden(byte: u8) -> bool {
    // Without `&&` and `||`, so that a block of bytes is judged without a jump.
    (byte >= 0x7f) | (byte < b' ') & (byte != b'\n') & (byte != b'\r') & (byte != b'\t')
}
