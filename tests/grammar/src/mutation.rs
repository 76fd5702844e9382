//! Texts changed at random, by a seed: whole tokens most of the time, single characters for the rest.

/// What a random piece is replaced by, or what is added.
const VOCABULARY: [&str; 96] = [
    "=",
    ",",
    ":",
    ";",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "*",
    "->",
    "/",
    ".",
    "@",
    "_",
    "as",
    "async",
    "bool",
    "borrow",
    "char",
    "constructor",
    "enum",
    "export",
    "f32",
    "f64",
    "flags",
    "from",
    "func",
    "future",
    "import",
    "include",
    "interface",
    "list",
    "map",
    "option",
    "own",
    "package",
    "record",
    "resource",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "static",
    "stream",
    "string",
    "tuple",
    "type",
    "u16",
    "u32",
    "u64",
    "u8",
    "use",
    "variant",
    "with",
    "world",
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

/// Characters that are easily read wrongly.
const CHARACTERS: [char; 36] = [
    '-', '_', '%', '"', '\\', '/', '*', '@', '.', '+', '0', '9', 'a', 'Z', '<', '>', '{', '}', '(', ')', ':', ';', ',',
    '=', '#', '\'', ' ', '\t', '\r', '\n', '\0', '\u{7f}', '\u{202e}', '\u{feff}', 'é', '😀',
];

/// Numbers that look random and depend on a seed alone (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A row of numbers; the same for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One of a list that is not empty.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

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
        let (piece, behind) = rest.split_at(len);
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '%')
}

/// A text like this one, changed in one to three places.
#[must_use]
pub fn mutated_text(random: &mut Random, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        text = if random.below(4) == 0 { changed_character(random, &text) } else { changed_piece(random, &text) };
    }
    text
}

fn changed_piece(random: &mut Random, text: &str) -> String {
    let mut pieces = pieces(text);
    if pieces.is_empty() {
        return (*random.one(&VOCABULARY)).to_owned();
    }
    let index = random.below(pieces.len());
    match random.below(8) {
        0 => {
            pieces.remove(index);
        }
        1 => {
            let end = (index + 1 + random.below(8)).min(pieces.len());
            pieces.drain(index..end);
        }
        2 => pieces.insert(index, pieces[index]),
        3 => {
            let other = random.below(pieces.len());
            pieces.swap(index, other);
        }
        4 => {
            let next = (index + 2).min(pieces.len() - 1);
            pieces.swap(index, next);
        }
        5 => pieces[index] = *random.one(&VOCABULARY),
        6 => pieces.insert(index, *random.one(&VOCABULARY)),
        _ => {
            let other = *random.one(&pieces);
            pieces[index] = other;
        }
    }
    pieces.concat()
}

fn changed_character(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let index = random.below(characters.len() + 1);
    let new = *random.one(&CHARACTERS);
    match random.below(4) {
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
pub fn mutated_bytes(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    const EDGES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x40, 0x20];
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let index = random.below(bytes.len() + 1);
        let new = if random.below(2) == 0 { *random.one(&EDGES) } else { random.next() as u8 };
        match random.below(6) {
            0 if index < bytes.len() => bytes[index] = new,
            1 if index < bytes.len() => bytes[index] ^= 1 << random.below(8),
            2 if index < bytes.len() => {
                let end = (index + 1 + random.below(16)).min(bytes.len());
                bytes.drain(index..end);
            }
            3 if index < bytes.len() => {
                let end = (index + 1 + random.below(32)).min(bytes.len());
                let copied = bytes[index..end].to_vec();
                let target = random.below(bytes.len() + 1);
                bytes.splice(target..target, copied);
            }
            4 => bytes.truncate(index),
            _ => bytes.insert(index, new),
        }
    }
    bytes
}
