//! The comparison of the grammar and the parser.

use core::fmt;

use witwright_front::{FileId, LanguageFeatures, parse};

use crate::mutation::pieces;
use crate::{Rejection, judge, unreported};

/// The codes that the parser may report for texts that fit the grammar: limits that the specification does not have.
pub const LIMITS: [(&str, &str); 3] = [
    ("E0108", "a number that does not fit its type"),
    ("E0109", "a text that is too long"),
    ("E0214", "types that nest too deeply"),
];

/// A text on which the grammar and the parser disagree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// The text.
    pub text: String,
    /// The grammar's verdict.
    pub grammar: Result<(), Rejection>,
    /// The parser's verdict: codes and messages.
    pub parser: Vec<String>,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "of {:?}", self.text)?;
        match &self.grammar {
            Ok(()) => writeln!(f, "  the grammar says: a wit-file")?,
            Err(rejection) => writeln!(f, "  the grammar says: {rejection}")?,
        }
        write!(f, "  the parser says: {}", if self.parser.is_empty() { "a wit-file" } else { "" })?;
        f.write_str(&self.parser.join("; "))
    }
}

/// Both verdicts on a text, if they disagree. A warning of the parser means that the specification rejects the text.
#[must_use]
pub fn disagreement(text: &str) -> Option<Disagreement> {
    let parsed = parse(FileId(0), text, &LanguageFeatures::active());
    let is_limited = parsed.diagnostics.iter().any(|d| LIMITS.iter().any(|(code, _)| *code == d.code.0));
    if is_limited {
        return None;
    }
    let grammar = judge(text);
    let accepts = parsed.diagnostics.is_empty() && !unreported::holds_any(&parsed.tree);
    let parser = || parsed.diagnostics.iter().map(|d| format!("{}: {}", d.code.0, d.message)).collect();
    (accepts != grammar.is_ok()).then(|| Disagreement { text: text.to_owned(), grammar, parser: parser() })
}

/// A shorter text on which the two disagree in the same direction.
#[must_use]
pub fn shrink(found: Disagreement) -> Disagreement {
    let mut best = found;
    let mut size = pieces(&best.text).len().div_ceil(2);
    while size > 0 {
        let mut start = 0;
        loop {
            let pieces = pieces(&best.text);
            if start >= pieces.len() {
                break;
            }
            let end = (start + size).min(pieces.len());
            let shorter = [&pieces[..start], &pieces[end..]].concat().concat();
            match disagreement(&shorter) {
                Some(same) if same.grammar.is_ok() == best.grammar.is_ok() => best = same,
                Some(_) | None => start += size,
            }
        }
        size /= 2;
    }
    best
}
