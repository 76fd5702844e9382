//! The cursor that the grammar moves over the tokens, and the rules of recovery.
//!
//! One mistake is one diagnostic. Four rules see to it: nothing is reported twice at one token; nothing is reported
//! behind a token that the lexer has reported; once a line makes no sense ([`Parser::derail`]), nothing more is said of
//! it up to the next `;` or `,` that is where it should be; and after a report the grammar skips to where it can go on
//! ([`Parser::recover`]).

use alloc::format;

use crate::ast::Docs;
use crate::collector::Collector;
use crate::delimiters::Delimiters;
use crate::diagnostic::Diagnostic;
use crate::docs;
use crate::errors::leniency::{Leniency, beyond_grammar};
use crate::errors::syntax as errors;
use crate::features::{LanguageFeature, LanguageFeatures};
use crate::lexer::{T, Token, TokenKind};
use crate::span::{FileId, Span};

/// How deep types may nest; as deep as in the reference implementation.
pub(crate) const MAX_TYPE_DEPTH: u32 = 100;

/// The state of parsing one file.
pub(crate) struct Parser<'a> {
    file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    delimiters: &'a Delimiters,
    features: LanguageFeatures,
    diagnostics: Collector,
    warnings: Collector,
    /// Index of the current token; never that of trivia.
    index: usize,
    /// Kind of the current token.
    kind: TokenKind,
    /// Index behind the last consumed token: between it and `index` lies trivia.
    gap: usize,
    /// End of the last consumed token.
    previous_end: u32,
    /// A mistake was reported in the gap or in the last consumed token.
    after_error: bool,
    /// Index of the token at which the last mistake was reported.
    reported_at: Option<usize>,
    /// The current line has made no sense from some token on.
    derailed: bool,
    /// The current line is of another language: nothing of it is looked at.
    is_foreign_line: bool,
    /// How many `}` are missing in the text and have not been missed yet; counted when first asked.
    missing_closers: Option<usize>,
    /// How many `{` are missing, likewise.
    missing_openers: Option<usize>,
    /// How many types the current one is nested in.
    pub(crate) type_depth: u32,
    /// Braces do not pair up in the way that the grammar expects.
    pub(crate) braces_suspect: bool,
}

/// An opening delimiter that has been consumed.
#[derive(Clone, Copy)]
pub(crate) struct Open {
    pub(crate) span: Span,
    index: usize,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(
        file: FileId,
        text: &'a str,
        tokens: &'a [Token],
        delimiters: &'a Delimiters,
        features: LanguageFeatures,
    ) -> Parser<'a> {
        let mut parser = Parser {
            file,
            text,
            tokens,
            delimiters,
            features,
            diagnostics: Collector::default(),
            warnings: Collector::default(),
            index: 0,
            kind: TokenKind::Eof,
            gap: 0,
            previous_end: 0,
            after_error: false,
            reported_at: None,
            derailed: false,
            is_foreign_line: false,
            missing_closers: None,
            missing_openers: None,
            type_depth: 0,
            braces_suspect: false,
        };
        parser.settle();
        parser
    }

    /// The mistakes, the warnings, and whether the braces may be to blame.
    pub(crate) fn finish(self) -> (Collector, Collector, bool) {
        (self.diagnostics, self.warnings, self.braces_suspect)
    }

    /// Moves `index` over trivia.
    fn settle(&mut self) {
        while let Some(&token) = self.tokens.get(self.index) {
            let stray = token.kind == T!['}'] && self.delimiters.is_stray(self.index);
            if !token.kind.is_trivia() && !stray {
                self.kind = token.kind;
                return;
            }
            self.after_error |= token.kind.is_error() || stray;
            // Most trivia are blanks and comments of a text without mistakes, whose texts nobody asks for.
            let text = || &self.text[token.start as usize..token.end as usize];
            if token.kind == TokenKind::UnknownCharacter {
                self.is_foreign_line |= text() == "#";
                if text() == "[" {
                    self.skip_brackets();
                    continue;
                }
            }
            if (self.derailed || self.is_foreign_line) && token.kind == TokenKind::Whitespace && text().contains('\n') {
                self.after_error &= !self.is_foreign_line;
                self.derailed = false;
                self.is_foreign_line = false;
            }
            self.index += 1;
        }
        self.kind = TokenKind::Eof;
    }

    /// Moves `index` from a `[` behind the `]` in the same line, or behind the `[` where there is none.
    fn skip_brackets(&mut self) {
        self.after_error = true;
        let line = |token: &Token| &self.text[token.start as usize..token.end as usize];
        let rest = self.tokens[self.index..].iter().take_while(|token| !line(token).contains('\n'));
        let closer = rest.take(32).position(|token| line(token) == "]");
        self.index += closer.unwrap_or(0) + 1;
    }

    /// The kind of the current token.
    pub(crate) fn kind(&self) -> TokenKind {
        self.kind
    }

    pub(crate) fn at(&self, kind: TokenKind) -> bool {
        self.kind == kind
    }

    /// The kind of the `n`th token behind the current one.
    pub(crate) fn nth(&self, n: usize) -> TokenKind {
        self.nth_token(n).map_or(TokenKind::Eof, |token| token.kind)
    }

    /// The text of the `n`th token behind the current one.
    pub(crate) fn nth_text(&self, n: usize) -> &'a str {
        self.nth_token(n).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// The place of the `n`th token behind the current one.
    pub(crate) fn nth_span(&self, n: usize) -> Span {
        self.nth_token(n).map_or_else(|| self.span(), |token| Span::new(self.file, token.start, token.end))
    }

    fn nth_token(&self, n: usize) -> Option<&'a Token> {
        self.tokens[self.index..].iter().filter(|token| !token.kind.is_trivia()).nth(n)
    }

    /// Whether no trivia lies between the current token and the two behind it.
    pub(crate) fn is_joint_pair(&self) -> bool {
        self.tokens
            .get(self.index + 1..self.index + 3)
            .is_some_and(|next| !next.iter().any(|token| token.kind.is_trivia()))
    }

    /// The place of the current token; the empty place at the end of the text behind the last one.
    pub(crate) fn span(&self) -> Span {
        match self.tokens.get(self.index) {
            Some(token) => Span::new(self.file, token.start, token.end),
            None => Span::new(self.file, self.text.len() as u32, self.text.len() as u32),
        }
    }

    /// The text of the current token.
    pub(crate) fn token_text(&self) -> &'a str {
        self.text_of(self.span())
    }

    pub(crate) fn text_of(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Consumes the current token and gives its place.
    pub(crate) fn bump(&mut self) -> Span {
        let span = self.span();
        if self.kind != TokenKind::Eof {
            self.after_error = matches!(self.kind, TokenKind::UnterminatedString);
            self.index += 1;
            self.gap = self.index;
            self.previous_end = span.end;
            self.settle();
        }
        span
    }

    /// Consumes the current token if it is of this kind.
    pub(crate) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.kind == kind;
        if found {
            self.bump();
        }
        found
    }

    /// From `start` to the end of the last consumed token.
    pub(crate) fn span_from(&self, start: Span) -> Span {
        Span::new(self.file, start.start, self.previous_end.max(start.start))
    }

    /// The empty place behind the last consumed token.
    pub(crate) fn behind(&self) -> Span {
        Span::new(self.file, self.previous_end, self.previous_end)
    }

    /// Whether the current token is the first one in its line.
    pub(crate) fn begins_line(&self) -> bool {
        self.kind == TokenKind::Eof || self.text[self.previous_end as usize..self.span().start as usize].contains('\n')
    }

    /// Whether the current token is the last one in its line, comments apart.
    pub(crate) fn ends_line(&self) -> bool {
        let end = self.span().end as usize;
        let next = self.nth_token(1).map_or(self.text.len(), |token| token.start as usize);
        next == self.text.len() || self.text[end..next].contains('\n')
    }

    /// The documentation before the current token.
    pub(crate) fn docs(&self) -> Docs {
        docs::docs(self.text, &self.tokens[self.gap..self.index])
    }

    /// How many mistakes have been reported.
    pub(crate) fn report_count(&self) -> usize {
        self.diagnostics.len()
    }

    /// Where a consumed token began, to ask later whether anything was consumed since.
    pub(crate) fn position(&self) -> usize {
        self.index
    }

    /// Reports a mistake at the current token, or in front of it.
    pub(crate) fn error(&mut self, diagnostic: Diagnostic) {
        let is_derailed = self.derailed || self.is_foreign_line;
        let known = self.after_error || is_derailed || self.reported_at == Some(self.index);
        self.reported_at = Some(self.index);
        if !known {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports that a separator is missing. What comes next stands for itself and can be wrong in its own way.
    pub(crate) fn missing_separator(&mut self, diagnostic: Diagnostic) {
        self.error(diagnostic);
        self.reported_at = None;
    }

    /// Lets the next mistake be reported, though it lies at the same token as the last one.
    pub(crate) fn forget_report(&mut self) {
        self.reported_at = None;
    }

    /// Reports a mistake behind which the rest of the line is likely to make no sense.
    pub(crate) fn derail(&mut self, diagnostic: Diagnostic) {
        self.error(diagnostic);
        self.derailed = true;
    }

    /// Consumes a `;` or `,` that is where it should be: what follows makes sense again.
    pub(crate) fn eat_separator(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        self.derailed &= !found;
        found
    }

    /// Reports a mistake in what has been consumed.
    pub(crate) fn error_behind(&mut self, diagnostic: Diagnostic) {
        if !self.is_foreign_line {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Warns of something that has a meaning all the same.
    pub(crate) fn warn(&mut self, warning: Diagnostic) {
        self.warnings.push(warning);
    }

    /// Keeps quiet about the current token: what is wrong with it has been said.
    pub(crate) fn pretend_reported(&mut self) {
        self.reported_at = Some(self.index);
    }

    /// Reports that something else was expected: here, or at the end of the line above if something there is unfinished.
    pub(crate) fn unexpected(&mut self, expected: &str) {
        let previous = self.gap.checked_sub(1).map(|index| self.tokens[index].kind);
        let is_unfinished = !matches!(previous, None | Some(T!['{'] | T!['}'] | T!['('] | T![;] | T![,]));
        if is_unfinished && self.begins_line() {
            self.error(errors::missing(self.behind(), expected));
        } else {
            self.unexpected_here(expected);
        }
    }

    /// Reports that something else was expected than the current token.
    pub(crate) fn unexpected_here(&mut self, expected: &str) {
        self.derail(errors::unexpected(self.span(), expected, self.kind, self.token_text()));
    }

    /// Consumes a token of this kind or reports that it is missing.
    pub(crate) fn expect(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        if !found {
            self.unexpected(&format!("`{}`", kind.text().unwrap_or_default()));
        }
        found
    }

    /// Whether a `}` is missing somewhere in the text; each time this is asked, one fewer.
    pub(crate) fn lacks_closer(&mut self) -> bool {
        let count = || self.count(T!['{']).saturating_sub(self.count(T!['}']));
        let missing = self.missing_closers.unwrap_or_else(count);
        self.missing_closers = Some(missing.saturating_sub(1));
        missing > 0
    }

    /// Whether a `{` is missing somewhere in the text; each time this is asked, one fewer.
    pub(crate) fn lacks_opener(&mut self) -> bool {
        let count = || self.count(T!['}']).saturating_sub(self.count(T!['{']));
        let missing = self.missing_openers.unwrap_or_else(count);
        self.missing_openers = Some(missing.saturating_sub(1));
        missing > 0
    }

    fn count(&self, kind: TokenKind) -> usize {
        self.tokens.iter().filter(|token| token.kind == kind).count()
    }

    /// Warns of what the grammar does not have and is taken all the same.
    pub(crate) fn lenient(&mut self, span: Span, leniency: Leniency) {
        self.warn(beyond_grammar(span, leniency));
    }

    /// Reports a part of the language that is not switched on.
    pub(crate) fn require(&mut self, span: Span, what: &str, feature: LanguageFeature) {
        if !self.features.contains(feature) {
            self.error_behind(errors::missing_feature(span, what, feature));
        }
    }

    pub(crate) fn has_feature(&self, feature: LanguageFeature) -> bool {
        self.features.contains(feature)
    }

    /// Consumes an opening delimiter.
    pub(crate) fn open(&mut self, kind: TokenKind) -> Option<Open> {
        let index = self.index;
        let span = self.span();
        self.eat(kind).then_some(Open { span, index })
    }

    /// Whether the block that was opened by this `{` ends here.
    pub(crate) fn at_block_end(&self, open: Option<Open>) -> bool {
        matches!(self.kind, T!['}'] | TokenKind::Eof)
            || open.is_some_and(|open| self.delimiters.ends_before(open.index, self.index))
    }

    /// Consumes the `}` of a block, or reports its `{`.
    pub(crate) fn close_block(&mut self, open: Option<Open>) {
        let ended = open.is_some_and(|open| self.delimiters.ends_before(open.index, self.index));
        if !ended && self.eat(T!['}']) {
            return;
        }
        self.braces_suspect = true;
        if let Some(open) = open
            && !self.after_error
        {
            self.error_behind(errors::unclosed_block(open.span, self.behind()));
        }
    }

    /// Consumes a `)` or `>`; where it is missing, says so there.
    pub(crate) fn close(&mut self, kind: TokenKind, open: Open) {
        if !self.eat(kind) {
            let text = kind.text().unwrap_or("");
            self.error(errors::missing_closer(self.behind(), open.span, text));
        }
    }
}
