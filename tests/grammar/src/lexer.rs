//! The tokens of WIT (`WIT.md#lexical-structure`, `WIT.md#wit-identifiers`), read from the specification independently.

use crate::{Rejection, Why};

/// A token; whitespace and comments are not tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Token {
    /// An operator, a keyword, or a word that the grammar names.
    Fixed(&'static str),
    /// `identifier` that is not [`Token::Fixed`].
    Identifier,
    /// `integer` that does not begin with a zero.
    Integer,
    /// `integer` that begins with a zero.
    IntegerWithZero,
    /// `valid-semver`
    Semver,
    /// `string-literal`
    String,
    /// The `:` of an `a:b` that is one token.
    JointColon,
}

/// `keyword`
pub(crate) const KEYWORDS: [&str; 42] = [
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
];

/// Identifiers that the grammar names.
const NAMED: [&str; 4] = ["feature", "get", "set", "version"];

/// `@` and an identifier, which the grammar writes as one: `@` is an operator, so blanks are allowed between them.
const ATTRIBUTES: [(&str, &str); 4] =
    [("deprecated", "@deprecated"), ("external-id", "@external-id"), ("since", "@since"), ("unstable", "@unstable")];

const OPERATORS: [&str; 15] = ["->", "=", ",", ":", ";", "(", ")", "{", "}", "<", ">", "*", "/", ".", "@"];

type Spanned = (usize, Token, usize);

/// The tokens of a text with their positions.
///
/// # Errors
///
/// If a character or a token breaks a rule.
pub fn tokens(text: &str) -> Result<Vec<Spanned>, Rejection> {
    // "when stored in a file is expected to be encoded as utf-8": a byte order mark belongs to the encoding.
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if let Some((at, _)) = text.char_indices().find(|&(_, char)| is_forbidden(char)) {
        return Err(lexical(at, "a forbidden character"));
    }
    let mut tokens: Vec<Spanned> = Vec::new();
    while at < text.len() {
        let blank = blank(text, at)?;
        if blank > 0 {
            at += blank;
            continue;
        }
        let (token, len) = token(text, at)?;
        push(&mut tokens, text, (at, token, at + len));
        at += len;
    }
    Ok(tokens)
}

/// Adds a token, or joins it with those before.
fn push(tokens: &mut Vec<Spanned>, text: &str, next: Spanned) {
    let (start, token, end) = next;
    if let [.., (at, Token::Fixed("@"), _)] = tokens[..]
        && let Some((_, attribute)) = ATTRIBUTES.iter().find(|(name, _)| *name == &text[start..end])
    {
        tokens.pop();
        tokens.push((at, Token::Fixed(attribute), end));
        return;
    }
    if let [.., (_, first, first_end), (colon, Token::Fixed(":"), colon_end)] = tokens[..]
        && is_identifier(first)
        && is_identifier(token)
        && first_end == colon
        && colon_end == start
    {
        tokens.pop();
        tokens.push((colon, Token::JointColon, colon_end));
    }
    tokens.push(next);
}

fn is_identifier(token: Token) -> bool {
    matches!(token, Token::Identifier) || matches!(token, Token::Fixed(text) if NAMED.contains(&text))
}

/// "bidirectional override scalar values, control codes other than newline, carriage return, and horizontal tab, or
/// codepoints that Unicode officially deprecates or strongly discourages".
fn is_forbidden(char: char) -> bool {
    match char {
        '\n' | '\r' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // The property `Deprecated` of Unicode's PropList.txt.
        '\u{149}' | '\u{673}' | '\u{f77}' | '\u{f79}' | '\u{17a3}' | '\u{17a4}' => true,
        '\u{206a}'..='\u{206f}' | '\u{2329}' | '\u{232a}' | '\u{e0001}' => true,
        // Strongly discouraged by the chapter on Khmer.
        '\u{17b4}' | '\u{17b5}' => true,
        _ => char.is_control(),
    }
}

/// The length of the `whitespace` at `at`; 0 if there is none.
fn blank(text: &str, at: usize) -> Result<usize, Rejection> {
    let rest = &text[at..];
    if rest.starts_with([' ', '\n', '\r', '\t']) {
        return Ok(1);
    }
    if rest.starts_with("//") {
        return Ok(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") { block_comment(rest).ok_or(lexical(at, "an unbalanced comment")) } else { Ok(0) }
}

/// "block comments are allowed to be nested and their delimiters must be balanced"
fn block_comment(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let rest = text.as_bytes().get(at..)?;
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            rest.first()?;
            at += 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn token(text: &str, at: usize) -> Result<(Token, usize), Rejection> {
    let rest = &text[at..];
    if rest.starts_with('"') {
        return string(rest).map(|len| (Token::String, len)).ok_or(lexical(at, "no `name` of the core text format"));
    }
    if rest.starts_with(|char: char| char.is_ascii_digit()) {
        return number(rest).ok_or(lexical(at, "a number and a word without a blank"));
    }
    if rest.starts_with('_') && !continues_word(&rest[1..]) {
        return Ok((Token::Fixed("_"), 1));
    }
    if rest.starts_with(|char: char| char.is_ascii_alphabetic() || char == '%') {
        return identifier(rest).ok_or(lexical(at, "no `label`"));
    }
    let operator = OPERATORS.into_iter().find(|operator| rest.starts_with(operator));
    operator.map(|operator| (Token::Fixed(operator), operator.len())).ok_or(lexical(at, "no token begins so"))
}

/// Whether `text` continues with something that cannot directly follow a word or a number.
fn continues_word(text: &str) -> bool {
    let is_arrow = text.starts_with("->");
    text.starts_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-')) && !is_arrow
}

/// `keyword`, or `label`, perhaps after a `%`.
fn identifier(text: &str) -> Option<(Token, usize)> {
    let bare = text.strip_prefix('%').unwrap_or(text);
    let mut len = fragment(bare)?;
    if bare.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    while let Some(next) = bare[len..].strip_prefix('-').and_then(fragment) {
        len += 1 + next;
    }
    if continues_word(&bare[len..]) {
        return None;
    }
    let fixed = KEYWORDS.into_iter().chain(NAMED).find(|word| *word == &text[..len]);
    let is_escaped = bare.len() < text.len();
    let token = fixed.filter(|_| !is_escaped).map_or(Token::Identifier, Token::Fixed);
    Some((token, len + usize::from(is_escaped)))
}

/// `word | acronym`: digits and letters of one case.
fn fragment(text: &str) -> Option<usize> {
    let len = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let fragment = &text.as_bytes()[..len];
    let is_mixed = fragment.iter().any(u8::is_ascii_lowercase) && fragment.iter().any(u8::is_ascii_uppercase);
    (len > 0 && !is_mixed).then_some(len)
}

/// The longest `valid-semver`, or `integer`.
fn number(text: &str) -> Option<(Token, usize)> {
    let found = match semver(text) {
        Some(len) => (Token::Semver, len),
        None if text.starts_with('0') => (Token::IntegerWithZero, digits(text)),
        None => (Token::Integer, digits(text)),
    };
    (!continues_word(&text[found.1..])).then_some(found)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The version core of Semantic Versioning 2.0, and its prerelease and build.
fn semver(text: &str) -> Option<usize> {
    let mut len = numeric_identifier(text)?;
    for _ in 0..2 {
        len += 1 + numeric_identifier(text[len..].strip_prefix('.')?)?;
    }
    len += identifiers(&text[len..], '-', true);
    Some(len + identifiers(&text[len..], '+', false))
}

fn numeric_identifier(text: &str) -> Option<usize> {
    let len = digits(text);
    (len == 1 || len > 1 && !text.starts_with('0')).then_some(len)
}

/// `mark` and identifiers separated by dots; 0 if there are none. Numbers of a prerelease do not begin with a zero.
fn identifiers(text: &str, mark: char, is_prerelease: bool) -> usize {
    let mut end = 0;
    let mut next = text.strip_prefix(mark);
    while let Some(rest) = next {
        let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let is_number = digits(rest) == len;
        if len == 0 || is_prerelease && is_number && numeric_identifier(rest).is_none() {
            break;
        }
        end = text.len() - rest.len() + len;
        next = text[end..].strip_prefix('.');
    }
    end
}

/// The core specification's `name`: a string whose bytes are UTF-8.
fn string(text: &str) -> Option<usize> {
    let mut bytes = Vec::new();
    let mut at = 1;
    loop {
        let rest = &text[at..];
        match rest.chars().next()? {
            '"' => break,
            '\\' => at += escape(rest, &mut bytes)?,
            // `stringchar`: "c if c >= U+20 and c != U+7F and c != '"' and c != '\'"
            char if char >= ' ' && char != '\u{7f}' => {
                bytes.extend_from_slice(&rest.as_bytes()[..char.len_utf8()]);
                at += char.len_utf8();
            }
            _ => return None,
        }
    }
    String::from_utf8(bytes).ok().map(|_| at + 1)
}

fn escape(text: &str, bytes: &mut Vec<u8>) -> Option<usize> {
    if let Some(digits) = text.strip_prefix("\\u{") {
        let (digits, _) = digits.split_once('}')?;
        let is_hexnum =
            digits.split('_').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.replace('_', "");
        let significant = number.trim_start_matches('0');
        let value = u32::from_str_radix(if significant.is_empty() { "0" } else { significant }, 16).ok();
        let char = value.and_then(char::from_u32).filter(|_| is_hexnum)?;
        bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        return Some("\\u{}".len() + digits.len());
    }
    let simple = ["\\t", "\\n", "\\r", "\\\"", "\\'", "\\\\"].into_iter().zip(*b"\t\n\r\"'\\");
    if let Some((_, byte)) = simple.into_iter().find(|(escape, _)| text.starts_with(escape)) {
        bytes.push(byte);
        return Some(2);
    }
    let digits = text.get(1..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    bytes.push(u8::from_str_radix(digits, 16).ok()?);
    Some(3)
}

fn lexical(at: usize, rule: &'static str) -> Rejection {
    Rejection { at, why: Why::Lexical(rule) }
}
