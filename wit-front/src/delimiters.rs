//! Unmatched braces, found by the indentation.
//!
//! Used only when the braces of a text do not fit the grammar.

use alloc::vec::Vec;

use crate::collector::Collector;
use crate::errors::syntax as errors;
use crate::lexer::{T, Token, TokenKind};
use crate::span::{FileId, Span};

/// Corrections to the braces of a text; none by default.
#[derive(Default)]
pub(crate) struct Delimiters {
    /// `{` without `}`, and the token before which its block ends; both as indices, by the first.
    unclosed: Vec<(usize, usize)>,
    /// `}` without `{`, as indices in ascending order.
    strays: Vec<usize>,
}

struct Block {
    open: usize,
    /// Columns before the first token in the line of the `{`.
    indent: usize,
    /// Number of the line.
    line: usize,
}

impl Block {
    /// Whether a `}` can close this block: below the beginning of its line, or in the same line.
    fn may_end(&self, begins_line: bool, indent: usize, line: usize) -> bool {
        if begins_line { self.indent == indent } else { self.line == line }
    }
}

impl Delimiters {
    /// Whether the block opened at `open` has no `}` and ends before the token `at`, or earlier.
    pub(crate) fn ends_before(&self, open: usize, at: usize) -> bool {
        self.unclosed.binary_search_by_key(&open, |&(open, _)| open).is_ok_and(|found| self.unclosed[found].1 <= at)
    }

    /// Whether the `}` at this index has no `{`.
    pub(crate) fn is_stray(&self, index: usize) -> bool {
        self.strays.binary_search(&index).is_ok()
    }

    /// Pairs braces so that a block's lines are indented deeper than the line of its `{`, and its `}`, where it begins
    /// a line, is below that line's beginning.
    pub(crate) fn by_indentation(file: FileId, text: &str, tokens: &[Token]) -> (Delimiters, Collector) {
        let mut found = Delimiters::default();
        let mut diagnostics = Collector::default();
        let mut blocks: Vec<Block> = Vec::new();
        let mut indent = 0;
        let mut line = 0;
        let mut last_newline = true;
        for (index, token) in tokens.iter().enumerate() {
            let token_text = &text[token.start as usize..token.end as usize];
            if token.kind.is_trivia() {
                last_newline |= token.kind == TokenKind::Whitespace && token_text.contains('\n');
                continue;
            }
            let begins_line = core::mem::take(&mut last_newline);
            if begins_line {
                line += 1;
                indent = column(text, token.start as usize);
                let keeps = |block: &Block| block.indent < indent || token.kind == T!['}'] && block.indent == indent;
                while let Some(block) = blocks.pop_if(|block| !keeps(block)) {
                    found.unclosed.push((block.open, index));
                }
            }
            match token.kind {
                T!['{'] => blocks.push(Block { open: index, indent, line }),
                T!['}'] if blocks.last().is_none_or(|block| !block.may_end(begins_line, indent, line)) => {
                    found.strays.push(index);
                    diagnostics.push(errors::stray_closer(Span::new(file, token.start, token.end)));
                }
                T!['}'] => {
                    blocks.pop();
                }
                _ => {}
            }
        }
        found.unclosed.extend(blocks.iter().map(|block| (block.open, tokens.len())));
        found.unclosed.sort_unstable();
        (found, diagnostics)
    }
}

fn column(text: &str, at: usize) -> usize {
    text[..at].chars().rev().take_while(|&char| char != '\n').count()
}
