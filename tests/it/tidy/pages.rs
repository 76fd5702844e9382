//! The first line of a file names its one subject, and a file has at most 600 lines without its tests.

use super::sources::{Source, Sources};
use super::{Problem, check, planted};

const MAX_LINES: usize = 600;

#[test]
fn every_file_says_its_subject() {
    check(heads);
    assert_eq!(planted(heads, "host/src/a.rs", "use core::fmt;\n"), 1);
    assert_eq!(planted(heads, "host/src/a.rs", "//!\n"), 1);
    assert_eq!(planted(heads, "host/src/a.rs", "//! A subject.\n"), 0);
}

#[test]
fn no_file_is_too_long() {
    check(lengths);
    assert_eq!(planted(lengths, "host/src/a.rs", &"//\n".repeat(601)), 1);
    let with_tests = "//\n".repeat(500) + "#[cfg(test)]\nmod tests {\n" + &"//\n".repeat(500) + "}\n";
    assert_eq!(planted(lengths, "host/src/a.rs", &with_tests), 0);
}

fn heads(sources: &Sources) -> Vec<Problem> {
    let has_head = |source: &&Source| {
        let first = source.text.lines().next().unwrap_or_default();
        first.strip_prefix("//! ").is_some_and(|subject| !subject.trim().is_empty())
    };
    let without = sources.rust().filter(|source| !has_head(source));
    without.map(|source| format!("{}:1: the first line is no `//!` with the subject", source.path)).collect()
}

fn lengths(sources: &Sources) -> Vec<Problem> {
    let lengths = sources.rust().map(|source| (source, without_tests(source)));
    let too_long = lengths.filter(|(_, lines)| *lines > MAX_LINES);
    too_long.map(|(source, lines)| format!("{}: {lines} lines without tests; split it", source.path)).collect()
}

/// The number of lines before the module with the tests.
fn without_tests(source: &Source) -> usize {
    source.text.lines().take_while(|line| *line != "#[cfg(test)]").count()
}
