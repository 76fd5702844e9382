//! The state of parsing one file: a cursor over its tokens, which the grammar moves, and the mistakes found so far.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::ast::{Docs, Ident, Item};
use crate::collector::Collector;
use crate::delimiters::Delimiters;
use crate::diagnostic::Diagnostic;
use crate::docs;
use crate::errors::leniency::{Leniency, beyond_grammar};
use crate::errors::syntax as errors;
use crate::features::{LanguageFeature, LanguageFeatures};
use crate::lexer::{T, Token, TokenKind};
use crate::recovery::Recovery;
use crate::span::{FileId, Span};

/// A text and its tokens.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) file: FileId,
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) delimiters: &'a Delimiters,
}

/// A place in the tokens.
struct Cursor {
    /// Index of the current token; never that of trivia.
    index: usize,
    /// Kind of the current token.
    kind: TokenKind,
    /// Index after the last consumed token: the tokens from it up to `index` are trivia.
    gap: usize,
    /// End of the last consumed token.
    previous_end: u32,
}

/// The state of parsing one file.
pub(crate) struct Parser<'a> {
    input: Input<'a>,
    features: LanguageFeatures,
    cursor: Cursor,
    recovery: Recovery,
    /// The number of types around the current one.
    pub(crate) type_depth: u32,
    /// The number of misplaced items around the current one.
    pub(crate) nested_items: u32,
    /// Interfaces and worlds that belong at the top level, and are not there.
    pub(crate) moved_items: Vec<Item>,
    /// The type parameters of the current function: WIT has none, so they are reported once and their uses are not.
    pub(crate) type_parameters: Vec<&'a str>,
    /// The number of those that belong to the block around it.
    pub(crate) block_parameters: usize,
    /// The resource around the current token.
    pub(crate) resource: Option<Ident>,
    /// See [`Parser::type_names`].
    type_names: OnceCell<BTreeSet<&'a str>>,
}

/// An opening delimiter that has been consumed.
#[derive(Clone, Copy)]
pub(crate) struct Open {
    pub(crate) span: Span,
    index: usize,
}

impl<'a> Input<'a> {
    fn text_of(&self, token: Token) -> &'a str {
        &self.text[token.start as usize..token.end as usize]
    }
}

impl<'a> Parser<'a> {
    pub(crate) fn new(input: Input<'a>, features: LanguageFeatures) -> Parser<'a> {
        let cursor = Cursor { index: 0, kind: TokenKind::Eof, gap: 0, previous_end: 0 };
        let mut parser = Parser {
            input,
            features,
            cursor,
            recovery: Recovery::default(),
            type_depth: 0,
            nested_items: 0,
            moved_items: Vec::new(),
            type_parameters: Vec::new(),
            block_parameters: 0,
            resource: None,
            type_names: OnceCell::new(),
        };
        parser.settle();
        parser
    }

    /// The mistakes, the warnings, and whether the braces may be to blame.
    pub(crate) fn finish(self) -> (Collector, Collector, bool) {
        self.recovery.finish()
    }

    /// Moves the cursor over trivia, and over braces without a counterpart.
    fn settle(&mut self) {
        while let Some(&token) = self.input.tokens.get(self.cursor.index) {
            let is_stray = token.kind == T!['}'] && self.input.delimiters.is_stray(self.cursor.index);
            if !token.kind.is_trivia() && !is_stray {
                self.cursor.kind = token.kind;
                return;
            }
            let mut len = 1;
            if token.kind.is_error() || is_stray {
                let text = self.input.text_of(token);
                self.recovery.passed_mistake(text);
                if text == "[" {
                    len = self.brackets_len();
                }
            } else if self.recovery.awaits_line_end()
                && token.kind == TokenKind::Whitespace
                && self.input.text_of(token).contains('\n')
            {
                self.recovery.passed_line_end();
            }
            self.cursor.index += len;
        }
        self.cursor.kind = TokenKind::Eof;
    }

    /// The number of tokens from a `[` to its `]` in the same line; one if there is none.
    fn brackets_len(&self) -> usize {
        let rest = self.input.tokens[self.cursor.index..].iter().map(|&token| self.input.text_of(token));
        rest.take_while(|text| !text.contains('\n')).take(32).position(|text| text == "]").unwrap_or(0) + 1
    }

    /// The names of the file's types, without `%`: those that are defined, and those in a `use`. Found when first asked for.
    pub(crate) fn type_names(&self) -> &BTreeSet<&'a str> {
        self.type_names.get_or_init(|| {
            let tokens = self.input.tokens.iter().filter(|token| !token.kind.is_trivia());
            let mut found = BTreeSet::new();
            let (mut previous, mut is_in_use) = (TokenKind::Eof, false);
            for &token in tokens {
                let is_defined = matches!(
                    previous,
                    T![type] | T![record] | T![variant] | T![enum] | T![flags] | T![resource] | T![as]
                );
                let names_type = is_defined || is_in_use && matches!(previous, T!['{'] | T![,]);
                if names_type && token.kind.is_word() {
                    found.insert(self.input.text_of(token).trim_start_matches('%'));
                }
                if matches!(token.kind, T!['{'] | T!['}']) {
                    is_in_use = token.kind == T!['{'] && previous == T![.];
                }
                previous = token.kind;
            }
            found
        })
    }

    /// The kind of the current token.
    pub(crate) fn kind(&self) -> TokenKind {
        self.cursor.kind
    }

    pub(crate) fn at(&self, kind: TokenKind) -> bool {
        self.cursor.kind == kind
    }

    /// The kind of the `n`th token after the current one.
    pub(crate) fn nth(&self, n: usize) -> TokenKind {
        self.nth_token(n).map_or(TokenKind::Eof, |token| token.kind)
    }

    /// The text of the `n`th token after the current one.
    pub(crate) fn nth_text(&self, n: usize) -> &'a str {
        self.nth_token(n).map_or("", |token| self.input.text_of(*token))
    }

    /// The place of the `n`th token after the current one.
    pub(crate) fn nth_span(&self, n: usize) -> Span {
        self.nth_token(n).map_or_else(|| self.span(), |token| Span::new(self.input.file, token.start, token.end))
    }

    fn nth_token(&self, n: usize) -> Option<&'a Token> {
        self.input.tokens[self.cursor.index..].iter().filter(|token| !token.kind.is_trivia()).nth(n)
    }

    /// Whether the current token and the next two follow each other without trivia.
    pub(crate) fn is_joint_pair(&self) -> bool {
        self.input
            .tokens
            .get(self.cursor.index + 1..self.cursor.index + 3)
            .is_some_and(|next| !next.iter().any(|token| token.kind.is_trivia()))
    }

    /// The place of the current token; after the last one, the empty place at the end of the text.
    pub(crate) fn span(&self) -> Span {
        match self.input.tokens.get(self.cursor.index) {
            Some(token) => Span::new(self.input.file, token.start, token.end),
            None => Span::new(self.input.file, self.input.text.len() as u32, self.input.text.len() as u32),
        }
    }

    /// The text of the current token.
    pub(crate) fn token_text(&self) -> &'a str {
        self.text_of(self.span())
    }

    pub(crate) fn text_of(&self, span: Span) -> &'a str {
        &self.input.text[span.start as usize..span.end as usize]
    }

    /// Consumes the current token and returns its place.
    pub(crate) fn bump(&mut self) -> Span {
        let span = self.span();
        if self.cursor.kind != TokenKind::Eof {
            self.recovery.consumed(self.cursor.kind);
            self.cursor.index += 1;
            self.cursor.gap = self.cursor.index;
            self.cursor.previous_end = span.end;
            self.settle();
        }
        span
    }

    /// The current token, and the blank after it.
    pub(crate) fn with_blank(&self) -> Span {
        let span = self.span();
        Span { end: self.nth_span(1).start.max(span.end), ..span }
    }

    /// Consumes this number of tokens.
    pub(crate) fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    /// Consumes the current token if it is of this kind.
    pub(crate) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.cursor.kind == kind;
        if found {
            self.bump();
        }
        found
    }

    /// From `start` to the end of the last consumed token.
    pub(crate) fn span_from(&self, start: Span) -> Span {
        Span::new(self.input.file, start.start, self.cursor.previous_end.max(start.start))
    }

    /// Whether the last consumed token is a `:`.
    pub(crate) fn is_after_colon(&self) -> bool {
        self.cursor.gap.checked_sub(1).is_some_and(|index| self.input.tokens[index].kind == T![:])
    }

    /// Whether this text, which the lexer has reported, is right before the current token.
    pub(crate) fn is_after(&self, reported: &str) -> bool {
        let skipped = &self.input.tokens[self.cursor.gap..self.cursor.index];
        let mut skipped = skipped.iter().rev().filter(|token| token.kind != TokenKind::Whitespace);
        skipped.next().is_some_and(|token| token.kind.is_error() && self.input.text_of(*token) == reported)
    }

    /// The empty place after the last consumed token.
    pub(crate) fn previous_end(&self) -> Span {
        Span::new(self.input.file, self.cursor.previous_end, self.cursor.previous_end)
    }

    /// Whether the current token is the first one in its line.
    pub(crate) fn begins_line(&self) -> bool {
        self.cursor.kind == TokenKind::Eof
            || self.input.text[self.cursor.previous_end as usize..self.span().start as usize].contains('\n')
    }

    /// Whether no other token, except comments, follows the current one in its line.
    pub(crate) fn ends_line(&self) -> bool {
        self.nth_ends_line(0)
    }

    /// As [`Parser::ends_line`], for the `n`th token after the current one.
    pub(crate) fn nth_ends_line(&self, n: usize) -> bool {
        let end = self.nth_span(n).end as usize;
        let next = self.nth_token(n + 1).map_or(self.input.text.len(), |token| token.start as usize);
        next == self.input.text.len() || self.input.text[end..next].contains('\n')
    }

    /// The documentation before the current token.
    pub(crate) fn docs(&self) -> Docs {
        docs::docs(self.input.text, &self.input.tokens[self.cursor.gap..self.cursor.index])
    }

    /// The number of mistakes reported.
    pub(crate) fn report_count(&self) -> usize {
        self.recovery.report_count()
    }

    /// The start of the next token, by which a caller finds out later whether a token was consumed.
    pub(crate) fn position(&self) -> usize {
        self.cursor.index
    }

    /// Reports a mistake at the current token, or before it.
    pub(crate) fn error(&mut self, mistake: Diagnostic) {
        self.recovery.report(self.cursor.index, mistake);
    }

    /// Reports a mistake in this number of tokens, and consumes them. Always `true`: a condition can end with it.
    pub(crate) fn reject(&mut self, count: usize, mistake: Diagnostic) -> bool {
        self.error(mistake);
        self.skip(count);
        true
    }

    /// Reports and consumes the current token, which is in the place of `meant`. Always `true`: a condition can end with it.
    pub(crate) fn replace(&mut self, meant: &str) -> bool {
        self.reject(1, errors::wrong_separator(self.span(), self.token_text(), meant))
    }

    /// Reports a mistake after which the rest of the line is likely to make no sense.
    pub(crate) fn derail(&mut self, mistake: Diagnostic) {
        self.recovery.derail(self.cursor.index, mistake);
    }

    /// Reports that a separator is missing. The current token can be wrong in a way of its own.
    pub(crate) fn missing_separator(&mut self, mistake: Diagnostic) {
        self.error(mistake);
        self.recovery.forget_report();
    }

    /// Lets the next mistake be reported even at the token of the last one.
    pub(crate) fn forget_report(&mut self) {
        self.recovery.forget_report();
    }

    /// Reports nothing at the current token, whose mistake has been reported.
    pub(crate) fn silence(&mut self) {
        self.recovery.silence(self.cursor.index);
    }

    /// Drops what is reported within this text: another mistake stands for it.
    pub(crate) fn ignore(&mut self, span: Span) {
        self.recovery.ignore(span);
    }

    /// Reports a mistake in tokens that have been consumed.
    pub(crate) fn error_before(&mut self, mistake: Diagnostic) {
        self.recovery.report_consumed(mistake);
    }

    /// Warns of something that has a meaning.
    pub(crate) fn warn(&mut self, warning: Diagnostic) {
        self.recovery.warn(warning);
    }

    /// Warns of something that is not in the grammar, but accepted.
    pub(crate) fn lenient(&mut self, span: Span, leniency: Leniency) {
        self.warn(beyond_grammar(span, leniency));
    }

    /// Reports a part of the language that is not enabled.
    pub(crate) fn require(&mut self, span: Span, what: &str, feature: LanguageFeature) {
        if !self.features.contains(feature) {
            self.error_before(errors::missing_feature(span, what, feature));
        }
    }

    pub(crate) fn has_feature(&self, feature: LanguageFeature) -> bool {
        self.features.contains(feature)
    }

    /// Reports that something else was expected: here, or at the end of the line above if that is unfinished.
    pub(crate) fn unexpected(&mut self, expected: &str) {
        let previous = self.cursor.gap.checked_sub(1).map(|index| self.input.tokens[index].kind);
        let is_unfinished = !matches!(previous, None | Some(T!['{'] | T!['}'] | T!['('] | T![;] | T![,]));
        if is_unfinished && self.begins_line() {
            self.error(errors::missing(self.previous_end(), expected));
        } else {
            self.unexpected_here(expected);
        }
    }

    /// Reports that something else was expected than the current token.
    pub(crate) fn unexpected_here(&mut self, expected: &str) {
        self.derail(errors::unexpected(self.span(), expected, self.cursor.kind, self.token_text()));
    }

    /// Consumes a token of this kind or reports that it is missing.
    pub(crate) fn expect(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        if !found {
            self.unexpected(&format!("`{}`", kind.text().unwrap_or_default()));
        }
        found
    }

    /// Consumes a `;` or `,` that is where it should be.
    pub(crate) fn eat_separator(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        if found {
            self.recovery.passed_separator();
        }
        found
    }

    /// Lets mistakes be reported again in a line that made no sense.
    pub(crate) fn passed_separator(&mut self) {
        self.recovery.passed_separator();
    }

    /// Notes that the braces do not pair up in the way that the grammar expects.
    pub(crate) fn suspect_braces(&mut self) {
        self.recovery.suspect_braces();
    }

    /// Whether a `}` is missing somewhere in the text; one fewer each time this is asked.
    pub(crate) fn lacks_closer(&mut self) -> bool {
        self.recovery.lacks_closer(self.input.tokens)
    }

    /// Whether a `{` is missing somewhere in the text; one fewer each time this is asked.
    pub(crate) fn lacks_opener(&mut self) -> bool {
        self.recovery.lacks_opener(self.input.tokens)
    }

    /// Consumes an opening delimiter.
    pub(crate) fn open(&mut self, kind: TokenKind) -> Option<Open> {
        let index = self.cursor.index;
        let span = self.span();
        self.eat(kind).then_some(Open { span, index })
    }

    /// Whether the block that was opened by this `{` ends here.
    pub(crate) fn at_block_end(&self, open: Option<Open>) -> bool {
        matches!(self.cursor.kind, T!['}'] | TokenKind::Eof)
            || open.is_some_and(|open| self.input.delimiters.ends_before(open.index, self.cursor.index))
    }

    /// Consumes the `}` of a block, or reports its `{`.
    pub(crate) fn close_block(&mut self, open: Option<Open>) {
        let ended = open.is_some_and(|open| self.input.delimiters.ends_before(open.index, self.cursor.index));
        if !ended && self.eat(T!['}']) {
            return;
        }
        self.recovery.suspect_braces();
        if let Some(open) = open
            && !self.recovery.is_after_error()
        {
            self.error_before(errors::unclosed_block(open.span, self.previous_end()));
        }
    }

    /// Consumes a `)` or `>`, or reports that it is missing here.
    pub(crate) fn close(&mut self, kind: TokenKind, open: Open) {
        if !self.eat(kind) {
            let text = kind.text().unwrap_or("");
            self.error(errors::missing_closer(self.previous_end(), open.span, text));
        }
    }
}
