//! The laws for published WIT, unchanged, and with random blanks and comments between its tokens.

use std::fs;
use std::path::PathBuf;

use fastrand::Rng;
use witwright_corpora as corpora;
use witwright_front::{Diagnostic, FileId, LanguageFeatures, TokenKind, parse};

use super::laws;

/// Every WIT file of the corpora; of files with the same text, one.
fn texts() -> Vec<(String, String)> {
    let mut seen = std::collections::BTreeSet::new();
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../packages");
    let files = corpora::wit_files().into_iter().chain(corpora::files(&workspace, "wit"));
    let texts = files.filter_map(|path| Some((path.display().to_string(), fs::read_to_string(path).ok()?)));
    texts.filter(|(_, text)| seen.insert(text.clone())).collect()
}

#[test]
fn the_laws_hold_for_every_file() {
    let formatted = texts().iter().filter(|(name, text)| laws::hold(name, text)).count();
    assert!(formatted > 500, "{formatted} files");
}

#[test]
fn the_laws_hold_for_any_blanks_and_comments() {
    let mut random = Rng::with_seed(0x5eed);
    let mut formatted = 0;
    for (name, text) in texts().iter().filter(|(_, text)| text.len() < 20_000) {
        let parsed = parse(FileId(0), text, &LanguageFeatures::active());
        if !parsed.diagnostics.iter().any(Diagnostic::is_error) {
            for density in [2, 9] {
                formatted += usize::from(laws::hold(name, &disturbed(text, &mut random, density)));
            }
        }
    }
    assert!(formatted > 1000, "{formatted} texts");
}

/// The tokens of a text, with other blanks between them, and every `density`th time with comments.
fn disturbed(text: &str, random: &mut Rng, density: usize) -> String {
    let parsed = parse(FileId(0), text, &LanguageFeatures::active());
    let mut out = String::new();
    let mut previous = TokenKind::Eof;
    let mut count = 0;
    for token in parsed.tokens.iter().filter(|token| !token.kind.is_trivia()) {
        // A `@` belongs to the tokens of its line.
        if token.kind != TokenKind::At && previous != TokenKind::At {
            for _ in 0..random.usize(..4) {
                out.push_str([" ", "", "\n", "\n\n\n", "\t", "\r\n", "  "][random.usize(..7)]);
                if random.usize(..density) == 0 {
                    count += 1;
                    out.push_str(&comment(random.usize(..8), count));
                }
            }
        }
        let piece = &text[token.start as usize..token.end as usize];
        let needs_blank = piece.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '%')
            && out.ends_with(|char: char| char.is_ascii_alphanumeric());
        if needs_blank {
            out.push(' ');
        }
        out.push_str(piece);
        previous = token.kind;
    }
    out
}

/// A comment of one of several kinds, with a number that makes it unique.
fn comment(kind: usize, number: usize) -> String {
    match kind {
        0 => format!("// line {number}\n"),
        1 => format!("//line {number}  \r\n"),
        2 => format!("/// doc {number}\n"),
        3 => format!("/* block {number} */"),
        4 => format!("/** doc {number} */"),
        5 => format!("/* several\n     lines {number}\n */"),
        6 => format!("/* a /* nested {number} */ */"),
        _ => format!("//// four {number}\n"),
    }
}
