//! Documentation: the comments directly before an item.
//!
//! `WIT.md` has only plain comments, so every comment before an item documents it, `//` as well as `///`, as in
//! the reference implementation, which gives the same text (it is stored in `package-docs`). One difference: of `/* x */` it
//! keeps `* x */`, which is hardly intended; here such a comment gives `x`, as `/** x */` does.

use alloc::string::String;

use crate::ast::Docs;
use crate::lexer::{Token, TokenKind};

/// The documentation in the trivia before an item.
pub(crate) fn docs(text: &str, trivia: &[Token]) -> Docs {
    let comments = || trivia.iter().filter(|token| token.kind.is_comment());
    let mut indent = usize::MAX;
    let mut len = 0;
    for token in comments() {
        let comment = content(text, token);
        len += comment.len() + 1;
        if !comment.is_empty() {
            indent = indent.min(indent_len(comment));
        }
    }
    if len == 0 {
        return Docs::default();
    }
    let mut docs = String::with_capacity(len);
    for token in comments() {
        let comment = content(text, token);
        // Only spaces: the first line of a block comment is often empty, and then its line break is kept.
        let spaces = comment.bytes().take_while(|&byte| byte == b' ').count();
        let comment = if spaces >= indent { &comment[indent..] } else { comment };
        if token.kind == TokenKind::LineComment || comment.is_empty() {
            docs.push_str(comment);
            docs.push('\n');
            continue;
        }
        for line in comment.lines() {
            docs.push_str(line);
            docs.push('\n');
        }
    }
    docs.truncate(docs.trim_end_matches('\n').len());
    Docs { text: Some(docs) }
}

/// A comment without its markers and the space at its end.
fn content<'a>(text: &'a str, token: &Token) -> &'a str {
    let comment = &text[token.start as usize..token.end as usize];
    let content = if token.kind == TokenKind::BlockComment {
        let inner = comment.strip_suffix("*/").unwrap_or(comment);
        inner.strip_prefix("/**").or_else(|| inner.strip_prefix("/*")).unwrap_or(inner)
    } else {
        &comment[comment.bytes().take_while(|&byte| byte == b'/').count()..]
    };
    content.trim_end()
}

/// The number of blanks at the start of a comment.
fn indent_len(comment: &str) -> usize {
    comment.bytes().take_while(u8::is_ascii_whitespace).count()
}
