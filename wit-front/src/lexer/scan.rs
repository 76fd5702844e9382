//! Comments and strings, which patterns cannot describe (nesting) or only at great length.

use super::strings;
use super::tokens::TokenKind;

type Lexer<'a> = logos::Lexer<'a, TokenKind>;

/// After `//`: everything up to the end of the line, without it.
pub(super) fn line_comment(lexer: &mut Lexer<'_>) {
    let rest = lexer.remainder().as_bytes();
    let mut len = line_len(rest);
    if len < rest.len() && rest[..len].ends_with(b"\r") {
        len -= 1;
    }
    lexer.bump(len);
}

/// The number of bytes before the end of the line. Most of a text is comments, so blocks are judged as a whole: that
/// compiles to a few vector instructions a block.
fn line_len(text: &[u8]) -> usize {
    const BLOCK_LEN: usize = 16;
    let has_end = |block: &[u8; BLOCK_LEN]| block.iter().fold(false, |found, &byte| found | (byte == b'\n'));
    let (blocks, _) = text.as_chunks::<BLOCK_LEN>();
    let passed = BLOCK_LEN * blocks.iter().take_while(|block| !has_end(block)).count();
    text[passed..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |distance| passed + distance)
}

/// After `/*`: everything up to the `*/` that closes it; comments nest.
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

/// After `"`: everything up to the next `"` that no `\` escapes, at most up to the end of the line.
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
