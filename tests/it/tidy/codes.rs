//! Every error code is declared once, and has a fixture: a `.stderr` file of a test contains it.

use std::collections::BTreeMap;

use super::sources::Sources;
use super::{Problem, check, planted};

#[test]
fn every_error_code_has_a_fixture() {
    check(uncovered);
    assert_eq!(planted(uncovered, "resolver/src/errors.rs", "/// E0412: a borrow escapes."), 1);
    let mut covered = Sources::of_one("resolver/src/errors.rs", "/// E0412: a borrow escapes.");
    covered.files.extend(Sources::of_one("resolver/tests/ui/borrow.stderr", "error[E0412]: no").files);
    assert!(uncovered(&covered).is_empty());
}

#[test]
fn there_are_codes() {
    assert!(declared(Sources::of_workspace()).len() > 20);
}

fn uncovered(sources: &Sources) -> Vec<Problem> {
    let golden: Vec<&str> = sources.files.iter().filter(|file| is_golden(&file.path)).map(|file| &*file.text).collect();
    let codes = declared(sources).into_iter();
    let uncovered = codes.filter(|(code, _)| !golden.iter().any(|text| text.contains(code.as_str())));
    uncovered.map(|(code, place)| format!("{place}: no `.stderr` of a test names {code}")).collect()
}

fn is_golden(path: &str) -> bool {
    path.ends_with(".stderr") && path.contains("/tests/")
}

/// The codes in the `errors.rs` files, with the first place of each.
fn declared(sources: &Sources) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for source in sources.rust().filter(|source| source.path.contains("/src/") && is_errors(&source.path)) {
        for (number, line) in source.lines() {
            for code in codes(line) {
                found.entry(code).or_insert_with(|| format!("{}:{number}", source.path));
            }
        }
    }
    found
}

fn is_errors(path: &str) -> bool {
    path.ends_with("/errors.rs") || path.contains("/errors/")
}

/// The words of the form `E0101` in a line.
fn codes(line: &str) -> Vec<String> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| is_code(word)).map(str::to_owned).collect()
}

fn is_code(word: &str) -> bool {
    word.len() == 5 && word.starts_with('E') && word[1..].bytes().all(|byte| byte.is_ascii_digit())
}
