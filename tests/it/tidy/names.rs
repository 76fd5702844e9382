//! Names state what a thing is: no names for collections of anything, no second versions, no `get_`.

use super::sources::{Source, Sources};
use super::{Problem, check, planted};

/// Names that fit any content.
const DRAWERS: [&str; 9] = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "bridge", "stub"];
/// Suffixes that only avoid another name.
const ENDS: [&str; 8] = ["_v2", "_impl", "_helper", "_helpers", "_stub", "_bridge", "_manager", "_utils"];
const TYPE_ENDS: [&str; 6] = ["Manager", "Helper", "Impl", "Utils", "Bridge", "Stub"];
const KEYWORDS: [&str; 6] = ["fn ", "mod ", "struct ", "enum ", "trait ", "type "];

#[test]
fn no_banned_name_is_given() {
    check(names);
    for text in ["fn lower_impl() {}", "pub(crate) mod utils;", "struct TaskManager;", "fn get_task() {}"] {
        assert_eq!(planted(names, "host/src/a.rs", text), 1, "{text}");
    }
    assert_eq!(planted(names, "host/src/common.rs", ""), 1);
    assert_eq!(planted(names, "wasi/src/p2/cli.rs", "fn get_stdin() {}"), 0);
    for text in ["fn simplify() {}", "fn get() {}", "trait Import {}", "// the fn get_x of others"] {
        assert_eq!(planted(names, "host/src/a.rs", text), 0, "{text}");
    }
}

fn names(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for source in sources.rust().filter(|source| !source.is_rule()) {
        let stem = source.path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        if is_banned(stem) {
            problems.push(format!("{}: `{stem}` says nothing; name the file after its subject", source.path));
        }
        problems.extend(items(source));
    }
    problems
}

fn items(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in source.code() {
        for name in declared(line) {
            if is_banned(name) && !(is_wasi(source) && name.starts_with("get_")) {
                problems.push(format!("{}:{number}: the name `{name}` is banned (STYLE: names)", source.path));
            }
        }
    }
    problems
}

/// Whether a file implements functions of WASI, whose names WASI chooses.
fn is_wasi(source: &Source) -> bool {
    ["wasi/src/p2/", "wasi/src/p3/"].iter().any(|folder| source.path.starts_with(folder))
}

/// The names that a line declares.
fn declared(line: &str) -> impl Iterator<Item = &str> {
    KEYWORDS.iter().filter_map(move |keyword| {
        let (before, after) = line.split_once(keyword)?;
        let starts_word = before.chars().next_back().is_none_or(|last| !last.is_alphanumeric() && last != '_');
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
        starts_word.then_some(&after[..end])
    })
}

fn is_banned(name: &str) -> bool {
    DRAWERS.contains(&name)
        || (name.starts_with("get_") && name != "get_mut")
        || ENDS.iter().any(|end| name.ends_with(end))
        || TYPE_ENDS.iter().any(|end| name.ends_with(end))
}
