//! Characters that look like those of WIT.

use alloc::string::String;

/// The text of WIT that this character looks like: that of an East Asian keyboard, or that an editor has put in its place.
pub(crate) fn look_alike(char: char) -> Option<String> {
    match char {
        '→' | '⇒' | '⟶' | '➔' => Some("->".into()),
        '‐' | '‑' | '–' | '—' | '−' => Some("-".into()),
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = char::from_u32(u32::from(char) - 0xfee0).filter(|ascii| "%()*,-./:;<=>@{}".contains(*ascii));
            ascii.map(String::from)
        }
        '、' => Some(",".into()),
        '。' => Some(".".into()),
        _ => None,
    }
}
