//! Recovery: the choice of the mistakes to report.
//!
//! One mistake is one diagnostic, by four rules:
//!
//! 1. At one token only the first mistake is reported.
//! 2. Directly after a token that the lexer has reported, no mistake is reported.
//! 3. Once a line makes no sense ([`Recovery::derail`]), no mistake is reported up to the next `;` or `,` that is where it should
//!    be, or the end of the line. In a line of another language (`#include …`), no mistake is reported.
//! 4. After a report, the grammar skips to the next token from which it can go on (`grammar/skip.rs`).

use crate::collector::Collector;
use crate::diagnostic::Diagnostic;
use crate::lexer::{T, Token, TokenKind};
use crate::span::Span;

/// The mistakes found so far, and the reasons not to report the next one.
#[derive(Default)]
pub(crate) struct Recovery {
    mistakes: Collector,
    warnings: Collector,
    /// The last consumed token, or the trivia after it, has a mistake that the lexer reports.
    after_error: bool,
    /// Index of the token at which the last mistake was found.
    reported_at: Option<usize>,
    line: Line,
    /// The braces missing in the text and not yet missed by the grammar; counted when first asked for.
    missing: Option<Missing>,
    /// Braces do not pair up in the way that the grammar expects.
    braces_suspect: bool,
}

/// The state of the current line.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Line {
    #[default]
    Sound,
    /// It makes no sense from some token on.
    Derailed,
    /// It is in another language.
    Foreign,
}

/// Numbers of missing braces.
#[derive(Clone, Copy)]
struct Missing {
    closers: usize,
    openers: usize,
}

impl Recovery {
    /// The mistakes, the warnings, and whether the braces may be to blame.
    pub(crate) fn finish(self) -> (Collector, Collector, bool) {
        (self.mistakes, self.warnings, self.braces_suspect)
    }

    /// The number of mistakes reported.
    pub(crate) fn report_count(&self) -> usize {
        self.mistakes.len()
    }

    /// Reports a mistake at the token of this index, or before it.
    pub(crate) fn report(&mut self, index: usize, mistake: Diagnostic) {
        let is_known = self.after_error || self.line != Line::Sound || self.reported_at == Some(index);
        self.reported_at = Some(index);
        if !is_known {
            self.mistakes.push(mistake);
        }
    }

    /// Reports a mistake after which the rest of the line is likely to make no sense.
    pub(crate) fn derail(&mut self, index: usize, mistake: Diagnostic) {
        self.report(index, mistake);
        if self.line == Line::Sound {
            self.line = Line::Derailed;
        }
    }

    /// Reports a mistake in consumed tokens: the rules do not apply, because they made sense.
    pub(crate) fn report_consumed(&mut self, mistake: Diagnostic) {
        if self.line != Line::Foreign {
            self.mistakes.push(mistake);
        }
    }

    /// Drops what is reported within this text, by the lexer too.
    pub(crate) fn ignore(&mut self, span: Span) {
        self.mistakes.ignore(span);
    }

    pub(crate) fn warn(&mut self, warning: Diagnostic) {
        self.warnings.push(warning);
    }

    /// Suppresses reports at the token of this index.
    pub(crate) fn silence(&mut self, index: usize) {
        self.reported_at = Some(index);
    }

    /// Lets the next mistake be reported even at the token of the last one.
    pub(crate) fn forget_report(&mut self) {
        self.reported_at = None;
    }

    /// Whether the lexer reports a mistake right before the current token.
    pub(crate) fn is_after_error(&self) -> bool {
        self.after_error
    }

    /// A token of this kind has been consumed.
    pub(crate) fn consumed(&mut self, kind: TokenKind) {
        self.after_error = kind == TokenKind::UnterminatedString;
    }

    /// Notes that a `;` or `,` was where it should be: mistakes after it are reported again.
    pub(crate) fn passed_separator(&mut self) {
        if self.line == Line::Derailed {
            self.line = Line::Sound;
        }
    }

    /// The parser passes over a token that the lexer reports.
    pub(crate) fn passed_mistake(&mut self, text: &str) {
        self.after_error = true;
        if text == "#" {
            self.line = Line::Foreign;
        }
    }

    /// Whether the end of the line changes something.
    pub(crate) fn awaits_line_end(&self) -> bool {
        self.line != Line::Sound
    }

    pub(crate) fn passed_line_end(&mut self) {
        self.after_error &= self.line != Line::Foreign;
        self.line = Line::Sound;
    }

    /// Notes that the braces do not pair up in the way that the grammar expects.
    pub(crate) fn suspect_braces(&mut self) {
        self.braces_suspect = true;
    }

    /// Whether a `}` is missing somewhere in the text; one fewer each time this is asked.
    pub(crate) fn lacks_closer(&mut self, tokens: &[Token]) -> bool {
        take_one(&mut self.missing(tokens).closers)
    }

    /// Whether a `{` is missing somewhere in the text; one fewer each time this is asked.
    pub(crate) fn lacks_opener(&mut self, tokens: &[Token]) -> bool {
        take_one(&mut self.missing(tokens).openers)
    }

    fn missing(&mut self, tokens: &[Token]) -> &mut Missing {
        self.missing.get_or_insert_with(|| {
            let count = |kind| tokens.iter().filter(|token| token.kind == kind).count();
            let (openers, closers) = (count(T!['{']), count(T!['}']));
            Missing { closers: openers.saturating_sub(closers), openers: closers.saturating_sub(openers) }
        })
    }
}

fn take_one(count: &mut usize) -> bool {
    let had_one = *count > 0;
    *count = count.saturating_sub(1);
    had_one
}
