//! Suggestions, applied to a text.

use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Edit};
use crate::span::FileId;

/// A text with the first suggestion of each diagnostic applied, and the number of applied ones. A suggestion is skipped if
/// its edits are in another file or touch earlier ones: its mistake is found again when the new text is checked.
#[must_use]
pub fn apply<'a>(file: FileId, text: &str, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for diagnostic in diagnostics {
        let Some(suggestion) = diagnostic.suggestions.first() else { continue };
        let fits = |edit: &Edit| {
            let span = edit.span;
            span.file == file
                && text.get(span.start as usize..span.end as usize).is_some()
                && taken.iter().all(|other| span.end < other.span.start || other.span.end < span.start)
        };
        if suggestion.edits.iter().all(fits) {
            taken.extend(&suggestion.edits);
            count += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span);
    let mut mended = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in taken {
        mended.push_str(&text[done..edit.span.start as usize]);
        mended.push_str(&edit.replacement);
        done = edit.span.end as usize;
        // With a removed word, the blank after it is removed.
        if edit.replacement.is_empty() && blank_before(&mended) && text[done..].starts_with(' ') {
            done += 1;
        }
    }
    mended.push_str(&text[done..]);
    (mended, count)
}

fn blank_before(text: &str) -> bool {
    text.chars().next_back().is_none_or(|char| char.is_whitespace() || char == '(')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::span::Span;

    fn edit(start: u32, end: u32, replacement: &str) -> Diagnostic {
        Diagnostic::error(Code("E0000"), "text").suggest(Span::new(FileId(0), start, end), replacement)
    }

    #[test]
    fn edits_are_applied_from_any_order() {
        let diagnostics = [edit(4, 7, "two"), edit(0, 3, "one"), edit(8, 8, "!")];
        assert_eq!(apply(FileId(0), "aaa bbb ccc", &diagnostics), ("one two !ccc".into(), 3));
    }

    #[test]
    fn edits_that_touch_are_left_for_later() {
        let diagnostics = [edit(0, 3, "one"), edit(2, 5, "x"), edit(3, 3, ";")];
        assert_eq!(apply(FileId(0), "aaa bbb", &diagnostics), ("one bbb".into(), 1));
    }

    #[test]
    fn edits_elsewhere_are_left_out() {
        let other = Diagnostic::error(Code("E0000"), "text").suggest(Span::new(FileId(1), 0, 1), "x");
        assert_eq!(apply(FileId(0), "é", [&other, &edit(1, 2, "x"), &edit(0, 9, "x")]), ("é".into(), 0));
    }

    #[test]
    fn a_word_goes_with_its_blank() {
        assert_eq!(apply(FileId(0), "a static func", [&edit(2, 8, "")]), ("a func".into(), 1));
        assert_eq!(apply(FileId(0), "f: g ;", [&edit(5, 6, "")]), ("f: g ".into(), 1));
    }
}
