//! The laws of formatting, for any text: no token or comment is lost, changed or moved; the tree stays the same; a second
//! formatting changes nothing.

use witwright_front::fmt::{MAX_WIDTH, format};
use witwright_front::{Diagnostic, FileId, LanguageFeatures, Parsed, TokenKind, parse};

/// Formats a text and checks everything; `false` for a text with mistakes.
pub(crate) fn hold(name: &str, text: &str) -> bool {
    let before = parsed(text);
    let Ok(formatted) = format(FileId(0), text) else {
        assert!(before.diagnostics.iter().any(Diagnostic::is_error), "{name}: there is no mistake in\n{text}");
        return false;
    };
    let after = parsed(&formatted);
    let has_errors = after.diagnostics.iter().any(Diagnostic::is_error);
    assert!(!has_errors, "{name}: {:?}\n{formatted}", after.diagnostics);
    same_lines(name, &outline(text, &before), &outline(&formatted, &after), text, &formatted);
    assert_eq!(without_spans(&before), without_spans(&after), "{name}: the tree changes\n{text}\n{formatted}");
    let again = format(FileId(0), &formatted).expect("a formatted text has no mistakes");
    for (line, (once, twice)) in formatted.lines().zip(again.lines()).enumerate() {
        assert_eq!(once, twice, "{name}: in line {} of\n{formatted}\nfrom\n{text}", line + 1);
    }
    assert_eq!(formatted.len(), again.len(), "{name}: again to\n{again}");
    page(name, &formatted, &after);
    true
}

fn parsed(text: &str) -> Parsed {
    parse(FileId(0), text, &LanguageFeatures::active())
}

/// Every token and comment in order, without what the style adds and removes: commas and semicolons after `}`.
fn outline(text: &str, parsed: &Parsed) -> Vec<String> {
    let mut outline: Vec<String> = Vec::new();
    let mut comma: Option<usize> = None;
    let mut previous = TokenKind::Eof;
    for token in parsed.tokens.iter().filter(|token| token.kind.is_comment() || !token.kind.is_trivia()) {
        let piece = &text[token.start as usize..token.end as usize];
        if token.kind.is_comment() {
            let lines: Vec<&str> = piece.split('\n').map(|line| line.trim_end_matches('\r')).collect();
            let is_line_comment = token.kind == TokenKind::LineComment;
            outline.push(if is_line_comment { piece.trim_end().to_owned() } else { lines.join("\n") });
            continue;
        }
        let closes = matches!(token.kind, TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::Greater);
        if let Some(comma) = comma.filter(|_| closes) {
            outline.remove(comma);
        }
        comma = (token.kind == TokenKind::Comma).then_some(outline.len());
        if !(token.kind == TokenKind::Semicolon && previous == TokenKind::CloseBrace) {
            outline.push(piece.to_owned());
        }
        previous = token.kind;
    }
    outline
}

fn same_lines(name: &str, before: &[String], after: &[String], text: &str, formatted: &str) {
    let differs = before.iter().zip(after).position(|(before, after)| before != after);
    let at = differs.or((before.len() != after.len()).then(|| before.len().min(after.len())));
    if let Some(at) = at {
        let (before, after) = (before.get(at), after.get(at));
        panic!("{name}: {before:?} becomes {after:?}\n{text}\nformatted:\n{formatted}");
    }
}

/// The tree as text, without spans.
fn without_spans(parsed: &Parsed) -> String {
    let tree = format!("{:?}", parsed.tree);
    let mut shown = String::with_capacity(tree.len());
    for (index, piece) in tree.split("#0:").enumerate() {
        let place = piece.len() - piece.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.').len();
        shown.push_str(&piece[if index == 0 { 0 } else { place }..]);
    }
    shown
}

/// No line ends in a space, no two empty lines follow each other, and a line is too wide only if it cannot be broken.
fn page(name: &str, formatted: &str, parsed: &Parsed) {
    let mut comments = String::from(formatted);
    for token in parsed.tokens.iter().filter(|token| token.kind.is_comment()).rev() {
        comments.replace_range(token.start as usize..token.end as usize, "//");
    }
    assert!(comments.is_empty() || comments.ends_with('\n') && !comments.ends_with("\n\n"), "{name}: {formatted}");
    let lines: Vec<&str> = comments.lines().collect();
    for pair in lines.windows(2) {
        assert!(pair != ["", ""], "{name}: two empty lines in\n{formatted}");
        assert!(
            !pair[1].is_empty() || !pair[0].ends_with('{'),
            "{name}: a block begins with an empty line\n{formatted}"
        );
    }
    for line in lines {
        assert_eq!(line, line.trim_end(), "{name}: a line ends in blanks\n{formatted}");
        let code = line.split("//").next().unwrap_or_default().trim_end();
        let has_list = code.contains('(') && !code.contains("()") || code.contains(", ") || code.contains(".{");
        let opens = code.ends_with(['(', '{', '<']) || code.trim_start().starts_with('@');
        assert!(code.chars().count() <= MAX_WIDTH || !has_list || opens, "{name}: too wide:\n{line}\n{formatted}");
    }
}
