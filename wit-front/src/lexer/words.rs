//! Words: keywords and labels (`WIT.md#keywords`, `WIT.md#wit-identifiers`), and words that look like them.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::forbidden;
use super::texts::T;
use super::tokens::TokenKind;

type Lexer<'a> = logos::Lexer<'a, TokenKind>;

/// The kind of the word that the lexer has found; words of other scripts are lexed to their end.
pub(super) fn word(lexer: &mut Lexer<'_>) -> TokenKind {
    if extend(lexer) {
        return TokenKind::BadLabel;
    }
    let word = lexer.slice();
    match word.strip_prefix('%') {
        Some(label) if is_label(label) => TokenKind::EscapedLabel,
        Some(_) => TokenKind::BadLabel,
        None if word == "_" => TokenKind::Underscore,
        None => keyword(word).unwrap_or(if is_label(word) { TokenKind::Label } else { TokenKind::BadLabel }),
    }
}

/// A word that is no label because of its beginning.
pub(super) fn bad_word(lexer: &mut Lexer<'_>) -> TokenKind {
    extend(lexer);
    TokenKind::BadLabel
}

/// Extends the lexer's token by the characters of words that follow. Returns whether any did.
pub(super) fn extend(lexer: &mut Lexer<'_>) -> bool {
    // The characters of ASCII are in the token already.
    lexer.remainder().bytes().next().is_some_and(|byte| !byte.is_ascii()) && extend_any(lexer)
}

/// As [`extend`], also by characters of ASCII.
pub(super) fn extend_any(lexer: &mut Lexer<'_>) -> bool {
    let rest = lexer.remainder();
    let len = rest.find(|char| !continues_word(char)).unwrap_or(rest.len());
    lexer.bump(len);
    len > 0
}

/// Whether this character, which is not ASCII, begins a word of another script.
pub(super) fn begins_word(char: char) -> bool {
    char.is_alphanumeric() && !forbidden::is_forbidden(char)
}

fn continues_word(char: char) -> bool {
    matches!(char, '_' | '-') || is_dash(char) || begins_word(char)
}

/// Whether this is a hyphen or a dash that is not ASCII, as editors put them in the place of `-`.
fn is_dash(char: char) -> bool {
    matches!(char, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// `label`: words separated by `-`, each in lower or upper case throughout, the first beginning with a letter.
#[must_use]
pub fn is_label(word: &str) -> bool {
    let mut previous = b'-';
    let (mut upper, mut lower) = (false, false);
    for byte in word.bytes() {
        match byte {
            b'a'..=b'z' => lower = true,
            b'A'..=b'Z' => upper = true,
            b'0'..=b'9' => {}
            b'-' if previous != b'-' => (upper, lower) = (false, false),
            _ => return false,
        }
        if upper && lower {
            return false;
        }
        previous = byte;
    }
    previous != b'-' && word.as_bytes()[0].is_ascii_alphabetic()
}

/// The label probably meant by `word`: `my-iface` for `my_iface` and `myIface`.
pub(crate) fn to_label(word: &str) -> Option<String> {
    let mut label = String::with_capacity(word.len() + 4);
    let mut previous = '-';
    let mut chars = word.trim_start_matches('%').chars().peekable();
    while let Some(char) = chars.next() {
        if matches!(char, '_' | '-') || is_dash(char) {
            if !label.ends_with('-') && !label.is_empty() {
                label.push('-');
            }
        } else {
            let begins_part = char.is_ascii_uppercase()
                && (previous.is_ascii_lowercase()
                    || previous.is_ascii_digit()
                    || previous.is_ascii_uppercase() && chars.peek().is_some_and(char::is_ascii_lowercase));
            if begins_part && !label.ends_with('-') {
                label.push('-');
            }
            label.push(char.to_ascii_lowercase());
        }
        previous = char;
    }
    let label = label.trim_matches('-');
    is_label(label).then(|| label.into())
}

/// A name as WIT writes it: a keyword with a `%`.
#[must_use]
pub fn written(name: &str) -> Cow<'_, str> {
    if keyword(name).is_some() { Cow::Owned(format!("%{name}")) } else { Cow::Borrowed(name) }
}

/// The name that a word of a text means, as WIT writes it: `%type` for `type` and `%type`, `my-name` for `my_name`.
pub(crate) fn meant(word: &str) -> Cow<'_, str> {
    let (is_escaped, bare) = word.strip_prefix('%').map_or((false, word), |bare| (true, bare));
    match (is_escaped, to_label(bare)) {
        _ if bare.is_empty() => Cow::Borrowed(word),
        (true, _) if is_label(bare) => Cow::Borrowed(word),
        (false, _) if is_label(bare) => written(word),
        (true, Some(label)) => Cow::Owned(format!("%{label}")),
        (false, Some(label)) => Cow::Owned(written(&label).into_owned()),
        (_, None) => Cow::Borrowed(word),
    }
}

/// The keyword with this text.
pub(crate) fn keyword(word: &str) -> Option<TokenKind> {
    // Bytes, because matching them compiles to a decision tree; matching strings, to a row of comparisons.
    Some(match word.as_bytes() {
        b"as" => T![as],
        b"async" => T![async],
        b"bool" => T![bool],
        b"borrow" => T![borrow],
        b"char" => T![char],
        b"constructor" => T![constructor],
        b"enum" => T![enum],
        b"export" => T![export],
        b"f32" => T![f32],
        b"f64" => T![f64],
        b"flags" => T![flags],
        b"from" => T![from],
        b"func" => T![func],
        b"future" => T![future],
        b"import" => T![import],
        b"include" => T![include],
        b"interface" => T![interface],
        b"list" => T![list],
        b"map" => T![map],
        b"option" => T![option],
        b"own" => T![own],
        b"package" => T![package],
        b"record" => T![record],
        b"resource" => T![resource],
        b"result" => T![result],
        b"s16" => T![s16],
        b"s32" => T![s32],
        b"s64" => T![s64],
        b"s8" => T![s8],
        b"static" => T![static],
        b"stream" => T![stream],
        b"string" => T![string],
        b"tuple" => T![tuple],
        b"type" => T![type],
        b"u16" => T![u16],
        b"u32" => T![u32],
        b"u64" => T![u64],
        b"u8" => T![u8],
        b"use" => T![use],
        b"variant" => T![variant],
        b"with" => T![with],
        b"world" => T![world],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_kebab_case() {
        for label in ["a", "a0", "ENOENT", "is-XML", "apple-0", "a0-000-3d4a-54FF", "APPLE-pear-GRAPE"] {
            assert!(is_label(label), "{label}");
        }
        for word in ["", "0", "0a", "_", "-", "a-", "-a", "a--b", "Apple", "applE", "a_b", "garçon", "a-3d4A"] {
            assert!(!is_label(word), "{word}");
        }
    }

    #[test]
    fn other_cases_become_kebab_case() {
        let cases = [
            ("my_iface", "my-iface"),
            ("myFunc", "my-func"),
            ("MyIface", "my-iface"),
            ("XMLParser", "xml-parser"),
            ("HTTP_server", "http-server"),
            ("_private", "private"),
            ("a--b", "a-b"),
            ("trailing-", "trailing"),
            ("%my_type", "my-type"),
            ("utf8String", "utf8-string"),
            ("my–name", "my-name"),
        ];
        for (word, label) in cases {
            assert_eq!(to_label(word).as_deref(), Some(label), "{word}");
        }
        assert_eq!(to_label("größe"), None);
        assert_eq!(to_label("2fast"), None);
    }

    #[test]
    fn a_meant_name_can_be_read() {
        let cases = [
            ("type", "%type"),
            ("%type", "%type"),
            ("Type", "%type"),
            ("%Type", "%type"),
            ("my_name", "my-name"),
            ("%my-name", "%my-name"),
            ("my-name", "my-name"),
            ("größe", "größe"),
            ("%", "%"),
        ];
        for (word, written) in cases {
            assert_eq!(meant(word), written, "{word}");
        }
    }

    #[test]
    fn every_keyword_is_found_by_its_text() {
        for kind in TokenKind::KEYWORDS {
            assert_eq!(kind.text().and_then(keyword), Some(kind));
        }
    }
}
