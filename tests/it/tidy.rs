//! What lints cannot see: file heads and lengths, banned names and words, directions of crates and modules, error codes.
//!
//! The rules are those of CONTRIBUTING.md. Each is a function over the sources that returns its problems, and each is
//! shown a planted problem, so that it cannot fall silent.

mod abi;
mod codes;
mod dependencies;
mod io;
mod modules;
mod names;
mod order;
mod pages;
mod sources;
mod words;

use sources::Sources;

/// Something that breaks a rule: `path:line: what`.
type Problem = String;

/// Holds a rule against the workspace.
fn check(rule: impl Fn(&Sources) -> Vec<Problem>) {
    let problems = rule(Sources::of_workspace());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Holds a rule against one planted file, and returns how many problems it finds.
fn planted(rule: impl Fn(&Sources) -> Vec<Problem>, path: &str, text: &str) -> usize {
    rule(&Sources::of_one(path, text)).len()
}
