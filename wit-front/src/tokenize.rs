//! Tokens with diagnostics for the mistakes in them.

use alloc::vec::Vec;

use crate::collector::Collector;
use crate::diagnostic::Diagnostic;
use crate::errors::lexical as errors;
use crate::lexer::{Token, lex};
use crate::span::{FileId, Span};

/// The longest text that is read, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// The tokens of a text, and the mistakes in tokens that the parser skips. A text that is too long has no tokens.
#[must_use]
pub fn tokenize(file: FileId, text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let (tokens, found) = collect(file, text);
    (tokens, found.finish())
}

/// As [`tokenize`], for a parser that adds its own diagnostics.
pub(crate) fn collect(file: FileId, text: &str) -> (Vec<Token>, Collector) {
    let mut found = Collector::default();
    if text.len() > MAX_TEXT_BYTES {
        found.push(errors::text_too_long(Span::new(file, 0, 0), text.len(), MAX_TEXT_BYTES));
        return (Vec::new(), found);
    }
    let tokens = lex(text, &mut |mistake| found.push(errors::in_token(file, text, mistake)));
    (tokens, found)
}
