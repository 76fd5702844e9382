//! Gaps between tokens: comments, and the separator of the style.
//!
//! A comment never crosses a token, since the comments before an item document it. It keeps its place in a line:
//! after the previous token, before the next token, or alone.

use alloc::vec::Vec;

use crate::lexer::{T, Token, TokenKind};

use super::layout::Layout;
use super::printer::Separator;

/// The text between two tokens that are no trivia.
pub(super) struct Gap<'a> {
    comments: Vec<Comment<'a>>,
    /// The number of line breaks after the last comment.
    newlines: usize,
}

#[derive(Clone, Copy)]
struct Comment<'a> {
    /// Without the space at its end.
    text: &'a str,
    is_line_comment: bool,
    /// The number of line breaks before it.
    newlines: usize,
}

impl<'a> Gap<'a> {
    pub(super) fn new(text: &'a str, tokens: &[Token]) -> Gap<'a> {
        let mut gap = Gap { comments: Vec::new(), newlines: 0 };
        for token in tokens {
            let text = &text[token.start as usize..token.end as usize];
            if token.kind.is_comment() {
                let is_line_comment = token.kind == TokenKind::LineComment;
                let text = text.trim_end_matches([' ', '\t', '\r']);
                gap.comments.push(Comment { text, is_line_comment, newlines: gap.newlines });
                gap.newlines = 0;
            } else {
                gap.newlines += text.bytes().filter(|&byte| byte == b'\n').count();
            }
        }
        gap
    }

    pub(super) fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// Whether both tokens and everything between them are in one line.
    pub(super) fn is_one_line(&self) -> bool {
        self.newlines == 0 && self.comments.iter().all(|comment| comment.newlines == 0 && !comment.is_line_comment)
    }

    /// Prints the comments and the separator of the style.
    pub(super) fn print(&self, layout: &mut Layout<'a>, place: Place) {
        let mut page = Page { layout, place, blank_due: place.separator == Separator::BlankLine };
        if self.comments.is_empty() {
            page.dedent_if_closes();
            page.separator(self.newlines_at_end(place), true);
        } else if !page.may_break() {
            self.print_in_item(&mut page);
        } else if self.is_one_line() && !place.closes && place.next.is_some() {
            page.separator(0, true);
            for comment in &self.comments {
                page.layout.verbatim(comment.text);
                page.layout.text(" ");
            }
        } else {
            self.print_comments(&mut page);
            page.dedent_if_closes();
            self.print_end(&mut page);
        }
    }

    /// Prints comments where the style has no line break: the additional lines that they need are indented.
    fn print_in_item(&self, page: &mut Page<'_, 'a>) {
        page.layout.indent();
        self.print_comments(page);
        let last = self.comments.last();
        let ends_line = last.is_some_and(|last| last.is_line_comment || last.newlines > 0 && self.newlines > 0);
        // A brace is in the line below its item.
        let is_brace = page.place.next == Some(T!['{']);
        if ends_line && !is_brace {
            page.layout.newline(false);
        }
        page.layout.dedent();
        if ends_line && is_brace {
            page.layout.newline(false);
        } else if !ends_line && !page.place.next.is_some_and(is_tight_after_comment) {
            page.layout.text(" ");
        }
    }

    fn print_comments(&self, page: &mut Page<'_, 'a>) {
        for (index, comment) in self.comments.iter().enumerate() {
            let is_first = index == 0;
            if is_first && page.place.previous.is_none() {
                page.layout.verbatim(comment.text);
            } else if comment.newlines > 0 {
                page.newline(comment.newlines, is_first);
                page.layout.verbatim(comment.text);
            } else if comment.is_line_comment {
                page.layout.line_end(comment.text);
            } else {
                page.space_before_comment(is_first);
                page.layout.verbatim(comment.text);
            }
        }
    }

    /// The separator after the last comment, where lines may be broken.
    fn print_end(&self, page: &mut Page<'_, 'a>) {
        let place = page.place;
        let (Some(last), Some(_)) = (self.comments.last(), place.next) else { return };
        let stands_alone = last.newlines > 0 || place.previous.is_none();
        if last.is_line_comment || stands_alone && self.newlines > 0 {
            page.newline(self.newlines_at_end(place), false);
        } else if place.closes {
            page.separator(0, false);
        } else if self.newlines == 0 {
            page.layout.text(" ");
        } else if matches!(place.separator, Separator::Break(_)) {
            page.layout.may_break(" ");
        } else {
            page.separator(self.newlines, false);
        }
    }

    /// The number of line breaks at the end; a block does not end in an empty line.
    fn newlines_at_end(&self, place: Place) -> usize {
        if place.closes { 0 } else { self.newlines }
    }
}

/// The tokens around a gap.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) separator: Separator,
    /// The previous token; `None` at the start of the text.
    pub(super) previous: Option<TokenKind>,
    /// The next token; `None` at the end of the text.
    pub(super) next: Option<TokenKind>,
    /// Whether an indented part ends here.
    pub(super) closes: bool,
}

/// The position of a gap.
struct Page<'p, 'a> {
    layout: &'p mut Layout<'a>,
    place: Place,
    /// An empty line of the style has not been printed yet.
    blank_due: bool,
}

impl Page<'_, '_> {
    /// Whether the style can break the line here.
    fn may_break(&self) -> bool {
        match self.place.separator {
            Separator::Tight | Separator::Space => self.place.previous.is_none(),
            Separator::Break(_) | Separator::Newline | Separator::Paragraph | Separator::BlankLine => true,
        }
    }

    /// The separator of the style. The text had `newlines`, the first of them after the previous token if `is_first`.
    fn separator(&mut self, newlines: usize, is_first: bool) {
        if self.place.previous.is_none() || self.place.next.is_none() {
            return;
        }
        match self.place.separator {
            Separator::Tight => {}
            Separator::Space => self.layout.text(" "),
            Separator::Break(flat) => self.layout.may_break(flat),
            Separator::Newline | Separator::Paragraph | Separator::BlankLine => self.newline(newlines, is_first),
        }
    }

    /// Ends the line. Of several empty lines in the text, one is kept if the style keeps them; none at a block's edge.
    fn newline(&mut self, newlines: usize, is_first: bool) {
        let keeps = match self.place.separator {
            Separator::Paragraph | Separator::BlankLine => newlines > 1,
            Separator::Tight | Separator::Space | Separator::Break(_) | Separator::Newline => false,
        };
        let at_edge = is_first && self.place.previous.is_some_and(opens);
        self.layout.newline(keeps && !at_edge || self.blank_due);
        self.blank_due = false;
    }

    /// The space before a comment in the line of the previous token.
    fn space_before_comment(&mut self, is_first: bool) {
        let Place { separator, previous, closes, .. } = self.place;
        let is_edge = is_first && previous.is_some_and(opens);
        if is_edge && (closes || separator == Separator::Tight) && previous != Some(T!['{']) {
            return;
        }
        if is_edge && separator == Separator::Break("") {
            // In a flat list, the comment looks as if no line break followed.
            self.layout.if_broken(" ");
        } else {
            self.layout.text(" ");
        }
    }

    fn dedent_if_closes(&mut self) {
        if self.place.closes {
            self.layout.dedent();
        }
    }
}

/// Whether an indented part begins after this token.
fn opens(kind: TokenKind) -> bool {
    matches!(kind, T!['{'] | T!['('] | T![<])
}

/// Whether no space separates a comment from this token.
fn is_tight_after_comment(kind: TokenKind) -> bool {
    matches!(kind, T![,] | T![;] | T![:] | T![')'] | T![>])
}
