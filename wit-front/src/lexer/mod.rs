//! Text → tokens (`WIT.md#lexical-structure`). Never fails and is lossless: the tokens' texts, joined, are the text.
//!
//! The patterns are in `tokens.in.rs` and expanded ahead of time, to save users build time; the modules beside it lex the
//! tokens that no pattern can describe.

pub(crate) mod forbidden;
mod kinds;
pub(crate) mod look_alikes;
mod scan;
pub(crate) mod strings;
mod texts;
#[rustfmt::skip]
#[allow(
    clippy::all,
    clippy::too_many_lines,
    unused_imports,
    unused_parens,
    unused_variables,
    reason = "expanded by logos"
)]
mod tokens;
pub(crate) mod words;

use alloc::vec::Vec;

use logos::Logos;

use self::forbidden::Forbidden;
use self::look_alikes::look_alike;
use self::strings::StringMistake;
pub(crate) use self::texts::T;
pub use self::tokens::TokenKind;
pub use self::words::{is_label, written};

/// A piece of the text. The end of one token is the start of the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its kind.
    pub kind: TokenKind,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// Whether a word is a keyword, so that a name that equals it is written with `%`.
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    words::keyword(word).is_some()
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A mistake in a token.
#[derive(Clone, Copy)]
pub(crate) struct Mistake {
    pub(crate) kind: MistakeKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

#[derive(Clone, Copy)]
pub(crate) enum MistakeKind {
    UnknownCharacter(char),
    ForbiddenCharacter(char, Forbidden),
    UnterminatedString,
    UnterminatedComment,
    BadString(StringMistake),
}

/// The tokens of a text. Mistakes in those that the parser passes over are reported; words that are no labels are left to
/// the parser, which knows their purpose.
pub(crate) fn lex(text: &str, report: &mut dyn FnMut(Mistake)) -> Vec<Token> {
    // In WASI's packages, which are well documented, a token has nine bytes.
    let list = Vec::with_capacity(text.len() / 8);
    let mut out = Tokens { text, list, report, reported: None };
    let mut base = 0;
    if text.starts_with(BYTE_ORDER_MARK) {
        base = BYTE_ORDER_MARK.len();
        out.push(TokenKind::ByteOrderMark, 0, base);
    }
    let mut lexer = TokenKind::lexer(&text[base..]);
    while let Some(result) = lexer.next() {
        let kind = result.unwrap_or_else(|()| unknown(&mut lexer));
        let span = lexer.span();
        out.push(kind, base + span.start, base + span.end);
    }
    out.forbidden_in_comments_and_strings();
    out.list
}

/// The kind of a character that begins no token; a word of another script is lexed to its end.
fn unknown(lexer: &mut logos::Lexer<'_, TokenKind>) -> TokenKind {
    match lexer.slice().chars().next() {
        Some(char) if forbidden::is_forbidden(char) => TokenKind::ForbiddenCharacter,
        Some(char) if words::begins_word(char) => {
            words::extend_any(lexer);
            TokenKind::BadLabel
        }
        Some(_) | None => TokenKind::UnknownCharacter,
    }
}

struct Tokens<'a> {
    text: &'a str,
    list: Vec<Token>,
    report: &'a mut dyn FnMut(Mistake),
    reported: Option<Reported>,
}

/// The last unknown or forbidden character that was reported.
struct Reported {
    char: char,
    end: usize,
    line_end: usize,
    /// Whether a `,`, a `;` or a `->` is after it.
    is_separated: bool,
    /// Whether the rest of the line is not WIT: after a quotation mark, a comment of another language, or the `{` of a body.
    is_foreign: bool,
}

impl Tokens<'_> {
    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        if kind == TokenKind::UnknownCharacter && &self.text[start..end] == "-" && self.extend_word(end) {
            return;
        }
        if kind.is_error() && kind != TokenKind::BadLabel {
            self.report_token(kind, start, end);
        }
        match (kind, &mut self.reported) {
            (T![,] | T![;] | T![->], Some(last)) => last.is_separated = true,
            (T!['{'], Some(last)) => last.is_foreign = true,
            _ => {}
        }
        self.list.push(Token { kind, start: start as u32, end: end as u32 });
    }

    /// Adds a `-` at the end of a word to the word: `foo-` is one mistake.
    fn extend_word(&mut self, end: usize) -> bool {
        let Some(last) = self.list.last_mut() else { return false };
        let is_word = last.kind.is_word();
        if is_word {
            last.kind = TokenKind::BadLabel;
            last.end = end as u32;
        }
        is_word
    }

    /// Reports the mistake of a token.
    fn report_token(&mut self, kind: TokenKind, start: usize, end: usize) {
        let text = &self.text[start..end];
        let mistake = match (kind, text.chars().next()) {
            (TokenKind::UnknownCharacter | TokenKind::ForbiddenCharacter, Some(char)) => {
                return self.report_character(start, char);
            }
            (TokenKind::UnterminatedString, _) => MistakeKind::UnterminatedString,
            (TokenKind::UnterminatedComment, _) => MistakeKind::UnterminatedComment,
            _ => match strings::value(text) {
                Err(mistake) => MistakeKind::BadString(mistake),
                Ok(_) => return,
            },
        };
        (self.report)(Mistake { kind: mistake, start: start as u32, end: end as u32 });
    }

    fn report_character(&mut self, at: usize, char: char) {
        let line_end = match self.reported.as_ref().filter(|last| at < last.line_end) {
            Some(last) if !Tokens::is_independent(last, at, char) => return,
            Some(last) => last.line_end,
            None => self.text[at..].find('\n').map_or(self.text.len(), |len| at + len),
        };
        let end = at + char.len_utf8();
        let is_foreign = matches!(char, '#' | '`' | '\'' | '“' | '”' | '‘' | '’') || self.text[at..].starts_with("--");
        self.reported = Some(Reported { char, end, line_end, is_separated: false, is_foreign });
        let kind = match forbidden::reason(char) {
            Some(reason) => MistakeKind::ForbiddenCharacter(char, reason),
            None => MistakeKind::UnknownCharacter(char),
        };
        (self.report)(Mistake { kind, start: at as u32, end: end as u32 });
    }

    /// Whether a character has a mistake of its own, after one in its line: a separator is between them, or one of them looks
    /// like a character of WIT.
    fn is_independent(last: &Reported, at: usize, char: char) -> bool {
        let is_second = char == ']' || char == last.char && at == last.end;
        let is_look_alike = || [last.char, char].into_iter().any(|char| look_alike(char).is_some());
        let is_forbidden = || [last.char, char].into_iter().any(forbidden::is_forbidden);
        !last.is_foreign && !is_second && (last.is_separated || is_look_alike()) && !is_forbidden()
    }

    fn forbidden_in_comments_and_strings(&mut self) {
        let mut index = 0;
        self.reported = None;
        for (at, char, _) in forbidden::find(self.text) {
            while self.list.get(index).is_some_and(|token| (token.end as usize) <= at) {
                index += 1;
            }
            if self.list.get(index).is_some_and(|token| token.kind != TokenKind::ForbiddenCharacter) {
                self.report_character(at, char);
            }
        }
    }
}
