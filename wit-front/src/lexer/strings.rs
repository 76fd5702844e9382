//! The values of string literals (`WIT.md#string-literals`, which are the core specification's `name`s).

use alloc::string::String;
use alloc::vec::Vec;

/// A mistake in a string literal, and its place in bytes from the opening quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct StringMistake {
    pub(crate) kind: StringMistakeKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The sorts of mistakes in string literals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StringMistakeKind {
    /// `\` and something that is no escape.
    UnknownEscape,
    /// `\u{…}` that is no Unicode scalar value.
    NotAScalarValue,
    /// A tab that is not written as `\t`; every other control character is forbidden in the whole text.
    Tab,
    /// The bytes given by `\hh` are not UTF-8.
    NotUtf8,
}

/// The value of a literal, given with its quotes.
pub(crate) fn value(literal: &str) -> Result<String, StringMistake> {
    let mut bytes = Vec::with_capacity(literal.len());
    let mut at = 1;
    let end = literal.len() - usize::from(literal.len() > 1 && literal.ends_with('"'));
    while at < end {
        let rest = &literal[at..end];
        let plain = rest.find('\\').unwrap_or(rest.len());
        if let Some(tab) = rest[..plain].find('\t') {
            return Err(StringMistake { kind: StringMistakeKind::Tab, start: at + tab, end: at + tab + 1 });
        }
        bytes.extend_from_slice(&rest.as_bytes()[..plain]);
        at += plain;
        if at < end {
            at += escape(&literal[at..end], &mut bytes).map_err(|(kind, len)| StringMistake {
                kind,
                start: at,
                end: at + len,
            })?;
        }
    }
    String::from_utf8(bytes).map_err(|_| StringMistake {
        kind: StringMistakeKind::NotUtf8,
        start: 0,
        end: literal.len(),
    })
}

/// Adds the value of the escape at the start of `text` and returns the escape's length. The error is its mistake and its length.
fn escape(text: &str, bytes: &mut Vec<u8>) -> Result<usize, (StringMistakeKind, usize)> {
    let mut chars = text.chars().skip(1);
    let Some(first) = chars.next() else { return Err((StringMistakeKind::UnknownEscape, 1)) };
    let simple = match first {
        't' => Some(b'\t'),
        'n' => Some(b'\n'),
        'r' => Some(b'\r'),
        '"' | '\'' | '\\' => Some(first as u8),
        _ => None,
    };
    if let Some(byte) = simple {
        bytes.push(byte);
        return Ok(2);
    }
    if let Some(digits) = text.strip_prefix("\\u{") {
        return scalar_value(digits, bytes);
    }
    let (high, low) = (first.to_digit(16), chars.next().and_then(|second| second.to_digit(16)));
    match (high, low) {
        (Some(high), Some(low)) => {
            bytes.push((high * 16 + low) as u8);
            Ok(3)
        }
        (None | Some(_), None) | (None, Some(_)) => Err((StringMistakeKind::UnknownEscape, 1 + first.len_utf8())),
    }
}

/// `hexnum '}'` after `\u{`; digits may be separated by single underscores.
fn scalar_value(text: &str, bytes: &mut Vec<u8>) -> Result<usize, (StringMistakeKind, usize)> {
    let opener_len = "\\u{".len();
    let Some(len) = text.find('}') else {
        return Err((StringMistakeKind::UnknownEscape, opener_len));
    };
    let digits = &text[..len];
    let whole = opener_len + len + 1;
    let separated = digits.split('_').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_hexdigit()));
    if !separated {
        return Err((StringMistakeKind::UnknownEscape, whole));
    }
    let number = digits.bytes().filter(|&b| b != b'_').try_fold(0_u32, |number, digit| {
        let digit = (digit as char).to_digit(16)?;
        number.checked_mul(16)?.checked_add(digit)
    });
    match number.and_then(char::from_u32) {
        Some(char) => {
            bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            Ok(whole)
        }
        None => Err((StringMistakeKind::NotAScalarValue, whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(literal: &str, expected: Result<&str, (StringMistakeKind, usize, usize)>) {
        let actual = value(literal);
        let actual = actual.as_deref().map_err(|mistake| (mistake.kind, mistake.start, mistake.end));
        assert_eq!(actual, expected, "{literal}");
    }

    #[test]
    fn escapes_stand_for_their_values() {
        check(r#""a☃\t\n\r\"\'\\""#, Ok("a☃\t\n\r\"'\\"));
        check(r#""\7f\c3\a9""#, Ok("\u{7f}é"));
        check(r#""\u{7fff}\u{1_F600}""#, Ok("\u{7fff}😀"));
        check(r#""""#, Ok(""));
    }

    #[test]
    fn mistakes_have_places() {
        check(r#""a\q""#, Err((StringMistakeKind::UnknownEscape, 2, 4)));
        check(r#""\u{d800}""#, Err((StringMistakeKind::NotAScalarValue, 1, 9)));
        check(r#""\u{110000}""#, Err((StringMistakeKind::NotAScalarValue, 1, 11)));
        check("\"a\t\"", Err((StringMistakeKind::Tab, 2, 3)));
        check(r#""\u{_1}""#, Err((StringMistakeKind::UnknownEscape, 1, 7)));
        check(r#""\u{12""#, Err((StringMistakeKind::UnknownEscape, 1, 4)));
        check(r#""\ff""#, Err((StringMistakeKind::NotUtf8, 0, 5)));
    }
}
