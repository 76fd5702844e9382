//! WIT in a string of a Rust file: messages state places in the Rust file.

use proc_macro2::Span;
use witwright_codegen::Request;

/// Moves the WIT of `inline` or `interfaces` to the line and column at which its string is written. A string with escapes, or one
/// that a macro makes, stays where it is.
pub(crate) fn locate(request: &mut Request, string: Span) {
    let are_items = request.interfaces.is_some();
    let Some(wit) = request.inline.as_mut().or(request.interfaces.as_mut()) else { return };
    let span = string.unwrap();
    let file = span.file();
    // Editors have no names of files. Items begin after the head of their world, which is on the first line.
    if file.is_empty() || (are_items && span.line() == 1) {
        return;
    }
    let Some(start) = span.source_text().and_then(|source| start(&source, wit)) else { return };
    *wit = moved(wit, span.line(), span.column() + start);
    request.inline_name = file;
}

/// The number of characters in front of the text in a literal, if all that follows is the text as it is.
fn start(literal: &str, text: &str) -> Option<usize> {
    let (before, _) = literal.split_once('"')?;
    let hashes = before.strip_prefix('r').unwrap_or(before);
    let inner = literal[before.len() + 1..].strip_suffix(hashes)?.strip_suffix('"')?;
    (hashes.bytes().all(|byte| byte == b'#') && inner == text).then_some(before.len() + 1)
}

/// A text that begins at a line and a column, both counted from 1.
fn moved(text: &str, line: usize, column: usize) -> String {
    ["\n".repeat(line - 1), " ".repeat(column - 1), text.to_owned()].concat()
}

#[cfg(test)]
mod tests {
    use super::{moved, start};

    #[test]
    fn only_strings_without_escapes_have_their_places() {
        assert_eq!(start("\"a\nb\"", "a\nb"), Some(1));
        assert_eq!(start("r\"a\\n\"", "a\\n"), Some(2));
        assert_eq!(start("r##\"a \"# b\"##", "a \"# b"), Some(4));
        assert_eq!(start("\"a\\n\"", "a\n"), None);
        assert_eq!(start("\"a\\\n  b\"", "ab"), None);
        assert_eq!(start("concat", "a"), None);
        assert_eq!(start("b\"a\"", "a"), None);
        assert_eq!(moved("a\n b", 3, 2), "\n\n a\n b");
    }
}
