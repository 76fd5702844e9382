//! Random changes of texts, by a seed: mostly of whole tokens, otherwise of single characters.

use fastrand::Rng;

use crate::lexer::KEYWORDS;

/// Replacements for random pieces, in addition to keywords: symbols, and texts of several tokens or none.
const SYMBOLS: [&str; 16] = ["=", ",", ":", ";", "(", ")", "{", "}", "<", ">", "*", "->", "/", ".", "@", "_"];
const PHRASES: [&str; 38] = [
    "get",
    "set",
    "since",
    "unstable",
    "deprecated",
    "external-id",
    "version",
    "feature",
    "error-context",
    "@since(version = 1.0.0)",
    "@unstable(feature = a)",
    "@deprecated(version = 1.0.0)",
    "@external-id(\"a\")",
    "a",
    "b-c",
    "%u8",
    "%a",
    "A-1",
    "0",
    "1",
    "4294967296",
    "1.0.0",
    "1.0.0-rc.1+b",
    "1.0",
    "\"a\"",
    "\"\\u{1f600}\"",
    "\"\\ff\"",
    "//",
    "/*",
    "*/",
    " ",
    "\n",
    "a:b",
    "a:b/c",
    "a:b/c@1.0.0",
    "a:b:c/d",
    "()",
    "f: func();",
];

/// Characters that are easily misread.
const CHARACTERS: [char; 36] = [
    '-', '_', '%', '"', '\\', '/', '*', '@', '.', '+', '0', '9', 'a', 'Z', '<', '>', '{', '}', '(', ')', ':', ';', ',',
    '=', '#', '\'', ' ', '\t', '\r', '\n', '\0', '\u{7f}', '\u{202e}', '\u{feff}', 'é', '😀',
];

/// A text cut into words, blanks, and single characters; joined, they are the text.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '-' if rest.starts_with("->") => 2,
            _ if is_word(first) => rest.find(|char| !is_word(char)).unwrap_or(rest.len()),
            _ if first.is_ascii_whitespace() => {
                rest.find(|char: char| !char.is_ascii_whitespace()).unwrap_or(rest.len())
            }
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(len);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '%')
}

/// A text like this one, changed in one to three places.
#[must_use]
pub fn mutated_text(random: &mut Rng, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.usize(..3) {
        text = if random.usize(..4) == 0 { changed_character(random, &text) } else { changed_piece(random, &text) };
    }
    text
}

fn changed_piece(random: &mut Rng, text: &str) -> String {
    let mut pieces = pieces(text);
    if pieces.is_empty() {
        return word(random).to_owned();
    }
    let index = random.usize(..pieces.len());
    match random.usize(..8) {
        0 => {
            pieces.remove(index);
        }
        1 => {
            let end = (index + 1 + random.usize(..8)).min(pieces.len());
            pieces.drain(index..end);
        }
        2 => pieces.insert(index, pieces[index]),
        3 => {
            let other = random.usize(..pieces.len());
            pieces.swap(index, other);
        }
        4 => {
            let next = (index + 2).min(pieces.len() - 1);
            pieces.swap(index, next);
        }
        5 => pieces[index] = word(random),
        6 => pieces.insert(index, word(random)),
        _ => {
            let other = one(random, &pieces);
            pieces[index] = other;
        }
    }
    pieces.concat()
}

fn changed_character(random: &mut Rng, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let index = random.usize(..=characters.len());
    let new = one(random, &CHARACTERS);
    match random.usize(..4) {
        0 if index < characters.len() => characters[index] = new,
        1 if index < characters.len() => {
            characters.remove(index);
        }
        2 => characters.truncate(index),
        _ => characters.insert(index, new),
    }
    characters.into_iter().collect()
}

/// Bytes like these, changed in one to four places.
#[must_use]
pub fn mutated_bytes(random: &mut Rng, bytes: &[u8]) -> Vec<u8> {
    const EDGES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x40, 0x20];
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.usize(..4) {
        let index = random.usize(..=bytes.len());
        let new = if random.bool() { one(random, &EDGES) } else { random.u8(..) };
        match random.usize(..6) {
            0 if index < bytes.len() => bytes[index] = new,
            1 if index < bytes.len() => bytes[index] ^= 1 << random.usize(..8),
            2 if index < bytes.len() => {
                let end = (index + 1 + random.usize(..16)).min(bytes.len());
                bytes.drain(index..end);
            }
            3 if index < bytes.len() => {
                let end = (index + 1 + random.usize(..32)).min(bytes.len());
                let copied = bytes[index..end].to_vec();
                let target = random.usize(..=bytes.len());
                bytes.splice(target..target, copied);
            }
            4 => bytes.truncate(index),
            _ => bytes.insert(index, new),
        }
    }
    bytes
}

/// A symbol, a keyword, or a phrase.
fn word(random: &mut Rng) -> &'static str {
    let words = SYMBOLS.iter().chain(&KEYWORDS).chain(&PHRASES);
    let index = random.usize(..SYMBOLS.len() + KEYWORDS.len() + PHRASES.len());
    words.copied().nth(index).expect("an index below the length")
}

/// An element of a list that is not empty.
fn one<T: Copy>(random: &mut Rng, of: &[T]) -> T {
    of[random.usize(..of.len())]
}
