//! Rules that lints cannot check: file heads and lengths, banned names and words, directions of crates and modules, codes.
//!
//! The rules are those of CONTRIBUTING.md. Each is a function that returns the problems in the sources. Each is also tested
//! with a planted problem, so that it cannot become ineffective.

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

/// A violation of a rule: `path:line: message`.
type Problem = String;

/// Checks a rule in the workspace.
fn check(rule: impl Fn(&Sources) -> Vec<Problem>) {
    let problems = rule(Sources::of_workspace());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Checks a rule in one planted file, and returns the number of problems.
fn planted(rule: impl Fn(&Sources) -> Vec<Problem>, path: &str, text: &str) -> usize {
    rule(&Sources::of_one(path, text)).len()
}
