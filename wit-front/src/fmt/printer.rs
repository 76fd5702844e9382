//! The cursor that the productions move over the tokens: it prints them, and the gaps between them.

use alloc::string::String;

use crate::ast::Attributes;
use crate::lexer::{T, Token, TokenKind};
use crate::span::Span;

use super::MAX_WIDTH;
use super::comments::{Gap, Place};
use super::layout::Layout;

/// The separator of the style between two tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Separator {
    /// No separator.
    Tight,
    /// A space.
    Space,
    /// In a broken group the end of the line, else this text.
    Break(&'static str),
    /// The end of the line.
    Newline,
    /// The end of the line; an empty line is kept.
    Paragraph,
    /// The end of the line, and an empty one.
    BlankLine,
}

/// The look of a list between two brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListStyle {
    /// Between a bracket and an element.
    pub(super) edge: Separator,
    /// Between two elements.
    pub(super) between: Separator,
    /// After the last element of a broken list.
    pub(super) last_comma: &'static str,
}

/// The state of formatting one text.
pub(super) struct Printer<'a> {
    text: &'a str,
    tokens: &'a [Token],
    pub(super) layout: Layout<'a>,
    /// Index of the first token that is not printed yet.
    next: usize,
    /// Index of a token that is left out.
    omitted: Option<usize>,
    /// The last printed token.
    previous: Option<TokenKind>,
    /// The separator before the next one.
    separator: Separator,
}

impl<'a> Printer<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Printer<'a> {
        let first_line_end = text.find('\n').unwrap_or(0);
        let newline = if text[..first_line_end].ends_with('\r') { "\r\n" } else { "\n" };
        Printer {
            text,
            tokens,
            layout: Layout::new(MAX_WIDTH, newline, text.len() + text.len() / 8),
            next: 0,
            omitted: None,
            previous: None,
            separator: Separator::Paragraph,
        }
    }

    /// Prints the rest after the last item, and returns the whole text.
    pub(super) fn finish(mut self) -> String {
        self.separate(Separator::Paragraph);
        self.print_gap(self.peek(), false);
        debug_assert!(self.peek() == self.tokens.len(), "every token has been printed");
        self.layout.finish()
    }

    /// Sets the separator before the next token.
    pub(super) fn separate(&mut self, separator: Separator) {
        self.separator = separator;
    }

    pub(super) fn space(&mut self) {
        self.separate(Separator::Space);
    }

    /// Index of the next token that is no trivia.
    fn peek(&self) -> usize {
        let rest = self.tokens[self.next..].iter().enumerate();
        let mut meant = rest.map(|(at, token)| (self.next + at, token));
        let found = meant.find(|(index, token)| !token.kind.is_trivia() && self.omitted != Some(*index));
        found.map_or(self.tokens.len(), |(index, _)| index)
    }

    /// Whether the next token is of this kind.
    pub(super) fn at(&self, kind: TokenKind) -> bool {
        self.tokens.get(self.peek()).is_some_and(|token| token.kind == kind)
    }

    /// Prints the next token, and the comments before it.
    pub(super) fn token(&mut self) {
        let index = self.peek();
        self.print_gap(index, false);
        self.print(index);
    }

    /// Prints a space and the next token.
    pub(super) fn spaced_token(&mut self) {
        self.space();
        self.token();
    }

    fn print(&mut self, index: usize) {
        if let Some(token) = self.tokens.get(index) {
            self.layout.text(&self.text[token.start as usize..token.end as usize]);
            self.previous = Some(token.kind);
            self.next = index + 1;
            self.separator = Separator::Tight;
        }
    }

    /// Prints every token of a span, spaces around `=` and none elsewhere.
    pub(super) fn tokens_of(&mut self, span: Span) {
        loop {
            if self.at(T![=]) {
                self.spaced_token();
                self.space();
            } else {
                self.token();
            }
            let is_inside = self.tokens.get(self.peek()).is_some_and(|token| token.start < span.end);
            if !is_inside {
                return;
            }
        }
    }

    /// Leaves the next token out if it is of this kind, and no comment is before it.
    pub(super) fn omit_uncommented(&mut self, kind: TokenKind) {
        let index = self.peek();
        if self.at(kind) && !self.tokens[self.next..index].iter().any(|token| token.kind.is_comment()) {
            self.omitted = Some(index);
        }
    }

    /// Attributes are in lines of their own.
    pub(super) fn attributes(&mut self, attributes: &Attributes) {
        for attribute in &attributes.list {
            self.tokens_of(attribute.span());
            self.separate(Separator::Newline);
        }
    }

    /// `'{' member* '}'`, each member in lines of its own.
    pub(super) fn block<T>(&mut self, members: &[T], member: fn(&mut Printer<'a>, &T)) {
        self.open_block();
        for each in members {
            self.separate(Separator::Paragraph);
            member(self, each);
        }
        self.close_block(members.is_empty());
    }

    pub(super) fn open_block(&mut self) {
        self.spaced_token();
        self.layout.indent();
        self.separate(Separator::Paragraph);
    }

    pub(super) fn close_block(&mut self, is_empty: bool) {
        if is_empty {
            self.close_empty();
        } else {
            self.close(Separator::Paragraph);
        }
    }

    /// An opening bracket, elements and commas, a closing bracket.
    pub(super) fn list<T>(&mut self, style: ListStyle, elements: &[T], element: fn(&mut Printer<'a>, &T)) {
        self.token();
        self.layout.indent();
        if elements.is_empty() {
            self.close_empty();
            return;
        }
        self.layout.open();
        for (index, each) in elements.iter().enumerate() {
            if index > 0 {
                self.token();
            }
            self.separate(if index == 0 { style.edge } else { style.between });
            element(self, each);
        }
        if self.at(T![,]) {
            self.omitted = Some(self.peek());
        }
        self.layout.if_broken(style.last_comma);
        self.close(style.edge);
        self.layout.close();
    }

    /// The closing bracket of a list without elements, perhaps with comments.
    fn close_empty(&mut self) {
        let edge = Separator::Break(if self.at(T!['}']) { " " } else { "" });
        let gap = self.gap(self.peek());
        if gap.is_empty() {
            self.close(Separator::Tight);
            return;
        }
        self.layout.open();
        self.close(if gap.is_one_line() { edge } else { Separator::Paragraph });
        self.layout.close();
    }

    /// A closing bracket, indented one step less than its content.
    fn close(&mut self, separator: Separator) {
        let index = self.peek();
        self.separate(separator);
        self.print_gap(index, true);
        self.print(index);
    }

    /// The gap between the last printed token and the one at `index`.
    fn gap(&self, index: usize) -> Gap<'a> {
        Gap::new(self.text, &self.tokens[self.next..index])
    }

    /// Prints the gap before the token at `index`; `closes` if an indented part ends there.
    fn print_gap(&mut self, index: usize, closes: bool) {
        let next = self.tokens.get(index).map(|token| token.kind);
        let place = Place { separator: self.separator, previous: self.previous, next, closes };
        self.gap(index).print(&mut self.layout, place);
    }
}
