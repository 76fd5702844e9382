//! Comments and strings: what patterns cannot describe (nesting) or would describe at great length.

use super::strings;
use super::tokens::TokenKind;

type Lexer<'a> = logos::Lexer<'a, TokenKind>;

/// Behind `//`: everything up to the end of the line, without it.
pub(super) fn line_comment(lexer: &mut Lexer<'_>) {
    let rest = lexer.remainder();
    let mut len = rest.find('\n').unwrap_or(rest.len());
    if rest[..len].ends_with('\r') && len < rest.len() {
        len -= 1;
    }
    lexer.bump(len);
}

/// Behind `/*`: everything up to the `*/` that closes it; comments nest.
pub(super) fn block_comment(lexer: &mut Lexer<'_>) -> TokenKind {
    let rest = lexer.remainder().as_bytes();
    let mut depth = 1_usize;
    let mut at = 0;
    while let Some(pair) = rest.get(at..at + 2) {
        match pair {
            b"*/" => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    lexer.bump(at);
                    return TokenKind::BlockComment;
                }
            }
            b"/*" => {
                depth += 1;
                at += 2;
            }
            _ => at += 1,
        }
    }
    lexer.bump(rest.len());
    TokenKind::UnterminatedComment
}

/// Behind `"`: everything up to the next `"` that no `\` escapes, at most up to the end of the line.
pub(super) fn string(lexer: &mut Lexer<'_>) -> TokenKind {
    let rest = lexer.remainder().as_bytes();
    let mut at = 0;
    loop {
        match rest.get(at) {
            None | Some(b'\n' | b'\r') => {
                lexer.bump(at);
                return TokenKind::UnterminatedString;
            }
            Some(b'"') => {
                lexer.bump(at + 1);
                return match strings::value(lexer.slice()) {
                    Ok(_) => TokenKind::String,
                    Err(_) => TokenKind::BadString,
                };
            }
            Some(b'\\') if rest.get(at + 1).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) => at += 2,
            Some(_) => at += 1,
        }
    }
}
