//! Text → tokens (`WIT.md#lexical-structure`). Never fails and loses nothing: the tokens' texts, joined, are the text.
//!
//! The patterns are in `tokens.in.rs` and expanded ahead of time, for the sake of users' build times; what a pattern
//! cannot say is in the modules beside it.

pub(crate) mod forbidden;
mod kinds;
mod scan;
pub(crate) mod strings;
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

pub(crate) use self::kinds::T;
pub use self::tokens::TokenKind;
use crate::collector::Collector;
use crate::diagnostic::Diagnostic;
use crate::errors::lexical as errors;
use crate::span::{FileId, Span};

/// A piece of the text. The end of one token is the start of the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

/// Whether a word is a keyword, so that a name that equals it is written with `%`.
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    words::keyword(word).is_some()
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The longest text that is read, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// The tokens of a text, and what is wrong with those that the parser passes over; of a text that is too long, only that
/// it is. Words that are no labels are left to the parser, which knows what they were meant for.
#[must_use]
pub fn tokens(file: FileId, text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let (tokens, found) = collect(file, text);
    (tokens, found.finish())
}

/// As [`tokens()`], for a parser that adds what it finds.
pub(crate) fn collect(file: FileId, text: &str) -> (Vec<Token>, Collector) {
    if text.len() > MAX_TEXT_BYTES {
        let start = Span::new(file, 0, 0);
        let mut found = Collector::default();
        found.push(errors::text_too_long(start, text.len(), MAX_TEXT_BYTES));
        return (Vec::new(), found);
    }
    // In WASI's packages, which are well documented, a token has nine bytes.
    let list = Vec::with_capacity(text.len() / 8);
    let mut out = Tokens { file, text, list, diagnostics: Collector::default(), line: None };
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
    (out.list, out.diagnostics)
}

/// What a character is that begins no token; a word of another script is lexed to its end.
fn unknown(lexer: &mut logos::Lexer<'_, TokenKind>) -> TokenKind {
    match lexer.slice().chars().next() {
        Some(char) if forbidden::is_forbidden(char) => TokenKind::ForbiddenCharacter,
        Some(char) if words::begins_word(char) => {
            words::extend(lexer);
            TokenKind::BadLabel
        }
        Some(_) | None => TokenKind::UnknownCharacter,
    }
}

struct Tokens<'a> {
    file: FileId,
    text: &'a str,
    list: Vec<Token>,
    diagnostics: Collector,
    /// Where the line of the last unknown or forbidden character ends: one mistake in a line is reported once.
    line: Option<usize>,
}

impl Tokens<'_> {
    fn push(&mut self, mut kind: TokenKind, start: usize, end: usize) {
        if kind == TokenKind::UnknownCharacter && &self.text[start..end] == "-" && self.extend_word(end) {
            return;
        }
        if kind.is_error() && kind != TokenKind::BadLabel {
            kind = self.report(kind, start, end);
        }
        self.list.push(Token { kind, start: start as u32, end: end as u32 });
    }

    /// Takes a `-` at the end of a word into the word: `foo-` is one mistake.
    fn extend_word(&mut self, end: usize) -> bool {
        let Some(last) = self.list.last_mut() else { return false };
        let is_word = last.kind.is_word();
        if is_word {
            last.kind = TokenKind::BadLabel;
            last.end = end as u32;
        }
        is_word
    }

    fn report(&mut self, kind: TokenKind, start: usize, end: usize) -> TokenKind {
        let span = Span::new(self.file, start as u32, end as u32);
        let text = &self.text[start..end];
        let diagnostic = match (kind, text.chars().next()) {
            (TokenKind::UnknownCharacter | TokenKind::ForbiddenCharacter, Some(char)) => {
                self.report_character(start, char);
                return kind;
            }
            (TokenKind::UnterminatedString, _) => errors::unterminated_string(span),
            (TokenKind::UnterminatedComment, _) => {
                errors::unterminated_comment(Span::new(self.file, start as u32, start as u32 + 2))
            }
            _ => match strings::value(text) {
                Err(mistake) => errors::bad_string(span, text, mistake),
                Ok(_) => return TokenKind::String,
            },
        };
        self.diagnostics.push(diagnostic);
        kind
    }

    fn report_character(&mut self, at: usize, char: char) {
        if self.line.is_some_and(|end| at < end) {
            return;
        }
        self.line = Some(self.text[at..].find('\n').map_or(self.text.len(), |len| at + len));
        let span = Span::new(self.file, at as u32, (at + char.len_utf8()) as u32);
        self.diagnostics.push(match forbidden::reason(char) {
            Some(reason) => errors::forbidden_character(span, char, reason),
            None => errors::unknown_character(span, char, self.text),
        });
    }

    fn forbidden_in_comments_and_strings(&mut self) {
        let mut index = 0;
        self.line = None;
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
