//! Words that no file may contain: promises of later work, silenced lints, facts about one machine; and those with which no
//! documentation begins.

use super::sources::Sources;
use super::{Problem, check, planted};

/// Words that code may not contain, in upper or lower case.
const IN_CODE: [&str; 9] =
    ["todo", "fixme", "hack:", "xxx", "for now", "unimplemented!", "#[ignore", "allow(dead_code", "placeholder"];
/// Words with which no documentation begins: a clause in place of a noun or a sentence (STYLE: words).
const NO_OPENINGS: [&str; 10] = ["What", "Whatever", "Who", "Whoever", "Whom", "Whose", "Where", "When", "How", "Why"];
/// Paths of one machine, which no file may contain.
const ANYWHERE: [&str; 3] = ["/root/", "/work/", "/home/"];

#[test]
fn no_banned_word_is_written() {
    check(words);
    for text in ["// TODO: more", "#[ignore]", "#![allow(dead_code)]", "// good enough for now"] {
        assert_eq!(planted(words, "host/src/a.rs", text), 1, "{text}");
    }
    assert_eq!(planted(words, "README.md", &format!("see {}x", ANYWHERE[0])), 1);
    assert_eq!(planted(words, "README.md", "a list of todos"), 0);
}

#[test]
fn documentation_begins_with_a_noun_or_a_sentence() {
    check(openings);
    for text in ["/// What a task waits for.", "//! How values are lowered.", "fn f() {}\n    /// Where: at the end.\n"]
    {
        assert_eq!(planted(openings, "host/src/a.rs", text), 1, "{text}");
    }
    for text in
        ["/// The event that a task waits for.", "/// A value.\n/// Where it is absent, `None`.", "/// Whether."]
    {
        assert_eq!(planted(openings, "host/src/a.rs", text), 0, "{text}");
    }
}

#[test]
fn library_tests_do_not_sleep() {
    check(sleeps);
    assert_eq!(planted(sleeps, "host/tests/it/a.rs", "    thread::sleep(limit);"), 1);
}

fn words(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    let files = sources.files.iter().filter(|source| !source.is_rule() && !source.path.ends_with(".lock"));
    for source in files {
        let is_code = source.is_rust() && !source.is_generated() && !source.is_test_data();
        // Generated code may silence lints of the user's crate.
        let is_generator = source.path.starts_with("codegen/src/");
        for (number, line) in source.lines() {
            let lower = line.to_lowercase();
            let code = IN_CODE.iter().filter(|word| is_code && lower.contains(**word));
            let code = code.filter(|word| !(is_generator && word.starts_with("allow(")));
            let anywhere = ANYWHERE.iter().filter(|word| line.contains(**word));
            problems.extend(code.chain(anywhere).map(|word| format!("{}:{number}: `{word}`", source.path)));
        }
    }
    problems
}

fn openings(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for source in sources.rust() {
        let mut is_in_docs = false;
        for (number, line) in source.lines() {
            let line = line.trim_start();
            let docs = line.strip_prefix("/// ").or_else(|| line.strip_prefix("//! "));
            let word = docs.and_then(|docs| docs.split(|c: char| !c.is_alphabetic()).next()).unwrap_or_default();
            if !is_in_docs && NO_OPENINGS.contains(&word) {
                problems.push(format!("{}:{number}: documentation begins with `{word}`", source.path));
            }
            is_in_docs = docs.is_some() || matches!(line, "///" | "//!");
        }
    }
    problems
}

fn sleeps(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    // A guest that sleeps tests the host's clock, not the tests' patience.
    let may_sleep = |path: &str| path.starts_with("xtask/") || path.starts_with("tests/guests/");
    for source in sources.rust().filter(|source| !source.is_rule() && !may_sleep(&source.path)) {
        let lines = source.code().filter(|(_, line)| line.contains("thread::sleep"));
        problems.extend(lines.map(|(number, _)| format!("{}:{number}: a sleep", source.path)));
    }
    problems
}
