//! Texts that are not calls in WAVE: the place of the mistake, and what to write there.

use core::ops::Range;

use wasm_wave::parser::{ParserError, ParserErrorKind};

use super::read::KEYWORDS;

/// The characters of a call that a message shows on either side of the place.
const CONTEXT_CHARS: usize = 30;

/// A call, as messages show one.
const EXAMPLE: &str = "write a call as in `func(1, \"text\")` or `ns:package/interface#func()`";

/// A mistake: the bytes of the call at which it is, and what it is.
type Mistake = (Range<usize>, String);

/// The message that a text is not a call, with its place. The call is that after the interface, and begins at `start`.
pub(crate) fn not_a_call(invoke: &str, start: usize, error: &ParserError) -> String {
    let call = &invoke[start..];
    let (head, (place, reason)) = mistake(call, error);
    let chars = |text: &str| text.chars().count();
    let (before, width) = (chars(&invoke[..start + place.start]), chars(&call[place]).max(1));
    let from = before.saturating_sub(CONTEXT_CHARS);
    let shown = invoke.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut shown: String = shown.skip(from).take(before - from + width.min(CONTEXT_CHARS) + CONTEXT_CHARS).collect();
    let is_cut = from + chars(&shown) < chars(invoke);
    let mut caret = " ".repeat(before - from) + &"^".repeat(width.min(CONTEXT_CHARS));
    if from > 0 {
        (shown, caret) = (format!("…{shown}"), format!(" {caret}"));
    }
    let end = if is_cut { "…" } else { "" };
    format!("{head}, at column {}: {reason}\n  {shown}{end}\n  {caret}", before + 1)
}

/// The mistake, and the words for all of its kind.
fn mistake(call: &str, error: &ParserError) -> (&'static str, Mistake) {
    const NOT_A_CALL: &str = "this is not a call";
    let place = error.span();
    let place = place.start.min(call.len())..place.end.min(call.len());
    let name = call.split('(').next().unwrap_or_default();
    if place.start < name.len() || name.trim().is_empty() || name.len() == call.len() {
        return (NOT_A_CALL, in_name(call, name));
    }
    let kind = error.kind();
    if matches!(kind, ParserErrorKind::TrailingCharacters) {
        let rest = place.start..call.trim_end().len().max(place.start);
        return (NOT_A_CALL, (rest, "the call ends before this; leave it out".to_owned()));
    }
    if matches!(kind, ParserErrorKind::UnexpectedEnd) {
        let open = open_brackets(call);
        let reason = if open.is_empty() { kind.to_string() } else { format!("`{open}` is missing") };
        return (NOT_A_CALL, (call.len()..call.len(), reason));
    }
    let found = in_value(call, place.clone());
    let found = found.or_else(|| Some((place.clone(), keyword(call, &place)?)));
    ("an argument is wrong", found.unwrap_or_else(|| unexpected(call, place, kind)))
}

/// A mistake for which we have no other words.
fn unexpected(call: &str, place: Range<usize>, kind: ParserErrorKind) -> Mistake {
    let reason = match (kind, call[place.start..].chars().next()) {
        (ParserErrorKind::InvalidToken | ParserErrorKind::UnexpectedToken, Some(c)) => match c {
            '\u{2018}'..='\u{201f}' => "texts are in quotes as in `\"text\"`".to_owned(),
            c => format!("`{c}` is not expected here"),
        },
        (kind, _) => kind.to_string(),
    };
    (place, reason)
}

/// A mistake before the arguments.
fn in_name(call: &str, name: &str) -> Mistake {
    let reason = match name.rsplit_once('/') {
        _ if name.trim().is_empty() => format!("the name of the function is missing; {EXAMPLE}"),
        _ if name.starts_with('[') => {
            "functions of resources cannot be called: WAVE has no notation for resources".to_owned()
        }
        Some((interface, func)) => format!("a `#` separates the interface from the function: `{interface}#{func}(…)`"),
        None if name.contains('_') => format!("words in names are separated by `-`: `{}(…)`", kebab(name)),
        None if name.len() == call.len() => match name.trim().split_once(' ') {
            Some((name, arguments)) => format!("the arguments are in parentheses: `{name}({arguments})`"),
            None => format!("the arguments are missing: write `{}()` if there are none; {EXAMPLE}", name.trim()),
        },
        None if name.contains(|c: char| c.is_ascii_uppercase()) => lower_case(name),
        None => EXAMPLE.to_owned(),
    };
    (0..name.len(), reason)
}

/// A mistake in an argument, if it is one that people make.
fn in_value(call: &str, place: Range<usize>) -> Option<Mistake> {
    let rest = &call[place.start..];
    if let Some(quote @ ('"' | '\'')) = rest.chars().next()
        && let Some((offset, reason)) = in_quotes(rest, quote)
    {
        return Some((place.start + offset.start..place.start + offset.end, reason));
    }
    let word = word_at(call, place.start);
    let text = &call[word.clone()];
    let after = |prefix: &str| call[word.end..].strip_prefix(prefix);
    let reason = if let Some(number) = number(text) {
        format!("numbers have decimal digits, and no more: `{number}`")
    } else if let Some(case) = after("::") {
        let case = &case[..case.find(|c| !is_word(c)).unwrap_or(case.len())];
        return Some((word.start..word.end + 2 + case.len(), format!("a case is written alone: `{}`", kebab(case))));
    } else if text.contains(|c: char| c.is_ascii_uppercase()) {
        lower_case(text)
    } else if text.contains('_') {
        format!("words in names are separated by `-`: `{}`", kebab(text))
    } else if after("").is_some_and(|rest| rest.trim_start().starts_with('=')) {
        let sign = call[word.end..].find('=').map_or(place, |offset| word.end + offset..word.end + offset + 1);
        return Some((sign, "a `:` separates the name of a field from its value".to_owned()));
    } else if rest.starts_with(',') && has_one_value(&call[..place.start]) {
        let reason =
            "a case has one value; the values of a tuple are in parentheses of their own, as in `case((1, 2))`";
        return Some((place, reason.to_owned()));
    } else if follows_value(call, place.start) {
        "a `,` is missing before this".to_owned()
    } else {
        return None;
    };
    Some((if word.is_empty() { place } else { word }, reason))
}

/// The mistake in a text that begins with a quote. `None` if it has an end and only escapes that exist.
fn in_quotes(text: &str, quote: char) -> Option<Mistake> {
    let mut chars = text.char_indices().skip(1);
    let mut count = 0;
    while let Some((offset, c)) = chars.next() {
        let escaped = text[offset + c.len_utf8()..].chars().next();
        match c {
            _ if c == quote => {
                let reason = "a `char` has one character; a text is in `\"`".to_owned();
                return (quote == '\'' && count != 1).then_some((0..offset + 1, reason));
            }
            '\n' => return Some((offset..offset, "a text has no line breaks; write `\\n`".to_owned())),
            '\\' => match escaped {
                Some('\\' | '"' | '\'' | 'n' | 'r' | 't' | 'u') => drop(chars.next()),
                Some(escaped) => {
                    let reason = format!(
                        "`\\{escaped}` is no escape; those are `\\\\`, `\\\"`, `\\'`, `\\n`, `\\r`, `\\t` and `\\u{{1f600}}`"
                    );
                    return Some((offset..offset + 1 + escaped.len_utf8(), reason));
                }
                None => {}
            },
            _ => {}
        }
        count += 1;
    }
    Some((0..text.len(), format!("the text has no end: `{quote}` is missing")))
}

/// Help if the word before the place, or at it, is a keyword.
fn keyword(call: &str, place: &Range<usize>) -> Option<String> {
    let before = call[..place.start].trim_end();
    let last = before.rsplit(|c: char| !is_word(c)).next();
    let word = last.into_iter().chain(call.get(place.clone())).find(|word| KEYWORDS.contains(word))?;
    Some(format!("`{word}` is a keyword of WAVE; write `%{word}` for a case of this name"))
}

/// The number that is meant by one that WAVE does not have: with a radix, a sign `+`, `_`, a suffix, or without digits at one
/// side of its point.
fn number(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['+', '-']);
    digits.strip_prefix('.').unwrap_or(digits).starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let sign = if text.starts_with('-') { "-" } else { "" };
    let plain = digits.replace('_', "");
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(prefix) {
            return Some(format!("{sign}{}", u64::from_str_radix(digits, radix).ok()?));
        }
    }
    let suffixes =
        ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "s8", "s16", "s32", "s64", "f32", "f64", "n", "f"];
    let bare = suffixes.iter().find_map(|suffix| plain.strip_suffix(suffix)).unwrap_or(&plain);
    bare.parse::<f64>().ok()?;
    let (whole, rest) = bare.split_at(bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len()));
    let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    let point = if rest.starts_with('.') && !rest[1..].starts_with(|c: char| c.is_ascii_digit()) { ".0" } else { "" };
    let rest = if point.is_empty() { rest } else { &rest[1..] };
    Some(format!("{sign}{whole}{point}{rest}")).filter(|number| number != text)
}

/// The brackets that close those that are open at the end.
fn open_brackets(call: &str) -> String {
    let mut open = Vec::new();
    let mut quote = None;
    let mut chars = call.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(end), _) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ')' | ']' | '}') => drop(open.pop()),
            (None, _) => {}
        }
    }
    open.into_iter().rev().collect()
}

/// Whether the end is within the parentheses of a case.
fn has_one_value(before: &str) -> bool {
    let mut depth = 0_usize;
    let open = before.char_indices().rev().find(|(_, c)| match c {
        ')' | ']' | '}' => {
            depth += 1;
            false
        }
        '(' | '[' | '{' if depth > 0 => {
            depth -= 1;
            false
        }
        c => "([{".contains(*c),
    });
    let Some((open, '(')) = open else { return false };
    // The first parenthesis is that of the call.
    before[..open].contains('(') && before[..open].ends_with(is_word)
}

/// Whether a value begins at the place and another ends before it.
fn follows_value(call: &str, place: usize) -> bool {
    let is_end = |c: char| is_word(c) || ")]}\"'".contains(c);
    let is_start = |c: char| is_word(c) || "([{\"'".contains(c);
    call[..place].trim_end().ends_with(is_end) && call[place..].starts_with(is_start)
}

fn lower_case(word: &str) -> String {
    format!("names are in lower case, with `-` between words: `{}`", kebab(word))
}

/// A name in the style of WIT.
fn kebab(word: &str) -> String {
    let mut name = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() && name.ends_with(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit()) {
            name.push('-');
        }
        name.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    name
}

/// The word around a place; it is empty if there is none.
fn word_at(call: &str, place: usize) -> Range<usize> {
    let before = call[..place].char_indices().rev().find(|(_, c)| !is_word(*c));
    let start = before.map_or(0, |(offset, c)| offset + c.len_utf8());
    let end = call[place..].find(|c| !is_word(c)).map_or(call.len(), |len| place + len);
    start..end
}

/// Whether a character is a part of a name or of a number, as people write them.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '%' | '_' | '.' | '+')
}
