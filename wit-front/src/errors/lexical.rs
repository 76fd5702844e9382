//! `E01xx`: mistakes within a token.

use alloc::format;
use alloc::string::{String, ToString};

use super::advice::advice;
use super::syntax::explicit_self;
use crate::diagnostic::{Code, Diagnostic, Label, Subject};
use crate::lexer::forbidden::{self, Forbidden};
use crate::lexer::look_alikes::look_alike;
use crate::lexer::strings::{StringMistake, StringMistakeKind};
use crate::lexer::{Mistake, MistakeKind, words};
use crate::span::{FileId, Span};

/// A character that begins no token.
pub(crate) const E0101: Code = Code("E0101");
/// A character that WIT texts must not contain.
pub(crate) const E0102: Code = Code("E0102");
/// `/*` without `*/`.
pub(crate) const E0103: Code = Code("E0103");
/// `"` without a closing `"`.
pub(crate) const E0104: Code = Code("E0104");
/// A string with an invalid escape.
pub(crate) const E0105: Code = Code("E0105");
/// A name that is not in kebab case.
pub const E0106: Code = Code("E0106");
/// Something else where a semantic version must be.
pub(crate) const E0107: Code = Code("E0107");
/// A number out of range.
pub(crate) const E0108: Code = Code("E0108");
/// A text that is too long.
pub(crate) const E0109: Code = Code("E0109");
/// More mistakes than are worth showing.
pub(crate) const E0110: Code = Code("E0110");

/// The diagnostic for a mistake of the lexer.
pub(crate) fn in_token(file: FileId, text: &str, mistake: Mistake) -> Diagnostic {
    let span = Span::new(file, mistake.start, mistake.end);
    match mistake.kind {
        MistakeKind::UnknownCharacter(char) => unknown_character(span, char, text),
        MistakeKind::ForbiddenCharacter(char, reason) => forbidden_character(span, char, reason),
        MistakeKind::UnterminatedString => unterminated_string(span),
        MistakeKind::UnterminatedComment => unterminated_comment(Span { end: span.start + 2, ..span }),
        MistakeKind::BadString(mistake) => bad_string(span, &text[span.start as usize..span.end as usize], mistake),
    }
}

/// The largest number of bytes after an unexpected character that are looked at: its line may be as long as the text.
const LOOKAHEAD_BYTES: usize = 256;

/// E0101: this character of a text begins no token.
fn unknown_character(span: Span, char: char, text: &str) -> Diagnostic {
    let name = show(char);
    let limit = span.end as usize + LOOKAHEAD_BYTES;
    let text = (limit..limit + 4).find_map(|end| text.get(..end)).unwrap_or(text);
    let diagnostic = Diagnostic::error(E0101, format!("unexpected character {name}")).label(span, "not part of WIT");
    let after = text.get(span.end as usize..).unwrap_or_default();
    let up_to = |len: usize| Span::new(span.file, span.start, span.end + len as u32);
    match char {
        '#' if after.starts_with(['[', '!']) => diagnostic.help("WIT has no such attributes; its own begin with `@`"),
        '#' if after.starts_with(' ') => diagnostic.help("a comment begins with `//`").suggest(span, "//"),
        '#' => diagnostic.help("a comment begins with `//`, an attribute with `@`"),
        '-' if after.starts_with('-') => diagnostic.help("a comment begins with `//`").suggest(up_to(1), "//"),
        '-' if after.trim_start().starts_with('>') => {
            let len = after.len() - after.trim_start().len() + 1;
            diagnostic.help("write `->`").suggest(up_to(len), "->")
        }
        _ if is_arrow(char, &text[..span.start as usize], after) => {
            let rest = after.trim_start_matches(char);
            let len = after.len() - rest.strip_prefix('>').unwrap_or(rest).len();
            diagnostic.help("write `->`").suggest(up_to(len), "->")
        }
        _ if look_alike(char).is_some_and(|meant| meant == "-") && after.starts_with(char) => {
            diagnostic.help("a comment begins with `//`").suggest(up_to(char.len_utf8()), "//")
        }
        '-' if after.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            diagnostic.help("remove it: a name begins with a letter").suggest(span, "")
        }
        '-' if after.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            diagnostic.help("WIT has no negative numbers")
        }
        '[' | ']' => bracketed_list(diagnostic, span, text),
        '?' => optional(diagnostic, span, text),
        '!' if text[..span.start as usize].trim_end().ends_with("->") => {
            diagnostic.help("leave it out with its `->`: a function that does not return traps")
        }
        '~' => diagnostic.help(advice("destructor").unwrap_or_default()),
        '!' => {
            diagnostic.help("remove it: a value may be missing only where its type is `option<T>`").suggest(span, "")
        }
        '|' => diagnostic.help("a choice between types is a `variant` with named cases"),
        '&' => reference(diagnostic, span, after),
        '\'' if after.starts_with(|c: char| c.is_ascii_alphabetic())
            && !after.lines().next().is_some_and(|line| line.contains('\'')) =>
        {
            diagnostic.help("remove it: WIT has no lifetimes").suggest(up_to(lifetime_len(after)), "")
        }
        '`' | '\'' | '“' | '”' | '‘' | '’' => {
            diagnostic.help("strings are written in `\"`, names without quotes")
        }
        _ if look_alike(char).is_some() => {
            let meant = look_alike(char).unwrap_or_default();
            diagnostic.help(format!("write `{meant}`")).suggest(span, meant)
        }
        '\u{feff}' => diagnostic.help("a byte order mark may only be at the very start of the text"),
        _ if char.is_whitespace() => diagnostic.help("use a plain space instead").suggest(span, " "),
        _ => diagnostic,
    }
}

/// Whether this dash is, or begins, the arrow of a result: a `>` is after it, or a blank and the end of parameters are before.
fn is_arrow(char: char, before: &str, after: &str) -> bool {
    let is_dash = char == '-' || look_alike(char).is_some_and(|meant| meant == "-");
    let ends_params = before.trim_end().ends_with(')') && after.starts_with(char::is_whitespace);
    is_dash && (after.trim_start_matches(char).starts_with('>') || ends_params)
}

/// `&T` is `T`, `&str` is `string`, and `&self` is left out.
fn reference(diagnostic: Diagnostic, sign: Span, text: &str) -> Diagnostic {
    let mut rest = text.trim_start();
    if let Some(lifetime) = rest.strip_prefix('\'') {
        rest = lifetime[lifetime_len(lifetime)..].trim_start();
    }
    if let Some(ty) = rest.strip_prefix("mut").filter(|ty| ty.starts_with(char::is_whitespace)) {
        rest = ty.trim_start();
    }
    let (word, after) = rest.split_at(rest.find(|c: char| !continues_word(c)).unwrap_or(rest.len()));
    let up_to = |rest: &str| Span::new(sign.file, sign.start, sign.end + (text.len() - rest.len()) as u32);
    match word {
        "self" => {
            let written = format!("&{}", &text[..text.len() - after.len()]);
            let next = after.trim_start().strip_prefix(',').map_or(after, str::trim_start);
            explicit_self(up_to(after), up_to(next), &written)
        }
        "str" => diagnostic.help("write `string`: values are passed by copy").suggest(up_to(after), "string"),
        _ => diagnostic
            .help("remove it: values are passed by copy; a handle that is lent is a `borrow<T>`")
            .suggest(up_to(rest), ""),
    }
}

fn continues_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '-')
}

/// The length of a lifetime, after its `'`, with a comma and the blanks after it.
fn lifetime_len(text: &str) -> usize {
    let name = text.find(|c: char| !continues_word(c)).unwrap_or(text.len());
    let rest = text[name..].trim_start_matches(' ');
    text.len() - rest.strip_prefix(',').map_or(rest, |rest| rest.trim_start_matches(' ')).len()
}

/// `[T]` and `T[]` are `list<T>`.
fn bracketed_list(diagnostic: Diagnostic, bracket: Span, text: &str) -> Diagnostic {
    let diagnostic = diagnostic.help("a list is written `list<T>`");
    let before = &text[..bracket.start as usize];
    let after = text[bracket.end as usize..].lines().next().unwrap_or_default();
    let is_type =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-<>, ".contains(c));
    let closed = after.split_once(']').map(|(element, _)| element);
    match closed {
        Some("") => {
            let element = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
            let start = bracket.start - element.len() as u32;
            let span = Span::new(bracket.file, start, bracket.end + 1);
            if element.is_empty() { diagnostic } else { diagnostic.suggest(span, format!("list<{element}>")) }
        }
        Some(element) if is_type(element) && !before.trim_end().ends_with(|c: char| c.is_ascii_alphanumeric()) => {
            let span = Span::new(bracket.file, bracket.start, bracket.end + element.len() as u32 + 1);
            diagnostic.suggest(span, format!("list<{element}>"))
        }
        Some(_) | None => diagnostic,
    }
}

/// `T?` is `option<T>`; of `name?: T` it is the type.
fn optional(diagnostic: Diagnostic, mark: Span, text: &str) -> Diagnostic {
    let diagnostic = diagnostic.help("a value that may be missing is an `option<T>`");
    let (before, after) = (&text[..mark.start as usize], &text[mark.end as usize..]);
    if let Some(ty) = after.strip_prefix(':') {
        let blanks = ty.len() - ty.trim_start().len();
        let ty = ty.trim_start();
        let ty = &ty[..ty.find([',', ';', '\n', ')', '}']).unwrap_or(ty.len())];
        let span = Span::new(mark.file, mark.start, mark.end + (1 + blanks + ty.len()) as u32);
        return diagnostic.suggest(span, format!(": option<{}>", ty.trim_end()));
    }
    let ty = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    if ty.is_empty() {
        return diagnostic;
    }
    diagnostic.suggest(Span::new(mark.file, mark.start - ty.len() as u32, mark.end), format!("option<{ty}>"))
}

/// E0102: this character must not be in a WIT text, not even in a comment.
fn forbidden_character(span: Span, char: char, reason: Forbidden) -> Diagnostic {
    let (what, note) = match reason {
        Forbidden::Control => {
            ("control character", "of the control characters, only newline, carriage return and tab are allowed")
        }
        Forbidden::Bidirectional => {
            ("bidirectional override", "such characters make text look different from what it is")
        }
        Forbidden::Deprecated => ("deprecated character", "Unicode deprecates this character or discourages its use"),
    };
    Diagnostic::error(E0102, format!("{what} {} in a WIT text", show(char)))
        .label(span, "forbidden, also in comments and strings")
        .note(note)
        .help("remove it")
        .suggest(span, "")
}

/// E0103: the comment that begins here never ends.
fn unterminated_comment(opening: Span) -> Diagnostic {
    Diagnostic::error(E0103, "unterminated block comment")
        .label(opening, "this comment never ends")
        .note("block comments nest: every `/*` inside needs a `*/` of its own")
        .help("close it with `*/`")
}

/// E0104: the string that begins here does not end in its line.
fn unterminated_string(span: Span) -> Diagnostic {
    Diagnostic::error(E0104, "unterminated string")
        .label(span, "the closing `\"` is missing in this line")
        .help("close the string with `\"`; a line break within a string is written `\\n`")
}

/// E0105: a string's escapes do not make a value.
fn bad_string(span: Span, text: &str, mistake: StringMistake) -> Diagnostic {
    let place = Span::new(span.file, span.start + mistake.start as u32, span.start + mistake.end as u32);
    let part = text.get(mistake.start..mistake.end).unwrap_or(text);
    match mistake.kind {
        StringMistakeKind::UnknownEscape => Diagnostic::error(E0105, format!("unknown escape `{part}` in a string"))
            .label(place, "not an escape")
            .help("escapes are `\\t`, `\\n`, `\\r`, `\\\"`, `\\'`, `\\\\`, `\\u{1f600}`, and two hexadecimal digits as in `\\7f`"),
        StringMistakeKind::NotAScalarValue => Diagnostic::error(E0105, format!("`{part}` is not a Unicode character"))
            .label(place, "not a Unicode scalar value")
            .note("scalar values are `0` to `d7ff` and `e000` to `10ffff`"),
        StringMistakeKind::Tab => Diagnostic::error(E0105, "a tab in a string")
            .label(place, "must be written as an escape")
            .help("write `\\t`")
            .suggest(place, "\\t"),
        StringMistakeKind::NotUtf8 => Diagnostic::error(E0105, "the string's bytes are not valid UTF-8")
            .label(place, "its `\\hh` escapes do not make characters")
            .help("write characters as they are, or as `\\u{…}`"),
    }
}

/// E0106: this name is not in kebab case.
pub(crate) fn bad_label(span: Span, word: &str) -> Diagnostic {
    let bare = word.strip_prefix('%').unwrap_or(word);
    if bare.is_empty() {
        return Diagnostic::error(E0106, "`%` without a name")
            .label(span, "a name must follow directly")
            .subject(Subject::Name)
            .note("`%` lets a keyword be a name: `%type`");
    }
    let diagnostic = Diagnostic::error(E0106, format!("`{bare}` is not in kebab case"))
        .label(span, label_mistake(bare))
        .subject(Subject::Name);
    match words::to_label(bare) {
        Some(_) => {
            let label = words::meant(word);
            diagnostic.help(format!("write `{label}`")).suggest(span, label)
        }
        None => diagnostic.note("names are words of letters and digits separated by `-`, each word in one case, the first beginning with a letter"),
    }
}

/// The largest number of places of one misspelt name that have a label.
const SHOWN_PLACES: usize = 4;

/// Adds a place to a diagnostic about a name that is misspelt in `count` other places.
pub(crate) fn add_place(diagnostic: &mut Diagnostic, other: Diagnostic, count: usize) {
    let edits = other.suggestions.into_iter().flat_map(|suggestion| suggestion.edits);
    if let Some(suggestion) = diagnostic.suggestions.first_mut() {
        suggestion.edits.extend(edits);
    }
    if count < SHOWN_PLACES {
        let labels = other.labels.into_iter().map(|label| Label { message: "also here".into(), ..label });
        diagnostic.labels.extend(labels);
    }
}

/// Says in how many places a name is misspelt, where not all have a label.
pub(crate) fn add_count(diagnostic: &mut Diagnostic, count: usize) {
    if count > SHOWN_PLACES {
        diagnostic.notes.push(format!("it is written in {count} places"));
    }
}

fn label_mistake(word: &str) -> String {
    let foreign = word.chars().find(|char| !char.is_ascii_alphanumeric() && *char != '-');
    let mixed = word
        .split('-')
        .any(|part| part.bytes().any(|b| b.is_ascii_uppercase()) && part.bytes().any(|b| b.is_ascii_lowercase()));
    if let Some(char) = foreign {
        format!("{} cannot be in a name", show(char))
    } else if word.starts_with(|char: char| char.is_ascii_digit()) {
        "a name begins with a letter".into()
    } else if mixed {
        "upper and lower case are mixed within a word".into()
    } else {
        "each `-` needs a letter or digit on both sides".into()
    }
}

/// E0107: this is not a semantic version.
pub(crate) fn bad_version(span: Span, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(E0107, format!("`{text}` is not a semantic version"))
        .label(span, "expected three numbers, as in `1.0.0`");
    match meant_version(text) {
        Some(full) => diagnostic.help(format!("write `{full}`")).suggest(span, full.to_string()),
        None => diagnostic.note("a version is `MAJOR.MINOR.PATCH`, with an optional `-prerelease` and `+build`"),
    }
}

/// The version that a text means: `1` and `1.2` with zeros added, `1.2.3.0` without its last zero, `v1.2.3` without its `v`, `01.2.3` without leading zeros, `"1.2.3"` without quotes.
pub(crate) fn meant_version(text: &str) -> Option<semver::Version> {
    let text = text.trim_matches('"');
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let (numbers, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let mut full = String::new();
    let mut count = 0;
    for number in numbers.split('.') {
        let number: u64 = number.parse().ok()?;
        if count >= 3 {
            if number != 0 {
                return None;
            }
            continue;
        }
        full.push_str(if count == 0 { "" } else { "." });
        full.push_str(&number.to_string());
        count += 1;
    }
    while count < 3 {
        full.push_str(".0");
        count += 1;
    }
    full.push_str(rest);
    semver::Version::parse(&full).ok()
}

/// E0107: no version where one must be.
pub(crate) fn missing_version(after: Span) -> Diagnostic {
    Diagnostic::error(E0107, "a semantic version is missing").label(after, "expected a version, as in `1.0.0`")
}

/// E0108: the number does not fit.
pub(crate) fn number_too_big(span: Span) -> Diagnostic {
    Diagnostic::error(E0108, "the length of a list must fit in 32 bits")
        .label(span, format!("greater than {}", u32::MAX))
}

/// E0108: a number of a version does not fit.
pub(crate) fn version_number_too_big(span: Span) -> Diagnostic {
    Diagnostic::error(E0108, "the numbers of a version must fit in 64 bits")
        .label(span, alloc::format!("has a number greater than {}", u64::MAX))
}

/// E0109: more text than spans can point into.
pub(crate) fn text_too_long(start: Span, len: usize, max: usize) -> Diagnostic {
    Diagnostic::error(E0109, format!("this text has {len} bytes; at most {max} are supported"))
        .label(start, "none of it was read")
}

/// E0110: so many mistakes that the rest is left out.
pub(crate) fn too_many_mistakes(last: Span, beyond: usize) -> Diagnostic {
    Diagnostic::error(E0110, format!("too many mistakes: {beyond} more are not shown"))
        .label(last, "the last one that is shown")
        .help("fix these first")
}

fn show(char: char) -> String {
    if forbidden::reason(char).is_some() || char.is_whitespace() || !char.is_ascii() && !char.is_alphanumeric() {
        format!("U+{:04X}", u32::from(char))
    } else {
        format!("`{char}`")
    }
}
